"""A branch of versions on real git: what enters it, what never changes, what it refuses, who may publish at once."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from smde.publication import arborescence, branche
from smde.publication.arborescence import Arborescence
from smde.publication.branche import Branche
from smde.publication.lieu import ecarts
from smde.publication.registre import Registre
from smde.refus import Refus
from smde.retrouver import versions
from tests.commande import anglais, git
from tests.conftest import ecrire
from tests.petites_versions import a_part, ajout, clone, depot, fin, nu, petite

BRANCHE = "gh-pages"


@pytest.fixture
def local(tmp_path: Path) -> Path:
    return depot(tmp_path / "depot")


@pytest.fixture
def partage(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two clones of one repository of a forge, which is the third."""
    forge = nu(tmp_path / "forge")
    one = depot(tmp_path / "un")
    git(one, "remote", "add", "origin", forge.as_uri())
    git(one, "push", "-q", "origin", "main")
    return one, clone(forge, tmp_path / "deux"), forge


def publie(racine: Path, arbre: Arborescence, distant: str | None = None, **dit: str) -> bool:
    return Branche(racine, BRANCHE, distant).publier(arbre, ajout(arbre, **dit)).fait


def pointe(racine: Path) -> str:
    return git(racine, "rev-parse", f"refs/heads/{BRANCHE}").strip()


def nommees(racine: Path) -> set[str]:
    return {one.version for one in Branche(racine, BRANCHE).registre().publications}


def contenu(racine: Path, folder: str, tmp_path: Path) -> Arborescence:
    """What git gives of a folder of the branch, by a checkout of it."""
    target = tmp_path / "lu"
    shutil.rmtree(target, ignore_errors=True)
    git(racine, "worktree", "prune")
    git(racine, "worktree", "add", "-q", "--detach", str(target), BRANCHE)
    return arborescence.lire(target / folder, folder)


def test_published_bytes_are_those_that_were_built_in_the_version_and_in_its_alias(local: Path, tmp_path: Path) -> None:
    built = petite(tmp_path / "site", "2026-11")
    assert publie(local, built, alias="en-vigueur")
    for folder in ("2026-11", "en-vigueur"):
        assert contenu(local, folder, tmp_path).empreintes == built.empreintes
    place = Branche(local, BRANCHE)
    assert list(ecarts(place, place.registre())) == []
    assert [(one["version"], one["aliases"]) for one in versions(local)] == [("2026-11", ["en-vigueur"])]


def test_the_branch_has_a_history_of_its_own_and_names_nobody(local: Path, tmp_path: Path) -> None:
    source = git(local, "rev-parse", "main").strip()
    publie(local, petite(tmp_path / "a", "2026-06"), date="2026-06-15")
    publie(local, petite(tmp_path / "b", "2026-11"))
    told = git(local, "log", "--format=%an|%ae|%cn|%ce|%s|%b", BRANCHE)
    assert told.split() == ["smde||smde||2026-11|", "smde||smde||2026-06|"]
    assert git(local, "log", "--format=%ad", "--date=iso", BRANCHE).splitlines()[1] == "2026-06-15 12:00:00 +0000"
    everything = git(local, "log", "-p", "--format=raw", BRANCHE)
    assert source not in everything
    assert "valmer.example>" not in everything
    assert "strategy" not in git(local, "ls-tree", "-r", "--name-only", BRANCHE)
    assert git(local, "fsck", "--strict") == ""


def test_the_work_under_way_is_not_touched(local: Path, tmp_path: Path) -> None:
    ecrire(local, {"strategy/enjeux.yml": "- {id: autre, titre: En cours}\n", "note.txt": "à garder"})
    git(local, "add", "note.txt")
    before = git(local, "status", "--porcelain=v2", "--branch")
    publie(local, petite(tmp_path / "site", "2026-11"))
    assert git(local, "status", "--porcelain=v2", "--branch") == before


def test_the_same_bytes_under_the_same_name_change_nothing(local: Path, tmp_path: Path) -> None:
    built = petite(tmp_path / "site", "2026-11")
    publie(local, built, alias="projet")
    before = pointe(local)
    assert not publie(local, built)
    assert not publie(local, built, alias="projet")
    assert pointe(local) == before


def test_other_bytes_under_a_published_name_are_refused_and_a_free_name_is_proposed(
    local: Path, tmp_path: Path
) -> None:
    publie(local, petite(tmp_path / "a", "2026-11"))
    before = pointe(local)
    with pytest.raises(Refus, match=r"ne change jamais.*« 2026-11-2 »") as refused:
        publie(local, petite(tmp_path / "b", "2026-11", "Une phrase de plus"))
    assert not anglais(str(refused.value))
    assert pointe(local) == before


