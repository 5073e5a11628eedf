"""The authority's half of the method: priorités, actions and moyens."""

from enum import StrEnum

from smde.model.acteurs import Role
from smde.model.cadres import Articulation
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion, Partie, champ
from smde.model.element import Element, Lectorat
from smde.model.liens import (
    VersActeur,
    VersAction,
    VersCadre,
    VersIndicateur,
    VersObjectif,
    VersOrganisation,
    VersPriorite,
    VersSeance,
    VersTerritoire,
)
from smde.model.scalaires import Booleen, Entier, Ligne, Montant, Nombre, Periode, Texte


class Priorite(Element):
    """An objective, or part of one, that the authority chooses to treat first."""

    genre, nom, pluriel, feminin = "priorite", "priorité", "priorités", True

    objectifs: list[VersObjectif] = champ("Objectifs", "Objectifs de territoire servis.", PUBLIC, default=[])
    elu_referent: Ligne | None = champ("Élu référent", "Fonction de l'élu, jamais son nom.", PUBLIC, default=None)
    service_pilote: VersOrganisation | None = champ("Service pilote", "Service qui conduit.", PUBLIC, default=None)
    articulations: list[Articulation] = champ("Articulations", "Liens avec les cadres extérieurs.", PUBLIC, default=[])


class EtapeAction(Partie):
    """A dated milestone of an action."""

    titre: Ligne = champ("Étape", "Ce qui sera fait.", PUBLIC)
    echeance: Periode | None = champ("Échéance", "Quand.", PUBLIC, default=None)
    fait: Booleen = champ("Fait", "true quand l'étape est franchie.", PUBLIC, default=False)


class Calendrier(Partie):
    """When an action runs."""

    debut: Periode | None = champ("Début", "Période de démarrage.", PUBLIC, default=None)
    fin: Periode | None = champ("Fin", "Période d'achèvement.", PUBLIC, default=None)
    prochaine_decision: VersSeance | None = champ("Prochaine décision", "Séance attendue.", PUBLIC, default=None)


class Taxe(StrEnum):
    """Whether an amount is without or with VAT."""

    HT = "HT"
    TTC = "TTC"


class Section(StrEnum):
    """The two sections of a local budget."""

    fonctionnement = "fonctionnement"
    investissement = "investissement"


class EtatCout(StrEnum):
    """How firm a cost is."""

    illustratif = "illustratif"
    estime = "estime"
    vote = "vote"


class LigneBudget(Partie):
    """A cost of an action. An estimate is for partners until it is voted; an illustrative amount says so."""

    poste: Ligne = champ("Poste", "Nature de la dépense.", PUBLIC)
    annee: Entier = champ("Année", "Exercice budgétaire.", PUBLIC, ge=1900, le=2200)
    montant: Montant = champ("Montant", "Euros, sans espace ni symbole.", PUBLIC)
    taxe: Taxe = champ("Taxe", "HT ou TTC ; la même dans toute la fiche.", PUBLIC)
    section: Section | None = champ("Section", "fonctionnement ou investissement.", PUBLIC, default=None)
    etat: EtatCout = champ("État", "illustratif (ordre de grandeur fictif), estime ou vote.", PUBLIC)

    def niveau(self) -> Diffusion:
        return PARTENAIRES if self.etat is EtatCout.estime else PUBLIC


class EtatFinancement(StrEnum):
    """How far a funder's share has gone."""

    a_solliciter = "a_solliciter"
    sollicite = "sollicite"
    acquis = "acquis"
    notifie = "notifie"
    conventionne = "conventionne"
    verse = "verse"
    refuse = "refuse"


FINANCEMENT_ACQUIS = frozenset(
    {EtatFinancement.acquis, EtatFinancement.notifie, EtatFinancement.conventionne, EtatFinancement.verse}
)
"""States in which a funder's share may be announced."""


