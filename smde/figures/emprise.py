"""How much hold the authority has on what the territory aims at: the enjeux in rows, the five degrees in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from smde.arbre import Figure
from smde.ecriture import accord, majuscule, nombre, typographie
from smde.figures.trait import (
    INK,
    NARROW,
    RULE,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    dessin,
    largeur,
    pave,
    teinte,
    texte,
    trait,
    wrapped,
)
from smde.model.identite import Couleurs
from smde.model.strategie import DegreInfluence

_SIDE, _GAP = 13, 4
_LEFT = 268


@dataclass(frozen=True, slots=True)
class Emprise:
    """How many objectifs of one enjeu stand at each degree; the last count is of those whose degree is not said."""

    intitule: str
    comptes: tuple[int, ...]


def emprise(degres: Sequence[str], lignes: Sequence[Emprise], noms: tuple[str, str], couleurs: Couleurs) -> Figure:
    """A square for each objectif, under the degree of hold: from what the authority decides to what it observes.

    `degres` are the words of the degrees, then those of « not said » when there are some; `noms` say objectif.
    """
    totals = [sum(ligne.comptes[rank] for ligne in lignes) for rank in range(len(degres))]
    said = " ; ".join(f"{degre} : {nombre(total)}" for degre, total in zip(degres, totals, strict=True))
    title = f"Prise de la collectivité sur les {noms[1]} de territoire"
    description = typographie(f"Un carré par {noms[0]}, rangé sous le degré de prise. {majuscule(said)}.")
    wide = _svg(degres, lignes, noms, couleurs, WIDTH, _LEFT)
    return Figure("emprise", wide, title, description, _svg(degres, lignes, noms, couleurs, NARROW, 0))


def _svg(
    degres: Sequence[str],
    lignes: Sequence[Emprise],
    noms: tuple[str, str],
    couleurs: Couleurs,
    total: float,
    left: float,
) -> str:
    """The columns begin at `left`, beside the words of each row; under them when there is no room for both."""
    columns = len(degres)
    wide = (total - left) / columns
    across = max(1, int((wide - 10) // (_SIDE + _GAP)))
    weakest = left + wide * min(columns, len(DegreInfluence))
    parts = [
        texte(left, 16, "Prise forte", SMALL, fill=SOFT),
        texte(weakest, 16, "Prise faible", SMALL, "end", SOFT),
        trait(left + largeur("Prise forte") + 8, 12, weakest - largeur("Prise faible") - 14, 12, SOFT),
        texte(weakest - largeur("Prise faible") - 20, 17, "›", TEXT, fill=SOFT),
    ]
    for rank, degre in enumerate(degres):
        x = left + rank * wide
        level = 42 if left or columns <= len(DegreInfluence) else 36 + 16 * (rank % 2)
        parts.append(texte(x + wide / 2, level, majuscule(degre), SMALL, "middle", weight=600))
    y = 54.0 if left or columns <= len(DegreInfluence) else 62.0
    for ligne in lignes:
        words = wrapped(typographie(ligne.intitule), int((left - 16 if left else total - 40) / (0.5 * SMALL)), 99)
        rows = max(1, max(-(-count // across) for count in ligne.comptes))
        told, squares = 18.0 * len(words), rows * (_SIDE + _GAP)
        high = (max(told, squares) if left else told + 6 + squares) + 16
        parts.append(trait(0, y, total, y, RULE))
        for index, line in enumerate(words):
            parts.append(texte(0, y + 8 + 14 + 18 * index, line))
        for rank, count in enumerate(ligne.comptes):
            fill, _ = teinte(couleurs.principale, 1 - rank / max(1, columns - 1))
            shown = min(count, across)
            start = left + rank * wide + (wide - shown * (_SIDE + _GAP) + _GAP) / 2
            for number in range(count):
                x = start + number % across * (_SIDE + _GAP)
                top = y + (10 if left else told + 14) + number // across * (_SIDE + _GAP)
                parts.append(pave(x, top, _SIDE, _SIDE, fill, couleurs.principale, 2))
        y += high
    parts.append(trait(0, y, total, y, INK))
    totals = [sum(ligne.comptes[rank] for ligne in lignes) for rank in range(columns)]
    parts.append(texte(0, y + 24, f"Total : {accord(sum(totals), *noms)}", TEXT, weight=600))
    y += 0 if left else 24
    for rank, count in enumerate(totals):
        parts.append(texte(left + (rank + 0.5) * wide, y + 24, nombre(count), TEXT, "middle", weight=600))
    return dessin(total, y + 36, parts)
