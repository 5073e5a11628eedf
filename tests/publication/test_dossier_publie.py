"""A plain folder of versions: the same files as the branch, whole at any moment, beside what others put there."""

import subprocess
from pathlib import Path

import pytest

from smde.publication.arborescence import lire
from smde.publication.branche import Branche
from smde.publication.dossier_publie import DossierPublie
from smde.publication.lieu import ecarts
from smde.refus import Refus
from tests.commande import git
from tests.conftest import ecrire
from tests.petites_versions import ajout, depot, petite


def fichiers(dossier: Path) -> dict[str, bytes]:
    return {
        file.relative_to(dossier).as_posix(): file.read_bytes()
        for file in dossier.rglob("*")
        if file.is_file() and not file.name.startswith((".smde", ".git"))
    }


def test_the_folder_and_the_branch_hold_the_same_files(tmp_path: Path) -> None:
    home = depot(tmp_path / "depot")
    for nom, alias in (("2026-06", "en-vigueur"), ("2026-11", "projet"), ("2026-12", "projet")):
        built = petite(tmp_path / nom, nom, elements=("A-01", f"A-{nom[-2:]}"))
        for place in (Branche(home, "gh-pages"), DossierPublie(tmp_path / "web")):
            assert place.publier(built, ajout(built, date=f"{nom}-01", alias=alias)).fait
    git(home, "worktree", "add", "-q", str(tmp_path / "branche"), "gh-pages")
    assert fichiers(tmp_path / "web") == fichiers(tmp_path / "branche")


def test_what_it_holds_is_checked_by_a_common_tool(tmp_path: Path) -> None:
    built = petite(tmp_path / "site", "2026-11")
    DossierPublie(tmp_path / "web").publier(built, ajout(built))
    command = ["sha256sum", "-c", "--strict", "empreintes/2026-11.txt"]
    assert subprocess.run(command, cwd=tmp_path / "web", capture_output=True, check=False).returncode == 0
    (tmp_path / "web" / "2026-11" / "index.html").write_text("Autre chose")
    assert subprocess.run(command, cwd=tmp_path / "web", capture_output=True, check=False).returncode == 1
    place = DossierPublie(tmp_path / "web")
    assert [line.partition(" ")[0] for line in ecarts(place, place.registre())] == ["2026-11/index.html"]


def test_other_bytes_are_refused_and_the_same_change_nothing(tmp_path: Path) -> None:
    place, built = DossierPublie(tmp_path / "web"), petite(tmp_path / "a", "2026-11")
    place.publier(built, ajout(built))
    before = {path: (tmp_path / "web" / path).stat().st_mtime_ns for path in fichiers(tmp_path / "web")}
    assert not place.publier(built, ajout(built)).fait
    other = petite(tmp_path / "b", "2026-11", "Autrement dit")
    with pytest.raises(Refus, match="une version publiée ne change jamais"):
        place.publier(other, ajout(other))
    assert {path: (tmp_path / "web" / path).stat().st_mtime_ns for path in fichiers(tmp_path / "web")} == before


def test_what_others_put_beside_stays(tmp_path: Path) -> None:
    web = ecrire(tmp_path / "web", {".htaccess": "Options -Indexes\n", "archives/2012.pdf": "ancien"})
    place = DossierPublie(web)
    for nom in ("2026-06", "2026-11"):
        built = petite(tmp_path / nom, nom)
        place.publier(built, ajout(built, alias="en-vigueur"))
    assert (web / ".htaccess").read_text() == "Options -Indexes\n"
    assert (web / "archives" / "2012.pdf").read_text() == "ancien"


@pytest.mark.parametrize(
    "taken", ["index.html", "versions.json", "id/A-01.html", "en-vigueur/index.html", "robots.txt"]
)
def test_a_folder_where_something_bears_our_names_is_refused_untouched(tmp_path: Path, taken: str) -> None:
    web = ecrire(tmp_path / "web", {taken: "à quelqu'un d'autre"})
    built = petite(tmp_path / "site", "2026-11")
    with pytest.raises(Refus, match="n'a pas été fait par ce programme"):
        DossierPublie(web).publier(built, ajout(built))
    assert fichiers(web) == {taken: "à quelqu'un d'autre".encode()}


def test_a_folder_called_as_a_version_that_is_not_one_is_refused(tmp_path: Path) -> None:
    web = ecrire(tmp_path / "web", {"2026-11/notes.txt": "à garder"})
    built = petite(tmp_path / "site", "2026-11")
    with pytest.raises(Refus, match="existe et n'est pas une version publiée"):
        DossierPublie(web).publier(built, ajout(built))
    assert fichiers(web) == {"2026-11/notes.txt": "à garder".encode()}


def test_what_a_killed_publication_laid_without_saying_so_is_replaced(tmp_path: Path) -> None:
    left, other = petite(tmp_path / "a", "2026-11", "Ce qui n'a jamais été annoncé"), petite(tmp_path / "b", "2026-06")
    first = DossierPublie(tmp_path / "web")
    first.publier(other, ajout(other))
    laid = {f"2026-11/{path}": (left.dossier / path).read_bytes() for path in left.empreintes}
    ecrire(first.dossier, {**laid, "empreintes/2026-11.txt": left.liste})
    built = petite(tmp_path / "c", "2026-11", "Ce qui est publié")
    assert first.publier(built, ajout(built)).fait
    assert first.empreintes("2026-11") == built.empreintes
    assert list(ecarts(first, first.registre())) == []


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("un fichier")
    with pytest.raises(Refus, match="n'est pas un dossier"):
        DossierPublie(tmp_path / "web")


def test_a_link_or_an_odd_name_does_not_enter_a_version(tmp_path: Path) -> None:
    petite(tmp_path / "site", "2026-11")
    for name in ("secret", ".git", "a b.html"):
        file = tmp_path / "site" / name
        file.symlink_to("/etc/hostname") if name == "secret" else file.write_text("x")
        with pytest.raises(Refus, match="ne peut pas être publié"):
            lire(tmp_path / "site", "2026-11")
        file.unlink()
    with pytest.raises(Refus, match="Il n'y a rien à publier"):
        lire(tmp_path / "vide", "2026-11")