class Financement(Partie):
    """A funder's share, one year; never announced before it is secured."""

    financeur: VersActeur = champ("Financeur", "Qui paie.", PUBLIC)
    annee: Entier = champ("Année", "Exercice budgétaire.", PUBLIC, ge=1900, le=2200)
    montant: Montant = champ("Montant", "Euros, sans espace ni symbole.", PUBLIC)
    taxe: Taxe = champ("Taxe", "HT ou TTC ; la même dans toute la fiche.", PUBLIC)
    etat: EtatFinancement = champ(
        "État", "a_solliciter, sollicite, acquis, notifie, conventionne, verse ou refuse.", PUBLIC
    )
    illustratif: Booleen = champ(
        "Illustratif", "true si le montant est un ordre de grandeur fictif.", PUBLIC, default=False
    )
    cadre: VersCadre | None = champ("Contrat", "Contrat ou dispositif mobilisé.", PUBLIC, default=None)
    diffusion: Lectorat = champ(
        "Diffusion",
        "Qui peut lire une part non acquise : public (qui vaut partenaires), partenaires ou interne. Sans indication : "
        "interne. Une part acquise suit la fiche.",
        PARTENAIRES,
        default=INTERNE,
    )

    def niveau(self) -> Diffusion:
        return PUBLIC if self.etat in FINANCEMENT_ACQUIS else max(PARTENAIRES, self.diffusion)


class TypeSuivi(StrEnum):
    """What a follow-up indicator measures."""

    realisation = "realisation"
    resultat = "resultat"
    impact = "impact"


class Suivi(Partie):
    """An indicator that follows an action."""

    type: TypeSuivi = champ("Type", "realisation, resultat ou impact.", PUBLIC)
    mesure: Ligne = champ("Mesure", "Ce qui sera compté.", PUBLIC)
    indicateur: VersIndicateur | None = champ("Indicateur", "Indicateur du dossier, s'il existe.", PUBLIC, default=None)
    cible: Ligne | None = champ("Cible", "Valeur visée et échéance.", PUBLIC, default=None)


class Risque(Partie):
    """What may go wrong, and the answer prepared."""

    titre: Ligne = champ("Risque", "Ce qui peut empêcher l'action.", PARTENAIRES)
    parade: Ligne | None = champ("Parade", "Ce qui est prévu pour l'éviter.", PARTENAIRES, default=None)


class Negociation(Partie):
    """What is on the table with some partners. What the negotiator may give way on never leaves the house."""

    avec: list[VersActeur] = champ("Interlocuteurs", "Avec qui cela se négocie.", PARTENAIRES, default=[])
    demande: Texte | None = champ("Demande", "Ce que la collectivité demande.", PARTENAIRES, default=None)
    contrepartie: Texte | None = champ("Contrepartie", "Ce qu'elle apporte.", PARTENAIRES, default=None)
    points: list[Ligne] = champ("Points à négocier", "Ce qui reste à discuter, dans l'ordre.", INTERNE, default=[])
    repli: Texte | None = champ("Position de repli", "Ce qu'elle peut accepter.", INTERNE, default=None)
    diffusion: Lectorat = champ(
        "Diffusion",
        "Qui peut lire la demande et la contrepartie : public (qui vaut partenaires), partenaires ou interne. Sans "
        "indication : interne.",
        PARTENAIRES,
        default=INTERNE,
    )

    def niveau(self) -> Diffusion:
        return max(PARTENAIRES, self.diffusion)


class Maturite(StrEnum):
    """From the idea to the thing done."""

    idee = "idee"
    a_l_etude = "a_l_etude"
    fiche_projet = "fiche_projet"
    fiche_action = "fiche_action"
    engagee = "engagee"
    realisee = "realisee"


class StatutAction(StrEnum):
    """Where the execution of an action stands."""

    a_lancer = "a_lancer"
    en_cours = "en_cours"
    realisee = "realisee"
    suspendue = "suspendue"
    abandonnee = "abandonnee"


