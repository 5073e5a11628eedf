"""Versions in a plain folder, for a web server or rsync: the same files as the branch, laid so that none is half there.

A version enters by one renaming; it is published once the register says so. What the program did not make stays.
"""

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from smde.depot import echanger, travail
from smde.publication import racine, registre
from smde.publication.arborescence import EMPREINTES, Arborescence, de_liste
from smde.publication.grammaire import ALIAS
from smde.publication.lieu import Resultat, verrou
from smde.publication.registre import FICHIER, Ajout, Registre
from smde.refus import Refus

EN_COURS, VERROU = ".smde-publication-", ".smde-verrou"


class DossierPublie:
    """A folder in which versions are published."""

    def __init__(self, dossier: Path) -> None:
        """Raises `Refus` when there is something else than a folder."""
        self.dossier = dossier.absolute()
        if dossier.exists() and not dossier.is_dir():
            raise Refus(f"« {dossier} » n'est pas un dossier : choisissez-en un autre avec --vers.")

    @property
    def nom(self) -> str:
        """How the place is called in a message."""
        return f"Le dossier « {self.dossier} »"

    def registre(self) -> Registre:
        """What was published there; a folder where nothing bears our names is free to be used."""
        content = self.octets(FICHIER)
        taken = [nom for nom in (*racine.FICHIERS, *racine.DOSSIERS, *ALIAS) if os.path.lexists(self.dossier / nom)]
        if content is None and not taken:
            return Registre()
        if content is None:
            raise Refus(
                f"« {self.dossier / taken[0]} » n'a pas été fait par ce programme ({FICHIER} n'est pas à côté) "
                ": rien "
                "n'y a été touché. Choisissez un autre dossier avec --vers."
            )
        return registre.lire(content, self.nom)

    def ouvrir(self) -> Registre:
        """The same, before publishing."""
        return self.registre()

    def octets(self, chemin: str) -> bytes | None:
        """One file of the folder."""
        try:
            return (self.dossier / chemin).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def empreintes(self, dossier: str) -> Mapping[str, str]:
        """The sha256 of every file of a folder of the root."""
        return {path: _sha256(self.dossier / dossier / path) for path in _chemins(self.dossier / dossier)}

    def publier(self, arbre: Arborescence, ajout: Ajout) -> Resultat:
        """Add a version; raises `Refus`, what was published being then as it was."""
        self.dossier.mkdir(parents=True, exist_ok=True)
        with verrou(self.dossier / VERROU), travail(self.dossier, EN_COURS) as aside:
            before = self.registre()
            after = before.avec(ajout)
            if before.trouve(arbre.version) is None:
                self._entrer(arbre, aside)
            changed = self._aligner(after, aside)
        return Resultat(after, changed, f"dossier {self.dossier}")

    def _entrer(self, arbre: Arborescence, aside: Path) -> None:
        """Lay the files of a new version, and the list of them; nothing says yet that it is published."""
        place = self.dossier / arbre.version
        listed = self.dossier / EMPREINTES / f"{arbre.version}.txt"
        if os.path.lexists(place):
            told = de_liste(self.octets(f"{EMPREINTES}/{arbre.version}.txt") or b"", arbre.version)
            if not told or told != self.empreintes(arbre.version):
                raise Refus(
                    f"« {place} » existe et n'est pas une version publiée : rien n'y a été touché. Déplacez-le, ou "
                    "choisissez un autre dossier avec --vers."
                )
            place.rename(aside / "abandonnee")  # what a killed publication had laid, and nothing announces
        new = aside / "version"
        for path in arbre.empreintes:
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(arbre.dossier / path, new / path)
        if {path: _sha256(new / path) for path in _chemins(new)} != arbre.empreintes:
            raise Refus("Ce qui a été écrit n'est pas ce qui a été construit : rien n'a été publié.")
        self._remplacer(listed, arbre.liste, aside)
        new.rename(place)

    def _aligner(self, after: Registre, aside: Path) -> bool:
        """Make the root say what the register says; whether anything had to change. The register comes first."""

        def noms(nom: str, dossier: str) -> Sequence[str]:
            return _chemins(self.dossier / nom / dossier)

        made = racine.fichiers(after, noms)
        order = [FICHIER, *(path for path in made if path != FICHIER)]
        changed = [path for path in order if self.octets(path) != made[path]]
        former = aside / "ancien"
        former.mkdir()
        for path in changed[:1] if changed[:1] == [FICHIER] else []:
            self._remplacer(self.dossier / path, made[path], aside)
        moved = [nom for nom, version in after.alias.items() if self.empreintes(nom) != self.empreintes(version)]
        for nom in moved:
            shutil.copytree(self.dossier / after.alias[nom], aside / nom)
            echanger(aside / nom, self.dossier / nom, former / nom)
        for path in changed:
            self._remplacer(self.dossier / path, made[path], aside)
        return bool(changed or moved)

    def _remplacer(self, file: Path, content: bytes, aside: Path) -> None:
        """Write a file beside, then put it in place at once."""
        file.parent.mkdir(exist_ok=True)
        new = aside / "fichier"
        new.write_bytes(content)
        os.replace(new, file)


def _chemins(dossier: Path) -> list[str]:
    """Every file under a folder, by its path in it."""
    return sorted(file.relative_to(dossier).as_posix() for file in dossier.rglob("*") if not file.is_dir())


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
