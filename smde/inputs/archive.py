"""The door of every Office file that comes in: a zip of known parts, read under limits, or a refusal in French."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

PLUS_LOURD = 60 << 20
PLUS_LOURD_OUVERT = 200 << 20
"""Bytes of the file as it is received, and of all its parts once opened."""
PLUS_D_ENTREES = 3000
_MACROS = ("vbaproject", "vbadata", "activex")
_METHODS = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
_ENCRYPTED = 0x1


class FichierRefuse(Exception):
    """Why a file cannot be taken, as the end of a sentence that begins with its name: « n'est pas… »."""


def parties(octets: bytes) -> dict[str, bytes]:
    """The parts of an Office file, by name. Raises `FichierRefuse`."""
    if len(octets) > PLUS_LOURD:
        raise FichierRefuse(f"est trop lourd : plus de {PLUS_LOURD >> 20} Mo")
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise FichierRefuse("n'est pas un fichier Office, ou il est abîmé") from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > PLUS_D_ENTREES:
        raise FichierRefuse(f"contient trop de parties : plus de {PLUS_D_ENTREES}")
    if sum(entry.file_size for entry in entries) > PLUS_LOURD_OUVERT:
        raise FichierRefuse(f"est trop lourd une fois ouvert : plus de {PLUS_LOURD_OUVERT >> 20} Mo")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise FichierRefuse("contient deux parties du même nom")
    found: dict[str, bytes] = {}
    for entry, name in zip(entries, names, strict=True):
        if entry.flag_bits & _ENCRYPTED:
            raise FichierRefuse("est protégé par un mot de passe ; enlevez-le, puis recommencez")
        if entry.compress_type not in _METHODS or name.startswith(("/", "\\")) or ".." in name.split("/"):
            raise FichierRefuse("contient une partie qui n'est pas d'un fichier Office")
        if any(word in name for word in _MACROS):
            raise FichierRefuse("contient des macros ; enregistrez-le au format .docx, qui n'en a pas")
        if not entry.is_dir():
            found[entry.filename] = archive.read(entry)  # never more than the size announced, or it is a fault
    return found


def arbre(lues: Mapping[str, bytes], nom: str) -> etree._Element:
    """The XML of a part, without any declaration of its own. Raises `FichierRefuse`."""
    content = lues[nom]
    if b"<!DOCTYPE" in content.replace(b"\0", b"").upper():
        raise FichierRefuse(f"contient une déclaration interdite, dans sa partie « {nom} »")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FichierRefuse(f"est abîmé, dans sa partie « {nom} »") from error
