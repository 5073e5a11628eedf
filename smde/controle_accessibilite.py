"""The last automatic check of the accessibility of the site, as `benchmarks/controler_accessibilite.py` recorded it.

It proves no conformity; the page « Accessibilité » says what was run, on what, and what was found.
"""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, ValidationError

from smde.refus import Refus

FICHIER = Path("docs", "controle-accessibilite.json")


class Controle(BaseModel):
    """What was run, on which version of the site, when, on how many pages, and what it found."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    jour: date
    """The day of the check."""
    version: date
    """The date of the version of the site that was checked."""
    outils: list[str] = Field(min_length=1)
    pages: PositiveInt
    """Pages whose HTML was read."""
    echantillon: list[str]
    """Pages opened in a browser, at least one of each kind."""
    affichages: list[str]
    """The screens and colours each of them was opened with."""
    essais: NonNegativeInt
    fautes: list[str]


def lire(racine: Path) -> Controle | None:
    """The record of a dossier, or None when there is none. Raises Refus, in French, when it is not one."""
    try:
        return Controle.model_validate_json((racine / FICHIER).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValidationError) as error:
        raise Refus(
            f"{FICHIER.as_posix()} : ce fichier n'est pas un relevé de contrôle. Effacez-le, ou refaites-le avec "
            "« python benchmarks/controler_accessibilite.py »."
        ) from error
