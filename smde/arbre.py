"""The neutral document: pandoc's tree, built with small functions, and the texts people type parsed into it.

A node is the JSON object pandoc itself reads (`{"t": "Para", "c": […]}`). What people type enters here as nodes, with
a small allowed Markdown (paragraphs, emphasis, lists, links, references) and HTML off: nothing they type can become
markup or code in any output. Trees share nodes: a node is never changed once it is made.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token

from smde.citations import NON_DIFFUSE as NON_DIFFUSE
from smde.ecriture import ordinaux, typographie
from smde.images import Image
from smde.saisie import blocs_situes, situes

Node = dict[str, Any]
Nodes = list[Node]
Resolve = Callable[[str], str | None]
"""From the id of an element to its title, or None when this edition does not know it."""

REFERENCE = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_-]{0,63})\]\]")
_BLANKS = re.compile(r"[ \t\r\n]+")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_IDENTIFIANT = re.compile(r"#?([A-Za-z][A-Za-z0-9_-]{0,63})")
_EXTERNAL = re.compile(r"(?:https?://[^/\s]|mailto:|tel:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: its SVG, its title, what it says to who does not see it."""

    nom: str
    svg: str
    titre: str
    description: str
    etroit: str = ""
    """The same drawing for a narrow screen, when the words of `svg` would be too small there."""


@dataclass(frozen=True, slots=True)
class Document:
    """One page of the site, or one Word or PDF file: blocks, and what surrounds them. Made from an Edition only."""

    nom: str
    titre: str
    blocs: tuple[Node, ...]
    resume: str = ""
    sous_titre: str = ""
    auteur: str = ""
    date: str = ""
    """ISO date of the version."""
    version: str = ""
    edition: str = ""
    """Whom it is made for: the name of a readership."""
    statut: str = ""
    """What header and cover say of the standing of the text: « Document de travail – diffusion interne »."""
    couleur: str = "#0b3c5d"
    accent: str = "#a63d00"
    figures: Mapping[str, Figure] = field(default_factory=dict)
    genre: str = ""
    ancres: frozenset[str] = frozenset()
    """Identifiers of the places in it that links may lead to."""
    logo: Image | None = None
    logo_texte: str = ""
    """What the logo says to who does not see it."""
    couverture: bool = True
    """Whether it opens with a page of its own; else its title stands at the head of the first page."""
    sommaire: bool = True
    reviseur: str = ""
    """Who the tracked changes are signed by, when the document shows what changed since another version."""


def attributs(ident: str = "", classes: Sequence[str] = (), **values: str) -> list[Any]:
    """Pandoc's Attr; keyword underscores become hyphens."""
    return [ident, list(classes), [[key.replace("_", "-"), value] for key, value in values.items()]]


SANS_ATTRIBUT: list[Any] = ["", [], []]


ESPACE: Node = {"t": "Space"}


def mots(texte: str) -> Nodes:
    """Plain words, in French typography; nothing in them is markup."""
    return situes(texte, list(_mots(str(texte))))


@lru_cache(maxsize=65536)
def _mots(texte: str) -> tuple[Node, ...]:
    return _split(typographie(texte))


def _split(written: str) -> tuple[Node, ...]:
    nodes: Nodes = []
    for index, mot in enumerate(_BLANKS.split(written)):
        if index:
            nodes.append(ESPACE)
        nodes += mot_seul(mot)
    return tuple(nodes)


def mot_seul(mot: str) -> Nodes:
    """A word without blanks, the end of an ordinal above the line."""
    pieces = (({"t": "Str", "c": piece}, above) for piece, above in ordinaux(mot))
    return [{"t": "Superscript", "c": [node]} if above else node for node, above in pieces]


def accoles(texte: str, avant: bool, apres: bool) -> Nodes:
    """Words with something before or after them on the line: what « : », « ; » or « ' » touches decides its space."""
    gauche, droite = "x" * avant, "x" * apres
    written = typographie(f"{gauche}{texte}{droite}")
    return situes(texte, list(_split(written[len(gauche) : len(written) - len(droite)])))


def slug(texte: str) -> str:
    """`Et donc ?` → `et-donc`: an identifier any output accepts."""
    plain_letters = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_SLUG.sub("-", plain_letters).strip("-") or "section"


def _inlines(content: str | Nodes) -> Nodes:
    return mots(content) if isinstance(content, str) else content


def para(content: str | Nodes) -> Node:
    return {"t": "Para", "c": _inlines(content)}


def plain(content: str | Nodes) -> Node:
    return {"t": "Plain", "c": _inlines(content)}


