"""The French words for the values of the model's enumerations, as readers see them."""

from enum import Enum

from smde.model.acteurs import NatureOrganisation, NomRole, StatutRole, TypeActeur, TypeGroupe
from smde.model.cadres import NatureLien, TypeCadre
from smde.model.champ import Diffusion
from smde.model.demarche import (
    CategorieEntretien,
    Echelle,
    PartieMethode,
    Produit,
    ResultatDecision,
    StatutPhase,
    StatutSeance,
)
from smde.model.element import StatutValidation
from smde.model.identite import FormatDocument, FormeOrientations, Niveau
from smde.model.mesures import Fiabilite, Sens, TypeTerritoire
from smde.model.schema import (
    EtatCout,
    EtatFinancement,
    Maturite,
    NatureMoyen,
    Section,
    StatutAction,
    Taxe,
    TypeSuivi,
)
from smde.model.strategie import DegreInfluence, NatureConstat

LIBELLES: dict[type[Enum], tuple[str, ...]] = {
    Diffusion: ("public", "partenaires", "interne"),
    StatutValidation: ("brouillon", "à valider", "validé", "remplacé", "abandonné"),
    NatureConstat: ("atout", "faiblesse", "opportunité", "menace", "tendance"),
    DegreInfluence: ("décide", "cofinance", "anime", "plaide", "observe"),
    TypeActeur: (
        "commune",
        "intercommunalité",
        "syndicat mixte",
        "département",
        "région",
        "État",
        "opérateur de l'État",
        "agence",
        "chambre consulaire",
        "société civile",
        "opérateur",
        "réseau",
        "organisation professionnelle",
        "enseignement supérieur et recherche",
        "pôle de compétitivité",
        "santé",
        "emploi",
        "entreprise",
        "prestataire",
    ),
    NomRole: (
        "chef de file",
        "pilote",
        "copilote",
        "maître d'ouvrage",
        "partenaire",
        "financeur",
        "opérateur",
        "consulté",
        "informé",
        "bénéficiaire",
    ),
    StatutRole: ("proposé", "accepté", "conventionné"),
    TypeGroupe: ("groupe de pilotage", "groupe technique", "groupe politique (élus)", "acteurs économiques"),
    NatureOrganisation: ("instance", "service", "circuit de validation"),
    NatureLien: ("compatible", "prend en compte", "contribue", "financement mobilisable", "en cohérence", "décline"),
    TypeCadre: (
        "loi",
        "schéma régional de développement économique",
        "stratégie régionale de recherche et d'innovation",
        "contrat",
        "convention",
        "fonds européen",
        "planification",
        "projet métropolitain",
    ),
    PartieMethode: ("stratégie", "schéma"),
    Produit: ("constats", "enjeux", "objectifs", "priorités", "actions", "moyens"),
    StatutPhase: ("à venir", "en cours", "terminée"),
    StatutSeance: ("prévue", "tenue", "annulée"),
    ResultatDecision: ("adopté", "rejeté", "ajourné", "prend acte"),
    CategorieEntretien: ("interne", "externe"),
    Echelle: ("à l'échelle locale", "à l'échelle régionale"),
    Sens: ("hausse", "baisse", "neutre"),
    TypeTerritoire: ("commune", "intercommunalité", "pays", "zone d'emploi", "département", "région", "autre"),
    Fiabilite: ("source primaire", "source secondaire", "source tertiaire"),
    Taxe: ("HT", "TTC"),
    Section: ("fonctionnement", "investissement"),
    EtatCout: ("montant illustratif", "estimé", "voté"),
    EtatFinancement: ("à solliciter", "sollicité", "acquis", "notifié", "conventionné", "versé", "refusé"),
    TypeSuivi: ("réalisation", "résultat", "impact"),
    Maturite: ("idée", "à l'étude", "fiche projet", "fiche action", "engagée", "réalisée"),
    StatutAction: ("à lancer", "en cours", "réalisée", "suspendue", "abandonnée"),
    NatureMoyen: (
        "humain",
        "financier",
        "foncier",
        "immobilier",
        "ingénierie",
        "juridique",
        "partenarial",
        "communication",
        "données",
    ),
    FormatDocument: ("Word", "PDF", "OpenDocument", "Excel"),
    Niveau: ("constat", "enjeu", "objectif", "priorité", "action", "moyen"),
    FormeOrientations: ("orientations conjointes", "document d'orientations stratégiques"),
}
"""Words in the order the values are declared; a test demands one for each."""

_WORDS: dict[Enum, str] = {
    value: words for classe, labels in LIBELLES.items() for value, words in zip(classe, labels, strict=True)
}


_ALL = frozenset(_WORDS.values())


def est_un_mot(words: str) -> bool:
    """Whether these words are those of a value, and not what somebody typed."""
    return words in _ALL


def mot(value: Enum) -> str:
    """The word for a value, in lower case."""
    return _WORDS[value]
