"""The chain constat → enjeu → objectif → priorité → action → moyen, walked both ways from any element."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from smde.edition import Edition
from smde.filtre import NIVEAUX as NIVEAUX
from smde.filtre import appuis
from smde.model.element import Element
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif, Theme


@dataclass(frozen=True, slots=True)
class Maillon:
    """The elements of one level that an element rests on, or that follow from it."""

    genre: str
    direct: bool
    """Whether the element cites them, or they cite it, without a level between."""
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Chaine:
    """What an element rests on (nearest level first) and what follows from it."""

    amont: tuple[Maillon, ...]
    aval: tuple[Maillon, ...]


def parents(edition: Edition, element: Element) -> list[Element]:
    """What the element cites one level up."""
    return [edition.elements[ident] for ident in appuis(element) if ident in edition.elements]


def enfants(edition: Edition, element: Element) -> list[Element]:
    """What cites the element one level down; the constats of a theme."""
    match element:
        case Theme():
            return cast(list[Element], edition.citants(element.id, Constat))
        case Constat():
            return cast(list[Element], edition.citants(element.id, Enjeu))
        case Enjeu():
            return cast(list[Element], edition.citants(element.id, Objectif))
        case Objectif():
            return cast(list[Element], edition.citants(element.id, Priorite))
        case Priorite():
            moyens = edition.citants(element.id, Moyen)
            return [*edition.citants(element.id, Action), *(moyen for moyen in moyens if element.id in moyen.priorites)]
        case Action():
            return [moyen for moyen in edition.citants(element.id, Moyen) if element.id in moyen.actions]
    return []


def chaine(edition: Edition, element: Element) -> Chaine:
    """The whole chain of one element."""
    return Chaine(_walked(edition, element, parents, up=True), _walked(edition, element, enfants, up=False))


Step = Callable[[Edition, Element], list[Element]]


def _walked(edition: Edition, element: Element, step: Step, *, up: bool) -> tuple[Maillon, ...]:
    found: dict[str, Element] = {}
    nearest = {near.id for near in step(edition, element)}
    waiting = [element]
    while waiting:
        following = []
        for current in waiting:
            for near in step(edition, current):
                if near.id not in found and near.id != element.id:
                    found[near.id] = near
                    following.append(near)
        waiting = following
    maillons = []
    for classe in reversed(NIVEAUX) if up else NIVEAUX:
        here = sorted((e for e in found.values() if type(e) is classe), key=lambda e: edition.rangs[e.id])
        if here:
            maillons.append(Maillon(classe.genre, any(e.id in nearest for e in here), tuple(here)))
    return tuple(maillons)
