"""Data and places of a YAML text, built from libyaml's event stream, which does not recurse. Knows no file, no model.

Every scalar stays text (the model types values); an empty or null one is None and its key is left out of the data.
"""

import re
import unicodedata
from collections.abc import Callable
from sys import intern
from typing import Any, Final, NamedTuple

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

from smde.syntaxe import explain

MAX_SCALAR = 100_000
MAX_DEPTH = 32
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ue000-\uf8ff"
    "\ufeff\ufff9-\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U000f0000-\U0010ffff]"
)
MARKER = "\ufffd"
"""Stands for a forbidden character while a text is read, so that places do not move; then left out of values."""
_NULLS = frozenset({"~", "null", "Null", "NULL"})

Stretch = int
"""Two character offsets of the text in one integer: start in the high 32 bits, end in the low ones."""
Noeud = Any
"""Places of a value: a Stretch, `(Stretch, {key: (Stretch of the key, Noeud)})` or `(Stretch, [Noeud])`."""


def packed(start: int, end: int) -> Stretch:
    """The stretch between two offsets."""
    return start << 32 | end


def stretch_of(noeud: Noeud) -> Stretch:
    """The stretch a value occupies."""
    stretch: int = noeud[0] if isinstance(noeud, tuple) else noeud
    return stretch


class Refused:
    """The type of `REFUSED`."""

    def __repr__(self) -> str:
        return "(refusé)"


REFUSED: Final = Refused()
"""Stands in the data for what YAML already refused: something is written there, and all has been said of it."""


class Fault(NamedTuple):
    """What is wrong in the text, and where."""

    code: str
    message: str
    aide: str
    stretch: Stretch


class Composed(NamedTuple):
    """What a text holds."""

    data: Any
    places: Noeud
    faults: list[Fault]
    empties: list[int]
    """Where the keys without a value are: they are in the places, not in the data."""
    broken: bool = False
    """Whether some of the text could not be read."""


class Unreadable(Exception):
    """Reading cannot go on past this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def read(text: str) -> Composed:
    """Read a text whole; raises `Unreadable` where it stops making sense."""
    reader = _Reader(text)
    try:
        data, places = reader.read(yaml.CSafeLoader(text).get_event)
    except yaml.YAMLError as error:
        found = explain(error, text)
        raise Unreadable(Fault(found.code, found.message, found.aide, packed(found.start, found.end))) from None
    return Composed(data, places, reader.faults, reader.empties)


class _Reader:
    """Builds data and places from the events of one text; faults that do not prevent going on are kept aside."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marked = MARKER in text
        self.as_typed = not self.marked and unicodedata.is_normalized("NFC", text)
        self.faults: list[Fault] = []
        self.empties: list[int] = []
        self.tagged: set[int] = set()
        self.refused_keys: list[tuple[dict[str, Any], str]] = []

    def read(self, get_event: Callable[[], Any]) -> tuple[Any, Noeud]:
        """Follow the events to their end. The speed of the whole program is made here: it is one loop."""
        as_typed = self.as_typed
        data: Any = []  # what is being filled (at first, the documents), and its places
        places: Any = []
        start_of = 0
        key: str | None = None  # the key of the value that comes; None when it is left out
        key_stretch = 0
        stack: list[tuple[Any, Any, int, str | None, int]] = []
        while True:
            event = get_event()
            kind = type(event)
            if type(data) is dict and kind is not MappingEndEvent:
                key_stretch = event.start_mark.index << 32 | event.end_mark.index
                if kind is ScalarEvent:
                    if event.tag is not None or event.anchor is not None:
                        self._refuse_marks(event, key_stretch)
                    key = event.value if as_typed else self._cleaned(event.value)
                    if event.style == '"':
                        key = self._checked(key, key_stretch)
                    key = intern(key)
                    if key in places:
                        self.faults.append(twice(key, key_stretch))
                        key = None
                    elif key == "<<":
                        self._refuse_key(places, key, "La fusion `<<` n'est pas acceptée.", key_stretch)
                        key = None
                elif kind is AliasEvent:
                    self._refuse_key(places, f"*{event.anchor}", _alias(event.anchor), key_stretch)
                    key = None
                else:
                    raise Unreadable(_key_expected(key_stretch))
                event = get_event()
                kind = type(event)
            if kind is ScalarEvent:
                noeud: Any = event.start_mark.index << 32 | event.end_mark.index
                if event.tag is not None or event.anchor is not None:
                    self._refuse_marks(event, noeud)
                value: Any = event.value if as_typed else self._cleaned(event.value)
                style = event.style
                if not value:
                    value = None
                elif not style:
                    if value in _NULLS:
                        value = None
                elif style == '"':
                    value = self._checked(value, noeud)
                elif style == ">" and "\n" in value:
                    # Folding leaves one line break where the writer left a blank line to begin a paragraph.
                    value = value.rstrip("\n").replace("\n", "\n\n")
                if value is not None and len(value) > MAX_SCALAR:
                    value = self._too_long(value, noeud)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                start = event.start_mark.index
                if event.tag is not None or event.anchor is not None:
                    self._refuse_marks(event, packed(start, event.end_mark.index))
                if len(stack) >= MAX_DEPTH:
                    message = f"Plus de {MAX_DEPTH} niveaux imbriqués."
                    stretch = packed(start, event.end_mark.index)
                    raise Unreadable(Fault("trop-imbrique", message, "Simplifiez ce bloc.", stretch))
                stack.append((data, places, start_of, key, key_stretch))
                start_of = start
                data, places = ({}, {}) if kind is MappingStartEvent else ([], [])
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value, noeud = data, (start_of << 32 | event.end_mark.index, places)
                data, places, start_of, key, key_stretch = stack.pop()
            elif kind is AliasEvent:
                noeud = event.start_mark.index << 32 | event.end_mark.index
                self._refuse(_alias(event.anchor), "Recopiez la valeur, ou mettez-la entre guillemets.", noeud)
                value = REFUSED
            elif kind is DocumentStartEvent:
                if data:
                    raise Unreadable(_second_document(event.start_mark.index))
                continue
            elif kind is StreamEndEvent:
                break
            else:
                continue
            if type(data) is list:
                data.append(value)
                places.append(noeud)
            elif key is not None:
                places[key] = (key_stretch, noeud)
                if value is not None:
                    data[key] = value
                else:
                    self.empties.append(key_stretch >> 32)
        for holder, refused in self.refused_keys:
            holder.pop(refused, None)
        if not data:
            return None, 0
        return (self._without_tagged(data[0], places[0]) if self.tagged else data[0]), places[0]

    def _cleaned(self, value: str) -> str:
        return unicodedata.normalize("NFC", value.replace(MARKER, "") if self.marked else value)

    def _checked(self, value: str, stretch: Stretch) -> str:
        """Between double quotes, an escape can hide a forbidden character, or an accent apart from its letter."""
        value = unicodedata.normalize("NFC", value)
        found = FORBIDDEN.search(value)
        if found is None:
            return value
        self.faults.append(forbidden_character(found[0], stretch))
        return FORBIDDEN.sub("", value)

    def _too_long(self, value: str, stretch: Stretch) -> Refused:
        message = f"Ce texte fait {len(value)} caractères ; la limite est de {MAX_SCALAR}."
        self.faults.append(Fault("texte-trop-long", message, "Coupez-le en plusieurs éléments.", stretch))
        return REFUSED

    def _refuse(self, message: str, aide: str, stretch: Stretch) -> None:
        self.faults.append(Fault("yaml-refuse", message, aide, stretch))

    def _refuse_key(self, places: dict[str, Any], key: str, message: str, stretch: Stretch) -> None:
        """Tell a key that is not accepted, and have it and its value left out."""
        self._refuse(message, "Recopiez les valeurs.", stretch)
        places[key] = (stretch, stretch)
        self.refused_keys.append((places, key))

    def _without_tagged(self, data: Any, noeud: Noeud) -> Any:
        """The data with the values that have a tag refused: what was typed after `!` is not what was meant."""
        if stretch_of(noeud) >> 32 in self.tagged:
            return REFUSED
        if isinstance(data, dict):
            return {key: self._without_tagged(value, noeud[1][key][1]) for key, value in data.items()}
        if isinstance(data, list):
            return [self._without_tagged(value, place) for value, place in zip(data, noeud[1], strict=True)]
        return data

    def _refuse_marks(self, event: Any, stretch: Stretch) -> None:
        if event.tag is not None:
            self.tagged.add(stretch >> 32)
        typed = self.text[stretch >> 32 : (stretch >> 32) + 2 * MAX_SCALAR]
        marks = re.match(r"((?:[&!]\S*\s+)*[&!][^\s,\[\]{}]*)", typed)
        for mark in re.finditer(r"[&!][^\s,\[\]{}]*", marks[0]) if marks else ():
            what = "L'ancre" if mark[0][0] == "&" else "L'étiquette de type"
            message = f"{what} `{shortened(mark[0])}` n'est pas acceptée."
            at = stretch >> 32
            aide = "Supprimez-la, ou mettez la valeur entre guillemets."
            self._refuse(message, aide, packed(at + mark.start(), at + mark.end()))


