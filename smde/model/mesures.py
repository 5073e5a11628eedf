"""What numbers rest on: indicators and their series, dated territories, sources, and the words of the glossary."""

from enum import StrEnum

from smde.model.champ import PUBLIC, Partie, champ
from smde.model.element import Element
from smde.model.liens import VersActeur, VersIndicateur, VersSource, VersTerritoire
from smde.model.scalaires import Adresse, Chemin, Entier, Identifiant, Jour, Ligne, Nombre, Periode, Texte


class Sens(StrEnum):
    """Which way is better."""

    hausse = "hausse"
    baisse = "baisse"
    neutre = "neutre"


class Indicateur(Element):
    """A dated measure with its definition, perimeter and source; its values are in a CSV series."""

    genre, nom, pluriel = "indicateur", "indicateur", "indicateurs"

    unite: Ligne = champ("Unité", "habitants, %, passagers…", PUBLIC)
    definition: Texte = champ("Définition", "Ce qui est mesuré, comment, et ce qui ne l'est pas.", PUBLIC)
    territoire: VersTerritoire = champ("Périmètre", "Territoire daté que la série décrit.", PUBLIC)
    source: VersSource = champ("Source", "D'où viennent les valeurs.", PUBLIC)
    serie: Chemin = champ("Série", "Fichier CSV des valeurs, à côté du fichier YAML.", PUBLIC)
    licence: Ligne | None = champ("Licence", "Licence de réutilisation des valeurs.", PUBLIC, default=None)
    frequence: Ligne | None = champ("Fréquence", "annuelle, trimestrielle, irrégulière…", PUBLIC, default=None)
    sens: Sens = champ("Sens souhaité", "hausse, baisse ou neutre.", PUBLIC, default=Sens.neutre)
    seuil_tendance: Nombre | None = champ(
        "Seuil de tendance",
        "Écart relatif en % au-dessous duquel la série est dite stable.",
        PUBLIC,
        default=None,
        ge=0,
    )
    validite: Entier | None = champ(
        "Validité", "Nombre de mois au-delà duquel la dernière valeur est à actualiser.", PUBLIC, default=None, ge=1
    )
    producteur: VersActeur | None = champ("Producteur", "Acteur chargé de l'actualiser.", PUBLIC, default=None)
    rupture: Ligne | None = champ(
        "Précaution", "Changement de champ ou de méthode dans la série.", PUBLIC, default=None
    )
    ruptures: list[Periode] = champ(
        "Ruptures",
        "Premières périodes après un changement de champ ou de méthode : la courbe s'y interrompt, la tendance n'est "
        "pas calculée au travers.",
        PUBLIC,
        default=[],
    )
    compare_a: list[VersIndicateur] = champ(
        "Comparer à",
        "Indicateurs dessinés avec lui, trois au plus : même mesure, même source, mêmes périodes, autre périmètre.",
        PUBLIC,
        default=[],
    )


class Valeur(Partie):
    """One row of a CSV series."""

    periode: Periode = champ("Période", "Millésime de la valeur.", PUBLIC)
    valeur: Nombre | None = champ(
        "Valeur", "Nombre avec un point décimal ; vide si non disponible.", PUBLIC, default=None
    )
    note: Ligne | None = champ("Note", "Précaution de lecture.", PUBLIC, default=None)


class TypeTerritoire(StrEnum):
    """Kinds of perimeters."""

    commune = "commune"
    epci = "epci"
    pays = "pays"
    zone_emploi = "zone_emploi"
    departement = "departement"
    region = "region"
    autre = "autre"


class Tuile(Partie):
    """A square of the schematic map, counted from the north-west."""

    x: Entier = champ("Colonne", "Colonne de la tuile, à partir de 0.", PUBLIC, ge=0, le=50)
    y: Entier = champ("Ligne", "Ligne de la tuile, à partir de 0.", PUBLIC, ge=0, le=50)


class Territoire(Element):
    """A dated perimeter: a number without perimeter and date is unusable."""

    genre, nom, pluriel = "territoire", "territoire", "territoires"

    type: TypeTerritoire = champ("Type", "commune, epci, pays, zone_emploi, departement, region ou autre.", PUBLIC)
    code: Ligne | None = champ("Code", "Code officiel (SIREN de l'EPCI, code Insee…).", PUBLIC, default=None)
    valide_du: Jour | None = champ("Valide du", "Premier jour du périmètre.", PUBLIC, default=None)
    valide_au: Jour | None = champ("Valide au", "Dernier jour du périmètre.", PUBLIC, default=None)
    communes: Entier | None = champ("Communes", "Nombre de communes.", PUBLIC, default=None, ge=0)
    composition: list[VersTerritoire] = champ("Composition", "Territoires qui le composent.", PUBLIC, default=[])
    population: Entier | None = champ("Population", "Population municipale.", PUBLIC, default=None, ge=0)
    millesime: Periode | None = champ("Millésime", "Année de la population.", PUBLIC, default=None)
    tuile: Tuile | None = champ("Tuile", "Place dans la carte schématique.", PUBLIC, default=None)
    source: VersSource | None = champ("Source", "D'où viennent ces informations.", PUBLIC, default=None)


class Fiabilite(StrEnum):
    """How close a source is to what it tells."""

    primaire = "primaire"
    secondaire = "secondaire"
    tertiaire = "tertiaire"


class Source(Element):
    """A document or data set that is cited."""

    genre, nom, pluriel, feminin = "source", "source", "sources", True

    editeur: Ligne | None = champ("Éditeur", "Qui publie.", PUBLIC, default=None)
    date: Periode | None = champ("Date", "Date de publication.", PUBLIC, default=None)
    consultee: Jour | None = champ("Consultée le", "Jour où la page a été lue.", PUBLIC, default=None)
    url: Adresse | None = champ("Adresse", "Où la lire.", PUBLIC, default=None)
    licence: Ligne | None = champ("Licence", "Licence de réutilisation.", PUBLIC, default=None)
    fiabilite: Fiabilite = champ("Fiabilité", "primaire, secondaire ou tertiaire.", PUBLIC, default=Fiabilite.primaire)


class Terme(Element):
    """A word of the glossary; its definition is `texte`."""

    genre, nom, pluriel = "terme", "terme", "glossaire"

    sigle: Ligne | None = champ("Sigle", "Sigle ou forme courte employée dans les textes.", PUBLIC, default=None)
    categorie: Ligne | None = champ(
        "Catégorie", "chaîne, méthode, droit, contrat, finances, rôle, instance…", PUBLIC, default=None
    )
    synonymes: list[Ligne] = champ("Synonymes", "Autres mots pour la même chose.", PUBLIC, default=[])
    insee: Identifiant | None = champ(
        "Concept Insee", "Identifiant de la définition de l'Insee (c1475…).", PUBLIC, default=None
    )
