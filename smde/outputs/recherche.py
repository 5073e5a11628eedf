"""What the search of the site looks in: one entry for each page, and for each element told inside a page.

Made from the pages of an edition only. It is a script and not a data file: a browser that opens the site from a folder
reads the one and not the other. How entries are ranked is in theme/assets/recherche/moteur.js.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from smde.arbre import BLOCS, Document, texte_brut
from smde.etiquettes import Etiquette

FICHIER = "assets/recherche/index.js"
PAGE = Etiquette("page", "Page")
GUIDE = Etiquette("guide", "Guide du rédacteur")
_ANONYME = Etiquette("", "")
_BLANKS = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINES = re.compile(r"\s*\n\s*")
_HEADER = re.compile(r"\A---[ \t]*\r?\n.*?\n(?:\.{3}|---)[ \t]*\r?\n", re.DOTALL)
_OWN_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_ASIDE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_ADMONITION = re.compile(r"^(?:!!!|\?\?\?\+?)[ \t]+\w+", re.MULTILINE)


_Morceau = tuple[str, str | None]
"""Some words, and what they lead to when they are those of a link."""


@dataclass(slots=True)
class _Entree:
    """What can be found: its own words, and between them those of its links to other elements."""

    adresse: str
    titre: str
    etiquette: Etiquette
    phrases: list[_Morceau] = field(default_factory=list)
    """What is written in sentences, in reading order."""
    cases: list[_Morceau] = field(default_factory=list)
    """What is in tables: found like the rest, shown when the sentences do not have it."""
    chaine: list[_Morceau] = field(default_factory=list)
    """What it comes from and what follows from it."""

    def ligne(self, rangs: Mapping[str, tuple[int, str]]) -> list[Any]:
        """The entry as the search engine reads it: its texts alternate, own words first, then those of a link.

        The words of a link that are the title of what it leads to are given as the rank of that entry: a title is
        written once, however often it is cited.
        """
        texts: list[str | int] = [""]
        own: list[str] = []
        for words, cible in self.phrases + self.cases:
            if cible is None:
                own.append(words)
                continue
            texts[-1] = _clean("".join(own))
            own = []
            texts += [_cited(words, cible, rangs), ""]
        texts[-1] = _clean("".join(own))
        label = self.etiquette
        chain = [_cited(words, cible or "", rangs) for words, cible in self.chaine]
        return [self.adresse, _clean(self.titre), label.genre, label.mots, label.noms, label.etats, texts, chain]


def _cited(words: str, cible: str, rangs: Mapping[str, tuple[int, str]]) -> str | int:
    rang, titre = rangs.get(cible, (-1, ""))
    return rang if words == titre else _clean(words)


def _clean(words: str) -> str:
    """Words without blanks side by side, nor the characters that no page may hold."""
    return _LINES.sub("\n", _BLANKS.sub(" ", _UNSEEN.sub("", words)))


def index(
    pages: Sequence[Document],
    ids: Mapping[str, str],
    etiquettes: Mapping[str, Etiquette],
    written: Mapping[str, bytes] | None = None,
) -> bytes:
    """The script `assets/recherche/index.js`: the same bytes for the same pages.

    `ids` says where each element is (`page` or `page#anchor`), `etiquettes` what names it. `written` holds the pages
    written by hand, as Markdown.
    """
    owners: dict[str, str] = {}
    for ident, place in ids.items():
        owners.setdefault(place, ident)
    entries = [entry for page in pages for entry in _Lecture(page, owners, etiquettes).entrees()]
    for path, content in (written or {}).items():
        if path.endswith(".md"):
            entries.append(_hand_written(path.removesuffix(".md"), content.decode("utf-8-sig")))
    by_place = {entry.adresse: (rank, entry.titre) for rank, entry in enumerate(entries)}
    rangs = {f"#{ident}": by_place[_file(place)] for ident, place in ids.items() if _file(place) in by_place}
    lines = ",\n".join(json.dumps(entry.ligne(rangs), ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return f"window.smdeIndex = [\n{lines}\n]\n".encode("utf-8", "replace")


def _file(place: str) -> str:
    page, sharp, anchor = place.partition("#")
    return f"{page}.html{sharp}{anchor}"


class _Lecture:
    """Reads the tree of one page once, from top to bottom."""

    def __init__(self, page: Document, owners: Mapping[str, str], etiquettes: Mapping[str, Etiquette]) -> None:
        self.page, self.owners, self.etiquettes = page, owners, etiquettes
        self.fiche = page.nom != "index" and page.nom in owners
        """Whether the page is that of one element: its headings are then those of its template."""
        label = GUIDE if page.nom.startswith("guide/") else PAGE
        if self.fiche:
            label = etiquettes.get(owners[page.nom], _ANONYME)
        self.first = _Entree(f"{page.nom}.html", page.titre, label)
        self.current = self.first
        self.in_table = False
        self.level = 0
        """The level of the heading that opened the current entry; 0 for the page itself."""

    def entrees(self) -> list[_Entree]:
        """The entry of the page, then those of the elements told in it."""
        self.found = [self.first]
        self.say(f"{self.page.sous_titre}\n")
        self.read(list(self.page.blocs))
        return self.found

    def say(self, words: str, cible: str | None = None) -> None:
        (self.current.cases if self.in_table else self.current.phrases).append((words, cible))

    def read(self, node: Any) -> None:
        """Take the words of a node, or of a list of them; attributes and addresses are mere strings, left aside."""
        if isinstance(node, list):
            for item in node:
                self.read(item)
        if not isinstance(node, dict):
            return
        content: Any = node.get("c")
        match node["t"]:
            case "Header":
                self.heading(*content)
            case "Div" if "fil" in content[0][1]:
                self.current.chaine += _links(content)
            case "Table":
                self.table(content)
            case "DefinitionList":
                self.definitions(content)
            case "Para" if _tells_its_code(content):
                pass  # the code and the state are in the label
            case "Link" if not content[2][0].startswith(("http:", "https:", "mailto:", "tel:")):
                self.say(texte_brut(content[1]), content[2][0])
            case "CodeBlock":
                self.say(f"{content[1]}\n")
            case "Note" | "Str" | "Code" | "Space" | "SoftBreak" | "LineBreak":
                self.say(texte_brut(node))
            case kind:
                self.read(content)
                if kind in BLOCS:
                    self.say("\n")

    def heading(self, level: int, attributes: Any, inlines: Any) -> None:
        if level <= self.level:
            self.current, self.level = self.first, 0
        place = f"{self.page.nom}#{attributes[0]}"
        if place in self.owners:
            label = self.etiquettes.get(self.owners[place], _ANONYME)
            self.current = _Entree(f"{self.page.nom}.html#{attributes[0]}", texte_brut(inlines), label)
            self.found.append(self.current)
            self.level = level
        elif level > 1 and not self.fiche:
            self.read(inlines)
            self.say("\n")

    def table(self, content: Any) -> None:
        """Heads are the same from one table to the next, and the captions of a fiche are those of its template."""
        _, caption, _, _, bodies, foot = content
        self.in_table = True
        if not self.fiche:
            self.read(caption)
        self.read([bodies, foot])
        self.in_table = False

    def definitions(self, content: Any) -> None:
        self.in_table = True
        for term, definitions in content:
            self.read(term)
            self.say(" : ")
            self.read(definitions)
        self.in_table = False


def _links(node: Any) -> list[_Morceau]:
    """The links of a part of a tree."""
    if isinstance(node, list):
        return [link for item in node for link in _links(item)]
    if not isinstance(node, dict):
        return []
    content = node.get("c")
    return [(texte_brut(content[1]), content[2][0])] if node["t"] == "Link" and content else _links(content)


def _tells_its_code(inlines: Any) -> bool:
    return any(node["t"] == "Span" and "code-element" in node["c"][0][1] for node in inlines)


def _hand_written(nom: str, text: str) -> _Entree:
    """The entry of a page of docs/: its title, and its words without what a macro or a template would put in."""
    header = _HEADER.match(text)
    named = _OWN_TITLE.search(header[0]) if header else None
    body = _ADMONITION.sub("", _ASIDE.sub("", text[header.end() :] if header else text))
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    title = named[1] if named else ""
    lines: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in ("fence", "code_block"):
            lines.append(token.content)
        elif token.type == "inline":
            words = _plain(token.children or [])
            if before is not None and before.type == "heading_open" and before.tag == "h1":
                title = title or words
            else:
                lines.append(words)
    label = GUIDE if nom.startswith("guide/") else PAGE
    return _Entree(f"{nom}.html", unescape(title) or nom, label, [("\n".join(lines), None)])


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(" " if token.type in ("softbreak", "hardbreak") else token.content for token in tokens)
