"""The date of a version is that of its content in git, and a doubt about it is told."""

import os
from pathlib import Path

import pytest

from smde import versions
from smde.versions import Version, date_du_contenu
from tests.commande import git, smde
from tests.conftest import ecrire


@pytest.fixture(autouse=True)
def _sans_reglages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the settings of whoever runs the tests."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def depot(racine: Path) -> Path:
    """The dossier in git, its content recorded on 2 March 2020, something else on 9 May."""
    git(racine, "init", "-q")
    git(racine, "add", ".")
    git(racine, "commit", "-qm", "Premier état")
    ecrire(racine, {"LISEZMOI.md": "Un dossier."})
    git(racine, "add", ".")
    git(racine, "commit", "-qm", "Présenter le dossier", jour="2020-05-09")
    return racine


def test_the_date_is_that_of_the_last_record_of_the_content(depot: Path) -> None:
    assert date_du_contenu(depot) == Version("2020-03-02")
    ecrire(depot, {"data/sources.yml": (depot / "data/sources.yml").read_text("utf-8") + "# relu\n"})
    git(depot, "commit", "-qam", "Relire les sources", jour="2021-01-04")
    assert date_du_contenu(depot) == Version("2021-01-04")


def test_changes_not_recorded_are_told_with_the_date(depot: Path) -> None:
    ecrire(depot, {"strategy/nouveau.yml": "[]\n"})
    date, remark = date_du_contenu(depot)
    assert date == "2020-03-02"
    assert "ne sont pas encore enregistrés dans git" in remark
    assert "2020-03-02" in remark


def test_what_is_not_content_may_change_without_a_word(depot: Path) -> None:
    ecrire(depot, {"notes.txt": "brouillon", "sortie/public/site/index.html": "x"})
    assert date_du_contenu(depot) == Version("2020-03-02")


def test_a_dossier_inside_a_repository_has_its_own_date(depot: Path) -> None:
    ecrire(depot / "autre", {"strategy/enjeux.yml": "- {id: accueil, titre: Accueillir les nouveaux actifs}\n"})
    git(depot, "add", ".")
    git(depot, "commit", "-qm", "Ajouter un dossier", jour="2022-02-02")
    assert date_du_contenu(depot / "autre").date == "2022-02-02"
    assert date_du_contenu(depot).date == "2020-03-02"


def test_a_clone_without_history_says_that_its_date_may_be_wrong(depot: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", depot.as_uri(), "clone")
    date, remark = date_du_contenu(tmp_path / "clone")
    assert date == "2020-05-09"
    assert "git fetch --unshallow" in remark
    git(tmp_path / "clone", "fetch", "-q", "--unshallow")
    assert date_du_contenu(tmp_path / "clone") == Version("2020-03-02")


def test_each_reason_for_having_no_date_is_told(racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert date_du_contenu(racine) == Version(None, "ce dossier n'est pas suivi par git")
    git(racine, "init", "-q")
    assert date_du_contenu(racine).remarque == "le contenu de ce dossier n'a pas encore été enregistré dans git"
    monkeypatch.setenv("PATH", str(racine))
    assert date_du_contenu(racine) == Version(None, "git n'est pas installé sur cette machine")


def test_a_git_that_does_not_answer_is_not_waited_for(racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise versions.subprocess.TimeoutExpired("git", 30)

    monkeypatch.setattr(versions.subprocess, "run", slow)
    assert date_du_contenu(racine) == Version(None, "git ne répond pas")


def test_the_epoch_of_a_build_dates_what_git_does_not(
    depot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1583150400")
    assert date_du_contenu(tmp_path) == Version("2020-03-02")
    assert date_du_contenu(depot) == Version("2020-03-02")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert date_du_contenu(depot).date == "2020-03-02"
    for wrong in ("", "hier", "1" * 40):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        assert date_du_contenu(tmp_path).date is None


def test_git_is_asked_about_the_dossier_even_from_a_hook(
    depot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", "ailleurs")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "ailleurs" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "ailleurs" / ".git" / "index"))
    assert date_du_contenu(depot) == Version("2020-03-02")


def test_the_command_says_what_to_do_without_a_date(racine: Path) -> None:
    answer = smde("donnees", "--racine", racine)
    assert answer.code == 1
    assert "La date de la version est inconnue : ce dossier n'est pas suivi par git." in answer.dit
    assert "--date AAAA-MM-JJ" in answer.dit
    assert not (racine / "sortie").exists()
    bare = smde("donnees", "--racine", racine, env={"PATH": str(racine)})
    assert "git n'est pas installé sur cette machine" in bare.dit


def test_the_command_tells_changes_that_are_not_recorded(depot: Path) -> None:
    ecrire(depot, {"data/sources.yml": (depot / "data/sources.yml").read_text("utf-8") + "# relu\n"})
    answer = smde("donnees", "--racine", depot)
    assert answer.code == 0
    assert "ne sont pas encore enregistrés dans git" in answer.dit
