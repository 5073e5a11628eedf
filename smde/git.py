"""Git asked one question at a time. What people type is resolved to a hash first, and only hashes go further."""

import io
import os
import shlex
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_HORS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
"""Variables by which git, when it runs a hook, would answer of another repository than the one asked about."""
DELAI = 30
"""Seconds after which git is taken not to answer."""
DELAI_LONG = 900
"""The same where much is written, or sent far away."""


class Reponse(NamedTuple):
    """What git answered."""

    code: int
    sortie: bytes
    plainte: str
    """What it said on its error stream, in English."""


def demande(racine: Path, *arguments: str) -> str | None:
    """What git answers, None when it refuses.

    Raises FileNotFoundError when git is not installed, subprocess.TimeoutExpired when it does not answer.
    """
    answer = octets(racine, *arguments)
    return None if answer is None else answer.decode("utf-8", "replace").strip()


def octets(racine: Path, *arguments: str, entree: bytes = b"") -> bytes | None:
    """The bytes git answers, given `entree` to read, None when it refuses; raises as `demande`."""
    answer = lance(racine, *arguments, entree=entree)
    return answer.sortie if answer.code == 0 else None


def lance(
    racine: Path,
    *arguments: str,
    entree: bytes = b"",
    variables: Mapping[str, str] | None = None,
    delai: float = DELAI,
) -> Reponse:
    """All that git answers, given `entree` to read, with these environment variables added; raises as `demande`.

    It never asks for a password: nobody would see the question.
    """
    command = ["git", "-C", str(racine), "-c", "log.showSignature=false", "-c", "gc.auto=0", *arguments]
    environment = {key: value for key, value in os.environ.items() if key not in _HORS}
    environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **(variables or {})}
    done = subprocess.run(command, input=entree, capture_output=True, timeout=delai, check=False, env=environment)
    return Reponse(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())


def dernier_mot(reponse: Reponse) -> str:
    """Why git refused, in its own words: what the remote told, else its last line, without what disturbs a terminal."""
    lines = [line.strip() for line in reponse.plainte.splitlines() if line.strip()]
    told = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    words = " ".join(filter(None, told)) or next((line for line in reversed(lines) if "hint:" not in line), "")
    shown = "".join(letter if letter.isprintable() else " " for letter in words.removeprefix("fatal: "))
    return f"« {shown[:300].rstrip('.')} »" if shown else f"code {reponse.code}"


def refuse(racine: Path) -> str:
    """What to say of a folder that git declines to read because it belongs to somebody else; nothing of another one."""
    if "dubious ownership" not in lance(racine, "rev-parse", "--git-dir").plainte:
        return ""
    return (
        f"git refuse de lire « {racine.absolute()} », qui appartient à un autre utilisateur de cette machine. Si vous "
        f"savez d'où il vient : git config --global --add safe.directory {shlex.quote(str(racine.absolute()))}"
    )


def commit(racine: Path, nom: str) -> str | None:
    """The hash of a revision, None when there is none of that name; a name that looks like an option names nothing."""
    return demande(racine, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{nom}^{{commit}}")


def extraire(racine: Path, revision: str, dossiers: tuple[str, ...], cible: Path) -> bool:
    """Write these folders of `racine`, as they were at a commit given by its hash; whether it held any of them."""
    prefix = demande(racine, "rev-parse", "--show-prefix") or ""
    top = Path(demande(racine, "rev-parse", "--show-toplevel") or racine)
    tree = f"{revision}:{prefix.rstrip('/')}"
    names = (demande(top, "ls-tree", "--name-only", "-z", tree) or "").split("\0")
    held = [nom for nom in dossiers if nom in names]
    archive = octets(top, "archive", "--format=tar", tree, *held) if held else None
    if archive is None:
        return False
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(cible, filter="data")
    return True
