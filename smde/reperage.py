"""An edition whose texts know the field they were typed in, so that a document can say where each comes from."""

from dataclasses import replace
from typing import TypeVar

from smde.edition import Edition
from smde.model.champ import Partie
from smde.model.identite import Identite
from smde.parcours import champs_ecrits
from smde.saisie import Origine, Saisie

Part = TypeVar("Part", bound=Partie)


def reperee(edition: Edition) -> Edition:
    """The same edition, every text and line of its elements a `Saisie`.

    The places in lists are those of the edition: a gap would say that something was left out. The lines of the
    identity are the words every page is made with, not what a document has to say: they stay as they are.
    """
    elements = {ident: _reperee(element, ident) for ident, element in edition.elements.items()}
    identite = elements.get(edition.identite.id)
    if not isinstance(identite, Identite):
        identite = _reperee(edition.identite, edition.identite.id)
    return replace(edition, elements=elements, identite=identite)


def _reperee(partie: Part, element: str, chemin: str = "") -> Part:
    """The part itself when nothing is written in it."""
    values = partie.__dict__
    marked: dict[str, object] = {}
    for champ in champs_ecrits(type(partie)):
        value = values[champ.nom]
        if not value or (isinstance(partie, Identite) and champ.nature != "texte"):
            continue
        here = chemin + champ.nom
        if champ.liste:
            marked[champ.nom] = [_valeur(item, element, f"{here}.{rank}") for rank, item in enumerate(value)]
        else:
            marked[champ.nom] = _valeur(value, element, here)
    return partie.model_copy(update=marked) if marked else partie


def _valeur(value: str | Partie, element: str, chemin: str) -> str | Partie:
    if isinstance(value, Partie):
        return _reperee(value, element, f"{chemin}.")
    return Saisie(value, Origine(element, chemin))
