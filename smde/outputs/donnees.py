"""Open data: the whole edition as one JSON under a versioned contract, its schema, and the series as CSV."""

import csv
import io

from smde.edition import Edition
from smde.instantane import CONTRAT, texte
from smde.model.mesures import Valeur
from smde.outputs import schemas
from smde.series import ENTETE


def fichiers(edition: Edition) -> dict[str, bytes]:
    """Every data file of an edition, by path."""
    files = {
        "strategie.json": texte(edition),
        "strategie.schema.json": schemas.ecrit(schemas.donnees(edition.diffusion, CONTRAT)),
        **{f"schemas/{name}.json": schemas.ecrit(schema) for name, schema in schemas.editeurs().items()},
        **{f"series/{ident}.csv": _csv(values) for ident, values in edition.series.items()},
    }
    return {path: content.encode("utf-8") for path, content in files.items()}


def _csv(values: tuple[Valeur, ...]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(ENTETE)
    for value in values:
        writer.writerow([value.periode, "" if value.valeur is None else f"{value.valeur:f}", value.note or ""])
    return stream.getvalue()
