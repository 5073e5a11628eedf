"""Which block of a document is which of another, wherever they stand: by its words, or by its element."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from smde.arbre import Node, slug, texte_brut
from smde.revisions.alignement import ressemblance
from smde.revisions.marques import DE_MOTS

MOTS = 8
"""A block of fewer words is not known by its words."""
MOTS_DE_TITRE = 4
MOTS_PRESQUE = 12
"""Nor a block of fewer words by words nearly the same."""
PRESQUE = 0.75
_SUITE = 4
"""Words in a row by which blocks nearly the same are found."""

Dit = Callable[[Node], str]
Comparables = Callable[[Node, Node], bool]
Lien = tuple[int, int]
"""The rank of a block among those of one document, and its rank among those of the other."""


class Feuille(NamedTuple):
    """A block that holds words, or a table."""

    bloc: Node
    cle: str
    mots: int


def feuille(bloc: Node, dit: Dit) -> Feuille:
    """A block, and what makes it the same as another: the point of a list may be a paragraph elsewhere."""
    said = dit({**bloc, "t": "Para"} if bloc["t"] in DE_MOTS else bloc)
    return Feuille(bloc, said, len(said.split()) - 1)


def reconnues(old: Sequence[Feuille], new: Sequence[Feuille], comparables: Comparables) -> list[Lien]:
    """The blocks that stand on both sides, in the order of the former document, none twice."""
    links: dict[int, int] = {}
    free = [_seules(leaves, lambda leaf: leaf.cle if _assez(leaf) else "") for leaves in (old, new)]
    links |= {i: free[1][key] for key, i in free[0].items() if key in free[1]}
    named = [_seules(leaves, lambda leaf: _element(leaf.bloc)) for leaves in (old, new)]
    taken = set(links.values())
    for name, i in named[0].items():
        j = named[1].get(name)
        if j is not None and i not in links and j not in taken:
            links[i] = j
            taken.add(j)
    for i, j in _presque(old, new, frozenset(links), frozenset(taken)):
        if comparables(old[i].bloc, new[j].bloc):
            links[i] = j
    return sorted(links.items())


def _assez(leaf: Feuille) -> bool:
    return leaf.mots >= (MOTS_DE_TITRE if leaf.bloc["t"] == "Header" else MOTS)


def _seules(leaves: Sequence[Feuille], nom: Callable[[Feuille], str]) -> dict[str, int]:
    """The rank of each block whose name no other has."""
    names = [nom(leaf) for leaf in leaves]
    counts = Counter(names)
    return {name: rank for rank, name in enumerate(names) if name and counts[name] == 1}


def _element(bloc: Node) -> str:
    """The element a title is that of; the anchor of another title is made of its words."""
    if bloc["t"] != "Header":
        return ""
    ident = str(bloc["c"][1][0])
    words = slug(texte_brut(bloc["c"][2])).replace("-", "")
    return "" if ident.replace("-", "").startswith(words) else ident


def _presque(
    old: Sequence[Feuille], new: Sequence[Feuille], pris: frozenset[int], prises: frozenset[int]
) -> Iterator[Lien]:
    """Blocks nearly the same: the pairs that share most runs of words that none else has."""
    heres, theres = _suites(old, pris), _suites(new, prises)
    votes = Counter((i, theres[words]) for words, i in heres.items() if words in theres)
    met: tuple[set[int], set[int]] = set(), set()
    for (i, j), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if i in met[0] or j in met[1]:
            continue
        met[0].add(i)
        met[1].add(j)
        bags = [Counter(leaf.cle.split()) for leaf in (old[i], new[j])]
        if ressemblance(*bags) >= PRESQUE:
            yield i, j


def _suites(leaves: Sequence[Feuille], pris: frozenset[int]) -> dict[tuple[str, ...], int]:
    where: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for rank, leaf in enumerate(leaves):
        if rank not in pris and leaf.mots >= MOTS_PRESQUE:
            words = texte_brut(leaf.bloc).split()
            for start in range(len(words) - _SUITE + 1):
                where[tuple(words[start : start + _SUITE])].add(rank)
    return {words: next(iter(ranks)) for words, ranks in where.items() if len(ranks) == 1}


def en_ordre(links: Sequence[Lien], poids: Sequence[int]) -> set[Lien]:
    """Of these pairs, in the order of the first document, the heaviest that are in the order of the other too."""
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    """For each end in the second document, rising: the weight of the best run up to it, and its last pair."""
    before: list[int] = []
    for rank, ((_, j), weight) in enumerate(zip(links, poids, strict=True)):
        at = bisect_left(ends, j)
        total, last = best[at - 1] if at else (0, -1)
        before.append(last)
        total += weight
        stop = at
        while stop < len(ends) and best[stop][0] <= total:
            stop += 1
        ends[at:stop] = [j]
        best[at:stop] = [(total, rank)]
    kept: set[Lien] = set()
    rank = best[-1][1] if best else -1
    while rank >= 0:
        kept.add(links[rank])
        rank = before[rank]
    return kept