def titre(niveau: int, content: str | Nodes, ident: str = "", classes: Sequence[str] = ()) -> Node:
    return {"t": "Header", "c": [niveau, attributs(ident, classes), _inlines(content)]}


def bloc(classes: Sequence[str], blocs: Nodes, ident: str = "", **values: str) -> Node:
    return {"t": "Div", "c": [attributs(ident, classes, **values), blocs]}


def span(classes: Sequence[str], content: str | Nodes, ident: str = "", **values: str) -> Node:
    return {"t": "Span", "c": [attributs(ident, classes, **values), _inlines(content)]}


def fort(content: str | Nodes) -> Node:
    return {"t": "Strong", "c": _inlines(content)}


def emphase(content: str | Nodes) -> Node:
    return {"t": "Emph", "c": _inlines(content)}


def lien(cible: str, content: str | Nodes, classes: Sequence[str] = ()) -> Node:
    return {"t": "Link", "c": [attributs("", classes), _inlines(content), [cible, ""]]}


def lien_element(ident: str, content: str | Nodes) -> Node:
    """A link to an element of the edition; each writer turns it into its own kind of address."""
    return lien("#" + ident, content, ["element"])


def note(blocs: Nodes) -> Node:
    """A footnote (a source, a reserve)."""
    return {"t": "Note", "c": blocs}


def puces(items: Iterable[Nodes | str]) -> Node:
    return {"t": "BulletList", "c": [[plain(item)] if isinstance(item, str) else item for item in items]}


def image(figure: Figure, legende: str | Nodes = "", ident: str = "") -> Node:
    """A figure of the document's `figures`, with its caption; the writers know how to show it."""
    picture = {"t": "Image", "c": [SANS_ATTRIBUT, mots(figure.description), ["figure:" + figure.nom, ""]]}
    return {
        "t": "Figure",
        "c": [attributs(ident, ["figure"]), [None, [plain(legende or figure.titre)]], [plain([picture])]],
    }


def tableau(
    legende: str | Nodes,
    entetes: Sequence[str | Nodes],
    lignes: Sequence[Sequence[str | Nodes]],
    *,
    largeurs: Sequence[float] | None = None,
    nombres: Sequence[int] = (),
    entete_de_ligne: bool = True,
    classes: Sequence[str] = (),
    ident: str = "",
) -> Node:
    """A real table: caption, header row, row headers in the first column unless told otherwise.

    `lignes` are cells of words or inlines (or blocks, recognised by their first node); `largeurs` are shares of the
    width, `nombres` the columns aligned to the right.
    """
    specs = [
        [
            {"t": "AlignRight" if index in nombres else "AlignLeft"},
            {"t": "ColWidth", "c": largeurs[index]} if largeurs else {"t": "ColWidthDefault"},
        ]
        for index in range(len(entetes))
    ]

    def cell(content: str | Nodes) -> list[Any]:
        blocks = content if isinstance(content, list) and content and content[0]["t"] in BLOCS else [plain(content)]
        return [SANS_ATTRIBUT, {"t": "AlignDefault"}, 1, 1, blocks]

    def row(cells: Sequence[str | Nodes]) -> list[Any]:
        return [SANS_ATTRIBUT, [cell(content) for content in cells]]

    return {
        "t": "Table",
        "c": [
            attributs(ident, classes),
            [None, [plain(legende)]],
            specs,
            [SANS_ATTRIBUT, [row(entetes)]],
            [[SANS_ATTRIBUT, 1 if entete_de_ligne else 0, [], [row(cells) for cells in lignes]]],
            [SANS_ATTRIBUT, []],
        ],
    }


BLOCS = frozenset(
    [
        "Plain",
        "Para",
        "LineBlock",
        "CodeBlock",
        "RawBlock",
        "BlockQuote",
        "OrderedList",
        "BulletList",
        "DefinitionList",
        "Header",
        "HorizontalRule",
        "Table",
        "Figure",
        "Div",
    ]
)


def texte_brut(nodes: Any) -> str:
    """The words of a tree, without any form; notes left out."""
    if isinstance(nodes, list):
        return "".join(texte_brut(node) for node in nodes)
    if not isinstance(nodes, dict):
        return ""
    match nodes["t"]:
        case "Str" | "Code":
            content = nodes["c"]
            return str(content if isinstance(content, str) else content[1])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Note":
            return ""
    content = nodes.get("c")
    words = texte_brut(content) if isinstance(content, list) else ""
    return words + "\n" if nodes["t"] in BLOCS else words


def _allowed_link(url: str) -> bool:
    return _IDENTIFIANT.fullmatch(url) is not None or _EXTERNAL.match(url) is not None


