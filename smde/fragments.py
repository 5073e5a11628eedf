"""What `{{ … }}` gives in a template: nodes of the neutral tree, in a line or as blocks."""

from collections.abc import Sequence
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
    match content:
        case None:
            return []
        case Fragment():
            return list(content.nodes)
        case str():
            return arbre.mots(content)
    pieces = [piece for piece in content if piece is not None and piece != ""]
    last = len(pieces) - 1
    nodes: Nodes = []
    for rank, piece in enumerate(pieces):
        nodes += arbre.accoles(piece, rank > 0, rank < last) if isinstance(piece, str) else inlines(piece)
    return nodes
