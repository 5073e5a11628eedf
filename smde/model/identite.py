"""Who publishes and how it looks: the identity of the authority, and the documents it produces."""

from enum import StrEnum

from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie, champ
from smde.model.element import Element, Lectorat
from smde.model.liens import (
    VersActeur,
    VersAction,
    VersCadre,
    VersGroupe,
    VersIndicateur,
    VersInstance,
    VersPriorite,
    VersSeance,
    VersTheme,
)
from smde.model.mentions import Accessibilite, DonneesPersonnelles, Mentions
from smde.model.scalaires import Adresse, Booleen, Chemin, Couleur, Identifiant, Ligne, ModeleAdresse, Siren, Texte


class Libelle(Partie):
    """The words the authority uses for a level of the chain."""

    singulier: Ligne = champ("Singulier", "Par exemple « défi ».", PUBLIC)
    pluriel: Ligne = champ("Pluriel", "Par exemple « défis ».", PUBLIC)
    feminin: Booleen | None = champ(
        "Féminin", "true si le mot est féminin ; sinon, le genre du mot d'origine.", PUBLIC, default=None
    )


class Libelles(Partie):
    """The words for each level; the meaning of the levels is fixed, the words are not."""

    constat: Libelle | None = champ("Constat", "Mots pour « constat ».", PUBLIC, default=None)
    enjeu: Libelle | None = champ("Enjeu", "Mots pour « enjeu ».", PUBLIC, default=None)
    objectif: Libelle | None = champ("Objectif", "Mots pour « objectif ».", PUBLIC, default=None)
    priorite: Libelle | None = champ("Priorité", "Mots pour « priorité ».", PUBLIC, default=None)
    action: Libelle | None = champ("Action", "Mots pour « action ».", PUBLIC, default=None)
    moyen: Libelle | None = champ("Moyen", "Mots pour « moyen ».", PUBLIC, default=None)


class Couleurs(Partie):
    """The authority's colours."""

    principale: Couleur = champ("Principale", "Couleur des titres et des bandeaux.", PUBLIC, default="#0b3c5d")
    accent: Couleur = champ("Accent", "Couleur des liens et des repères.", PUBLIC, default="#a63d00")


class Identite(Element):
    """The authority that writes the dossier. One per dossier, in data/identite.yml."""

    genre, nom, pluriel, feminin = "identite", "identité", "identité", True

    strategie: Ligne = champ("Stratégie", "Titre complet de la stratégie, en tête du site et des documents.", PUBLIC)
    acteur: VersActeur | None = champ("Acteur", "La collectivité, parmi les acteurs.", PUBLIC, default=None)
    siren: Siren | None = champ("SIREN", "Numéro à neuf chiffres.", PUBLIC, default=None)
    chapo: Texte | None = champ("Chapô", "Ce qu'est la stratégie, en deux phrases.", PUBLIC, default=None)
    avertissement: Texte | None = champ(
        "Avertissement", "Ce que le lecteur doit savoir avant de lire.", PUBLIC, default=None
    )
    site: Adresse | None = champ("Adresse du site", "Adresse publique du site.", PUBLIC, default=None)
    modification: ModeleAdresse | None = champ(
        "Proposer une modification",
        "Adresse qui ouvre un fichier du dépôt, avec {fichier} à sa place ; seulement si tout le monde peut lire ce "
        "dépôt.",
        PUBLIC,
        default=None,
    )
    logo: Chemin | None = champ("Logo", "Fichier image, dans data/.", PUBLIC, default=None)
    logo_alternatif: Ligne | None = champ(
        "Texte du logo", "Ce que dit le logo à qui ne le voit pas.", PUBLIC, default=None
    )
    modele_word: Chemin | None = champ(
        "Modèle Word",
        "Fichier .docx ou .dotx de la collectivité, dans data/ : les documents Word en prennent les styles, les "
        "marges, les en-têtes et les polices.",
        PUBLIC,
        default=None,
    )
    libelles: Libelles = champ("Libellés", "Mots choisis pour les niveaux.", PUBLIC, default=Libelles())
    couleurs: Couleurs = champ("Couleurs", "Couleurs du site et des documents.", PUBLIC, default=Couleurs())
    mentions: Mentions = champ("Mentions légales", "Qui répond du site.", PUBLIC, default=Mentions())
    donnees_personnelles: DonneesPersonnelles = champ(
        "Données personnelles", "Qui répond des données sur les personnes.", PUBLIC, default=DonneesPersonnelles()
    )
    accessibilite: Accessibilite = champ(
        "Accessibilité", "Contact, schéma pluriannuel et dernier audit.", PUBLIC, default=Accessibilite()
    )

    def niveau(self) -> Diffusion:
        """Every edition says who publishes it."""
        return PUBLIC


