"""Frameworks the strategy must be articulated with (law, SRDEII, contracts…) and the nature of each link."""

from enum import StrEnum

from smde.model.champ import PUBLIC, Partie, champ
from smde.model.element import Element
from smde.model.liens import VersActeur, VersCadre, VersSource
from smde.model.scalaires import Adresse, Booleen, Identifiant, Ligne, Nombre, Periode


class NatureLien(StrEnum):
    """Links in the law's words; « conforme » is not one of them (CGCT L4251-15, L4251-17)."""

    compatible = "compatible"
    prend_en_compte = "prend_en_compte"
    contribue = "contribue"
    finance = "finance"
    coherence = "coherence"
    decline = "decline"


class Articulation(Partie):
    """How an element stands to an orientation of a framework."""

    cadre: VersCadre = champ("Cadre", "Cadre extérieur.", PUBLIC)
    orientation: Ligne | None = champ("Orientation", "Code de l'orientation dans ce cadre.", PUBLIC, default=None)
    nature: NatureLien = champ(
        "Nature du lien", "compatible, prend_en_compte, contribue, finance, coherence ou decline.", PUBLIC
    )
    commentaire: Ligne | None = champ("Commentaire", "En quoi.", PUBLIC, default=None)


class TypeCadre(StrEnum):
    """Kinds of frameworks."""

    loi = "loi"
    srdeii = "srdeii"
    s3 = "s3"
    contrat = "contrat"
    convention = "convention"
    fonds_europeen = "fonds_europeen"
    planification = "planification"
    projet_metropolitain = "projet_metropolitain"


class Orientation(Partie):
    """A heading of a framework, by its code."""

    code: Identifiant = champ("Code", "Code court, unique dans le cadre.", PUBLIC)
    titre: Ligne = champ("Libellé", "Intitulé de l'orientation.", PUBLIC)
    verifie: Booleen = champ(
        "Vérifié", "false tant que l'intitulé n'est pas relu sur le texte adopté.", PUBLIC, default=True
    )


class MontantCadre(Partie):
    """An amount the framework states, in millions of euros."""

    libelle: Ligne = champ("Libellé", "Ce que le montant recouvre.", PUBLIC)
    millions: Nombre = champ("Millions d'euros", "Nombre, avec un point décimal.", PUBLIC)


class Cadre(Element):
    """A text, plan or contract the strategy is articulated with."""

    genre, nom, pluriel = "cadre", "cadre", "cadres"

    type: TypeCadre = champ(
        "Type",
        "loi, srdeii, s3, contrat, convention, fonds_europeen, planification ou projet_metropolitain.",
        PUBLIC,
    )
    sigle: Ligne | None = champ("Sigle", "Forme courte du nom.", PUBLIC, default=None)
    version: Ligne | None = champ("Version", "Version ou révision du texte cité.", PUBLIC, default=None)
    date: Periode | None = champ("Date", "Adoption, signature ou approbation.", PUBLIC, default=None)
    debut: Periode | None = champ("Début", "Début de la période couverte.", PUBLIC, default=None)
    fin: Periode | None = champ("Fin", "Fin de la période couverte.", PUBLIC, default=None)
    organe: Ligne | None = champ("Adopté par", "Assemblée ou signataires.", PUBLIC, default=None)
    signataires: list[VersActeur] = champ("Signataires", "Acteurs qui l'ont signé.", PUBLIC, default=[])
    remplace_par: VersCadre | None = champ("Remplacé par", "Cadre qui lui succède.", PUBLIC, default=None)
    lien_attendu: NatureLien | None = champ(
        "Lien attendu",
        "Lien que le droit demande : compatible, prend_en_compte, contribue, finance, coherence ou decline.",
        PUBLIC,
        default=None,
    )
    orientations: list[Orientation] = champ("Orientations", "Orientations, axes ou domaines.", PUBLIC, default=[])
    a_completer: Ligne | None = champ(
        "À compléter", "Ce qui manque encore dans cette description.", PUBLIC, default=None
    )
    montants: list[MontantCadre] = champ("Montants", "Montants annoncés par le cadre.", PUBLIC, default=[])
    url: Adresse | None = champ("Adresse", "Où lire le texte.", PUBLIC, default=None)
    source: VersSource | None = champ("Source", "D'où vient cette description.", PUBLIC, default=None)
