"""Outputs appear whole or not at all, replace only what the program made, and leave nothing behind them."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smde import cli, construire, depot
from smde.construire import lieux
from smde.depot import EN_COURS, PRODUITS, Depot, temporaires
from smde.refus import Refus
from tests.commande import PROJET, environnement, simple, smde
from tests.conftest import Fichiers, ecrire

DATE = ("--date", "2020-03-02")
ENJEU_FAUX = "- id: enjeu-friches\n  titre: Donner un avenir aux friches\n  diffusion: publique\n"


def contenu(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def publier(racine: Path, cible: Path, files: dict[str, bytes], nom: str = "donnees", *, garder: bool = False) -> None:
    with Depot(cible, [nom], racine) as place:
        place.ecrire(nom, files, garder=garder)
        place.installer()


def test_outputs_replace_the_former_ones_and_forget_their_files(tmp_path: Path) -> None:
    cible = tmp_path / "sortie" / "public"
    publier(tmp_path, cible, {"strategie.json": b"1", "series/emploi.csv": b"2"})
    publier(tmp_path, cible, {"strategie.json": b"3"})
    assert contenu(cible) == {"donnees/strategie.json": b"3", PRODUITS: b"donnees/strategie.json\n"}


def test_each_output_is_replaced_without_touching_its_neighbours(tmp_path: Path) -> None:
    publier(tmp_path, tmp_path / "s", {"strategie.json": b"1"})
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"2"}, "documents")
    publier(tmp_path, tmp_path / "s", {"strategie.json": b"3"})
    assert (tmp_path / "s" / PRODUITS).read_text() == "documents/fiche.docx\ndonnees/strategie.json\n"
    assert contenu(tmp_path / "s")["documents/fiche.docx"] == b"2"


def test_one_document_asked_for_leaves_the_others(tmp_path: Path) -> None:
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"1", "fiche.pdf": b"2"}, "documents")
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"3"}, "documents", garder=True)
    assert contenu(tmp_path / "s" / "documents") == {"fiche.docx": b"3", "fiche.pdf": b"2"}


def test_a_folder_that_holds_somebody_s_files_is_never_replaced(tmp_path: Path) -> None:
    ecrire(tmp_path / "s", {"documents/compte-rendu.docx": b"notes du groupe de pilotage"})
    with pytest.raises(Refus, match=r"compte-rendu\.docx » n'a pas été fait par ce programme"):
        publier(tmp_path, tmp_path / "s", {"fiche.docx": b"1"}, "documents")
    assert contenu(tmp_path / "s") == {"documents/compte-rendu.docx": b"notes du groupe de pilotage"}


def test_a_file_added_by_hand_to_what_we_made_stops_the_replacement(tmp_path: Path) -> None:
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"1"}, "documents")
    ecrire(tmp_path / "s", {"documents/annotations.txt": "à revoir"})
    with pytest.raises(Refus, match=r"annotations\.txt"):
        publier(tmp_path, tmp_path / "s", {"fiche.docx": b"2"}, "documents")
    assert contenu(tmp_path / "s" / "documents") == {"fiche.docx": b"1", "annotations.txt": "à revoir".encode()}


def test_a_file_added_while_the_outputs_are_being_made_stops_the_replacement_too(tmp_path: Path) -> None:
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"1"}, "documents")
    with pytest.raises(Refus, match="arrivé"), Depot(tmp_path / "s", ["documents"], tmp_path) as place:
        place.ecrire("documents", {"fiche.docx": b"2"})
        ecrire(tmp_path / "s", {"documents/arrivé.txt": "entre-temps"})
        place.installer()
    assert contenu(tmp_path / "s" / "documents")["fiche.docx"] == b"1"


@pytest.mark.parametrize("nom", [".DS_Store", "Thumbs.db", ".~lock.fiche.docx#"])
def test_what_systems_leave_in_a_folder_one_has_opened_stops_nothing(nom: str, tmp_path: Path) -> None:
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"1"}, "documents")
    ecrire(tmp_path / "s", {f"documents/{nom}": b"."})
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"2"}, "documents")
    assert contenu(tmp_path / "s" / "documents") == {"fiche.docx": b"2"}


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "s" / "donnees").mkdir(parents=True)
    publier(tmp_path, tmp_path / "s", {"strategie.json": b"1"})
    assert contenu(tmp_path / "s" / "donnees") == {"strategie.json": b"1"}


def test_a_link_or_a_file_in_the_place_of_an_output_is_left_alone(tmp_path: Path) -> None:
    ecrire(tmp_path, {"ailleurs/index.html": "<p>Le site de la commune</p>", "s/documents": "un fichier"})
    (tmp_path / "s" / "site").symlink_to(tmp_path / "ailleurs")
    for nom in ("site", "documents"):
        with pytest.raises(Refus, match="n'est pas un dossier"):
            publier(tmp_path, tmp_path / "s", {"index.html": b""}, nom)
    assert (tmp_path / "ailleurs/index.html").read_text() == "<p>Le site de la commune</p>"


@pytest.mark.parametrize(
    "folder", ["", ".", "strategy", "strategy/sortie", "schema/actions", "data", "docs", "macros/x"]
)
def test_outputs_are_never_mixed_with_the_content(folder: str, racine: Path) -> None:
    before = contenu(racine)
    with pytest.raises(Refus, match="contient la stratégie elle-même"):
        publier(racine, racine / folder, {"strategie.json": b"1"})
    assert contenu(racine) == before
    (racine / "lien").symlink_to(racine / "strategy")
    with pytest.raises(Refus, match="contient la stratégie elle-même"):
        publier(racine, racine / "lien", {"strategie.json": b"1"})


@pytest.mark.parametrize("path", ["fichier", "fichier/sous"])
def test_a_file_where_the_folder_of_outputs_should_be_is_told(path: str, racine: Path) -> None:
    ecrire(racine, {"fichier": "un texte"})
    answer = smde("donnees", "--racine", racine, "--sortie", racine / path, *DATE)
    assert answer.code == 1
    assert f"« {racine / path} » n'est pas un dossier : choisissez-en un autre avec --sortie." in answer.dit
    assert (racine / "fichier").read_text() == "un texte"


def test_an_interruption_at_any_step_of_the_exchange_leaves_whole_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rename in turn is interrupted: each output is then the former one or the new one, never a mixture."""
    steps = 0
    while True:
        cible = tmp_path / f"essai-{steps}"
        for nom in ("site", "donnees"):
            publier(tmp_path, cible, {"a": b"ancien", "b": b"ancien"}, nom)
        with monkeypatch.context() as patched:
            ended = _interrupted_after(steps, patched, tmp_path, cible)
        found = {nom: set(contenu(cible / nom).values()) for nom in ("site", "donnees")}
        assert all(values in ({b"ancien"}, {b"neuf"}) for values in found.values()), (steps, found)
        assert list(cible.glob(f"{EN_COURS}*")) == []
        publier(tmp_path, cible, {"a": b"encore"}, "site")
        if ended:
            assert found == {"site": {b"neuf"}, "donnees": {b"neuf"}}
            assert steps >= 4
            return
        steps += 1


