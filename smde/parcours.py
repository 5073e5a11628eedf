"""Walks along the model: every reference and every text of a part, written or validated. Judges nothing."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from smde.model.champ import Diffusion, Partie
from smde.model.plan import Champ, champs

Chemin = tuple[str | int, ...]
Reference = tuple[Chemin, Champ, str]
"""Where an element cites another, in which field, and whom."""
Texte = tuple[Chemin, Champ, Diffusion, str]
"""Where words are typed, in which field, who may read them, and the words."""


@cache
def _champs_liants(classe: type[Partie]) -> tuple[Champ, ...]:
    """Fields that hold references, or parts that may hold some."""
    return tuple(
        champ
        for champ in champs(classe).values()
        if champ.vers is not None or any(_champs_liants(partie) for partie in champ.parties.values())
    )


@cache
def champs_ecrits(classe: type[Partie]) -> tuple[Champ, ...]:
    """Fields that hold words, or parts that may hold some."""
    return tuple(
        champ
        for champ in champs(classe).values()
        if champ.nature in ("texte", "ligne") or any(champs_ecrits(partie) for partie in champ.parties.values())
    )


def references(classe: type[Partie], data: Mapping[str, Any]) -> list[Reference]:
    """Every reference in a mapping, raw or validated; what has a wrong shape is passed over."""
    found: list[Reference] = []
    _add_references(found, classe, data, ())
    return found


def _add_references(found: list[Reference], classe: type[Partie], data: Mapping[str, Any], chemin: Chemin) -> None:
    for champ in _champs_liants(classe):
        value = data.get(champ.nom)
        if not value:
            continue
        here = (*chemin, champ.nom)
        if type(value) is list:
            for index, item in enumerate(value):
                if champ.vers is None:
                    _add_references_of_part(found, champ, item, (*here, index))
                elif isinstance(item, str):
                    found.append(((*here, index), champ, item.strip()))
        elif champ.vers is None:
            _add_references_of_part(found, champ, value, here)
        elif isinstance(value, str):
            found.append((here, champ, value.strip()))


def _add_references_of_part(found: list[Reference], champ: Champ, item: Any, chemin: Chemin) -> None:
    inside = item if isinstance(item, dict) else getattr(item, "__dict__", None)
    if isinstance(inside, dict):
        part = champ.parties.get(str(inside.get(champ.discriminant, "")) if champ.discriminant else "")
        if part is not None:
            _add_references(found, part, inside, chemin)


def textes(partie: Partie, level: Diffusion) -> list[Texte]:
    """Every text and line of a part, with the readers it has when the part itself has readers of `level`."""
    found: list[Texte] = []
    _add_textes(found, partie, (), level)
    return found


def _add_textes(found: list[Texte], partie: Partie, chemin: Chemin, level: Diffusion) -> None:
    values = partie.__dict__
    for champ in champs_ecrits(type(partie)):
        value = values[champ.nom]
        if not value:
            continue
        here = (*chemin, champ.nom)
        readers = champ.diffusion if champ.diffusion > level else level
        if not champ.liste:
            _add_texte(found, champ, here, readers, value)
            continue
        for index, item in enumerate(value):
            _add_texte(found, champ, (*here, index), readers, item)


def _add_texte(found: list[Texte], champ: Champ, chemin: Chemin, level: Diffusion, value: Any) -> None:
    if champ.nature:
        found.append((chemin, champ, level, value))
    else:
        _add_textes(found, value, chemin, max(level, value.niveau()))


def connus(classe: type[Partie], data: Any, lire: Callable[[Champ, Any], Any] = lambda champ, value: value) -> Any:
    """The values of a part without those of fields the model no longer has; `lire` reads each that is no part."""
    if not isinstance(data, dict):
        return data
    fields = champs(classe)
    return {key: _connu(fields[key], value, lire) for key, value in data.items() if key in fields}


def _connu(champ: Champ, value: Any, lire: Callable[[Champ, Any], Any]) -> Any:
    if isinstance(value, list):
        return [_connu(champ, item, lire) for item in value]
    if not champ.parties or not isinstance(value, dict):
        return lire(champ, value)
    part = champ.parties.get(str(value.get(champ.discriminant, "")) if champ.discriminant else "")
    return value if part is None else connus(part, value, lire)
