"""How a field of the model is declared: its French label, who may read it, and what it points to."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo


class Diffusion(IntEnum):
    """Readerships, from the widest to the narrowest; an edition of a level knows that level and the wider ones."""

    public = 0
    partenaires = 1
    interne = 2


PUBLIC, PARTENAIRES, INTERNE = Diffusion


@dataclass(frozen=True, slots=True)
class Vers:
    """Marks a string as the id of another element, of one of the named kinds (any kind when empty)."""

    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nature:
    """Marks what a string holds: `texte` (paragraphs in the allowed Markdown) or `ligne` (plain words)."""

    nom: str


def champ(titre: str, description: str, diffusion: Diffusion, **options: Any) -> Any:
    """Declare a field: French title and help, and the widest readership that may see it.

    There is no default readership: a field added without one does not run, and one built around this function is
    dropped by every edition but `interne`.
    """
    if options.get("default") == []:
        options = {**options, "default_factory": list}  # Pydantic is slow to copy the list for each element
        del options["default"]
    return Field(title=titre, description=description, json_schema_extra={"diffusion": diffusion.name}, **options)


def field_level(field: FieldInfo) -> Diffusion:
    """The readership a field was declared for; `interne` when it declares none (closed by default)."""
    extra = field.json_schema_extra
    name = extra.get("diffusion") if isinstance(extra, dict) else None
    return Diffusion[name] if isinstance(name, str) else INTERNE


class Partie(BaseModel):
    """Anything that is written in a dossier: an element, or a part of one."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)

    def niveau(self) -> Diffusion:
        """The widest readership that may know this very part, whatever the level of the element that holds it."""
        return PUBLIC
