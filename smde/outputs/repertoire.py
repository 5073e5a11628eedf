"""The characters that no font of the PDF can draw, told before anything is composed: where each is, what to write."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any

from smde.arbre import Document, Node
from smde.outputs import typst
from smde.outputs.outil import OutilEnEchec
from smde.outputs.tree import identifier, legible

COURANTS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset(
    "\t\n\ufffd\u2009\u200a\u2011\u202f–—‘’‚“”„†‡•…‰′″‹›−×÷≈≠≤≥∞√€™№◊←↑→↓✓▲▼■□●○⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ᵉʳ"
)
"""What our fonts surely draw. Of any other character, Typst itself is asked."""
A_ECRIRE = {
    "☐": "□", "☑": "✓", "✔": "✓", "✅": "✓", "✘": "✗", "❌": "✗", "➔": "→", "➜": "→", "➡": "→", "⇒": "→", "⟶": "→",
    "⚠": "Attention", "☎": "Téléphone", "✉": "Courriel", "★": "*", "☆": "*", "\uf0b7": "•", "\uf0a7": "•",
    "\uf0d8": "→", "\uf0fc": "✓", "\uf0e0": "→",
}  # fmt: skip
"""What says the same; those of the private area are the bullets and arrows of Word's symbol fonts."""
_ABSENT = re.compile(r'the text `"([^`]+)"` could not be displayed|contains the codepoint `"([^`]+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_SVG_TEXT = re.compile(r">([^<]+)<")
_EXCERPT = 30


class CaracteresAbsents(Exception):
    """Characters that no font of the PDF can draw: the message says which, where they are, what to write instead."""


def verifier(document: Document, day: date, standards: Sequence[str]) -> None:
    """Raises CaracteresAbsents when the PDF of this document could not draw all it says."""
    said = {character for _, text in passages(document) for character in text}
    rare = sorted(character for character in said - COURANTS if not character.isspace())
    if absent := sans_dessin(rare, day, standards):
        raise CaracteresAbsents(explication(document, absent))


def sans_dessin(characters: Iterable[str], day: date, standards: Sequence[str]) -> list[str]:
    """Those of these characters that Typst cannot draw, found by a trial of them alone."""
    tried = [f'#"\\u{{{ord(character):x}}}"' for character in characters]
    if not tried:
        return []
    head = f'#set document(title: "Essai")\n#set text(font: ("{typst.SANS}", "{typst.SERIF}"), lang: "fr")\n'
    try:
        typst.pdf({"main.typ": head + "\n\n".join(tried)}, day, standards)
    except OutilEnEchec as failure:
        return absents(str(failure))
    return []


def absents(said: str) -> list[str]:
    """The characters Typst complains of, each once, in order; none when it complains of something else."""
    found = (match[1] or match[2] for match in _ABSENT.finditer(said))
    texts = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in found)
    return list(dict.fromkeys(character for text in texts for character in text))


def explication(document: Document, absent: Sequence[str]) -> str:
    """A line for each character: what it is, where it is first met, what to write instead."""
    places = list(passages(document))
    lines = ["Le PDF n’est pas fait : ses polices n’ont pas de dessin pour ces caractères."]
    for character in absent:
        where = next(((place, text) for place, text in places if character in text), None)
        line = f"  « {character} » (U+{ord(character):04X})"
        if where:
            at = where[1].index(character)
            excerpt = " ".join(where[1][max(at - _EXCERPT, 0) : at + _EXCERPT].split())
            line += f", dans {where[0]} : « … {excerpt} … »"
        instead = plus_simple(character)
        lines.append(f"{line}. Écrivez plutôt « {instead} »." if instead else line)
    return "\n".join([*lines, "Remplacez-les dans le texte par des lettres ou des signes courants."])


def plus_simple(character: str) -> str:
    """What says the same with characters every font has, or nothing: « 𝔸 » is « A », « ﬗ » has no equal."""
    if character in A_ECRIRE:
        return A_ECRIRE[character]
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and COURANTS.issuperset(plain) else ""


def passages(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of the document, and where it is: the element, the part; what surrounds it first, figures last."""
    around = {
        "le titre du document": document.titre, "le sous-titre du document": document.sous_titre,
        "le nom de la collectivité": document.auteur, "l’état du document": document.statut,
        "le résumé du document": document.resume, "le texte du logo": document.logo_texte,
    }  # fmt: skip
    yield from ((place, legible(text)) for place, text in around.items())
    yield from _Lecture(document.ancres).blocs(list(document.blocs))
    for figure in document.figures.values():
        drawn = " ".join(unescape(text) for text in _SVG_TEXT.findall(figure.svg))
        yield f"la figure « {figure.titre} »", legible(f"{figure.titre} {figure.description} {drawn}")


class _Lecture:
    """Blocks read in order, with the element and the part they belong to."""

    def __init__(self, elements: frozenset[str]) -> None:
        self.elements = elements
        self.element, self.level = "", 0
        self.part = "les premières pages"

    def blocs(self, value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, list):
            for item in value:
                yield from self.blocs(item)
        elif isinstance(value, dict):
            yield from self._bloc(value)

    def _bloc(self, node: Node) -> Iterator[tuple[str, str]]:
        kind, ident = node["t"], identifier(node)
        if kind in ("Para", "Plain", "Header", "LineBlock", "CodeBlock"):
            text = legible(_paroles(node))
            if kind == "Header":
                self._titre(node["c"][0], ident, text)
            yield self._ou(), text
        elif kind == "Div" and ident in self.elements:
            above, self.element = self.element, ident
            yield from self.blocs(node["c"][1])
            self.element = above
        else:
            yield from self.blocs(node.get("c"))

    def _titre(self, level: int, ident: str, text: str) -> None:
        self.part = f"la partie « {text.strip()} »"
        if ident in self.elements:
            self.element, self.level = ident, level
        elif level <= self.level:
            self.element, self.level = "", 0

    def _ou(self) -> str:
        return f"`{self.element}`, {self.part}" if self.element else self.part


def _paroles(value: Any) -> str:
    """The words of a node, notes included."""
    if isinstance(value, list):
        return "".join(map(_paroles, value))
    if not isinstance(value, dict):
        return ""
    match value["t"]:
        case "Str":
            return str(value["c"])
        case "Code" | "CodeBlock":
            return str(value["c"][1])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
    return (" " if value["t"] == "Note" else "") + _paroles(value.get("c"))
