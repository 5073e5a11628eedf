"""The dossier of Valmer after the séance of June 2020: held, decided, then changed here and there."""

from pathlib import Path

from smde import pages
from smde.changements.depuis_validation import DepuisValidation
from smde.decider import decider, ecrire
from smde.dossier import Dossier, charger
from smde.edition import Edition
from smde.views.modifies import modification
from tests.commande import simple
from tests.conftest import Fichiers, lire
from tests.conftest import ecrire as ecrire_dossier
from tests.rendu import gabarits, paroles

DEMARCHE = "data/demarche.yml"
ENJEUX = "strategy/enjeux.yml"
OBJECTIFS = "strategy/objectifs.yml"
GARDES = "data/demarche/textes-valides/decision-2020-06.json"
SEANCE = "seance-2020-06"
DECISION = """\
  - id: decision-2020-06  # relue par le service des assemblées
    titre: Valider les enjeux
    instance: groupe-pilotage
    seance: seance-2020-06
    date: 2020-06-18
    resultat: adopte
    valide:
      - element: enjeu-friches   # tel que présenté
      - {element: objectif-reconversion}
    diffusion: public
questions:
"""


def tenue(racine: Path, fichiers: Fichiers) -> Path:
    """The séance is held, and its decision written by the service that keeps them."""
    demarche = str(fichiers[DEMARCHE])
    held = "    date: 2020-06-18\n    statut: tenue\n    soumet: [enjeu-friches]"
    demarche = demarche.replace("    statut: prevue\n    soumet: [enjeu-friches]", held)
    assert held in demarche and demarche.count("questions:\n") == 1
    return ecrire_dossier(racine, {**fichiers, DEMARCHE: demarche.replace("questions:\n", DECISION)})


def decidee(racine: Path, fichiers: Fichiers) -> Path:
    """And what it decided is written back."""
    ecrire(tenue(racine, fichiers), decider(charger(racine), SEANCE))
    return racine


def changee(racine: Path, *changes: tuple[str, str, str]) -> Dossier:
    """The dossier once some words of its files are others."""
    for path, old, new in changes:
        text = str(lire(racine)[path])
        assert text.count(old) == 1, (old, text.count(old))
        ecrire_dossier(racine, {path: text.replace(old, new)})
    return charger(racine)


def phrases(une: Edition, ident: str) -> list[str]:
    """What changed in an element since its decision, in the sentences that its page shows."""
    found = modification(une, une.elements[ident])
    assert found is not None and found.valide is not None
    return [simple(change.phrase) for change in DepuisValidation(une).changements(found.valide)]


def textes(une: Edition) -> str:
    """All that an edition says of the texts validated, as plain words."""
    return "\n".join(both.avant.model_dump_json() for both in une.valides.values())


def page(une: Edition, nom: str) -> str:
    """The words of a page of the site."""
    site = pages.site(gabarits(une))
    return simple(paroles(next(one for one in site.documents if one.nom == nom))).replace("’", "'")
