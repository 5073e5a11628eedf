"""What the law asks a public site to say of who publishes it. Nothing is invented: a field left out is shown so."""

from smde.model.champ import PUBLIC, Partie, champ
from smde.model.scalaires import Adresse, Jour, Ligne, Nombre, Texte


class Hebergeur(Partie):
    """Who hosts the site."""

    nom: Ligne = champ("Nom", "Nom ou raison sociale de l'hébergeur.", PUBLIC)
    adresse: Ligne | None = champ("Adresse", "Adresse postale de l'hébergeur.", PUBLIC, default=None)
    telephone: Ligne | None = champ("Téléphone", "Téléphone de l'hébergeur.", PUBLIC, default=None)


class Mentions(Partie):
    """Who answers for the site: the page « Mentions légales »."""

    statut: Ligne | None = champ(
        "Statut", "Statut juridique, par exemple « établissement public ».", PUBLIC, default=None
    )
    adresse: Ligne | None = champ("Adresse", "Adresse postale de la collectivité.", PUBLIC, default=None)
    telephone: Ligne | None = champ("Téléphone", "Téléphone de la collectivité.", PUBLIC, default=None)
    courriel: Ligne | None = champ("Courriel", "Adresse électronique de la collectivité.", PUBLIC, default=None)
    publication: Ligne | None = champ(
        "Direction de la publication", "Qui dirige la publication, par sa fonction.", PUBLIC, default=None
    )
    redaction: Ligne | None = champ(
        "Rédaction", "Service responsable de la rédaction, qui reçoit aussi les signalements.", PUBLIC, default=None
    )
    hebergeur: Hebergeur | None = champ("Hébergeur", "Qui héberge le site.", PUBLIC, default=None)


class DonneesPersonnelles(Partie):
    """What the authority does with data on people: the page « Données personnelles »."""

    delegue: Ligne | None = champ(
        "Délégué", "Délégué à la protection des données, par sa fonction.", PUBLIC, default=None
    )
    contact: Ligne | None = champ("Contact", "Adresse postale ou électronique du délégué.", PUBLIC, default=None)
    base_legale: Ligne | None = champ(
        "Base légale", "Base légale du traitement, validée par le délégué.", PUBLIC, default=None
    )
    journaux: Ligne | None = champ(
        "Journaux de connexion", "Durée de conservation chez l'hébergeur, par exemple « douze mois ».",
        PUBLIC, default=None,
    )  # fmt: skip
    comptes_rendus: Ligne | None = champ(
        "Comptes rendus", "Durée de conservation des comptes rendus d'entretien.", PUBLIC, default=None
    )


class AuditAccessibilite(Partie):
    """An audit of conformity by people, on the criteria of the RGAA."""

    date: Jour = champ("Date", "Fin de l'audit.", PUBLIC)
    organisme: Ligne = champ("Organisme", "Qui a mené l'audit.", PUBLIC)
    taux: Nombre = champ("Taux", "Part des critères applicables respectés, en pour cent.", PUBLIC, ge=0, le=100)
    rapport: Adresse | None = champ("Rapport", "Adresse du rapport d'audit.", PUBLIC, default=None)
    pages: list[Ligne] = champ("Pages", "Pages de l'échantillon.", PUBLIC, default=[])
    environnement: list[Ligne] = champ(
        "Environnement", "Navigateurs et technologies d'assistance employés.", PUBLIC, default=[]
    )
    non_conformites: list[Texte] = champ(
        "Non-conformités", "Critères non respectés, en phrases, avec le contenu concerné.", PUBLIC, default=[]
    )
    derogations: list[Texte] = champ(
        "Dérogations", "Contenus exemptés pour charge disproportionnée, et pourquoi.", PUBLIC, default=[]
    )


class Accessibilite(Partie):
    """What the authority does for the accessibility of the site: the page « Accessibilité »."""

    courriel: Ligne | None = champ("Courriel", "Où signaler un contenu inaccessible.", PUBLIC, default=None)
    formulaire: Adresse | None = champ("Formulaire", "Formulaire de signalement.", PUBLIC, default=None)
    adresse: Ligne | None = champ("Adresse", "Adresse postale pour le même usage.", PUBLIC, default=None)
    schema_pluriannuel: Adresse | None = champ(
        "Schéma pluriannuel", "Adresse du schéma pluriannuel de mise en accessibilité.", PUBLIC, default=None
    )
    plan_annuel: Adresse | None = champ("Plan annuel", "Adresse du plan d'action de l'année.", PUBLIC, default=None)
    declaration: Jour | None = champ(
        "Date de la déclaration", "Jour où la déclaration a été établie.", PUBLIC, default=None
    )
    audit: AuditAccessibilite | None = champ("Audit", "Dernier audit de conformité.", PUBLIC, default=None)