def _interrupted_after(steps: int, patched: pytest.MonkeyPatch, racine: Path, cible: Path) -> bool:
    rename, left = Path.rename, [steps]

    def renames(self: Path, target: Path) -> Path:
        if left[0] == 0:
            left[0] -= 1
            raise KeyboardInterrupt
        left[0] -= 1
        return rename(self, target)

    patched.setattr(Path, "rename", renames)
    try:
        with Depot(cible, ["site", "donnees"], racine) as place:
            for nom in ("site", "donnees"):
                place.ecrire(nom, {"a": b"neuf", "c": b"neuf"})
            place.installer()
    except KeyboardInterrupt:
        return False
    return True


def test_what_a_killed_run_left_is_put_back_and_tidied_by_the_next(tmp_path: Path) -> None:
    publier(tmp_path, tmp_path / "s", {"strategie.json": b"1"})
    left = tmp_path / "s" / f"{EN_COURS}abc"
    (left / "ancien").mkdir(parents=True)
    (tmp_path / "s" / "donnees").rename(left / "ancien" / "donnees")  # killed between the two renames
    publier(tmp_path, tmp_path / "s", {"fiche.docx": b"2"}, "documents")
    found = contenu(tmp_path / "s")
    assert found["donnees/strategie.json"] == b"1"
    assert not left.exists()


def test_a_run_never_tidies_the_folder_of_another_that_is_at_work(tmp_path: Path) -> None:
    with Depot(tmp_path / "s", ["site"], tmp_path) as slow:
        slow.ecrire("site", {"index.html": b"lent"})
        publier(tmp_path, tmp_path / "s", {"index.html": b"rapide"}, "site")
        slow.installer()
    assert contenu(tmp_path / "s" / "site") == {"index.html": b"lent"}


