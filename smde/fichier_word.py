"""A Word file that somebody gives, opened only once it is known to be one, sound and without anything that runs."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml import etree

PLUS_GROS = 30_000_000
"""Bytes of a file one would send by e-mail, pictures included."""
_OUVERT, _PARTIE, _PARTIES = 120_000_000, 12_000_000, 2_000
"""What it may hold once open: bytes in all, bytes of one XML part, parts."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCX = "« Document Word (*.docx) »"
_DE_NOUVEAU = f"Ouvrez-le dans Word et enregistrez-le de nouveau sous {_DOCX}."
_AUTRES = {
    b"%PDF": "est un PDF, même si son nom dit autre chose",
    b"{\\rtf": "est un fichier RTF",
    b"<?xml": "est un fichier XML, pas un fichier Word",
    b"<html": "est une page web",
    b"<!DOC": "est une page web",
}
_PAQUETS = {
    "xl/": "est un classeur Excel",
    "ppt/": "est une présentation PowerPoint",
    "content.xml": "est un fichier OpenDocument (LibreOffice)",
}
_ENCODAGE = re.compile(rb"""^<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']""")
_MACROS = ("vbaproject", "vbadata", "macroenabled")


class FichierRefuse(ValueError):
    """Why a file cannot be taken, in French, to follow its name: « n'est pas… », and what to do.

    `reparable` says whether a copy of it can be put right.
    """

    def __init__(self, message: str, aide: str, *, reparable: bool = False) -> None:
        super().__init__(message)
        self.message, self.aide, self.reparable = message, aide, reparable


class Relation(NamedTuple):
    """What a part calls: another part of the file, by its name, or an address outside."""

    ident: str
    genre: str
    """The last word of the type: `header`, `image`, `attachedTemplate`…"""
    cible: str
    externe: bool


def ouvrir(octets: bytes) -> dict[str, bytes]:
    """The parts of a Word file, by name; raises FichierRefuse, having read no more than a sound file holds."""
    if len(octets) > PLUS_GROS:
        raise FichierRefuse(f"pèse plus de {PLUS_GROS // 1_000_000} Mo", "Réduisez ses images dans Word.")
    _genre(octets)
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            _mesure(archive)
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise FichierRefuse("est abîmé ou incomplet", _DE_NOUVEAU) from None
    _texte(parts)
    _word(parts)
    return parts


def relations(parts: dict[str, bytes], part: str) -> Iterator[Relation]:
    """What this part calls; the empty name is the file itself."""
    folder, _, name = part.rpartition("/")
    listing = f"{folder}/_rels/{name}.rels".lstrip("/")
    if listing not in parts:
        return
    for node in arbre(parts, listing).iter(f"{{{RELATIONS}}}Relationship"):
        target, externe = node.get("Target", ""), node.get("TargetMode") == "External"
        inside = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        genre = node.get("Type", "").rpartition("/")[2]
        yield Relation(node.get("Id", ""), genre, target if externe else inside, externe)


def principale(parts: dict[str, bytes]) -> str:
    """The name of the part that holds the text."""
    found = [relation.cible for relation in relations(parts, "") if relation.genre == "officeDocument"]
    if len(found) != 1 or found[0] not in parts:
        raise FichierRefuse("ne contient pas de texte de Word", f"Enregistrez-le dans Word sous {_DOCX}.")
    return found[0]


def arbre(parts: dict[str, bytes], name: str) -> "etree._Element":
    """The tree of a part; raises FichierRefuse when it is not well formed, or nested beyond reason."""
    from lxml import etree  # here and not above: a dossier without a Word model does not wait for it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(parts[name], parser)
    except etree.XMLSyntaxError:
        raise FichierRefuse(f"est abîmé (partie « {name} »)", _DE_NOUVEAU) from None


def _genre(octets: bytes) -> None:
    """Refuse what is no zip, by saying what it is."""
    if not octets:
        raise FichierRefuse("est vide", "Donnez un fichier Word.")
    if octets.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in octets:
            raise FichierRefuse("est protégé par un mot de passe", "Ôtez le mot de passe dans Word, puis enregistrez.")
        raise FichierRefuse("est à l'ancien format de Word (.doc)", f"Enregistrez-le dans Word sous {_DOCX}.")
    for start, words in _AUTRES.items():
        if octets.lower().startswith(start.lower()):
            raise FichierRefuse(words, f"Donnez le fichier Word d'origine, enregistré sous {_DOCX}.")
    if not octets.startswith(b"PK"):
        raise FichierRefuse("n'est pas un fichier Word", f"Donnez un fichier enregistré dans Word sous {_DOCX}.")


def _mesure(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that says it holds too much, hides names, or is locked, before anything is read of it."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FichierRefuse("est protégé par un mot de passe", "Ôtez le mot de passe, puis enregistrez.")
    if len(entries) > _PARTIES or sum(entry.file_size for entry in entries) > _OUVERT:
        raise FichierRefuse("contient bien plus que ce que son poids annonce", _DE_NOUVEAU)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise FichierRefuse("est comprimé d'une façon que Word ne lit pas", _DE_NOUVEAU)
    large = [entry.filename for entry in entries if _xml(entry.filename) and entry.file_size > _PARTIE]
    if large:
        raise FichierRefuse(f"a une partie démesurée (« {large[0]} »)", "Donnez un modèle, pas un long document.")
    if len({name.casefold() for name in names}) < len(names):
        raise FichierRefuse("contient deux fois la même partie", _DE_NOUVEAU)
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise FichierRefuse("contient des noms de fichiers interdits", _DE_NOUVEAU)


def _xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _texte(parts: dict[str, bytes]) -> None:
    """Refuse parts that are not written as Word writes them: UTF-8, and no definition of their own."""
    for name, content in parts.items():
        if not _xml(name):
            continue
        declared = _ENCODAGE.match(content.removeprefix(b"\xef\xbb\xbf"))
        if declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise FichierRefuse(f"n'est pas écrit en UTF-8 (partie « {name} »)", _DE_NOUVEAU)
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            raise FichierRefuse(f"n'est pas écrit en UTF-8 (partie « {name} »)", _DE_NOUVEAU) from None
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise FichierRefuse(f"contient des définitions interdites (partie « {name} »)", _DE_NOUVEAU)


def _word(parts: dict[str, bytes]) -> None:
    """Refuse what is no Word file, what holds macros, and the variant of the format that few programs read."""
    types = parts.get("[Content_Types].xml", b"")
    if not types or "_rels/.rels" not in parts:
        found = [words for start, words in _PAQUETS.items() if any(name.startswith(start) for name in parts)]
        what = found[0] if found else "est une archive, pas un fichier Word"
        raise FichierRefuse(what, f"Ouvrez-le, puis enregistrez-le sous {_DOCX}.")
    named = " ".join(parts).lower() + types.decode("utf-8").lower()
    if any(word in named for word in _MACROS):
        raise FichierRefuse("contient des macros", f"Enregistrez-le dans Word sous {_DOCX}, qui n'en garde pas.")
    if _STRICT.encode() in parts["_rels/.rels"]:
        help_ = f"Dans Word : Enregistrer sous, {_DOCX}, et non « Document Open XML Strict »."
        raise FichierRefuse("est au format « Open XML Strict »", help_)
    main = principale(parts)
    if b"wordprocessingml" not in types or arbre(parts, main).tag != f"{{{W}}}document":
        found = [words for start, words in _PAQUETS.items() if any(name.startswith(start) for name in parts)]
        raise FichierRefuse(found[0] if found else "n'est pas un fichier Word", f"Donnez un {_DOCX}.")