class FormatDocument(StrEnum):
    """Formats of the documents."""

    docx = "docx"
    pdf = "pdf"
    odt = "odt"
    xlsx = "xlsx"


class FormeOrientations(StrEnum):
    """The two forms the law gives to the orientations that apply to a métropole (CGCT L4251-15)."""

    conjointe = "conjointe"
    propre = "propre"


class Niveau(StrEnum):
    """The levels of the chain, from the evidence to the means."""

    constat = "constat"
    enjeu = "enjeu"
    objectif = "objectif"
    priorite = "priorite"
    action = "action"
    moyen = "moyen"


class Filtre(Partie):
    """Which part of the dossier a document prints; everything when empty."""

    genres: list[Niveau] = champ(
        "Genres",
        "Seulement ces niveaux : constat, enjeu, objectif, priorite, action, moyen ; et ce sur quoi ils reposent.",
        PUBLIC,
        default=[],
    )
    themes: list[VersTheme] = champ(
        "Thèmes", "Seulement les constats de ces thèmes, et ce qui en découle.", PUBLIC, default=[]
    )
    priorites: list[VersPriorite] = champ(
        "Priorités",
        "Seulement ces priorités, leurs actions, leurs moyens, et ce sur quoi elles reposent.",
        PUBLIC,
        default=[],
    )
    actions: list[VersAction] = champ(
        "Actions", "Seulement ces actions, leurs moyens, et ce sur quoi elles reposent.", PUBLIC, default=[]
    )
    acteurs: list[VersActeur] = champ(
        "Acteurs", "Seulement les objectifs et les actions où ces acteurs ont une part.", PUBLIC, default=[]
    )
    cadres: list[VersCadre] = champ("Cadres", "Seulement ce qui est articulé avec ces cadres.", PUBLIC, default=[])


class Livrable(Element):
    """A document to produce: for whom, up to which readership, from which template."""

    genre, nom, pluriel = "livrable", "document", "documents"

    lecteur: Ligne = champ("Lecteur", "Pour qui le document est fait.", PUBLIC)
    modele: Identifiant = champ("Modèle", "Nom du gabarit, dans macros/documents/.", PUBLIC)
    formats: list[FormatDocument] = champ(
        "Formats",
        "docx, pdf, odt, xlsx (maquette financière).",
        PUBLIC,
        default=[FormatDocument.docx, FormatDocument.pdf],
    )
    sous_titre: Ligne | None = champ("Sous-titre", "Sous le titre, en couverture.", PUBLIC, default=None)
    destinataire: VersActeur | None = champ("Destinataire", "À qui il est remis.", PUBLIC, default=None)
    cadres: list[VersCadre] = champ("Cadres concernés", "Cadres dont il montre l'alignement.", PUBLIC, default=[])
    financeurs: list[VersActeur] = champ(
        "Financeurs concernés", "Ceux, outre le destinataire, à qui des parts sont demandées.", PUBLIC, default=[]
    )
    seance: VersSeance | None = champ(
        "Séance", "Séance que le document prépare, ou dont il rend compte.", PUBLIC, default=None
    )
    instance: VersInstance | None = champ(
        "Instance", "Instance à qui le document demande de délibérer.", PUBLIC, default=None
    )
    forme: FormeOrientations | None = champ(
        "Forme",
        "Orientations applicables à une métropole (CGCT L4251-15) : conjointe (adoptées avec la Région) ou propre (à "
        "défaut d'accord).",
        PUBLIC,
        default=None,
    )
    couverture: Booleen = champ("Couverture", "false : le titre est en tête de la première page.", PUBLIC, default=True)
    sommaire: Booleen = champ("Sommaire", "false : sans table des matières.", PUBLIC, default=True)
    groupe: VersGroupe | None = champ(
        "Groupe", "Groupe de travail pour lequel le document est fait.", PUBLIC, default=None
    )
    questions: list[Ligne] = champ(
        "Questions", "Questions posées à ceux qui travaillent avec le document.", PUBLIC, default=[]
    )
    indicateurs: list[VersIndicateur] = champ(
        "Chiffres clés", "Indicateurs montrés, dans l'ordre ; le premier est dessiné.", PUBLIC, default=[]
    )
    filtre: Filtre = champ("Filtre", "Partie du dossier à imprimer.", PUBLIC, default=Filtre())
    plafond: Lectorat = champ(
        "Plafond",
        "Édition la plus complète dont le document peut être tiré : public, partenaires ou interne.",
        PUBLIC,
        default=INTERNE,
    )
