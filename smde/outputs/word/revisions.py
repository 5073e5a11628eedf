"""Tracked changes: pandoc marks the words that came and went; paragraphs and rows that did so whole are marked here.

ECMA-376 part 1, 17.13.5. Without their own mark, a paragraph or a row would stay, empty, once its words are rejected.
What moved, which pandoc does not write, is written as what came or went of a day that is no day: the number of the
move. Both its ends have the same name. Word moves paragraphs; the rows of a table can but go and come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from smde.arbre import Node, Nodes
from smde.outputs.word.xml import Element, place, properties_of, q, style_of, w
from smde.revisions.marques import AJOUT, ARRIVEE, DEPART, RETRAIT, deplacement_de, interieur, marque_de

_CLASSES = {AJOUT: "insertion", ARRIVEE: "insertion", RETRAIT: "deletion", DEPART: "deletion"}
_INS, _DEL, _TO, _FROM = (q(tag) for tag in ("ins", "del", "moveTo", "moveFrom"))
_MOVES = {_INS: _TO, _DEL: _FROM}
_MOVE = "deplacement-"
_GONE = frozenset({_DEL, _FROM})
_MARKS = frozenset({_INS, _DEL, _TO, _FROM})
_TEXTS = {q("t"): q("delText"), q("instrText"): q("delInstrText")}
_FIRST = 100_000
"""Numbers of revisions stand above those of bookmarks: all are annotations, each has its own."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """What came, went or moved whole in a body."""

    whole: list[tuple[Element, Element]] = field(default_factory=list)
    """Each paragraph, with its mark."""
    moves: dict[tuple[str, str], list[Element]] = field(default_factory=dict)
    """The paragraphs of each end of each move, in their order, by the tag of the end and the number of the move."""


def signed(node: Node, author: str, day: str) -> Node | None:
    """A mark as pandoc wants it, None for any other node."""
    sort = marque_de(node)
    if not sort:
        return None
    move = deplacement_de(node)
    when = f"{_MOVE}{move}" if move else day
    return {"t": "Span", "c": [["", [_CLASSES[sort]], [["author", author], ["date", when]]], node["c"][1]]}


def marks_around(words: Nodes) -> Iterator[Any]:
    """The marks pandoc will write around these words, in order; None for words that have none."""
    for node in words:
        inner = interieur(node)
        match node:
            case {"t": "Span", "c": [[_, ["insertion" | "deletion"], _] as mark, _]}:
                yield mark
            case _ if inner is None:
                yield None
            case _:
                yield from marks_around(inner or [])


def mark_whole(body: Element, day: str) -> Tracked:
    """Give their own mark to the paragraphs and the rows of which every word came, or every word went.

    The drawing that stands above a caption comes and goes with it. `day` is that of the marks.
    """
    found = Tracked(moves=_moves(body, day))
    for row in body.iter(q("tr")):
        mark = _whole([paragraph for cell in row.iterchildren(q("tc")) for paragraph in cell.iter(q("p"))])
        if mark is not None:
            row_properties = row.find(q("trPr"))
            if row_properties is None:
                row_properties = w("trPr")
                row.insert(0, row_properties)
            row_properties.append(_same(mark))
    marked = ((paragraph, _whole([paragraph])) for paragraph in body.iter(q("p")))
    found.whole.extend((paragraph, mark) for paragraph, mark in marked if mark is not None)
    for paragraph, mark in list(found.whole):
        above = paragraph.getprevious()
        if style_of(paragraph) == "ImageCaption" and above is not None and style_of(above) == "CaptionedFigure":
            found.whole.append((above, mark))
            for paragraphs in found.moves.values():
                if paragraphs[0] is paragraph:
                    paragraphs.insert(0, above)
    for paragraph, mark in found.whole:
        _mark_end(paragraph, mark)
    return found


def _moves(body: Element, day: str) -> dict[tuple[str, str], list[Element]]:
    """Make moves of the marks that are some."""
    found: dict[tuple[str, str], list[Element]] = {}
    for mark in [mark for mark in body.iter(*_MOVES) if mark.get(q("date"), "").startswith(_MOVE)]:
        move = mark.get(q("date"), "").removeprefix(_MOVE)
        mark.tag = _MOVES[str(mark.tag)]
        mark.set(q("date"), day)
        for text in list(mark.iter(q("delText"))):
            text.tag = q("t")
        paragraphs = found.setdefault((str(mark.tag), move), [])
        paragraph = next(mark.iterancestors(q("p")))
        if paragraph not in paragraphs:
            paragraphs.append(paragraph)
    return found


def _whole(paragraphs: Sequence[Element]) -> Element | None:
    """The revision all the words of these paragraphs are in, None when some are not or there is none.

    Where some moved and others came, or went, the whole moved.
    """
    found: Element | None = None
    for paragraph in paragraphs:
        for run in paragraph.iter(q("r")):
            if not _says(run):
                continue
            around = run.getparent()
            if around is None or around.tag not in _MARKS:
                return None
            if found is not None and (around.tag in _GONE) != (found.tag in _GONE):
                return None
            found = around if found is None or found.tag in _MOVES else found
    return found


def _says(run: Element) -> bool:
    """Whether a run holds anything a reader sees."""
    return any(child.tag != q("rPr") for child in run)


def _mark_end(paragraph: Element, mark: Element) -> None:
    """The end of a paragraph came, or went, with its words; a cell keeps its last one: the one before goes instead."""
    cell = paragraph.getparent()
    if cell is not None and cell.tag == q("tc"):
        row = cell.getparent()
        kept_row = row is not None and row.find(f"{q('trPr')}/{mark.tag}") is None
        if kept_row and paragraph.getnext() is None:
            before = paragraph.getprevious()
            if before is None or before.tag != q("p") or _whole([before]) is not None:
                return
            paragraph = before
    properties = properties_of(paragraph)
    shape = properties.find(q("rPr"))
    if shape is None:
        shape = w("rPr")
        place(properties, shape)
    shape.insert(0, _same(mark))


def _same(mark: Element) -> Element:
    """A mark of the same kind, of the same author, on the same day."""
    made = w(str(mark.tag).rpartition("}")[2])
    for name in ("author", "date"):
        made.set(q(name), mark.get(q(name), ""))
    return made


def complete(tracked: Tracked, *parts: Element) -> None:
    """What else a marked paragraph holds by now (the number of a caption) came or went with it; then number all."""
    for paragraph, mark in tracked.whole:
        for run in [run for run in paragraph.iterchildren(q("r")) if _says(run)]:
            _enclose(run, mark)
    numbers = count(_FIRST)
    for part in parts:
        for mark in _marks(part):
            mark.set(q("id"), str(next(numbers)))
    for (tag, move), paragraphs in tracked.moves.items():
        _bound(tag, move, paragraphs, next(numbers))


def _bound(tag: str, move: str, paragraphs: Sequence[Element], number: int) -> None:
    """Say where an end of a move begins and ends: it holds the ends of its paragraphs, and the tables between them."""
    first, last = paragraphs[0], paragraphs[-1]
    mark = next(first.iter(tag))
    kind = tag.rpartition("}")[2]
    start = w(f"{kind}RangeStart", id=number)
    for name in ("author", "date"):
        start.set(q(name), mark.get(q(name), ""))
    start.set(q("name"), f"deplacement{move}")
    first.insert(first.index(properties_of(first)) + 1, start)
    last.addnext(w(f"{kind}RangeEnd", id=number))


def _enclose(run: Element, mark: Element) -> None:
    parent = run.getparent()
    assert parent is not None
    around = _same(mark)
    parent.replace(run, around)
    around.append(run)
    if mark.tag == _DEL:
        for child in run:
            child.tag = _TEXTS.get(str(child.tag), str(child.tag))


def _marks(part: Element) -> Iterator[Element]:
    return part.iter(*_MARKS)
