"""Where things stand in a drawing along time: round graduations, true time, dates that never meet."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, log10

from smde.ecriture import INSECABLE, nombre, typographie
from smde.figures.trait import RULE, SOFT, WIDTH, largeur, place, texte, trait, wrapped
from smde.periodes import bornes, milieu


def graduations(low: float, high: float) -> list[float]:
    """Three to seven round numbers that cover the values; from zero when that does not flatten the line."""
    if 0 < low < high * 0.6:
        low = 0.0
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    span = high - low
    magnitude = 10 ** floor(log10(span / 4))
    step: float = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if span / (factor * magnitude) <= 5)
    return [rank * step for rank in range(floor(low / step), ceil(high / step) + 1)]


def court(valeur: str) -> str:
    """A period in the fewest words: « T2 2015 », « 06/2020 », « 2009-2010 »."""
    match valeur.split("-"):
        case [annee, rang] if rang[0] in "TS":
            return f"{rang}{INSECABLE}{annee}"
        case [annee, mois, *_] if len(mois) == 2:
            return f"{mois}/{annee}"
    return valeur


class Repere:
    """The frame of a drawing: a scale of numbers on the left, true time below, room for words on the right."""

    top, bottom = 44, 270

    def __init__(self, periodes: Sequence[str], numbers: Sequence[float], room: float, width: float = WIDTH) -> None:
        """`periodes` go from the oldest to the newest; `room` is what is kept on the right of the whole `width`."""
        self.width = width
        if width < WIDTH:
            self.top = Repere.top + 16
        self.periodes = periodes
        self.grades = graduations(min(numbers), max(numbers))
        self.graded = [nombre(Decimal(f"{grade:.6f}").normalize()) for grade in self.grades]
        self.left = 14 + max(map(largeur, self.graded))
        self.right = width - 20 - room
        times = [milieu(periode) for periode in periodes]
        self.start, self.span = min(times), (max(times) - min(times)) or 1.0
        self.foot = self.bottom
        """Where the dates begin."""

    def abscisse(self, periode: str) -> float:
        return self.left + 6 + (milieu(periode) - self.start) / self.span * (self.right - self.left - 12)

    def y(self, number: float | Decimal) -> float:
        share = (float(number) - self.grades[0]) / (self.grades[-1] - self.grades[0])
        return self.bottom - share * (self.bottom - self.top)

    def axes(self, unite: str) -> list[str]:
        words = unite if self.grades[0] <= 0 else f"{unite} (l’axe ne part pas de zéro)"
        lines = wrapped(typographie(words), place(self.width))
        parts = [texte(0, 16 + 16 * rank, line, fill=SOFT) for rank, line in enumerate(lines)]
        for grade, words in zip(self.grades, self.graded, strict=True):
            level = self.y(grade)
            heavy = grade == 0 or grade == self.grades[0]
            parts.append(trait(self.left, level, self.right, level, SOFT if heavy else RULE))
            parts.append(texte(self.left - 8, level + 5, words, anchor="end", fill=SOFT))
        return parts

    def dates(self) -> list[str]:
        """The first and last periods, then every other that has room; of long series, those that begin a year."""
        first, *between, last = self.periodes
        if len(between) > 12:
            between = [periode for periode in between if bornes(periode)[0][1:] == (1, 1)]
        shown: list[tuple[float, float, str]] = []
        for periode in (first, last, *between):
            half = largeur(court(periode)) / 2 + 5
            centre = max(self.abscisse(periode), half - 5)
            if all(abs(centre - other) >= half + room for other, room, _ in shown):
                shown.append((centre, half, periode))
        places = [self.abscisse(periode) for _, _, periode in shown]
        parts = [trait(x, self.bottom, x, self.bottom + 5, SOFT) for x in places]
        return parts + [
            texte(centre, self.foot + 22, court(periode), anchor="middle", fill=SOFT) for centre, _, periode in shown
        ]
