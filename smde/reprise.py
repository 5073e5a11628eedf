"""What can still be read of a text whose YAML is broken: each element, then each field, on its own.

One bad line costs one field, the rest of the file is read and judged, and every bad line is told in the same run.
"""

import re
from collections.abc import Iterator
from typing import Any

from smde import composer
from smde.composer import MAX_DEPTH, REFUSED, Composed, Fault, Noeud, Stretch, Unreadable, packed, twice
from smde.syntaxe import MISALIGNED, NO_COLON

_KEY = re.compile(r"""[ ]*(?P<key>"[^"\n]*"|'[^'\n]*'|[^\W\d][\w.-]*)[ ]*:(?=\s|$)""")
_ITEM = re.compile(r"[ ]*-(?=\s|$)")
_SILENT = re.compile(r"[ \t]*(?:#|\r?$)|%|---\s*$", re.MULTILINE)
_SEPARATOR = re.compile(r"^(?:---|\.\.\.)(?=\s|$)", re.MULTILINE)
Extent = tuple[int, int]


def compose(text: str) -> Composed:
    """Read a text, whole if it can be, piece by piece if not."""
    try:
        return composer.read(text)
    except Unreadable as error:
        pieces = _Pieces()
        data, places = pieces.below(text, 0, error.fault, 0)
        return Composed(data, places, pieces.faults, pieces.empties, True)


