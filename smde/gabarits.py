"""The templates of `macros/`: trusted Markdown, read by pandoc, in which values typed by people enter as nodes.

`{{ … }}` leaves a mark in the text; the value takes its place once the text has become a tree. Pages of the same shape
leave the same text, and pandoc reads it once.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import CodeType, MappingProxyType, TracebackType
from typing import Any, NamedTuple

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    pass_context,
)
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup

from smde.arbre import Document, Figure, Nodes, mots
from smde.diagnostic import suggestion
from smde.edition import Edition, seulement
from smde.envois import Remise
from smde.fragments import Fragment, TemplateFault
from smde.instantane import Instantane
from smde.libelles import mot
from smde.menu import Menu, MenuFault, lire
from smde.plan_du_site import parties
from smde.remplissage import Marque, remplie
from smde.sigles import Sigles, sigles
from smde.vocabulaire import Vocabulaire

READER = "commonmark+fenced_divs+bracketed_spans+attributes+pipe_tables-raw_html"
_CUT = "\ue002"
_AT_ONCE = 200
_FENCE = re.compile(r" {0,3}(:{3,})\s*(.*)")
_FRENCH = (
    (r"unexpected '(.+)'", r"« \1 » n'est pas attendu ici"),
    (r"expected token '(.+)', got '(.+)'", r"« \1 » est attendu au lieu de « \2 »"),
    (r"Encountered unknown tag '(\w+)'.*", r"l'instruction « \1 » n'existe pas ou n'est pas à sa place"),
    (
        r"Missing end of comment tag",
        "« {# » ouvre un commentaire qui n'est pas fermé ; un identifiant s'écrit id=\"…\"",
    ),
    (r"Unexpected end of template.*", "une instruction {% … %} n'est pas fermée"),
    (r"'(\w+)' is undefined", r"le nom « \1 » n'existe pas"),
    (r"'(?:[\w.]*\.)?(\w+)(?: object)?' has no attribute '(\w+)'", r"« \2 » n'est pas un champ de « \1 »"),
    (r"No filter named '(\w+)'.*", r"le filtre « \1 » n'existe pas"),
)
Read = Callable[[str, str], Nodes]
"""Pandoc's reader: a Markdown text and the name of the dialect give blocks."""
Commande = tuple[str, str, Mapping[str, Any]]
"""A document to make: its name, the template, and the values the template finds by name."""


class Versee(NamedTuple):
    """A template poured: its text with marks, and what each mark stands for."""

    nom: str
    gabarit: str
    texte: str
    marques: list[Marque]


