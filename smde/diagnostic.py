"""What is wrong in a dossier, and where: plain values, never exceptions. Knows nothing of YAML nor of the model."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, NamedTuple

Severite = Literal["erreur", "alerte"]


class Span(NamedTuple):
    """A stretch of a text file; lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Where something is written: a path relative to the dossier (with `/`) and a stretch of that file."""

    path: str
    span: Span = Span(1, 1, 1, 1)
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault, told once: what was found and expected (`message`), what to write instead (`aide`)."""

    place: Place
    severite: Severite
    code: str
    message: str
    aide: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of the report: file, line, column, then code and message so that the order is total."""
        return (self.place.path, self.place.span.line, self.place.span.column, self.code, self.message)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and line, exact repetitions removed."""
    return sorted(set(diagnostics), key=lambda diagnostic: diagnostic.sort_key)


def nearest(found: str, known: Iterable[str]) -> list[str]:
    """The known names nearest to what was found, at most three, the nearest first."""
    return get_close_matches(found, list(known), n=3, cutoff=0.7)


def suggestion(found: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire `x` ? » for the nearest known names (at most three), or nothing when none is near."""
    names = [f"`{name}`" for name in nearest(found, known)]
    if not names:
        return ""
    return f"Vouliez-vous dire {names[0] if len(names) == 1 else ', '.join(names[:-1]) + ' ou ' + names[-1]} ?"


class Names:
    """Many names, among which the near ones are found at a cost that does not grow with their number."""

    _FEW = 16
    _LOOKED_AT = 2000

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)

    @cached_property
    def _by_gram(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._names:
            for gram in _grams(name):
                found.setdefault(gram, []).append(name)
        return found

    def suggestion(self, found: str, but: object = None) -> str:
        """« Vouliez-vous dire `x` ? », never `but`."""
        return suggestion(found, (name for name in self._candidates(found) if name != but))

    def _candidates(self, found: str) -> list[str]:
        """The names that share most of the rarest three-letter runs of what was found."""
        if len(self._names) <= self._FEW:
            return self._names
        shared: Counter[str] = Counter()
        for names in sorted((self._by_gram.get(gram, []) for gram in _grams(found[:100])), key=len):
            if shared and shared.total() + len(names) > self._LOOKED_AT:
                break
            shared.update(names[: self._LOOKED_AT])
        return [name for name, _ in shared.most_common(self._FEW)]


def _grams(name: str) -> list[str]:
    """Each run of three letters once, in order, the ends marked."""
    marked = f"  {name} "
    return list(dict.fromkeys(marked[start : start + 3] for start in range(len(marked) - 2)))
