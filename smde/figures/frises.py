"""What happens when: the phases one after the other, the actions along the years."""

from collections.abc import Sequence
from dataclasses import dataclass

from smde.arbre import Figure
from smde.ecriture import accord, typographie
from smde.figures.trait import (
    INK,
    NARROW,
    RULE,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    dessin,
    hachures,
    largeur,
    pave,
    place,
    texte,
    trait,
    wrapped,
)  # fmt: skip
from smde.model.identite import Couleurs
from smde.periodes import Jour, bornes

PAR_RANGEE = 3
HAUTEUR = 960
"""What stands on a page, in Word or on paper, above its legend and its caption."""
_BARRE, _LIGNE = 26, 17
"""Height of a row with one line of words, and of each line."""


@dataclass(frozen=True, slots=True)
class Etape:
    """A phase in the drawing: its title, its state (0 done, 1 under way, 2 to come), its words and its period."""

    intitule: str
    etat: int
    mot: str
    periode: str


def parcours(etapes: Sequence[Etape], couleurs: Couleurs) -> Figure:
    """The phases, in order, each with its state in words and by a sign: ✓ done, ● under way, ○ to come."""
    said = " ; ".join(f"{etape.intitule} : {etape.mot.lower()}, {etape.periode.lower()}" for etape in etapes)
    title = "Les phases de la démarche et leur état"
    description = typographie(f"{accord(len(etapes), 'phase')}, dans l'ordre. {said}.")
    narrow = _parcours(etapes, couleurs, 1, NARROW)
    return Figure("phases", _parcours(etapes, couleurs, PAR_RANGEE, WIDTH), title, description, narrow)


