"""The files of one version, as they were built: read whole, named strictly, each with its sha256."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smde.refus import Refus

EMPREINTES = "empreintes"
"""The folder of the lists of files, one a version: `sha256sum -c empreintes/2026-11.txt` checks it from the root."""
_CHEMIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Arborescence:
    """What is published under the name of a version."""

    dossier: Path
    version: str
    empreintes: Mapping[str, str]
    """The sha256 of each file, by path, in order."""
    octets: int

    @property
    def liste(self) -> bytes:
        """The list of the files with their sha256, as `sha256sum` writes it."""
        return "".join(f"{value}  {self.version}/{path}\n" for path, value in self.empreintes.items()).encode()

    @property
    def empreinte(self) -> str:
        """One sha256 that stands for every byte of the version."""
        return hashlib.sha256(self.liste).hexdigest()


def lire(dossier: Path, version: str) -> Arborescence:
    """The files of a folder; raises `Refus` on one that is not to be published: a link, an odd name, nothing at all."""
    found: dict[str, str] = {}
    size = 0
    for folder, folders, files in os.walk(dossier):
        for name in [*folders, *files]:
            file = Path(folder, name)
            path = file.relative_to(dossier).as_posix()
            if file.is_symlink() or not _CHEMIN.fullmatch(path):
                raise Refus(f"« {path} » ne peut pas être publié : nom inattendu, ou lien vers un autre fichier.")
            if name in files:
                content = file.read_bytes()
                found[path] = hashlib.sha256(content).hexdigest()
                size += len(content)
    if "index.html" not in found:
        raise Refus("Il n'y a rien à publier : le site n'a pas de page d'accueil.")
    return Arborescence(dossier, version, dict(sorted(found.items())), size)


def de_liste(content: bytes, version: str) -> dict[str, str] | None:
    """The sha256 of each file that a list names, None when it is not a list of this version."""
    found: dict[str, str] = {}
    for line in content.decode("utf-8", "replace").splitlines():
        value, mark, path = line.partition(f"  {version}/")
        if not mark or not re.fullmatch(r"[0-9a-f]{64}", value) or not _CHEMIN.fullmatch(path):
            return None
        found[path] = value
    return found
