"""What tests of the words of templates share: the cells they answer, read as words."""

from typing import Any

from smde.edition import Edition
from smde.model.champ import INTERNE
from smde.vocabulaire import Vocabulaire
from tests.conftest import VALMER
from tests.rendu import edition_de, mots, paroles, simple

INTERIEUR = edition_de(VALMER, INTERNE)
NOMS = mots(INTERIEUR).noms()


def lignes(edition: Edition, nom: str, *arguments: Any) -> list[list[str]]:
    """The rows a word answers, in words."""
    words = mots(edition)
    return [[cellule(words, cell) for cell in row] for row in words.noms()[nom](*arguments)]


def items(edition: Edition, nom: str, *arguments: Any) -> list[str]:
    """The lines a word answers, in words."""
    words = mots(edition)
    return [cellule(words, item) for item in words.noms()[nom](*arguments)]


def cases(rows: Any) -> list[list[str]]:
    """The cells of rows, in words."""
    return [[cellule(mots(INTERIEUR), cell) for cell in row] for row in rows]


def cellule(words: Vocabulaire, cell: Any) -> str:
    """A cell or a line, in words."""
    return simple(paroles(cell) if getattr(cell, "bloc", False) else paroles(words.suite(cell)))


def traits(nom: str, cible: Any, edition: Edition = INTERIEUR) -> list[str]:
    """The lines that identify an element, in words."""
    return items(edition, nom, edition.elements[cible] if isinstance(cible, str) else cible)
