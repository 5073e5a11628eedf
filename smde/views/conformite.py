"""What may be said of the accessibility of the site: only an audit by people makes it more than « non conforme »."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smde.edition import Edition

DUREE = 3
"""Years after which the declaration, hence the audit it rests on, must be made again."""


class Etat(StrEnum):
    """The three words the law allows."""

    totale = "totalement conforme"
    partielle = "partiellement conforme"
    nulle = "non conforme"


@dataclass(frozen=True, slots=True)
class Conformite:
    """The standing of the site, and the audit it rests on, when there is one."""

    etat: Etat
    taux: Decimal | None
    perime: bool
    """The audit is older than the law allows."""


def conformite(edition: Edition) -> Conformite:
    """The standing of the site at the date of the edition."""
    audit = edition.identite.accessibilite.audit
    if audit is None:
        return Conformite(Etat.nulle, None, False)
    old = audit.date < _before(date.fromisoformat(edition.date))
    if old or audit.taux < 50:
        return Conformite(Etat.nulle, audit.taux, old)
    return Conformite(Etat.totale if audit.taux == 100 else Etat.partielle, audit.taux, False)


def _before(day: date) -> date:
    return day.replace(year=day.year - DUREE, day=28 if (day.month, day.day) == (2, 29) else day.day)
