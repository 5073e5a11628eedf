"""Two tables made one, row by row; tables that have not the same columns are two tables."""

from collections.abc import Callable
from typing import Any

from smde.arbre import Node, Nodes, texte_brut
from smde.revisions.alignement import aligne
from smde.revisions.marques import AJOUT, RETRAIT, marques

Fondre = Callable[[Nodes, Nodes], Nodes]
Rangee = list[Any]


def comparables(avant: Node, apres: Node) -> bool:
    """Whether two tables have the same columns, and cells of one row each."""
    if len(avant["c"][2]) != len(apres["c"][2]):
        return False
    return all(cell[2] == 1 for table in (avant, apres) for row in _rangees(table) for cell in row[1])


def _rangees(table: Node) -> list[Rangee]:
    _, _, _, head, bodies, foot = table["c"]
    return [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]


def fondu(avant: Node, apres: Node, fondre: Fondre) -> Node:
    """Both tables in one, in the shape of the new one."""
    attr, caption, specs, head, bodies, foot = apres["c"]
    _, old_caption, _, old_head, old_bodies, old_foot = avant["c"]
    blocks = fondre(old_caption[1], caption[1])
    merged = [
        [*body[:2], *(_lignes(_de(old_bodies, rank, part), body[part], fondre) for part in (2, 3))]
        for rank, body in enumerate(bodies)
    ]
    lost = [row for body in old_bodies[len(bodies) :] for part in body[2:] for row in part]
    if lost and merged:
        merged[-1][3] += [_rangee(RETRAIT, row) for row in lost]
    heads = [head[0], _lignes(old_head[1], head[1], fondre)]
    feet = [foot[0], _lignes(old_foot[1], foot[1], fondre)]
    return {"t": "Table", "c": [attr, [caption[0], blocks], specs, heads, merged, feet]}


def _de(bodies: list[Any], rank: int, part: int) -> list[Rangee]:
    return list(bodies[rank][part]) if rank < len(bodies) else []


def _lignes(avant: list[Rangee], apres: list[Rangee], fondre: Fondre) -> list[Rangee]:
    made: list[Rangee] = []
    for old, new in aligne(avant, apres, _dit, _semblables):
        if old is None:
            assert new is not None
            made.append(_rangee(AJOUT, new))
        elif new is None:
            made.append(_rangee(RETRAIT, old))
        else:
            cells = [[*after[:4], fondre(before[4], after[4])] for before, after in zip(old[1], new[1], strict=True)]
            made.append([new[0], cells])
    return made


def _dit(row: Rangee) -> str:
    return "\t".join(texte_brut(cell[4]).strip() for cell in row[1])


def _semblables(avant: Rangee, apres: Rangee) -> bool:
    """Whether a row may be another one changed: as many cells, of the same widths."""
    return [cell[3] for cell in avant[1]] == [cell[3] for cell in apres[1]]


def _rangee(sort: str, row: Rangee) -> Rangee:
    return [row[0], [[*cell[:4], marques(sort, cell[4])] for cell in row[1]]]
