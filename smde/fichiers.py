"""Which files make a dossier, and the files its elements name; what leads outside the dossier is refused."""

import hashlib
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from smde.composer import FORBIDDEN, MARKER
from smde.diagnostic import Diagnostic, Place, suggestion
from smde.source import reason

FOLDERS = ("strategy", "schema", "data")
MAX_FOLDERS = 16
_YAML = (".yml", ".yaml")
_BREAKS = re.compile(r"[\t\n\r]")
_COPY = "Copiez le fichier lui-même dans le dossier."


class Files(NamedTuple):
    """The YAML files of a dossier, in order, and what was refused on the way."""

    found: list[tuple[Path, str]]
    """Each file, and its path relative to the dossier, with `/`."""
    diagnostics: list[Diagnostic]


def files_of(racine: Path) -> Files:
    """The YAML files of the three folders; hidden ones are passed over."""
    files = Files([], [])
    home = Path(os.path.realpath(racine))
    for name in FOLDERS:
        if os.path.lexists(racine / name):
            _look(racine / name, name, home, files)
    return files


def _refuse(files: Files, path: str, code: str, message: str, aide: str) -> None:
    place = Place(_BREAKS.sub(MARKER, FORBIDDEN.sub(MARKER, path)))
    files.diagnostics.append(Diagnostic(place, "erreur", code, message, aide))


def _look(file: Path, path: str, home: Path, files: Files) -> None:
    """Take a file, or what a folder holds."""
    is_yaml = file.suffix.lower() in _YAML
    is_folder = file.is_dir() if not file.is_symlink() else os.path.isdir(os.path.realpath(file))
    if not (is_yaml or is_folder or path in FOLDERS):
        return
    if FORBIDDEN.search(path) or _BREAKS.search(path):
        _refuse(files, path, "nom-de-fichier", "Ce nom contient un caractère invisible ou illisible.", "Renommez-le.")
        return
    if file.is_symlink():
        target = Path(os.path.realpath(file))
        if not target.is_relative_to(home):
            _refuse(files, path, "hors-dossier", "Ce lien mène hors du dossier.", _COPY)
            return
        if is_folder or not target.is_file():
            found = "Ce lien vers un dossier n'est pas suivi." if is_folder else "Ce lien ne mène à aucun fichier."
            _refuse(files, path, "fichier-illisible", found, _COPY)
            return
    if is_folder and is_yaml:
        message = "Un fichier est attendu, c'est un dossier."
        _refuse(files, path, "fichier-illisible", message, "Ôtez l'extension de son nom.")
    elif is_folder or path in FOLDERS:
        _look_inside(file, path, home, files)
    elif file.is_file():
        files.found.append((file, path))
    else:
        message = "Ce n'est pas un fichier ordinaire."
        _refuse(files, path, "fichier-illisible", message, "Remplacez-le par un fichier texte.")


def _look_inside(folder: Path, path: str, home: Path, files: Files) -> None:
    if path.count("/") >= MAX_FOLDERS:
        _refuse(files, path, "trop-imbrique", f"Plus de {MAX_FOLDERS} dossiers l'un dans l'autre.", "Simplifiez.")
        return
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        aide = "Vérifiez ses droits d'accès, ou remettez-le en place."
        _refuse(files, path, "fichier-illisible", f"Ce dossier ne peut pas être lu : {reason(error)}.", aide)
        return
    for name in names:
        if not name.startswith("."):
            _look(folder / name, f"{path}/{name}", home, files)


class Named(NamedTuple):
    """A file that an element names, or why it cannot be taken."""

    file: Path
    path: str = ""
    message: str = ""
    aide: str = ""


def named(racine: Path, beside: str, value: str) -> Named:
    """The file `value`, given relative to the folder of the file `beside`."""
    folder = (racine / beside).parent
    home = os.path.realpath(racine)
    file = Path(os.path.realpath(folder / value))
    if Path(value).is_absolute() or "\\" in value or not file.is_relative_to(home):
        aide = "Donnez un chemin relatif, avec des `/`, vers un fichier du dossier."
        return Named(file, "", "mène hors du dossier", aide)
    try:
        is_file = file.is_file()
    except OSError:
        is_file = False
    if is_file:
        return Named(file, file.relative_to(home).as_posix())
    near = suggestion(value, _names(folder))
    return Named(
        file,
        "",
        f"n'existe pas dans `{folder.relative_to(racine).as_posix()}/`",
        near or "Ajoutez le fichier, ou corrigez son nom.",
    )


def sealed(racine: Path, beside: str, value: str, empreinte: str) -> Named:
    """The same, for a file that must be, byte for byte, the one of which this is the sha256."""
    found = named(racine, beside, value)
    if found.message:
        return found
    try:
        state = found.file.stat()
        seal = _seal(found.file, state.st_ino, state.st_size, state.st_mtime_ns)
    except OSError as error:
        return found._replace(path="", message=f"ne peut pas être lu : {reason(error)}")
    return found if seal == empreinte else found._replace(path="", message="n'a plus l'empreinte inscrite au registre")


@lru_cache(maxsize=4096)
def _seal(file: Path, *_state: int) -> str:
    """The sha256 of a file, read again only when its state on disk is another: the preview asks at each edit."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _names(folder: Path) -> Iterator[str]:
    try:
        yield from sorted(name for name in os.listdir(folder) if Path(name).suffix.lower() not in _YAML)
    except OSError:
        return
