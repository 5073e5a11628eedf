"""The first pages: cover, then a filled table of contents that Word can update."""

from smde.outputs.reference import TEXT_WIDTH
from smde.outputs.word.body import Heading
from smde.outputs.word.xml import Element, paragraph, properties_of, q, run, style_of, w


def cover(auteur: str, titre: str, sous_titre: str, statut: str, mention: str) -> list[Element]:
    """The authority, the title, and at the foot of the page what this version is."""
    foot = [paragraph("CouvertureStatut", run(statut))] if statut else []
    foot.append(paragraph("CouvertureVersion", run(mention)))
    for line in foot:
        properties_of(line).append(_at_the_foot())
    head = [paragraph("Title", run(titre))]
    if sous_titre:
        head.append(paragraph("Subtitle", run(sous_titre)))
    return [paragraph("CouvertureAutorite", run(auteur)), *foot, *head]


def head(auteur: str, titre: str, sous_titre: str, statut: str, mention: str) -> list[Element]:
    """The same words at the head of the first page, above the text."""
    who = paragraph("CouvertureAutorite", run(auteur))
    properties_of(who).append(w("spacing", before=0, after=360))
    lines = [who, paragraph("Title", run(titre))]
    if sous_titre:
        lines.append(paragraph("Subtitle", run(sous_titre)))
        properties_of(lines[-1]).append(w("spacing", after=120))
    lines.append(paragraph("CouvertureVersion", run(" – ".join(filter(None, [statut, mention])))))
    properties_of(lines[-1]).append(w("spacing", after=360))
    return lines


def keep_on_first_page(blocks: Element) -> None:
    """Let the contents, or failing them the first heading of the text, follow what stands on the first page."""
    openings = (block for block in blocks.iter(q("p")) if style_of(block) in ("Heading1", "TOCHeading"))
    if (first := next(openings, None)) is not None:
        properties_of(first).insert(1, w("pageBreakBefore", val=0))


def _at_the_foot() -> Element:
    """A frame, which Word places on the page of the paragraph that follows it."""
    place = {"vAnchor": "margin", "hAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
    return w("framePr", w=TEXT_WIDTH, hSpace=0, wrap="around", **place)


def contents(headings: list[Heading], depth: int) -> Element:
    """The table of contents: a field whose entries are already there, without pages until Word has counted them.

    Nothing but Word knows on which page a heading falls: the numbers come when the reader updates the table.
    """
    entries = [_entry(heading) for heading in headings if heading.level <= depth]
    opening = [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", w("instrText", f' TOC \\o "1-{depth}" \\h \\z \\u ')),
        w("r", w("fldChar", fldCharType="separate")),
    ]
    first = entries[0] if entries else paragraph("Normal")
    for rank, piece in enumerate(opening, start=1):
        first.insert(rank, piece)
    closing = entries[-1] if entries else first
    closing.append(w("r", w("fldChar", fldCharType="end")))
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    title = paragraph("TOCHeading", run("Sommaire"))
    return w("sdt", w("sdtPr", gallery), w("sdtContent", title, *(entries or [first])))


def _entry(heading: Heading) -> Element:
    link = w("hyperlink", anchor=heading.bookmark, history=1)
    if heading.number:
        link.append(run(heading.number))
        link.append(w("r", w("tab")))
    link.append(run(heading.text))
    entry = paragraph(f"TOC{heading.level}", link)
    if not heading.number:
        properties_of(entry).append(w("ind", left=_LEFT[heading.level], firstLine=0))
    return entry


_LEFT = {1: 0, 2: 454, 3: 1077}
