"""Looks for values in the bytes of an artefact, whatever holds them: archive, PDF stream, encoding, accent, case."""

import base64
import binascii
import gzip
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterator
from urllib.parse import unquote

import pymupdf  # type: ignore[import-untyped]

_PROFONDEUR = 5
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEXA = re.compile(rb"(?:[0-9A-Fa-f]{2}){8,}")
_BALISE = re.compile(r"<[^>]*>")
_ECHAPPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_POURCENT = re.compile("%[0-9A-Fa-f]{2}")
_OCTAL = re.compile(r"\\([0-3][0-7]{2})")
_MOT = re.compile(r"(?=(xq[a-z]{8}))")
_NOMBRE = re.compile(r"(?=(7\d{11}))")
_SIREN = re.compile(r"(?=(86\d{7}))")
_EMPREINTE = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ANNEE = re.compile(r"(?<![0-9A-Za-z.,#-])2[12]\d\d(?![0-9A-Za-z])")


def trouves(nom: str, contenu: bytes, valeurs: Collection[str]) -> set[str]:
    """Which of these values the name and the bytes of a file give to who looks well enough."""
    text = "\n".join(couches(nom, contenu))
    plain = normal(text)
    found = {value for pattern in (_MOT, _NOMBRE, _SIREN) for value in pattern.findall(plain)}
    return (found | set(_EMPREINTE.findall(text.lower()))).intersection(valeurs)


def annees(nom: str, contenu: bytes) -> set[str]:
    """The years from 2100 on that a file shows, dates included; meant for files of words, not for programs."""
    if contenu.startswith(b"%PDF"):
        with pymupdf.open(stream=contenu, filetype="pdf") as document:
            texts = [page.get_text() for page in document]
    else:
        texts = [_BALISE.sub(" ", text) for text in couches(nom, contenu)]
    return {year for text in texts for year in _ANNEE.findall(text)}


def normal(text: str) -> str:
    """Letters and digits only, without accents and capitals: what hyphens, tags and thin spaces cut is joined again."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]+", "", text.casefold())


def couches(nom: str, contenu: bytes, profondeur: int = 0) -> Iterator[str]:
    """Every text that a file can be read as, its name first."""
    yield nom
    texte = _texte(contenu)
    yield texte if texte is not None else contenu.decode("ascii", "ignore")
    if texte is not None:
        yield from _reecrits(texte)
    if b"\0" in contenu:
        yield contenu.replace(b"\0", b"").decode("latin-1")
    if profondeur >= _PROFONDEUR:
        return
    below = profondeur + 1
    if contenu.startswith(b"PK\x03\x04"):
        yield from _zip(contenu, below)
    elif contenu.startswith(b"\x1f\x8b"):
        yield from couches("", gzip.decompress(contenu), below)
    elif contenu.startswith(b"%PDF"):
        yield from _pdf(contenu, below)
    elif contenu.startswith(b"\x89PNG"):
        yield from _png(contenu, below)
    if texte is None:
        return
    for run in _BASE64.findall(contenu):
        for offset in range(4):
            decoded = _base64(run[offset:])
            if decoded is not None:
                yield from couches("", decoded, below if _est_fichier(decoded) else _PROFONDEUR)
    for run in _HEXA.findall(contenu):
        decoded = binascii.unhexlify(run)
        yield from couches("", decoded, below if _est_fichier(decoded) else _PROFONDEUR)


def _texte(contenu: bytes) -> str | None:
    """A file of words as text; None for what is not, where encoded words would be found by chance."""
    try:
        return contenu.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _est_fichier(contenu: bytes) -> bool:
    return contenu[:4] in (b"PK\x03\x04", b"%PDF", b"\x89PNG") or b"<svg" in contenu[:400]


def _reecrits(text: str) -> Iterator[str]:
    """The same text with what HTML, XML, addresses and JSON escape put back."""
    if "<" in text:
        yield _BALISE.sub("", text)
    if "&" in text:
        yield html.unescape(text)
        yield html.unescape(html.unescape(text))
    if _POURCENT.search(text):
        yield unquote(text)
    if _ECHAPPE.search(text):
        yield _ECHAPPE.sub(lambda code: chr(int(code[1] or code[2], 16)), text)


def _base64(run: bytes) -> bytes | None:
    run = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(run[: len(run) - len(run) % 4] if len(run) % 4 == 1 else run + b"=" * (-len(run) % 4))
    except binascii.Error:
        return None


def _zip(contenu: bytes, profondeur: int) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for info in archive.infolist():
            yield from couches(info.filename, info.comment + b" " + info.extra, _PROFONDEUR)
            yield from couches("", archive.read(info), profondeur)


def _png(contenu: bytes, profondeur: int) -> Iterator[str]:
    """The texts of a picture: its tEXt, zTXt and iTXt chunks."""
    position = 8
    while position + 8 <= len(contenu):
        length, kind = int.from_bytes(contenu[position : position + 4]), contenu[position + 4 : position + 8]
        data = contenu[position + 8 : position + 8 + length]
        if kind in (b"zTXt", b"iTXt"):
            for start in range(len(data)):
                if data[start : start + 1] == b"\x78":
                    try:
                        yield from couches("", zlib.decompress(data[start:]), profondeur)
                    except zlib.error:
                        continue
        position += length + 12


def _pdf(contenu: bytes, profondeur: int) -> Iterator[str]:
    """The words of the pages, then the text and the stream of every object, attachments included."""
    with pymupdf.open(stream=contenu, filetype="pdf") as document:
        yield "\n".join(page.get_text() for page in document)
        yield document.get_xml_metadata()
        for number in range(1, document.xref_length()):
            words = document.xref_object(number, compressed=True)
            yield _OCTAL.sub(lambda code: chr(int(code[1], 8)), words)
            yield from couches("", words.encode(), _PROFONDEUR - 1)
            if document.xref_is_stream(number):
                yield from couches("", document.xref_stream(number) or b"", profondeur)
