"""Where outputs are laid: made aside, then put in place whole. Never touches what the program did not make."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from smde.refus import Refus

try:
    import fcntl
except ImportError:  # Windows has no such lock: there, what a killed run left stays
    fcntl = None  # type: ignore[assignment]

EN_COURS = ".smde-en-cours-"
PRODUITS = ".smde-produits"
"""The list of the files the program made in a folder of outputs, one path a line."""
_DROPPED = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems leave in a folder one has looked into."""
CONTENU = ("strategy", "schema", "data", "macros", "docs")


class Depot:
    """The outputs of one run, on their way to the folders of these names in `cible`; to be used with `with`."""

    def __init__(self, cible: Path, noms: Sequence[str], racine: Path) -> None:
        self.cible, self.noms = cible, noms
        refuser_dedans(cible, racine)
        self._produits = _read_list(cible / PRODUITS)
        self._travail = Path()

    def __enter__(self) -> "Depot":
        """Refuse what cannot be replaced, then make the folder where the outputs are prepared."""
        try:
            self.cible.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise Refus(f"« {self.cible} » n'est pas un dossier : choisissez-en un autre avec --sortie.") from None
        self._context = travail(self.cible.absolute(), EN_COURS)
        self._travail = self._context.__enter__()
        try:
            for nom in self.noms:
                self._refuse_foreign(nom)
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def neuf(self, nom: str) -> Path:
        """Where to make an output; its folder is still to be created."""
        return self._travail / "neuf" / nom

    def ecrire(self, nom: str, files: Mapping[str, bytes], *, garder: bool = False) -> None:
        """Prepare an output made of these files; with `garder`, beside those already published."""
        if garder and (self.cible / nom).is_dir():
            shutil.copytree(self.cible / nom, self.neuf(nom))
        for path, content in files.items():
            destination = self.neuf(nom) / path
            destination.parent.mkdir(parents=True, exist_ok=True)
            destination.write_bytes(content)

    def installer(self) -> None:
        """Put all that was prepared in its place; the former outputs are there, or the new ones, at any moment."""
        made = {nom: _files(self.neuf(nom), nom) for nom in self.noms if self.neuf(nom).is_dir()}
        self._produits = _read_list(self.cible / PRODUITS)  # another run may have ended meanwhile
        for nom in made:
            self._refuse_foreign(nom)
        others = {path for path in self._produits if path.split("/", 1)[0] not in made}
        # Until all is in place, the list names the former files and the new ones: it never says too little.
        self._write_list(self._produits.union(*made.values()))
        ancien = self._travail / "ancien"
        ancien.mkdir()
        for nom in made:
            echanger(self.neuf(nom), self.cible / nom, ancien / nom)
        self._write_list(others.union(*made.values()))

    def _refuse_foreign(self, nom: str) -> None:
        place = self.cible / nom
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise Refus(f"« {place} » n'est pas un dossier : déplacez-le, ou choisissez une autre --sortie.")
        foreign = sorted(path for path in _files(place, nom) - self._produits if not _dropped(path))
        if foreign:
            raise Refus(
                f"« {self.cible / foreign[0]} » n'a pas été fait par ce programme, qui ne supprime que ce qu'il a "
                "fait : déplacez-le, ou choisissez une autre --sortie."
            )

    def _write_list(self, paths: Iterable[str]) -> None:
        aside = self._travail / PRODUITS
        aside.write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8", newline="\n")
        os.replace(aside, self.cible / PRODUITS)

    def _leave(self) -> None:
        self._context.__exit__(None, None, None)


def refuser_dedans(cible: Path, racine: Path, option: str = "--sortie") -> None:
    """Raises `Refus` when outputs would be mixed with the content they are made from; `option` gives another place."""
    place, home = Path(os.path.realpath(cible)), Path(os.path.realpath(racine))
    if place == home or any(place.is_relative_to(home / nom) for nom in CONTENU):
        raise Refus(
            f"Rien ne peut être produit dans « {cible} », qui contient la stratégie elle-même : "
            f"choisissez un autre dossier avec {option}."
        )


def echanger(new: Path, place: Path, former: Path) -> None:
    """Put `new` at `place`, and what was there at `former`."""
    with suppress(FileNotFoundError):
        place.rename(former)
    try:
        new.rename(place)
    except BaseException:
        if former.exists() and not place.exists():
            former.rename(place)
        raise


def _files(folder: Path, nom: str) -> set[str]:
    return {f"{nom}/{file.relative_to(folder).as_posix()}" for file in folder.rglob("*") if not file.is_dir()}


def _dropped(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return name in _DROPPED or name.startswith((".~lock.", "._"))


def _read_list(file: Path) -> frozenset[str]:
    try:
        return frozenset(file.read_text(encoding="utf-8").splitlines())
    except (FileNotFoundError, NotADirectoryError):
        return frozenset()


@contextmanager
def travail(parent: Path, prefix: str) -> Iterator[Path]:
    """A folder of one's own in `parent`, removed at the end; what runs that were killed left there is tidied first."""
    for left in sorted(parent.glob(f"{prefix}*")):
        _tidy(left, parent)
    folder, lock = _locked(parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock >= 0:
            os.close(lock)


def _locked(parent: Path, prefix: str) -> tuple[Path, int]:
    """A new folder, and the lock that says somebody is at work in it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        if fcntl is None:
            return folder, -1
        lock = os.open(folder, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():  # else another run took it for an abandoned one, in the meantime
            return folder, lock
        os.close(lock)


def _tidy(left: Path, parent: Path) -> None:
    """Remove what a killed run left, once the output it was replacing, if any, is back in its place."""
    if fcntl is None:
        return
    try:
        lock = os.open(left, os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for former in (left / "ancien").glob("*"):
            if not os.path.lexists(parent / former.name):
                former.rename(parent / former.name)
        shutil.rmtree(left, ignore_errors=True)
    except OSError:  # a run is at work there, or the folder is somebody else's
        pass
    finally:
        os.close(lock)


@contextmanager
def temporaires() -> Iterator[None]:
    """For the time of a run, one folder for every temporary file, of the program and of the tools it starts."""
    before = tempfile.tempdir
    given = os.environ.get("TMPDIR")
    with travail(Path(tempfile.gettempdir()), "smde-travail-") as folder:
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = before
            if given is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = given
