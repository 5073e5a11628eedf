"""Reads back the index of the search of a site, as the browser does. Holds no test."""

import json
from pathlib import Path
from typing import Any, NamedTuple

FICHIER = "assets/recherche/index.js"
_AVANT, _APRES = "window.smdeIndex = ", "\n"


class Entree(NamedTuple):
    """One entry, its fields in the order the engine reads them."""

    adresse: str
    titre: str
    genre: str
    mots: str
    noms: list[str]
    etats: list[list[str]]
    textes: list[str | int]
    chaine: list[str | int]

    @property
    def propres(self) -> str:
        """Its own words, without those of its links."""
        return "".join(str(text) for text in self.textes[::2])

    def lu(self, entrees: list["Entree"]) -> str:
        """Its text as a person reads it, the words of links in their place."""
        return "".join(entrees[text].titre if isinstance(text, int) else text for text in self.textes)


def entrees(contenu: bytes) -> list[Entree]:
    """The entries of an index; AssertionError when the file is anything but one value given a name."""
    words = contenu.decode()
    assert words.startswith(_AVANT) and words.endswith(_APRES)
    lines: list[Any] = json.loads(words.removeprefix(_AVANT).removesuffix(_APRES))
    return [Entree(*line) for line in lines]


def du_site(site: Path) -> list[Entree]:
    """The entries of a site."""
    return entrees((site / FICHIER).read_bytes())
