"""The OpenDocument file: LibreOffice converts the finished Word file, where it is installed."""

import io
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

from smde.outputs import libreoffice
from smde.outputs.outil import OutilEnEchec, deposit

ABSENT = "LibreOffice n’est pas installé sur cette machine : le fichier ODT n’est pas fait, le fichier Word l’est."
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LIST = re.compile(rb'(?<=")list\d+(?=")')
_REVISION = re.compile(rb'<config:config-item config:name="Rsid(?:Root)?"[^>]*>[^<]*</config:config-item>')
_GENERATOR = re.compile(rb"<meta:generator>[^<]*</meta:generator>")


available = libreoffice.available


def write(docx: Path, target: Path) -> None:
    """Make the OpenDocument twin of a Word file: the same bytes for the same file and the same LibreOffice."""
    if not available():
        raise OutilEnEchec(ABSENT)
    with tempfile.TemporaryDirectory(prefix="smde-") as name:
        copy = Path(name, "document.docx")
        shutil.copy(docx, copy)
        made = libreoffice.convert(copy, "odt", Path(name))
        if made is None:
            raise OutilEnEchec("LibreOffice n’a pas su convertir le fichier Word en ODT.")
        deposit(target, _without_chance(made.read_bytes()))


def _without_chance(content: bytes) -> bytes:
    """The same file without its clock, its random numbers and the name of the program's build."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(buffer, "w") as written:
        for name in sorted(read.namelist(), key=lambda name: (name != "mimetype", name)):
            part = read.read(name)
            if name == "content.xml" or name == "styles.xml":
                part = _number_lists(part)
            elif name == "settings.xml":
                part = _REVISION.sub(b"", part)
            elif name == "meta.xml":
                part = _GENERATOR.sub(b"", part)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            written.writestr(entry, part)
    return buffer.getvalue()


def _number_lists(part: bytes) -> bytes:
    """Lists named by chance, numbered in the order they are met."""
    names: dict[bytes, bytes] = {}
    return _LIST.sub(lambda found: names.setdefault(found[0], b"list%d" % (len(names) + 1)), part)
