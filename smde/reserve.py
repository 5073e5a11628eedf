"""Files kept from one run to the next, under the digest of all that determines their bytes: never a stale one.

A file is kept with its own digest: one that was cut, changed or put under another name is as if it were not there.
"""

import dataclasses
import hashlib
import json
import os
import sys
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from smde.outputs.outil import deposit

DOSSIER = ".smde"
PAQUET = Path(__file__).parent
_FICHIERS = 96
_OCTETS = 300_000_000
"""How much is kept: the files used last."""


class Reserve:
    """What a dossier keeps. Nothing that goes wrong with it stops a run: files are then made again."""

    def __init__(self, racine: Path) -> None:
        self._cachee = racine / DOSSIER
        self._place = self._cachee / "documents"

    def lire(self, cle: str) -> bytes | None:
        """The file kept under this key, None when there is none that is whole."""
        place = self._place / cle
        try:
            if self._ailleurs() or place.is_symlink():
                return None
            kept = place.read_bytes()
            with suppress(OSError):
                os.utime(place)
        except OSError:
            return None
        digest, content = kept[:32], kept[32:]
        return content if digest == _digest(cle, content) else None

    def garder(self, cle: str, contenu: bytes) -> None:
        """Keep a file under its key, out of git."""
        with suppress(OSError):
            if self._ailleurs():
                return
            self._place.mkdir(parents=True, exist_ok=True)
            ignore = self._cachee / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8", newline="\n")
            deposit(self._place / cle, _digest(cle, contenu) + contenu)

    def ranger(self) -> None:
        """Forget the files used longest ago, beyond what is kept."""
        with suppress(OSError):
            if self._ailleurs():
                return
            files = [place for place in self._place.iterdir() if _is_key(place.name) and not place.is_symlink()]
            found = sorted(((place.stat(), place) for place in files), key=lambda one: -one[0].st_mtime_ns)
            total = 0
            for rank, (stat, place) in enumerate(found):
                total += stat.st_size
                if rank >= _FICHIERS or total > _OCTETS:
                    place.unlink()

    def _ailleurs(self) -> bool:
        """Whether a link leads out of the dossier, where nothing is ours."""
        return self._cachee.is_symlink() or self._place.is_symlink()


def cle(*ingredients: object) -> str:
    """The key of what is made of these ingredients by this very program, on this machine.

    Raises TypeError on an ingredient whose every part cannot be told.
    """
    told = json.dumps([_programme(), list(ingredients)], default=_told, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def _told(value: Any) -> Any:
    """What JSON does not know, as what it knows; kinds that could be confused say their name."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {"genre": f"{type(value).__module__}.{type(value).__qualname__}", **fields}
    if isinstance(value, bytes):
        return {"octets": hashlib.sha256(value).hexdigest()}
    if isinstance(value, frozenset | set):
        return {"ensemble": sorted(value)}
    if isinstance(value, Mapping):
        return {"table": list(value.items())}
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"nothing is known of what a {type(value).__name__} holds")


@lru_cache(maxsize=1)
def _programme() -> str:
    """The digest of the program: its files, the libraries installed beside it, the Python that runs it."""
    digest = hashlib.sha256()
    for file in sorted(path for path in PAQUET.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(f"{file.relative_to(PAQUET).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    libraries: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            libraries.update(name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))
    machine = [*sorted(libraries), sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION]
    digest.update("\0".join(machine).encode("utf-8", "replace"))
    return digest.hexdigest()


def _digest(cle: str, content: bytes) -> bytes:
    return hashlib.sha256(cle.encode("ascii") + content).digest()


def _is_key(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")
