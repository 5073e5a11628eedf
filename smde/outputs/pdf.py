"""A document as an accessible PDF (PDF/UA-1): pandoc writes the text in Typst, `gabarit.typ` gives it its look."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from smde.arbre import Document, Node, Nodes, texte_brut
from smde.outputs import typst
from smde.outputs.outil import OutilEnEchec, deposit
from smde.outputs.pandoc import convert
from smde.outputs.tree import (
    Change,
    classes,
    contents_depth,
    figure_width,
    identifier,
    legible,
    logo_size,
    mention,
    prepare,
    short_title,
)

STANDARDS = ("ua-1", "a-3a")
GABARIT = Path(__file__).with_name("gabarit.typ")
CLASSES_DE_BLOC = ("avertissement", "proposition", "chapo", "sources", "paysage")
CLASSES_DE_MOTS = ("statut", "code-element")
# Every mark of ASCII, since Typst gives a meaning to nearly all of them; pandoc would leave « ... » and « -2 » to it.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_ABSENT = re.compile(r'the text `"([^`]+)"` could not be displayed|contains the codepoint `"([^`]+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_EXCERPT = 30


class CaracteresAbsents(Exception):
    """Characters that no font of the PDF can draw: the message says which, and where they are."""


def write(document: Document, target: Path) -> None:
    """Make the PDF of this document at `target`: the same bytes for the same document."""
    day = date.fromisoformat(document.date) if document.date else date(1980, 1, 1)
    try:
        made = typst.pdf({**sources(document), **_logo(document)}, day, STANDARDS)
    except OutilEnEchec as failure:
        absent = _absent(str(failure))
        if not absent:
            raise
        raise CaracteresAbsents(_explanation(document, absent)) from None
    deposit(target, made)


def sources(document: Document) -> dict[str, str]:
    """The files Typst composes: the body, the template, the data it reads, the drawings."""
    levels: list[int] = []
    body = convert(prepare(document, _changes(document, levels)), "typst")
    drawings = {f"figure-{rank}.svg": figure.svg for rank, figure in enumerate(document.figures.values())}
    return {
        "main.typ": f'#import "gabarit.typ": *\n#show: gabarit\n\n{body}',
        "gabarit.typ": GABARIT.read_text(encoding="utf-8"),
        "donnees.json": json.dumps(_data(document, contents_depth(levels) if levels and document.sommaire else 0)),
        **drawings,
    }


def _logo(document: Document) -> dict[str, bytes]:
    """The file of the logo, by the name the data give it."""
    return {f"logo.{document.logo.genre}": document.logo.octets} if document.logo else {}


def _data(document: Document, depth: int) -> dict[str, object]:
    auteur, edition = legible(document.auteur), mention(document)
    figures = [
        {"description": legible(figure.description), "largeur": figure_width(figure)}
        for figure in document.figures.values()
    ]
    logo = dict(zip(("largeur", "hauteur"), logo_size(document.logo), strict=True)) if document.logo else None
    return {
        "logo": logo and {**logo, "fichier": next(iter(_logo(document))), "texte": legible(document.logo_texte)},
        "titre": legible(document.titre),
        "titre_court": short_title(document),
        "sous_titre": legible(document.sous_titre),
        "auteur": auteur,
        "resume": legible(document.resume),
        "statut": legible(document.statut),
        "mention": edition[:1].upper() + edition[1:],
        "pied": " – ".join(filter(None, [auteur, edition])),
        "couleur": document.couleur,
        "accent": document.accent,
        "profondeur": depth,
        "couverture": document.couverture,
        "figures": figures,
    }


def _changes(document: Document, levels: list[int]) -> dict[str, Change]:
    """The classes of the tree as calls of the template's functions; the levels of the headings met on the way."""
    ranks = {nom: rank for rank, nom in enumerate(document.figures)}

    def image(node: Node) -> Nodes:
        return [_inline(f"#illustration({ranks[node['c'][2][0].removeprefix('figure:')]});")]

    def header(node: Node) -> Nodes:
        levels.append(node["c"][0])
        return [node]

    return {"Str": _words, "Div": _div, "Span": _span, "Table": _table, "Image": image, "Header": header}


def _words(word: Node) -> Nodes:
    """What was typed, as it was typed."""
    return [_inline(_MARKS.sub(r"\\\1", word["c"]))]


def _block(typ: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", typ]}


def _inline(typ: str) -> Node:
    return {"t": "RawInline", "c": ["typst", typ]}


def _anchor(node: Node) -> str:
    return f"#ancre;<{identifier(node)}>" if identifier(node) else ""


def _div(node: Node) -> Nodes:
    names = classes(node)
    content: Nodes = node["c"][1]
    if anchor := _anchor(node):
        content = [_block(anchor), *content]
    for name in names:
        if name in CLASSES_DE_BLOC:
            content = [_block(f"#{name}["), *content, _block("];")]
    return [_block("#saut;"), *content] if "fiche" in names or "saut" in names else content


def _span(node: Node) -> Nodes:
    content: Nodes = node["c"][1]
    if anchor := _anchor(node):
        content = [_inline(anchor), *content]
    for name in classes(node):
        if name in CLASSES_DE_MOTS:
            content = [_inline(f"#{name}["), *content, _inline("];")]
    return content


def _table(node: Node) -> Nodes:
    for body in node["c"][4]:
        for row in body[3]:
            for cell in row[1][: body[1]]:
                cell[4] = [_block("#entete-ligne["), *cell[4], _block("];")]
    return [_block("#entier["), node, _block("];")] if "entier" in classes(node) else [node]


def _absent(said: str) -> list[str]:
    """The characters Typst complains of, each once, in order."""
    found = (match[1] or match[2] for match in _ABSENT.finditer(said))
    texts = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found)
    return list(dict.fromkeys(character for text in texts for character in text))


def _explanation(document: Document, absent: Sequence[str]) -> str:
    places = [("le titre du document", document.titre), *_texts(document.blocs)]
    lines = ["Le PDF n’est pas fait : ses polices n’ont pas de dessin pour ces caractères."]
    for character in absent:
        where = next(((heading, text) for heading, text in places if character in text), None)
        line = f"  « {character} » (U+{ord(character):04X})"
        if where:
            at = where[1].index(character)
            excerpt = " ".join(where[1][max(at - _EXCERPT, 0) : at + _EXCERPT].split())
            line += f", dans {where[0]} : « … {excerpt} … »"
        lines.append(line)
    return "\n".join([*lines, "Remplacez-les dans le texte par des lettres ou des signes courants."])


def _texts(blocs: Sequence[Node], heading: str = "les premières pages") -> Iterator[tuple[str, str]]:
    """The text of each block, and under which heading it is."""
    for block in blocs:
        if block["t"] == "Div":
            yield from _texts(block["c"][1], heading)
            continue
        text = texte_brut(block)
        if block["t"] == "Header":
            heading = f"la partie « {text.strip()} »"
        yield heading, text
