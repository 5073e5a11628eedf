"""Acronyms explained where a page first uses them: their meaning, and a link to where they are defined."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from smde.arbre import Node, Nodes, lien_element, span
from smde.ecriture import typographie
from smde.edition import Edition
from smde.model.acteurs import Acteur
from smde.model.cadres import Cadre
from smde.model.mesures import Terme

_SIGLE = re.compile(r"\w*[A-Z]\w*[A-Z]\w*(?:-\w+)*")
_OPAQUES = frozenset(
    {"Header", "Link", "Code", "CodeBlock", "Note", "Image", "Figure", "RawInline", "RawBlock", "Math"}
)
"""What no acronym is explained in: a link has its own target, a heading is read as a whole."""


@dataclass(frozen=True, slots=True)
class Sigles:
    """The acronyms an edition defines: for each, the element that does and its title."""

    definis: Mapping[str, tuple[str, str]]
    motif: re.Pattern[str] | None

    def expliques(self, blocs: tuple[Node, ...], sauf: str = "") -> tuple[Node, ...]:
        """The same blocks, where the first use of each acronym says its meaning; trees are never changed in place.

        `sauf` is the element the page is about: its own acronym needs no link to itself.
        """
        if self.motif is None:
            return blocs
        seen = {sigle for sigle, (ident, _) in self.definis.items() if ident == sauf}
        return tuple(_node(bloc, self, self.motif, seen) for bloc in blocs)


def sigles(edition: Edition) -> Sigles:
    """The acronyms of the glossary, then of the frameworks and actors; a title that is its own acronym says nothing."""
    found: dict[str, tuple[str, str]] = {}
    defining: list[Terme | Cadre | Acteur] = [*edition.tous(Terme), *edition.tous(Cadre), *edition.tous(Acteur)]
    for element in defining:
        sigle = element.sigle
        if sigle and sigle != element.titre and _SIGLE.fullmatch(sigle):
            found.setdefault(sigle, (element.id, element.titre))
    words = "|".join(sorted(map(re.escape, found), key=lambda word: (-len(word), word)))
    return Sigles(found, re.compile(rf"(?<![\w/.@-])(?:{words})(?![\w/@-])") if found else None)


def _node(node: Node, sigles: Sigles, motif: re.Pattern[str], seen: set[str]) -> Node:
    """The node itself when nothing in it is explained."""
    kind, content = node["t"], node.get("c")
    if kind in _OPAQUES or not isinstance(content, list):
        return node
    if kind == "Span" and "code-element" in content[0][1]:
        return node
    made = _content(content, sigles, motif, seen, head=kind == "Table")
    return node if made is content else {"t": kind, "c": made}


def _content(content: Nodes, sigles: Sigles, motif: re.Pattern[str], seen: set[str], *, head: bool = False) -> Nodes:
    """What a node is made of; the head of a table and its caption are passed over."""
    made: Nodes = []
    changed = False
    for rank, item in enumerate(content):
        if head and rank < 4:
            made.append(item)
        elif isinstance(item, dict) and item.get("t") == "Str":
            pieces = _words(item, sigles, motif, seen)
            changed |= pieces != [item]
            made += pieces
        elif isinstance(item, dict) and "t" in item:
            node = _node(item, sigles, motif, seen)
            changed |= node is not item
            made.append(node)
        elif isinstance(item, list):
            inner = _content(item, sigles, motif, seen)
            changed |= inner is not item
            made.append(inner)
        else:
            made.append(item)
    return made if changed else content


def _words(item: Node, sigles: Sigles, motif: re.Pattern[str], seen: set[str]) -> Nodes:
    words: str = item["c"]
    for match in motif.finditer(words):
        if match[0] not in seen:
            seen.add(match[0])
            ident, titre = sigles.definis[match[0]]
            told = lien_element(ident, [span(["sigle"], match[0], title=typographie(titre))])
            after: Node = {"t": "Str", "c": words[match.end() :]}
            before: Nodes = [{"t": "Str", "c": words[: match.start()]}] if match.start() else []
            return [*before, told, *(_words(after, sigles, motif, seen) if after["c"] else [])]
    return [item]
