"""Small words to build and search WordprocessingML."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPACES = {"w": W, "r": R}


@lru_cache(maxsize=512)
def q(name: str) -> str:
    """`w:p`, or `p`, as lxml names it."""
    prefix, _, local = name.rpartition(":")
    return f"{{{_SPACES[prefix or 'w']}}}{local}"


_STYLE = f"{q('pPr')}/{q('pStyle')}"


def w(tag: str, /, *children: Element | str, **attributes: str | int) -> Element:
    """An element of Word; `w("jc", val="right")`, and `r_id` for an attribute of another prefix."""
    element = etree.Element(q(tag), nsmap=_SPACES)
    for key, value in attributes.items():
        element.set(q(key.replace("_", ":")), str(value))
    for child in children:
        if isinstance(child, str):
            element.text = child
        else:
            element.append(child)
    return element


def run(text: str, *properties: Element) -> Element:
    """Words, with the properties of their run."""
    content = w("t", text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return w("r", *([w("rPr", *properties)] if properties else []), content)


def paragraph(style: str, *children: Element) -> Element:
    return w("p", w("pPr", w("pStyle", val=style)), *children)


def field(instruction: str, result: str) -> Iterator[Element]:
    """A field of Word and what it shows until it is updated."""
    yield w("r", w("fldChar", fldCharType="begin"))
    yield w("r", w("instrText", f" {instruction} "))
    yield w("r", w("fldChar", fldCharType="separate"))
    yield run(result)
    yield w("r", w("fldChar", fldCharType="end"))


def style_of(element: Element) -> str:
    """The id of the style of a paragraph, or nothing."""
    style = element.find(_STYLE)
    return "" if style is None else style.get(q("val"), "")


def properties_of(element: Element) -> Element:
    """The properties of a paragraph, made if it has none."""
    found = element.find(q("pPr"))
    if found is None:
        found = w("pPr")
        element.insert(0, found)
    return found


_ORDER = {
    q(tag): {name: rank for rank, name in enumerate(names.split())}
    for tag, names in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
        "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
        "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
        "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
        "settings": "writeProtection view zoom removePersonalInformation mirrorMargins alignBordersAndEdges "
        "gutterAtTop trackRevisions defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
        "doNotHyphenateCaps evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat themeFontLang "
        "clrSchemeMapping decimalSymbol listSeparator",
    }.items()
}
"""The order in which Word wants what a paragraph, a run, a section, a file say of themselves."""


def place(properties: Element, *children: Element) -> None:
    """Add properties where Word expects them, in the place of those already there."""
    for child in children:
        for former in properties.findall(child.tag):
            properties.remove(former)
        rank = _rank(properties, child)
        following = (at for at, node in enumerate(properties) if _rank(properties, node) > rank)
        properties.insert(next(following, len(properties)), child)


def put_in_order(properties: Element) -> None:
    """Put what is there in the order Word wants."""
    properties[:] = sorted(properties, key=lambda child: _rank(properties, child))


def _rank(properties: Element, child: Element) -> int:
    return _ORDER[str(properties.tag)].get(str(child.tag).rpartition("}")[2], -1)


def set_style(element: Element, style: str, instead_of: Sequence[str] = ()) -> None:
    """Give a paragraph this style (its id); when told instead of which, the others are left alone."""
    given = element.find(_STYLE)
    if instead_of and ("" if given is None else given.get(q("val"))) not in instead_of:
        return
    if given is None:
        given = etree.SubElement(properties_of(element), q("pStyle"))
        properties_of(element).insert(0, given)
    given.set(q("val"), style)


def parse(content: bytes) -> Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))


def serialize(tree: Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
