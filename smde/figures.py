"""The few drawings of a dossier, as plain SVG: a series, the chain, the schematic map.

The same figure goes on the site, in Word (16 cm wide) and in the PDF; what it says is also in its description and in a
table beside it. A series is one indicator: numbers of different perimeters or definitions never meet in a drawing.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from itertools import groupby
from math import ceil, floor, log10

from smde.arbre import Figure
from smde.ecriture import FINE, INSECABLE, accord, enumeration, mesure, nombre, periode, typographie
from smde.model.identite import Couleurs
from smde.model.mesures import Indicateur, Territoire, Valeur
from smde.views.periodes import bornes, milieu

_FONT = "'Source Sans Pro', 'SMDE Sans', Arial, sans-serif"
_INK, _SOFT, _RULE = "#1f2933", "#52606d", "#d5dbe1"
_WIDTH = 720
_SMALL, _TEXT, _LARGE = 14, 16, 30
"""Sizes in units of 1/720 of the width: 9, 10 and 19 points in Word."""
_DOTS = 30
"""Above this number of values, only those that carry a label have a dot."""


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" font-family="{_FONT}">{"".join(parts)}</svg>'
    )


def _text(
    x: float, y: float, words: str, size: int = _SMALL, anchor: str = "start", fill: str = _INK, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>'


def _wide(words: str, size: int = _SMALL) -> float:
    """About the width of words, on the safe side."""
    return 0.55 * size * len(words)


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

    def __init__(self, valeurs: Sequence[Valeur]) -> None:
        self.valeurs = valeurs
        self.known = [(valeur, valeur.valeur) for valeur in valeurs if valeur.valeur is not None]
        numbers = [float(number) for _, number in self.known]
        self.grades = graduations(min(numbers), max(numbers))
        self.graded = [nombre(Decimal(f"{grade:.6f}").normalize()) for grade in self.grades]
        self.left = 14 + max(map(_wide, self.graded))
        self.right = _WIDTH - 20 - _wide(nombre(self.known[-1][1]), _TEXT)
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
        parts = [_text(0, 16, typographie(words), fill=_SOFT)]
        for grade, words in zip(self.grades, self.graded, strict=True):
            level = self.y(grade)
            heavy = grade == 0 or grade == self.grades[0]
            parts.append(_line(self.left, level, self.right, level, _SOFT if heavy else _RULE))
            parts.append(_text(self.left - 8, level + 5, words, anchor="end", fill=_SOFT))
        return parts

    def dates(self) -> list[str]:
        """The first and last periods, then every other that has room; of long series, those that begin a year."""
        first, *between, last = self.valeurs
        if len(between) > 12:
            between = [valeur for valeur in between if bornes(valeur.periode)[0].is_integer()]
        shown: list[tuple[float, float, Valeur]] = []
        for valeur in (first, last, *between):
            half = _wide(court(valeur.periode)) / 2 + 5
            centre = max(self.x(valeur), half - 5)
            if all(abs(centre - other) >= half + room for other, room, _ in shown):
                shown.append((centre, half, valeur))
        parts = [_line(self.x(v), self.bottom, self.x(v), self.bottom + 5, _SOFT) for _, _, v in shown]
        return parts + [
            _text(centre, self.foot + 22, court(valeur.periode), anchor="middle", fill=_SOFT)
            for centre, _, valeur in shown
        ]

    def lines(self, colour: str) -> list[str]:
        """One line for each run of known values: where a value is missing, the line stops."""
        parts = []
        for known, run in groupby(self.valeurs, key=lambda valeur: valeur.valeur is not None):
            points = [f"{self.x(v):.1f},{self.y(v.valeur or 0):.1f}" for v in run]
            if known and len(points) > 1:
                parts.append(
                    f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="3" '
                    'stroke-linejoin="round" stroke-linecap="round"/>'
                )
        missing = [valeur for valeur in self.valeurs if valeur.valeur is None]
        return parts + [
            _text(self.x(valeur), self.bottom - 8, "n. d.", anchor="middle", fill=_SOFT) for valeur in missing
        ]

    def _written(self) -> list[int]:
        """Ranks, among known values, of those whose number is written: the ends, then the extremes that have room."""
        last = len(self.known) - 1
        order = sorted(range(last + 1), key=lambda rank: self.known[rank][1])
        chosen = [0, last]
        for rank in (order[-1], order[0]):
            width = _wide(nombre(self.known[rank][1]), _TEXT)
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
                labels.append(_haloed(x + 11, y + 5, nombre(number), "start"))
            elif rank in self.written:
                level = y + (24 if self.below(rank) else -13)
                labels.append(_haloed(x - 4 if end else x, level, nombre(number), "start" if end else "middle"))
        return parts + labels


def _haloed(x: float, y: float, words: str, anchor: str) -> str:
    """A number that reads over the line."""
    halo = 'paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" '
    return _text(x, y, words, _TEXT, anchor, _INK, 600).replace("<text ", f"<text {halo}")


def courbe(indicateur: Indicateur, valeurs: Sequence[Valeur], territoire: str, couleurs: Couleurs) -> Figure:
    """The line of a series on a true time scale, oldest value first; at least two values are known."""
    drawn = _Courbe(valeurs)
    unite = indicateur.unite
    parts = [*drawn.axes(unite), *drawn.dates(), *drawn.lines(couleurs.principale)]
    parts += drawn.numbers(couleurs.principale, couleurs.accent)
    height = drawn.foot + 38
    if any(valeur.note for valeur, _ in drawn.known):
        parts.append(_text(0, height + 6, "Cercle vide : valeur à lire avec précaution (voir le tableau).", fill=_SOFT))
        height += 14
    titre = typographie(situe(indicateur.titre, territoire))
    return Figure(f"courbe-{indicateur.id}", _svg(_WIDTH, height, parts), titre, _said(drawn, titre, unite))


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
    return typographie(" ".join(words))


def chaine(niveaux: Sequence[tuple[str, int]], couleurs: Couleurs) -> Figure:
    """The levels of the chain with their counts: the first half for the territory, the second for the authority."""
    gap, top, side = 18, 40, 92
    box = (_WIDTH - gap * (len(niveaux) - 1)) / len(niveaux)
    half = len(niveaux) // 2
    parts = []
    for rank, words, colour in (
        (0, "Stratégie : le territoire", couleurs.principale),
        (half, "Schéma : la collectivité", couleurs.accent),
    ):
        x = rank * (box + gap)
        parts.append(_text(x, 16, typographie(words), _TEXT, fill=colour, weight=600))
        parts.append(_line(x, 27, x + half * (box + gap) - gap, 27, colour, 2))
    for rank, (name, count) in enumerate(niveaux):
        x = rank * (box + gap)
        colour = couleurs.principale if rank < half else couleurs.accent
        parts.append(
            f'<rect x="{x + 1:.1f}" y="{top}" width="{box - 2:.1f}" height="{side}" rx="5" fill="#ffffff" '
            f'stroke="{colour}" stroke-width="1.5"/>'
        )
        parts.append(_text(x + box / 2, top + 38, nombre(count), _LARGE, "middle", colour, 600))
        lines = wrapped(name, 14)
        for index, line in enumerate(lines):
            parts.append(_text(x + box / 2, top + 72 + 17 * index - 7 * (len(lines) - 1), line, _TEXT, "middle"))
        if rank + 1 < len(niveaux):
            start, tip, middle = x + box + 3, x + box + gap - 3, top + side / 2
            arrow = f"M{start:.1f} {middle}H{tip:.1f}m-6 -6l6 6l-6 6"
            parts.append(f'<path d="{arrow}" fill="none" stroke="{_SOFT}" stroke-width="1.5"/>')
    counts = ", ".join(f"{name} : {nombre(count)}" for name, count in niveaux)
    said = typographie(f"La chaîne, de la preuve aux moyens, et le nombre d'éléments de chaque niveau : {counts}.")
    return Figure("chaine", _svg(_WIDTH, top + side + 2, parts), "La chaîne, de la preuve aux moyens", said)


def carte(territoires: Sequence[Territoire], couleurs: Couleurs) -> Figure:
    """Territories as tiles set roughly where they are, north at the top; the more people, the darker the tile."""
    placed = [(territoire, territoire.tuile) for territoire in territoires if territoire.tuile is not None]
    columns = 1 + max(tuile.x for _, tuile in placed)
    rows = 1 + max(tuile.y for _, tuile in placed)
    gap, high = 8, 104
    side = min(224.0, (_WIDTH + gap) / columns - gap)
    most = max((territoire.population or 0 for territoire, _ in placed), default=0) or 1
    parts = []
    for territoire, tuile in placed:
        x, y = tuile.x * (side + gap), tuile.y * (high + gap)
        fill, ink = _shade(couleurs.principale, (territoire.population or 0) / most)
        parts.append(
            f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{side - 2:.1f}" height="{high - 2}" rx="5" fill="{fill}" '
            f'stroke="{couleurs.principale}"/>'
        )
        lines = wrapped(typographie(territoire.titre), int(side / (0.55 * _TEXT)))
        lines += [f"{nombre(territoire.population)} hab."] if territoire.population is not None else []
        for index, line in enumerate(lines):
            people = territoire.population is not None and index == len(lines) - 1
            level = y + high / 2 + 6 + 20 * (index - (len(lines) - 1) / 2) + (3 if people else -2)
            parts.append(_text(x + side / 2, level, line, _TEXT, "middle", ink, 400 if people else 600))
    vintages = sorted({territoire.millesime for territoire, _ in placed if territoire.millesime})
    title = "Carte schématique, sans échelle, nord en haut" + (
        f" (population {', '.join(vintages)})" if vintages else ""
    )
    width, height = columns * (side + gap) - gap, rows * (high + gap) - gap
    return Figure("carte-territoires", _svg(width, height, parts), title, typographie(f"{title}. {_listed(placed)}."))


def _listed(placed: Sequence[tuple[Territoire, object]]) -> str:
    return " ; ".join(
        f"{territoire.titre} : {nombre(territoire.population)} habitants"
        if territoire.population is not None
        else territoire.titre
        for territoire, _ in placed
    )


def _shade(colour: str, share: float) -> tuple[str, str]:
    """A tint of a colour, from pale (0) to full (1), and the ink that reads on it."""
    strength = 0.08 + 0.92 * share
    channels = [round(255 - (255 - int(colour[rank : rank + 2], 16)) * strength) for rank in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (channel / 255 for channel in channels)
    ]
    luminance = sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    black_reads_better = (luminance + 0.05) ** 2 > 1.05 * 0.05
    return "#" + "".join(f"{channel:02x}" for channel in channels), "#000000" if black_reads_better else "#ffffff"


def wrapped(words: str, width: int) -> list[str]:
    """Words in lines of at most `width` characters, cut at spaces and after hyphens; three lines at most."""
    pieces = words.replace("-", "-\n").replace(" ", " \n").replace(FINE, FINE + "\n").split("\n")
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + len(piece.rstrip()) > width:
            lines.append(piece)
        else:
            lines[-1] += piece
    lines = [line.strip() for line in lines]
    return lines if len(lines) <= 3 else [*lines[:2], lines[2] + "…"]
