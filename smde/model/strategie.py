"""The shared half of the method, at the scale of the territory: constats, enjeux, objectifs."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from smde.model.acteurs import Role
from smde.model.champ import PUBLIC, Partie, champ
from smde.model.element import Element
from smde.model.liens import (
    VersConstat,
    VersEnjeu,
    VersEntretien,
    VersIndicateur,
    VersSource,
    VersTerritoire,
    VersTheme,
)
from smde.model.scalaires import Ligne, Nombre, Periode


class Theme(Element):
    """A field of the economy under which constats are filed."""

    genre, nom, pluriel = "theme", "thème", "thèmes"


class PreuveIndicateur(Partie):
    """Evidence read in a series of the dossier."""

    par: Literal["indicateur"] = champ("Genre de preuve", "indicateur : une valeur d'une série du dossier.", PUBLIC)
    indicateur: VersIndicateur = champ("Indicateur", "Indicateur cité.", PUBLIC)
    millesime: Periode = champ("Millésime", "Période de la valeur citée ; elle figure dans la série.", PUBLIC)


class PreuveChiffre(Partie):
    """Evidence that is one dated number, with its perimeter and source."""

    par: Literal["chiffre"] = champ("Genre de preuve", "chiffre : un nombre daté, situé et sourcé.", PUBLIC)
    libelle: Ligne = champ("Libellé", "Ce qui est mesuré.", PUBLIC)
    valeur: Nombre = champ("Valeur", "Nombre, avec un point décimal.", PUBLIC)
    unite: Ligne = champ("Unité", "habitants, emplois, %, M€…", PUBLIC)
    millesime: Periode | None = champ("Millésime", "Période à laquelle le nombre se rapporte.", PUBLIC, default=None)
    territoire: VersTerritoire | None = champ(
        "Périmètre", "Territoire daté que le nombre décrit.", PUBLIC, default=None
    )
    source: VersSource | None = champ("Source", "D'où vient le nombre.", PUBLIC, default=None)
    note: Ligne | None = champ("Réserve", "Précaution de lecture : calcul, arrondi, incohérence.", PUBLIC, default=None)


class PreuveEntretien(Partie):
    """Evidence heard in an interview, cited by its anonymous code."""

    par: Literal["entretien"] = champ("Genre de preuve", "entretien : ce qui a été dit, sous code anonyme.", PUBLIC)
    entretien: VersEntretien = champ("Entretien", "Code de l'entretien.", PUBLIC)
    note: Ligne | None = champ("Précision", "Ce que l'entretien apporte.", PUBLIC, default=None)


class PreuveSource(Partie):
    """Evidence read in a document."""

    par: Literal["source"] = champ("Genre de preuve", "source : un document cité.", PUBLIC)
    source: VersSource = champ("Source", "Document cité.", PUBLIC)
    page: Ligne | None = champ("Page", "Page ou partie du document.", PUBLIC, default=None)
    note: Ligne | None = champ("Précision", "Ce que le document établit.", PUBLIC, default=None)


Preuve = Annotated[PreuveIndicateur | PreuveChiffre | PreuveEntretien | PreuveSource, Field(discriminator="par")]


class NatureConstat(StrEnum):
    """The AFOM grid, plus trends."""

    atout = "atout"
    faiblesse = "faiblesse"
    opportunite = "opportunite"
    menace = "menace"
    tendance = "tendance"


class Constat(Element):
    """One statement of the diagnostic, resting on evidence."""

    genre, nom, pluriel = "constat", "constat", "constats"

    theme: VersTheme = champ("Thème", "Thème du diagnostic.", PUBLIC)
    nature: NatureConstat = champ("Nature", "atout, faiblesse, opportunite, menace ou tendance.", PUBLIC)
    preuves: list[Preuve] = champ("Preuves", "Ce qui établit le constat : au moins une.", PUBLIC, default=[])
    territoire: VersTerritoire | None = champ("Périmètre", "Territoire que le constat décrit.", PUBLIC, default=None)


class DegreInfluence(StrEnum):
    """How much hold the authority has, from most to least."""

    decide = "decide"
    cofinance = "cofinance"
    anime = "anime"
    plaide = "plaide"
    observe = "observe"


class Influence(Partie):
    """The authority's capacity of influence on a subject."""

    degre: DegreInfluence = champ("Degré", "decide, cofinance, anime, plaide ou observe.", PUBLIC)
    leviers: list[Ligne] = champ("Leviers", "Par quoi la collectivité peut agir.", PUBLIC, default=[])
    limites: list[Ligne] = champ("Limites", "Ce qui ne dépend pas d'elle.", PUBLIC, default=[])


class Enjeu(Element):
    """What the territory may win or lose, drawn from several constats."""

    genre, nom, pluriel = "enjeu", "enjeu", "enjeux"

    question: Ligne | None = champ("Question", "L'enjeu posé comme une question.", PUBLIC, default=None)
    constats: list[VersConstat] = champ("Constats", "Constats dont l'enjeu découle.", PUBLIC, default=[])
    influence: Influence | None = champ("Capacité d'influence", "Prise de la collectivité.", PUBLIC, default=None)


class Cible(Partie):
    """A value aimed at, by a date."""

    indicateur: VersIndicateur = champ("Indicateur", "Indicateur qui dira si la cible est atteinte.", PUBLIC)
    valeur: Nombre = champ("Valeur visée", "Nombre, dans l'unité de l'indicateur.", PUBLIC)
    echeance: Periode = champ("Échéance", "Quand la valeur doit être atteinte.", PUBLIC)


class Objectif(Element):
    """A result aimed at for the territory, whoever carries it."""

    genre, nom, pluriel = "objectif", "objectif", "objectifs"

    enjeux: list[VersEnjeu] = champ("Enjeux", "Enjeux auxquels l'objectif répond.", PUBLIC, default=[])
    cibles: list[Cible] = champ("Cibles", "Valeurs visées, avec leur échéance.", PUBLIC, default=[])
    influence: Influence | None = champ("Capacité d'influence", "Prise de la collectivité.", PUBLIC, default=None)
    roles: list[Role] = champ("Rôles", "Qui fait quoi pour cet objectif.", PUBLIC, default=[])
