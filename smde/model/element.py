"""What every element of a dossier has: an id, a title, a text, readers, and a state of validation."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie, champ
from smde.model.liens import VersDecision, VersInstance, VersSeance, VersTout
from smde.model.scalaires import Identifiant, Jour, Ligne, Texte


def _diffusion(value: Any) -> Any:
    if isinstance(value, Diffusion):
        return value
    if isinstance(value, str) and value in Diffusion.__members__:
        return Diffusion[value]
    raise PydanticCustomError("smde", "{attendu}", {"attendu": "public, partenaires ou interne"})


Lectorat = Annotated[Diffusion, BeforeValidator(_diffusion)]


class StatutValidation(StrEnum):
    """Where an element stands before the bodies that decide. One dossier shows a status, not the one before."""

    brouillon = "brouillon"
    a_valider = "a_valider"
    valide = "valide"
    remplace = "remplace"
    abandonne = "abandonne"


class Validation(Partie):
    """The state of an element before the bodies that decide."""

    statut: StatutValidation = champ(
        "Statut", "brouillon, a_valider, valide, remplace ou abandonne.", PUBLIC, default=StatutValidation.brouillon
    )
    instance: VersInstance | None = champ(
        "Instance", "Groupe ou instance qui doit valider, ou qui a validé.", PUBLIC, default=None
    )
    seance: VersSeance | None = champ("Séance", "Séance où l'élément est, ou a été, soumis.", PUBLIC, default=None)
    echeance: Jour | None = champ("Échéance", "Date avant laquelle la validation est attendue.", PUBLIC, default=None)
    decision: VersDecision | None = champ("Décision", "Décision qui a validé l'élément.", PUBLIC, default=None)
    motif: Ligne | None = champ("Motif", "Raison d'un abandon ou d'un remplacement.", PUBLIC, default=None)


class Element(Partie):
    """Base of every noun: what can be cited by its id, published on a page, and validated."""

    genre: ClassVar[str] = ""
    feminin: ClassVar[bool] = False
    nom: ClassVar[str] = ""
    pluriel: ClassVar[str] = ""
    plancher: ClassVar[Diffusion] = PUBLIC
    """The widest readership an element of this kind may have, whatever is written."""

    id: Identifiant = champ(
        "Identifiant",
        "Nom court et unique dans tout le dossier (lettres sans accent, chiffres, tirets) ; ne change jamais.",
        PUBLIC,
    )
    titre: Ligne = champ("Titre", "Intitulé, en une ligne.", PUBLIC)
    texte: Texte | None = champ("Texte", "Ce qu'il faut en dire, en quelques paragraphes.", PUBLIC, default=None)
    diffusion: Lectorat = champ(
        "Diffusion",
        "Qui peut lire cet élément : public, partenaires ou interne. Sans indication : interne.",
        PUBLIC,
        default=INTERNE,
    )
    validation: Validation = champ("Validation", "Où en est la validation.", PUBLIC, default=Validation())
    remplace: list[VersTout] = champ("Remplace", "Éléments que celui-ci remplace.", PUBLIC, default=[])
    notes: Texte | None = champ("Notes de travail", "Notes des rédacteurs, jamais diffusées.", INTERNE, default=None)

    def niveau(self) -> Diffusion:
        return max(self.diffusion, self.plancher)
