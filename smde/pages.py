"""Views poured through the Jinja templates of `macros/` into neutral documents.

Templates are trusted Markdown, read by pandoc; values typed by people never are: `{{ … }}` leaves a mark in the text,
and the value takes its place as nodes once the text has become a tree.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from smde.arbre import Document, Figure, Node, Nodes, mots, texte_brut
from smde.edition import Edition
from smde.model.champ import Diffusion
from smde.model.element import StatutValidation
from smde.model.identite import Livrable
from smde.vocabulaire import Fragment, Vocabulaire

READER = "commonmark+fenced_divs+bracketed_spans+attributes+pipe_tables-raw_html"
_MARK = re.compile("\ue000(\\d+)\ue001")
_CUT = "\ue002"
Read = Callable[[str, str], Nodes]
"""Pandoc's reader: a Markdown text and the name of the dialect give blocks."""


class TemplateFault(Exception):
    """A template of `macros/` is wrong: the message says which, where, in French."""


@dataclass
class Registre:
    """What the marks of one batch of pages stand for, and the figures met on the way."""

    values: list[Fragment] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)

    def mark(self, value: Any) -> Markup:
        """A mark for a value; plain words become inlines."""
        if isinstance(value, Markup):
            return value
        if value is None:
            return Markup("")
        fragment = value if isinstance(value, Fragment) else Fragment(tuple(mots(str(value))))
        self.values.append(fragment)
        return Markup(f"\ue000{len(self.values) - 1}\ue001")

    def inlines(self, words: str) -> Nodes:
        """The words of a Str, each mark replaced by what it stands for."""
        nodes: Nodes = []
        position = 0
        for match in _MARK.finditer(words):
            if words[position : match.start()]:
                nodes.append({"t": "Str", "c": words[position : match.start()]})
            fragment = self.values[int(match[1])]
            if fragment.bloc:
                raise TemplateFault("Un bloc (texte, tableau, figure) doit être seul dans son paragraphe.")
            nodes += fragment.nodes
            position = match.end()
        if words[position:]:
            nodes.append({"t": "Str", "c": words[position:]})
        return nodes

    def words(self, text: str) -> str:
        """A text (an identifier, an attribute) with marks replaced by plain words."""
        return _MARK.sub(lambda match: texte_brut(list(self.values[int(match[1])].nodes)), text)


