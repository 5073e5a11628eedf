"""A Word file the program made, come back from others: the fields it holds and what each says now.

It tells which fields no longer read as they were printed. What to make of it is decided elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from smde.fichier_word import FichierRefuse, Relation, arbre, ouvrir, principale, relations
from smde.outputs.word.signets import ESPACE, Lu, empreinte, lus, normalise
from smde.saisie import Origine

_COPIE = re.compile(r"_Copy_\d+$")
_RECOUVREMENT = 50
"""How many times the text of the file its fields may hold in all: bookmarks that lie over one another are no text."""


@dataclass(frozen=True, slots=True)
class Impression:
    """A field where the document printed it, as it reads now, revisions accepted."""

    texte: str
    """One line a paragraph, blanks as they are compared."""
    changee: bool
    """Whether it reads otherwise than it was printed."""
    perdus: tuple[str, ...]
    """The bookmarks of its paragraphs that are no longer in the file."""


@dataclass(frozen=True, slots=True)
class ChampLu:
    """A field of an element, each time the document printed it, in its order."""

    origine: Origine
    impressions: tuple[Impression, ...]

    @property
    def change(self) -> bool:
        """Whether it reads otherwise somewhere."""
        return any(impression.changee for impression in self.impressions)


@dataclass(frozen=True, slots=True)
class Retour:
    """A document come back: which one it was, made of which version for whom, and its fields."""

    livrable: str
    edition: str
    version: str
    date: str
    champs: tuple[ChampLu, ...]

    def changes(self) -> tuple[ChampLu, ...]:
        """The fields that no longer read as they were printed, in the order of the document."""
        return tuple(champ for champ in self.champs if champ.change)


def lire(octets: bytes) -> Retour:
    """The fields of a Word file. Raises `FichierRefuse` when it is not one that this program made."""
    parts = ouvrir(octets)
    main = principale(parts)
    called = list(relations(parts, main))
    liste = _liste(arbre(parts, name) for name in _cibles(called, "customXml") if name in parts)
    found = _signets([arbre(parts, name) for name in (main, *_cibles(called, "footnotes")) if name in parts])
    champs = tuple(
        ChampLu(
            Origine(champ.get("element", ""), champ.get("chemin", "")),
            tuple(_impression(impression, found) for impression in _enfants(champ, "impression")),
        )
        for champ in _enfants(liste, "champ")
    )
    livrable, edition, version, date = (liste.get(name, "") for name in ("livrable", "edition", "version", "date"))
    return Retour(livrable, edition, version, date, champs)


def _cibles(called: Iterable[Relation], genre: str) -> list[str]:
    return [relation.cible for relation in called if relation.genre == genre and not relation.externe]


def _liste(candidates: Iterable[etree._Element]) -> etree._Element:
    """The list of the fields among the data of the file."""
    for candidate in candidates:
        if candidate.tag == f"{{{ESPACE}}}champs":
            return candidate
    raise FichierRefuse(
        "ne dit pas de quels champs il est fait", "Donnez un document Word que ce programme a produit, même modifié."
    )


def _enfants(element: etree._Element, nom: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{{ESPACE}}}{nom}")


def _signets(arbres: Iterable[etree._Element]) -> dict[str, Lu]:
    """The bookmarks of these parts; LibreOffice writes `nom_Copy_1` for those of the notes."""
    found: dict[str, Lu] = {}
    for tree in arbres:
        found = lus(tree) | found
    size = sum(lu.paragraphes[1] - lu.paragraphes[0] for lu in found.values())
    whole = sum({id(lu.mots): len(lu.mots) for lu in found.values()}.values())
    if size > _RECOUVREMENT * whole:
        raise FichierRefuse("a des signets qui se recouvrent les uns les autres", "Redemandez le document d'origine.")
    return {_COPIE.sub("", nom): lu for nom, lu in found.items()} | found


def _impression(element: etree._Element, found: Mapping[str, Lu]) -> Impression:
    texts: list[str] = []
    perdus: list[str] = []
    for signet in _enfants(element, "signet"):
        nom = signet.get("nom", "")
        if nom not in found:
            perdus.append(nom)
        else:
            texts.append(found[nom].autour if signet.get("seul") == "oui" else found[nom].texte)
    changee = empreinte("\n".join(texts)) != element.get("sha256")
    return Impression("\n".join(filter(None, map(normalise, texts))), changee, tuple(perdus))
