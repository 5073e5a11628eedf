"""The words of a Word file in reading order, block by block, read with nothing of what wrote it. No test here."""

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from tests.lecture_pdf import NUMERO

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DESSIN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OUVERTURE = ("Couverture", "Title", "Subtitle")


@dataclass
class Paroles:
    """What a reader of the file reads."""

    blocs: list[tuple[str, str]] = field(default_factory=list)
    """Style and words of each paragraph, cells included, contents left out."""
    sommaire: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tableaux: int = 0
    figures: int = 0

    def mots(self) -> list[str]:
        """The paragraphs that say something."""
        return [words for _, words in self.blocs if words]

    def corps(self) -> list[str]:
        """Those after the cover, headings without what could pass for a number."""
        kept = [(style, words) for style, words in self.blocs if words and not style.startswith(_OUVERTURE)]
        return [NUMERO.sub("", words) if style.startswith("Heading") else words for style, words in kept]


def lire(contenu: bytes) -> Paroles:
    """The words of a Word file: its text, its contents, its notes; how many tables and drawings it has."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
        notes = etree.fromstring(archive.read("word/footnotes.xml")) if _has(archive, "word/footnotes.xml") else None
    found = Paroles(tableaux=len(list(body.iter(f"{W}tbl"))), figures=len(list(body.iter(_DESSIN))))
    for paragraph in body.iter(f"{W}p"):
        if any(True for _ in paragraph.iterancestors(f"{W}sdt")):
            found.sommaire.append(paroles(paragraph))
        else:
            found.blocs.append((_style(paragraph), paroles(paragraph)))
    for note in notes if notes is not None else ():
        if note.get(f"{W}type") is None:
            found.notes.append(" ".join(filter(None, map(paroles, note.iter(f"{W}p")))))
    return found


def paroles(paragraph: etree._Element) -> str:
    """The words of a paragraph; neither the padding of a chip nor the dash that stands for a bullet is one."""
    said: list[str] = []
    for node in paragraph.iter(f"{W}t", f"{W}noBreakHyphen", f"{W}tab"):
        if node.tag == f"{W}tab":
            said += ["\t"] if node.getparent().tag == f"{W}r" else []  # type: ignore[union-attr]
        elif node.tag == f"{W}noBreakHyphen":
            said.append("\u2011")
        else:
            words = node.text or ""
            said.append(words.strip("\u00a0") if _chip(node) else words)
    return re.sub(r"[ \n]+", " ", re.sub("^–\u00a0", "", "".join(said))).strip(" ")


def _has(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist()


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def _chip(node: etree._Element) -> bool:
    style = node.getparent().find(f"{W}rPr/{W}rStyle")  # type: ignore[union-attr]
    return style is not None and style.get(f"{W}val") == "Statut"


def relevees(contenu: bytes) -> list[str]:
    """The words set above the line, in order."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    runs = [node.getparent().getparent() for node in body.iter(f"{W}vertAlign") if node.get(f"{W}val") == "superscript"]  # type: ignore[union-attr]
    return ["".join(text.text or "" for text in run.iter(f"{W}t")) for run in runs]  # type: ignore[union-attr]
