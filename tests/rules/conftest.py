"""A small dossier without fault, whole from constat to moyen, to which each test adds a few files."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from smde.diagnostic import Diagnostic
from tests.conftest import ecrire, lire, verifier

SOCLE = lire(Path(__file__).parent / "socle")
"""What every example of a rule stands on: themes, sources, territories, actors, and one chain of the strategy."""

Fichiers = Mapping[str, str]
Juger = Callable[[Fichiers], list[Diagnostic]]


@pytest.fixture
def juger(tmp_path_factory: pytest.TempPathFactory) -> Juger:
    """Everything wrong in the small dossier once these files are added to it (or take the place of its own)."""

    def run(fichiers: Fichiers) -> list[Diagnostic]:
        return verifier(ecrire(tmp_path_factory.mktemp("dossier"), {**SOCLE, **fichiers}))

    return run


@pytest.fixture
def messages(juger: Juger) -> Callable[[str, Fichiers], list[str]]:
    """What one rule says of the small dossier with these files."""

    def run(code: str, fichiers: Fichiers) -> list[str]:
        return [diagnostic.message for diagnostic in juger(fichiers) if diagnostic.code == code]

    return run


@pytest.fixture
def lieux(juger: Juger) -> Callable[[str, Fichiers], list[tuple[str, int, int]]]:
    """Where one rule finds something in the small dossier with these files: path, line, column."""

    def run(code: str, fichiers: Fichiers) -> list[tuple[str, int, int]]:
        return [
            (diagnostic.place.path, diagnostic.place.span.line, diagnostic.place.span.column)
            for diagnostic in juger(fichiers)
            if diagnostic.code == code
        ]

    return run
