"""The files of a dossier are those of its three folders, in an order that does not change, and none from elsewhere."""

import errno
import os
from pathlib import Path

import pytest

from smde.dossier import charger
from smde.fichiers import MAX_FOLDERS, files_of, named
from tests.conftest import ecrire, verifie_le_francais


def found(racine: Path) -> list[str]:
    return [path for _, path in files_of(racine).found]


def told(racine: Path) -> list[tuple[str, str]]:
    diagnostics = files_of(racine).diagnostics
    for diagnostic in diagnostics:
        verifie_le_francais(diagnostic)
    return [(d.place.path, d.message) for d in diagnostics]


def test_files_are_read_folder_by_folder_in_the_order_of_their_names(tmp_path: Path) -> None:
    paths = [
        "strategy/diagnostic/a.yml",
        "strategy/diagnostic/z/a.yml",
        "strategy/diagnostic/é.yml",
        "strategy/enjeux.yml",
        "schema/actions/10.yml",
        "schema/actions/9.yml",
        "data/acteurs.yaml",
        "data/acteurs.yml",
    ]
    ecrire(tmp_path, dict.fromkeys(reversed(paths), ""))
    assert found(tmp_path) == paths
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    "path",
    [
        "data/.acteurs.yml",
        "data/.git/acteurs.yml",
        "data/acteurs.yml~",
        "data/acteurs.yml.bak",
        "data/acteurs.txt",
        "data/acteurs.json",
        "data/yml",
        "docs/acteurs.yml",
        "acteurs.yml",
        "data/.yml",
    ],
)
def test_hidden_files_backups_and_other_files_are_passed_over(tmp_path: Path, path: str) -> None:
    ecrire(tmp_path, {path: "- [\n", "strategy/enjeux.yml": ""})
    assert found(tmp_path) == ["strategy/enjeux.yml"]
    assert told(tmp_path) == []


@pytest.mark.parametrize("suffix", [".yml", ".yaml", ".YML", ".Yaml"])
def test_yaml_is_known_by_its_usual_extensions(tmp_path: Path, suffix: str) -> None:
    ecrire(tmp_path, {f"strategy/enjeux{suffix}": "- {id: port, titre: Le port}\n"})
    assert list(charger(tmp_path).elements) == ["port"]


def test_a_link_out_of_the_dossier_is_refused(tmp_path: Path) -> None:
    ecrire(tmp_path, {"voisin.yml": "- {id: voisin, titre: V}\n", "ailleurs/a.yml": "", "dossier/data/vide.yml": ""})
    racine = tmp_path / "dossier"
    (racine / "data/acteurs.yml").symlink_to(tmp_path / "voisin.yml")
    (racine / "data/cadres").symlink_to(tmp_path / "ailleurs")
    (racine / "strategy").symlink_to(tmp_path / "ailleurs")
    (racine / "schema").symlink_to("/etc")
    assert found(racine) == ["data/vide.yml"]
    assert told(racine) == [
        ("strategy", "Ce lien mène hors du dossier."),
        ("schema", "Ce lien mène hors du dossier."),
        ("data/acteurs.yml", "Ce lien mène hors du dossier."),
        ("data/cadres", "Ce lien mène hors du dossier."),
    ]
    assert "voisin" not in charger(racine).elements


def test_a_link_inside_the_dossier_is_followed_to_a_file_only(tmp_path: Path) -> None:
    ecrire(tmp_path, {"strategy/enjeux.yml": "- {id: port, titre: P}\n", "data/notes/x.txt": ""})
    (tmp_path / "data/autres").symlink_to("notes")
    (tmp_path / "data/glossaire.yml").symlink_to("rien.yml")
    (tmp_path / "data/boucle.yml").symlink_to("boucle.yml")
    (tmp_path / "data/tour").symlink_to("..")
    (tmp_path / "data/cadres.yml").symlink_to("../strategy/enjeux.yml")
    assert found(tmp_path) == ["strategy/enjeux.yml", "data/cadres.yml"]
    assert told(tmp_path) == [
        ("data/autres", "Ce lien vers un dossier n'est pas suivi."),
        ("data/boucle.yml", "Ce lien ne mène à aucun fichier."),
        ("data/glossaire.yml", "Ce lien ne mène à aucun fichier."),
        ("data/tour", "Ce lien vers un dossier n'est pas suivi."),
    ]


def test_a_dossier_reached_through_a_link_is_a_dossier(tmp_path: Path) -> None:
    ecrire(tmp_path / "vrai", {"strategy/enjeux.yml": "- {id: port, titre: P}\n"})
    (tmp_path / "lien").symlink_to("vrai")
    dossier = charger(tmp_path / "lien")
    assert not dossier.diagnostics
    assert dossier.place("port").path == "strategy/enjeux.yml"