@pytest.fixture(scope="module")
def publie(tmp_path_factory: pytest.TempPathFactory, fichiers_valmer: Fichiers) -> Path:
    """A dossier whose outputs are already published."""
    racine = ecrire(tmp_path_factory.mktemp("publie") / "valmer", fichiers_valmer)
    answer = smde("--racine", racine, *DATE)
    assert answer.code == 0, answer.dit
    return racine


@pytest.fixture
def intact(publie: Path) -> Iterator[Path]:
    """The published dossier, whose outputs must be the same after the test, with nothing beside them."""
    before = contenu(publie / "sortie")
    yield publie
    assert contenu(publie / "sortie") == before


def test_without_a_verb_everything_is_made_and_each_file_is_named(publie: Path) -> None:
    made = sorted(path.name for path in (publie / "sortie" / "public").iterdir())
    assert made == [PRODUITS, "documents", "donnees", "site"]
    listed = set((publie / "sortie" / "public" / PRODUITS).read_text().splitlines())
    assert listed == contenu(publie / "sortie" / "public").keys() - {PRODUITS}
    site = publie / "sortie" / "public" / "site"
    for path in ("documents/livrable-strategie.docx", "documents/livrable-strategie.pdf", "donnees/strategie.json"):
        assert (site / path).read_bytes() == (publie / "sortie" / "public" / path).read_bytes()


def test_an_error_publishes_nothing_and_tells_only_the_errors(intact: Path) -> None:
    former = (intact / "strategy/enjeux.yml").read_bytes()
    ecrire(intact, {"strategy/enjeux.yml": ENJEU_FAUX})
    try:
        for verb in ([], ["site"], ["documents"], ["donnees"]):
            answer = smde(*verb, "--racine", intact, *DATE)
            assert answer.code == 1
            assert "strategy/enjeux.yml:3:14: erreur [valeur-refusee]" in answer.sortie
            assert ": alerte [" not in answer.sortie
            assert "Rien n'a été produit : corrigez d'abord" in answer.dit
    finally:
        ecrire(intact, {"strategy/enjeux.yml": former})


@pytest.mark.parametrize(
    ("arret", "moment"),
    [(signal.SIGINT, "Document"), (signal.SIGTERM, "Site :"), (signal.SIGKILL, "Document"), (signal.SIGKILL, "Site :")],
)
def test_a_run_stopped_at_any_moment_leaves_the_former_outputs_and_nothing_else(
    arret: signal.Signals, moment: str, intact: Path, tmp_path: Path
) -> None:
    env = {**environnement(), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "smde", "--racine", str(intact), *DATE]
    with subprocess.Popen(command, env=env, cwd=PROJET, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr
        while not (line := run.stderr.readline()).startswith(moment):
            assert line, "the run ended before"
        time.sleep(0.1)
        run.send_signal(arret)
        rest = simple(run.stderr.read())
    assert run.returncode == {signal.SIGKILL: -9}.get(arret, 130)
    if arret is not signal.SIGKILL:
        assert "Interrompu. Ce qui était déjà publié est intact." in rest
        assert "Traceback" not in rest
    # What a killed run could not remove, the next one does, wherever it was.
    assert smde("donnees", "--racine", intact, *DATE, env=env).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == []
    assert list((intact / "sortie" / "public").glob(f"{EN_COURS}*")) == []


@pytest.mark.parametrize(("octets", "arret"), [(100_000, "(docx)"), (600_000, "Site :")])
def test_a_disk_that_takes_no_more_is_told_and_leaves_nothing(
    octets: int, arret: str, racine: Path, tmp_path: Path
) -> None:
    """The system refuses to write further in any file, of the program or of the tools it runs."""
    env = {**environnement(), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "smde", "site", "--racine", str(racine), "--sortie", str(tmp_path / "s"), *DATE],
        cwd=PROJET,
        env=env,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (octets, octets)),
    )
    assert done.returncode == 1
    assert arret in done.stderr.splitlines()[-2]
    assert "Le système refuse : ce fichier est trop gros pour ce disque (« " in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "s").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("smde-")] == []