@pytest.mark.parametrize("autre", ["2026-11-Projet", "2026-11-PROJET"])
def test_two_versions_never_differ_by_capitals_alone(local: Path, tmp_path: Path, autre: str) -> None:
    publie(local, petite(tmp_path / "a", "2026-11-projet"))
    with pytest.raises(Refus, match="par les majuscules"):
        publie(local, petite(tmp_path / "b", autre))


def test_what_was_said_of_a_version_does_not_change_either(local: Path, tmp_path: Path) -> None:
    built = petite(tmp_path / "a", "2026-11")
    publie(local, built, titre="Version soumise au conseil")
    with pytest.raises(Refus, match="titre : « Version soumise au conseil »"):
        publie(local, built, titre="Version adoptée")


def test_an_alias_moves_from_a_version_to_the_next_and_leaves_both_as_they_were(local: Path, tmp_path: Path) -> None:
    first, second = petite(tmp_path / "a", "2026-06"), petite(tmp_path / "b", "2026-11")
    publie(local, first, alias="en-vigueur", date="2026-06-15")
    publie(local, second, alias="projet")
    assert contenu(local, "en-vigueur", tmp_path).empreintes == first.empreintes
    assert publie(local, second, alias="en-vigueur")
    assert contenu(local, "en-vigueur", tmp_path).empreintes == second.empreintes
    assert contenu(local, "2026-06", tmp_path).empreintes == first.empreintes
    assert [one["aliases"] for one in versions(local)] == [["en-vigueur", "projet"], []]


@pytest.mark.parametrize("held", [{"index.html": "Le site de quelqu'un"}, {"versions.json": "[]"}, {}])
def test_a_branch_that_is_not_ours_is_refused_untouched(local: Path, tmp_path: Path, held: dict[str, str]) -> None:
    git(local, "checkout", "-q", "--orphan", BRANCHE)
    git(local, "rm", "-rfq", ".")
    ecrire(local, held)
    git(local, "add", ".")
    git(local, "commit", "-q", "--allow-empty", "-m", "Autre site")
    git(local, "checkout", "-q", "main")
    before = pointe(local)
    with pytest.raises(Refus, match=r"n'a pas été faite par ce programme.*--branche"):
        publie(local, petite(tmp_path / "site", "2026-11"))
    assert pointe(local) == before


@pytest.mark.parametrize("content", ["pas du JSON", "[]", '{"contrat": "smde-publications/9"}'])
def test_a_register_that_cannot_be_read_is_never_written_over(local: Path, tmp_path: Path, content: str) -> None:
    test_a_branch_that_is_not_ours_is_refused_untouched(local, tmp_path, {})
    git(local, "checkout", "-q", BRANCHE)
    ecrire(local, {"publications.json": content})
    git(local, "add", ".")
    git(local, "commit", "-qm", "Abîmer")
    git(local, "checkout", "-q", "main")
    with pytest.raises(Refus, match=r"publications.json ne se lit pas.*rien n'y a été touché"):
        publie(local, petite(tmp_path / "site", "2026-11"))


def test_files_put_by_hand_beside_the_versions_stay(local: Path, tmp_path: Path) -> None:
    publie(local, petite(tmp_path / "a", "2026-06"))
    git(local, "checkout", "-q", BRANCHE)
    ecrire(local, {"CNAME": "strategie.valmer.example\n"})
    git(local, "add", ".")
    git(local, "commit", "-qm", "Nom de domaine")
    git(local, "checkout", "-q", "main")
    publie(local, petite(tmp_path / "b", "2026-11"))
    assert git(local, "show", f"{BRANCHE}:CNAME") == "strategie.valmer.example\n"


def test_it_publishes_from_a_detached_head_from_a_worktree_and_from_a_folder_inside(
    local: Path, tmp_path: Path
) -> None:
    git(local, "worktree", "add", "-q", "--detach", str(tmp_path / "ailleurs"))
    git(local, "checkout", "-q", "--detach")
    publie(local, petite(tmp_path / "a", "2026-06"))
    publie(tmp_path / "ailleurs", petite(tmp_path / "b", "2026-07"))
    publie(local / "strategy", petite(tmp_path / "c", "2026-08"))
    assert nommees(local) == {"2026-06", "2026-07", "2026-08"}


