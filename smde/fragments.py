"""What `{{ … }}` gives in a template: nodes of the neutral tree, in a line or as blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from smde import arbre
from smde.arbre import Node, Nodes


class TemplateFault(Exception):
    """A template of `macros/` is wrong: the message says where, as `macros/page.md.j2:12`, and what, in French."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Nodes a template may place: blocks alone in their paragraph, inlines anywhere."""

    nodes: tuple[Node, ...]
    bloc: bool = False


Content = str | Fragment | None | Sequence[Any]
"""Words, a fragment, nothing, or a list of them."""


def inlines(content: Content) -> Nodes:
    """The inlines of a content; a list runs on, with French spaces where its pieces meet."""
    if isinstance(content, str):
        return arbre.mots(content)
    pieces = list(_pieces(content))
    last = len(pieces) - 1
    nodes: Nodes = []
    for rank, piece in enumerate(pieces):
        nodes += arbre.accoles(piece, rank > 0, rank < last) if isinstance(piece, str) else piece.nodes
    return nodes


def joints(contents: Iterable[Content], separateur: str, dernier: str = "") -> list[Content]:
    """Contents with words between them, those before the last one others when they are given: « a, b ou c »."""
    listed = list(contents)
    pieces: list[Content] = listed[:1]
    for rank, content in enumerate(listed[1:], start=2):
        pieces += [dernier if dernier and rank == len(listed) else separateur, content]
    return pieces


def _pieces(content: Content) -> Iterator[str | Fragment]:
    """What a content is made of, without its empty pieces."""
    if isinstance(content, str):
        if content:
            yield content
    elif isinstance(content, Fragment):
        if content.nodes:
            yield content
    elif content is not None:
        for item in content:
            yield from _pieces(item)