class _Pieces:
    """Reads pieces of a text; `base` is where a piece starts in it."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.empties: list[int] = []
        self.stops = 0
        """How many of the faults kept some of the text from being read."""

    def _stop(self, fault: Fault) -> None:
        self.faults.append(fault)
        self.stops += 1

    def read(self, piece: str, base: int, depth: int) -> tuple[Any, Noeud]:
        """What a piece holds, read whole if it can be."""
        try:
            return self._whole(piece, base)
        except Unreadable as error:
            return self.below(piece, base, error.fault, depth + 1)

    def below(self, piece: str, base: int, fault: Fault, depth: int) -> tuple[Any, Noeud]:
        """What the parts of a piece hold, when `fault` prevents reading it whole."""
        if fault.code == "second-document":
            return self._first_document(piece, base, fault, depth)
        parts = list(_parts(piece))
        stops = self.stops
        found: Any = None
        places: Any = None
        if parts and depth < (3 if fault.code == "trop-imbrique" else MAX_DEPTH):
            listed = _ITEM.match(piece, parts[0][0]) is not None
            found, places = (self._items if listed else self._fields)(piece, base, parts, depth)
        whole = packed(base + len(piece) - len(piece.lstrip()), base + len(piece.rstrip()))
        if found is None:
            self._stop(fault)
            return REFUSED, whole
        if self.stops == stops:  # each part is sound: the way they stand together is not
            self._stop(fault)
        return found, (whole, places)

    def _whole(self, piece: str, base: int) -> tuple[Any, Noeud]:
        try:
            data, places, faults, empties, _ = composer.read(piece)
        except Unreadable as error:
            raise Unreadable(_moved(error.fault, base)) from None
        self.faults += [_moved(fault, base) for fault in faults]
        self.empties += [base + empty for empty in empties]
        return data, _shifted(places, base << 32 | base)

    def _first_document(self, piece: str, base: int, fault: Fault, depth: int) -> tuple[Any, Noeud]:
        """A list goes on past `---`, told each time; anything else ends there."""
        at = (fault.stretch >> 32) - base
        first = next((line for line in piece.splitlines() if not _SILENT.match(line)), "")
        if _ITEM.match(first) is None or depth >= MAX_DEPTH:
            self._stop(fault)
            return self.read(piece[:at], base, MAX_DEPTH)
        for marker in _SEPARATOR.finditer(piece, at):
            self._stop(fault._replace(stretch=packed(base + marker.start(), base + marker.start() + 3)))
        rest = _SEPARATOR.sub(lambda marker: "   " + marker[0][3:], piece[at:])
        return self.read(piece[:at] + rest, base, MAX_DEPTH - 8)

    def _items(self, piece: str, base: int, parts: list[Extent], depth: int) -> tuple[Any, Any]:
        data, places = [], []
        for start, end in parts:
            if _ITEM.match(piece, start) is None:
                at = packed(base + start, base + start + len(piece[start:end].split("\n", 1)[0].rstrip()))
                self._stop(Fault("yaml-syntaxe", *MISALIGNED, at))
                continue
            item = piece[start:end].replace("-", " ", 1)
            value, noeud = self.read(item, base + start, depth)
            data.append(value)
            places.append(noeud)
        return data, places

    def _fields(self, piece: str, base: int, parts: list[Extent], depth: int) -> tuple[Any, Any]:
        data: dict[str, Any] = {}
        places: dict[str, tuple[Stretch, Noeud]] = {}
        if len(parts) == 1 and _KEY.match(piece, parts[0][0]) is None:
            return None, None
        for start, end in parts:
            for key, key_stretch, value, noeud in self._field(piece[start:end], base + start, depth):
                if key in places:
                    self.faults.append(twice(key, key_stretch))
                    continue
                places[key] = (key_stretch, noeud)
                if value is not None:
                    data[key] = value
        return data, places

    def _field(self, field: str, base: int, depth: int) -> Iterator[tuple[str, Stretch, Any, Noeud]]:
        """A key and its value (or several, when the text turns out to hold several)."""
        key = _KEY.match(field)
        try:
            value, noeud = self._whole(field, base)
        except Unreadable as error:
            if key is None:
                self._stop(error.fault)
                return
            name = key["key"].strip("\"'")
            key_stretch = packed(base + key.start("key"), base + key.end("key"))
            if _SILENT.match(field, key.end()) and error.fault.code != "trop-imbrique":
                value, noeud = self.below(" " * key.end() + field[key.end() :], base, error.fault, depth + 1)
            else:
                self._stop(error.fault)
                value, noeud = self._inline(field, base, key)
            yield name, key_stretch, value, noeud
            return
        if isinstance(value, dict):
            for name, (key_stretch, place) in noeud[1].items():
                yield name, key_stretch, value.get(name), place
        elif value is not None:
            start = base + len(field) - len(field.lstrip())
            end = start + len(field.strip().split("\n", 1)[0])
            self._stop(Fault("yaml-syntaxe", *NO_COLON, packed(start, end)))

    def _inline(self, field: str, base: int, key: re.Match[str]) -> tuple[Any, Noeud]:
        """A value that cannot be read: refused, but an id whose own line is sound is kept, for it may be cited."""
        whole = packed(base + key.end() + 1, base + len(field.rstrip()))
        if key["key"] != "id":
            return REFUSED, whole
        try:
            line = composer.read(field.split("\n", 1)[0])
        except Unreadable:
            return REFUSED, whole
        return line.data["id"], _shifted(line.places[1]["id"][1], base << 32 | base)


def _parts(piece: str) -> Iterator[Extent]:
    """Where the items of a list, or the fields of a block, start and end."""
    start: int | None = None
    column = here = 0
    listed = keyed = False
    for line in piece.splitlines(keepends=True):
        offset, here = here, here + len(line)
        if start is None:
            if not _SILENT.match(line):
                start, column = offset, len(line) - len(line.lstrip(" "))
                listed = _ITEM.match(line) is not None
                keyed = _KEY.match(line, line.find("-") + 1 if listed else 0) is not None
            continue
        words = line.lstrip(" \t")
        if len(line) - len(words) > column or not words.strip() or words.startswith("#"):
            continue
        if _SEPARATOR.match(line):
            continue
        is_item, is_key = _ITEM.match(line) is not None, _KEY.match(line) is not None
        # Below a key, the items of its list may stand at the same column; stray lines of text stay together.
        begins = is_item or (is_key and not keyed) if listed else is_key or (keyed and not is_item)
        if begins:
            yield start, offset
            start, keyed = offset, is_key or (is_item and _KEY.match(words, 1) is not None)
    if start is not None:
        yield start, len(piece)


def _moved(fault: Fault, base: int) -> Fault:
    return fault._replace(stretch=fault.stretch + (base << 32 | base))


def _shifted(noeud: Noeud, by: Stretch) -> Noeud:
    """The same places, further in the text."""
    if not isinstance(noeud, tuple):
        return noeud + by
    stretch, inside = noeud
    if isinstance(inside, dict):
        return stretch + by, {key: (at + by, _shifted(below, by)) for key, (at, below) in inside.items()}
    return stretch + by, [_shifted(below, by) for below in inside]
