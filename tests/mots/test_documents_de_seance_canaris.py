"""None of the documents about séances, orientations and deliberations says more than its readers may know."""

from pathlib import Path
from typing import Any

import pytest

from smde import pages
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.model.acteurs import Organisation
from smde.model.cadres import Cadre
from smde.model.champ import INTERNE, PUBLIC, Diffusion
from smde.model.demarche import Seance
from smde.model.rubriques import CLASSES
from tests.canaris import Voliere
from tests.conftest import ecrire
from tests.generation import MANIERES, paire
from tests.rendu import DATE, MACROS, element, gabarits, paroles


@pytest.fixture(scope="module")
def voliere() -> Voliere:
    return Voliere()


@pytest.fixture(scope="module")
def editions(voliere: Voliere, tmp_path_factory: pytest.TempPathFactory) -> dict[Diffusion, Edition]:
    racine: Path = ecrire(tmp_path_factory.mktemp("voliere"), voliere.fichiers())
    dossier = charger(racine)
    return {niveau: edition(dossier, niveau, DATE) for niveau in Diffusion}


def livrables(une: Edition) -> list[Any]:
    """A document of each template, about every séance, body and framework that this edition knows."""
    common = {"lecteur": "Tous", "diffusion": une.diffusion.name}
    cadres = [cadre.id for cadre in une.tous(Cadre)]
    made = [
        element("livrable", f"{modele}-{rank}", modele=modele, seance=seance.id, **common)
        for modele in ("seance", "releve")
        for rank, seance in enumerate(une.tous(Seance))
    ]
    instance = une.tous(Organisation)[0].id
    made.append(element("livrable", "deliberation", modele="deliberation", instance=instance, cadres=cadres, **common))
    made += [
        element("livrable", f"orientations-{cadre}", modele="orientations", cadres=[cadre], **common)
        for cadre in cadres
    ]
    return made


@pytest.mark.parametrize("niveau", list(Diffusion))
def test_no_word_of_these_documents_is_above_their_readers(
    niveau: Diffusion, voliere: Voliere, editions: dict[Diffusion, Edition]
) -> None:
    une = editions[niveau]
    poured = gabarits(une, MACROS)
    said = "".join(paroles(pages.livrable(poured, livrable)) for livrable in livrables(une)).replace("\u202f", "")
    assert [canari.ou for valeur, canari in voliere.interdits(niveau).items() if valeur in said] == []
    assert sum(valeur in said for valeur in voliere.permis(niveau)) > 60, "the search finds what may be said"


def test_staff_read_what_others_do_not(voliere: Voliere, editions: dict[Diffusion, Edition]) -> None:
    """The positive control: each field kept from the public that these documents print is found when it may be."""
    poured = gabarits(editions[INTERNE], MACROS)
    said = "".join(paroles(pages.livrable(poured, livrable)) for livrable in livrables(editions[INTERNE]))
    found = {canari.ou for canari in voliere.canaris if canari.niveau is INTERNE and canari.valeur in said}
    assert {"Seance.compte_rendu", "Seance.titre", "Decision.titre", "Priorite.titre"} <= found


def test_two_dossiers_that_differ_only_in_what_readers_may_not_know_give_the_same_documents(tmp_path: Path) -> None:
    """Fingerprints included: what is hidden moves none of them."""
    pair = paire(PUBLIC, 23, (123, 223), frozenset(MANIERES), frozenset(CLASSES))
    made = []
    for nom, files in (("un", pair.un), ("autre", pair.autre)):
        une = edition(charger(ecrire(tmp_path / nom, files)), PUBLIC, DATE)
        poured = gabarits(une, MACROS)
        made.append([pages.livrable(poured, livrable) for livrable in livrables(une)])
    assert made[0] == made[1]
    assert len(made[0]) > 4 and sum(len(paroles(document)) for document in made[0]) > 5000
