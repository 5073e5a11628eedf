"""The menu of the site, `macros/menu.yml`: which pages it cites, and which have nothing to say in an edition."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from smde.diagnostic import suggestion
from smde.ecriture import majuscule
from smde.edition import Edition
from smde.fragments import TemplateFault
from smde.model.rubriques import CLASSES

Entree = tuple[str, "str | tuple[Entree, ...]"]
"""A line of the menu: its words, and the page it opens or the lines it gathers."""
FICHIER = "menu.yml"
_WHERE = f"macros/{FICHIER}"
_KEYS = ({"titre", "pages"}, *({name, "page"} | more for name in ("titre", "niveau") for more in (set(), {"si"})))


class MenuFault(TemplateFault):
    """The menu is wrong: the message says where and what, in French."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The lines of the menu and of the footer that lead to something, and the pages without anything to say."""

    lignes: tuple[Entree, ...]
    pied: tuple[tuple[str, str], ...]
    absentes: frozenset[str]


def lire(macros: Path, edition: Edition) -> Menu:
    """The menu of an edition: a page that is there `si` there are elements of some kinds goes when there are none.

    Raises MenuFault, with a French sentence, when the file is absent or is not a menu.
    """
    try:
        content = yaml.safe_load((macros / FICHIER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MenuFault(f"{_WHERE}: ce fichier n'existe pas.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise MenuFault(f"{_WHERE}{line}: ce fichier n'est pas du YAML correct.") from error
    reading = _Lecture(edition)
    if not isinstance(content, dict) or set(content) - {"menu", "pied"}:
        raise MenuFault(f"{_WHERE}: ce fichier contient deux listes, « menu » et « pied ».")
    lignes = tuple(reading.lignes(content.get("menu") or []))
    pied = tuple((words, page) for words, page in reading.lignes(content.get("pied") or []) if isinstance(page, str))
    return Menu(lignes, pied, frozenset(reading.absentes))


class _Lecture:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.absentes: set[str] = set()

    def lignes(self, lines: Sequence[Any]) -> Iterator[Entree]:
        for line in lines:
            keys = set(line) if isinstance(line, dict) else set()
            if keys not in _KEYS:
                raise MenuFault(
                    f"{_WHERE}: une ligne du menu a un « titre » (ou un « niveau » de la chaîne) et une « page » "
                    f"(avec ou sans « si »), ou bien un « titre » et des « pages » ; ici : {line}."
                )
            words = line["titre"] if "titre" in line else self.niveau(line["niveau"])
            if "pages" in line:
                if inside := tuple(self.lignes(line["pages"])):
                    yield words, inside
            elif self.wanted(line):
                yield words, str(line["page"])

    def niveau(self, genre: str) -> str:
        """The authority's word for a level, as a title."""
        self.known(genre)
        return majuscule(self.edition.libelle(genre, pluriel=True))

    def wanted(self, line: Mapping[str, Any]) -> bool:
        genres = line.get("si", [])
        for genre in genres:
            self.known(genre)
        if not genres or any(self.edition.tous(CLASSES[genre]) for genre in genres):
            return True
        self.absentes.add(str(line["page"]))
        return False

    def known(self, genre: str) -> None:
        if genre not in CLASSES:
            near = suggestion(str(genre), CLASSES)
            raise MenuFault(f"{_WHERE}: « {genre} » n'est pas un genre d'élément. {near}".rstrip())
