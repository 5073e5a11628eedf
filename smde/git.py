"""Git asked one question at a time. What people type is resolved to a hash first, and only hashes go further."""

import io
import os
import subprocess
import tarfile
from pathlib import Path

_HORS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""Variables by which git, when it runs a hook, would answer of another repository than the one asked about."""
DELAI = 30
"""Seconds after which git is taken not to answer."""


def demande(racine: Path, *arguments: str) -> str | None:
    """What git answers, None when it refuses.

    Raises FileNotFoundError when git is not installed, subprocess.TimeoutExpired when it does not answer.
    """
    answer = octets(racine, *arguments)
    return None if answer is None else answer.decode("utf-8", "replace").strip()


def octets(racine: Path, *arguments: str) -> bytes | None:
    """The bytes git answers, None when it refuses; raises as `demande`."""
    command = ["git", "-C", str(racine), "-c", "log.showSignature=false", *arguments]
    environment = {key: value for key, value in os.environ.items() if key not in _HORS}
    done = subprocess.run(command, capture_output=True, timeout=DELAI, check=False, env=environment)
    return done.stdout if done.returncode == 0 else None


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
