"""The line of one series: true time, visible gaps, labels that never meet."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from smde.arbre import Figure
from smde.ecriture import accord, enumeration, mesure, nombre, periode, typographie
from smde.figures.repere import Repere
from smde.figures.trait import NARROW, SOFT, TEXT, WIDTH, dessin, detache, largeur, place, texte, trait, wrapped
from smde.model.identite import Couleurs
from smde.model.mesures import Indicateur, Valeur
from smde.views.chiffres import tranches

_DOTS = 30
"""Above this number of values, only those that carry a label have a dot."""


class _Courbe(Repere):
    """Where things stand in the drawing of one series."""

    def __init__(self, valeurs: Sequence[Valeur], tranches: Sequence[Sequence[Valeur]], width: float) -> None:
        self.valeurs, self.tranches = valeurs, tranches
        self.known = [(valeur, valeur.valeur) for valeur in valeurs if valeur.valeur is not None]
        super().__init__(
            [valeur.periode for valeur in valeurs],
            [float(number) for _, number in self.known],
            largeur(nombre(self.known[-1][1]), TEXT),
            width,
        )
        self.written = self._written()
        low = any(self.below(rank) and self.y(self.known[rank][1]) + 28 > self.bottom for rank in self.written)
        if low:
            self.foot += 24

    def x(self, valeur: Valeur) -> float:
        return self.abscisse(valeur.periode)

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
            anchor = "end" if x > self.width / 2 else "start"
            parts += [dashed, texte(x + (-6 if anchor == "end" else 6), self.top - 10, words, anchor=anchor, fill=SOFT)]
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
    wide, narrow = (_Courbe(valeurs, tranches(indicateur, valeurs), width) for width in (WIDTH, NARROW))
    titre = typographie(situe(indicateur.titre, territoire))
    svg, etroit = (_svg(drawn, indicateur.unite, couleurs) for drawn in (wide, narrow))
    return Figure(f"courbe-{indicateur.id}", svg, titre, _said(wide, titre, indicateur.unite), etroit)


def _svg(drawn: _Courbe, unite: str, couleurs: Couleurs) -> str:
    parts = [*drawn.axes(unite), *drawn.dates(), *drawn.lines(couleurs.principale)]
    parts += drawn.numbers(couleurs.principale, couleurs.accent)
    noted = any(valeur.note for valeur, _ in drawn.known)
    said = "Cercle vide : valeur à lire avec précaution (voir le tableau)." if noted else ""
    return dessin(drawn.width, *precaution(drawn.width, drawn.foot + 38, said, parts))


def precaution(width: float, height: float, words: str, parts: Sequence[str]) -> tuple[float, list[str]]:
    """The height of a drawing, and its parts, once these words, if any, are written at its foot."""
    lines = wrapped(typographie(words), place(width)) if words else []
    written = [texte(0, height + 6 + 16 * rank, line, fill=SOFT) for rank, line in enumerate(lines)]
    return height + (16 * len(lines) - 2 if lines else 0), [*parts, *written]


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
