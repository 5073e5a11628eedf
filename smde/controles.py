"""The whole test-suite, as CI runs it: style, types, tests, in that order, stopping at the first that fails."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

RACINE = Path(__file__).parents[1]


def lancer(arguments: Sequence[str]) -> int:
    """Run ruff, mypy and pytest from the repository; what follows `--` is for pytest. Gives the first bad exit code."""
    steps = [
        ("Style (ruff)", ["ruff", "check", "."]),
        ("Mise en forme (ruff)", ["ruff", "format", "--check", "."]),
        ("Types (mypy)", ["mypy", "--strict", "smde"]),
        ("Tests (pytest)", ["pytest", *arguments]),
    ]
    for words, command in steps:
        sys.stderr.write(f"{words}…\n")
        try:
            code = subprocess.run([sys.executable, "-m", *command], cwd=RACINE, check=False).returncode
        except OSError:
            code = 1
        if code:
            return code
    return 0
