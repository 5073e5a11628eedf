"""Two versions of the small dossier, published by the command as a person would, on a branch of its own repository."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commande import Reponse, git, smde
from tests.conftest import VALMER, ecrire, lire

ANCIENNE, RECENTE = "2020-03", "2020-06"
ACTION = "schema/actions/requalifier-friches.yml"


class Publiees(NamedTuple):
    """What the session published."""

    depot: Path
    racine: Path
    """The files of the branch, laid in a folder as a web server has them."""
    reponses: tuple[Reponse, ...]


@pytest.fixture(scope="session")
def publiees(tmp_path_factory: pytest.TempPathFactory) -> Publiees:
    """The first version is archived: the second is in force."""
    base = tmp_path_factory.mktemp("publiees")
    home = ecrire(base / "valmer", lire(VALMER))
    git(home, "init", "-q", "-b", "main")
    git(home, "add", ".")
    git(home, "commit", "-qm", "Commencer", jour="2020-03-02")
    first = smde("publier", ANCIENNE, "--alias", "en-vigueur", "--seance", "seance-2019-09", dossier=home)
    text = (home / ACTION).read_text("utf-8")
    (home / ACTION).write_text(text.replace("titre: Requalifier la friche", "titre: Rendre à la ville la friche", 1))
    git(home, "commit", "-qam", "Renommer l'action", jour="2020-06-12")
    options = ("--alias", "en-vigueur", "--decision", "decision-2019-09", "--titre", "Juin 2020, « relue »")
    second = smde("publier", RECENTE, *options, dossier=home)
    git(home, "worktree", "add", "-q", "--detach", str(base / "web"), "gh-pages")
    return Publiees(home, base / "web", (first, second))
