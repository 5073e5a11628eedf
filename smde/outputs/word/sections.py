"""Page breaks and sections: marks left in the body become breaks; every section has its header and its footer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from smde.outputs.reference import TEXT_WIDTH
from smde.outputs.word.paquet import Paquet
from smde.outputs.word.tables import finish_table
from smde.outputs.word.xml import Element, field, paragraph, place, properties_of, q, run, set_style, style_of, w

PAGE, LANDSCAPE, PORTRAIT = "SmdeSaut", "SmdePaysage", "SmdePortrait"
"""Styles of the empty paragraphs that mark a page break, the start and the end of landscape pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its margins, in twentieths of a point; by default A4, as the reference document has it."""

    width: int = 11906
    height: int = 16838
    top: int = 1474
    right: int = 1304
    bottom: int = 1361
    left: int = 1304
    header: int = 680
    footer: int = 624
    gutter: int = 0

    @property
    def lines(self) -> int:
        """The width of the text."""
        return self.width - self.left - self.right - self.gutter

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    def turned(self) -> "Page":
        """The same page on its side; what is above and below the text keeps its room."""
        return replace(self, width=self.height, height=self.width)

    def properties(self) -> list[Element]:
        """As a section says it."""
        size = w("pgSz", w=self.width, h=self.height, **({"orient": "landscape"} if self.landscape else {}))
        margins = {"top": self.top, "right": self.right, "bottom": self.bottom, "left": self.left}
        return [size, w("pgMar", **margins, header=self.header, footer=self.footer, gutter=self.gutter)]


A4 = Page()
A4_TURNED = A4.turned()
Surround = Callable[[Paquet, bool, bool], list[Element]]
"""What sections are given: whether this one is landscape and whether it is the first; its references and the rest."""


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


@dataclass(frozen=True, slots=True)
class Pages:
    """The two kinds of pages of a document, and what is around their text; by default, the margins we write."""

    upright: Page = A4
    wide: Page = A4_TURNED
    surround: Surround | None = None


def lay_out(paquet: Paquet, body: Element, margins: Margins, pages: Pages | None = None) -> None:
    """Turn the marks of the body into page breaks and sections, and give tables the width of their page."""
    pages = pages or Pages()
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
            finish_table(block, (pages.wide if landscape else pages.upright).lines)
    if not pending and sections:
        _, landscape = sections.pop()
    surround = pages.surround or _ours(margins, pages)
    for rank, (holder, turned) in enumerate([*sections, (None, landscape)]):
        section = w("sectPr", w("type", val="nextPage"), *(pages.wide if turned else pages.upright).properties())
        given = surround(paquet, turned, rank == 0)
        place(section, *(each for each in given if not str(each.tag).endswith("Reference")))
        section[:0] = [each for each in given if str(each.tag).endswith("Reference")]
        (body if holder is None else properties_of(holder)).append(section)


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
            place(properties_of(block), w("pageBreakBefore"))
            wanted = False


def _ours(margins: Margins, pages: Pages) -> Surround:
    """Our headers and footers, written once for each kind of pages."""
    known: dict[bool, list[tuple[str, str]]] = {}

    def surround(paquet: Paquet, landscape: bool, first: bool) -> list[Element]:
        if landscape not in known:
            lines = (pages.wide if landscape else pages.upright).lines
            known[landscape] = [(kind, add_margin(paquet, kind, margins, lines)) for kind in ("header", "footer")]
        found = [w(f"{kind}Reference", type="default", r_id=ident) for kind, ident in known[landscape]]
        return [*found, w("titlePg")] if first and margins.bare_first else found

    return surround


def add_margin(paquet: Paquet, kind: str, margins: Margins, width: int) -> str:
    """Write our `header` or our `footer`, for lines of this width; its id is given back."""
    if kind == "header":
        tree = w("hdr", _line("Header", width, [run(margins.titre)], [run(margins.statut)]))
    else:
        number = [run("page "), *field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")]
        tree = w("ftr", _line("Footer", width, [run(margins.mention)], number))
    rank = sum(name.startswith(f"word/{kind}") for name in paquet.parts) + 1
    return paquet.add(f"{kind}{rank}.xml", kind, tree)


def _line(style: str, width: int, left: list[Element], right: list[Element]) -> Element:
    line = paragraph(style, *left, w("r", w("tab")), *right)
    properties_of(line).append(w("tabs", w("tab", val="right", pos=width)))
    return line


assert A4.lines == TEXT_WIDTH