def test_a_branch_somebody_has_open_is_not_moved_under_their_files(local: Path, tmp_path: Path) -> None:
    publie(local, petite(tmp_path / "a", "2026-06"))
    git(local, "worktree", "add", "-q", str(tmp_path / "ouverte"), BRANCHE)
    before = pointe(local)
    with pytest.raises(Refus, match=r"est ouverte dans « .*ouverte »"):
        Branche(local, BRANCHE).ouvrir()  # said before a minute is spent making a site
    with pytest.raises(Refus, match=r"est ouverte dans « .*ouverte »"):
        publie(local, petite(tmp_path / "b", "2026-07"))
    assert pointe(local) == before


def test_settings_of_git_that_hook_sign_or_convert_change_nothing(local: Path, tmp_path: Path) -> None:
    for key, value in {"core.autocrlf": "true", "commit.gpgsign": "true", "core.quotePath": "true"}.items():
        git(local, "config", key, value)
    ecrire(local, {".gitattributes": "* text=auto eol=crlf ident\n"})
    hook = local / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    built = petite(tmp_path / "a", "2026-06", "Des lignes\net des lignes\n$Id$")
    publie(local, built)
    assert Branche(local, BRANCHE).empreintes("2026-06") == built.empreintes


@pytest.mark.parametrize("nom", ["-f", "--all", "a b", "", "../main", "a..b", "x.lock", "é", "refs~1", "a//b", "@{-1}"])
def test_a_branch_is_named_plainly(local: Path, nom: str) -> None:
    with pytest.raises(Refus, match="n'est pas un nom de branche"):
        Branche(local, nom)


def test_a_folder_outside_git_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refus, match=r"n'est pas suivi par git.*--vers"):
        Branche(tmp_path, BRANCHE)


def test_what_was_damaged_is_named_and_what_was_added_too(local: Path, tmp_path: Path) -> None:
    publie(local, petite(tmp_path / "a", "2026-06"), alias="en-vigueur")
    git(local, "checkout", "-q", BRANCHE)
    ecrire(local, {"2026-06/index.html": "Tout autre chose", "2026-06/ajout.html": "De trop"})
    (local / "2026-06" / "versions.html").unlink()
    git(local, "add", "-A", "2026-06")
    git(local, "commit", "-qm", "Abîmer")
    git(local, "checkout", "-q", "main")
    place = Branche(local, BRANCHE)
    told = list(ecarts(place, place.registre()))
    assert [line.split(" ")[0] for line in told] == [
        "2026-06/ajout.html", "2026-06/index.html", "2026-06/versions.html", "L'alias",
    ]  # fmt: skip
    assert not any(anglais(line) for line in told)


def test_an_empty_register_reads_as_it_was_written() -> None:
    assert Registre.model_validate_json(Registre().octets()) == Registre()


# With a remote