def test_a_disk_that_fills_while_a_file_is_written_leaves_the_former_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publier(tmp_path, tmp_path / "s", {"strategie.json": b"1"})
    before = contenu(tmp_path / "s")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        publier(tmp_path, tmp_path / "s", {"strategie.json": b"deux"})
    assert contenu(tmp_path / "s") == before


@pytest.mark.parametrize(("numero", "mots"), [(13, "accès refusé"), (1, "accès refusé"), (28, "le disque est plein")])
def test_a_folder_that_the_system_does_not_let_make_is_told_with_its_name(
    numero: int, mots: str, racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The refusal of the system itself: root, who runs the tests in a container, may write everywhere."""
    make = Path.mkdir

    def refused(self: Path, *arguments: Any, **options: Any) -> None:
        if self.is_relative_to(racine):
            raise OSError(numero, "Permission denied", str(self))
        make(self, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", refused)
    before = contenu(racine)
    assert cli.main(["donnees", "--racine", str(racine), *DATE]) == 1
    told = simple(capsys.readouterr().err)
    assert f"Le système refuse : {mots} (« {racine / 'sortie' / 'public'} »)." in told
    assert "Données…" not in told
    assert contenu(racine) == before


def test_a_file_that_cannot_be_written_is_told_and_leaves_the_former_outputs(
    racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["donnees", "--racine", str(racine), *DATE]) == 0
    before = contenu(racine)
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "strategie.schema.json":
            raise OSError(28, "No space left on device", str(self))
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    capsys.readouterr()
    assert cli.main(["donnees", "--racine", str(racine), *DATE]) == 1
    told = simple(capsys.readouterr().err)
    assert "Le système refuse : le disque est plein (« " in told
    assert told.endswith("strategie.schema.json »). Ce qui était déjà publié est intact.\n")
    assert contenu(racine) == before


def test_a_disk_one_may_only_read_is_told_before_the_work_begins(
    racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: Any, **__: Any) -> str:
        raise OSError(30, "Read-only file system", str(racine / "sortie"))

    monkeypatch.setattr(depot.tempfile, "mkdtemp", refused)
    monkeypatch.setattr(cli, "temporaires", lambda: contextlib.nullcontext())
    assert cli.main(["donnees", "--racine", str(racine), *DATE]) == 1
    told = simple(capsys.readouterr().err)
    assert "ce disque est en lecture seule" in told
    assert "Données…" not in told


def test_a_site_that_cannot_be_built_replaces_nothing(
    racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ecrire(racine, {"docs/bienvenue.md": "# Bienvenue\n\n[La charte](charte.md)\n"})
    assert cli.main(["site", "--racine", str(racine), *DATE]) == 1
    told = simple(capsys.readouterr().err)
    assert "Le site n'a pas été remplacé" in told
    assert "docs/bienvenue.md" in told
    assert "charte.md" in told
    assert contenu(racine / "sortie") == {}


def test_a_template_that_is_wrong_is_told_by_its_name(racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gabarit = (construire.LIVREES / "macros/documents/strategie-et-schema.md.j2").read_text(encoding="utf-8")
    shutil.copytree(construire.LIVREES / "macros", racine / "macros")
    ecrire(racine, {"macros/documents/strategie-et-schema.md.j2": gabarit + "\n{{ inconnu }}\n"})
    assert cli.main(["documents", "--racine", str(racine), *DATE]) == 1
    told = simple(capsys.readouterr().err)
    assert "macros/documents/strategie-et-schema.md.j2" in told
    assert "inconnu" in told


def test_a_dossier_uses_its_own_templates_and_pages_or_those_of_the_program(racine: Path) -> None:
    assert lieux(racine).macros == construire.LIVREES / "macros"
    ecrire(racine, {"macros/menu.yml": "menu: []\n", "docs/index.md": "# Accueil\n"})
    assert (lieux(racine).macros, lieux(racine).docs) == (racine / "macros", racine / "docs")


def test_the_temporary_files_of_a_run_are_in_one_folder_that_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depot.tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("TMPDIR", raising=False)
    abandoned = tmp_path / "smde-travail-perdu"
    abandoned.mkdir()
    with temporaires():
        inside = Path(depot.tempfile.mkdtemp())
        assert inside.parent.parent == tmp_path
        assert os.environ["TMPDIR"] == str(inside.parent)
        assert not abandoned.exists()
    assert list(tmp_path.iterdir()) == []
    assert depot.tempfile.tempdir == str(tmp_path)
    assert "TMPDIR" not in os.environ
