"""The map: outlines when every territory on it has one, else tiles set roughly where the territories are."""

from collections.abc import Mapping, Sequence

from smde.arbre import Figure
from smde.contours import Trace
from smde.ecriture import nombre, typographie
from smde.figures.projection import chemins, dedans, projette
from smde.figures.trait import (
    INK,
    NARROW,
    SOFT,
    TEXT,
    WIDTH,
    dessin,
    largeur,
    pave,
    place,
    teinte,
    texte,
    wrapped,
)
from smde.model.identite import Couleurs
from smde.model.mesures import Territoire

_NAME = "carte-territoires"
_HIGH = 620.0
_BYTES = 56_000
"""What the SVG of outlines weighs at most: a page is read on a phone."""


def carte(territoires: Sequence[Territoire], couleurs: Couleurs, contours: Mapping[str, Trace] | None = None) -> Figure:
    """The territories, north at the top; more people, stronger colour. Outlines when each of them has one, else tiles.

    Numbers of several years, or of several kinds of territories, are not drawn together: the map then shows none.
    """
    drawn = bool(contours) and all(territoire.id in (contours or {}) for territoire in territoires)
    on_map = [territoire for territoire in territoires if drawn or territoire.tuile]
    comparable = len({(t.millesime, t.type) for t in on_map if t.population is not None}) < 2
    shown = [t if comparable else t.model_copy(update={"population": None, "millesime": None}) for t in on_map]
    vintages = sorted({territoire.millesime for territoire in shown if territoire.millesime})
    title = "Carte, nord en haut" if drawn else "Carte schématique, sans échelle, nord en haut"
    title += f" (population {', '.join(vintages)})" if vintages else ""
    if not comparable:
        title += " ; populations non montrées, faute d'être de la même année et du même genre"
    if drawn:
        parts, height = _outlines(shown, couleurs, contours or {})
        width, words = float(WIDTH), "Plus la couleur est soutenue, plus le territoire compte d'habitants."
    else:
        parts, width, height = _tiles(shown, couleurs, WIDTH)
        words = "Plus la couleur d'une tuile est soutenue, plus elle compte d'habitants."
    told = comparable and any(territoire.population is not None for territoire in shown)
    svg = dessin(width, *_dit(parts, width, height, words if told else ""))
    etroit = ""
    if not drawn:
        parts, width, height = _tiles(shown, couleurs, NARROW)
        etroit = dessin(width, *_dit(parts, width, height, words if told else ""))
    description = typographie(f"{title}. {_listed(shown)}.")
    return Figure(_NAME, svg, typographie(title), description, etroit)


def _dit(parts: Sequence[str], width: float, height: float, words: str) -> tuple[float, list[str]]:
    """The height of a map, and its parts, once what its tints mean is written below."""
    lines = wrapped(typographie(words), place(max(width, NARROW))) if words else []
    written = [texte(0, height + 22 + 16 * rank, line, fill=SOFT) for rank, line in enumerate(lines)]
    return height + (12 + 16 * len(lines) if lines else 0), [*parts, *written]


def _tiles(territoires: Sequence[Territoire], couleurs: Couleurs, total: float) -> tuple[list[str], float, float]:
    """The tiles, and the width and height they take."""
    placed = [(territoire, territoire.tuile) for territoire in territoires if territoire.tuile is not None]
    columns = 1 + max(tuile.x for _, tuile in placed)
    rows = 1 + max(tuile.y for _, tuile in placed)
    gap, high = 8, 104
    side = min(224.0, (total + gap) / columns - gap)
    most = _most(territoires)
    parts = []
    for territoire, tuile in placed:
        x, y = tuile.x * (side + gap), tuile.y * (high + gap)
        fill, ink = teinte(couleurs.principale, (territoire.population or 0) / most)
        parts.append(
            f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{side - 2:.1f}" height="{high - 2}" rx="5" fill="{fill}" '
            f'stroke="{couleurs.principale}"/>'
        )
        lines = wrapped(typographie(territoire.titre), int(side / (0.55 * TEXT)))
        lines += [f"{nombre(territoire.population)} hab."] if territoire.population is not None else []
        for index, line in enumerate(lines):
            people = territoire.population is not None and index == len(lines) - 1
            level = y + high / 2 + 6 + 20 * (index - (len(lines) - 1) / 2) + (3 if people else -2)
            parts.append(texte(x + side / 2, level, line, TEXT, "middle", ink, 400 if people else 600))
    return parts, columns * (side + gap) - gap, rows * (high + gap) - gap


def _outlines(
    territoires: Sequence[Territoire], couleurs: Couleurs, contours: Mapping[str, Trace]
) -> tuple[list[str], float]:
    """The outlines, a number inside each, and what each number names below; the height they take."""
    traces = {territoire.id: contours[territoire.id] for territoire in territoires}
    placed, high = projette(traces, WIDTH - 8, _HIGH)
    placed = {
        ident: [[[(x + 4, y + 4) for x, y in ring] for ring in polygon] for polygon in polygons]
        for ident, polygons in placed.items()
    }
    most = _most(territoires)
    fills = [teinte(couleurs.principale, (territoire.population or 0) / most)[0] for territoire in territoires]
    words: list[str] = []
    for rank, territoire in enumerate(territoires):
        x, y = max(map(dedans, placed[territoire.id]), key=lambda found: found[1])[0]
        x, y = min(max(x, 14), WIDTH - 14), max(y, 14)
        words.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" fill="#ffffff" stroke="{couleurs.principale}"/>')
        words.append(texte(x, y + 5.5, str(rank + 1), TEXT, "middle", INK, 600))
    y = high + 20
    lines = [
        wrapped(typographie(f"{rank}. {territoire.titre}"), int((WIDTH - 200) / (0.55 * TEXT)))
        for rank, territoire in enumerate(territoires, 1)
    ]
    right = 36 + max(largeur(line, TEXT) for label in lines for line in label) + 120
    for territoire, fill, label in zip(territoires, fills, lines, strict=True):
        words.append(pave(1, y + 3, 24, 16, fill, couleurs.principale))
        for line in label:
            words.append(texte(36, y + 17, line, TEXT, weight=600))
            y += 20
        if territoire.population is not None:
            people = typographie(f"{nombre(territoire.population)} hab.")
            words.append(texte(min(WIDTH - 4, right), y - 3, people, TEXT, "end"))
        y += 6
    paths = chemins(placed, max(8_000, _BYTES - sum(map(len, words)) - 130 * len(territoires)))
    parts = [
        f'<path d="{paths[territoire.id]}" fill="{fill}" fill-rule="evenodd" stroke="{couleurs.principale}" '
        'stroke-width="1.2" stroke-linejoin="round"/>'
        for territoire, fill in zip(territoires, fills, strict=True)
    ]
    return parts + words, y


def _most(territoires: Sequence[Territoire]) -> int:
    return max((territoire.population or 0 for territoire in territoires), default=0) or 1


def _listed(territoires: Sequence[Territoire]) -> str:
    return " ; ".join(
        f"{territoire.titre} : {nombre(territoire.population)} habitants"
        if territoire.population is not None
        else territoire.titre
        for territoire in territoires
    )
