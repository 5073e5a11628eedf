"""A spreadsheet of our own: reads a workbook back, computes each formula again, and knows nothing of who wrote it."""

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]

_MORCEAUX = re.compile(
    r'(?P<texte>"[^"]*")|(?P<zone>\$?[A-Z]{1,2}\$?\d+:\$?[A-Z]{1,2}\$?\d+)|(?P<fonction>[A-Z]+)(?=\()'
    r"|(?P<nom>[a-z]+_[a-z_0-9]+)|(?P<cellule>\$?[A-Z]{1,2}\$?\d+)|(?P<different><>)|(?P<egal>=)|(?P<reste>.)"
)


class Nombre(float):
    """A number as a spreadsheet divides it: by nothing, nothing comes out."""

    def __truediv__(self, other: float) -> "Nombre":
        return Nombre(float(self) / other if other else float("nan"))

    def __sub__(self, other: float) -> "Nombre":
        return Nombre(float(self) - other)


class Tableur:
    """A workbook opened twice: its formulas, and the values that came with them."""

    def __init__(self, octets: bytes) -> None:
        self.formules = openpyxl.load_workbook(io.BytesIO(octets))
        self.valeurs = openpyxl.load_workbook(io.BytesIO(octets), data_only=True)
        self.noms = {nom: next(iter(found.destinations)) for nom, found in self.formules.defined_names.items()}

    @property
    def feuilles(self) -> list[str]:
        return list(self.formules.sheetnames)

    def lignes(self, feuille: str, *, entete: int = 4) -> list[dict[str, Any]]:
        """The rows below the headings, by heading, as they came; empty rows left out."""
        head, *rows = list(self.valeurs[feuille].iter_rows(min_row=entete, values_only=True))
        return [dict(zip(head, row, strict=True)) for row in rows if any(cell is not None for cell in row)]

    def cellules(self) -> Iterator[tuple[str, str, Any]]:
        """Each formula: its sheet, its place, and the value that came with it."""
        for feuille in self.feuilles:
            for cell in chain.from_iterable(self.formules[feuille].iter_rows()):
                if cell.data_type == "f":
                    yield feuille, cell.coordinate, self.valeurs[feuille][cell.coordinate].value

    def poser(self, feuille: str, place: str, valeur: Any) -> None:
        """Change a cell, as its reader would."""
        self.formules[feuille][place].value = valeur

    def calcule(self) -> Callable[[str, str], Any]:
        """What a cell comes to, every formula computed again from what is typed."""

        @cache
        def cell(feuille: str, place: str) -> Any:
            found = self.formules[feuille][place.replace("$", "")]
            if found.data_type != "f":
                return Nombre(found.value) if isinstance(found.value, int | float) else found.value
            return evaluate(feuille, str(found.value)[1:])

        def zone(feuille: str, where: str) -> list[Any]:
            left, top, right, bottom = range_boundaries(where.replace("$", ""))
            rows = self.formules[feuille].iter_rows(top, bottom, left, right)
            return [cell(feuille, found.coordinate) for found in chain.from_iterable(rows)]

        def evaluate(feuille: str, formule: str) -> Any:
            words = "".join(_traduit(found) for found in _MORCEAUX.finditer(formule))
            scope = {
                "zone": lambda where: zone(feuille, where),
                "cellule": lambda where: cell(feuille, where) or Nombre(0),
                "nom": lambda nom: zone(*self.noms[nom]),
                **{fonction.__name__: fonction for fonction in (SUM, SUMIFS, SUMPRODUCT, IF, ABS, ROUND)},
            }
            return eval(words, {"__builtins__": {}}, scope)

        return cell


def _traduit(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "zone" | "cellule" | "nom":
            return f"{found.lastgroup}({found[0]!r})"
        case "different":
            return "!="
        case "egal":
            return "=="
    return {"{": "[", "}": "]"}.get(found[0], found[0])


def SUM(values: list[Any]) -> Nombre:
    return Nombre(sum(value for value in values if isinstance(value, float)))


def SUMIFS(values: list[Any], *criteria: Any) -> Any:
    """Criteria are compared as a spreadsheet does: whatever the case, an array gives as many sums."""
    zones, asked = criteria[::2], criteria[1::2]
    for rank, one in enumerate(asked):
        if isinstance(one, list):
            return [SUMIFS(values, *criteria[: 2 * rank + 1], each, *criteria[2 * rank + 2 :]) for each in one]
    kept = [
        value
        for value, *cells in zip(values, *zones, strict=True)
        if all(_convient(cell, one) for cell, one in zip(cells, asked, strict=True))
    ]
    return SUM(kept)


def _convient(cell: Any, asked: Any) -> bool:
    words = str(asked).casefold()
    same = str(cell or "").casefold() == words.removeprefix("<>")
    return not same if words.startswith("<>") else same


def SUMPRODUCT(values: list[Any]) -> Nombre:
    return SUM(values)


def IF(condition: Any, then: Any, otherwise: Any) -> Any:
    found = then if condition else otherwise
    return Nombre(found) if isinstance(found, int | float) else found


def ABS(value: float) -> Nombre:
    return Nombre(abs(value))


def ROUND(value: float, places: float) -> Nombre:
    return Nombre(round(value, int(places)))
