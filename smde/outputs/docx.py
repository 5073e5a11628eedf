"""A document as a Word file: pandoc writes the text in the styles of the reference document, `word/` the rest."""

import base64
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from smde.arbre import Document, Node, Nodes
from smde.ecriture import INSECABLE
from smde.modele_word import ModeleWord
from smde.outputs import typst
from smde.outputs.outil import deposit
from smde.outputs.pandoc import convert_bytes
from smde.outputs.reference import reference
from smde.outputs.tree import (
    Change,
    classes,
    contents_depth,
    day,
    figure_width,
    identifier,
    legible,
    logo_size,
    mention,
    prepare,
    short_title,
)
from smde.outputs.word import front, properties, revisions, sections, signets
from smde.outputs.word.body import (
    UNNUMBERED,
    identify,
    keep_bookmarks_in_paragraphs,
    keep_rooms_whole,
    number_captions,
    number_headings,
)
from smde.outputs.word.dress import Dress
from smde.outputs.word.fields import DATES
from smde.outputs.word.numerotation import HOUSE
from smde.outputs.word.paquet import Paquet, read_zip, write_zip
from smde.outputs.word.sections import A4
from smde.outputs.word.signets import Signets
from smde.outputs.word.xml import q
from smde.saisie import champ

STYLES_DE_BLOC = {
    "avertissement": "Avertissement",
    "proposition": "Proposition",
    "chapo": "Chapo",
    "sources": "Sources",
    "lignes": "Lignes à remplir",
}
STYLES_DE_MOTS = {"statut": "Statut", "code-element": "Code élément", "a-remplir": "À remplir"}
_PPI = 220
_CSS_PPI = 96
_TWIPS_IN_CM = 567


def write(document: Document, target: Path, *, suivi: bool = False, modele: ModeleWord | None = None) -> None:
    """Make the Word file of this document at `target`: the same bytes for the same document and the same model.

    `suivi` makes it open with the revisions tracked; `modele` is whose styles and pages it takes.
    """
    dress = None if modele is None else Dress(modele, document.accent)
    if dress is not None and dress.opens_with_picture:
        document = replace(document, logo=None)
    champs = signets.signets(document)
    paquet = _text_in_styles(document, champs, A4.lines if dress is None else dress.upright.lines)
    tree = paquet.tree("word/document.xml")
    body = tree.find(q("body"))
    assert body is not None
    notes = paquet.tree("word/footnotes.xml")
    changed = revisions.mark_whole(body, _moment(document))
    keep_bookmarks_in_paragraphs(body, notes)
    headings = [one for one in number_headings(body, HOUSE if dress is None else dress.levels) if one.text.strip()]
    number_captions(body)
    keep_rooms_whole(body)
    auteur, titre, statut = legible(document.auteur), legible(document.titre), legible(document.statut)
    edition = mention(document)
    depth = contents_depth([heading.level for heading in headings])
    contents = [front.contents(headings, depth)] if headings and document.sommaire else []
    sous_titre = legible(document.sous_titre)
    opens = front.cover if document.couverture else front.head
    opening = opens(auteur, titre, sous_titre, statut, edition[:1].upper() + edition[1:])
    if not document.couverture:
        front.keep_on_first_page(contents[0] if contents else body)
    if document.logo:
        opening.insert(0, body[0])
    for rank, block in enumerate([*opening, *contents]):
        body.insert(rank, block)
    around = " – ".join(filter(None, [auteur, edition]))
    margins = sections.Margins(short_title(document), statut, around, bare_first=document.couverture)
    facts = {
        "TITLE": short_title(document),
        "SUBJECT": sous_titre,
        "AUTHOR": auteur,
        "STATUS": statut,
        **dict.fromkeys(DATES, legible(day(document))),
    }
    sections.lay_out(paquet, body, margins, None if dress is None else dress.pages(margins, facts))
    revisions.complete(changed, body, notes)
    identify(body, notes)
    paquet.put("word/footnotes.xml", notes)
    numbering = paquet.tree("word/numbering.xml")
    properties.restyle_lists(numbering)
    paquet.put("word/numbering.xml", numbering)
    if dress is not None:
        dress.put_on(paquet, body)
    paquet.put("word/document.xml", tree)
    properties.declare(paquet, document)
    if dress is not None:
        dress.keep_settings(paquet)
    if suivi:
        properties.track_revisions(paquet)
    signets.declare(paquet, document, champs, (tree, notes))
    paquet.forget_unused_links()
    deposit(target, write_zip(paquet))


def _text_in_styles(document: Document, champs: Signets, width: int) -> Paquet:
    blocs = [*_logo(document), *prepare(document, _changes(document, champs, width))]
    with tempfile.TemporaryDirectory(prefix="smde-") as folder:
        model = Path(folder) / "reference.docx"
        model.write_bytes(reference(document.couleur, document.accent))
        options = (f"--reference-doc={model}", "--syntax-highlighting=none")
        return read_zip(convert_bytes(blocs, "docx", *options))


def _logo(document: Document) -> Nodes:
    """The logo alone in its paragraph, first of all; Word is given a drawing as points."""
    logo = document.logo
    if logo is None:
        return []
    width, height = logo_size(logo)
    octets, kind = logo.octets, {"png": "image/png", "jpg": "image/jpeg"}.get(logo.genre, "")
    if not kind:
        (octets,) = typst.pictures([logo.octets.decode()], _PPI * width / 2.54 * _CSS_PPI / logo.largeur)
        kind = "image/png"
    size = ["", [], [["width", f"{width}cm"], ["height", f"{height}cm"]]]
    address = f"data:{kind};base64,{base64.b64encode(octets).decode('ascii')}"
    alt = [{"t": "Str", "c": legible(document.logo_texte)}]
    image = {"t": "Image", "c": [size, alt, [address, ""]]}
    return [_styled("Div", "Couverture logo", [{"t": "Para", "c": [image]}])]