def test_the_first_version_makes_the_branch_here_and_on_the_remote(
    partage: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    one, _, forge = partage
    assert publie(one, petite(tmp_path / "a", "2026-06"), "origin")
    assert pointe(one) == pointe(forge)


def test_what_another_clone_published_meanwhile_is_kept(partage: tuple[Path, Path, Path], tmp_path: Path) -> None:
    one, two, forge = partage
    publie(one, petite(tmp_path / "a", "2026-06"), "origin")
    publie(two, petite(tmp_path / "b", "2026-07"), "origin")
    publie(one, petite(tmp_path / "c", "2026-08"), "origin")
    assert nommees(forge) == nommees(one) == {"2026-06", "2026-07", "2026-08"}
    assert git(forge, "rev-list", "--count", BRANCHE).strip() == "3"


def test_two_clones_that_published_apart_are_brought_together(partage: tuple[Path, Path, Path], tmp_path: Path) -> None:
    one, two, forge = partage
    publie(one, petite(tmp_path / "a", "2026-06"), date="2026-06-01", alias="en-vigueur")
    publie(two, petite(tmp_path / "b", "2026-07"), "origin", date="2026-07-01")
    third = petite(tmp_path / "c", "2026-08")
    assert publie(one, third, "origin", date="2026-08-01")
    assert nommees(forge) == {"2026-06", "2026-07", "2026-08"}
    place = Branche(forge, BRANCHE)
    assert list(ecarts(place, place.registre())) == []
    assert place.registre().alias == {"en-vigueur": "2026-06"}
    assert place.empreintes("2026-08") == third.empreintes


def test_two_clones_that_published_other_bytes_under_one_name_are_told(
    partage: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    one, two, forge = partage
    publie(one, petite(tmp_path / "a", "2026-06", "Un"))
    publie(two, petite(tmp_path / "b", "2026-06", "Deux"), "origin")
    before = pointe(one), pointe(forge)
    with pytest.raises(Refus, match="avec un autre contenu"):
        publie(one, petite(tmp_path / "c", "2026-08"), "origin")
    assert (pointe(one), pointe(forge)) == before


def test_what_was_published_here_only_is_sent_when_asked_again(
    partage: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    one, _, forge = partage
    built = petite(tmp_path / "a", "2026-06")
    publie(one, built)
    assert not publie(one, built, "origin")
    assert pointe(forge) == pointe(one)


@pytest.mark.parametrize("hook", ["pre-receive", "update"])
def test_a_remote_that_refuses_is_quoted_and_nothing_is_published_anywhere(
    partage: tuple[Path, Path, Path], tmp_path: Path, hook: str
) -> None:
    one, _, forge = partage
    built = petite(tmp_path / "a", "2026-06")
    file = ecrire(forge, {f"hooks/{hook}": "#!/bin/sh\necho 'Branche protégée : demandez au webmestre' >&2\nexit 1\n"})
    (file / "hooks" / hook).chmod(0o755)
    with pytest.raises(Refus, match="« origin » refuse la version : « Branche protégée : demandez au webmestre"):
        publie(one, built, "origin")
    assert nommees(one) == nommees(forge) == set()
    (file / "hooks" / hook).unlink()
    assert publie(one, built, "origin")


def test_a_remote_that_does_not_answer_is_told_with_what_to_do(
    partage: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    one, _, forge = partage
    forge.rename(tmp_path / "partie")
    built = petite(tmp_path / "a", "2026-06")
    with pytest.raises(Refus, match=r"« origin » ne répond pas : .*--distant aucun"):
        publie(one, built, "origin")
    assert publie(one, built)


def test_a_shallow_clone_publishes_on_what_is_there(partage: tuple[Path, Path, Path], tmp_path: Path) -> None:
    one, _, forge = partage
    for name in ("2026-06", "2026-07"):
        publie(one, petite(tmp_path / name, name), "origin")
    shallow = clone(forge, tmp_path / "court", "--depth", "1", "--no-single-branch")
    assert publie(shallow, petite(tmp_path / "c", "2026-08"), "origin")
    assert nommees(forge) == {"2026-06", "2026-07", "2026-08"}
    assert git(forge, "fsck") == ""
    assert git(forge, "rev-list", "--count", BRANCHE).strip() == "3"


def test_a_remote_branch_that_is_not_ours_is_refused_untouched(
    partage: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    one, _, forge = partage
    git(one, "push", "-q", "origin", f"main:{BRANCHE}")
    before = pointe(forge)
    with pytest.raises(Refus, match="n'a pas été faite par ce programme"):
        publie(one, petite(tmp_path / "a", "2026-06"), "origin")
    assert pointe(forge) == before


def test_a_disk_that_fills_up_leaves_the_branch_as_it_was(local: Path, tmp_path: Path) -> None:
    """Files may not pass a size: what the system does to a program whose disk is full, without filling one."""
    import resource

    publie(local, petite(tmp_path / "a", "2026-06"))
    before = pointe(local)
    built = petite(tmp_path / "b", "2026-07", os.urandom(40_000).hex())

    for room in (0, 40, 300, 2_000, 20_000):

        def work(room: int = room) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            publie(local, built)

        assert fin(a_part(work)) != 0
        assert pointe(local) == before
    assert publie(local, built)
    assert git(local, "fsck") == ""


def test_objects_that_cannot_be_written_are_told_in_french(local: Path, tmp_path: Path) -> None:
    built = petite(tmp_path / "a", "2026-06")
    objects = local / ".git" / "objects"
    shutil.rmtree(objects / "pack", ignore_errors=True)
    shutil.move(objects, tmp_path / "objets")
    objects.write_text("un fichier là où un dossier est attendu")
    with pytest.raises(Refus, match=r"n'est pas suivi par git|n'a pas pu enregistrer la version : « .* ». La branche"):
        publie(local, built)


def test_a_published_file_is_a_plain_file(local: Path, tmp_path: Path) -> None:
    petite(tmp_path / "a", "2026-06")
    file = tmp_path / "a" / "index.html"
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    publie(local, arborescence.lire(tmp_path / "a", "2026-06"))
    modes = {line.split(" ")[0] for line in git(local, "ls-tree", "-r", BRANCHE).splitlines()}
    assert modes == {"100644"}


def test_the_lock_that_a_killed_git_left_on_the_branch_is_removed(
    local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branche, "REGARDS", 3)
    assert publie(local, petite(tmp_path / "a", "2026-06"))
    lock = local / ".git" / "refs" / "heads" / f"{BRANCHE}.lock"
    lock.write_text("")
    assert publie(local, petite(tmp_path / "b", "2026-07"))
    assert not lock.exists()
    assert {one["version"] for one in versions(local, BRANCHE)} == {"2026-06", "2026-07"}
