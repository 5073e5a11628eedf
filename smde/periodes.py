"""When a period begins, ends and has its middle: what orders `2027`, `2027-S1`, `2027-03` and `2027-2028`. No clock."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

Jour = tuple[int, int, int]
"""Year, month, day."""


def jour(valeur: date) -> Jour:
    """A date as a comparable triple."""
    return valeur.year, valeur.month, valeur.day


@lru_cache(maxsize=4096)
def bornes(periode: str) -> tuple[Jour, Jour]:
    """First and last day of a period: `2015-T2` goes from 1 April to 30 June 2015."""
    annee, *suite = periode.split("-")
    year = int(annee)
    if not suite:
        return (year, 1, 1), (year, 12, 31)
    if re.fullmatch(r"[TS]\d", suite[0]):
        length = 3 if suite[0][0] == "T" else 6
        last = int(suite[0][1]) * length
        return (year, last - length + 1, 1), (year, last, _jours(year, last))
    if len(suite[0]) == 4:
        return (year, 1, 1), (int(suite[0]), 12, 31)
    month = int(suite[0])
    if len(suite) == 1:
        return (year, month, 1), (year, month, _jours(year, month))
    return (year, month, int(suite[1])), (year, month, int(suite[1]))


def chronologie(periode: str) -> tuple[Jour, Jour]:
    """A sorting key: by start, the shorter first."""
    return bornes(periode)


def milieu(periode: str) -> float:
    """Where a period stands on a time axis, in years; months are drawn equal."""
    (year, month, day), (last_year, last_month, last_day) = bornes(periode)
    start = year + (month - 1) / 12 + (day - 1) / 372
    whole = last_day == _jours(last_year, last_month)
    end = last_year + (last_month / 12 if whole else (last_month - 1) / 12 + last_day / 372)
    return (start + end) / 2


def mois_entre(debut: Jour, fin: Jour) -> int:
    """Whole months from a day to another."""
    return (fin[0] - debut[0]) * 12 + fin[1] - debut[1] - (fin[2] < debut[2])


def dans_mois(debut: Jour, mois: int) -> Jour:
    """The same day some months later; the last day of a month too short to have it."""
    year, month = divmod(debut[0] * 12 + debut[1] - 1 + mois, 12)
    return year, month + 1, min(debut[2], _jours(year, month + 1))


def _jours(year: int, month: int) -> int:
    return monthrange(max(year, 1), month)[1]
