"""A document as an accessible PDF (PDF/UA-1, PDF/A-3a): pandoc writes the text in Typst, `gabarit.typ` its look."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from smde.arbre import Document, Node, Nodes
from smde.outputs import repertoire, typst
from smde.outputs.outil import OutilEnEchec, deposit
from smde.outputs.pandoc import convert
from smde.outputs.repertoire import CaracteresAbsents
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
from smde.revisions.marques import AJOUT, ARRIVEE, DEPART, RETRAIT, delies, deplacement_de, marque_de, par_les_mots

STANDARDS = ("ua-1", "a-3a")
JOINTE = "jointe.json"
GABARIT = Path(__file__).with_name("gabarit.typ")
CLASSES_DE_BLOC = ("avertissement", "proposition", "chapo", "sources", "paysage", "lignes")
CLASSES_DE_MOTS = ("statut", "code-element", "a-remplir", AJOUT, RETRAIT, ARRIVEE, DEPART)
# Every mark of ASCII, since Typst gives a meaning to nearly all of them; pandoc would leave « ... » and « -2 » to it.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def write(document: Document, target: Path, donnees: bytes = b"") -> None:
    """Make the PDF of this document at `target`: the same bytes for the same document.

    `donnees` is the JSON of what it is made from, attached to it. Raises CaracteresAbsents, and nothing is written.
    """
    day = date.fromisoformat(document.date) if document.date else date(1980, 1, 1)
    repertoire.verifier(document, day, STANDARDS)
    try:
        attached = {JOINTE: donnees} if donnees else {}
        made = typst.pdf({**sources(document, jointe=bool(donnees)), **_logo(document), **attached}, day, STANDARDS)
    except OutilEnEchec as failure:
        absent = repertoire.absents(str(failure))
        if not absent:
            raise
        raise CaracteresAbsents(repertoire.explication(document, absent)) from None
    deposit(target, made)


def sources(document: Document, *, jointe: bool = False) -> dict[str, str]:
    """The files Typst composes: the body, the template, the data it reads, the drawings."""
    levels: list[int] = []
    if document.reviseur:
        document = replace(document, blocs=tuple(par_les_mots(list(document.blocs), delies)))
    body = convert(prepare(document, _changes(document, levels)), "typst")
    drawings = {f"figure-{rank}.svg": figure.svg for rank, figure in enumerate(document.figures.values())}
    depth = contents_depth(levels) if levels and document.sommaire else 0
    return {
        "main.typ": f'#import "gabarit.typ": *\n#show: gabarit\n\n{body}',
        "gabarit.typ": GABARIT.read_text(encoding="utf-8"),
        "donnees.json": json.dumps(_data(document, depth, jointe)),
        **drawings,
    }


def _logo(document: Document) -> dict[str, bytes]:
    """The file of the logo, by the name the data give it."""
    return {f"logo.{document.logo.genre}": document.logo.octets} if document.logo else {}


def _data(document: Document, depth: int, jointe: bool) -> dict[str, object]:
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
        "jointe": f"{document.nom}.json" if jointe else "",
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

    met: dict[tuple[str, str], str] = {}

    def span(node: Node) -> Nodes:
        return [*_told(node, met), *_span(node)]

    return {"Str": _words, "Div": _div, "Span": span, "Table": _table, "Image": image, "Header": header}


def _told(node: Node, met: dict[tuple[str, str], str]) -> Nodes:
    """Where what moved went, or comes from, said where each end of its move begins; `met` is what was met before."""
    sort = marque_de(node)
    move = deplacement_de(node) if sort else ""
    if not move or (sort, move) in met:
        return []
    place = "bas" if not any(move == other for _, other in met) else "haut"
    met[sort, move] = place
    words = f"Déplacé plus {place}" if sort == DEPART else f"Déplacé depuis plus {place}"
    return [_inline(f"#repere-de-deplacement[{words} ({move})];")]


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
