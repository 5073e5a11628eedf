"""The page of each entry of the contents, as LibreOffice finds it in printing the file: Word counts none by itself."""

import re
import tempfile
from pathlib import Path

from smde.outputs import libreoffice
from smde.outputs.outil import OutilEnEchec, deposit
from smde.outputs.word.paquet import read_zip, write_zip
from smde.outputs.word.xml import Element, field, q, w

_TO_PDF = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"false"}}'
)
_DESTINATION = re.compile(rb"/(?:#5F|5F|_)Toc(\d{8})\s*\[\s*(\d+) 0 R")
_PAGES = re.compile(rb"/Type\s*/Pages\b.*?/Kids\s*\[([^\]]*)\]", re.DOTALL)
_PROVISIONAL = "99"


def paginate(fichier: Path) -> int:
    """Write the page of each entry in the contents of a Word file; how many were written is given back.

    Raises `OutilEnEchec` and leaves the file as it was when LibreOffice is not there or does not say every page.
    """
    paquet = read_zip(fichier.read_bytes())
    tree = paquet.tree("word/document.xml")
    entries = {link.get(q("anchor"), ""): link for link in tree.iterfind(f".//{q('sdt')}//{q('hyperlink')}")}
    if not entries:
        return 0
    shown = {anchor: _add_number(link, anchor) for anchor, link in entries.items()}
    paquet.put("word/document.xml", tree)
    with tempfile.TemporaryDirectory(prefix="smde-") as name:
        draft = Path(name, "document.docx")
        draft.write_bytes(write_zip(paquet))
        printed = libreoffice.convert(draft, _TO_PDF, Path(name))
        pages = {} if printed is None else pages_of(printed.read_bytes())
    missing = [anchor for anchor in entries if anchor not in pages]
    if missing:
        raise OutilEnEchec(
            f"LibreOffice n’a pas dit la page de {len(missing)} titres : le sommaire reste sans numéros."
        )
    for anchor, text in shown.items():
        text.text = str(pages[anchor])
    paquet.put("word/document.xml", tree)
    deposit(fichier, write_zip(paquet))
    return len(shown)


def _add_number(link: Element, anchor: str) -> Element:
    """Add a tab and the field of a page to an entry; the text it shows is given back, to be changed."""
    pieces = list(field(f"PAGEREF {anchor} \\h", _PROVISIONAL))
    link.append(w("r", w("tab")))
    link.extend(pieces)
    return next(text for piece in pieces for text in piece.iter(q("t")))


def pages_of(pdf: bytes) -> dict[str, int]:
    """The page of each heading of a PDF that LibreOffice made, by the name of its bookmark; the first page is 1."""
    listed = _PAGES.search(pdf)
    if listed is None:
        return {}
    ranks = {number: rank for rank, number in enumerate(re.findall(rb"(\d+) 0 R", listed[1]), start=1)}
    return {f"_Toc{name.decode()}": ranks[page] for name, page in _DESTINATION.findall(pdf) if page in ranks}
