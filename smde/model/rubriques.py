"""Where each noun is written. A path stands for the file `<path>.yml` or for every file below the folder `<path>/`."""

from typing import NamedTuple

from smde.model.acteurs import Acteur, Groupe, Organisation
from smde.model.cadres import Cadre
from smde.model.demarche import (
    Attendu,
    Decision,
    Entretien,
    Etape,
    Guide,
    Phase,
    Principe,
    Question,
    Repere,
    Seance,
    Utilite,
)
from smde.model.element import Element
from smde.model.envois import Envoi
from smde.model.identite import Identite, Livrable
from smde.model.mesures import Indicateur, Source, Terme, Territoire
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif, Theme


class Rubrique(NamedTuple):
    """A heading of the dossier: its path without extension, and the class of its elements."""

    chemin: str
    classe: type[Element]


RUBRIQUES: tuple[Rubrique, ...] = (
    Rubrique("strategy/diagnostic", Constat),
    Rubrique("strategy/enjeux", Enjeu),
    Rubrique("strategy/objectifs", Objectif),
    Rubrique("schema/priorites", Priorite),
    Rubrique("schema/actions", Action),
    Rubrique("schema/moyens", Moyen),
    Rubrique("schema/organisation", Organisation),
    Rubrique("data/identite", Identite),
    Rubrique("data/demarche/reperes", Repere),
    Rubrique("data/demarche/utilites", Utilite),
    Rubrique("data/demarche/principes", Principe),
    Rubrique("data/demarche/etapes", Etape),
    Rubrique("data/demarche/phases", Phase),
    Rubrique("data/demarche/seances", Seance),
    Rubrique("data/demarche/decisions", Decision),
    Rubrique("data/demarche/questions", Question),
    Rubrique("data/demarche/attendus", Attendu),
    Rubrique("data/entretiens", Entretien),
    Rubrique("data/guides", Guide),
    Rubrique("data/groupes", Groupe),
    Rubrique("data/acteurs", Acteur),
    Rubrique("data/cadres", Cadre),
    Rubrique("data/themes", Theme),
    Rubrique("data/territoires", Territoire),
    Rubrique("data/indicateurs", Indicateur),
    Rubrique("data/sources", Source),
    Rubrique("data/glossaire", Terme),
    Rubrique("data/livrables", Livrable),
    Rubrique("data/envois", Envoi),
)

CLASSES: dict[str, type[Element]] = {rubrique.classe.genre: rubrique.classe for rubrique in RUBRIQUES}
CHEMINS: dict[str, str] = {rubrique.classe.genre: rubrique.chemin for rubrique in RUBRIQUES}