class _Compiles(BytecodeCache):
    """Templates compiled, kept for the next edition; one that changed is compiled again."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.checksum, bucket.code


_COMPILES = _Compiles()


class Gabarits:
    """The templates of one folder, for one edition."""

    def __init__(
        self,
        macros: Path,
        edition: Edition,
        read: Read,
        arbres: MutableMapping[str, Nodes] | None = None,
        passe: Sequence[Instantane] = (),
        remises: Mapping[str, Remise] = MappingProxyType({}),
    ) -> None:
        """`arbres` holds the trees pandoc has read, by text; editions made one after the other may share it. `passe` is
        what this readership was told before, the most recent first; `remises` what actors hold, by id of envoi.
        """
        self.passe, self.remises = passe, remises
        self.macros, self.edition, self.read = macros.absolute(), seulement(edition), read
        self._arbres = {} if arbres is None else arbres
        self._marks: list[Marque] = []
        self._figures: dict[str, Figure] = {}
        self._environment = Environment(
            loader=FileSystemLoader(self.macros),
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_COMPILES,
            finalize=self._finalize,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        words = Vocabulaire(edition, self._figures, lambda: self.menu.absentes, passe, remises)
        self._environment.globals.update(words.noms())
        self._environment.globals["plan_du_site"] = lambda: parties(self.menu, edition, self.templates("elements"))

    @cached_property
    def menu(self) -> Menu:
        """The menu of the site these templates make."""
        return lire(self.macros, self.edition)

    @cached_property
    def sigles(self) -> Sigles:
        """The acronyms of the edition, explained on each page."""
        return sigles(self.edition)

    def restreints(self, edition: Edition) -> "Gabarits":
        """The same templates, for a part of their edition."""
        return self if edition is self.edition else Gabarits(self.macros, edition, self.read, self._arbres)

    def templates(self, folder: str) -> list[str]:
        """Names of the templates below a folder of `macros/`, without extension, in order."""
        root = self.macros / folder
        return sorted(file.relative_to(root).as_posix().removesuffix(".md.j2") for file in root.rglob("*.md.j2"))

    def documents(self, commandes: Sequence[Commande]) -> list[Document]:
        """Pour templates into documents; raises TemplateFault at the first template that is wrong."""
        versees = [self.verser(commande) for commande in commandes]
        self.lire(versees)
        return [self.document(versee) for versee in versees]

    def verser(self, commande: Commande) -> Versee:
        """Pour one template."""
        nom, template, values = commande
        self._marks = []
        try:
            text = self._environment.get_template(template).render(values)
        except MenuFault:
            raise
        except Exception as error:
            words = self._explained(error)
            end = "" if words.endswith(("?", ".")) else "."
            raise TemplateFault(f"{self._place(error, template)}: {words}{end}") from error
        return Versee(nom, template, text, self._marks)

    def lire(self, versees: Iterable[Versee]) -> None:
        """Have pandoc read the texts it has not read yet, many at a time."""
        texts: dict[str, str] = {}
        for versee in versees:
            if versee.texte not in self._arbres:
                texts.setdefault(versee.texte, versee.gabarit)
        for start in range(0, len(texts), _AT_ONCE):
            batch = list(texts)[start : start + _AT_ONCE]
            *pages, _ = _cut(self.read("".join(f"{text}\n\n{_CUT}\n\n" for text in batch), READER))
            if len(pages) != len(batch):
                raise TemplateFault(self._unclosed(texts[batch[len(pages)]]))
            self._arbres.update(zip(batch, pages, strict=True))

    def document(self, versee: Versee) -> Document:
        """The document of a template poured, once its text is read."""
        page = remplie(self._arbres[versee.texte], versee.marques, f"macros/{versee.gabarit}")
        identite = self.edition.identite
        return Document(
            nom=versee.nom,
            titre=page.titre or versee.nom,
            blocs=page.blocs,
            resume=page.resume,
            auteur=identite.titre,
            date=self.edition.date,
            couleur=identite.couleurs.principale,
            accent=identite.couleurs.accent,
            figures={name: self._figures[name] for name in page.figures},
            ancres=page.ancres,
        )

    @property
    def _finalize(self) -> Callable[..., Markup]:
        @pass_context
        def finalize(_: object, value: Any) -> Markup:
            if isinstance(value, Markup):
                return value
            if value is None:
                return Markup("")
            frame = sys._getframe(1)
            template = frame.f_globals["__jinja_template__"]
            where = f"macros/{template.name}:{template.get_corresponding_lineno(frame.f_lineno)}"
            self._marks.append(Marque(_fragment(value), where))
            return Markup(f"\ue000{len(self._marks) - 1}\ue001")

        return finalize

    def _place(self, error: Exception, template: str) -> str:
        """Where a template went wrong: the innermost line of a template that the error came through."""
        if isinstance(error, TemplateSyntaxError):
            file = self.macros / (error.filename or error.name or template)
            return f"macros/{file.relative_to(self.macros).as_posix()}:{error.lineno}"
        where = f"macros/{template}"
        trace: TracebackType | None = error.__traceback__
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            if file.is_relative_to(self.macros):
                where = f"macros/{file.relative_to(self.macros).as_posix()}:{trace.tb_lineno}"
            trace = trace.tb_next
        return where

    def _explained(self, error: Exception) -> str:
        """What is wrong, in French."""
        match error:
            case TemplateFault():
                return str(error)
            case TemplateNotFound():
                return f"le gabarit « {error.name} » n'existe pas"
            case TemplateSyntaxError() | UndefinedError():
                said = error.message or ""
                for pattern, french in _FRENCH:
                    if found := re.fullmatch(pattern, said):
                        near = suggestion(found[1], self._environment.globals) if "undefined" in pattern else ""
                        return found.expand(french) + (f" ({near.rstrip(' ?').lower()} ?)" if near else "")
                return f"l'écriture n'est pas comprise ({said})"
        return f"la fonction appelée ici échoue ({type(error).__name__} : {error})"

    def _unclosed(self, template: str) -> str:
        """Which « ::: » is not closed, in the template or in those it includes."""
        for name in [template, *self.templates("")]:
            name = name if name.endswith(".md.j2") else f"{name}.md.j2"
            opened: list[int] = []
            for number, line in enumerate((self.macros / name).read_text(encoding="utf-8").splitlines(), 1):
                if fence := _FENCE.fullmatch(line):
                    if fence[2]:
                        opened.append(number)
                    elif opened:
                        opened.pop()
            if opened:
                return f"macros/{name}:{opened[-1]}: un bloc « ::: » est ouvert et n'est pas fermé."
        return f"macros/{template}: un bloc « ::: » est ouvert et n'est pas fermé."


def _fragment(value: Any) -> Fragment:
    """What `{{ value }}` prints."""
    if isinstance(value, Fragment):
        return value
    if isinstance(value, Enum):
        return Fragment(tuple(mots(mot(value))))
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        return Fragment(tuple(mots(value if isinstance(value, str) else str(value))))
    if isinstance(value, Undefined):
        str(value)  # raises what says the name
    raise TemplateFault(f"une valeur de type {type(value).__name__} ne s'imprime pas telle quelle")


def _cut(blocks: Nodes) -> Iterator[Nodes]:
    """The blocks of each text of a batch."""
    page: Nodes = []
    for block in blocks:
        if block["t"] == "Para" and block["c"] == [{"t": "Str", "c": _CUT}]:
            yield page
            page = []
        else:
            page.append(block)
    yield page
