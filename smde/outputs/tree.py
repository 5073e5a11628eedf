"""The tree of a document made fit for a paged writer: safe words, one id once, no gap in levels, no link to nowhere."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from smde.arbre import BLOCS, Document, Figure, Node, Nodes, texte_brut
from smde.ecriture import jour
from smde.images import Image

Change = Callable[[Node], Nodes]
"""What a writer makes of a node whose content is already made."""

# What neither XML 1.0 nor a font can hold. Loading refuses them; here they become visible rather than vanish.
_ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXTERNAL = re.compile(r"(?:https?://[^/\s]|mailto:|tel:)", re.IGNORECASE)
_ATTRIBUTES = {"Header": 1, **dict.fromkeys(("Div", "Span", "Table", "Figure", "CodeBlock", "Code"), 0)}
_SPACES = frozenset({"Space", "SoftBreak"})
_NEW_PAGE = frozenset({"fiche", "saut"})
"""Classes that start a page; not just after a heading, which would stay alone on its own."""
_ENTRIES_IN_CONTENTS = 90
_SHORT_TITLE = 70
_WHOLE_ROWS, _WHOLE_CHARACTERS = 10, 1200
_LINE, _HIGHEST = 16.2, 18.0
_LOGO = 6.0, 2.2
"""The box of a logo on a cover: centimetres wide, and high."""
_VIEW_BOX = re.compile(r"""viewBox=["'][-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)["']""")


def legible(texte: str) -> str:
    """The text with what no output can hold shown as « \ufffd »."""
    return _ILLEGIBLE.sub("\ufffd", texte)


def identifier(node: Node) -> str:
    """The id of a node, or nothing."""
    rank = _ATTRIBUTES.get(node["t"])
    return "" if rank is None else str(node["c"][rank][0])


def classes(node: Node) -> list[str]:
    found: list[str] = node["c"][_ATTRIBUTES[node["t"]]][1]
    return found


def holds_together(rows: int, texts: Iterable[str]) -> bool:
    """Whether a table is so short that it surely holds on half a page, and need not be cut between two."""
    return rows <= _WHOLE_ROWS and sum(map(len, texts)) <= _WHOLE_CHARACTERS


def figure_width(figure: Figure, line: float = _LINE) -> float:
    """In centimetres: the whole line, less for a drawing that would then be too high for a page."""
    box = _VIEW_BOX.search(figure.svg)
    proportion = float(box[2]) / float(box[1]) if box else 0.6
    return round(min(line, _LINE, _HIGHEST / proportion), 2)


def logo_size(logo: Image) -> tuple[float, float]:
    """Width and height on a cover, in centimetres: in a box, never deformed."""
    width = min(_LOGO[0], _LOGO[1] * logo.proportion)
    return round(width, 2), round(width / logo.proportion, 2)


def day(document: Document) -> str:
    """The date of the version, in words."""
    return jour(date.fromisoformat(document.date)) if document.date else ""


def mention(document: Document) -> str:
    """« version 0.3 – 22 novembre 2026 »."""
    version = f"version {legible(document.version)}" if document.version else ""
    return " – ".join(filter(None, [version, day(document)]))


def short_title(document: Document) -> str:
    """The title as a running header has room for."""
    titre = legible(document.titre)
    return titre if len(titre) <= _SHORT_TITLE else titre[:_SHORT_TITLE].rsplit(" ", 1)[0] + "…"


def prepare(document: Document, changes: Mapping[str, Change]) -> Nodes:
    """The blocks of the document, each node passed from the inside out to the change of its type, if it has one."""
    return _Preparation(_identifiers(document.blocs), changes).nodes(list(document.blocs))


def contents_depth(levels: list[int]) -> int:
    """How deep the table of contents goes: three levels, or two when three would fill more than two pages."""
    return 3 if sum(level <= 3 for level in levels) <= _ENTRIES_IN_CONTENTS else 2


class _Preparation:
    def __init__(self, known: set[str], changes: Mapping[str, Change]) -> None:
        self.known = known
        self.changes = changes
        self.words: Change = changes.get("Str", lambda word: [word])
        self.given: set[str] = set()
        self.level = 0
        self.unnumbered = 99
        self.after_heading = False

    def nodes(self, nodes: Nodes) -> Nodes:
        """These nodes made; the words that follow one another are one word for pandoc, which is then twice as fast."""
        made: Nodes = []
        words: list[str] = []
        for node in nodes:
            if node["t"] == "Str":
                words.append(node["c"])
            elif node["t"] in _SPACES:
                words.append(" ")
            else:
                if words:
                    made += self.words({"t": "Str", "c": legible("".join(words))})
                    words = []
                made += self.node(node)
        return made + self.words({"t": "Str", "c": legible("".join(words))}) if words else made

    def node(self, node: Node) -> Nodes:
        kind = node["t"]
        assert kind not in ("RawBlock", "RawInline"), "un nœud brut n’entre pas dans un document"
        if "c" not in node:
            return [node]
        kept = classes(node) if kind == "Div" else []
        if self.after_heading and not _NEW_PAGE.isdisjoint(kept):
            kept = [name for name in kept if name not in _NEW_PAGE]
        made = {"t": kind, "c": self.content(node["c"])}
        if kind == "Div":
            made["c"][0][1] = kept
        elif kind in BLOCS:
            self.after_heading = kind == "Header"
        if identifier(made):
            self._once(made)
        if kind == "Link" and not self._reachable(made):
            return list(made["c"][1])
        if kind == "Header":
            self._heading(made)
        if kind == "Table":
            _fit(made, node)
        change = self.changes.get(kind)
        return change(made) if change else [made]

    def content(self, value: Any) -> Any:
        """The inside of a node: nodes wherever they are, everything else as it is."""
        if isinstance(value, str):
            return legible(value)
        if not isinstance(value, list):
            return value
        if value and isinstance(value[0], dict) and isinstance(value[-1], dict):
            return self.nodes(value)
        return [self.content(item) for item in value]

    def _heading(self, header: Node) -> None:
        """No gap in levels, and no number below a heading without number."""
        self.level = header["c"][0] = min(header["c"][0], self.level + 1)
        if self.level <= self.unnumbered:
            self.unnumbered = self.level if "unnumbered" in classes(header) else 99
        elif "unnumbered" not in classes(header):
            classes(header).append("unnumbered")

    def _once(self, node: Node) -> None:
        rank = _ATTRIBUTES[node["t"]]
        if node["c"][rank][0] in self.given:
            node["c"][rank] = ["", *node["c"][rank][1:]]
        else:
            self.given.add(node["c"][rank][0])

    def _reachable(self, link: Node) -> bool:
        target: str = link["c"][2][0]
        return target[1:] in self.known if target.startswith("#") else _EXTERNAL.match(target) is not None


def _identifiers(blocs: Sequence[Node]) -> set[str]:
    """Every id under these nodes, where a link may lead."""
    found: set[str] = set()
    stack: list[Any] = list(blocs)
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, dict) and isinstance(value.get("c"), list):
            found.add(identifier(value))
            stack += value["c"]
    return found - {""}


def _fit(table: Node, typed: Node) -> None:
    """Give columns without a width a share of the line: enough for the longest word, then according to the text.

    A short table gets the class `entier`: it is not cut between two pages.
    """
    rows = [*typed["c"][3][1], *(row for body in typed["c"][4] for part in body[2:] for row in part)]
    texts = [[texte_brut(cell[4]).strip() for cell in row[1]] for row in rows]
    if holds_together(len(rows), (text for row in texts for text in row)):
        classes(table).append("entier")
    specs = table["c"][2]
    if any(width["t"] == "ColWidth" for _, width in specs):
        return
    needs = [1.0] * len(specs)
    for row in texts:
        for rank, text in enumerate(row[: len(needs)]):
            longest = max(map(len, text.split()), default=0)
            needs[rank] = max(needs[rank], longest + 2 + 2 * max(len(text) - longest, 0) ** 0.5)
    for spec, need in zip(specs, needs, strict=True):
        spec[1] = {"t": "ColWidth", "c": round(need / sum(needs), 4)}
