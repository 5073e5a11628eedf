"""How the strategy is made: steps, phases, séances, decisions, interviews, expectations and method."""

from enum import StrEnum

from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie, champ
from smde.model.element import Element, Lectorat
from smde.model.liens import (
    VersActeur,
    VersEntretien,
    VersGroupe,
    VersGuide,
    VersInstance,
    VersSeance,
    VersSource,
    VersTheme,
    VersTout,
)
from smde.model.scalaires import Booleen, Empreinte, Entier, Jour, Ligne, Periode, Texte


class PartieMethode(StrEnum):
    """The two halves of the method."""

    strategie = "strategie"
    schema = "schema"


class Produit(StrEnum):
    """What a step or a phase produces."""

    constats = "constats"
    enjeux = "enjeux"
    objectifs = "objectifs"
    priorites = "priorites"
    actions = "actions"
    moyens = "moyens"


class Etape(Element):
    """One of the steps of the method."""

    genre, nom, pluriel, feminin = "etape", "étape", "étapes", True

    ordre: Entier = champ("Ordre", "Rang de l'étape, à partir de 1.", PUBLIC)
    partie: PartieMethode = champ("Partie", "strategie (le territoire) ou schema (la collectivité).", PUBLIC)
    produit: list[Produit] = champ(
        "Produit",
        "Ce que l'étape produit : constats, enjeux, objectifs, priorites, actions, moyens.",
        PUBLIC,
        default=[],
    )


class StatutPhase(StrEnum):
    """Where a phase stands."""

    a_venir = "a_venir"
    en_cours = "en_cours"
    terminee = "terminee"


class Phase(Element):
    """A period of the démarche, who leads it and which validations close it."""

    genre, nom, pluriel, feminin = "phase", "phase", "phases", True

    ordre: Entier = champ("Ordre", "Rang de la phase, à partir de 0.", PUBLIC)
    statut: StatutPhase = champ("Statut", "a_venir, en_cours ou terminee.", PUBLIC)
    debut: Periode | None = champ("Début", "Période de début.", PUBLIC, default=None)
    fin: Periode | None = champ("Fin", "Période de fin.", PUBLIC, default=None)
    conduite: list[VersActeur] = champ("Conduite", "Acteurs qui conduisent la phase.", PUBLIC, default=[])
    association: Texte | None = champ("Association", "Qui est associé, et comment.", PUBLIC, default=None)
    produit: list[Produit] = champ(
        "Produit",
        "Ce que la phase produit : constats, enjeux, objectifs, priorites, actions, moyens.",
        PUBLIC,
        default=[],
    )
    validations: list[VersInstance] = champ("Validations", "Instances dont l'accord clôt la phase.", PUBLIC, default=[])


class StatutSeance(StrEnum):
    """Whether a séance has been held."""

    prevue = "prevue"
    tenue = "tenue"
    annulee = "annulee"


class Seance(Element):
    """A meeting of a group or of a body."""

    genre, nom, pluriel, feminin = "seance", "séance", "séances", True

    instance: VersInstance = champ("Instance", "Groupe ou instance qui se réunit.", PUBLIC)
    date: Jour | None = champ("Date", "Jour de la séance ; absent tant qu'il n'est pas fixé.", PUBLIC, default=None)
    statut: StatutSeance = champ("Statut", "prevue, tenue ou annulee.", PUBLIC)
    ordre_du_jour: list[Ligne] = champ("Ordre du jour", "Points, dans l'ordre.", PUBLIC, default=[])
    soumet: list[VersTout] = champ("Éléments soumis", "Éléments soumis à validation.", PUBLIC, default=[])
    compte_rendu: Texte | None = champ("Compte rendu", "Compte rendu interne des échanges.", INTERNE, default=None)


class ResultatDecision(StrEnum):
    """What a body decided."""

    adopte = "adopte"
    rejete = "rejete"
    ajourne = "ajourne"
    prend_acte = "prend_acte"


class Votes(Partie):
    """How a body voted."""

    pour: Entier = champ("Pour", "Nombre de voix pour.", PUBLIC, ge=0)
    contre: Entier = champ("Contre", "Nombre de voix contre.", PUBLIC, default=0, ge=0)
    abstention: Entier = champ("Abstentions", "Nombre d'abstentions.", PUBLIC, default=0, ge=0)


class ElementValide(Partie):
    """What exactly a decision validated: an element and the fingerprint of its text that day."""

    element: VersTout = champ("Élément", "Élément validé.", PUBLIC)
    empreinte: Empreinte | None = champ(
        "Empreinte", "Empreinte sha256 du texte validé (smde comprendre ID).", PUBLIC, default=None
    )


