"""Comparable series on one scale: each line has its dash, its mark and its name at its end, besides its colour."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from smde.arbre import Figure
from smde.ecriture import accord, enumeration, mesure, nombre, periode, typographie
from smde.figures.repere import Repere
from smde.figures.series import precaution, situe
from smde.figures.trait import INK, NARROW, SMALL, SOFT, TEXT, WIDTH, dessin, largeur, place, texte, trait, wrapped
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

    def __init__(self, ligne: Ligne, letters: int) -> None:
        self.words = wrapped(typographie(ligne.nom), letters)
        self.last, number = ligne.connues()[-1]
        self.number = nombre(number)
        self.value = number
        self.width = max(largeur(self.number, TEXT), *(largeur(words) for words in self.words))
        self.height = _STEP * (len(self.words) + 1) + 8
        self.top = 0.0


class _Comparaison(Repere):
    """Where things stand when several series are drawn together."""

    def __init__(self, lignes: Sequence[Ligne], width: float) -> None:
        self.lignes = lignes
        self.below = width < WIDTH
        """Whether the names are under the drawing: on a narrow one there is no room beside the lines."""
        self.noms = [_Nom(ligne, place(width - 24) if self.below else _LETTERS) for ligne in lignes]
        if not self.below:
            self.bottom = max(Repere.bottom, self.top + sum(nom.height for nom in self.noms))
        periodes = sorted({valeur.periode for ligne in lignes for valeur, _ in ligne.connues()}, key=chronologie)
        numbers = [float(number) for ligne in lignes for _, number in ligne.connues()]
        super().__init__(periodes, numbers, 0 if self.below else max(nom.width for nom in self.noms) + 26, width)
        self.height = self.foot + 38.0
        if self.below:
            self._list()
        else:
            self._spread()

    def _list(self) -> None:
        """The names one under the other, below the dates."""
        for nom in self.noms:
            nom.top = self.height
            self.height += nom.height
        self.height += 10

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
        """The name of a line and its last number, tied to its last value when it is beside."""
        nom = self.noms[rank]
        x, y = 4 if self.below else self.right + 10, nom.top + _STEP - 5
        parts = [_mark(rank, x + 4, y, colour)]
        if not self.below:
            parts.insert(0, trait(self.abscisse(nom.last.periode) + 8, self.y(nom.value), x - 2, y, colour))
        for line, words in enumerate(nom.words):
            parts.append(texte(x + 16, y + 5 + _STEP * line, words, SMALL, fill=INK))
        return [*parts, texte(x + 16, y + 5 + _STEP * len(nom.words), nom.number, TEXT, weight=600)]


def comparaison(indicateur: Indicateur, territoire: str, lignes: Sequence[Ligne], couleurs: Couleurs) -> Figure:
    """The lines of two to four comparable series, that of the indicator first; each has at least one known value."""
    titre = typographie(titre_compare(indicateur, territoire, lignes))
    wide, narrow = (_svg(_Comparaison(lignes, width), indicateur.unite, couleurs) for width in (WIDTH, NARROW))
    return Figure(f"courbe-{indicateur.id}", wide, titre, _said(titre, indicateur, lignes), narrow)


def _svg(drawn: _Comparaison, unite: str, couleurs: Couleurs) -> str:
    lignes = drawn.lignes
    colours = (couleurs.principale, couleurs.accent, INK, SOFT)
    parts = [*drawn.axes(unite), *drawn.dates()]
    for rank in reversed(range(len(lignes))):
        parts += drawn.trace(rank, colours[rank])
    for rank in range(len(lignes)):
        parts += drawn.nom(rank, colours[rank])
    noted = any(valeur.note for ligne in lignes for valeur, _ in ligne.connues())
    said = "Marque vide : valeur à lire avec précaution (voir sous le tableau)." if noted else ""
    return dessin(drawn.width, *precaution(drawn.width, drawn.height, said, parts))


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
