"""The tree of a template, its marks replaced by what they stand for.

The tree pandoc read may serve several pages: it is never changed, what it holds is written again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from smde.arbre import BLOCS, ESPACE, Node, Nodes, mot_seul, slug, texte_brut
from smde.ecriture import typographie
from smde.fragments import Fragment, TemplateFault

_MARK = re.compile("([\ue000\ue003])(\\d+)\ue001")
_APOSTROPHE = re.compile("(?<=\\w)'(?=[\ue000\ue003])")
_WITH_ATTRIBUTES = frozenset(["Header", "Div", "Span", "Link", "Image", "Table", "CodeBlock", "Code"])
_ANCHORED = frozenset(["Div", "Span", "Table", "Figure"])
_LEAVES = frozenset(["Str", "Space", "SoftBreak", "LineBreak"])
_SUMMARY = 200


class Marque(NamedTuple):
    """What a mark stands for, and where the template wrote it."""

    fragment: Fragment
    lieu: str


@dataclass(frozen=True, slots=True)
class Page:
    """A tree without marks, and what it is made of."""

    blocs: tuple[Node, ...]
    titre: str
    resume: str
    figures: tuple[str, ...]
    """Names of the figures it shows, in order."""
    ancres: frozenset[str]
    """Identifiers a link may lead to."""


def remplie(tree: Nodes, marks: Sequence[Marque], gabarit: str) -> Page:
    """The tree with its values; a heading with nothing under it is left out, and a block with nothing in it."""
    filling = _Remplissage(marks, gabarit)
    blocs = filling.blocs(tree)
    filling.name_headings()
    first = next((block for block in blocs if block["t"] == "Header" and block["c"][0] == 1), None)
    titre = texte_brut(first["c"][2]) if first else ""
    figures = tuple(dict.fromkeys(filling.figures))
    return Page(tuple(blocs), titre, _resume(blocs), figures, frozenset(filling.ancres))


class _Remplissage:
    def __init__(self, marks: Sequence[Marque], gabarit: str) -> None:
        self.marks, self.gabarit = marks, gabarit
        self.headings: Nodes = []
        self.figures: list[str] = []
        self.ancres: set[str] = set()

    def blocs(self, nodes: Nodes) -> Nodes:
        made: Nodes = []
        for node in nodes:
            fragments = self.alone(node)
            if fragments is None:
                made.append(self.node(node))
            else:
                for fragment in fragments:
                    made += self.placed(fragment) if fragment.bloc else [_like(node, self.placed(fragment))]
        return _without_empty(made)

    def alone(self, node: Node) -> list[Fragment] | None:
        """The fragments of a paragraph made only of marks, one of them a block; None for any other."""
        if node["t"] not in ("Para", "Plain"):
            return None
        numbers: list[int] = []
        for inline in node["c"]:
            if inline["t"] == "Str" and not _MARK.sub("", inline["c"]):
                numbers += [int(mark[2]) for mark in _MARK.finditer(inline["c"])]
            elif inline["t"] not in ("Space", "SoftBreak"):
                return None
        fragments = [self.marks[number].fragment for number in numbers]
        return fragments if any(fragment.bloc for fragment in fragments) else None

    def node(self, node: Node) -> Node:
        kind = node["t"]
        if "c" not in node:
            return node
        content = node["c"]
        if kind == "Header":
            level, attributes, words = content
            made = {"t": kind, "c": [level, self.attributes(attributes), self.inlines(words)]}
            self.headings.append(made)
            return made
        if kind in _WITH_ATTRIBUTES:
            content = [self.attributes(content[0]), *content[1:]]
        if kind in ("Code", "CodeBlock"):
            return {"t": kind, "c": [content[0], self.words(content[1])]}
        if kind in ("Link", "Image") and "\ue000" in content[2][0]:
            words = "l'adresse d'un lien ne peut pas venir d'une valeur : écrivez {{ externe(adresse, mots) }}."
            raise TemplateFault(f"{self.gabarit}: {words}")
        return {"t": kind, "c": self.content(content)}

    def content(self, value: Any) -> Any:
        """The inside of a node: nodes wherever they are, the rest as it is."""
        if not isinstance(value, list) or not value:
            return value
        kind = value[0].get("t") if isinstance(value[0], dict) else None
        if kind is None:
            return [self.content(item) for item in value]
        if kind in BLOCS:
            return self.blocs(value)
        return value if kind.startswith(("Align", "ColWidth")) else self.inlines(value)

    def inlines(self, nodes: Nodes) -> Nodes:
        """The words of a template in French typography, its marks replaced; what is no word stands for itself."""
        if not nodes:
            return nodes
        others: Nodes = []
        text = ""
        for node in nodes:
            if node["t"] == "Str":
                text += node["c"]
            elif node["t"] in ("Space", "SoftBreak"):
                text += " "
            else:
                text += f"\ue003{len(others)}\ue001"
                others.append(self.node(node))
        made: Nodes = []
        for rank, word in enumerate(typographie(_APOSTROPHE.sub("’", text)).split(" ")):
            made += ([ESPACE] if rank else []) + self.word(word, others)
        return made

    def word(self, word: str, others: Nodes) -> Nodes:
        made: Nodes = []
        position = 0
        for mark in _MARK.finditer(word):
            made += mot_seul(word[position : mark.start()])
            if mark[1] == "\ue003":
                made.append(others[int(mark[2])])
            else:
                fragment, lieu = self.marks[int(mark[2])]
                if fragment.bloc:
                    raise TemplateFault(
                        f"{lieu}: un bloc (texte, liste, tableau, figure) doit être seul entre deux lignes vides."
                    )
                made += self.placed(fragment)
            position = mark.end()
        rest = word[position:]
        if rest.startswith(":::"):
            raise TemplateFault(
                f"{self.gabarit}: « ::: » ferme un bloc qui n'est pas ouvert, ou n'est pas seul sur sa ligne."
            )
        return made + mot_seul(rest)

    def placed(self, fragment: Fragment) -> Nodes:
        """The nodes of a fragment, its figures and anchors noted."""
        waiting: list[Any] = [fragment.nodes]
        while waiting:
            for item in waiting.pop():
                if type(item) is list:
                    waiting.append(item)
                elif type(item) is dict and item["t"] not in _LEAVES:
                    kind: str = item["t"]
                    content: Any = item.get("c")
                    if kind == "Image":
                        self.figures.append(content[2][0].removeprefix("figure:"))
                    elif kind in _ANCHORED and content[0][0]:
                        self.ancres.add(content[0][0])
                    if type(content) is list:
                        waiting.append(content)
        return list(fragment.nodes)

    def attributes(self, attributes: list[Any]) -> list[Any]:
        """Marks replaced in identifier, classes and values."""
        ident, names, pairs = attributes
        if ident := self.words(ident):
            self.ancres.add(ident)
        return [ident, list(map(self.words, names)), [[key, self.words(value)] for key, value in pairs]]

    def words(self, text: str) -> str:
        """A text with its marks replaced by plain words."""
        return _MARK.sub(lambda mark: texte_brut(list(self.marks[int(mark[2])].fragment.nodes)), text)

    def name_headings(self) -> None:
        """Give every heading without one an identifier, unique on the page."""
        counts: dict[str, int] = {}
        for header in self.headings:
            ident, names, pairs = header["c"][1]
            base = slug(texte_brut(header["c"][2]))
            while not ident:
                counts[base] = counts.get(base, 0) + 1
                candidate = base if counts[base] == 1 else f"{base}-{counts[base]}"
                ident = "" if candidate in self.ancres else candidate
            self.ancres.add(ident)
            header["c"][1] = [ident, names, pairs]


def _like(block: Node, inlines: Nodes) -> Node:
    return {"t": block["t"], "c": inlines}


def _without_empty(blocs: Nodes) -> Nodes:
    """Blocks with something in them; a heading of the template's own leads to something, or is left out."""
    kept: Nodes = []
    title = blocs[0] if blocs and blocs[0]["t"] == "Header" and blocs[0]["c"][0] == 1 else None
    for block in reversed(blocs):
        kind = block["t"]
        if kind in ("Para", "Plain") and all(node is ESPACE for node in block["c"]):
            continue
        if kind == "Div" and not block["c"][1] and not block["c"][0][0]:
            continue
        if kind == "Header" and block is not title and _leads_nowhere(block, kept[-1] if kept else None):
            continue
        kept.append(block)
    return kept[::-1]


def _leads_nowhere(header: Node, following: Node | None) -> bool:
    """Whether a heading has nothing under it; a place links lead to, or a link, stands by itself."""
    level, (ident, _, _), words = header["c"]
    below = following is not None and (following["t"] != "Header" or following["c"][0] > level)
    return not (below or ident or any(word["t"] == "Link" for word in words))


def _resume(blocs: Nodes) -> str:
    """The first paragraph in words, for search engines and previews: at most 200 characters, cut at a word."""
    for block in blocs:
        chapo = block["t"] == "Div" and "chapo" in block["c"][0][1]
        if block["t"] == "Para" or chapo:
            words = " ".join(texte_brut(block["c"][1] if chapo else block["c"]).split())
            if len(words) > 30:
                return words if len(words) <= _SUMMARY else words[:_SUMMARY].rsplit(" ", 1)[0] + "…"
    return ""
