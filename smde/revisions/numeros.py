"""The moves of a merged document, numbered as a reader meets them."""

from collections.abc import Iterator, Mapping, Sequence

from smde.arbre import Node, Nodes
from smde.revisions.feuilles import feuilles
from smde.revisions.marques import (
    AJOUT,
    ARRIVEE,
    DEPART,
    RETRAIT,
    avec_interieur,
    deplacement_de,
    interieur,
    marque,
    marque_de,
    par_les_mots,
)


def numerotes(blocs: Nodes) -> Nodes:
    """The merged blocks, each move numbered: blocks that follow one another on both sides are one.

    What stands on one side only went or came.
    """
    events = [_evenement(bloc) for bloc in feuilles(blocs)]
    left, come = _suites_de(events, DEPART, RETRAIT), _suites_de(events, ARRIVEE, AJOUT)
    numbers: dict[str, str] = {}
    rank = 0
    for _, move in events:
        if move not in left or move not in come or move in numbers:
            continue
        rank += 1
        numbers[move] = str(rank)
        while (following := left[move]) and following == come[move]:
            move = following
            numbers[move] = str(rank)
    return [par_les_mots(bloc, lambda words: _numerotees(words, numbers)) for bloc in blocs]


def deplace(blocs: Nodes) -> bool:
    """Whether anything moved in merged blocks."""
    return any(_evenement(bloc)[1] for bloc in feuilles(blocs))


def _evenement(bloc: Node) -> tuple[str, str]:
    """What a block is, and of which move: of what went, of what came, of what moved, « » of what stays."""
    met = list(_marques_de(bloc))
    moves = {found for found in met if found[1]}
    if moves:
        return min(moves)
    sorts = {sort for sort, _ in met}
    return (sorts.pop(), "") if len(sorts) == 1 else ("" if sorts else _VIDE, "")


_VIDE = "vide"


def _marques_de(value: object) -> Iterator[tuple[str, str]]:
    """The marks of a tree, with their move; « » for words without a mark."""
    if isinstance(value, list):
        for item in value:
            yield from _marques_de(item)
    elif isinstance(value, dict):
        if sort := marque_de(value):
            yield sort, deplacement_de(value)
        elif value["t"] in _DITES:
            yield "", ""
        else:
            yield from _marques_de(value.get("c"))


_DITES = frozenset({"Str", "Code", "Math", "Image", "Note", "CodeBlock", "HorizontalRule"})


def _suites_de(events: Sequence[tuple[str, str]], sort: str, sans_effet: str) -> dict[str, str]:
    """Each block that moved, on one side, with the one that follows it there, or « »."""
    found: dict[str, str] = {}
    last = ""
    for kind, move in events:
        if kind == sort:
            if last:
                found[last] = move
            found[move] = ""
            last = move
        elif kind not in (sans_effet, _VIDE):
            last = ""
    return found


def _numerotees(words: Nodes, numbers: Mapping[str, str]) -> Nodes:
    made: Nodes = []
    for node in words:
        inner = interieur(node)
        if inner is None:
            made.append(node)
        elif (move := deplacement_de(node) if marque_de(node) else "") and move in numbers:
            made += marque(marque_de(node), inner, numbers[move])
        elif move:
            made += marque(RETRAIT if marque_de(node) == DEPART else AJOUT, inner)
        else:
            made.append(avec_interieur(node, _numerotees(inner, numbers)))
    return made