class Decision(Element):
    """An act of a body of the authority or of the démarche."""

    genre, nom, pluriel, feminin = "decision", "décision", "décisions", True

    instance: VersInstance = champ("Instance", "Qui a décidé.", PUBLIC)
    seance: VersSeance | None = champ("Séance", "Séance de la décision.", PUBLIC, default=None)
    date: Jour = champ("Date", "Jour de la décision.", PUBLIC)
    resultat: ResultatDecision = champ("Résultat", "adopte, rejete, ajourne ou prend_acte.", PUBLIC)
    numero: Ligne | None = champ("Numéro", "Numéro de délibération.", PUBLIC, default=None)
    votes: Votes | None = champ("Votes", "Décompte des voix.", PUBLIC, default=None)
    valide: list[ElementValide] = champ("Éléments validés", "Ce que la décision a validé.", PUBLIC, default=[])
    source: VersSource | None = champ("Source", "D'où la décision est connue.", PUBLIC, default=None)


class Guide(Element):
    """The questions of a series of interviews."""

    genre, nom, pluriel = "guide", "guide d'entretien", "guides d'entretien"

    questions: list[Ligne] = champ("Questions", "Questions posées, dans l'ordre.", PUBLIC, default=[])


class CategorieEntretien(StrEnum):
    """Whether the person met belongs to the authority."""

    interne = "interne"
    externe = "externe"


class Verbatim(Partie):
    """Words heard, with readers of their own."""

    texte: Texte = champ("Propos", "Ce qui a été dit.", PUBLIC)
    diffusion: Lectorat = champ(
        "Diffusion",
        "Qui peut lire ces propos : public, partenaires ou interne. Sans indication : interne.",
        PUBLIC,
        default=INTERNE,
    )

    def niveau(self) -> Diffusion:
        return self.diffusion


class Entretien(Element):
    """An interview, known by an anonymous code."""

    genre, nom, pluriel = "entretien", "entretien", "entretiens"

    categorie: CategorieEntretien = champ("Catégorie", "interne ou externe à la collectivité.", PUBLIC)
    guide: VersGuide | None = champ("Guide", "Guide utilisé.", PUBLIC, default=None)
    date: Periode | None = champ("Date", "Période de l'entretien.", PUBLIC, default=None)
    themes: list[VersTheme] = champ("Thèmes", "Thèmes abordés.", PUBLIC, default=[])
    verbatims: list[Verbatim] = champ("Propos", "Propos retenus.", PUBLIC, default=[])
    identite: Ligne | None = champ(
        "Identité", "Personne ou organisme rencontré : jamais diffusé.", INTERNE, default=None
    )
    fonction: Ligne | None = champ("Fonction", "Fonction de la personne : jamais diffusée.", INTERNE, default=None)


class Attendu(Element):
    """An expectation that came out of the interviews, and what answers it."""

    genre, nom, pluriel = "attendu", "attendu", "attendus"

    entretiens: list[VersEntretien] = champ("Entretiens", "Entretiens d'où il ressort.", PUBLIC, default=[])
    reponses: list[VersTout] = champ("Réponses", "Éléments du dossier qui y répondent.", PUBLIC, default=[])
    source: VersSource | None = champ("Source", "Document qui l'énonce.", PUBLIC, default=None)


class Echelle(StrEnum):
    """At which scale the démarche is useful."""

    locale = "locale"
    regionale = "regionale"


class Utilite(Element):
    """What the démarche is for."""

    genre, nom, pluriel, feminin = "utilite", "utilité", "utilités", True

    echelle: Echelle = champ("Échelle", "locale ou regionale.", PUBLIC)
    reponses: list[VersTout] = champ("Réponses", "Éléments du dossier qui y servent.", PUBLIC, default=[])


class Question(Element):
    """A question of method, and the answer the project proposes (in `texte`)."""

    genre, nom, pluriel, feminin = "question", "question de méthode", "questions de méthode", True

    sujet: Ligne = champ("Sujet", "À quoi la question se rapporte.", PUBLIC)
    reponses: list[VersTout] = champ("Éléments", "Éléments du dossier qui portent la réponse.", PUBLIC, default=[])


class Repere(Element):
    """A dated event of the démarche or of its context."""

    genre, nom, pluriel = "repere", "repère", "repères"

    date: Periode = champ("Date", "Période de l'événement.", PUBLIC)
    source: VersSource | None = champ("Source", "D'où l'événement est connu.", PUBLIC, default=None)
    origine: Booleen = champ("Origine", "true si l'événement appartient au contexte de départ.", PUBLIC, default=False)


class Principe(Element):
    """A general principle of the process: who is associated, on what it relies."""

    genre, nom, pluriel = "principe", "principe", "principes"

    groupes: list[VersGroupe] = champ("Groupes", "Groupes de travail qui le mettent en œuvre.", PUBLIC, default=[])