def test_a_folder_named_like_a_file_is_told_once(tmp_path: Path) -> None:
    ecrire(tmp_path, {"strategy/enjeux.yml/a.yml": "", "strategy/enjeux.yml/b.yml": ""})
    assert told(tmp_path) == [("strategy/enjeux.yml", "Un fichier est attendu, c'est un dossier.")]


def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    ecrire(tmp_path, {"strategy/diagnostic.yml": ""})
    os.mkfifo(tmp_path / "strategy/enjeux.yml")
    assert told(tmp_path) == [("strategy/enjeux.yml", "Ce n'est pas un fichier ordinaire.")]


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "strategy").write_text("tout est là")
    assert told(tmp_path) == [("strategy", "Ce dossier ne peut pas être lu : c'est un fichier, pas un dossier.")]


def test_a_folder_that_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ecrire(tmp_path, {"strategy/enjeux.yml": "", "data/acteurs.yml": ""})
    listdir = os.listdir

    def refuse(folder: Path) -> list[str]:
        if folder.name == "strategy":
            raise OSError(errno.EACCES, "Permission denied")
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", refuse)
    assert told(tmp_path) == [("strategy", "Ce dossier ne peut pas être lu : accès refusé.")]
    assert found(tmp_path) == ["data/acteurs.yml"]


def test_folders_without_end_are_told(tmp_path: Path) -> None:
    deep = "data/" + "a/" * (MAX_FOLDERS + 3) + "x.yml"
    ecrire(tmp_path, {deep: "", "data/acteurs.yml": ""})
    assert found(tmp_path) == ["data/acteurs.yml"]
    ((path, message),) = told(tmp_path)
    assert path.count("/a") == MAX_FOLDERS
    assert message == f"Plus de {MAX_FOLDERS} dossiers l'un dans l'autre."


@pytest.mark.parametrize(
    "name", [b"enjeux\xe9.yml", b"en\njeux.yml", b"en\x1b[31mjeux.yml", "en\u202ejeux.yml".encode()]
)
def test_a_name_that_cannot_be_shown_is_told_and_can_be_written_anywhere(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "strategy").mkdir()
    with open(os.path.join(os.fsencode(tmp_path), b"strategy", name), "wb"):
        pass
    ((path, message),) = told(tmp_path)
    assert message == "Ce nom contient un caractère invisible ou illisible."
    path.encode()
    assert path.isprintable()


# ---- files that elements name


def test_a_file_beside_the_one_that_names_it_is_found(tmp_path: Path) -> None:
    ecrire(tmp_path, {"data/indicateurs/a.csv": "", "data/b.csv": "", "strategy/c.csv": ""})
    beside = "data/indicateurs/a.yml"
    assert named(tmp_path, beside, "a.csv").path == "data/indicateurs/a.csv"
    assert named(tmp_path, beside, "./a.csv").path == "data/indicateurs/a.csv"
    assert named(tmp_path, beside, "../b.csv").path == "data/b.csv"
    assert named(tmp_path, beside, "../../strategy/c.csv").path == "strategy/c.csv"


def test_a_file_that_is_missing_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    ecrire(tmp_path, {"data/population.csv": "", "data/population.yml": ""})
    found = named(tmp_path, "data/population.yml", "populations.csv")
    assert (found.path, found.message, found.aide) == (
        "",
        "n'existe pas dans `data/`",
        "Vouliez-vous dire `population.csv` ?",
    )
    assert named(tmp_path, "data/population.yml", "emploi.csv").aide == "Ajoutez le fichier, ou corrigez son nom."
    assert named(tmp_path, "absent/x.yml", "emploi.csv").message == "n'existe pas dans `absent/`"


@pytest.mark.parametrize("value", ["../a.csv", "/etc/passwd", "..\\a.csv", "b/../../a.csv", "lien.csv"])
def test_a_file_out_of_the_dossier_is_refused_even_when_it_exists(tmp_path: Path, value: str) -> None:
    racine = ecrire(tmp_path / "dossier", {"data/x.yml": "", "data/b/y.yml": ""})
    ecrire(tmp_path, {"a.csv": "", "dossier/a.csv": ""})
    (racine / "data/lien.csv").symlink_to(tmp_path / "a.csv")
    found = named(racine, "x.yml" if value != "lien.csv" else "data/x.yml", value)
    assert found.message == "mène hors du dossier"
    assert "chemin relatif" in found.aide
