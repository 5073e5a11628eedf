"""CSV series of indicators: declared dialect, exact header, strict numbers, the row and column of every fault."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from smde.diagnostic import Diagnostic, Place, Span
from smde.model.mesures import Valeur
from smde.model.plan import champs

ENTETE = ("periode", "valeur", "note")
MAX_BYTES = 1_000_000
_ABSENT = frozenset({"", "n.d.", "nd", "n/d"})


@dataclass
class Serie:
    """The values of an indicator, in file order, and what is wrong in the file."""

    valeurs: list[Valeur] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read(file: Path, path: str) -> Serie:
    """Read `periode,valeur,note` rows: commas, decimal points, UTF-8, « n.d. » or nothing where a value is missing."""
    serie = Serie()

    def fault(code: str, line: int, column: int, message: str, aide: str, excerpt: str = "") -> None:
        span = Span(line, column, line, max(column + 1, len(excerpt) + 1))
        serie.diagnostics.append(Diagnostic(Place(path, span, excerpt), "erreur", code, message, aide))

    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        fault(
            "fichier-illisible",
            1,
            1,
            f"Ce fichier ne peut pas être lu ({error.strerror}).",
            "Vérifiez ses droits d'accès.",
        )
        return serie
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault(
            "encodage",
            line,
            1,
            "Ce fichier n'est pas enregistré en UTF-8.",
            "Dans Excel : « Enregistrer sous », « CSV UTF-8 ».",
        )
        return serie
    if len(content) > MAX_BYTES or "\0" in text:
        fault(
            "serie-illisible",
            1,
            1,
            "Ce fichier n'est pas une série de valeurs (trop gros, ou binaire).",
            "Exportez le tableau en CSV UTF-8.",
        )
        return serie
    lines = text.splitlines()
    if not lines:
        fault("serie-entete", 1, 1, "Ce fichier est vide.", f"La première ligne est `{','.join(ENTETE)}`.")
        return serie
    if tuple(cell.strip() for cell in lines[0].split(",")) != ENTETE:
        aide = f"La première ligne doit être exactement `{','.join(ENTETE)}`."
        if ";" in lines[0]:
            aide = (
                "Les colonnes sont séparées par des virgules, pas par des points-virgules ; les décimales ont un point. "
                + aide
            )
        missing = [name for name in ENTETE if name not in lines[0]]
        found = (
            f"il manque {', '.join(f'`{name}`' for name in missing)}"
            if missing
            else "les colonnes ne sont pas celles attendues"
        )
        fault("serie-entete", 1, 1, f"En-tête « {lines[0][:80]} » : {found}.", aide, lines[0])
        return serie
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    seen: dict[str, int] = {}
    try:
        next(reader)
        for row in reader:
            line, excerpt = reader.line_num, lines[min(reader.line_num, len(lines)) - 1]
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(ENTETE):
                aide = (
                    "Une décimale s'écrit avec un point, et un texte qui contient une virgule se met entre guillemets."
                )
                fault("serie-ligne", line, 1, f"{len(row)} colonnes au lieu de {len(ENTETE)}.", aide, excerpt)
                continue
            cells = [cell.strip() for cell in row]
            if cells[0] in seen:
                fault(
                    "serie-ligne",
                    line,
                    1,
                    f"La période {cells[0]} est déjà donnée ligne {seen[cells[0]]}.",
                    "Gardez une seule ligne.",
                    excerpt,
                )
                continue
            seen[cells[0]] = line
            given = {"periode": cells[0], "valeur": "" if cells[1] in _ABSENT else cells[1], "note": cells[2]}
            try:
                serie.valeurs.append(Valeur.model_validate({name: cell for name, cell in given.items() if cell}))
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    name = str(detail["loc"][0])
                    expected = detail.get("ctx", {}).get("attendu") or champs(Valeur)[name].description
                    column = 1 + sum(len(cell) + 1 for cell in row[: ENTETE.index(name)])
                    found = given[name]
                    fault(
                        "serie-valeur",
                        line,
                        column,
                        f"Colonne `{name}` : « {found} » ne convient pas.",
                        f"Attendu : {expected}.",
                        excerpt,
                    )
    except csv.Error:
        line = min(reader.line_num, len(lines))
        fault(
            "serie-illisible",
            line,
            1,
            "Guillemet mal fermé dans cette ligne.",
            "Refermez le guillemet, ou supprimez-le.",
            lines[line - 1],
        )
    return serie
