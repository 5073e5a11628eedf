"""Page breaks and sections: marks left in the body become breaks; every section has its header and its footer."""

from dataclasses import dataclass

from smde.outputs.reference import TEXT_WIDTH
from smde.outputs.word.paquet import Paquet
from smde.outputs.word.tables import finish_table
from smde.outputs.word.xml import Element, field, paragraph, properties_of, q, run, set_style, style_of, w

PAGE, LANDSCAPE, PORTRAIT = "SmdeSaut", "SmdePaysage", "SmdePortrait"
"""Styles of the empty paragraphs that mark a page break, the start and the end of landscape pages."""

_LONG, _SHORT, _TOP, _BOTTOM, _SIDE = 16838, 11906, 1474, 1361, 1304


@dataclass(frozen=True, slots=True)
class Margins:
    """What every page says around the text."""

    titre: str
    statut: str
    mention: str
    bare_first: bool = True
    """Whether the first page, a cover, goes without them."""


def mark(style: str) -> str:
    """An empty paragraph that says where pages change."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'


def lay_out(paquet: Paquet, body: Element, margins: Margins) -> None:
    """Turn the marks of the body into page breaks and sections, and give tables the width of their page."""
    final = body.find(q("sectPr"))
    assert final is not None
    body.remove(final)
    _break_pages(body)
    _space_after_tables(body)
    pending: list[Element] = []
    landscape = False
    sections: list[tuple[Element, bool]] = []
    for block in list(body):
        style = style_of(block)
        if style in (LANDSCAPE, PORTRAIT):
            if pending:
                sections.append((_end_of_section(body, block, pending[-1]), landscape))
            else:
                body.remove(block)
            pending = []
            landscape = style == LANDSCAPE
            continue
        pending.append(block)
        if block.tag == q("tbl"):
            finish_table(block, (_LONG if landscape else _SHORT) - 2 * _SIDE)
    if not pending and sections:
        _, landscape = sections.pop()
    used = {landscape, *(turned for _, turned in sections)}
    references = {turned: _add_margins(paquet, margins, turned) for turned in sorted(used)}
    for rank, (holder, turned) in enumerate(sections):
        properties_of(holder).append(_section(turned, references[turned], bare=margins.bare_first and rank == 0))
    body.append(_section(landscape, references[landscape], bare=margins.bare_first and not sections))


def _end_of_section(body: Element, marker: Element, last: Element) -> Element:
    """The paragraph that will hold the section's properties: the last one, or a tiny one after a table.

    A tiny one too after words that a bookmark ends: in the last paragraph of a section, LibreOffice ends it too soon.
    """
    words = last.tag == q("p") and not style_of(last).startswith("Heading")
    if last.tag == q("p") and not (words and len(last) and last[-1].tag == q("bookmarkEnd")):
        body.remove(marker)
        return last
    properties = properties_of(marker)
    properties.clear()
    properties.append(w("spacing", before=0, after=0, line=20, lineRule="exact"))
    properties.append(w("rPr", w("sz", val=2)))
    return marker


def _space_after_tables(body: Element) -> None:
    """Room between a table and what follows: a style of its own, and no empty paragraph."""
    for table in body.iterchildren(q("tbl")):
        after = table.getnext()
        if after is None or after.tag != q("p"):
            continue
        following = after.getnext()
        if not len(after) and following is not None and following.tag == q("p"):
            body.remove(after)
        else:
            set_style(after, "SuiteTableau", instead_of=("BodyText", "FirstParagraph"))


def _break_pages(body: Element) -> None:
    wanted = False
    for block in list(body):
        if style_of(block) == PAGE:
            body.remove(block)
            wanted = True
        elif wanted and block.tag == q("p") and style_of(block) not in (LANDSCAPE, PORTRAIT):
            properties_of(block).insert(1 if style_of(block) else 0, w("pageBreakBefore"))
            wanted = False


def _section(landscape: bool, references: tuple[str, str], *, bare: bool) -> Element:
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    size = w("pgSz", w=width, h=height, **({"orient": "landscape"} if landscape else {}))
    header, footer = references
    section = w(
        "sectPr",
        w("headerReference", type="default", r_id=header),
        w("footerReference", type="default", r_id=footer),
        w("type", val="nextPage"),
        size,
        w("pgMar", top=_TOP, right=_SIDE, bottom=_BOTTOM, left=_SIDE, header=680, footer=624, gutter=0),
    )
    if bare:
        section.append(w("titlePg"))
    return section


def _add_margins(paquet: Paquet, margins: Margins, landscape: bool) -> tuple[str, str]:
    width = (_LONG if landscape else _SHORT) - 2 * _SIDE
    rank = 2 if landscape else 1
    header = w("hdr", _line("Header", width, [run(margins.titre)], [run(margins.statut)]))
    number = [run("page "), *field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")]
    footer = w("ftr", _line("Footer", width, [run(margins.mention)], number))
    return paquet.add(f"header{rank}.xml", "header", header), paquet.add(f"footer{rank}.xml", "footer", footer)


def _line(style: str, width: int, left: list[Element], right: list[Element]) -> Element:
    line = paragraph(style, *left, w("r", w("tab")), *right)
    properties_of(line).append(w("tabs", w("tab", val="right", pos=width)))
    return line


assert _SHORT - 2 * _SIDE == TEXT_WIDTH
