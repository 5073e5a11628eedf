"""Diagnostics written for a terminal, a program, or a forge. Each format is one small function."""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from smde.diagnostic import Diagnostic
from smde.ecriture import accord

Report = Callable[[Sequence[Diagnostic]], str]


def bilan(diagnostics: Sequence[Diagnostic]) -> str:
    """The last line of a report."""
    errors = sum(diagnostic.severite == "erreur" for diagnostic in diagnostics)
    return f"{accord(errors, 'erreur')}, {accord(len(diagnostics) - errors, 'alerte')}."


def texte(diagnostics: Sequence[Diagnostic]) -> str:
    """GNU-style first line, the line of the file with what is wrong underlined, and what to write instead."""
    return "\n".join([*(framed(diagnostic) for diagnostic in diagnostics), bilan(diagnostics)]) + "\n"


def framed(diagnostic: Diagnostic) -> str:
    """One diagnostic, in the form editors and forges can jump to."""
    place, span = diagnostic.place, diagnostic.place.span
    where = f"{place.path}:{span.line}:{span.column}"
    lines = [f"{where}: {diagnostic.severite} [{diagnostic.code}] {diagnostic.message}"]
    if place.excerpt:
        gutter = str(span.line)
        line, before, under = _window(place.excerpt, span.column - 1, max(1, span.end_column - span.column))
        lines.append(f"  {gutter} │ {line}")
        lines.append(f"  {' ' * len(gutter)} │ {' ' * before}{'^' * under}")
    if diagnostic.aide:
        lines.append(f"  {diagnostic.aide}")
    return "\n".join(lines) + "\n"


def _window(line: str, start: int, length: int, width: int = 110) -> tuple[str, int, int]:
    """The part of a long line around the fault, tabs shown as one space, and the columns before and under the fault."""
    line = line.replace("\t", " ")
    first = max(0, min(start - 20, len(line) - width)) if len(line) > width else 0
    cut = first + width < len(line)
    shown = line[first : first + width]
    found = shown[start - first : start - first + length]
    opening = "…" if first else ""
    return opening + shown + ("…" if cut else ""), _columns(opening + shown[: start - first]), max(1, _columns(found))


def _columns(words: str) -> int:
    """How many columns a terminal gives to words: two for wide characters, none for those that join the one before."""
    if words.isascii():
        return len(words)
    joining = ("Mn", "Me", "Cf")
    return sum(
        0 if unicodedata.category(c) in joining else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words
    )


def en_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects, one per diagnostic."""
    rows = [
        {
            "fichier": diagnostic.place.path,
            "ligne": diagnostic.place.span.line,
            "colonne": diagnostic.place.span.column,
            "ligne_fin": diagnostic.place.span.end_line,
            "colonne_fin": diagnostic.place.span.end_column,
            "severite": diagnostic.severite,
            "code": diagnostic.code,
            "message": diagnostic.message,
            "aide": diagnostic.aide,
        }
        for diagnostic in diagnostics
    ]
    return json.dumps({"diagnostics": rows, "bilan": bilan(diagnostics)}, ensure_ascii=False, indent=2) + "\n"


def github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands that GitHub turns into annotations of a pull request."""

    def escaped(words: str, *, inside: bool = False) -> str:
        words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return words.replace(":", "%3A").replace(",", "%2C") if inside else words

    lines = []
    for diagnostic in diagnostics:
        kind = "error" if diagnostic.severite == "erreur" else "warning"
        span = diagnostic.place.span
        file = escaped(diagnostic.place.path, inside=True)
        where = f"file={file},line={span.line},col={span.column},endColumn={span.end_column}"
        message = escaped(f"{diagnostic.message} {diagnostic.aide}".strip())
        lines.append(f"::{kind} {where},title={escaped(diagnostic.code, inside=True)}::{message}")
    return "\n".join([*lines, bilan(diagnostics)]) + "\n"


def gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """A code-quality report, as GitLab reads it."""
    rows = [
        {
            "description": f"{diagnostic.message} {diagnostic.aide}".strip(),
            "check_name": diagnostic.code,
            "fingerprint": hashlib.sha256(repr(diagnostic.sort_key).encode()).hexdigest()[:40],
            "severity": "blocker" if diagnostic.severite == "erreur" else "minor",
            "location": {"path": diagnostic.place.path, "lines": {"begin": diagnostic.place.span.line}},
        }
        for diagnostic in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """SARIF 2.1.0, for any code-scanning viewer."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    results = [
        {
            "ruleId": diagnostic.code,
            "ruleIndex": codes.index(diagnostic.code),
            "level": "error" if diagnostic.severite == "erreur" else "warning",
            "message": {"text": f"{diagnostic.message} {diagnostic.aide}".strip()},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(diagnostic.place.path)},
                        "region": {
                            "startLine": diagnostic.place.span.line,
                            "startColumn": diagnostic.place.span.column,
                            "endLine": diagnostic.place.span.end_line,
                            "endColumn": diagnostic.place.span.end_column,
                        },
                    }
                }
            ],
        }
        for diagnostic in diagnostics
    ]
    driver = {"name": "smde", "rules": [{"id": code} for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Report] = {"texte": texte, "json": en_json, "github": github, "gitlab": gitlab, "sarif": sarif}
