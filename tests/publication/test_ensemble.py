"""Several publishers at once, and publishers killed at any moment: nothing published is lost, nothing is half there."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from smde.publication.arborescence import Arborescence
from smde.publication.branche import Branche
from smde.publication.dossier_publie import DossierPublie
from smde.publication.lieu import Lecture, ecarts
from tests.commande import git
from tests.petites_versions import a_part, ajout, clone, depot, fin, nu, petite

pytestmark = [pytest.mark.lent, pytest.mark.skipif("sys.platform == 'win32'", reason="needs fork")]

BRANCHE = "gh-pages"
PAIRES, MORTS = 50, 100


def sain(place: Lecture, attendues: set[str]) -> None:
    registre = place.registre()
    assert {one.version for one in registre.publications} == attendues
    assert list(ecarts(place, registre)) == []


@pytest.mark.parametrize("paire", range(PAIRES))
def test_of_two_publishers_at_once_none_is_lost(tmp_path: Path, paire: int) -> None:
    """One pair in two shares a repository; the others are two clones of a forge, half of them on a new branch."""
    built = [petite(tmp_path / name, name) for name in ("2026-06", "2026-07", "2026-08")]
    home = depot(tmp_path / "depot")
    if paire % 2:
        forge = nu(tmp_path / "forge")
        git(home, "remote", "add", "origin", forge.as_uri())
        git(home, "push", "-q", "origin", "main")
        places, end = [home, clone(forge, tmp_path / "clone")], forge
    else:
        places, end = [home, home], home
    distant = "origin" if paire % 2 else None
    expected = {"2026-07", "2026-08"}
    if paire % 4 < 2:
        Branche(home, BRANCHE, distant).publier(built[0], ajout(built[0]))
        expected.add("2026-06")

    def publisher(place: Path, arbre: Arborescence) -> int:
        return a_part(lambda: Branche(place, BRANCHE, distant).publier(arbre, ajout(arbre)))

    children = [publisher(place, arbre) for place, arbre in zip(places, built[1:], strict=True)]
    assert [fin(child) for child in children] == [0, 0]
    sain(Branche(end, BRANCHE), expected)
    assert git(end, "rev-list", "--count", BRANCHE).strip() == str(len(expected))


def test_five_publishers_of_one_folder_lose_nothing(tmp_path: Path) -> None:
    names = [f"2026-{month:02}" for month in range(1, 6)]
    built = [petite(tmp_path / "sites" / name, name) for name in names]

    def publisher(arbre: Arborescence) -> int:
        return a_part(lambda: DossierPublie(tmp_path / "web").publier(arbre, ajout(arbre, alias="projet")))

    assert [fin(child) for child in [publisher(arbre) for arbre in built]] == [0] * 5
    sain(DossierPublie(tmp_path / "web"), set(names))


def test_two_publishers_of_other_bytes_under_one_name_publish_one_of_them(tmp_path: Path) -> None:
    home = depot(tmp_path / "depot")
    built = [petite(tmp_path / words, "2026-11", words) for words in ("Une", "Deux")]
    children = [a_part(lambda arbre=arbre: Branche(home, BRANCHE).publier(arbre, ajout(arbre))) for arbre in built]  # type: ignore[misc]
    assert sorted(fin(child) for child in children) == [0, 3]
    sain(Branche(home, BRANCHE), {"2026-11"})


def tuer(child: int, hasard: random.Random, duree: float) -> None:
    """Kill a publisher at a moment of its work: with what it started, or alone as a system short of memory does."""
    time.sleep(hasard.uniform(0, duree))
    with_its_own = hasard.random() < 0.5
    try:
        (os.killpg if with_its_own else os.kill)(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)
    fin(child)


def test_killed_at_any_moment_the_branch_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    home = depot(tmp_path / "depot")
    first, second = petite(tmp_path / "a", "2026-06"), petite(tmp_path / "b", "2026-07")
    start = time.monotonic()
    Branche(home, BRANCHE).publier(first, ajout(first, alias="en-vigueur"))
    duree = 1.1 * (time.monotonic() - start)
    old = git(home, "rev-parse", BRANCHE).strip()
    new = ""
    hasard, ends = random.Random(2014), {"old": 0, "new": 0}
    for _ in range(MORTS):
        child = a_part(lambda: Branche(home, BRANCHE).publier(second, ajout(second, alias="projet")))
        tuer(child, hasard, duree)
        # A git that outlives its publisher may still move the branch: it ends before anything is looked at.
        for _ in range(50):
            if not (home / ".git" / "refs" / "heads" / f"{BRANCHE}.lock").exists():
                break
            time.sleep(0.02)
        tip = git(home, "rev-parse", BRANCHE).strip()
        if tip == old:
            ends["old"] += 1
            continue
        new = new or tip
        assert tip == new, "a third state"
        ends["new"] += 1
        sain(Branche(home, BRANCHE), {"2026-06", "2026-07"})
        git(home, "update-ref", f"refs/heads/{BRANCHE}", old)
    sain(Branche(home, BRANCHE), {"2026-06"})
    assert ends["old"] > 20, ends
    Branche(home, BRANCHE).publier(second, ajout(second, alias="projet"))
    sain(Branche(home, BRANCHE), {"2026-06", "2026-07"})
    assert "missing" not in git(home, "fsck", "--no-dangling")


def test_a_folder_whose_publisher_is_killed_still_shows_whole_versions_and_is_mended_by_the_next(
    tmp_path: Path,
) -> None:
    web = tmp_path / "web"
    first, second = petite(tmp_path / "a", "2026-06"), petite(tmp_path / "b", "2026-07")
    start = time.monotonic()
    DossierPublie(web).publier(first, ajout(first, alias="en-vigueur"))
    duree = 1.1 * (time.monotonic() - start)
    hasard = random.Random(2016)
    for rank in range(MORTS // 2):
        arbre = petite(tmp_path / f"v{rank}", f"1.0.{rank}")
        child = a_part(lambda arbre=arbre: DossierPublie(web).publier(arbre, ajout(arbre, alias="projet")))  # type: ignore[misc]
        tuer(child, hasard, duree)
        registre = DossierPublie(web).registre()
        for one in registre.publications:
            told = [line for line in ecarts(DossierPublie(web), registre) if line.startswith(f"{one.version}/")]
            assert told == []
    known = {one.version for one in DossierPublie(web).registre().publications}
    DossierPublie(web).publier(second, ajout(second, alias="projet"))
    sain(DossierPublie(web), known | {"2026-07"})
    assert [file.name for file in web.iterdir() if file.name.startswith(".smde-publication-")] == []
