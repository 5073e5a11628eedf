"""Order of the periods a writer can give, and the day a dossier was last touched by the outside world. No clock."""

import re
from calendar import monthrange
from datetime import date

from smde.dossier import Dossier
from smde.model.demarche import Decision, Seance, StatutSeance
from smde.model.mesures import Source

Jour = tuple[int, int, int]
"""Year, month, day."""


def jour(valeur: date) -> Jour:
    """A date as a comparable triple."""
    return valeur.year, valeur.month, valeur.day


def bornes(periode: str) -> tuple[Jour, Jour]:
    """First and last day of a period: `2015-T2` goes from 1 April to 30 June 2015."""
    annee, *suite = periode.split("-")
    year = int(annee)
    if not suite:
        return (year, 1, 1), (year, 12, 31)
    if re.fullmatch(r"[TS]\d", suite[0]):
        length = 3 if suite[0][0] == "T" else 6
        last = int(suite[0][1]) * length
        return (year, last - length + 1, 1), (year, last, 30 if last in (6, 9) else 31)
    if len(suite[0]) == 4:
        return (year, 1, 1), (int(suite[0]), 12, 31)
    month = int(suite[0])
    if len(suite) == 1:
        return (year, month, 1), (year, month, monthrange(max(year, 1), month)[1])
    return (year, month, int(suite[1])), (year, month, int(suite[1]))


def mois_entre(debut: Jour, fin: Jour) -> int:
    """Whole months from a day to another."""
    return (fin[0] - debut[0]) * 12 + fin[1] - debut[1] - (fin[2] < debut[2])


def jour_du_dossier(dossier: Dossier) -> Jour | None:
    """The latest day the dossier speaks of: a source read, a séance held, a decision taken.

    It stands for « today », so that the same dossier always says the same thing.
    """
    days = [source.consultee for source in dossier.tous(Source) if source.consultee]
    days += [seance.date for seance in dossier.tous(Seance) if seance.date and seance.statut is StatutSeance.tenue]
    days += [decision.date for decision in dossier.tous(Decision)]
    return jour(max(days)) if days else None
