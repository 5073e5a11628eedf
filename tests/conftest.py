"""What every test shares: a small dossier that reads like a real one, how to write another, and the goldens."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from smde import rules
from smde.diagnostic import Diagnostic, in_order
from smde.dossier import Dossier, charger

TESTS = Path(__file__).parent
VALMER = TESTS / "dossiers" / "valmer"
"""A whole dossier without any fault: 2 themes, 4 constats, 2 enjeux, 2 objectifs, 2 priorités, 2 actions."""

Fichiers = Mapping[str, str | bytes]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one switch that accepts new goldens."""
    parser.addoption("--accepter", action="store_true", help="write the goldens again instead of comparing with them")


def ecrire(racine: Path, fichiers: Fichiers) -> Path:
    """Write the files of a dossier, given by their path in it, and return its folder."""
    for path, content in fichiers.items():
        file = racine / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return racine


def lire(racine: Path) -> dict[str, str | bytes]:
    """The files of a dossier, by path."""
    return {
        file.relative_to(racine).as_posix(): file.read_text("utf-8")
        for file in sorted(racine.rglob("*"))
        if file.is_file()
    }


def verifier(racine: Path) -> list[Diagnostic]:
    """Everything wrong in a dossier: reading, model, links, rules, in the order of the report."""
    dossier = charger(racine)
    return in_order([*dossier.diagnostics, *rules.run(dossier)])


def premieres_lignes(diagnostics: list[Diagnostic]) -> list[str]:
    """One line per diagnostic, `path:line:column [code] message`: what most tests compare."""
    return [
        f"{d.place.path}:{d.place.span.line}:{d.place.span.column} [{d.code}] {d.message}"
        for d in in_order(diagnostics)
    ]


@pytest.fixture(scope="session")
def fichiers_valmer() -> Fichiers:
    """The files of the whole dossier; change a copy: `{**fichiers_valmer, "strategy/enjeux.yml": "…"}`."""
    return lire(VALMER)


@pytest.fixture(scope="session")
def valmer() -> Dossier:
    """The whole dossier, read once; not to be changed."""
    return charger(VALMER)


@pytest.fixture
def racine(tmp_path: Path, fichiers_valmer: Fichiers) -> Path:
    """The whole dossier in a folder of its own, to be changed at will."""
    return ecrire(tmp_path / "valmer", fichiers_valmer)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with `tests/goldens/<name>`; `--accepter` (or SMDE_ACCEPTER=1) writes it instead."""
    accept = request.config.getoption("--accepter") or os.environ.get("SMDE_ACCEPTER") == "1"

    def compare(name: str, text: str) -> None:
        file = TESTS / "goldens" / name
        if accept:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert file.is_file(), f"no golden {name}: run pytest --accepter and read it"
        assert text == file.read_bytes().decode()

    return compare
