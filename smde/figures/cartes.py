"""The map: outlines when every territory on it has one, else tiles set roughly where the territories are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

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


class Case(NamedTuple):
    """A territory on a map, with its number and how it is written."""

    territoire: Territoire
    valeur: Decimal | None = None
    mots: str = ""


def carte(territoires: Sequence[Territoire], couleurs: Couleurs, contours: Mapping[str, Trace] | None = None) -> Figure:
    """The territories, north at the top; more people, stronger colour. Outlines when each of them has one, else tiles.

    Numbers of several years, or of several kinds of territories, are not drawn together: the map then shows none.
    """
    drawn = bool(contours) and all(territoire.id in (contours or {}) for territoire in territoires)
    on_map = [territoire for territoire in territoires if drawn or territoire.tuile]
    comparable = len({(t.millesime, t.type) for t in on_map if t.population is not None}) < 2
    shown = [_habitants(territoire) if comparable else Case(territoire) for territoire in on_map]
    vintages = sorted({t.millesime for t in on_map if t.millesime}) if comparable else []
    title = _titre(drawn=drawn)
    title += f" (population {', '.join(vintages)})" if vintages else ""
    if not comparable:
        title += " ; populations non montrées, faute d'être de la même année et du même genre"
    words = "Plus la couleur d'une tuile est soutenue, plus elle compte d'habitants."
    if drawn:
        words = "Plus la couleur est soutenue, plus le territoire compte d'habitants."
    told = comparable and any(case.valeur is not None for case in shown)
    wide, narrow = _dessins(shown, couleurs, contours or {} if drawn else {}, words if told else "")
    said = typographie(f"{title}. {' ; '.join(_habitee(case) for case in shown)}.")
    return Figure(_NAME, wide, typographie(title), said, narrow)


def carte_valeurs(
    nom: str, titre: str, cases: Sequence[Case], couleurs: Couleurs, contours: Mapping[str, Trace] | None = None
) -> Figure:
    """The values of one measure, territory by territory: the higher, the stronger the colour."""
    drawn = bool(contours) and all(case.territoire.id in (contours or {}) for case in cases)
    on_map = [case for case in cases if drawn or case.territoire.tuile]
    known = sorted((case for case in on_map if case.valeur is not None), key=lambda case: case.valeur or 0)
    words = "Plus la couleur est soutenue, plus la valeur est élevée"
    words += f" : de {known[0].mots} à {known[-1].mots}." if known else "."
    title = f"{titre}. {_titre(drawn=drawn)}"
    wide, narrow = _dessins(on_map, couleurs, contours or {} if drawn else {}, words)
    listed = " ; ".join(f"{case.territoire.titre} : {case.mots or 'non disponible'}" for case in on_map)
    return Figure(nom, wide, typographie(title), typographie(f"{title}. {listed}."), narrow)


def _titre(*, drawn: bool) -> str:
    return "Carte, nord en haut" if drawn else "Carte schématique, sans échelle, nord en haut"


def _habitants(territoire: Territoire) -> Case:
    people = territoire.population
    return Case(territoire) if people is None else Case(territoire, Decimal(people), f"{nombre(people)} hab.")


def _habitee(case: Case) -> str:
    titre = case.territoire.titre
    return titre if case.valeur is None else f"{titre} : {nombre(case.valeur)} habitants"


def _dessins(cases: Sequence[Case], couleurs: Couleurs, contours: Mapping[str, Trace], words: str) -> tuple[str, str]:
    """The drawing, and that of a phone when it is another one; outlines when there are some, else tiles."""
    if contours:
        parts, height = _outlines(cases, couleurs, contours)
        return dessin(WIDTH, *_dit(parts, WIDTH, height, words)), ""
    wide, narrow = (_tiles(cases, couleurs, width) for width in (WIDTH, NARROW))
    return (
        dessin(wide[1], *_dit(*wide, words)),
        dessin(narrow[1], *_dit(*narrow, words)),
    )


def _dit(parts: Sequence[str], width: float, height: float, words: str) -> tuple[float, list[str]]:
    """The height of a map, and its parts, once what its tints mean is written below."""
    lines = wrapped(typographie(words), place(max(width, NARROW))) if words else []
    written = [texte(0, height + 22 + 16 * rank, line, fill=SOFT) for rank, line in enumerate(lines)]
    return height + (12 + 16 * len(lines) if lines else 0), [*parts, *written]


def _tiles(cases: Sequence[Case], couleurs: Couleurs, total: float) -> tuple[list[str], float, float]:
    """The tiles, and the width and height they take."""
    placed = [
        (case, share, case.territoire.tuile) for case, share in _parts(cases) if case.territoire.tuile is not None
    ]
    columns = 1 + max(tuile.x for *_, tuile in placed)
    rows = 1 + max(tuile.y for *_, tuile in placed)
    gap, high = 8, 104
    side = min(224.0, (total + gap) / columns - gap)
    parts = []
    for case, share, tuile in placed:
        x, y = tuile.x * (side + gap), tuile.y * (high + gap)
        fill, ink = teinte(couleurs.principale, share)
        parts.append(
            f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{side - 2:.1f}" height="{high - 2}" rx="5" fill="{fill}" '
            f'stroke="{couleurs.principale}"/>'
        )
        lines = wrapped(typographie(case.territoire.titre), int(side / (0.55 * TEXT)))
        lines += [case.mots] if case.mots else []
        for index, line in enumerate(lines):
            number = bool(case.mots) and index == len(lines) - 1
            level = y + high / 2 + 6 + 20 * (index - (len(lines) - 1) / 2) + (3 if number else -2)
            parts.append(texte(x + side / 2, level, line, TEXT, "middle", ink, 400 if number else 600))
    return parts, columns * (side + gap) - gap, rows * (high + gap) - gap


def _outlines(cases: Sequence[Case], couleurs: Couleurs, contours: Mapping[str, Trace]) -> tuple[list[str], float]:
    """The outlines, a number inside each, and what each number names below; the height they take."""
    territoires = [case.territoire for case in cases]
    traces = {territoire.id: contours[territoire.id] for territoire in territoires}
    placed, high = projette(traces, WIDTH - 8, _HIGH)
    placed = {
        ident: [[[(x + 4, y + 4) for x, y in ring] for ring in polygon] for polygon in polygons]
        for ident, polygons in placed.items()
    }
    fills = [teinte(couleurs.principale, share)[0] for _, share in _parts(cases)]
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
    for case, fill, label in zip(cases, fills, lines, strict=True):
        words.append(pave(1, y + 3, 24, 16, fill, couleurs.principale))
        for line in label:
            words.append(texte(36, y + 17, line, TEXT, weight=600))
            y += 20
        if case.mots:
            words.append(texte(min(WIDTH - 4, right), y - 3, typographie(case.mots), TEXT, "end"))
        y += 6
    paths = chemins(placed, max(8_000, _BYTES - sum(map(len, words)) - 130 * len(territoires)))
    parts = [
        f'<path d="{paths[territoire.id]}" fill="{fill}" fill-rule="evenodd" stroke="{couleurs.principale}" '
        'stroke-width="1.2" stroke-linejoin="round"/>'
        for territoire, fill in zip(territoires, fills, strict=True)
    ]
    return parts + words, y


def _parts(cases: Sequence[Case]) -> list[tuple[Case, float]]:
    """How strong the colour of each is, from 0 to 1; from zero when that does not make them all alike."""
    known = [case.valeur for case in cases if case.valeur is not None]
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(0))
    if low >= 0 and (low == high or low <= high * Decimal("0.6")):
        low = Decimal(0)
    span = high - low or Decimal(1)
    return [(case, 0.0 if case.valeur is None else float((case.valeur - low) / span)) for case in cases]
