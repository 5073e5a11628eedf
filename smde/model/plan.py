"""The shape of each class of the model, read once from its annotations: what links, filters and messages walk along."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from smde.model.champ import Diffusion, Nature, Partie, Vers, field_level


@dataclass(frozen=True, slots=True)
class Champ:
    """One field: label, help, readership, and what it holds."""

    nom: str
    titre: str
    description: str
    diffusion: Diffusion
    requis: bool
    liste: bool
    vers: tuple[str, ...] | None
    """Kinds the reference may name (empty: any), None when the field is no reference."""
    nature: str
    """`texte`, `ligne`, `fichier` or nothing."""
    parties: Mapping[str, type[Partie]]
    """Classes held, by value of the discriminating key (the single key is empty when there is no choice)."""
    discriminant: str
    choix: tuple[str, ...]
    """Values of an enumeration, or the only one of a fixed key."""
    scalaire: type | None
    """The Python type of a single value that is no part: `str`, `int`, `Decimal`, `date`, `bool` or an enumeration."""
    motif: str
    """The regular expression the value must match as it is written, when the model declares one."""
    bornes: tuple[int | None, int | None]
    """Least and greatest value of a number."""
    longueur: int | None
    """The most characters a text may have."""
    defaut: Any


@cache
def champs(classe: type[Partie]) -> Mapping[str, Champ]:
    """The fields of a class of the model, by name, in the order they are declared."""
    return {nom: _champ(nom, info) for nom, info in classe.model_fields.items()}


def _champ(nom: str, info: FieldInfo) -> Champ:
    inner, metadata, liste = _unwrapped(info.annotation, list(info.metadata))
    vers = next((mark.genres for mark in metadata if isinstance(mark, Vers)), None)
    nature = next((mark.nom for mark in metadata if isinstance(mark, Nature)), "")
    parties: dict[str, type[Partie]] = {}
    discriminant = next((mark.discriminator for mark in metadata if getattr(mark, "discriminator", None)), "") or ""
    if isinstance(inner, type) and issubclass(inner, Partie):
        parties[""] = inner
    elif get_origin(inner) in (Union, UnionType):
        for member in get_args(inner):
            parties[member.model_fields[discriminant].annotation.__args__[0]] = member
    choix: tuple[str, ...] = ()
    if isinstance(inner, type) and issubclass(inner, Enum):
        choix = tuple(member.name for member in inner)
    elif get_origin(inner) is Literal:
        choix = get_args(inner)

    def mark(name: str) -> Any:
        return next((found for mark in metadata if (found := getattr(mark, name, None)) is not None), None)

    return Champ(
        nom,
        info.title or nom,
        info.description or "",
        field_level(info),
        info.is_required(),
        liste,
        vers,
        nature,
        parties,
        str(discriminant),
        choix,
        inner if isinstance(inner, type) and not parties else None,
        mark("pattern") or mark("motif") or "",
        (mark("ge"), mark("le")),
        mark("max_length"),
        None if info.is_required() else info.get_default(call_default_factory=True),
    )


def _unwrapped(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any], bool]:
    """The innermost type, every mark met on the way, and whether a list was crossed."""
    liste = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *marks = get_args(annotation)
            metadata += [part for mark in marks for part in (mark, *getattr(mark, "metadata", ()))]
        elif origin is list:
            (annotation,) = get_args(annotation)
            liste = True
        elif origin in (Union, UnionType) and NoneType in get_args(annotation):
            members = [member for member in get_args(annotation) if member is not NoneType]
            annotation = reduce(or_, members)
        else:
            return annotation, metadata, liste
