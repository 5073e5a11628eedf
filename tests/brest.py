"""The Brest dossier read once, and the few questions several of its tests ask of it. Holds no test."""

import re
from functools import cache
from pathlib import Path

from smde.diagnostic import Diagnostic
from smde.dossier import Dossier, Passage, charger
from smde.model.champ import INTERNE
from smde.model.element import Element
from smde.parcours import references
from tests.conftest import verifier

RACINE = Path(__file__).parents[1]
LIEN = re.compile(r"\[\[([^\[\]\n]+)\]\]|\[([^\[\]]*)\]\(([^()\s]+)\)")


@cache
def brest() -> Dossier:
    """The dossier at the root of the repository; not to be changed."""
    return charger(RACINE)


@cache
def diagnostics() -> tuple[Diagnostic, ...]:
    """Everything the program says of it."""
    return tuple(verifier(RACINE))


def fichiers() -> list[Path]:
    """The YAML files the content is written in."""
    return sorted(file for folder in ("strategy", "schema", "data") for file in (RACINE / folder).rglob("*.yml"))


def passages() -> list[Passage]:
    """The words that readers outside the house may read."""
    return [passage for passage in brest().passages if passage.diffusion is not INTERNE]


def prose(texte: str) -> str:
    """A text without the targets of its links: what is read."""
    return LIEN.sub(lambda found: "" if found[1] else found[2], texte)


def mots(ident: str) -> str:
    """All that an element says, in one string: title, texts and short lines."""
    return "\n".join(passage.texte for passage in brest().passages if passage.element.id == ident)


@cache
def liens() -> dict[str, set[str]]:
    """For each element, those it cites in its fields and in its texts."""
    found: dict[str, set[str]] = {ident: set() for ident in brest().elements}
    for element in brest().elements.values():
        found[element.id] |= {cible for _, _, cible in references(type(element), element.__dict__)}
    for passage, cible in brest().citations:
        found[passage.element.id].add(cible)
    return found


def tous(genre: str) -> list[Element]:
    """The elements of a kind, by its name."""
    return [element for element in brest().elements.values() if element.genre == genre]
