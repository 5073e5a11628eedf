"""The headers and footers of a model, taken without what they say of a person, a machine or another file."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from posixpath import basename, splitext

from lxml import etree

from smde import images
from smde.fichier_word import RELATIONS
from smde.modele_word import ModeleWord
from smde.outputs.word.fields import settle, settle_bound
from smde.outputs.word.paquet import Paquet
from smde.outputs.word.xml import PIC, WP, Element, R, parse, place, put_in_order, q, w

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
_SAFE = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_PATH = re.compile(r"[\\/]|\.\w{3,4}$")
_DROPPED = (
    "del moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd commentRangeStart "
    "commentRangeEnd commentReference proofErr permStart permEnd bookmarkStart bookmarkEnd pPrChange rPrChange "
    "tblPrChange tcPrChange trPrChange sectPrChange tblGridChange tblPrExChange numberingChange cellIns cellDel "
    "cellMerge placeholder lastRenderedPageBreak"
)
_UNWRAPPED = "ins moveTo smartTag customXml"
_SHOWN = "t drawing pict object instrText fldSimple sym"
_TYPES = {
    "png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "gif": "image/gif", "emf": "image/x-emf",
    "wmf": "image/x-wmf", "tif": "image/tiff", "tiff": "image/tiff", "bmp": "image/bmp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A header or a footer of the model: on which pages (`default`, `first`, `even`), and the part that holds it."""

    kind: str
    pages: str
    part: str


def pieces(modele: ModeleWord, section: Element) -> list[Piece]:
    """Those of a section that show something."""
    calls = {relation.ident: relation for relation in modele.appelle()}
    found = []
    for reference in section.iterchildren(q("headerReference"), q("footerReference")):
        relation = calls.get(reference.get(q("r:id"), ""))
        if relation is not None and relation.cible in modele.parts and shows(modele.arbre(relation.cible)):
            found.append(Piece(relation.genre, reference.get(q("type"), "default"), relation.cible))
    return found


def shows(tree: Element) -> bool:
    """Whether a header prints anything."""
    return any(node.tag != q("t") or (node.text or "").strip() for node in tree.iter(*map(q, _SHOWN.split())))


def has_picture(modele: ModeleWord, piece: Piece) -> bool:
    return any(relation.genre == "image" for relation in modele.appelle(piece.part))


def words(modele: ModeleWord, piece: Piece, facts: Mapping[str, str]) -> str:
    """What it will say, in one line; `facts` stands for what depends on the document."""
    tree = _settled(modele, piece, facts)
    said = (" " if node.tag in (q("tab"), q("p")) else node.text or "" for node in tree.iter(q("t"), q("tab"), q("p")))
    return " ".join("".join(said).split())


def bring(paquet: Paquet, modele: ModeleWord, piece: Piece, facts: Mapping[str, str], stretch: tuple[int, int]) -> str:
    """Add a header or a footer of the model to a document, and give back the id of its relation.

    `facts` is what its fields show; `stretch` is the width of the lines it was made for, and of those it gets.
    """
    tree = _settled(modele, piece, facts)
    if stretch[0] != stretch[1]:
        _widen(tree, *stretch)
    rank = sum(name.startswith(f"word/{piece.kind}") for name in paquet.parts) + 1
    name = f"{piece.kind}{rank}.xml"
    calls = _calls(paquet, modele, piece, tree)
    ident = paquet.add(name, piece.kind, tree)
    if len(calls):
        paquet.put(f"word/_rels/{name}.rels", calls)
    return ident


def _settled(modele: ModeleWord, piece: Piece, facts: Mapping[str, str]) -> Element:
    tree = modele.arbre(piece.part)
    settle_bound(tree, facts)
    settle(clean(tree), facts)
    return tree