def shortened(words: str, limit: int = 60) -> str:
    """Words that fit in a message: one line, no invisible character."""
    words = FORBIDDEN.sub(MARKER, " ".join(words[: limit * 4].split()))
    return words if len(words) <= limit else words[: limit - 1] + "…"


def twice(key: str, stretch: Stretch) -> Fault:
    """Tell a key given twice in the same block."""
    message = f"La clé `{shortened(key)}` est déjà donnée dans ce même bloc."
    return Fault("cle-en-double", message, "Gardez une seule des deux lignes.", stretch)


def _alias(anchor: str) -> str:
    return f"Le renvoi `*{shortened(anchor)}` n'est pas accepté."


def _key_expected(stretch: Stretch) -> Fault:
    aide = "Mettez la valeur entre guillemets si elle commence par `[` ou `{`."
    return Fault("yaml-refuse", "Une clé doit être un mot, pas une liste ni un bloc.", aide, stretch)


def _second_document(at: int) -> Fault:
    aide = "Un fichier contient un seul document : supprimez cette ligne."
    return Fault("second-document", "Un second document commence ici (`---`).", aide, packed(at, at + 3))


_NOMS = {
    "\0": "caractère nul",
    "\x1b": "échappement",
    "\x7f": "effacement",
    "\x85": "saut de ligne invisible",
    "\u200b": "espace sans chasse",
    "\u200d": "liant sans chasse",
    "\u200e": "marque de sens de lecture",
    "\u200f": "marque de sens de lecture",
    "\u2028": "séparateur de lignes",
    "\u2029": "séparateur de paragraphes",
    "\u202e": "inversion du sens de lecture",
    "\ufeff": "marque d'ordre des octets",
    "\ufffd": "caractère perdu dans une conversion",
}


def forbidden_character(character: str, stretch: Stretch) -> Fault:
    """Tell a character that no text may hold."""
    nom = _NOMS.get(character, "caractère de commande" if ord(character) < 0xA0 else "caractère invisible")
    return Fault(
        "caractere-interdit",
        f"Caractère interdit U+{ord(character):04X} ({nom}).",
        "Effacez-le et retapez le mot : il vient souvent d'un copier-coller.",
        stretch,
    )
