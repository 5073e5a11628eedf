"""What was handed to somebody: the register of exact files, which never leaves the authority."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie, champ
from smde.model.element import Element, Lectorat
from smde.model.liens import VersActeur, VersSeance
from smde.model.scalaires import Booleen, Empreinte, Entier, Identifiant, Jour, NomDeFichier

CONTENU = "strategie.json"
"""What the data of an edition are called, beside the files that were made from it."""


def _jamais_diffuse(diffusion: Diffusion) -> Diffusion:
    if diffusion is not INTERNE:
        raise PydanticCustomError("smde", "{attendu}", {"attendu": "interne : le registre des envois n'en sort jamais"})
    return diffusion


class FichierRemis(Partie):
    """A file as it was handed over."""

    nom: NomDeFichier = champ("Nom", "Nom du fichier, à côté de cette fiche.", PUBLIC)
    empreinte: Empreinte = champ("Empreinte", "Empreinte sha256 du fichier.", PUBLIC)
    octets: Entier = champ("Taille", "Taille du fichier, en octets.", PUBLIC, ge=0)


class Envoi(Element):
    """Documents handed to an actor on a day, written by the program and never again.

    The documents are named, not cited: one that is no longer made was handed over all the same.
    """

    genre, nom, pluriel = "envoi", "envoi", "envois"
    plancher = INTERNE

    diffusion: Annotated[Lectorat, AfterValidator(_jamais_diffuse)] = champ(
        "Diffusion",
        "Toujours interne (ni public, ni partenaires) : le registre ne regarde que la collectivité.",
        PUBLIC,
        default=INTERNE,
    )
    acteur: VersActeur = champ("Acteur", "À qui les documents ont été remis.", PUBLIC)
    date: Jour = champ("Date", "Jour de la remise.", PUBLIC)
    seance: VersSeance | None = champ("Séance", "Séance où ils ont été remis.", PUBLIC, default=None)
    edition: Lectorat = champ("Édition", "Édition dont ils sont tirés : public, partenaires ou interne.", PUBLIC)
    version: Jour = champ("Version", "Date de la version remise.", PUBLIC)
    documents: list[Identifiant] = champ("Documents", "Identifiants des documents remis.", PUBLIC)
    copie: Booleen = champ(
        "Copie", "true : remis pour information à un autre que son destinataire.", PUBLIC, default=False
    )
    fichiers: list[FichierRemis] = champ(
        "Fichiers",
        "Fichiers remis, tels quels, et strategie.json : les données de l'édition, pour la comparer à une autre.",
        PUBLIC,
        default=[],
    )

    @property
    def contenu(self) -> FichierRemis | None:
        """The data of the edition that was handed over."""
        return next((fichier for fichier in self.fichiers if fichier.nom == CONTENU), None)

    @property
    def remis(self) -> list[FichierRemis]:
        """The files that were handed over."""
        return [fichier for fichier in self.fichiers if fichier.nom != CONTENU]
