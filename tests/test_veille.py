"""Which files are watched, when they are read, and when work goes on that nobody waits for."""

import time
from itertools import count, pairwise
from pathlib import Path

import pytest

from smde import servir as module
from smde.veille import etat, etat_des_fichiers
from tests.conftest import ecrire


def test_nothing_is_made_ahead_while_somebody_reads_or_writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Occupe:
        """A preview that is asked for one page in the middle, and notes when it works ahead."""

        racine, sollicite = tmp_path, time.monotonic()
        avances: list[float]

        def __init__(self) -> None:
            self.avances = []

        def relire(self) -> None:
            self.sollicite = time.monotonic()

        def avancer(self) -> bool:
            self.avances.append(time.monotonic() - self.sollicite)
            if len(self.avances) == 3:
                self.sollicite = time.monotonic()
            if len(self.avances) == 6:
                raise KeyboardInterrupt
            return True

    monkeypatch.setattr(module, "REPOS", 0.2)
    occupe = Occupe()
    with pytest.raises(KeyboardInterrupt):
        module._suivre(occupe)  # type: ignore[arg-type]
    assert len(occupe.avances) == 6
    assert min(occupe.avances) > 0.2


def test_a_change_is_looked_for_between_two_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    looked: list[float] = []

    class Acharne:
        """A preview that always has something to make ahead."""

        racine, sollicite = tmp_path, 0.0

        def relire(self) -> None:
            if len(looked) > 3:
                raise KeyboardInterrupt

        def avancer(self) -> bool:
            time.sleep(0.02)
            return True

    def states(_: Path) -> dict[str, tuple[int, int]]:
        looked.append(time.monotonic())
        return {"enjeux.yml": (len(looked) // 4, 1)}

    monkeypatch.setattr(module, "etat_des_fichiers", states)
    with pytest.raises(KeyboardInterrupt):
        module._suivre(Acharne())  # type: ignore[arg-type]
    assert len(looked) >= 4


def test_on_a_slow_disk_files_are_looked_at_again_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    looked: list[float] = []

    class Tranquille:
        """A preview that has nothing to make."""

        racine, sollicite = tmp_path, 0.0

        def relire(self) -> None:
            pass

        def avancer(self) -> bool:
            return False

    def slow(_: Path) -> dict[str, tuple[int, int]]:
        looked.append(time.monotonic())
        time.sleep(0.2)
        if len(looked) == 3:
            raise KeyboardInterrupt
        return {}

    monkeypatch.setattr(module, "etat_des_fichiers", slow)
    monkeypatch.setattr(module, "LENT", 0.3)
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        module._suivre(Tranquille())  # type: ignore[arg-type]
    assert all(later - former > 0.45 for former, later in pairwise(looked))
    assert time.monotonic() - start < 2 * 1.2, "five times as long as it takes to look, were it not for the limit"


def test_files_are_read_once_they_are_saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    states = iter([{"a": (1, 10)}, {"a": (2, 20)}, {"a": (2, 30)}, {"a": (2, 30)}, {"a": (9, 99)}])
    monkeypatch.setattr(module, "etat_des_fichiers", lambda _: next(states))
    assert module._enregistres(tmp_path, next(states)) == {"a": (2, 30)}


def test_files_that_never_stop_changing_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ticks = count()
    monkeypatch.setattr(module, "etat_des_fichiers", lambda _: {"a": (next(ticks), 1)})
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    assert module._enregistres(tmp_path, {})


def test_only_the_files_a_writer_edits_are_watched(racine: Path) -> None:
    before = etat_des_fichiers(racine)
    ecrire(racine, {"strategy/.enjeux.yml.swp": "x", "data/acteurs.yml~": "x", "sortie/public/site/index.html": "x"})
    assert etat_des_fichiers(racine) == before
    ecrire(racine, {"data/indicateurs/nouveau.csv": "periode,valeur,note\n"})
    assert etat_des_fichiers(racine).keys() - before.keys() == {str(racine / "data/indicateurs/nouveau.csv")}


def test_a_file_that_goes_while_files_are_looked_at_is_passed_over(racine: Path) -> None:
    before = etat_des_fichiers(racine)
    for folder in ("strategy", "data", "schema/actions"):
        (racine / folder / "perdu.yml").symlink_to(racine / "nulle-part.yml")
    assert etat_des_fichiers(racine) == before
    assert etat(racine / "nulle-part") == {}