class Action(Element):
    """A fiche action: an identified intervention, with someone responsible, a calendar and means."""

    genre, nom, pluriel, feminin = "action", "action", "actions", True

    priorite: VersPriorite | None = champ("Priorité", "Priorité servie.", PUBLIC, default=None)
    contexte: Texte | None = champ("Contexte", "Pourquoi agir, en s'appuyant sur les constats.", PUBLIC, default=None)
    descriptif: Texte | None = champ("Descriptif", "Ce qui sera fait, concrètement.", PUBLIC, default=None)
    resultats: list[Ligne] = champ("Résultats attendus", "Ce qui aura changé.", PUBLIC, default=[])
    public_cible: Ligne | None = champ("Public", "À qui l'action s'adresse.", PUBLIC, default=None)
    etapes: list[EtapeAction] = champ("Étapes", "Jalons, dans l'ordre.", PUBLIC, default=[])
    calendrier: Calendrier | None = champ("Calendrier", "Début, fin, prochaine décision.", PUBLIC, default=None)
    roles: list[Role] = champ("Rôles", "Qui fait quoi.", PUBLIC, default=[])
    budget: list[LigneBudget] = champ("Budget", "Coûts par poste et par année ; facultatif.", PUBLIC, default=[])
    plan_financement: list[Financement] = champ(
        "Plan de financement", "Parts des financeurs ; leur somme égale le budget, à un euro près.", PUBLIC, default=[]
    )
    suivis: list[Suivi] = champ("Suivi", "Comment on saura que l'action avance.", PUBLIC, default=[])
    articulations: list[Articulation] = champ("Articulations", "Liens avec les cadres extérieurs.", PUBLIC, default=[])
    maturite: Maturite = champ(
        "Maturité", "idee, a_l_etude, fiche_projet, fiche_action, engagee ou realisee.", PUBLIC, default=Maturite.idee
    )
    statut: StatutAction = champ(
        "Statut", "a_lancer, en_cours, realisee, suspendue ou abandonnee.", PUBLIC, default=StatutAction.a_lancer
    )
    risques: list[Risque] = champ("Risques", "Risques et parades.", PARTENAIRES, default=[])
    territoire: VersTerritoire | None = champ("Territoire", "Où l'action se déroule.", PUBLIC, default=None)
    actions_liees: list[VersAction] = champ("Actions liées", "Autres actions dont elle dépend.", PUBLIC, default=[])
    aide_entreprise: Booleen = champ(
        "Aide directe à des entreprises",
        "true si l'action verse une aide à une entreprise (CGCT L1511-2).",
        PUBLIC,
        default=False,
    )
    immobilier: Booleen = champ(
        "Immobilier d'entreprise",
        "true si l'action relève de l'immobilier d'entreprise (CGCT L1511-3).",
        PUBLIC,
        default=False,
    )
    convention_region: VersCadre | None = champ(
        "Convention avec la Région", "Convention qui autorise l'aide (CGCT L1511-2).", PUBLIC, default=None
    )
    negociations: list[Negociation] = champ(
        "Négociations",
        "Ce qui se demande à chaque interlocuteur, et en échange de quoi.",
        PARTENAIRES,
        default=[],
    )


class NatureMoyen(StrEnum):
    """A means need not be money."""

    humain = "humain"
    financier = "financier"
    foncier = "foncier"
    immobilier = "immobilier"
    ingenierie = "ingenierie"
    juridique = "juridique"
    partenarial = "partenarial"
    communication = "communication"
    donnees = "donnees"


class Moyen(Element):
    """A resource the authority can bring."""

    genre, nom, pluriel = "moyen", "moyen", "moyens"

    nature: NatureMoyen = champ(
        "Nature",
        "humain, financier, foncier, immobilier, ingenierie, juridique, partenarial, communication ou donnees.",
        PUBLIC,
    )
    quantite: Nombre | None = champ("Quantité", "Nombre, avec un point décimal.", PUBLIC, default=None)
    unite: Ligne | None = champ("Unité", "ETP, hectares, euros par an…", PUBLIC, default=None)
    illustratif: Booleen = champ(
        "Illustratif", "true si la quantité est un ordre de grandeur fictif.", PUBLIC, default=False
    )
    service: VersOrganisation | None = champ("Service", "Service qui le met en œuvre.", PUBLIC, default=None)
    actions: list[VersAction] = champ("Actions", "Actions servies.", PUBLIC, default=[])
    priorites: list[VersPriorite] = champ("Priorités", "Priorités servies.", PUBLIC, default=[])
