"""What moved from one document to the next: blocks that stand in both, out of the order the others keep.

A block is known by its words when they are enough and stand once on each side, or nearly by them, or, for a title, by
its element. The heaviest run of those in the same order stays; the others moved, and with them what lies between two
of them or under the title of a section. Nothing else decides: the same short words in ten places never move.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from smde.arbre import Node, Nodes
from smde.revisions.alignement import aligne
from smde.revisions.feuilles import autour, dedans, feuilles
from smde.revisions.lignes import fondues
from smde.revisions.marques import (
    AJOUT,
    ARRIVEE,
    DE_MOTS,
    DEPART,
    RETRAIT,
    marque,
    marques,
    par_les_mots,
    sans_ancre,
    sans_ancres,
    sans_marques,
)
from smde.revisions.reconnues import Comparables, Dit, Feuille, Lien, en_ordre, feuille, reconnues


@dataclass(frozen=True, slots=True)
class Deplacements:
    """The blocks that moved, known by their identity, each as it is marked where it was and where it is."""

    partis: dict[int, Node] = field(default_factory=dict)
    venus: dict[int, Node] = field(default_factory=dict)
    poids: dict[int, int] = field(default_factory=dict)
    """What each block weighs, of both documents: its words, and one."""
    gardes: set[int] = field(default_factory=set)
    """Those that are known on both sides and stay."""

    def bouge(self, blocs: Nodes) -> bool:
        """Whether the greater part of these blocks moved, and nothing known of them stays."""
        if not self.partis:
            return False
        here = [id(bloc) for bloc in feuilles(blocs)]
        if not self.gardes.isdisjoint(here):
            return False
        moved = sum(self.poids[ident] for ident in here if ident in self.partis or ident in self.venus)
        return 2 * moved > sum(self.poids.get(ident, 0) for ident in here)

    def marques(self, sort: str, blocs: Nodes) -> Nodes:
        """These blocks wholly under a mark, and those that moved under theirs."""
        known = self.partis if sort == RETRAIT else self.venus
        if not known or not any(id(bloc) in known for bloc in feuilles(blocs)):
            return marques(sort, blocs)
        made: Nodes = []
        for bloc in blocs:
            if id(bloc) in known:
                made.append(known[id(bloc)])
            elif dedans(bloc) is None:
                made += marques(sort, [bloc])
            else:
                made.append(autour(bloc, lambda inner: self.marques(sort, inner), sort == RETRAIT))
        return made


def deplacements(avant: Nodes, apres: Nodes, dit: Dit, comparables: Comparables) -> Deplacements:
    """What moved from the blocks of one document (`propres`) to those of the other.

    `dit` and `comparables` are those that pair the blocks that stay.
    """
    old, new = ([feuille(bloc, dit) for bloc in feuilles(blocs)] for blocs in (avant, apres))
    links = reconnues(old, new, comparables)
    found = Deplacements(poids={id(leaf.bloc): leaf.mots + 1 for leaf in (*old, *new)})
    kept = en_ordre(links, [found.poids[id(new[j].bloc)] for _, j in links])
    found.gardes.update(ident for i, j in kept for ident in (id(old[i].bloc), id(new[j].bloc)))
    moved = [link for link in links if link not in kept]
    for rank, (one, other) in enumerate(_etendues(links, moved, old, new, comparables), start=1):
        found.partis[id(one.bloc)], found.venus[id(other.bloc)] = _deplace(one, other, str(rank))
    return found


def _etendues(
    links: Sequence[Lien],
    moved: Sequence[Lien],
    old: Sequence[Feuille],
    new: Sequence[Feuille],
    comparables: Comparables,
) -> Iterator[tuple[Feuille, Feuille]]:
    """What moved, and what moved with it: between two blocks that follow one another, and to the end of a section."""
    heres, theres = [i for i, _ in links], sorted(j for _, j in links)
    together = frozenset(moved)
    level = _AUCUN
    for i, j in moved:
        yield old[i], new[j]
        level = min(level, _niveau(old[i]))
        ends = _suivant(heres, i, len(old)), _suivant(theres, j, len(new))
        if ends in together:
            rest = old[i + 1 : ends[0]], new[j + 1 : ends[1]]
        else:
            rest = _section(old[i + 1 : ends[0]], level), _section(new[j + 1 : ends[1]], level)
            level = _AUCUN
        pairs = aligne(*rest, lambda leaf: leaf.cle, lambda one, other: comparables(one.bloc, other.bloc))
        yield from ((one, other) for one, other in pairs if one is not None and other is not None)


_AUCUN = 99


def _niveau(leaf: Feuille) -> int:
    return int(leaf.bloc["c"][0]) if leaf.bloc["t"] == "Header" else _AUCUN


def _suivant(ranks: Sequence[int], rank: int, end: int) -> int:
    at = bisect_right(ranks, rank)
    return ranks[at] if at < len(ranks) else end


def _section(leaves: Sequence[Feuille], level: int) -> Sequence[Feuille]:
    """What is left of a section whose title is of this level; nothing without a title."""
    if level == _AUCUN:
        return []
    end = next((rank for rank, leaf in enumerate(leaves) if _niveau(leaf) <= level), len(leaves))
    return leaves[:end]


def _deplace(avant: Feuille, apres: Feuille, deplacement: str) -> tuple[Node, Node]:
    """A block as it is marked where it was, and where it is. The rows of a table cannot move in Word: they go and come.

    What also changed in it went from the one, came in the other.
    """
    old, new = avant.bloc, apres.bloc
    if {old["t"], new["t"]} <= DE_MOTS or old["t"] == new["t"] == "Header":
        fused = fondues(_paroles(old), _paroles(new))
        left = sans_ancres(marque(DEPART, sans_marques(AJOUT, fused), deplacement))
        come = marque(ARRIVEE, sans_marques(RETRAIT, fused), deplacement)
        return sans_ancre(_avec_paroles(old, left)), _avec_paroles(new, come)
    if old["t"] == new["t"] == "Figure" and avant.cle == apres.cle:
        left_figure = par_les_mots(old, lambda words: marque(DEPART, sans_ancres(words), deplacement))
        return sans_ancre(left_figure), par_les_mots(new, lambda words: marque(ARRIVEE, words, deplacement))
    return marques(RETRAIT, [old])[0], marques(AJOUT, [new])[0]


def _paroles(bloc: Node) -> Nodes:
    words: Nodes = bloc["c"][2] if bloc["t"] == "Header" else bloc["c"]
    return words


def _avec_paroles(bloc: Node, words: Nodes) -> Node:
    return {"t": bloc["t"], "c": [*bloc["c"][:2], words] if bloc["t"] == "Header" else words}
