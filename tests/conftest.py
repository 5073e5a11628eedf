"""What every test shares: a small dossier that reads like a real one, how to write another, and the goldens."""

import gc
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from smde import git, rules
from smde.diagnostic import Diagnostic, in_order
from smde.dossier import Dossier, charger

TESTS = Path(__file__).parent
VALMER = TESTS / "dossiers" / "valmer"
"""A whole dossier without any fault: 2 themes, 4 constats, 2 enjeux, 2 objectifs, 2 priorités, 2 actions."""

settings.register_profile("stable", deadline=None, derandomize=True)
settings.register_profile("hasard", deadline=None, max_examples=1000)
settings.load_profile("hasard" if os.environ.get("SMDE_HASARD") == "1" else "stable")
"""The same examples at each run; SMDE_HASARD=1 looks for new ones."""

os.environ["COLUMNS"] = "100"
"""What the program prints is folded to the width of the terminal: the same for every machine that runs the tests."""

Fichiers = Mapping[str, str | bytes]

collect_ignore = [] if git.demande(TESTS, "rev-parse", "--is-shallow-repository") == "false" else ["test_jalons.py"]
"""A copy without its history has no milestones to look at."""


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


def souligne(diagnostic: Diagnostic) -> str:
    """The words a report underlines."""
    span = diagnostic.place.span
    return diagnostic.place.excerpt[span.column - 1 : span.end_column - 1]


def duree(work: Callable[[], object]) -> float:
    """CPU seconds of the quickest of three runs; only ever compared with another duration of the same run.

    The collector is at rest, as it is while the program builds: it would look through what other tests left.
    """
    found = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            start = time.process_time()
            work()
            found.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(found)


ANGLAIS = re.compile(
    r"\b(?:the|should|input|field|expected|while|found|did|could|value|must|string|error|allowed|required|missing|"
    r"extra|permitted|unable|parsing|block|mapping|key|character|unknown|invalid|unexpected|none|is|are|be|of|denied)\b",
    re.IGNORECASE,
)


def verifie_le_francais(diagnostic: Diagnostic) -> None:
    """A message is a French sentence with a place and an advice; what it quotes may be in any language."""
    for words in (diagnostic.message, diagnostic.aide):
        prose = re.sub(r"`[^`]*`|« [^»]* »", "…", words)
        assert not ANGLAIS.search(prose), words
        assert words.endswith((".", "?", "…")), words
        assert not re.search(r"[\x00-\x1f\x7f]", words), repr(words)
    assert diagnostic.message[0].isupper() or diagnostic.message[0] in "`«", diagnostic.message
    assert diagnostic.place.path
    assert diagnostic.place.span.column >= 1
    assert diagnostic.place.span.end_column > diagnostic.place.span.column or not diagnostic.place.excerpt


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
