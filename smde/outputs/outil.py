"""Running a tool (pandoc, Typst, LibreOffice) with a time limit, and laying a finished file down whole."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


class OutilEnEchec(Exception):
    """A tool is missing, failed, or took too long: the message says which one and what it said."""


def run(nom: str, command: Sequence[str], *, entree: bytes = b"", secondes: int = 120) -> bytes:
    """What the command prints; `nom` is how messages call the tool."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
    except FileNotFoundError:
        raise OutilEnEchec(f"{nom} est introuvable. Relancez l’installation : `python3 build.py`.") from None
    try:
        printed, said = process.communicate(entree, timeout=secondes)
    except BaseException as interruption:
        _end(process)
        if isinstance(interruption, subprocess.TimeoutExpired):
            raise OutilEnEchec(f"{nom} n’a pas terminé en {secondes} secondes : le travail est abandonné.") from None
        raise
    if process.returncode:
        explanation = said.decode("utf-8", "replace").strip() or "sans explication, sans doute faute de mémoire"
        raise OutilEnEchec(f"{nom} a échoué (code {process.returncode}) : {explanation}")
    return printed


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the tool and what it started itself."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def deposit(target: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all."""
    aside = target.with_name(f".{target.name}.en-cours")
    aside.write_bytes(content)
    os.replace(aside, target)