class Gabarits:
    """The templates of one folder, for one edition."""

    def __init__(self, macros: Path, edition: Edition, read: Read) -> None:
        self.macros, self.edition, self.read = macros, edition, read
        self.registre = Registre()
        environment = Environment(
            loader=FileSystemLoader(macros),
            autoescape=True,
            finalize=self._finalize,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(Vocabulaire(edition, self.registre.figures).noms())
        self.environment = environment

    @property
    def _finalize(self) -> Callable[..., Any]:
        @pass_context
        def finalize(context: Context, value: Any) -> Any:
            return self.registre.mark(value)

        return finalize

    def templates(self, folder: str) -> list[str]:
        """Names of the templates below a folder of `macros/`, without extension, in order."""
        root = self.macros / folder
        return sorted(file.relative_to(root).as_posix().removesuffix(".md.j2") for file in root.rglob("*.md.j2"))

    def documents(self, orders: Sequence[tuple[str, str, Mapping[str, Any]]]) -> list[Document]:
        """Pour `(name of the document, template, values)` into documents, all read by pandoc at once."""
        texts = [self._rendered(template, values) for _, template, values in orders]
        blocks = self.read(f"\n\n{_CUT}\n\n".join(texts), READER) if orders else []
        pages = list(_cut(blocks))
        if len(pages) != len(orders):
            raise TemplateFault("Un gabarit ouvre un bloc « ::: » sans le fermer.")
        return [self._document(nom, template, page) for (nom, template, _), page in zip(orders, pages, strict=True)]

    def _rendered(self, template: str, values: Mapping[str, Any]) -> str:
        try:
            return self.environment.get_template(template).render(values)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            where = f"macros/{getattr(error, 'name', None) or template}" + (f":{line}" if line else "")
            raise TemplateFault(f"{where}: le gabarit ne peut pas être rempli ({error.message}).") from error

    def _document(self, nom: str, template: str, page: Nodes) -> Document:
        try:
            blocs = self._blocks(page)
        except TemplateFault as fault:
            raise TemplateFault(f"macros/{template}: {fault}") from None
        _identify(blocs)
        first = next((block for block in blocs if block["t"] == "Header" and block["c"][0] == 1), None)
        titre = texte_brut(first["c"][2]) if first else nom
        identite = self.edition.identite
        return Document(
            nom=nom,
            titre=titre,
            blocs=tuple(blocs),
            resume=_resume(blocs),
            auteur=identite.titre,
            date=self.edition.date,
            couleur=identite.couleurs.principale,
            accent=identite.couleurs.accent,
            figures={name: self.registre.figures[name] for name in _figures(blocs)},
        )

    def _blocks(self, blocks: Nodes) -> Nodes:
        """Blocks with their marks replaced."""
        done: Nodes = []
        for block in blocks:
            fragments = self._alone(block)
            if fragments is None:
                done.append(self._node(block))
            else:
                for fragment in fragments:
                    done += fragment.nodes if fragment.bloc else [{"t": block["t"], "c": list(fragment.nodes)}]
        return done

    def _alone(self, block: Node) -> list[Fragment] | None:
        """The fragments of a paragraph made only of block marks, or None."""
        if block["t"] not in ("Para", "Plain"):
            return None
        inlines = [node for node in block["c"] if node["t"] not in ("SoftBreak", "Space")]
        if not inlines or any(node["t"] != "Str" or _MARK.sub("", node["c"]) for node in inlines):
            return None
        fragments = [self.registre.values[int(number)] for node in inlines for number in _MARK.findall(node["c"])]
        return fragments if any(fragment.bloc for fragment in fragments) else None

    def _node(self, node: Any) -> Any:
        if isinstance(node, dict):
            kind, content = node["t"], node.get("c")
            if content is None:
                return node
            if kind in ("Code", "CodeBlock"):
                return {"t": kind, "c": [content[0], self.registre.words(content[1])]}
            if kind in ("Header", "Div", "Span", "Link", "Image", "Table"):
                content = self._with_attributes(content, 1 if kind == "Header" else 0)
            return {"t": kind, "c": self._node(content)}
        if isinstance(node, list):
            if node and isinstance(node[0], dict) and "t" in node[0]:
                return self._sequence(node)
            return [self._node(item) for item in node]
        return node

    def _sequence(self, nodes: Nodes) -> Nodes:
        if all(isinstance(node, dict) for node in nodes) and nodes[0]["t"] in _BLOCK_KINDS:
            return self._blocks(nodes)
        done: Nodes = []
        for node in nodes:
            if isinstance(node, dict) and node["t"] == "Str" and "\ue000" in node["c"]:
                done += self.registre.inlines(node["c"])
            else:
                done.append(self._node(node))
        return done

    def _with_attributes(self, content: list[Any], index: int) -> list[Any]:
        """Marks replaced in identifiers, classes and attributes; a quoted `id` or `class` counts as such."""
        ident, classes, values = content[index]
        pairs = [(key, self.registre.words(value)) for key, value in values]
        ident = next((value for key, value in pairs if key == "id"), self.registre.words(ident))
        more = [name for key, value in pairs if key == "class" for name in value.split()]
        kept = [[key, value] for key, value in pairs if key not in ("id", "class")]
        attributes = [ident, [*(self.registre.words(name) for name in classes), *more], kept]
        return [*content[:index], attributes, *content[index + 1 :]]


_BLOCK_KINDS = frozenset(
    ["Plain", "Para", "LineBlock", "CodeBlock", "BlockQuote", "OrderedList", "BulletList", "DefinitionList", "Header", "HorizontalRule", "Table", "Figure", "Div"]
)


def _cut(blocks: Nodes) -> Iterator[Nodes]:
    """The blocks of each page of a batch."""
    page: Nodes = []
    for block in blocks:
        if block["t"] == "Para" and block["c"] == [{"t": "Str", "c": _CUT}]:
            yield page
            page = []
        else:
            page.append(block)
    yield page


def walk(node: Any) -> Iterator[Node]:
    """Every node of a tree, in document order."""
    if isinstance(node, dict):
        if "t" in node:
            yield node
        yield from walk(node.get("c"))
    elif isinstance(node, list | tuple):
        for item in node:
            yield from walk(item)


def slug(words: str) -> str:
    """`Et donc ?` → `et-donc`: an identifier any output accepts."""
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words).strip("-") or "section"


