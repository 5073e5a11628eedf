"""The whole test-suite, as CI runs it: style, types, tests, in that order, stopping at the first that fails."""

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from smde.refus import Refus

RACINE = Path(__file__).parents[1]
OUTILS = ("ruff", "mypy", "pytest")


def lancer(arguments: Sequence[str]) -> int:
    """Run ruff, mypy and pytest from the repository; `arguments` are for pytest. Gives the first bad exit code.

    Raises `Refus` where the tools or the tests are not.
    """
    absent = [nom for nom in OUTILS if find_spec(nom) is None]
    if absent:
        raise Refus(
            f"Les outils de test ne sont pas installés ({', '.join(absent)}). Lancez, dans le dossier du projet : "
            "python3 build.py tests"
        )
    if not (RACINE / "tests").is_dir():
        raise Refus("Les tests ne sont pas livrés avec ce programme : lancez-les dans une copie du projet.")
    steps = [
        ("Style (ruff)", ["ruff", "check", "."]),
        ("Mise en forme (ruff)", ["ruff", "format", "--check", "."]),
        ("Types (mypy)", ["mypy", "--strict", "smde"]),
        ("Tests (pytest)", ["pytest", *_parallel(arguments), *arguments]),
    ]
    # How this very run was called must not change what the tests see.
    environment = {name: value for name, value in os.environ.items() if name != "SMDE_PROGRAMME"}
    for words, command in steps:
        sys.stderr.write(f"{words}…\n")
        sys.stderr.flush()
        code = subprocess.run([sys.executable, "-m", *command], cwd=RACINE, env=environment, check=False).returncode
        if code:
            return code
    return 0


def _parallel(arguments: Sequence[str]) -> list[str]:
    """Every core at work, unless only some tests are asked for, which start sooner in one process."""
    if arguments or find_spec("xdist") is None:
        return []
    return ["-n", "auto", "--dist", "loadfile"]
