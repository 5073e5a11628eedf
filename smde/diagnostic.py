"""What is wrong in a dossier, and where: plain values, never exceptions. Knows nothing of YAML nor of the model."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
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


def suggestion(found: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire `x` ? » for the nearest known names (at most three), or nothing when none is near."""
    near = get_close_matches(found, list(known), n=3, cutoff=0.7)
    if not near:
        return ""
    names = [f"`{name}`" for name in near]
    return f"Vouliez-vous dire {names[0] if len(names) == 1 else ', '.join(names[:-1]) + ' ou ' + names[-1]} ?"
