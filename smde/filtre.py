"""What the filter of a document keeps: what it chooses along the chain, and what that rests on. Prints nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from smde.model.champ import INTERNE, Diffusion
from smde.model.element import Element
from smde.model.identite import Filtre
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif

NIVEAUX: tuple[type[Element], ...] = (Constat, Enjeu, Objectif, Priorite, Action, Moyen)
"""The levels of the chain, from the evidence to the means."""


@dataclass(frozen=True, slots=True)
class Portee:
    """Ids of the elements of the chain that a document holds."""

    vises: frozenset[str]
    """What the filter asks for."""
    retenus: frozenset[str]
    """The same, and what it rests on."""


def appuis(element: Element) -> list[str]:
    """Ids of what an element of the chain cites one level up; nothing for another."""
    match element:
        case Enjeu():
            return element.constats
        case Objectif():
            return element.enjeux
        case Priorite():
            return element.objectifs
        case Action():
            return [element.priorite] if element.priorite else []
        case Moyen():
            return [*element.actions, *element.priorites]
    return []


def portee(elements: Mapping[str, Element], filtre: Filtre, niveau: Diffusion = INTERNE) -> Portee:
    """What a filter keeps of these elements, for readers of `niveau`; the whole chain when the filter is empty.

    Each criterion designates elements and what follows from them (an objectif that an actor has a part in does not
    designate all that serves it); an element answers all the criteria given. The kinds then choose among these
    elements and what they rest on.
    """
    chain = {
        ident: element
        for ident, element in elements.items()
        if isinstance(element, NIVEAUX) and element.niveau() <= niveau
    }
    walk = _Chaine(chain)
    core = set(chain)
    for designated in _designes(chain, filtre, niveau):
        core &= designated | walk.suites(ident for ident in designated if not isinstance(chain[ident], Objectif))
    base = core | walk.bases(core, filtre.themes)
    vises = {ident for ident in base if chain[ident].genre in filtre.genres} if filtre.genres else core
    return Portee(frozenset(vises), frozenset(vises | walk.bases(vises, filtre.themes)))


def criteres(filtre: Filtre) -> list[str]:
    """Names of the criteria a filter gives."""
    return [nom for nom in type(filtre).model_fields if getattr(filtre, nom)]


class _Chaine:
    """The links between levels, walked both ways."""

    def __init__(self, elements: Mapping[str, Element]) -> None:
        self.elements = elements
        self.above = {ident: [up for up in appuis(one) if up in elements] for ident, one in elements.items()}
        self.below: dict[str, list[str]] = {}
        for ident, ups in self.above.items():
            for up in ups:
                self.below.setdefault(up, []).append(ident)

    def suites(self, idents: Iterable[str]) -> set[str]:
        """What follows from these elements, step by step."""
        return _walked(idents, self.below)

    def bases(self, idents: Iterable[str], themes: list[str]) -> set[str]:
        """What these elements rest on, but for means and for constats of other themes than those asked for."""
        starts = [ident for ident in idents if not isinstance(self.elements[ident], Moyen)]
        found = _walked(starts, self.above)
        return {ident for ident in found if not themes or not _hors_themes(self.elements[ident], themes)}


def _walked(idents: Iterable[str], links: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(idents)
    while waiting:
        for near in links.get(waiting.pop(), ()):
            if near not in found:
                found.add(near)
                waiting.append(near)
    return found


def _hors_themes(element: Element, themes: list[str]) -> bool:
    return isinstance(element, Constat) and element.theme not in themes


def _designes(chain: Mapping[str, Element], filtre: Filtre, niveau: Diffusion) -> Iterator[set[str]]:
    """What each criterion designates by itself, without what follows from it."""
    criteria: tuple[tuple[list[str], Callable[[Element], Collection[str]]], ...] = (
        (filtre.themes, lambda one: [one.theme] if isinstance(one, Constat) else []),
        (filtre.priorites, lambda one: [one.id]),
        (filtre.actions, lambda one: [one.id]),
        (filtre.acteurs, lambda one: _acteurs(one, niveau)),
        (filtre.cadres, _cadres),
    )
    for wanted, told in criteria:
        if wanted:
            yield {ident for ident, one in chain.items() if not set(wanted).isdisjoint(told(one))}


def _cadres(element: Element) -> list[str]:
    return [lien.cadre for lien in element.articulations] if isinstance(element, Priorite | Action) else []


def _acteurs(element: Element, niveau: Diffusion) -> set[str]:
    """The actors that an element says have a part in it, to readers of this level: by role, share or negotiation."""
    roles = element.roles if isinstance(element, Objectif | Action) else []
    found = {role.acteur for role in roles if role.niveau() <= niveau}
    if isinstance(element, Action):
        found |= {part.financeur for part in element.plan_financement if part.niveau() <= niveau}
        found |= {ident for one in element.negociations if one.niveau() <= niveau for ident in one.avec}
    return found
