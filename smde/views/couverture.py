"""Coverage of the chain: what has no continuation yet, what rests on nothing, level by level."""

from dataclasses import dataclass

from smde.edition import Edition
from smde.model.element import Element
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Constat, DegreInfluence, Enjeu, Objectif
from smde.views.chaine import NIVEAUX, enfants, parents


@dataclass(frozen=True, slots=True)
class Couverture:
    """One level of the chain: how many elements, which have no continuation, which rest on nothing."""

    genre: str
    total: int
    sans_suite: tuple[Element, ...]
    sans_appui: tuple[Element, ...]
    assumes: tuple[Element, ...] = ()
    """What has no continuation by choice: the authority only pleads for it, or observes it."""


def sans_priorite_assumee(objectif: Objectif) -> bool:
    """Whether the authority only pleads for, or observes, this objective: no priority is then expected of it."""
    influence = objectif.influence
    return influence is not None and influence.degre in (DegreInfluence.plaide, DegreInfluence.observe)


def couverture(edition: Edition) -> tuple[Couverture, ...]:
    """The six levels, from the evidence to the means."""
    rows = []
    for classe in NIVEAUX:
        elements = edition.tous(classe)
        last = classe is Moyen
        first = classe is Constat
        rows.append(
            Couverture(
                classe.genre,
                len(elements),
                () if last else tuple(e for e in elements if not enfants(edition, e) and not _assumed(e)),
                tuple(e for e in elements if _unproved(edition, e, first=first)),
                tuple(e for e in elements if _assumed(e) and not enfants(edition, e)),
            )
        )
    return tuple(rows)


def _assumed(element: Element) -> bool:
    return isinstance(element, Objectif) and sans_priorite_assumee(element)


def _unproved(edition: Edition, element: Element, *, first: bool) -> bool:
    if first:
        return isinstance(element, Constat) and not element.preuves
    return isinstance(element, Enjeu | Objectif | Priorite | Action | Moyen) and not parents(edition, element)
