"""The benchmarks run, measure what they say, and print lines that `tout.py` reads; on small dossiers, no promise asked.

What a busy machine measures is never compared with a promise here: that is what running the benchmarks is for.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from smde.model.champ import Diffusion
from tests.commande import PROJET
from tests.conftest import VALMER, verifier

LIENS = ("constats", "enjeux", "objectifs", "actions")


@pytest.fixture(scope="module")
def banc() -> Iterator[Any]:
    """The folder of the benchmarks, as the place where Python looks first."""
    sys.path.insert(0, str(PROJET / "benchmarks"))
    yield __import__
    sys.path.remove(str(PROJET / "benchmarks"))


def promesses(banc: Any, words: str) -> list[tuple[str, float]]:
    """What `tout.py` reads in the words of a benchmark: what is measured, and the promise."""
    found = list(banc("tout").resultats(words))
    assert all(resultat.mesure > 0 for resultat in found)
    return [(resultat.quoi, resultat.promesse) for resultat in found]


@pytest.mark.parametrize("nombre", [20, 100, 500])
def test_a_generated_dossier_has_the_elements_asked_for_and_no_fault(banc: Any, nombre: int, tmp_path: Path) -> None:
    banc("generer").ecrire(tmp_path, nombre)
    assert verifier(tmp_path) == []
    files = [file for name in ("strategy", "schema") for file in (tmp_path / name).rglob("*.yml")]
    elements = [element for file in files for element in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)]
    assert len(elements) == nombre
    assert all(45 <= len(element["texte"].split()) <= 60 for element in elements)
    links = [element[key] for element in elements for key in LIENS if key in element]
    assert all(1 <= len(link) <= 3 for link in links)
    assert all(file.stat().st_size < 1_000_000 for file in files)


def test_a_dossier_is_always_generated_the_same(banc: Any, tmp_path: Path) -> None:
    def content(folder: Path) -> dict[str, bytes]:
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.yml")}

    ecrire = banc("generer").ecrire
    assert content(ecrire(tmp_path / "a", 60)) == content(ecrire(tmp_path / "b", 60))
    assert content(tmp_path / "a") != content(ecrire(tmp_path / "c", 61))


def test_the_benchmark_of_publishing_prints_how_the_time_grows(banc: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert banc("bench_publier").main(["3"]) in (0, 1)
    assert promesses(banc, capsys.readouterr().out) == [("publier, de la 1re à la 3e version", 1.6)]


def test_the_benchmark_of_verifier_prints_its_ratios(banc: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert banc("bench_verifier").main([20, 100], tours=1) in (0, 1)
    assert promesses(banc, capsys.readouterr().out) == [
        ("verifier, 20 éléments", 0.8),
        ("verifier, 100 éléments", 0.8),
        ("verifier, de 20 à 100 éléments", 5.5),
        ("verifier, mémoire pour 100 éléments (Mo)", 300),
    ]


def test_the_benchmark_of_verifier_says_when_a_promise_is_not_kept(
    banc: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = banc("bench_verifier")
    measures = {1_000: (0.5, 0.2, 100.0), 10_000: (5.0, 2.0, 200.0)}
    monkeypatch.setattr(bench, "mesurer", lambda nombre, _: bench.Mesure(nombre, *measures[nombre]))
    assert bench.main([1_000, 10_000]) == 0
    for worse in ((2.0, 2.0, 200.0), (5.0, 2.5, 200.0), (5.0, 2.0, 301.0)):
        measures[10_000] = worse
        assert bench.main([1_000, 10_000]) == 1, worse
    assert "rapport 12.50 (promesse 11)" in capsys.readouterr().out


def test_the_benchmark_of_the_site_prints_its_ratios(banc: Any, capsys: pytest.CaptureFixture[str]) -> None:
    banc("bench_site").main([1, 3], rounds=1)
    assert promesses(banc, capsys.readouterr().out) == [("1 pages", 1.3), ("3 pages", 1.3), ("de 1 à 3 pages", 3)]


def test_the_benchmark_of_the_site_gives_both_the_same_words(banc: Any, tmp_path: Path) -> None:
    bench = banc("bench_site")
    bench.stage_theirs(3, tmp_path)
    page = (tmp_path / "docs/actions/action-2.md").read_text("utf-8")
    assert [bench.phrase(4 * 2 + place) in page for place in range(4)] == [True] * 4
    assert len(bench.phrase(7).split()) == 60


def test_the_benchmark_of_the_documents_prints_its_ratios(banc: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bench = banc("bench_documents")
    assert bench.main(chapters=1, rounds=1, racine=VALMER, niveau=Diffusion.public) in (0, 1)
    words = capsys.readouterr().out
    assert promesses(banc, words) == [
        ("docx", 1.5),
        ("pdf", 1.3),
        ("docx, hors pandoc, par page", 1.25),
        ("tous les documents, sans changement", 0.35),
    ]
    assert "2 fichiers" in words


def test_the_measures_that_benchmarks_print_make_one_table(banc: Any) -> None:
    words = (
        "150 pages, temps de processeur\n"
        "docx : pandoc seul 1.30 s, Word 1.50 s, rapport 1.15 (promesse 1.5)\n"
        "  100 pages : smde   3.10 s   mkdocs   2.90 s   rapport 1.07 (au plus 1,30)\n"
        "de 100 à 1000 pages : temps × 9.8 (au plus × 11)\n"
        "verifier, mémoire pour 10000 éléments (Mo) : 310 (promesse 300)\n"
    )
    tout = banc("tout")
    found = list(tout.resultats(words))
    assert found == [
        ("docx", 1.15, 1.5),
        ("100 pages", 1.07, 1.3),
        ("de 100 à 1000 pages", 9.8, 11),
        ("verifier, mémoire pour 10000 éléments (Mo)", 310, 300),
    ]
    assert [resultat.tenu for resultat in found] == [True, True, True, False]
    table = tout.tableau(found).splitlines()
    assert [line.endswith("NON TENU") for line in table] == [False, False, False, False, True]
    assert len({line.index(".") for line in table[1:]}) == 1, "the numbers stand in columns"


def test_a_benchmark_that_breaks_or_a_promise_not_kept_fails_the_whole(
    banc: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tout = banc("tout")
    monkeypatch.setattr(tout, "ICI", tmp_path)
    script = tmp_path / "bench_port.py"
    script.write_text("print('port : rapport 1.2 (promesse 1.5)')\n", encoding="utf-8")
    assert tout.main() == 0
    script.write_text("print('port : rapport 1.7 (promesse 1.5)')\n", encoding="utf-8")
    assert tout.main() == 1
    script.write_text("print('port : rapport 1.2 (promesse 1.5)')\nraise SystemExit(3)\n", encoding="utf-8")
    assert tout.main() == 1
    assert capfd.readouterr().out.count("NON TENU") == 1


@pytest.mark.lent
def test_the_benchmark_of_servir_sees_an_edit_in_the_open_page(banc: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert banc("bench_servir").main(["20"], fois=1) in (0, 1)
    assert promesses(banc, capsys.readouterr().out) == [("servir, 20", 0.05)]
