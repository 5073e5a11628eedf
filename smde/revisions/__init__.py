"""Two documents made one, which says word by word what went and what came: the tree that tracked changes print.

Without what went it is the new document, without what came the former one, exactly. What moved is there twice:
gone from one place, come to the other.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from smde.arbre import Document, Figure, Node, Nodes, texte_brut
from smde.revisions import tableaux
from smde.revisions.alignement import aligne
from smde.revisions.deplacements import Deplacements, deplacements
from smde.revisions.feuilles import propres
from smde.revisions.lignes import fondues
from smde.revisions.marques import AJOUT, DE_MOTS, RETRAIT, marques, par_les_mots, sans_ancre, sans_ancres
from smde.revisions.numeros import numerotes

ANCIENNE = "avant-"
"""Before the name of a drawing that went, when another has its name."""


def fondu(avant: Document, apres: Document) -> Document:
    """The new document with what changed since the former one under marks."""
    figures = dict(apres.figures)
    renamed: dict[str, str] = {}
    for nom, figure in avant.figures.items():
        kept = figures.get(nom)
        if kept is None or _dessin(kept) != _dessin(figure):
            renamed[nom] = ANCIENNE + nom if kept is not None else nom
            figures[renamed[nom]] = figure
    old, new = propres([_aux_figures(bloc, renamed) for bloc in avant.blocs]), propres(list(apres.blocs))
    moved = deplacements(old, new, _dit, _comparables)
    merged = _Fusion(moved).blocs(old, new)
    return replace(apres, blocs=tuple(numerotes(merged) if moved.partis else merged), figures=figures)


def _dessin(figure: Figure) -> tuple[str, str]:
    return figure.svg, figure.description


def _aux_figures(value: Any, renamed: dict[str, str]) -> Any:
    """The same blocks, drawings called by their new names."""
    if not renamed:
        return value
    if isinstance(value, list):
        return [_aux_figures(item, renamed) for item in value]
    if not isinstance(value, dict) or "c" not in value:
        return value
    if value["t"] == "Image":
        attr, alt, (target, title) = value["c"]
        nom = target.removeprefix("figure:")
        return {"t": "Image", "c": [attr, alt, [f"figure:{renamed.get(nom, nom)}", title]]}
    return {"t": value["t"], "c": _aux_figures(value["c"], renamed)}


class _Fusion:
    """The blocks of both documents made one, what moved known."""

    def __init__(self, moved: Deplacements) -> None:
        self.moved = moved

    def blocs(self, avant: Nodes, apres: Nodes) -> Nodes:
        made: Nodes = []
        for old, new in aligne(avant, apres, self._dit, self._comparables):
            if old is None:
                assert new is not None
                made += self.moved.marques(AJOUT, [new])
            elif new is None:
                made += self.moved.marques(RETRAIT, [old])
            else:
                made += self._bloc(old, new)
        return made

    def _dit(self, bloc: Node) -> str:
        """What a block says; one that moved says what no other does."""
        return f"\0{id(bloc)}" if self.moved.bouge([bloc]) else _dit(bloc)

    def _comparables(self, avant: Node, apres: Node) -> bool:
        return _comparables(avant, apres) and not (self.moved.bouge([avant]) or self.moved.bouge([apres]))

    def _bloc(self, avant: Node, apres: Node) -> Nodes:
        """Two blocks of which one became the other."""
        if _meme(avant, apres):
            return [apres]
        if not _comparables(avant, apres):
            return self.moved.marques(RETRAIT, [avant]) + self.moved.marques(AJOUT, [apres])
        old, new = avant["c"], apres["c"]
        match apres["t"]:
            case "Para" | "Plain":
                return [{"t": apres["t"], "c": fondues(old, new)}]
            case "Header":
                return [{"t": "Header", "c": [new[0], new[1], fondues(old[2], new[2])]}]
            case "Div":
                return [{"t": "Div", "c": [new[0], self.blocs(old[1], new[1])]}]
            case "BlockQuote":
                return [{"t": "BlockQuote", "c": self.blocs(old, new)}]
            case "BulletList":
                return [{"t": "BulletList", "c": self._items(old, new)}]
            case "OrderedList":
                return [{"t": "OrderedList", "c": [new[0], self._items(old[1], new[1])]}]
            case "DefinitionList":
                return [{"t": "DefinitionList", "c": self._definitions(old, new)}]
            case "Table":
                return [tableaux.fondu(avant, apres, self.blocs)]
        return self.moved.marques(RETRAIT, [avant]) + self.moved.marques(AJOUT, [apres])

    def _items(self, avant: Sequence[Nodes], apres: Sequence[Nodes]) -> list[Nodes]:
        made: list[Nodes] = []
        for old, new in aligne(avant, apres, self._dit_item, self._items_comparables):
            if old is None:
                assert new is not None
                made.append(self.moved.marques(AJOUT, new))
            elif new is None:
                made.append(self.moved.marques(RETRAIT, old))
            else:
                made.append(self.blocs(old, new))
        return made

    def _dit_item(self, blocs: Nodes) -> str:
        return f"\0{id(blocs)}" if self.moved.bouge(blocs) else " ".join(_dit(bloc) for bloc in blocs)

    def _items_comparables(self, avant: Nodes, apres: Nodes) -> bool:
        return not (self.moved.bouge(avant) or self.moved.bouge(apres))

    def _definitions(self, avant: Sequence[Any], apres: Sequence[Any]) -> list[Any]:
        made: list[Any] = []
        for old, new in aligne(avant, apres, lambda item: texte_brut(item[0]), lambda one, other: True):
            if old is None:
                assert new is not None
                made.append(_definition(AJOUT, new))
            elif new is None:
                made.append(_definition(RETRAIT, old))
            else:
                senses = self._items(old[1], new[1])
                made.append([fondues(old[0], new[0]), senses])
        return made


def _dit(bloc: Node) -> str:
    """What a block says, and its drawings: blocks that say the same stand for one another."""
    return f"{bloc['t']} {texte_brut(bloc)}{''.join(_images(bloc))}"


def _images(value: Any) -> Sequence[str]:
    if isinstance(value, list):
        return [found for item in value for found in _images(item)]
    if not isinstance(value, dict) or "c" not in value:
        return []
    return [f" {value['c'][2][0]}"] if value["t"] == "Image" else _images(value["c"])


def _comparables(avant: Node, apres: Node) -> bool:
    """Whether a block may be another one changed."""
    if avant["t"] != apres["t"]:
        return bool({avant["t"], apres["t"]} <= DE_MOTS)
    match avant["t"]:
        case "Header":
            return bool(avant["c"][0] == apres["c"][0])
        case "Div":
            return bool(avant["c"][0][1] == apres["c"][0][1])
        case "Table":
            return tableaux.comparables(avant, apres)
        case "OrderedList":
            return bool(avant["c"][0] == apres["c"][0])
    return str(avant["t"]) not in ("CodeBlock", "Figure", "HorizontalRule", "LineBlock")


def _meme(avant: Node, apres: Node) -> bool:
    """Whether two blocks print the same words in the same forms."""
    if avant == apres:
        return True
    return texte_brut(avant) == texte_brut(apres) and _brut(avant) == _brut(apres)


def _brut(value: Any) -> Any:
    """A tree as a text, without the places words were typed in and without anchors."""
    return json.dumps(_sans_places(value), ensure_ascii=False, sort_keys=True)


def _sans_places(value: Any) -> Any:
    return sans_ancre(par_les_mots(value, sans_ancres))


def _definition(sort: str, item: Any) -> Any:
    (term,) = marques(sort, [{"t": "Plain", "c": item[0]}])
    return [term["c"], [marques(sort, blocs) for blocs in item[1]]]
