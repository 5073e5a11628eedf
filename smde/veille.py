"""Which files the site is made from, and whether they have changed."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from smde.construire import lieux
from smde.fichiers import FOLDERS
from smde.outputs.scene import THEME

Etat = dict[str, tuple[int, int]]
"""Date and size of files, by path."""


def etat_des_fichiers(racine: Path) -> Etat:
    """The files of a dossier, its templates, its hand-written pages, its settings, and the look of the site."""
    places = lieux(racine)
    return etat(*(racine / name for name in FOLDERS), places.macros, places.docs, places.reglages, THEME)


def etat(*roots: Path) -> Etat:
    """Date and size of every file a person edits in some folders."""
    found: Etat = {}
    for root in roots:
        if root.is_file():
            status = root.stat()
            found[str(root)] = (status.st_mtime_ns, status.st_size)
        else:
            found.update(_inside(str(root)))
    return found


def _inside(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The files of a folder, neither hidden nor left by an editor or by Python; what goes meanwhile is passed over."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name.endswith("~") or entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _inside(entry.path)
            else:
                with suppress(OSError):
                    status = entry.stat()
                    yield entry.path, (status.st_mtime_ns, status.st_size)
