"""LibreOffice accepts and refuses our tracked changes as Word does: its own commands, its own files, its own words."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from smde.dossier import charger
from smde.edition import Edition, edition
from smde.model.champ import PARTENAIRES
from smde.model.schema import Action
from smde.outputs import docx
from smde.revisions import fondu
from tests.rendu import DATE, RACINE
from tests.revisions.lecture import deplaces, paragraphes, suivis
from tests.revisions.resolution import Ordre, resout
from tests.revisions.test_word import dits, livrable

pytestmark = [pytest.mark.lent, pytest.mark.libreoffice]


def autrefois(apres: Edition) -> Edition:
    """A former state of this edition: actions missing, two that have changed places since, a text written anew."""
    actions = [ident for ident, one in apres.elements.items() if isinstance(one, Action)]
    gone, first, second, reworded = frozenset(actions[2::5]), actions[0], actions[3], actions[1]
    places = {first: second, second: first}
    elements = {}
    for ident in apres.elements:
        if ident not in gone:
            elements[places.get(ident, ident)] = apres.elements[places.get(ident, ident)]
    one = elements[reworded]
    assert isinstance(one, Action)
    elements[reworded] = one.model_copy(update={"contexte": "Ce contexte restait à écrire.", "resultats": []})
    return replace(apres, elements=elements)


@pytest.fixture(scope="module")
def fichiers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Brest's document for the Region, before and now, the tracked one, and what LibreOffice makes of each."""
    command = shutil.which("soffice")
    if command is None:
        if os.environ.get("SMDE_CI"):
            pytest.fail("LibreOffice est absent de l’intégration continue")
        pytest.skip("LibreOffice n’est pas installé")
    folder = tmp_path_factory.mktemp("libreoffice")
    after = edition(charger(RACINE), PARTENAIRES, DATE)
    before, now = (livrable(one, "dossier-region") for one in (autrefois(after), after))
    made = {"avant": before, "apres": now, "suivi": replace(fondu(before, now), reviseur="Brest métropole")}
    for nom, one in made.items():
        docx.write(one, folder / f"{nom}.docx")
    orders = {"accepter": "suivi", "refuser": "suivi", "avant": "avant", "apres": "apres"}
    modes = {"accepter": "accepter", "refuser": "refuser"}
    files = {nom: folder / f"lo-{nom}.docx" for nom in orders}
    resout(
        Path(command),
        [Ordre(folder / f"{orders[nom]}.docx", modes.get(nom, ""), files[nom]) for nom in orders],
        folder,
    )
    return files | {"suivi": folder / "suivi.docx"}


@pytest.mark.parametrize(("mode", "seul"), [("accepter", "apres"), ("refuser", "avant")])
def test_libreoffice_leaves_the_words_of_each_document(fichiers: dict[str, Path], mode: str, seul: str) -> None:
    assert dits(paragraphes(fichiers[mode])) == dits(paragraphes(fichiers[seul]))


@pytest.mark.parametrize("mode", ["accepter", "refuser"])
def test_libreoffice_leaves_no_revision(fichiers: dict[str, Path], mode: str) -> None:
    assert not any(suivis(fichiers[mode]).values())


def test_the_document_it_resolved_has_moves_rows_and_words_that_came_and_went(fichiers: dict[str, Path]) -> None:
    found = suivis(fichiers["suivi"])
    assert deplaces(fichiers["suivi"]) and all(len(found[kind]) > 20 for kind in found)
    assert paragraphes(fichiers["accepter"]) != paragraphes(fichiers["refuser"])
