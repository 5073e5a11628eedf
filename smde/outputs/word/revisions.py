"""Tracked changes: pandoc marks the words that came and went; paragraphs and rows that did so whole are marked here.

ECMA-376 part 1, 17.13.5. Without their own mark, a paragraph or a row would stay, empty, once its words are rejected.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from smde.outputs.word.xml import Element, place, properties_of, q, style_of, w
from smde.revisions.marques import AJOUT, RETRAIT

_CLASSES = {AJOUT: "insertion", RETRAIT: "deletion"}
_INS, _DEL = q("ins"), q("del")
_TEXTS = {q("t"): q("delText"), q("instrText"): q("delInstrText")}
_FIRST = 100_000
"""Numbers of revisions stand above those of bookmarks: all are annotations, each has its own."""


def pandoc_class(names: Sequence[str]) -> str:
    """The class by which pandoc knows words that came or went, nothing for other words."""
    return next((_CLASSES[name] for name in names if name in _CLASSES), "")


def mark_whole(body: Element) -> list[tuple[Element, Element]]:
    """Give their own mark to the paragraphs and the rows of which every word came, or every word went.

    Gives these paragraphs and their marks; the drawing that stands above a caption comes and goes with it.
    """
    for row in body.iter(q("tr")):
        mark = _whole([paragraph for cell in row.iterchildren(q("tc")) for paragraph in cell.iter(q("p"))])
        if mark is not None:
            row_properties = row.find(q("trPr"))
            if row_properties is None:
                row_properties = w("trPr")
                row.insert(0, row_properties)
            row_properties.append(_same(mark))
    whole = [(paragraph, mark) for paragraph in body.iter(q("p")) if (mark := _whole([paragraph])) is not None]
    for paragraph, mark in list(whole):
        above = paragraph.getprevious()
        if style_of(paragraph) == "ImageCaption" and above is not None and style_of(above) == "CaptionedFigure":
            whole.append((above, mark))
    for paragraph, mark in whole:
        _mark_end(paragraph, mark)
    return whole


def _whole(paragraphs: Sequence[Element]) -> Element | None:
    """The revision all the words of these paragraphs are in, None when some are not or there is none."""
    found: Element | None = None
    for paragraph in paragraphs:
        for run in paragraph.iter(q("r")):
            if not _says(run):
                continue
            around = run.getparent()
            if around is None or around.tag not in (_INS, _DEL) or (found is not None and around.tag != found.tag):
                return None
            found = around
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


def complete(whole: Sequence[tuple[Element, Element]], *parts: Element) -> None:
    """What else a marked paragraph holds by now (the number of a caption) came or went with it; then number all."""
    for paragraph, mark in whole:
        for run in [run for run in paragraph.iterchildren(q("r")) if _says(run)]:
            _enclose(run, mark)
    numbers = count(_FIRST)
    for part in parts:
        for mark in _marks(part):
            mark.set(q("id"), str(next(numbers)))


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
    return part.iter(_INS, _DEL)
