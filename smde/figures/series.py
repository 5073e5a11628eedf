"""The line of one series: true time, visible gaps, labels that never meet."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from math import ceil, floor, log10

from smde.arbre import Figure
from smde.ecriture import INSECABLE, accord, enumeration, mesure, nombre, periode, typographie
from smde.figures.trait import RULE, SOFT, TEXT, WIDTH, dessin, detache, largeur, texte, trait
from smde.model.identite import Couleurs
from smde.model.mesures import Indicateur, Valeur
from smde.periodes import bornes, milieu
from smde.views.chiffres import tranches

_DOTS = 30
"""Above this number of values, only those that carry a label have a dot."""


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


class _Courbe:
    """Where things stand in the drawing of one series."""

    top, bottom = 44, 270

    def __init__(self, valeurs: Sequence[Valeur], tranches: Sequence[Sequence[Valeur]]) -> None:
        self.valeurs, self.tranches = valeurs, tranches
        self.known = [(valeur, valeur.valeur) for valeur in valeurs if valeur.valeur is not None]
        numbers = [float(number) for _, number in self.known]
        self.grades = graduations(min(numbers), max(numbers))
        self.graded = [nombre(Decimal(f"{grade:.6f}").normalize()) for grade in self.grades]
        self.left = 14 + max(map(largeur, self.graded))
        self.right = WIDTH - 20 - largeur(nombre(self.known[-1][1]), TEXT)
        times = [milieu(valeur.periode) for valeur in valeurs]
        self.start, self.span = min(times), (max(times) - min(times)) or 1.0
        self.written = self._written()
        low = any(self.below(rank) and self.y(self.known[rank][1]) + 28 > self.bottom for rank in self.written)
        self.foot = self.bottom + (24 if low else 0)
        """Where the dates begin: lower when a number is written under the lowest graduation."""

    def x(self, valeur: Valeur) -> float:
        return self.left + 6 + (milieu(valeur.periode) - self.start) / self.span * (self.right - self.left - 12)

    def y(self, number: float | Decimal) -> float:
        share = (float(number) - self.grades[0]) / (self.grades[-1] - self.grades[0])
        return self.bottom - share * (self.bottom - self.top)

    def axes(self, unite: str) -> list[str]:
        words = unite if self.grades[0] <= 0 else f"{unite} (l’axe ne part pas de zéro)"
        parts = [texte(0, 16, typographie(words), fill=SOFT)]
        for grade, words in zip(self.grades, self.graded, strict=True):
            level = self.y(grade)
            heavy = grade == 0 or grade == self.grades[0]
            parts.append(trait(self.left, level, self.right, level, SOFT if heavy else RULE))
            parts.append(texte(self.left - 8, level + 5, words, anchor="end", fill=SOFT))
        return parts

    def dates(self) -> list[str]:
        """The first and last periods, then every other that has room; of long series, those that begin a year."""
        first, *between, last = self.valeurs
        if len(between) > 12:
            between = [valeur for valeur in between if bornes(valeur.periode)[0][1:] == (1, 1)]
        shown: list[tuple[float, float, Valeur]] = []
        for valeur in (first, last, *between):
            half = largeur(court(valeur.periode)) / 2 + 5
            centre = max(self.x(valeur), half - 5)
            if all(abs(centre - other) >= half + room for other, room, _ in shown):
                shown.append((centre, half, valeur))
        parts = [trait(self.x(v), self.bottom, self.x(v), self.bottom + 5, SOFT) for _, _, v in shown]
        return parts + [
            texte(centre, self.foot + 22, court(valeur.periode), anchor="middle", fill=SOFT)
            for centre, _, valeur in shown
        ]

    def lines(self, colour: str) -> list[str]:
        """One line for each run of known values: where one is missing, or the measure changes, the line stops."""
        parts = self.breaks()
        runs = [(known, list(run)) for part in self.tranches for known, run in groupby(part, key=_known)]
        for known, run in runs:
            points = [f"{self.x(v):.1f},{self.y(v.valeur or 0):.1f}" for v in run]
            if known and len(points) > 1:
                parts.append(
                    f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="3" '
                    'stroke-linejoin="round" stroke-linecap="round"/>'
                )
        missing = [valeur for valeur in self.valeurs if valeur.valeur is None]
        return parts + [
            texte(self.x(valeur), self.bottom - 8, "n. d.", anchor="middle", fill=SOFT) for valeur in missing
        ]

    def breaks(self) -> list[str]:
        """A dashed line between the last value of one measure and the first of the next."""
        parts = []
        for before, after in pairwise(self.tranches):
            x = (self.x(before[-1]) + self.x(after[0])) / 2
            dashed = trait(x, self.top - 6, x, self.bottom, SOFT, 1.5).replace(
                "<path ", '<path stroke-dasharray="5 4" '
            )
            words = "rupture de série"
            anchor = "end" if x > WIDTH / 2 else "start"
            parts += [dashed, texte(x + (-6 if anchor == "end" else 6), 34, words, anchor=anchor, fill=SOFT)]
        return parts

    def _written(self) -> list[int]:
        """Ranks, among known values, of those whose number is written: the ends, then the extremes that have room."""
        last = len(self.known) - 1
        order = sorted(range(last + 1), key=lambda rank: self.known[rank][1])
        chosen = [0, last]
        for rank in (order[-1], order[0]):
            width = largeur(nombre(self.known[rank][1]), TEXT)
            apart = all(
                abs(self.x(self.known[rank][0]) - self.x(self.known[other][0])) > width + 12 for other in chosen
            )
            if apart and rank not in chosen:
                chosen.append(rank)
        return chosen

    def below(self, rank: int) -> bool:
        """Whether a number is written under its value: where the line comes and goes above it."""
        around = [self.known[other][1] for other in (rank - 1, rank + 1) if 0 <= other < len(self.known)]
        return rank < len(self.known) - 1 and all(self.known[rank][1] < other for other in around)

    def numbers(self, colour: str, accent: str) -> list[str]:
        parts, labels = [], []
        last = len(self.known) - 1
        for rank, (valeur, number) in enumerate(self.known):
            x, y, end = self.x(valeur), self.y(number), rank in (0, last)
            if len(self.known) > _DOTS and rank not in self.written:
                continue
            tint = accent if end else colour
            fill, radius = "#ffffff" if valeur.note else tint, 5 if end else 4
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{tint}" stroke-width="2"/>'
            )
            if rank == last:
                labels.append(detache(x + 11, y + 5, nombre(number), "start"))
            elif rank in self.written:
                level = y + (24 if self.below(rank) else -13)
                labels.append(detache(x - 4 if end else x, level, nombre(number), "start" if end else "middle"))
        return parts + labels


def courbe(indicateur: Indicateur, valeurs: Sequence[Valeur], territoire: str, couleurs: Couleurs) -> Figure:
    """The line of a series on a true time scale, oldest value first; at least two values are known."""
    drawn = _Courbe(valeurs, tranches(indicateur, valeurs))
    unite = indicateur.unite
    parts = [*drawn.axes(unite), *drawn.dates(), *drawn.lines(couleurs.principale)]
    parts += drawn.numbers(couleurs.principale, couleurs.accent)
    height = drawn.foot + 38
    if any(valeur.note for valeur, _ in drawn.known):
        parts.append(texte(0, height + 6, "Cercle vide : valeur à lire avec précaution (voir le tableau).", fill=SOFT))
        height += 14
    titre = typographie(situe(indicateur.titre, territoire))
    return Figure(f"courbe-{indicateur.id}", dessin(WIDTH, height, parts), titre, _said(drawn, titre, unite))


def _known(valeur: Valeur) -> bool:
    return valeur.valeur is not None


def situe(titre: str, territoire: str) -> str:
    """The title of a series, and its perimeter unless the title says it."""
    return titre if not territoire or territoire.casefold() in titre.casefold() else f"{titre}, {territoire}"


def _said(drawn: _Courbe, titre: str, unite: str) -> str:
    """What a line says, in sentences."""

    def told(rank: int) -> str:
        valeur, number = drawn.known[rank]
        return f"{mesure(number, unite)} ({periode(valeur.periode)})"

    last = len(drawn.known) - 1
    order = sorted(range(last + 1), key=lambda rank: drawn.known[rank][1])
    words = [f"Courbe : {titre}. De {told(0)} à {told(last)}, {accord(last + 1, 'valeur')}."]
    if order[-1] not in (0, last):
        words.append(f"Maximum : {told(order[-1])}.")
    if order[0] not in (0, last):
        words.append(f"Minimum : {told(order[0])}.")
    if missing := [periode(valeur.periode) for valeur in drawn.valeurs if valeur.valeur is None]:
        words.append(f"Valeur non disponible : {enumeration(missing)}.")
    if after := [periode(run[0].periode) for run in drawn.tranches[1:]]:
        words.append(
            f"Rupture de série avant : {enumeration(after)}. Les valeurs d'avant et d'après ne se comparent pas."
        )
    return typographie(" ".join(words))
