"""What a completeness may be demanded of: elements still in force, fiches that say they are ready. Finds no fault."""

from smde.dossier import SORTIS, Dossier
from smde.model.element import Element
from smde.model.schema import Action, Maturite, Priorite, StatutAction
from smde.model.strategie import Objectif

_FICHES = frozenset({Maturite.fiche_action, Maturite.engagee, Maturite.realisee})


def en_vigueur(element: Element) -> bool:
    """Whether an element is still part of the strategy: neither replaced nor abandoned."""
    return element.validation.statut not in SORTIS


def articules(dossier: Dossier) -> list[Priorite | Action]:
    """The elements that stand to frameworks."""
    return [*dossier.tous(Priorite), *dossier.tous(Action)]


def porteurs_de_roles(dossier: Dossier) -> list[Objectif | Action]:
    """The elements in which actors hold roles."""
    return [*dossier.tous(Objectif), *dossier.tous(Action)]


def fiche_attendue(dossier: Dossier, action: Action) -> bool:
    """Whether an action must be complete: it calls itself ready, or the phase that writes the actions is closed."""
    ouverte = action.statut is not StatutAction.abandonnee
    return ouverte and (action.maturite in _FICHES or "actions" in dossier.termines)
