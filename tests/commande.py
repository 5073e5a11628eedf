"""The command as a person types it: a process of its own, in a chosen folder and environment."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

PROJET = Path(__file__).parents[1]
ANGLAIS = re.compile(
    r"\b(?:usage:|positional|arguments? are|required|unrecognized|invalid|choose|choice|expected|show|help|"
    r"error|exit|ambiguous|default|warning|deprecated|the|not|this|with|could|found|unknown|missing|must|should|file|"
    r"directory|permission|denied|no such|traceback)\b",
    re.IGNORECASE,
)


class Reponse(NamedTuple):
    """What a command answered."""

    code: int
    sortie: str
    dit: str
    """What was written on the error stream."""


def smde(
    *arguments: str | Path, dossier: Path | None = None, env: Mapping[str, str] | None = None, secondes: int = 240
) -> Reponse:
    """Run `python -m smde` with these arguments, from `dossier`, with these variables added."""
    done = subprocess.run(
        [sys.executable, "-m", "smde", *map(str, arguments)],
        cwd=dossier or PROJET,
        env=environnement(env),
        capture_output=True,
        timeout=secondes,
        check=False,
    )
    return Reponse(done.returncode, simple(done.stdout.decode()), simple(done.stderr.decode()))


def simple(words: str) -> str:
    """Words with plain spaces, to be compared with what a test spells."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def environnement(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of this process, without what would change how the program speaks or dates."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SMDE_", "SOURCE_DATE", "GIT_"))}
    return {**kept, "PYTHONPATH": str(PROJET), **(more or {})}


def anglais(words: str) -> list[str]:
    """English words in what a person reads; what is quoted « … », an option or a path may be in any language."""
    prose = re.sub(r"« [^»]* »|--[a-z-]+|\S*[/.]\S+|\[-h\]|-h\b", "…", words)
    return ANGLAIS.findall(prose)


def git(dossier: Path, *arguments: str, jour: str = "2020-03-02") -> str:
    """Run git in a folder, as one author and at noon of one day."""
    env = {
        **environnement(),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_DATE": f"{jour}T12:00:00+00:00",
        "GIT_COMMITTER_DATE": f"{jour}T12:00:00+00:00",
    }
    identity = [
        "-c",
        "user.name=Rédactrice",
        "-c",
        "user.email=redaction@valmer.example",
        "-c",
        "protocol.file.allow=always",
    ]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=dossier, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout
