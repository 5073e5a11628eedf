"""Who acts: acteurs, the roles they hold in an element, and the working groups."""

from enum import StrEnum

from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie, champ
from smde.model.element import Element
from smde.model.liens import VersActeur, VersInstance
from smde.model.scalaires import Adresse, Booleen, Ligne, Siren, Texte


class TypeActeur(StrEnum):
    """Kinds of bodies met in economic-development strategies."""

    commune = "commune"
    epci = "epci"
    syndicat_mixte = "syndicat_mixte"
    departement = "departement"
    region = "region"
    etat = "etat"
    operateur_etat = "operateur_etat"
    agence = "agence"
    chambre_consulaire = "chambre_consulaire"
    societe_civile = "societe_civile"
    operateur = "operateur"
    reseau = "reseau"
    organisation_professionnelle = "organisation_professionnelle"
    enseignement_recherche = "enseignement_recherche"
    pole_competitivite = "pole_competitivite"
    sante = "sante"
    emploi = "emploi"
    entreprise = "entreprise"
    prestataire = "prestataire"


class Acteur(Element):
    """A legal person (never a natural one) that takes part in the strategy."""

    genre, nom, pluriel = "acteur", "acteur", "acteurs"

    type: TypeActeur = champ("Type", "Catégorie d'acteur : epci, region, etat, entreprise…", PUBLIC)
    sigle: Ligne | None = champ("Sigle", "Forme courte du nom.", PUBLIC, default=None)
    siren: Siren | None = champ("SIREN", "Numéro à neuf chiffres de la personne morale.", PUBLIC, default=None)
    site: Adresse | None = champ("Site", "Adresse du site public.", PUBLIC, default=None)
    competences: list[Ligne] = champ("Compétences", "Ce que l'acteur fait ou peut faire.", PUBLIC, default=[])
    contact: Ligne | None = champ("Contact", "Interlocuteur, par sa fonction.", INTERNE, default=None)
    position: Texte | None = champ(
        "Position", "Position connue de l'acteur dans la négociation.", INTERNE, default=None
    )


class NomRole(StrEnum):
    """What an actor can be for an element."""

    chef_de_file = "chef_de_file"
    pilote = "pilote"
    copilote = "copilote"
    maitre_ouvrage = "maitre_ouvrage"
    partenaire = "partenaire"
    financeur = "financeur"
    operateur = "operateur"
    consulte = "consulte"
    informe = "informe"
    beneficiaire = "beneficiaire"


class StatutRole(StrEnum):
    """Whether the actor has said yes."""

    propose = "propose"
    accepte = "accepte"
    conventionne = "conventionne"


class Role(Partie):
    """What an actor does for an element; announced only once the actor has agreed."""

    acteur: VersActeur = champ("Acteur", "Qui tient le rôle.", PUBLIC)
    role: NomRole = champ(
        "Rôle",
        "chef_de_file, pilote, copilote, maitre_ouvrage, partenaire, financeur, operateur, consulte, informe "
        "ou beneficiaire.",
        PUBLIC,
    )
    statut: StatutRole = champ(
        "Statut", "propose (l'acteur n'a pas dit oui : jamais publié), accepte ou conventionne.", PUBLIC
    )
    principal: Booleen = champ("Principal", "true pour le maître d'ouvrage responsable.", PUBLIC, default=False)
    precision: Ligne | None = champ("Précision", "En quoi consiste le rôle.", PUBLIC, default=None)

    def niveau(self) -> Diffusion:
        return INTERNE if self.statut is StatutRole.propose else PUBLIC


class TypeGroupe(StrEnum):
    """The three types of working groups of the method, and the steering group."""

    pilotage = "pilotage"
    technique = "technique"
    politique = "politique"
    acteurs_economiques = "acteurs_economiques"


class Membre(Partie):
    """An actor that sits in a group."""

    acteur: VersActeur = champ("Acteur", "Qui siège.", PUBLIC)
    statut: StatutRole = champ("Statut", "propose, accepte ou conventionne.", PUBLIC)
    qualite: Ligne | None = champ("Qualité", "À quel titre, par fonction.", PUBLIC, default=None)

    def niveau(self) -> Diffusion:
        return INTERNE if self.statut is StatutRole.propose else PUBLIC


class Groupe(Element):
    """A working group of the démarche."""

    genre, nom, pluriel = "groupe", "groupe de travail", "groupes de travail"

    type: TypeGroupe = champ("Type", "pilotage, technique, politique ou acteurs_economiques.", PUBLIC)
    mandat: Texte | None = champ("Mandat", "Ce que le groupe a à produire ou à trancher.", PUBLIC, default=None)
    membres: list[Membre] = champ("Membres", "Acteurs qui siègent.", PUBLIC, default=[])


class NatureOrganisation(StrEnum):
    """What the authority organises itself with."""

    instance = "instance"
    service = "service"
    circuit = "circuit"


class EtapeCircuit(Partie):
    """One stop of a validation circuit."""

    instance: VersInstance = champ("Instance", "Qui examine.", PUBLIC)
    objet: Ligne = champ("Objet", "Ce qui est examiné ou décidé.", PUBLIC)


class Organisation(Element):
    """A body, a service or a circuit of validation of the authority."""

    genre, nom, feminin = "organisation", "organisation", True
    pluriel = "instances, services et circuits"

    nature: NatureOrganisation = champ("Nature", "instance, service ou circuit.", PUBLIC)
    acteur: VersActeur | None = champ("Acteur", "Collectivité ou organisme dont elle relève.", PUBLIC, default=None)
    missions: list[Ligne] = champ("Missions", "Ce dont elle est chargée.", PUBLIC, default=[])
    circuit: list[EtapeCircuit] = champ("Circuit", "Étapes, dans l'ordre (nature circuit).", PUBLIC, default=[])
