"""When a period begins, ends and has its middle: what sorts `2027`, `2027-S1`, `2027-03` and `2027-2028` by time."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def bornes(periode: str) -> tuple[float, float]:
    """Start and end in years, `2015-T2` → (2015.25, 2015.5)."""
    annee, *rest = periode.split("-")
    year = int(annee)
    match rest:
        case []:
            return float(year), year + 1.0
        case [rang] if rang[0] == "T":
            return year + (int(rang[1]) - 1) / 4, year + int(rang[1]) / 4
        case [rang] if rang[0] == "S":
            return year + (int(rang[1]) - 1) / 2, year + int(rang[1]) / 2
        case [fin] if len(fin) == 4:
            return float(year), int(fin) + 1.0
        case [mois]:
            return year + (int(mois) - 1) / 12, year + int(mois) / 12
    month, day = int(rest[0]), int(rest[1])
    start = year + (month - 1) / 12 + (day - 1) / 372
    return start, start + 1 / 372


def milieu(periode: str) -> float:
    """Where a period stands on a time axis."""
    start, end = bornes(periode)
    return (start + end) / 2


def chronologie(periode: str) -> tuple[float, float]:
    """A sorting key: by start, the shorter first."""
    return bornes(periode)