def clean(tree: Element) -> Element:
    """The tree without revisions, comments, bookmarks and marks of who wrote it; changed in place."""
    for element in list(tree.iter(*map(q, _DROPPED.split()))):
        _drop(element)
    for element in list(tree.iter(*map(q, _UNWRAPPED.split()))):
        for child in list(element):
            if str(child.tag).endswith("Pr"):
                element.remove(child)
        _unwrap(element)
    for level in tree.iter(q("lvl")):  # LibreOffice has an order and names of its own
        put_in_order(level)
    for side in tree.iter(q("jc"), q("lvlJc")):
        side.set(q("val"), {"start": "left", "end": "right"}.get(side.get(q("val"), ""), side.get(q("val"), "")))
    for binding in list(tree.iter(q("dataBinding"))):
        if binding.get(q("storeItemID"), "").upper() != _CORE:
            _drop(binding)
    for element in tree.iter(etree.Element):
        for name in list(map(str, element.attrib)):
            if "}rsid" in name or name.endswith(("}paraId", "}textId")):
                del element.attrib[name]
    return tree


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _calls(paquet: Paquet, modele: ModeleWord, piece: Piece, tree: Element) -> Element:
    """The relations of a header: its pictures, copied, and the links one may follow; the rest is taken out of it."""
    listing = parse(b'<Relationships xmlns="%s"/>' % RELATIONS.encode())
    calls = {relation.ident: relation for relation in modele.appelle(piece.part)}
    brought: dict[str, str] = {}
    for node in list(tree.iter(etree.Element)):
        for name in [str(name) for name in node.attrib if str(name).startswith(f"{{{R}}}")]:
            ident = node.get(name, "")
            relation = calls.get(ident)
            if relation is not None and relation.genre == "image" and splitext(relation.cible)[1].lower() != ".svg":
                if ident not in brought:
                    brought[ident] = _picture(paquet, modele, relation.cible)
                    entry = etree.SubElement(listing, f"{{{RELATIONS}}}Relationship", Id=ident, Type=_IMAGE)
                    entry.set("Target", brought[ident])
            elif relation is not None and relation.genre == "hyperlink" and _SAFE.match(relation.cible):
                if ident not in brought:
                    brought[ident] = relation.cible
                    entry = etree.SubElement(listing, f"{{{RELATIONS}}}Relationship", Id=ident, Type=_LINK)
                    entry.set("Target", relation.cible)
                    entry.set("TargetMode", "External")
            else:
                _forget(node, name)
    for rank, drawing in enumerate(tree.iter(f"{{{WP}}}docPr"), start=1):
        drawing.set("id", str(9000 + rank))
        if _PATH.search(drawing.get("descr", "")):
            drawing.set("descr", "")
    for picture in tree.iter(f"{{{PIC}}}cNvPr"):
        picture.set("name", "Image")
        picture.set("descr", "")
    return listing


def _forget(node: Element, name: str) -> None:
    """Take out what leads where a document may not: the words of a link stay, a second version of a picture goes."""
    if node.tag == q("hyperlink"):
        _unwrap(node)
    elif str(node.tag).endswith("}svgBlip") and (extension := node.getparent()) is not None:
        _drop(extension)
    elif str(node.tag).endswith(("}hlinkClick", "}hlinkHover")):
        _drop(node)
    else:
        del node.attrib[name]


def _picture(paquet: Paquet, modele: ModeleWord, part: str) -> str:
    """Copy a picture, without what a camera notes in it; its name in the document."""
    content, extension = modele.parts[part], splitext(part)[1].lstrip(".").lower()
    with suppress(images.ImageRefusee):  # of a kind that holds nothing beside the drawing, or that only Word knows
        content = images.lire(content, limite=100_000).octets
    same = next((name for name, known in paquet.parts.items() if known == content and "/modele-" in name), "")
    if not same:
        rank = sum("/modele-" in name for name in paquet.parts) + 1
        same = f"word/media/modele-{rank}.{extension}"
        paquet.parts[same] = content
        paquet.declare(extension, _TYPES.get(extension, f"image/{extension}"))
    return f"media/{basename(same)}"


def _widen(tree: Element, before: int, after: int) -> None:
    """Set the tabs and the tables of a header made for a narrower page at the same places of a wider one."""

    def moved(value: str | None) -> str:
        return str(round(int(value or 0) * after / before))

    for tab in tree.iter(q("tab")):
        if (tab.get(q("pos")) or "").isdigit():
            tab.set(q("pos"), moved(tab.get(q("pos"))))
    for name in ("tblW", "gridCol", "tcW"):
        for width in tree.iter(q(name)):
            if width.get(q("type"), "dxa") == "dxa" and (width.get(q("w")) or "").isdigit():
                width.set(q("w"), moved(width.get(q("w"))))


def retab(tree: Element, styles: Mapping[str, list[tuple[str, str]]], before: int, after: int) -> None:
    """The same for the tabs that come with the style of its paragraphs: a paragraph then says its own."""
    for paragraph in tree.iter(q("p")):
        properties = paragraph.find(q("pPr"))
        style = None if properties is None else properties.find(q("pStyle"))
        inherited = styles.get("" if style is None else style.get(q("val"), ""), [])
        if properties is None or not inherited or properties.find(q("tabs")) is not None:
            continue
        tabs = [w("tab", val="clear", pos=pos) for _, pos in inherited]
        tabs += [w("tab", val=kind, pos=round(int(pos) * after / before)) for kind, pos in inherited]
        place(properties, w("tabs", *sorted(tabs, key=lambda tab: int(tab.get(q("pos"), "0")))))