def _parcours(etapes: Sequence[Etape], couleurs: Couleurs, abreast: int, width: float) -> str:
    gap, high = 18, 124
    box = (width - gap * (abreast - 1)) / abreast
    parts = []
    for rank, etape in enumerate(etapes):
        x, y = rank % abreast * (box + gap), rank // abreast * (high + gap)
        now = etape.etat == 1
        colour = couleurs.accent if now else couleurs.principale if etape.etat == 0 else SOFT
        parts.append(pave(x + 1, y + 1, box - 2, high - 2, "#ffffff", colour, 5))
        parts.append(pave(x + 1, y + 1, 8 if etape.etat < 2 else 2, high - 2, colour))
        centre = f"{x + 34:.1f}"
        if etape.etat == 0:
            tick = f"M{x + 26:.1f} {y + 31:.1f}l6 6l11 -12"
            parts.append(f'<path d="{tick}" fill="none" stroke="{colour}" stroke-width="3"/>')
        else:
            fill = colour if now else "#ffffff"
            parts.append(
                f'<circle cx="{centre}" cy="{y + 31:.1f}" r="8" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
            )
        parts.append(texte(x + 52, y + 36, etape.mot, TEXT, fill=colour, weight=600))
        for index, line in enumerate(wrapped(typographie(etape.intitule), int((box - 32) / (0.55 * TEXT)))[:2]):
            parts.append(texte(x + 24, y + 60 + 18 * index, line, TEXT, weight=600))
        for index, line in enumerate(wrapped(etape.periode, int((box - 32) / (0.5 * SMALL)))[:2]):
            parts.append(texte(x + 24, y + 98 + 16 * index, line, fill=SOFT))
        if rank + 1 < len(etapes) and (rank + 1) % abreast:
            start, middle = x + box + 3, y + high / 2
            arrow = f"M{start:.1f} {middle:.1f}h{gap - 6}m-6 -6l6 6l-6 6"
            parts.append(f'<path d="{arrow}" fill="none" stroke="{SOFT}" stroke-width="1.5"/>')
    rows = -(-len(etapes) // abreast)
    return dessin(width, rows * (high + gap) - gap, parts)


@dataclass(frozen=True, slots=True)
class Barre:
    """An action in the drawing; one without date has no bar, and says so."""

    code: str
    intitule: str
    debut: str | None
    fin: str | None
    ferme: bool
    """Whether it is under way or done; otherwise its dates are a proposal."""

    def lignes(self, width: float) -> list[str]:
        """Its code and its whole title, in lines."""
        return wrapped(typographie(f"{self.code} {self.intitule}"), place(width), 99)


def feuillets(barres: Sequence[Barre]) -> list[list[Barre]]:
    """The bars, in order, in as many drawings as it takes for each to stand on a page."""
    found: list[list[Barre]] = []
    room = 0
    for barre in barres:
        high = _rangee(barre)
        if not found or high > room:
            found.append([])
            room = HAUTEUR
        found[-1].append(barre)
        room -= high
    return found


def frise(nom: str, titre: str, barres: Sequence[Barre], aujourdhui: str, couleurs: Couleurs) -> Figure:
    """A bar for each action along the years: plain when it is under way, hatched while its dates are a proposal."""
    start, end = _annees(barres)
    count = sum(bool(barre.debut or barre.fin) for barre in barres)
    said = f"{accord(count, 'action datée', 'actions datées')} entre {start} et {end - 1}."
    description = typographie(f"{titre}. {said} Le détail est dans le tableau.")
    wide, narrow = (_frise(barres, aujourdhui, couleurs, width) for width in (WIDTH, NARROW))
    return Figure(nom, wide, typographie(titre), description, narrow)


_MOTS, _GAUCHE = 368, 336
"""The room words are cut for, on the safe side, and where the bars begin beside them; narrow, bars are under words."""


def _rangee(barre: Barre) -> int:
    return max(_BARRE, _LIGNE * len(barre.lignes(_MOTS)) + 9)


def _annees(barres: Sequence[Barre]) -> tuple[int, int]:
    """The first year, and that after the last."""
    dated = [bornes(when) for barre in barres for when in (barre.debut, barre.fin) if when]
    return min(low[0] for low, _ in dated), max(high[0] for _, high in dated) + 1


def _frise(barres: Sequence[Barre], aujourdhui: str, couleurs: Couleurs, width: float) -> str:
    start, end = _annees(barres)
    under = width < WIDTH
    left, top, thick = 0 if under else _GAUCHE, 30, _BARRE - 10
    year = (width - left) / max(1, end - start)

    def x(day: Jour, after: int = 0) -> float:
        """Where a day stands, or its evening."""
        return left + (day[0] - start + (day[1] - 1) / 12 + (day[2] - 1 + after) / 372) * year

    rows, y = [], float(top)
    for barre in barres:
        words = barre.lignes(width if under else _MOTS)
        high = _LIGNE * len(words) + thick + 16 if under else _rangee(barre)
        rows.append((barre, words, y, high))
        y += high
    bottom = y
    every = max(1, round(48 / year + 0.49))
    parts = []
    for number in range(start, end + 1):
        at = left + (number - start) * year
        parts.append(trait(at, top - 6, at, bottom, RULE))
        if number < end and (number - start) % every == 0:
            parts.append(texte(at + 0.5 * year, top - 12, str(number), SMALL, "middle", SOFT, 600))
    for barre, words, y, high in rows:
        head = y + _LIGNE - 1 if under else y + (high - _LIGNE * len(words)) / 2 + 13
        for rank, line in enumerate(words):
            label = texte(0, head + rank * _LIGNE, line)
            parts.append(label.replace("<text ", f"<text {_HALO}") if under else label)
        level = y + _LIGNE * len(words) + 5 if under else y + (high - thick) / 2
        if not (barre.debut or barre.fin):
            parts.append(texte(left + 8, level + 12, "dates à fixer", fill=SOFT))
            continue
        low = x(bornes(barre.debut)[0]) if barre.debut else float(left)
        far = x(bornes(barre.fin)[1], 1) if barre.fin else float(width)
        draw = pave if barre.ferme else hachures
        parts.append(draw(low, level, max(6.0, far - low - 1), thick, couleurs.principale))
    parts.append(trait(0, bottom, width, bottom, RULE))
    now = bornes(aujourdhui)[0]
    at, foot = 0.0, bottom + 12
    for ferme, words_of in ((True, "en cours ou réalisée"), (False, "dates proposées, à valider")):
        if any(barre.ferme is ferme and (barre.debut or barre.fin) for barre in barres):
            if at and at + 32 + largeur(words_of) > width:
                at, foot = 0.0, foot + 22
            draw = pave if ferme else hachures
            parts.append(draw(at, foot, 24, 14, couleurs.principale))
            parts.append(texte(at + 32, foot + 12, words_of, fill=INK))
            at += 52 + largeur(words_of)
    if start <= now[0] < end:
        said = "date de cette version"
        half = largeur(said) / 2 + 2
        parts.append(trait(x(now), top - 6, x(now), bottom + 4, couleurs.accent, 2))
        parts.append(
            texte(min(max(x(now), half), width - half), foot + 36, said, SMALL, "middle", couleurs.accent, 600)
        )
        if foot < bottom + 13:
            parts.append(trait(x(now), bottom + 34, x(now), bottom + 4, couleurs.accent))
    return dessin(width, foot + 44, parts)


_HALO = 'paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" '
"""Words that read over the lines of the years."""
