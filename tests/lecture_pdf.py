"""The words of a tagged PDF in reading order, block by block, as its tags and soft hyphens say them. No test here."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from outloud.fonts import font_info  # type: ignore[import-untyped]

_INLINE = frozenset({"Span", "Link", "Em", "Strong", "Reference", "Quote", "Code", "Sub", "BibEntry"})
NUMERO = re.compile(r"^[\d.]+ ?(?=\D)")
"""What stands before the words of a numbered heading."""
_PASSES = frozenset({"Lbl", "Figure", "TOC"})
"""What is not words of the text: bullets and numbers of notes, drawings, contents."""


@dataclass
class Paroles:
    """What the tags of a PDF give to hear."""

    blocs: list[tuple[str, str]] = field(default_factory=list)
    """Kind of tag (P, H1, TD…) and words."""
    notes: list[str] = field(default_factory=list)
    tableaux: int = 0
    figures: int = 0

    def corps(self) -> list[str]:
        """The blocks after the contents, headings without their numbers."""
        start = next((rank for rank, (_, words) in enumerate(self.blocs, 1) if words == "Sommaire"), 0)
        return [NUMERO.sub("", words) if kind[0] == "H" else words for kind, words in self.blocs[start:]]


def lire(contenu: bytes) -> Paroles:
    """The words of a PDF, its running headers and footers left out since they are no part of its text."""
    found = Paroles()
    with pikepdf.open(io.BytesIO(contenu)) as pdf:
        texts = {(page.objgen, mcid): words for page in pdf.pages for mcid, words in _marked(page).items()}
        _Visite(texts, found).nodes(pdf.Root.StructTreeRoot.K, None, [])
    return found


class _Visite:
    """The walk along the tree of tags."""

    def __init__(self, texts: dict[tuple[Any, int], str], found: Paroles) -> None:
        self.texts, self.found = texts, found

    def nodes(self, value: Any, page: Any, said: list[str]) -> None:
        if isinstance(value, pikepdf.Array):
            for item in value:
                self.nodes(item, page, said)
        elif isinstance(value, pikepdf.Dictionary):
            page = value.get("/Pg", page)
            if "/MCID" in value:
                said.append(self.texts[page.objgen, int(value.MCID)])
            elif "/S" in value:
                self._element(value, str(value.S)[1:], page, said)
        elif value is not None:
            said.append(self.texts[page.objgen, int(value)])

    def _element(self, node: Any, kind: str, page: Any, said: list[str]) -> None:
        kids = node.get("/K")
        self.found.tableaux += kind == "Table"
        self.found.figures += kind == "Figure"
        if kind in _INLINE:
            self.nodes(kids, page, said)
        elif kind == "Note":
            inside: list[str] = []
            self.nodes(kids, page, inside)
            number = str(len(self.found.notes) + 1)
            self.found.notes.append(_joined(inside).removeprefix(number).strip(" "))
        elif kind not in _PASSES:
            self._flush("P", said)
            inside = []
            self.nodes(kids, page, inside)
            self._flush(kind, inside)

    def _flush(self, kind: str, said: list[str]) -> None:
        if words := _joined(said):
            self.found.blocs.append((kind, words))
        said.clear()


def _joined(said: list[str]) -> str:
    return re.sub(r"[ \n]+", " ", "".join(said).replace("\u00ad", "").replace("\u2060", "")).strip(" ")


def _marked(page: Any) -> dict[int, str]:
    """The words of each marked content of a page; what replaces glyphs (a soft hyphen) is read, not the glyphs."""
    fonts: dict[str, Any] = {}
    found: dict[int, list[str]] = {}
    stack: list[tuple[int | None, str | None]] = [(None, None)]
    decode: Any = None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                mcid, actual = stack[-1]
                told = operands[1] if len(operands) > 1 else None
                if isinstance(told, pikepdf.Dictionary):
                    mcid = int(told.MCID) if "/MCID" in told else mcid
                    if "/ActualText" in told and actual is None:
                        actual = str(told.ActualText)
                        if mcid is not None:
                            found.setdefault(mcid, []).append(actual)
                stack.append((mcid, actual))
            case "EMC":
                stack.pop()
            case "Tf":
                name = str(operands[0])
                if name not in fonts:
                    font = page.Resources.Font[name]
                    fonts[name] = font_info(font, font.objgen)
                decode = fonts[name].decode
            case "Tj" | "TJ":
                mcid, actual = stack[-1]
                if mcid is not None and actual is None:
                    found.setdefault(mcid, []).extend(decode(bytes(item)) for item in _strings(operands[0]))
    return {mcid: "".join(words) for mcid, words in found.items()}


def _strings(shown: Any) -> Iterator[Any]:
    yield from (
        item for item in (shown if isinstance(shown, pikepdf.Array) else [shown]) if isinstance(item, pikepdf.String)
    )
