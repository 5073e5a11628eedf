"""What moved between two trees of JSON values: a difference that can be applied, so that nothing moves unsaid.

`applique(ecart(a, b), a) == b` for any two trees, and `ecart(a, a)` is None. Items of a list are told apart by their
`id`, else by what they hold: an item that moved is not taken out and put in again.
"""

import json
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

Json = Any
"""None, a boolean, a number, a text, a list or a mapping of these."""


class _Absent:
    """Stands for a key that is not there, which is not a key that holds nothing."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()

IDENTITES = ("par", "acteur", "financeur", "indicateur", "cadre", "element", "entretien", "source", "code", "instance")
"""Keys that say what an item is about: two items that differ on one of them are not the same item changed."""
RESSEMBLANCE = 0.5
"""From how much alike two items, or two lines, are taken for one that changed."""
MAX_PAIRES = 40_000
"""Lists whose changed items would ask for more comparisons than this are said item by item, nothing paired."""


@dataclass(frozen=True, slots=True)
class Valeur:
    """A value that is another one; ABSENT on the side where there is none."""

    avant: Json
    apres: Json


@dataclass(frozen=True, slots=True)
class Objet:
    """A mapping of which some keys changed."""

    champs: Mapping[str, "Ecart"]


@dataclass(frozen=True, slots=True)
class Place:
    """One item of the list that came after."""

    avant: int | None
    """Its rank in the list before, None when it is new."""
    ecart: "Ecart | None" = None
    """What changed in it."""
    valeur: Json = ABSENT
    """The item, when it is new."""


@dataclass(frozen=True, slots=True)
class Liste:
    """A list of which items came, left, changed or moved."""

    places: tuple[Place, ...]
    retires: tuple[int, ...]
    """Ranks, in the list before, of the items that left."""

    def deplaces(self) -> frozenset[int]:
        """Ranks, in the list before, of the fewest items whose move explains the new order."""
        kept = [place.avant for place in self.places if place.avant is not None]
        return frozenset(kept).difference(_croissante(kept))


Ecart = Valeur | Objet | Liste


def ecart(avant: Json, apres: Json) -> Ecart | None:
    """What changes one tree of JSON values into another, None when they are equal."""
    if isinstance(avant, dict) and isinstance(apres, dict):
        keys = [*avant, *(key for key in apres if key not in avant)]
        found = {key: ecart(avant.get(key, ABSENT), apres.get(key, ABSENT)) for key in keys}
        changed = {key: value for key, value in found.items() if value is not None}
        return Objet(changed) if changed else None
    if isinstance(avant, list) and isinstance(apres, list):
        return _liste(avant, apres)
    same = avant is apres or (type(avant) is type(apres) and avant == apres)
    return None if same else Valeur(avant, apres)


def applique(change: Ecart | None, avant: Json) -> Json:
    """The tree after the change."""
    match change:
        case None:
            return avant
        case Valeur():
            return change.apres
        case Objet():
            result = dict(avant)
            for key, inner in change.champs.items():
                value = applique(inner, result.get(key, ABSENT))
                if value is ABSENT:
                    del result[key]
                else:
                    result[key] = value
            return result
        case Liste():
            return [
                place.valeur if place.avant is None else applique(place.ecart, avant[place.avant])
                for place in change.places
            ]


def _liste(avant: Sequence[Json], apres: Sequence[Json]) -> Liste | None:
    pairs = _paires(avant, apres)
    places = []
    for rank, item in enumerate(apres):
        former = pairs.get(rank)
        places.append(Place(None, None, item) if former is None else Place(former, ecart(avant[former], item)))
    kept = set(pairs.values())
    removed = tuple(rank for rank in range(len(avant)) if rank not in kept)
    untouched = not removed and all(place.avant == rank and place.ecart is None for rank, place in enumerate(places))
    return None if untouched else Liste(tuple(places), removed)


def _paires(avant: Sequence[Json], apres: Sequence[Json]) -> dict[int, int]:
    """For each item that was there before, its rank after and before."""
    waiting: dict[str, deque[int]] = {}
    for rank, item in enumerate(avant):
        waiting.setdefault(_cle(item), deque()).append(rank)
    pairs: dict[int, int] = {}
    for rank, item in enumerate(apres):
        if found := waiting.get(_cle(item)):
            pairs[rank] = found.popleft()
    former = [rank for ranks in waiting.values() for rank in ranks]
    new = [rank for rank in range(len(apres)) if rank not in pairs]
    if len(former) * len(new) <= MAX_PAIRES:
        pairs.update(_ressemblants(avant, apres, sorted(former), new))
    return pairs


def _cle(item: Json) -> str:
    """What two equal items share, and no others; an element is known by its id alone."""
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return f"id {item['id']}"
    return json.dumps(item, ensure_ascii=False, sort_keys=True, default=str)


def _ressemblants(
    avant: Sequence[Json], apres: Sequence[Json], former: Sequence[int], new: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of items that look alike, the closest first."""
    scored = [
        (-score, abs(after - before), after, before)
        for after in new
        for before in former
        if (score := _ressemblance(avant[before], apres[after])) >= RESSEMBLANCE
    ]
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    for _, _, after, before in sorted(scored):
        if before not in taken_before and after not in taken_after:
            taken_before.add(before)
            taken_after.add(after)
            yield after, before


def _ressemblance(avant: Json, apres: Json) -> float:
    """From 0, nothing in common, to 1."""
    if isinstance(avant, dict) and isinstance(apres, dict):
        return _ressemblance_parties(avant, apres)
    if isinstance(avant, str) and isinstance(apres, str) and " " in avant and " " in apres:
        matcher = SequenceMatcher(None, avant.split(), apres.split(), autojunk=False)
        return matcher.ratio() if matcher.real_quick_ratio() >= RESSEMBLANCE else 0.0
    return 0.0


def _ressemblance_parties(avant: Mapping[str, Json], apres: Mapping[str, Json]) -> float:
    if "id" in avant or "id" in apres or any(avant.get(key, ABSENT) != apres.get(key, ABSENT) for key in IDENTITES):
        return 0.0
    weights = {key: 3 if key in IDENTITES else 1 for key in (*avant, *apres)}
    alike = sum(weight for key, weight in weights.items() if avant.get(key, ABSENT) == apres.get(key, ABSENT))
    return alike / sum(weights.values()) if weights else 1.0


def _croissante(ranks: Sequence[int]) -> frozenset[int]:
    """The longest run of growing numbers that can be picked in order (patience sorting)."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for rank in ranks:
        at = bisect_left(tails, rank)
        before[rank] = tails[at - 1] if at else None
        if at == len(tails):
            tails.append(rank)
        else:
            tails[at] = rank
    found: set[int] = set()
    step = tails[-1] if tails else None
    while step is not None:
        found.add(step)
        step = before[step]
    return frozenset(found)
