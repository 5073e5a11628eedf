"""The paragraphs of the body: bookmarks, numbers of headings, captions, identity of pictures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from smde.outputs.word.numerotation import HOUSE, Counter, Level
from smde.outputs.word.xml import PIC, WP, Element, field, properties_of, q, run, style_of, w

UNNUMBERED = "SmdeSansNumero"
"""Style of the empty run that marks a heading without number, until `number_headings` has read it."""

CAPTIONS = {"TableCaption": "Tableau", "ImageCaption": "Figure"}
ROOM = "LignesARemplir"
NO_NUMBER = 2
"""In the reference document, the numbering that shows nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the table of contents says of a heading."""

    level: int
    number: str
    text: str
    bookmark: str


def keep_bookmarks_in_paragraphs(*parts: Element) -> None:
    """Bookmarks with the names Word accepts, each inside the paragraph it names; the links of these parts follow."""
    ends = {end.get(q("id")): end for part in parts for end in part.iter(q("bookmarkEnd"))}
    names: dict[str, str] = {}
    taken: set[str] = set()
    for start in [start for part in parts for start in part.iter(q("bookmarkStart"))]:
        end = ends[start.get(q("id"))]
        name = start.get(q("name"), "")
        if name in names:
            _remove(start)
            _remove(end)
            continue
        names[name] = _free_name(name, taken)
        taken.add(names[name])
        start.set(q("name"), names[name])
        if next(start.iterancestors(q("p")), None) is None:
            _enter_next_paragraph(start, end)
    for link in (link for part in parts for link in part.iter(q("hyperlink"))):
        if (anchor := link.get(q("anchor"))) is not None:
            link.set(q("anchor"), names[anchor])


def keep_rooms_whole(body: Element) -> None:
    """Keep on one page each box of ruled lines in which people write by hand."""
    for line in body.iterchildren(q("p")):
        following = line.getnext()
        if style_of(line) == ROOM and following is not None and style_of(following) == ROOM:
            properties_of(line).insert(1, w("keepNext"))


def _remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def bookmark_name(ident: str) -> str:
    """An identifier as the name of a bookmark; two identifiers may have the same."""
    return re.sub(r"[^A-Za-z0-9_]", "_", ident)[:40]


def _free_name(name: str, taken: set[str]) -> str:
    base = bookmark_name(name)
    if base not in taken:
        return base
    return next(free for rank in count(2) if (free := f"{base[:35]}_{rank}") not in taken)


def _enter_next_paragraph(start: Element, end: Element) -> None:
    """The next paragraph that stays, or the one before when nothing follows."""
    around = [*start.itersiblings(), *start.itersiblings(preceding=True)]
    paragraph = next(p for block in around for p in block.iter(q("p")) if not style_of(p).startswith("Smde"))
    _remove(start)
    _remove(end)
    paragraph.insert(1 if paragraph.find(q("pPr")) is not None else 0, start)
    paragraph.append(end)


def number_headings(body: Element, levels: Mapping[int, Level] = HOUSE) -> list[Heading]:
    """Take the number off the headings that want none, and give every heading the bookmark of its entry."""
    counter = Counter(levels)
    headings: list[Heading] = []
    for paragraph in body.iterchildren(q("p")):
        style = style_of(paragraph)
        if not style.startswith("Heading"):
            continue
        level = int(style[-1])
        number = ""
        if (mark := paragraph.find(f"{q('r')}/{q('rPr')}/{q('rStyle')}[@{q('val')}='{UNNUMBERED}']")) is not None:
            paragraph.remove(next(mark.iterancestors(q("r"))))
            if level in levels:
                rank = levels[level].rank
                properties_of(paragraph).insert(1, w("numPr", w("ilvl", val=rank), w("numId", val=NO_NUMBER)))
        else:
            number = counter.next(level)
        bookmark = f"_Toc{len(headings) + 1:08}"
        paragraph.insert(1, w("bookmarkStart", id=0, name=bookmark))
        paragraph.append(w("bookmarkEnd", id=0))
        text = "".join(node.text or "" for node in paragraph.iter(q("t")) if not _moved_away(node))
        headings.append(Heading(level, number, text, bookmark))
    return headings


def _moved_away(text: Element) -> bool:
    """Whether words have moved elsewhere, where they are read."""
    return next(text.iterancestors(q("moveFrom")), None) is not None


def number_captions(body: Element) -> None:
    """« Tableau 1 : », « Figure 1 : », numbered by the fields that Word counts."""
    counters = dict.fromkeys(CAPTIONS, 0)
    for paragraph in body.iterchildren(q("p")):
        style = style_of(paragraph)
        if style not in CAPTIONS:
            continue
        counters[style] += 1
        label = CAPTIONS[style]
        number = field(f"SEQ {label} \\* ARABIC", str(counters[style]))
        for rank, piece in enumerate([run(label + "\u00a0"), *number, run("\u00a0: ")], start=1):
            paragraph.insert(rank, piece)


def identify(body: Element, notes: Element | None = None) -> None:
    """One number for each bookmark and each picture; a picture stands at its place and says nothing of its making."""
    numbers = count(1)
    _number_bookmarks(body, numbers)
    if notes is not None:
        _number_bookmarks(notes, numbers)
    for rank, drawing in enumerate(body.iter(f"{{{WP}}}docPr"), start=1):
        drawing.set("id", str(rank))
        drawing.set("name", f"Figure {rank}")
        del drawing.attrib["title"]
    for inline in body.iter(f"{{{WP}}}inline"):
        for side in "TBLR":  # none, which LibreOffice would not take for none
            inline.set(f"dist{side}", "0")
    for rank, picture in enumerate(body.iter(f"{{{PIC}}}cNvPr"), start=1):
        picture.set("id", str(rank))
        picture.set("name", f"Figure {rank}")
        picture.set("descr", "")


def _number_bookmarks(part: Element, numbers: Iterator[int]) -> None:
    starts = list(part.iter(q("bookmarkStart")))
    ends = [
        next(node for node in start.itersiblings(q("bookmarkEnd")) if node.get(q("id")) == start.get(q("id")))
        for start in starts
    ]
    for start, end, number in zip(starts, ends, numbers, strict=False):
        start.set(q("id"), str(number))
        end.set(q("id"), str(number))
