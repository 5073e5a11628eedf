"""CSV series of indicators: declared dialect, exact header, strict numbers, the row and column of every fault.

Each line is read on its own (a cell stands on one line), so that an unclosed quote spoils its line only.
"""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from smde.composer import FORBIDDEN, MARKER, forbidden_character, shortened
from smde.diagnostic import Diagnostic, Place, Span
from smde.model.mesures import Valeur
from smde.model.plan import champs
from smde.source import reason

ENTETE = ("periode", "valeur", "note")
MAX_BYTES = 1_000_000
_ABSENT = frozenset({"", "n.d.", "nd", "n/d"})
_CELL = re.compile(r'\s*"(?:[^"]|"")*"[^,]*|[^,]*')
_HEADER = f"La première ligne doit être exactement `{','.join(ENTETE)}`."


class Cell(NamedTuple):
    """What a cell holds, and the columns it occupies in its line, from 1, the end exclusive."""

    words: str
    column: int
    end_column: int


@dataclass
class Serie:
    """The values of an indicator, in file order, and what is wrong in the file."""

    valeurs: list[Valeur] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read(file: Path, path: str) -> Serie:
    """Read `periode,valeur,note` rows: commas, decimal points, UTF-8, « n.d. » or nothing where a value is missing."""
    reader = _Reader(path)
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        message = f"Ce fichier ne peut pas être lu : {reason(error)}."
        reader.fault("fichier-illisible", message, "Vérifiez ses droits d'accès.")
        return reader.serie
    if size > MAX_BYTES or b"\0" in content:
        message = "Ce fichier n'est pas une série de valeurs (trop gros, ou binaire)."
        reader.fault("serie-illisible", message, "Exportez le tableau en CSV UTF-8.")
        return reader.serie
    reader.read(content)
    return reader.serie


class _Reader:
    """Reads the lines of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.serie = Serie()
        self.lines: list[str] = []
        self.seen: dict[str, int] = {}

    def fault(self, code: str, message: str, aide: str, line: int = 1, cell: Cell | None = None) -> None:
        """Add an error at a cell of a line, or at the whole line."""
        excerpt = FORBIDDEN.sub(MARKER, self.lines[line - 1]) if line <= len(self.lines) else ""
        column, end = (cell.column, cell.end_column) if cell else (1, len(excerpt) + 1)
        place = Place(self.path, Span(line, column, line, max(end, column + 1)), excerpt)
        self.serie.diagnostics.append(Diagnostic(place, "erreur", code, message, aide))

    def read(self, content: bytes) -> None:
        """Read the header, then every line."""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = content.decode("cp1252", "replace")
            self.lines = re.split(r"\r\n|\r|\n", text)
            message = f"Ce fichier n'est pas enregistré en UTF-8 (octet 0x{content[error.start]:02x})."
            line = len(re.split(rb"\r\n|\r|\n", content[: error.start]))
            self.fault("encodage", message, "Dans Excel : « Enregistrer sous », « CSV UTF-8 ».", line)
        self.lines = re.split(r"\r\n|\r|\n", text)
        if self._header():
            for line in range(2, len(self.lines) + 1):
                if cells := self._cells(line):
                    self._row(line, cells)

    def _header(self) -> bool:
        """Whether the columns are those expected; nothing can be said of the lines below when they are not."""
        first = self.lines[0]
        if not first.strip():
            message = "La première ligne est vide." if any(self.lines) else "Ce fichier est vide."
            self.fault("serie-entete", message, _HEADER)
            return False
        found = tuple(cell.words for cell in self._cells(1))
        if not found or found == ENTETE:
            return found == ENTETE
        aide = _HEADER
        if ";" in first or "\t" in first:
            aide = f"Les colonnes se séparent par des virgules ; les décimales ont un point. {_HEADER}"
        missing = [name for name in ENTETE if name not in first]
        what = "autres colonnes qu'attendu"
        if missing:
            what = f"il manque {', '.join(f'`{name}`' for name in missing)}"
        elif ";" in first or "\t" in first:
            what = "des colonnes séparées par des " + ("points-virgules" if ";" in first else "tabulations")
        self.fault("serie-entete", f"En-tête « {shortened(first)} » : {what}.", aide)
        return False

    def _cells(self, line: int) -> list[Cell]:
        """The cells of a line; none when it is empty, or has to be refused."""
        text = self.lines[line - 1]
        forbidden = FORBIDDEN.search(text)
        if forbidden:
            told = forbidden_character(forbidden[0], 0)
            cell = Cell("", forbidden.start() + 1, forbidden.end() + 1)
            self.fault(told.code, told.message, told.aide, line, cell)
            return []
        try:
            words = [cell.strip() for cell in next(csv.reader([text], strict=True, skipinitialspace=True), [])]
        except csv.Error:
            aide = "Refermez-le, ou supprimez-le ; une cellule tient sur une seule ligne."
            self.fault("serie-ligne", "Guillemet mal fermé dans cette ligne.", aide, line)
            return []
        if not any(words):
            return []
        cells: list[Cell] = []
        at = 0
        for word in words:
            typed = _CELL.match(text, at)
            end = typed.end() if typed else at
            blank = len(text[at:end]) - len(text[at:end].lstrip())
            cells.append(Cell(word, at + blank + 1, at + len(text[at:end].rstrip()) + 1))
            at = end + 1
        return cells

    def _row(self, line: int, cells: list[Cell]) -> None:
        """Take a row, or tell everything that is wrong in it."""
        if len(cells) != len(ENTETE):
            columns = f"{len(cells)} colonnes" if len(cells) > 1 else "une seule colonne"
            aide = "Une décimale s'écrit avec un point ; un texte qui contient une virgule se met entre guillemets."
            if ";" in self.lines[line - 1] and len(cells) < len(ENTETE):
                aide = "Les colonnes se séparent par des virgules ; les décimales ont un point."
            self.fault("serie-ligne", f"Cette ligne a {columns} au lieu de {len(ENTETE)}.", aide, line)
            return
        periode, valeur, note = cells
        if periode.words and periode.words in self.seen:
            message = f"La période {shortened(periode.words)} est déjà donnée ligne {self.seen[periode.words]}."
            self.fault("serie-ligne", message, "Gardez une seule ligne.", line, periode)
            return
        self.seen[periode.words] = line
        given = {"periode": periode.words, "note": note.words}
        if valeur.words.casefold() not in _ABSENT:
            given["valeur"] = valeur.words
        try:
            self.serie.valeurs.append(Valeur.model_validate({name: words for name, words in given.items() if words}))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                name = str(detail["loc"][0])
                expected = detail.get("ctx", {}).get("attendu") or champs(Valeur)[name].description.rstrip(".")
                if detail["type"] == "string_too_long":
                    expected = f"{detail['ctx']['max_length']} caractères au plus"
                cell = cells[ENTETE.index(name)]
                found = f"« {shortened(cell.words)} » ne convient pas" if cell.words else "elle est vide"
                self.fault("serie-valeur", f"Colonne `{name}` : {found}.", f"Attendu : {expected}.", line, cell)
