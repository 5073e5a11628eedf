"""What names an element at a glance: its kind, its short names, its states, in the words of an edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from smde.ecriture import majuscule
from smde.edition import Edition
from smde.libelles import mot
from smde.model.element import Element, StatutValidation
from smde.views.chaine import NIVEAUX
from smde.views.modifies import mention


@dataclass(frozen=True, slots=True)
class Etiquette:
    """The label of an element."""

    genre: str
    mots: str
    """The authority's word for its kind, with a capital."""
    noms: tuple[str, ...] = ()
    """Its id, then its short form if it has one."""
    etats: tuple[tuple[str, str], ...] = ()
    """Its state of validation, its own, that it changed since it was validated: the value, and the words for it."""


def etiquettes(edition: Edition) -> Mapping[str, Etiquette]:
    """The label of every element of an edition, by id."""
    return {ident: _etiquette(edition, element) for ident, element in edition.elements.items()}


def _etiquette(edition: Edition, element: Element) -> Etiquette:
    """A text nobody has to validate shows no state of validation, as on its page."""
    values: list[Enum] = []
    if element.validation.statut is not StatutValidation.brouillon or type(element) in NIVEAUX:
        values.append(element.validation.statut)
    own = getattr(element, "statut", None)
    if isinstance(own, Enum):
        values.append(own)
    said = mention(edition, element)
    sigle = getattr(element, "sigle", None)
    return Etiquette(
        element.genre,
        majuscule(edition.libelle(element.genre)),
        (element.id, *([sigle] if sigle else [])),
        (*((value.name, majuscule(mot(value))) for value in values), *([("modifie", majuscule(said))] if said else [])),
    )
