"""What a person typed, and where: a text that remembers its field, and the spans that say so in the neutral tree.

A `Saisie` is a plain `str` for whoever does not ask, and what is made of it (cut, joined, formatted) is plain again.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple, Self

CHAMP = "champ"
"""Class of the spans that say in which field their words were typed: `element`, `chemin`, `rang` of the paragraph."""


class Origine(NamedTuple):
    """A field of an element: its id, and the way to the field as `negociations.0.demande`."""

    element: str
    chemin: str


class Saisie(str):
    """A text and the field it was typed in."""

    __slots__ = ("origine",)
    origine: Origine

    def __new__(cls, texte: str, origine: Origine) -> Self:
        saisie = super().__new__(cls, texte)
        saisie.origine = origine
        return saisie


def situes(texte: str, words: list[Any], rang: int = 1) -> list[Any]:
    """The words made of a text, in a span that says its field when the text knows it."""
    if not isinstance(texte, Saisie) or not words:
        return words
    element, chemin = texte.origine
    values = [["element", element], ["chemin", chemin], ["rang", str(rang)]]
    return [{"t": "Span", "c": [["", [CHAMP], values], words]}]


def blocs_situes(texte: str, blocs: list[Any]) -> list[Any]:
    """The blocks made of a text, the words of each paragraph in a span of their own; nodes are never changed."""
    return _situes(texte, blocs, count(1)) if isinstance(texte, Saisie) else blocs


def _situes(texte: Saisie, blocs: list[Any], rangs: Iterator[int]) -> list[Any]:
    made: list[Any] = []
    for bloc in blocs:
        match bloc:
            case {"t": "Para" | "Plain" as kind, "c": [_, *_] as words}:
                made.append({"t": kind, "c": situes(texte, words, next(rangs))})
            case {"t": "BulletList", "c": items}:
                made.append({"t": "BulletList", "c": [_situes(texte, item, rangs) for item in items]})
            case {"t": "OrderedList", "c": [numbering, items]}:
                made.append({"t": "OrderedList", "c": [numbering, [_situes(texte, item, rangs) for item in items]]})
            case _:
                made.append(bloc)
    return made


def champ(node: Any) -> tuple[Origine, int] | None:
    """The field a span says its words were typed in, and which of its paragraphs they are; None for any other node."""
    match node:
        case {"t": "Span", "c": [[_, [name], [["element", element], ["chemin", chemin], ["rang", rang]]], _]}:
            return (Origine(element, chemin), int(rang)) if name == CHAMP else None
    return None
