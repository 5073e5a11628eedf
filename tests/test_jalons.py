"""The milestones of the dossier are in the history of its content, and each differs from the former for a reason."""

import re
from pathlib import Path

import pytest

from smde import git
from smde.changements.changement import Rang
from smde.changements.comparaison import Comparaison, comparer
from smde.dossier import charger
from smde.model.champ import PUBLIC
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif
from smde.retrouver import retrouver
from smde.versions import CONTENU
from tests.commande import PROJET
from tests.conftest import verifier

README = (PROJET / "README.md").read_text("utf-8")
JALONS = dict(re.findall(r"`python3 build\.py publier (\S+) --revision (\w+)`", README))
DEMARCHE, DIAGNOSTIC = "2026-11-demarche", "2026-11-diagnostic"


def extrait(revision: str, place: Path) -> Path:
    commit = git.commit(PROJET, revision)
    assert commit is not None and git.extraire(PROJET, commit, CONTENU, place)
    return place


def test_the_readme_names_the_milestones() -> None:
    assert list(JALONS) == [DEMARCHE, DIAGNOSTIC]


@pytest.mark.parametrize("jalon", [DEMARCHE, DIAGNOSTIC])
def test_a_milestone_is_a_dossier_without_error(jalon: str, tmp_path: Path) -> None:
    faults = verifier(extrait(JALONS[jalon], tmp_path))
    assert [fault.message for fault in faults if fault.severite == "erreur"] == []


def test_each_milestone_goes_one_step_further_along_the_method(tmp_path: Path) -> None:
    first, second = (charger(extrait(JALONS[nom], tmp_path / nom)) for nom in (DEMARCHE, DIAGNOSTIC))
    for classe in (Constat, Enjeu, Objectif, Priorite, Action, Moyen):
        assert not first.tous(classe)
        assert bool(second.tous(classe)) is (classe is Constat)
    now = charger(PROJET)
    for classe in (Constat, Enjeu, Objectif, Priorite, Action, Moyen):
        assert now.tous(classe)


def entrees(comparaison: Comparaison) -> dict[str, int]:
    """How many elements of each kind came."""
    known = comparaison.avant.elements
    came = [one for one in comparaison.changements if one.rang is Rang.presence and one.element not in known]
    return {genre: sum(one.genre == genre for one in came) for genre in {one.genre for one in came}}


def test_what_changed_from_one_to_the_next_says_why_there_was_another() -> None:
    demarche, diagnostic = (retrouver(JALONS[nom], PROJET, PUBLIC) for nom in (DEMARCHE, DIAGNOSTIC))
    now = retrouver(".", PROJET, PUBLIC)
    first, second = comparer(demarche, diagnostic), comparer(diagnostic, now)
    assert entrees(first).keys() >= {"constat"}
    assert not entrees(first).keys() & {"enjeu", "objectif", "priorite", "action", "moyen"}
    assert entrees(second).keys() >= {"enjeu", "objectif", "priorite", "action", "moyen"}
    assert "constat" not in entrees(second)
    for one in (first, second):
        assert not any(
            change.element in one.avant.elements for change in one.changements if change.rang is Rang.presence
        )
