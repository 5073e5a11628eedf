"""A place where versions are published: what branch and folder have in common, and how bytes are checked."""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from smde.publication.arborescence import EMPREINTES, de_liste
from smde.publication.registre import MIKE, Publication, Registre
from smde.refus import Refus

try:
    import fcntl
except ImportError:  # Windows: the exchange of the branch's tip is then the only guard, and it is enough
    fcntl = None  # type: ignore[assignment]

ATTENTE = 120.0
"""Seconds to wait for another publication of the same place to end."""


@dataclass(frozen=True, slots=True)
class Resultat:
    """What publishing did."""

    registre: Registre
    fait: bool
    """False when everything was already there."""
    ou: str
    """In French, where it now is."""


class Lecture(Protocol):
    """A place that can be read."""

    @property
    def nom(self) -> str:
        """How the place is called in a message, at the start of a sentence."""

    def registre(self) -> Registre:
        """What was published there; empty when nothing was. Raises `Refus` when the place is somebody else's."""

    def octets(self, chemin: str) -> bytes | None:
        """One file, None when there is none."""

    def empreintes(self, dossier: str) -> Mapping[str, str]:
        """The sha256 of every file of a folder of the root, by path in it; empty when there is no such folder."""


def ecarts(lieu: Lecture, registre: Registre) -> Iterator[str]:
    """Everything in which a place differs from its register, one sentence each."""
    for one in registre.publications:
        yield from _ecarts(lieu, one)
    for alias, version in registre.alias.items():
        if lieu.empreintes(alias) != lieu.empreintes(version):
            yield f"L'alias « {alias} » n'est pas la copie de la version « {version} »."
    if registre.publications and lieu.octets(MIKE) != registre.mike():
        yield f"{MIKE} ne dit pas la même chose que le registre."


def _ecarts(lieu: Lecture, one: Publication) -> Iterator[str]:
    content = lieu.octets(f"{EMPREINTES}/{one.version}.txt")
    if content is None or hashlib.sha256(content).hexdigest() != one.empreinte:
        what = "manque" if content is None else "a changé depuis la publication"
        yield f"{one.version} : la liste de ses fichiers ({EMPREINTES}/{one.version}.txt) {what}."
        return
    told, found = de_liste(content, one.version) or {}, lieu.empreintes(one.version)
    for path in sorted({*told, *found}):
        if path not in found:
            yield f"{one.version}/{path} manque."
        elif path not in told:
            yield f"{one.version}/{path} n'a pas été publié avec cette version."
        elif told[path] != found[path]:
            yield f"{one.version}/{path} n'a plus les octets publiés (sha256 {found[path]})."


@contextmanager
def verrou(fichier: Path) -> Iterator[None]:
    """For the time of a publication, be the only one at work here; raises `Refus` when another does not end."""
    if fcntl is None:
        yield
        return
    lock = os.open(fichier, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        limit = time.monotonic() + ATTENTE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > limit:
                    raise Refus("Une autre publication est en cours ici : relancez quand elle aura fini.") from None
                time.sleep(0.02)
        yield
    finally:
        os.close(lock)
