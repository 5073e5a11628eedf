"""The plan of the site: the lines of its menu, and under each overview the pages of its elements. Links, as a tree."""

from collections.abc import Collection, Iterator, Sequence

from smde import arbre
from smde.arbre import Node, Nodes, slug
from smde.edition import Edition
from smde.fragments import Fragment
from smde.menu import Entree, Menu
from smde.model.element import Element
from smde.model.rubriques import CLASSES
from smde.model.strategie import Constat, Theme

PAGE = "plan-du-site"


def parties(menu: Menu, edition: Edition, genres: Collection[str]) -> Iterator[tuple[str, Fragment]]:
    """The parts of the plan: words, and the list of their pages. `genres` are the kinds that have a page an element.

    Pages alone in the menu come first, those of the footer last; the plan does not cite itself.
    """
    overviews = {f"{slug(CLASSES[genre].pluriel)}/index": genre for genre in genres}
    plain = [(words, content) for words, content in menu.lignes if isinstance(content, str)]
    sections = [(words, content) for words, content in menu.lignes if not isinstance(content, str)]
    for title, lines in [("Entrée", plain), *sections, ("Informations sur le site", menu.pied)]:
        if items := [_line(words, page, overviews, edition) for words, page in _pages(lines) if page != PAGE]:
            yield title, Fragment((arbre.puces(items),), bloc=True)


def _pages(lines: Sequence[Entree]) -> Iterator[tuple[str, str]]:
    for words, content in lines:
        if isinstance(content, str):
            yield words, content
        else:
            yield from _pages(content)


def _line(words: str, page: str, overviews: dict[str, str], edition: Edition) -> Nodes:
    link: Node = arbre.plain([arbre.lien(f"page:{page}", arbre.mots(words))])
    genre = overviews.get(page)
    inside = _elements(genre, edition) if genre else []
    return [link, arbre.puces(inside)] if inside else [link]


def _elements(genre: str, edition: Edition) -> list[Nodes]:
    """The pages of a kind; those of constats under their theme."""
    found: list[Nodes] = []
    placed: set[str] = set()
    for theme in edition.tous(Theme) if genre == Constat.genre else ():
        constats = edition.citants(theme.id, Constat)
        placed |= {constat.id for constat in constats}
        below = [arbre.puces([[_lien(constat)] for constat in constats])] if constats else []
        found.append([_lien(theme), *below])
    return found + [[_lien(one)] for one in edition.tous(CLASSES[genre]) if one.id not in placed]


def _lien(element: Element) -> Node:
    return arbre.plain([arbre.lien_element(element.id, element.titre)])
