"""What changed since each version published before, as the site says it."""

from pathlib import Path

import pytest

from smde import pages
from smde.dossier import charger
from smde.edition import edition
from smde.gabarits import Gabarits
from smde.instantane import Instantane, prendre
from smde.model.champ import PUBLIC
from smde.mots.versions import page_de
from smde.outputs import pandoc
from tests.conftest import VALMER, Fichiers, ecrire
from tests.rendu import DATE, MACROS, edition_de, paroles, simple

FRICHES = "schema/actions/requalifier-friches.yml"


@pytest.fixture(scope="module")
def passe(tmp_path_factory: pytest.TempPathFactory, fichiers_valmer: Fichiers) -> Instantane:
    """The public edition as it was before: eight lots instead of twelve, and no pilot."""
    fiche = str(fichiers_valmer[FRICHES]).replace("**douze lots**", "**huit lots**")
    fiche = fiche.replace("  - {acteur: valmer-metropole, role: pilote, statut: accepte}\n", "")
    folder = ecrire(tmp_path_factory.mktemp("passe"), {**fichiers_valmer, FRICHES: fiche})
    return prendre(edition(charger(folder), PUBLIC, "2019-09-20"), "2019-09-Diagnostic")


def site(*passe: Instantane) -> dict[str, str]:
    made = pages.site(Gabarits(MACROS, edition_de(VALMER, PUBLIC), pandoc.read, passe=passe))
    return {document.nom: simple(paroles(document.blocs)) for document in made.documents}


def test_each_version_published_before_has_its_page_of_changes(passe: Instantane) -> None:
    found = site(passe)
    words = found["versions/depuis-2019-09-diagnostic"]
    assert page_de(passe.nom) == "versions/depuis-2019-09-diagnostic"
    assert "« Valmer métropole » devient pilote de l'action" in words
    assert "retiré : huit" in words and "ajouté : douze" in words
    assert words.index("devient pilote") < words.index("texte réécrit"), "roles stand before wording"
    assert "Depuis la version « 2019-09-Diagnostic »" in found["versions"]
    assert "20 septembre 2019" in found["versions"]


def test_without_any_version_the_page_says_so() -> None:
    found = site()
    assert "Aucune version antérieure" in found["versions"]
    assert not [nom for nom in found if nom.startswith("versions/")]


def test_a_version_that_says_the_same_is_said_to_say_the_same() -> None:
    same = prendre(edition_de(VALMER, PUBLIC), "2020-03")
    assert "Rien n'a changé." in site(same)["versions/depuis-2020-03"]


def test_what_is_no_longer_there_has_no_link(tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    gone = "- {id: enjeu-ancien, titre: Un enjeu retiré, diffusion: public}\n"
    more = str(fichiers_valmer["strategy/enjeux.yml"]) + gone
    before = charger(ecrire(tmp_path, {**fichiers_valmer, "strategy/enjeux.yml": more}))
    made = pages.site(
        Gabarits(
            MACROS, edition_de(VALMER, PUBLIC), pandoc.read,
            passe=[prendre(edition(before, PUBLIC, DATE), "avant")],
        )
    )  # fmt: skip
    (page,) = [document for document in made.documents if document.nom == "versions/depuis-avant"]
    assert "Défi retiré : « Un enjeu retiré »." in simple(paroles(page.blocs))
    assert "enjeu-ancien" not in repr(page.blocs)
