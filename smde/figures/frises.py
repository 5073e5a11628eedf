"""What happens when: the phases one after the other, the actions along the years."""

from collections.abc import Sequence
from dataclasses import dataclass

from smde.arbre import Figure
from smde.ecriture import accord, typographie
from smde.figures.trait import (
    INK,
    RULE,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    dessin,
    ecourte,
    hachures,
    largeur,
    pave,
    texte,
    trait,
    wrapped,
)  # fmt: skip
from smde.model.identite import Couleurs
from smde.periodes import Jour, bornes

PAR_RANGEE = 3
LIGNES = 45
"""As many bars as stand on a page in Word."""


@dataclass(frozen=True, slots=True)
class Etape:
    """A phase in the drawing: its title, its state (0 done, 1 under way, 2 to come), its words and its period."""

    intitule: str
    etat: int
    mot: str
    periode: str


def parcours(etapes: Sequence[Etape], couleurs: Couleurs) -> Figure:
    """The phases, in order, each with its state in words and by a sign: ✓ done, ● under way, ○ to come."""
    gap, high = 18, 124
    box = (WIDTH - gap * (PAR_RANGEE - 1)) / PAR_RANGEE
    parts = []
    for rank, etape in enumerate(etapes):
        x, y = rank % PAR_RANGEE * (box + gap), rank // PAR_RANGEE * (high + gap)
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
        if rank + 1 < len(etapes) and (rank + 1) % PAR_RANGEE:
            start, middle = x + box + 3, y + high / 2
            arrow = f"M{start:.1f} {middle:.1f}h{gap - 6}m-6 -6l6 6l-6 6"
            parts.append(f'<path d="{arrow}" fill="none" stroke="{SOFT}" stroke-width="1.5"/>')
    rows = -(-len(etapes) // PAR_RANGEE)
    said = " ; ".join(f"{etape.intitule} : {etape.mot.lower()}, {etape.periode.lower()}" for etape in etapes)
    title = "Les phases de la démarche et leur état"
    description = typographie(f"{accord(len(etapes), 'phase')}, dans l'ordre. {said}.")
    return Figure("phases", dessin(WIDTH, rows * (high + gap) - gap, parts), title, description)


@dataclass(frozen=True, slots=True)
class Barre:
    """An action in the drawing; one without date has no bar, and says so."""

    code: str
    intitule: str
    debut: str | None
    fin: str | None
    ferme: bool
    """Whether it is under way or done; otherwise its dates are a proposal."""


def frise(nom: str, titre: str, barres: Sequence[Barre], aujourdhui: str, couleurs: Couleurs) -> Figure:
    """A bar for each action along the years: plain when it is under way, hatched while its dates are a proposal."""
    dated = [bornes(when) for barre in barres for when in (barre.debut, barre.fin) if when]
    start = min(low[0] for low, _ in dated)
    end = max(high[0] for _, high in dated) + 1
    left, top, step = 376, 30, 26
    year = (WIDTH - left) / max(1, end - start)

    def x(day: Jour, after: int = 0) -> float:
        """Where a day stands, or its evening."""
        return left + (day[0] - start + (day[1] - 1) / 12 + (day[2] - 1 + after) / 372) * year

    bottom = top + step * len(barres)
    every = max(1, round(48 / year + 0.49))
    parts = []
    for number in range(start, end + 1):
        parts.append(trait(left + (number - start) * year, top - 6, left + (number - start) * year, bottom, RULE))
        if number < end and (number - start) % every == 0:
            parts.append(texte(left + (number - start + 0.5) * year, top - 12, str(number), SMALL, "middle", SOFT, 600))
    for rank, barre in enumerate(barres):
        y = top + rank * step
        label = typographie(f"{barre.code} {barre.intitule}")
        parts.append(texte(0, y + 17, ecourte(label, left - 4)))
        if not (barre.debut or barre.fin):
            parts.append(texte(left + 8, y + 17, "dates à fixer", fill=SOFT))
            continue
        low = x(bornes(barre.debut)[0]) if barre.debut else float(left)
        high = x(bornes(barre.fin)[1], 1) if barre.fin else float(WIDTH)
        wide = max(6.0, high - low - 1)
        if barre.ferme:
            parts.append(pave(low, y + 5, wide, step - 10, couleurs.principale))
        else:
            parts.append(hachures(low, y + 5, wide, step - 10, couleurs.principale))
    now = bornes(aujourdhui)[0]
    if start <= now[0] < end:
        parts.append(trait(x(now), top - 6, x(now), bottom + 4, couleurs.accent, 2))
        parts.append(texte(x(now), bottom + 48, "date de cette version", SMALL, "middle", couleurs.accent, 600))
        parts.append(trait(x(now), bottom + 34, x(now), bottom + 4, couleurs.accent))
    parts.append(trait(0, bottom, WIDTH, bottom, RULE))
    notes = [(True, "en cours ou réalisée"), (False, "dates proposées, à valider")]
    place = 0.0
    for ferme, words in notes:
        if any(barre.ferme is ferme and (barre.debut or barre.fin) for barre in barres):
            draw = pave if ferme else hachures
            parts.append(draw(place, bottom + 12, 24, 14, couleurs.principale))
            parts.append(texte(place + 32, bottom + 24, words, fill=INK))
            place += 52 + largeur(words)
    count = sum(bool(barre.debut or barre.fin) for barre in barres)
    said = f"{accord(count, 'action datée', 'actions datées')} entre {start} et {end - 1}."
    description = typographie(f"{titre}. {said} Le détail est dans le tableau.")
    return Figure(nom, dessin(WIDTH, bottom + 56, parts), typographie(titre), description)
