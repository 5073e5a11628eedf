"""One change between two versions, said in a French sentence, and how much it matters to who reads it."""

from dataclasses import dataclass
from enum import IntEnum

from smde.changements.mot_a_mot import Morceau


class Rang(IntEnum):
    """What a change is about, from what matters most to the reader."""

    decision = 0
    presence = 1
    montant = 2
    role = 3
    chiffre = 4
    calendrier = 5
    lien = 6
    avancement = 7
    redaction = 8
    ordre = 9


RUBRIQUES: dict[Rang, str] = {
    Rang.decision: "Décisions et validations",
    Rang.presence: "Ce qui entre, ce qui sort",
    Rang.montant: "Montants et financeurs",
    Rang.role: "Rôles",
    Rang.chiffre: "Cibles et chiffres",
    Rang.calendrier: "Calendrier",
    Rang.lien: "Liens entre éléments et avec les cadres",
    Rang.avancement: "Avancement et nature",
    Rang.redaction: "Rédaction",
    Rang.ordre: "Ordre",
}
"""The heading each kind of change stands under."""


@dataclass(frozen=True, slots=True)
class Changement:
    """One change of one element."""

    rang: Rang
    genre: str
    element: str
    """Its id, the new one when it was renamed."""
    champ: str
    """The field, by its names in the YAML separated by dots; empty when the element itself came or went."""
    phrase: str
    avant: str = ""
    apres: str = ""
    """What was and what is written, as a reader sees them; empty where the sentence says it all."""
    morceaux: tuple[Morceau, ...] = ()
    """The two texts, word by word, when a text was written again."""
