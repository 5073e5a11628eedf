"""Walks along the model: every reference and every text of a part, written or validated. Judges nothing."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from smde.model.champ import Diffusion, Partie
from smde.model.plan import Champ, champs

Chemin = tuple[str | int, ...]
Reference = tuple[Chemin, Champ, str]
"""Where an element cites another, in which field, and whom."""


@cache
def _champs_liants(classe: type[Partie]) -> tuple[Champ, ...]:
    """Fields that hold references, or parts that may hold some."""
    return tuple(
        champ
        for champ in champs(classe).values()
        if champ.vers is not None or any(_champs_liants(partie) for partie in champ.parties.values())
    )


@cache
def _champs_ecrits(classe: type[Partie]) -> tuple[Champ, ...]:
    """Fields that hold words, or parts that may hold some."""
    return tuple(
        champ
        for champ in champs(classe).values()
        if champ.nature in ("texte", "ligne") or any(_champs_ecrits(partie) for partie in champ.parties.values())
    )


def references(classe: type[Partie], data: Mapping[str, Any], chemin: Chemin = ()) -> Iterator[Reference]:
    """Every reference in a mapping, raw or validated; what has a wrong shape is passed over."""
    for champ in _champs_liants(classe):
        value = data.get(champ.nom)
        if not value:
            continue
        if value.__class__ is list:
            for index, item in enumerate(value):
                if champ.vers is None:
                    yield from _references_of_part(champ, item, (*chemin, champ.nom, index))
                elif isinstance(item, str):
                    yield (*chemin, champ.nom, index), champ, item.strip()
        elif champ.vers is None:
            yield from _references_of_part(champ, value, (*chemin, champ.nom))
        elif isinstance(value, str):
            yield (*chemin, champ.nom), champ, value.strip()


def _references_of_part(champ: Champ, item: Any, chemin: Chemin) -> Iterator[Reference]:
    inside = item if isinstance(item, dict) else getattr(item, "__dict__", None)
    if isinstance(inside, dict):
        part = champ.parties.get(str(inside.get(champ.discriminant, "")) if champ.discriminant else "")
        if part is not None:
            yield from references(part, inside, chemin)


def textes(partie: Partie, chemin: Chemin, level: Diffusion) -> Iterator[tuple[Chemin, Champ, Diffusion, str]]:
    """Every text and line of a part, with the readers it has when the part itself has readers of `level`."""
    for champ in _champs_ecrits(type(partie)):
        value = partie.__dict__[champ.nom]
        if not value:
            continue
        here = max(level, champ.diffusion)
        if champ.nature:
            if champ.liste:
                for index, item in enumerate(value):
                    yield (*chemin, champ.nom, index), champ, here, item
            else:
                yield (*chemin, champ.nom), champ, here, value
        elif champ.liste:
            for index, item in enumerate(value):
                yield from textes(item, (*chemin, champ.nom, index), max(here, item.niveau()))
        else:
            yield from textes(value, (*chemin, champ.nom), max(here, value.niveau()))