def _identify(blocs: Nodes) -> None:
    """Give every heading without one an identifier, unique in the document."""
    taken = {header["c"][1][0] for header in walk(blocs) if header["t"] == "Header" and header["c"][1][0]}
    for header in walk(blocs):
        if header["t"] == "Header" and not header["c"][1][0]:
            base = ident = slug(texte_brut(header["c"][2]))
            number = 2
            while ident in taken:
                ident, number = f"{base}-{number}", number + 1
            taken.add(ident)
            header["c"][1] = [ident, *header["c"][1][1:]]


def _resume(blocs: Nodes) -> str:
    """The first paragraph in words, for search engines and previews: at most 200 characters, cut at a word."""
    for block in blocs:
        chapo = block["t"] == "Div" and "chapo" in block["c"][0][1]
        if block["t"] == "Para" or chapo:
            words = " ".join(texte_brut(block["c"][1] if chapo else block["c"]).split())
            if len(words) > 30:
                return words if len(words) <= 200 else words[:200].rsplit(" ", 1)[0] + "…"
    return ""


def _figures(blocs: Iterable[Node]) -> list[str]:
    targets = [node["c"][2][0] for node in walk(list(blocs)) if node["t"] == "Image"]
    return [target.removeprefix("figure:") for target in targets if target.startswith("figure:")]


def identifiers(document: Document) -> set[str]:
    """Every identifier a document gives a place to: headings, blocks, spans, tables."""
    found = set()
    for node in walk(list(document.blocs)):
        if node["t"] in ("Div", "Span", "Table", "Figure", "Header"):
            ident = node["c"][1][0] if node["t"] == "Header" else node["c"][0][0]
            if ident:
                found.add(ident)
    return found


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a site, and where each element is: `page` or `page#anchor`."""

    documents: tuple[Document, ...]
    adresses: Mapping[str, str]


def site(gabarits: Gabarits) -> Pages:
    """Every page: one per element that has a template in `elements/`, one per template in `pages/`."""
    edition = gabarits.edition
    templates = gabarits.templates("elements")
    orders: list[tuple[str, str, Mapping[str, Any]]] = []
    adresses: dict[str, str] = {}
    genres: dict[str, str] = {}
    for element in edition.elements.values():
        if element.genre in templates:
            nom = f"{slug(type(element).pluriel)}/{element.id}"
            adresses[element.id] = nom
            genres[nom] = element.genre
            orders.append((nom, f"elements/{element.genre}.md.j2", {"element": element}))
    orders += [(nom, f"pages/{nom}.md.j2", {}) for nom in gabarits.templates("pages")]
    documents = [replace(document, genre=genres.get(document.nom, "")) for document in gabarits.documents(orders)]
    for document in documents:
        for ident in sorted(identifiers(document)):
            if ident in edition.elements:
                adresses.setdefault(ident, f"{document.nom}#{ident}")
    return Pages(tuple(documents), adresses)


def livrable(gabarits: Gabarits, livrable: Livrable) -> Document:
    """The document of a livrable, from its template in `documents/`."""
    edition = gabarits.edition
    (document,) = gabarits.documents([(livrable.id, f"documents/{livrable.modele}.md.j2", {"livrable": livrable})])
    return replace(
        document,
        titre=livrable.titre,
        sous_titre=livrable.sous_titre or edition.identite.strategie,
        version=edition.date[:7],
        statut=standing(edition),
        genre="livrable",
    )


def standing(edition: Edition) -> str:
    """What cover, headers and banners say of the standing of an edition."""
    pending = any(element.validation.statut is StatutValidation.a_valider for element in edition.elements.values())
    words = "Document de travail" if pending or edition.diffusion is not Diffusion.public else "Document publié"
    return words if edition.diffusion is Diffusion.public else f"{words} – diffusion {edition.diffusion.name}"
