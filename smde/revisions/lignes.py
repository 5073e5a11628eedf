"""Two runs of words made one: what stays as it is, what went and what came each under its mark, word by word."""

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from smde.arbre import Node, Nodes, texte_brut
from smde.changements.mot_a_mot import rapprochees
from smde.revisions.marques import AJOUT, RETRAIT, avec_interieur, interieur, marque, sans_ancres
from smde.saisie import CHAMP

PEU = 0.35
"""Below this share of words in common, a text was written anew: it goes whole, the other comes whole."""


class Mot(NamedTuple):
    """One word, a space or a note, with what gives it its form, from the outside in."""

    noeud: Node
    formes: tuple[Node, ...]
    cle: str
    """The same for the same word in the same form."""


def fondues(avant: Nodes, apres: Nodes) -> Nodes:
    """The words of both, those that stay once. Without what went it is the new run, without what came the former."""
    old, new = list(_mots(avant)), list(_mots(apres))
    matcher = SequenceMatcher(None, [mot.cle for mot in old], [mot.cle for mot in new], autojunk=False)
    if old and new and matcher.ratio() < PEU:
        return marque(RETRAIT, sans_ancres(avant)) + marque(AJOUT, apres)
    pieces: list[tuple[str, Mot]] = []
    for kind, i, j, k, m in rapprochees(matcher.get_opcodes(), [mot.cle.startswith("Space") for mot in old]):
        if kind == "equal":
            pieces += [("", mot) for mot in new[k:m]]
        else:
            pieces += [(RETRAIT, mot) for mot in old[i:j]]
            pieces += [(AJOUT, mot) for mot in new[k:m]]
    return _recousues(_situees(pieces))


def _mots(inlines: Nodes, formes: tuple[Node, ...] = ()) -> Iterator[Mot]:
    for node in inlines:
        inner = interieur(node)
        if inner is None:
            yield Mot(node, formes, _cle(node) + "".join(_cle_forme(forme) for forme in formes))
        else:
            yield from _mots(inner, (*formes, node))


def _cle(node: Node) -> str:
    """What makes two words the same; a note is what it says."""
    if node["t"] == "Note":
        return f"Note {texte_brut(node['c'])}"
    return "Space" if node["t"] in ("Space", "SoftBreak") else json.dumps(node, ensure_ascii=False, sort_keys=True)


def _cle_forme(forme: Node) -> str:
    """What makes two forms the same: neither an anchor nor the field words were typed in changes how they look."""
    if forme["t"] not in ("Span", "Link"):
        return f" {forme['t']}"
    _, names, values = forme["c"][0]
    if CHAMP in names or not (names or values):
        return "" if forme["t"] == "Span" else f" Link {forme['c'][2][0]}"
    return f" {forme['t']} {names} {forme['c'][2][0] if forme['t'] == 'Link' else values}"


def _situees(pieces: Sequence[tuple[str, Mot]]) -> list[tuple[str, Mot]]:
    """What went takes the field of the words around it, when both sides are of one: a field stays in one piece."""
    found: list[tuple[str, Mot]] = []
    for rank, (sort, mot) in enumerate(pieces):
        if sort == RETRAIT:
            before = next((other.formes for kind, other in reversed(pieces[:rank]) if kind != RETRAIT), ())
            after = next((other.formes for kind, other in pieces[rank + 1 :] if kind != RETRAIT), ())
            shared = [forme for forme in before if _situe(forme) and any(forme is other for other in after)]
            mot = Mot(mot.noeud, (*shared, *(forme for forme in mot.formes if not _situe(forme))), mot.cle)
        found.append((sort, mot))
    return found


def _situe(forme: Node) -> bool:
    """Whether a form is an anchor or says a field, and so must stand once."""
    return forme["t"] == "Span" and (CHAMP in forme["c"][0][1] or bool(forme["c"][0][0]))


def _recousues(pieces: Sequence[tuple[str, Mot]], depth: int = 0) -> Nodes:
    """The words in their forms again, neighbours of one form under one."""
    made: Nodes = []
    rank = 0
    while rank < len(pieces):
        sort, mot = pieces[rank]
        forme = mot.formes[depth] if depth < len(mot.formes) else None
        end = rank + 1
        while end < len(pieces) and _meme(pieces[end], sort, forme, depth):
            end += 1
        run = pieces[rank:end]
        if forme is None:
            words = [piece.noeud for _, piece in run]
            made += marque(sort, words) if sort else words
        else:
            made.append(avec_interieur(_sans_ident(forme, sort), _recousues(run, depth + 1)))
        rank = end
    return made


def _meme(piece: tuple[str, Mot], sort: str, forme: Node | None, depth: int) -> bool:
    kind, mot = piece
    other: Any = mot.formes[depth] if depth < len(mot.formes) else None
    return (other is None and kind == sort) if forme is None else other is forme


def _sans_ident(forme: Node, sort: str) -> Node:
    """A form of what went alone leads nowhere; one that it shares with what stays is of what stays."""
    return sans_ancres([forme])[0] if sort == RETRAIT and forme["t"] == "Span" and not _situe(forme) else forme
