"""Open data: the whole edition as one JSON under a versioned contract, its schema, and the series as CSV."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from smde.edition import Edition, seulement
from smde.model.champ import Partie
from smde.model.mesures import Valeur
from smde.model.plan import champs
from smde.model.rubriques import RUBRIQUES
from smde.outputs import schemas
from smde.series import ENTETE

CONTRAT = "smde-donnees/1"
"""Adding an optional field keeps the number; removing one, or changing what one means, raises it."""


def fichiers(edition: Edition) -> dict[str, bytes]:
    """Every data file of an edition, by path."""
    files = {
        "strategie.json": texte(edition),
        "strategie.schema.json": schemas.ecrit(schemas.donnees(edition.diffusion, CONTRAT)),
        **{f"schemas/{name}.json": schemas.ecrit(schema) for name, schema in schemas.editeurs().items()},
        **{f"series/{ident}.csv": _csv(values) for ident, values in edition.series.items()},
    }
    return {path: content.encode("utf-8") for path, content in files.items()}


def texte(edition: Edition) -> str:
    """The JSON of an edition, as it is written in a file."""
    return json.dumps(document(edition), ensure_ascii=False, indent=1) + "\n"


def document(edition: Edition) -> dict[str, Any]:
    """The edition as JSON values; what was not written, or equals its default, is left out.

    Raises TypeError on anything but an edition.
    """
    edition = seulement(edition)
    elements: dict[str, list[Any]] = {}
    for rubrique in RUBRIQUES:
        found = edition.tous(rubrique.classe)
        if found and rubrique.classe.genre != "identite":
            elements[rubrique.classe.genre] = [_plain(element) for element in found]
    return {
        "contrat": CONTRAT,
        "date": edition.date,
        "diffusion": edition.diffusion.name,
        "identite": _plain(edition.identite),
        "elements": elements,
        "series": {ident: [_plain(value) for value in values] for ident, values in edition.series.items()},
    }


def _plain(value: Any) -> Any:
    match value:
        case Partie():
            written = ((champ, getattr(value, champ.nom)) for champ in champs(type(value)).values())
            return {champ.nom: _plain(item) for champ, item in written if champ.requis or item != champ.defaut}
        case list():
            return [_plain(item) for item in value]
        case Enum():
            return value.name
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
    return value


def _csv(values: tuple[Valeur, ...]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(ENTETE)
    for value in values:
        writer.writerow([value.periode, "" if value.valeur is None else f"{value.valeur:f}", value.note or ""])
    return stream.getvalue()
