"""Comparable series on one scale: each line has its dash, its mark and its name at its end, besides its colour."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from smde.arbre import Figure
from smde.ecriture import accord, enumeration, mesure, nombre, periode, typographie
from smde.figures.repere import Repere
from smde.figures.series import situe
from smde.figures.trait import INK, SMALL, SOFT, TEXT, WIDTH, dessin, largeur, texte, trait, wrapped
from smde.model.identite import Couleurs
from smde.model.mesures import Indicateur, Valeur
from smde.periodes import chronologie

_DASHES = ("", "11 6", "3 6", "14 5 3 5")
_SHAPES = ("", "M-{0} -{0}H{0}V{0}H-{0}Z", "M0 -{0}L{0} {0}H-{0}Z", "M0 {0}L{0} -{0}H-{0}Z")
"""Nothing (a dot), square, triangle, triangle upside down, around a point, for a given half size."""
_LETTERS, _STEP = 26, 18
"""Width of a name in characters, and height of a line of it."""


class Ligne(NamedTuple):
    """One of the series: what it is called, and its values, oldest first."""

    nom: str
    valeurs: Sequence[Valeur]

    def connues(self) -> list[tuple[Valeur, Decimal]]:
        return [(valeur, valeur.valeur) for valeur in self.valeurs if valeur.valeur is not None]


class _Nom:
    """The name and the last number of a line, at the right of the drawing."""

    def __init__(self, ligne: Ligne) -> None:
        self.words = wrapped(typographie(ligne.nom), _LETTERS)
        self.last, number = ligne.connues()[-1]
        self.number = nombre(number)
        self.value = number
        self.width = max(largeur(self.number, TEXT), *(largeur(words) for words in self.words))
        self.height = _STEP * (len(self.words) + 1) + 8
        self.top = 0.0


class _Comparaison(Repere):
    """Where things stand when several series are drawn together."""

    def __init__(self, lignes: Sequence[Ligne]) -> None:
        self.lignes = lignes
        self.noms = [_Nom(ligne) for ligne in lignes]
        self.bottom = max(Repere.bottom, self.top + sum(nom.height for nom in self.noms))
        periodes = sorted({valeur.periode for ligne in lignes for valeur, _ in ligne.connues()}, key=chronologie)
        numbers = [float(number) for ligne in lignes for _, number in ligne.connues()]
        super().__init__(periodes, numbers, max(nom.width for nom in self.noms) + 26)
        self._spread()

    def _spread(self) -> None:
        """Each name beside the end of its line, as near as the others let it."""
        ordered = sorted(self.noms, key=lambda nom: -nom.value)
        level = self.top - 10.0
        for nom in ordered:
            nom.top = max(level, self.y(nom.value) - nom.height / 2)
            level = nom.top + nom.height
        level = self.bottom + 14.0
        for nom in reversed(ordered):
            nom.top = min(nom.top, level - nom.height)
            level = nom.top

    def trace(self, rank: int, colour: str) -> list[str]:
        """A line, stopped where a value is missing, and its marks."""
        parts = []
        dash = f' stroke-dasharray="{_DASHES[rank]}"' if _DASHES[rank] else ""
        for known, run in groupby(self.lignes[rank].valeurs, key=lambda valeur: valeur.valeur is not None):
            points = [f"{self.abscisse(v.periode):.1f},{self.y(v.valeur or 0):.1f}" for v in run]
            if known and len(points) > 1:
                parts.append(
                    f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="3" '
                    f'stroke-linejoin="round"{dash}/>'
                )
        for valeur, number in self.lignes[rank].connues():
            parts.append(_mark(rank, self.abscisse(valeur.periode), self.y(number), colour, empty=bool(valeur.note)))
        return parts

    def nom(self, rank: int, colour: str) -> list[str]:
        """The name of a line, tied to its last value."""
        nom = self.noms[rank]
        x, y = self.right + 10, nom.top + _STEP - 5
        parts = [
            trait(self.abscisse(nom.last.periode) + 8, self.y(nom.value), x - 2, y, colour),
            _mark(rank, x + 4, y, colour),
        ]
        for line, words in enumerate(nom.words):
            parts.append(texte(x + 16, y + 5 + _STEP * line, words, SMALL, fill=INK))
        return [*parts, texte(x + 16, y + 5 + _STEP * len(nom.words), nom.number, TEXT, weight=600)]


def comparaison(indicateur: Indicateur, territoire: str, lignes: Sequence[Ligne], couleurs: Couleurs) -> Figure:
    """The lines of two to four comparable series, that of the indicator first; each has at least one known value."""
    drawn = _Comparaison(lignes)
    colours = (couleurs.principale, couleurs.accent, INK, SOFT)
    parts = [*drawn.axes(indicateur.unite), *drawn.dates()]
    for rank in reversed(range(len(lignes))):
        parts += drawn.trace(rank, colours[rank])
    for rank in range(len(lignes)):
        parts += drawn.nom(rank, colours[rank])
    height: float = drawn.foot + 38
    if any(valeur.note for ligne in lignes for valeur, _ in ligne.connues()):
        parts.append(
            texte(0, height + 6, "Marque vide : valeur à lire avec précaution (voir sous le tableau).", fill=SOFT)
        )
        height += 14
    titre = typographie(titre_compare(indicateur, territoire, lignes))
    return Figure(f"courbe-{indicateur.id}", dessin(WIDTH, height, parts), titre, _said(titre, indicateur, lignes))


def titre_compare(indicateur: Indicateur, territoire: str, lignes: Sequence[Ligne]) -> str:
    """The title of a comparison, which names everything that is compared."""
    autres = enumeration([f"« {ligne.nom} »" for ligne in lignes[1:]])
    return f"{situe(indicateur.titre, territoire)} : comparaison avec {autres}"


def _mark(rank: int, x: float, y: float, colour: str, *, empty: bool = False) -> str:
    if rank == 0:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5"'
    else:
        shape = f'<path transform="translate({x:.1f} {y:.1f})" d="{_SHAPES[rank].format(5)}"'
    return f'{shape} fill="{"#ffffff" if empty else colour}" stroke="{colour}" stroke-width="2"/>'


def _said(titre: str, indicateur: Indicateur, lignes: Sequence[Ligne]) -> str:
    """What the lines say, in sentences."""
    words = [f"Courbes : {titre}."]
    for ligne in lignes:
        known = ligne.connues()
        first, last = (
            f"{mesure(number, indicateur.unite)} ({periode(valeur.periode)})"
            for valeur, number in (known[0], known[-1])
        )
        words.append(f"{ligne.nom} : de {first} à {last}, {accord(len(known), 'valeur')}.")
        if missing := [periode(valeur.periode) for valeur in ligne.valeurs if valeur.valeur is None]:
            words.append(f"Valeur non disponible : {enumeration(missing)}.")
    return typographie(" ".join(words))
