"""Many files made at once: the tools work side by side, what is told and what fails keep the order of the request."""

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from smde.outputs.outil import Equipe
from smde.reserve import Reserve, cle

_AU_PLUS = 4
"""Files made at once, whatever the machine: a large PDF takes half a gigabyte."""


@dataclass(frozen=True, slots=True)
class Travail:
    """A file to make: `ecrire(matiere, target, *reste, **options)` writes it, and nothing else determines its bytes."""

    nom: str
    ecrire: Callable[..., None]
    matiere: Any
    """What it is made of; the path of the file that `depuis` makes when there is one."""
    reste: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    depuis: "Travail | None" = None
    """The work whose file this one is made from."""
    gardable: bool = True
    """Whether all its ingredients can be told, so that the file can be kept for the next run."""
    outil: tuple[Any, ...] = ()
    """What tells the version of a tool that the program does not bring."""
    annexe: bool = False
    """Whether it is made for another file only."""

    @property
    def cle(self) -> str | None:
        """What the file is kept under."""
        before = self.depuis.cle if self.depuis else self.matiere
        if not self.gardable or before is None:
            return None
        told = self.ecrire.__module__, self.ecrire.__qualname__, before, self.reste, self.options, self.outil
        return cle(*told)


class Fait(NamedTuple):
    """A file made, or found as it was made before."""

    travail: Travail
    contenu: bytes
    inchange: bool


def fabriquer(
    travaux: Iterable[Travail], reserve: Reserve | None = None, annoncer: Callable[[str], None] = lambda _: None
) -> Iterator[Fait]:
    """The files of these works, in their order; a work may be prepared while the tools make those before it.

    `annoncer` is told the name of each file when its turn comes. Raises what the first work that fails raises, once
    those before it are given; every tool at work is then ended.
    """
    with tempfile.TemporaryDirectory(prefix="smde-") as folder, Equipe() as equipe:
        pool = ThreadPoolExecutor(max_workers=_ouvriers(), initializer=equipe.rejoindre)
        waiting: deque[Future[Fait]] = deque()
        known: dict[str, Future[Fait]] = {}
        turns: deque[Travail] = deque()

        def turn() -> None:
            if turns and not turns[0].annexe:
                annoncer(turns[0].nom)

        def first() -> Iterator[Fait]:
            fait = waiting.popleft().result()
            turns.popleft()
            if not fait.travail.annexe:
                yield fait
            turn()

        try:
            failure: Exception | None = None
            works = iter(travaux)
            while True:
                try:
                    travail = next(works)
                except StopIteration:
                    break
                except Exception as error:
                    failure = error
                    break
                before = known[travail.depuis.nom] if travail.depuis else None
                known[travail.nom] = pool.submit(_fait, travail, before, Path(folder), reserve)
                waiting.append(known[travail.nom])
                turns.append(travail)
                if len(turns) == 1:
                    turn()
                while waiting and waiting[0].done():
                    yield from first()
            while waiting:
                yield from first()
            if failure is not None:
                raise failure
            if reserve is not None:
                reserve.ranger()
        except BaseException:
            equipe.arreter()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _fait(travail: Travail, before: Future[Fait] | None, folder: Path, reserve: Reserve | None) -> Fait:
    key = travail.cle if reserve is not None else None
    kept = reserve.lire(key) if reserve is not None and key is not None else None
    if kept is not None:
        return Fait(travail, kept, True)
    matiere = travail.matiere
    if before is not None and travail.depuis is not None:
        matiere = folder / f"depuis-{travail.nom}" / travail.depuis.nom
        matiere.parent.mkdir()
        matiere.write_bytes(before.result().contenu)
    target = folder / travail.nom
    travail.ecrire(matiere, target, *travail.reste, **travail.options)
    content = target.read_bytes()
    if reserve is not None and key is not None:
        reserve.garder(key, content)
    return Fait(travail, content, False)


def _ouvriers() -> int:
    """As many as the cores this run may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _AU_PLUS)