_DEEPEST = 20
"""Levels of blocks after which the parser drops what follows: two for each list."""


def _reference(state: StateInline, silent: bool) -> bool:
    """`[[id]]`, an inline of its own."""
    found = REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("reference", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _stars(state: StateInline, silent: bool) -> bool:
    """Only stars make emphasis: `_` belongs to names."""
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


@cache
def _parser(*, lists: bool) -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "maxNesting": _DEEPEST})
    parser.enable(["emphasis", "link", "image", "escape", "newline", *(["list"] if lists else [])])
    parser.inline.ruler.before("link", "reference", _reference)
    parser.inline.ruler.at("emphasis", _stars)
    parser.validateLink = _allowed_link  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


@lru_cache(maxsize=8192)
def _tokens(texte: str) -> tuple[Token, ...]:
    tokens = _parser(lists=True).parse(texte)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        tokens = _parser(lists=False).parse(texte)  # nothing typed may be lost
    return tuple(tokens)


def texte(source: str | None, resolve: Resolve) -> Nodes:
    """The blocks of a text typed by a person."""
    return blocs_situes(source, _blocks(iter(_tokens(str(source))), resolve)) if source else []


def ligne(source: str, resolve: Resolve) -> Nodes:
    """The inlines of a text typed by a person; paragraphs run on."""
    nodes: Nodes = []
    for block in texte(str(source), resolve):
        if block["t"] in ("Para", "Plain"):
            nodes += ([ESPACE] if nodes else []) + block["c"]
        else:
            nodes += ([ESPACE] if nodes else []) + mots(texte_brut(block).strip())
    return situes(source, nodes)


def _blocks(tokens: Iterable[Token], resolve: Resolve, until: str = "") -> Nodes:
    blocks: Nodes = []
    stream = iter(tokens)
    for token in stream:
        if token.type == until:
            break
        if token.type == "paragraph_open":
            inline = next(stream)
            next(stream)
            blocks.append({"t": "Plain" if token.hidden else "Para", "c": _spans(inline.children or [], resolve)})
        elif token.type == "bullet_list_open":
            blocks.append({"t": "BulletList", "c": _items(stream, resolve, "bullet_list_close")})
        elif token.type == "ordered_list_open":
            start = int(token.attrs.get("start", 1))
            numbering = [start, {"t": "Decimal"}, {"t": "Period"}]
            blocks.append({"t": "OrderedList", "c": [numbering, _items(stream, resolve, "ordered_list_close")]})
    return blocks


def _items(stream: Iterable[Token], resolve: Resolve, until: str) -> list[Nodes]:
    items: list[Nodes] = []
    for token in stream:
        if token.type == until:
            break
        items.append(_blocks(stream, resolve, "list_item_close"))
    return items


_CLOSING = {"em_open": "Emph", "strong_open": "Strong", "link_open": "Link"}


def _spans(tokens: Sequence[Token], resolve: Resolve) -> Nodes:
    stack: list[tuple[Token | None, Nodes]] = [(None, [])]
    last = len(tokens) - 1
    for rank, token in enumerate(tokens):
        here = stack[-1][1]
        if token.type in _CLOSING:
            stack.append((token, []))
        elif token.type in ("em_close", "strong_close", "link_close"):
            opening, content = stack.pop()
            assert opening is not None
            stack[-1][1].extend(_closed(opening, content, resolve))
        elif token.type == "softbreak":
            here.append(ESPACE)
        elif token.type == "hardbreak":
            here.append({"t": "LineBreak"})
        elif token.type == "image":
            here.extend(mots(_image_as_typed(token)))
        elif token.type == "reference":
            title = resolve(token.content)
            here.extend(mots(NON_DIFFUSE) if title is None else [lien_element(token.content, str(title))])
        else:
            here.extend(accoles(token.content, rank > 0, rank < last))
    return stack[0][1]


def _image_as_typed(token: Token) -> str:
    """Images come from the files an element declares, never from a text."""
    title = f' "{token.attrs["title"]}"' if token.attrs.get("title") else ""
    return f"![{token.content}]({token.attrs['src']}{title})"


def _closed(opening: Token, content: Nodes, resolve: Resolve) -> Nodes:
    kind = _CLOSING[opening.type]
    if kind != "Link":
        return [{"t": kind, "c": content}]
    href = str(opening.attrs["href"])
    if not href:
        return [*mots("["), *content, *mots("]()")]
    reference = _IDENTIFIANT.fullmatch(href)
    if reference is None:
        return [lien(href, content, ["externe"])]
    return [lien_element(reference[1], content)] if resolve(reference[1]) is not None else content
