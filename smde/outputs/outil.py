"""Running a tool (pandoc, Typst, LibreOffice) with a time limit, and laying a finished file down whole."""

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path


class OutilEnEchec(Exception):
    """A tool is missing, failed, or took too long: the message says which one and what it said."""


class Equipe:
    """The tools that threads have started together, so that one call ends them all; to be used with `with`."""

    def __init__(self) -> None:
        self._au_travail: set[subprocess.Popen[bytes]] = set()
        self._verrou = threading.Lock()
        self._arret = False

    def __enter__(self) -> "Equipe":
        return self

    def __exit__(self, *_: object) -> None:
        self.arreter()

    def rejoindre(self) -> None:
        """From now on, the tools this thread starts are of the team."""
        _EQUIPE.set(self)

    def arreter(self) -> None:
        """End the tools at work, and those that would start later."""
        with self._verrou:
            self._arret = True
            for process in self._au_travail:
                _kill(process)

    def prendre(self, process: subprocess.Popen[bytes]) -> None:
        """Count a tool that has just started."""
        with self._verrou:
            self._au_travail.add(process)
            if self._arret:
                _kill(process)

    def rendre(self, process: subprocess.Popen[bytes]) -> None:
        """A tool has ended."""
        with self._verrou:
            self._au_travail.discard(process)


_EQUIPE: ContextVar[Equipe | None] = ContextVar("equipe", default=None)


def run(nom: str, command: Sequence[str], *, entree: bytes = b"", secondes: int = 120) -> bytes:
    """What the command prints; `nom` is how messages call the tool."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
    except FileNotFoundError:
        raise OutilEnEchec(f"{nom} est introuvable. Relancez l’installation : `python3 build.py`.") from None
    equipe = _EQUIPE.get()
    if equipe is not None:
        equipe.prendre(process)
    try:
        printed, said = process.communicate(entree, timeout=secondes)
    except BaseException as interruption:
        _end(process)
        if isinstance(interruption, subprocess.TimeoutExpired):
            raise OutilEnEchec(f"{nom} n’a pas terminé en {secondes} secondes : le travail est abandonné.") from None
        raise
    finally:
        if equipe is not None:
            equipe.rendre(process)
    if process.returncode:
        explanation = said.decode("utf-8", "replace").strip() or "sans explication, sans doute faute de mémoire"
        raise OutilEnEchec(f"{nom} a échoué (code {process.returncode}) : {explanation}")
    return printed


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the tool and what it started itself, and wait until it is."""
    _kill(process)
    process.communicate()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def empreinte(program: Path) -> tuple[str, int, int]:
    """What tells an installed program from another version of it: where it is, its size, its date."""
    place = Path(os.path.realpath(program))
    found = place.stat() if place.is_file() else os.stat_result([0] * 10)
    return str(place), found.st_size, found.st_mtime_ns


def deposit(target: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all."""
    aside = target.with_name(f".{target.name}.en-cours")
    aside.write_bytes(content)
    os.replace(aside, target)