def _changes(document: Document, champs: Signets, width: int) -> dict[str, Change]:
    """What pandoc must be told so that each node comes out in its style, in lines of this width."""
    line = width / _TWIPS_IN_CM
    drawn = typst.pictures([figure.svg for figure in document.figures.values()], _PPI)
    pictures = dict(zip(document.figures, drawn, strict=True))

    def image(node: Node) -> Nodes:
        nom = node["c"][2][0].removeprefix("figure:")
        alt = [{"t": "Str", "c": legible(document.figures[nom].description)}]
        size = ["", [], [["width", f"{figure_width(document.figures[nom], line)}cm"]]]
        address = "data:image/png;base64," + base64.b64encode(pictures[nom]).decode("ascii")
        return [{"t": "Image", "c": [size, alt, [address, ""]]}]

    def span(node: Node) -> Nodes:
        if found := champ(node):
            return [_styled("Span", "", node["c"][1], champs.nom(*found))]
        tracked = revisions.signed(node, legible(document.reviseur), _moment(document))
        return _span(node) if tracked is None else [tracked]

    return {"Div": _div, "Span": span, "Header": _header, "Table": _table, "Image": image, "Figure": _figure}


def _moment(document: Document) -> str:
    """When its revisions are said to be made: the day of the version."""
    return f"{document.date}T00:00:00Z"


def _figure(node: Node) -> Nodes:
    """A drawing that came or went is one for pandoc too; its caption bears the mark, `revisions` does the rest."""
    attr, caption, blocs = node["c"]
    match blocs:
        case [{"t": "Plain" as kind, "c": [{"t": "Span", "c": [[_, [("insertion" | "deletion"), *_], _], inner]}]}]:
            return [{"t": "Figure", "c": [attr, caption, [{"t": kind, "c": inner}]]}]
    return [node]


def _raw(kind: str, xml: str) -> Node:
    return {"t": kind, "c": ["openxml", xml]}


def _styled(kind: str, style: str, content: Nodes, ident: str = "") -> Node:
    attr: list[Any] = [ident, [], [["custom-style", style]] if style else []]
    return {"t": kind, "c": [attr, content]}


def _boxed(style: str, content: Nodes) -> Node:
    """Blocks in a style; pandoc gives a Plain a style of its own, so they become paragraphs."""
    return _styled("Div", style, [{**block, "t": "Para"} if block["t"] == "Plain" else block for block in content])


def _div(node: Node) -> Nodes:
    names, ident = classes(node), identifier(node)
    content: Nodes = node["c"][1]
    style = next((STYLES_DE_BLOC[name] for name in names if name in STYLES_DE_BLOC), "")
    if style:
        content = [_boxed(style, _without_lists(content))]
    if ident:
        content = [_styled("Div", "", content, ident)]
    if "paysage" in names:
        bounds = [_raw("RawBlock", sections.mark(name)) for name in (sections.LANDSCAPE, sections.PORTRAIT)]
        content = [bounds[0], *content, bounds[1]]
    if "fiche" in names or "saut" in names:
        content = [_raw("RawBlock", sections.mark(sections.PAGE)), *content]
    return content


def _without_lists(blocs: Nodes) -> Nodes:
    """A list inside a box, as paragraphs that begin with a dash: an indented item would break the box."""
    made: Nodes = []
    for block in blocs:
        if block["t"] not in ("BulletList", "OrderedList"):
            made.append(block)
            continue
        for item in block["c"] if block["t"] == "BulletList" else block["c"][1]:
            first, *rest = _without_lists(item) or [{"t": "Plain", "c": []}]
            dash = {"t": "Str", "c": "–" + INSECABLE}
            made += [
                {"t": "Para", "c": _between([dash], first["c"], [])} if first["t"] in ("Plain", "Para") else first,
                *rest,
            ]
    return made


def _span(node: Node) -> Nodes:
    ident = identifier(node)
    content: Nodes = node["c"][1]
    style = next((STYLES_DE_MOTS[name] for name in classes(node) if name in STYLES_DE_MOTS), "")
    if style == "Statut":
        pad = {"t": "Str", "c": INSECABLE}
        content = _between([pad], content, [pad])
    return [_styled("Span", style, content, ident)] if style or ident else content


def _between(before: Nodes, content: Nodes, after: Nodes) -> Nodes:
    """Words between others we add, which come and go with them when they all do."""
    marks = list(revisions.marks_around(content))
    if not marks or None in marks or len({mark[1][0] for mark in marks if mark}) > 1:
        return [*before, *content, *after]
    around = [[{"t": "Span", "c": [marks[0], added]}] if added else [] for added in (before, after)]
    return [*around[0], *content, *around[1]]


def _header(node: Node) -> Nodes:
    level, attr, content = node["c"]
    if "unnumbered" in attr[1]:
        marker = _raw("RawInline", f'<w:r><w:rPr><w:rStyle w:val="{UNNUMBERED}"/></w:rPr></w:r>')
        content = [marker, *content]
    return [{"t": "Header", "c": [level, [attr[0], [], []], content]}]


def _table(node: Node) -> Nodes:
    """Row headers, which pandoc does not write in Word, asked for by their style."""
    for body in node["c"][4]:
        for row in body[3] if body[1] else []:
            for cell in row[1][: body[1]]:
                cell[4] = [_boxed("En-tête de ligne", cell[4])]
    return [node]
