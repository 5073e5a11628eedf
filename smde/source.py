"""One YAML file: its text, its data, and the place of every key and value. Never raises on what people typed.

Data and places are built from libyaml's event stream, which does not recurse; every scalar stays text (the model types
values), an empty or null one is None and its key is left out of the data.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from smde.diagnostic import Diagnostic, Place, Span
from smde.syntaxe import explain

MAX_BYTES = 1_000_000
MAX_SCALAR = 100_000
MAX_DEPTH = 32
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ue000-\uf8ff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)

Stretch = int
"""Two character offsets of the text in one integer: start in the high 32 bits, end in the low ones."""
Noeud = Any
"""Places of a value: a Stretch for a scalar, `(Stretch, {key: (Stretch of the key, Noeud)})` or `(Stretch, [Noeud])`."""


def _packed(start: int, end: int) -> Stretch:
    return start << 32 | end


def stretch_of(noeud: Noeud) -> Stretch:
    """The stretch a value occupies."""
    stretch: int = noeud[0] if isinstance(noeud, tuple) else noeud
    return stretch


class _Stop(Exception):
    """Reading this file cannot go on; what was read and said so far is kept."""


@dataclass
class Source:
    """A file of the dossier: text, data and places, and what is wrong with it as YAML."""

    path: str
    text: str = ""
    data: Any = None
    places: Noeud = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: bool = False
    """Whether reading stopped before the end: data is then missing, ids are only those `salvaged_ids` can see."""

    @cached_property
    def _lines(self) -> list[int]:
        return [0] + [match.end() for match in re.finditer(r"\r\n|\r|\n", self.text)]

    def span(self, stretch: Stretch) -> Span:
        """Lines and columns of a stretch; a block text is shortened to its first line."""
        start, end = stretch >> 32, stretch & 0xFFFFFFFF
        line = bisect_right(self._lines, start)
        end_of_line = self._lines[line] if line < len(self._lines) else len(self.text) + 1
        end = max(start + 1, min(end, end_of_line - 1))
        column = start - self._lines[line - 1] + 1
        return Span(line, column, line, column + end - start)

    def place(self, stretch: Stretch) -> Place:
        """The place of a stretch, with the line it is on."""
        span = self.span(stretch)
        start = self._lines[span.line - 1]
        end = self._lines[span.line] if span.line < len(self._lines) else len(self.text)
        return Place(self.path, span, self.text[start:end].rstrip("\r\n"))

    def place_at(self, noeud: Noeud, chemin: Sequence[str | int], *, key: bool = False) -> Place:
        """The place of what `chemin` leads to below `noeud`, or of the nearest thing above that is written.

        Steps that are not written (a missing key, the tag of a union) are skipped; with `key`, the last key itself.
        """
        stretch = stretch_of(noeud)
        for index, step in enumerate(chemin):
            inside = noeud[1] if isinstance(noeud, tuple) else None
            if isinstance(inside, dict) and step in inside:
                key_stretch, noeud = inside[step]
                stretch = key_stretch if key and index == len(chemin) - 1 else stretch_of(noeud)
            elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
                noeud = inside[step]
                stretch = stretch_of(noeud)
        if isinstance(noeud, tuple) and stretch == noeud[0] and isinstance(noeud[1], dict) and noeud[1]:
            first_key = next(iter(noeud[1].values()))[0]
            stretch = noeud[1]["id"][0] if "id" in noeud[1] else first_key
        return self.place(stretch)

    def fault(self, code: str, message: str, aide: str = "", *, at: Stretch = 1) -> None:
        """Add an error of this file."""
        self.diagnostics.append(Diagnostic(self.place(at), "erreur", code, message, aide))

    def salvaged_ids(self) -> Iterator[str]:
        """Ids that can be seen in a file whose YAML cannot be read, so that citing them is no further fault."""
        for match in re.finditer(r"^[ \t-]*id[ \t]*:[ \t]*[\"']?([A-Za-z][\w-]*)", self.text, re.MULTILINE):
            yield match[1]


def read(file: Path, path: str) -> Source:
    """Read one file of the dossier; `path` is its name relative to the dossier, with `/`."""
    source = Source(path)
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        source.fault(
            "fichier-illisible", f"Ce fichier ne peut pas être lu ({error.strerror}).", "Vérifiez ses droits d'accès."
        )
        source.broken = True
        return source
    if size > MAX_BYTES:
        source.fault(
            "fichier-trop-gros",
            f"Ce fichier fait {size / 1e6:.1f} Mo ; la limite est de 1 Mo.".replace(".", ",", 1),
            "Répartissez ses éléments dans plusieurs fichiers d'un dossier du même nom.",
        )
        source.broken = True
        return source
    return parse(content, path)


def parse(content: bytes, path: str) -> Source:
    """Read the bytes of a file: UTF-8 (a byte-order mark is accepted), one YAML document."""
    source = Source(path)
    try:
        source.text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        source.broken = True
        source.text = content.decode("latin-1")
        found = (
            "UTF-16"
            if content[:2] in (b"\xff\xfe", b"\xfe\xff")
            else f"un octet 0x{content[error.start]:02x} qui n'est pas de l'UTF-8"
        )
        at = 1 if found == "UTF-16" else _packed(error.start, error.start + 1)
        if found == "UTF-16":
            source.text = ""
        source.fault(
            "encodage",
            f"Ce fichier n'est pas enregistré en UTF-8 ({found}).",
            "Excel et le Bloc-notes enregistrent parfois autrement : « Enregistrer sous », encodage « UTF-8 ».",
            at=at,
        )
        return source
    forbidden = list(FORBIDDEN.finditer(source.text))
    for match in forbidden[:20]:
        source.fault(*_forbidden_character(match[0]), at=_packed(match.start(), match.end()))
    if forbidden:
        source.broken = True
        return source
    try:
        _Reader(source).read()
    except _Stop:
        source.broken = True
    except yaml.YAMLError as error:
        source.broken = True
        mark = getattr(error, "problem_mark", None)
        offset = min(mark.index if mark else 0, len(source.text))
        code, message, aide, offset = explain(error, source.text, offset)
        source.fault(code, message, aide, at=_packed(offset, offset + 1))
    return source


def _forbidden_character(character: str) -> tuple[str, str, str]:
    name = unicodedata.name(character, "caractère de contrôle")
    return (
        "caractere-interdit",
        f"Caractère invisible ou interdit U+{ord(character):04X} ({name}).",
        "Effacez-le et retapez le mot : il vient souvent d'un copier-coller.",
    )


class _Reader:
    """Builds data and places from the events of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.loader = yaml.CSafeLoader(source.text)
        self.normalized = unicodedata.is_normalized("NFC", source.text)

    def read(self) -> None:
        """Fill the source; faults that do not prevent going on are told and reading goes on."""
        source, get_event = self.source, self.loader.get_event
        seen_document = False
        stack: list[tuple[Any, Any, int]] = []
        data: Any = None  # the container being filled, its places, and the pending key of a mapping
        places: Any = None
        start_of: int = 0
        key: str | None = None
        key_stretch = 0
        keys: list[tuple[str | None, int]] = []
        while True:
            event = get_event()
            kind = event.__class__
            if kind is ScalarEvent:
                mark = event.start_mark.index
                stretch = mark << 32 | event.end_mark.index
                value: Any = event.value
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event, stretch)
                if not self.normalized:
                    value = unicodedata.normalize("NFC", value)
                if data.__class__ is dict and key is None:
                    key, key_stretch = value, stretch
                    if value in places:
                        source.fault(
                            "cle-en-double",
                            f"La clé `{value}` est déjà donnée dans ce même bloc.",
                            "Gardez une seule des deux lignes.",
                            at=stretch,
                        )
                    elif value == "<<":
                        source.fault(
                            "yaml-refuse", "La fusion `<<` n'est pas acceptée.", "Recopiez les valeurs.", at=stretch
                        )
                    continue
                if event.style is None:
                    if value in _NULLS:
                        value = None
                elif event.style == '"' and (found := FORBIDDEN.search(value)):
                    source.fault(*_forbidden_character(found[0]), at=stretch)
                    value = None
                if value is not None and len(value) > MAX_SCALAR:
                    source.fault(
                        "texte-trop-long",
                        f"Ce texte fait {len(value)} caractères ; la limite est de {MAX_SCALAR}.",
                        "Coupez-le en plusieurs éléments.",
                        at=stretch,
                    )
                    value = None
                noeud: Any = stretch
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                stretch = event.start_mark.index << 32 | event.end_mark.index
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event, stretch)
                if data.__class__ is dict and key is None:
                    source.fault(
                        "yaml-refuse",
                        "Une clé doit être un mot, pas une liste ni un bloc.",
                        "Mettez la valeur entre guillemets si elle commence par [ ou {.",
                        at=stretch,
                    )
                    raise _Stop
                if len(stack) >= MAX_DEPTH:
                    source.fault(
                        "trop-imbrique", f"Plus de {MAX_DEPTH} niveaux imbriqués.", "Simplifiez ce bloc.", at=stretch
                    )
                    raise _Stop
                stack.append((data, places, start_of))
                keys.append((key, key_stretch))
                start_of = event.start_mark.index
                data, places = ({}, {}) if kind is MappingStartEvent else ([], [])
                key = None
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value, noeud = data, (start_of << 32 | event.end_mark.index, places)
                data, places, start_of = stack.pop()
                key, key_stretch = keys.pop()
            elif kind is AliasEvent:
                stretch = event.start_mark.index << 32 | event.end_mark.index
                source.fault(
                    "yaml-refuse",
                    f"Le renvoi `*{event.anchor}` n'est pas accepté.",
                    "Recopiez la valeur, ou mettez-la entre guillemets.",
                    at=stretch,
                )
                value, noeud = None, stretch
                if data.__class__ is dict and key is None:
                    key, key_stretch = f"*{event.anchor}", stretch
                    continue
            elif kind is DocumentStartEvent:
                if seen_document:
                    at = event.start_mark.index
                    source.fault(
                        "yaml-refuse",
                        "Un second document commence ici (`---`).",
                        "Un fichier contient un seul document : supprimez cette ligne.",
                        at=_packed(at, at + 3),
                    )
                    raise _Stop
                seen_document = True
                continue
            elif kind is StreamEndEvent:
                return
            else:
                continue
            if data.__class__ is dict:
                if key not in places:
                    places[key] = (key_stretch, noeud)
                    if value is not None:
                        data[key] = value
                key = None
            elif data is not None:
                data.append(value)
                places.append(noeud)
            else:
                source.data, source.places = value, noeud

    def _refuse_marks(self, event: Any, stretch: Stretch) -> None:
        if event.anchor is not None:
            self.source.fault(
                "yaml-refuse",
                f"L'ancre `&{event.anchor}` n'est pas acceptée.",
                "Supprimez-la, ou mettez la valeur entre guillemets.",
                at=stretch,
            )
        if event.tag is not None:
            self.source.fault(
                "yaml-refuse",
                f"L'étiquette de type `{event.tag}` n'est pas acceptée.",
                "Supprimez-la : le type vient du champ.",
                at=stretch,
            )
