"""The few drawings of a dossier, as plain SVG: a series, the chain, the schematic map.

Same figure on the site, in Word and in PDF; what each says is also in its description and in a table beside it.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from math import ceil, floor, log10

from smde.arbre import Figure
from smde.ecriture import accord, mesure, nombre, periode
from smde.model.identite import Couleurs
from smde.model.mesures import Indicateur, Territoire, Valeur

_FONT = "font-family=\"'Source Sans 3', 'Source Sans Pro', Arial, sans-serif\""
_INK, _SOFT, _RULE = "#1f2933", "#52606d", "#d5dbe1"


def _svg(width: int, height: int, parts: Sequence[str]) -> str:
    body = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" {_FONT}>{body}</svg>'


def _text(
    x: float, y: float, words: str, size: int = 14, anchor: str = "start", fill: str = _INK, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def _year(value: str) -> float:
    """Where a period stands on a time axis: the middle of the year, semester, quarter or month."""
    parts = value.split("-")
    year = int(parts[0])
    if len(parts) == 1:
        return year + 0.5
    rank = parts[1]
    if rank[0] == "T":
        return year + (int(rank[1]) - 0.5) / 4
    if rank[0] == "S":
        return year + (int(rank[1]) - 0.5) / 2
    return year + 1.0 if len(rank) == 4 else year + (int(rank) - 0.5) / 12


def _scale(low: float, high: float) -> list[float]:
    """Three to six round graduations that cover the values; from zero when that does not flatten the line."""
    if low > 0 and low < high * 0.6:
        low = 0.0
    span = (high - low) or abs(high) or 1.0
    magnitude = 10 ** floor(log10(span / 4))
    step: float = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if span / (factor * magnitude) <= 5)
    start, end = floor(low / step), ceil(high / step)
    return [rank * step for rank in range(start, max(end, start + 1) + 1)]


def courbe(indicateur: Indicateur, valeurs: Sequence[Valeur], territoire: str, couleurs: Couleurs) -> Figure:
    """The line of a series on a true time scale; at least two values, none missing."""
    points = [(_year(valeur.periode), float(valeur.valeur or 0)) for valeur in valeurs]
    grades = _scale(min(y for _, y in points), max(y for _, y in points))
    left, right, top, bottom, width, height = 92, 40, 34, 44, 720, 320
    first, last = points[0][0], points[-1][0]

    def at(x: float, y: float) -> tuple[float, float]:
        share = (x - first) / ((last - first) or 1)
        rise = (y - grades[0]) / ((grades[-1] - grades[0]) or 1)
        return left + share * (width - left - right), height - bottom - rise * (height - top - bottom)

    parts = [_text(left - 8, 18, indicateur.unite, 13, "end", _SOFT)]
    for grade in grades:
        _, y = at(first, grade)
        parts.append(
            f'<line x1="{left}" x2="{width - right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_RULE}" stroke-width="1"/>'
        )
        parts.append(_text(left - 8, y + 4, nombre(Decimal(f"{grade:.6f}").normalize()), 13, "end", _SOFT))
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
    parts.append(
        f'<polyline points="{drawn}" fill="none" stroke="{couleurs.principale}" stroke-width="3" stroke-linejoin="round"/>'
    )
    shown_until = -100.0
    for rank, (valeur, point) in enumerate(zip(valeurs, points, strict=True)):
        x, y = at(*point)
        end = rank in (0, len(points) - 1)
        fill = couleurs.accent if end else couleurs.principale
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{5 if end else 3.5}" fill="{fill}"/>')
        if x - shown_until >= 58 and (end or at(*points[-1])[0] - x >= 58):
            parts.append(_text(x, height - bottom + 22, valeur.periode, 13, "middle", _SOFT))
            shown_until = x
        if end:
            anchor = "start" if rank == 0 else "end"
            parts.append(
                _text(x + (-4 if rank == 0 else 6), y - 12, nombre(valeur.valeur or Decimal(0)), 15, anchor, _INK, 600)
            )
    start, stop = valeurs[0], valeurs[-1]
    where = f", {territoire}" if territoire else ""
    description = (
        f"Courbe : {indicateur.titre}{where}. De {mesure(start.valeur or Decimal(0), indicateur.unite)} ({periode(start.periode)}) "
        f"à {mesure(stop.valeur or Decimal(0), indicateur.unite)} ({periode(stop.periode)}), {accord(len(points), 'valeur')}."
    )
    return Figure(f"courbe-{indicateur.id}", _svg(width, height, parts), f"{indicateur.titre}{where}", description)


def chaine(niveaux: Sequence[tuple[str, int]], couleurs: Couleurs) -> Figure:
    """The six levels of the chain with their counts: three for the territory, three for the authority."""
    width, height, gap = 960, 170, 22
    box = (width - gap * (len(niveaux) - 1)) / len(niveaux)
    half = len(niveaux) // 2
    parts = [
        _text(0, 18, "Stratégie : le territoire", 15, "start", couleurs.principale, 600),
        _text(half * (box + gap), 18, "Schéma : la collectivité", 15, "start", couleurs.accent, 600),
    ]
    for rank, (name, count) in enumerate(niveaux):
        x = rank * (box + gap)
        colour = couleurs.principale if rank < half else couleurs.accent
        parts.append(
            f'<rect x="{x:.1f}" y="34" width="{box:.1f}" height="118" rx="6" fill="#ffffff" stroke="{colour}" stroke-width="2"/>'
        )
        parts.append(_text(x + box / 2, 96, nombre(count), 38, "middle", colour, 700))
        parts.append(_text(x + box / 2, 130, name, 17, "middle", _INK, 600))
        if rank + 1 < len(niveaux):
            tip = x + box + gap - 3
            parts.append(
                f'<path d="M{x + box + 4:.1f} 93H{tip - 6:.1f}M{tip - 8:.1f} 87l7 6l-7 6" fill="none" stroke="{_SOFT}" stroke-width="2"/>'
            )
    counts = ", ".join(f"{name.lower()} : {nombre(count)}" for name, count in niveaux)
    return Figure(
        "chaine", _svg(width, height, parts), "La chaîne de la preuve aux moyens", f"Chaîne de la stratégie – {counts}."
    )


def carte(territoires: Sequence[Territoire], couleurs: Couleurs) -> Figure:
    """Territories as squares set roughly where they are, north at the top, with their population."""
    side, gap = 200, 10
    columns = 1 + max(t.tuile.x for t in territoires if t.tuile)
    rows = 1 + max(t.tuile.y for t in territoires if t.tuile)
    most = max((t.population or 0 for t in territoires), default=0)
    parts = []
    for territoire in territoires:
        assert territoire.tuile is not None
        x, y = territoire.tuile.x * (side + gap), territoire.tuile.y * (120 + gap)
        strong = bool(most) and territoire.population == most
        fill, ink = (couleurs.principale, "#ffffff") if strong else ("#eef2f6", _INK)
        parts.append(
            f'<rect x="{x}" y="{y}" width="{side}" height="120" rx="6" fill="{fill}" stroke="{couleurs.principale}"/>'
        )
        lines = _wrapped(territoire.titre, 24)
        for index, line in enumerate(lines):
            parts.append(_text(x + side / 2, y + 42 + 18 * index - 9 * (len(lines) - 1), line, 15, "middle", ink, 600))
        if territoire.population:
            parts.append(_text(x + side / 2, y + 92, f"{nombre(territoire.population)} hab.", 15, "middle", ink))
    vintages = sorted({t.millesime for t in territoires if t.millesime})
    listed = " ; ".join(
        f"{t.titre} : {nombre(t.population)} habitants" if t.population else t.titre for t in territoires
    )
    title = "Carte schématique des territoires" + (f" (population {', '.join(vintages)})" if vintages else "")
    width, height = columns * (side + gap) - gap, rows * (120 + gap) - gap
    return Figure("carte-territoires", _svg(width, height, parts), title, f"{title}. {listed}.")


def _wrapped(words: str, width: int) -> list[str]:
    lines: list[str] = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= 3 else [*lines[:2], lines[2] + "…"]
