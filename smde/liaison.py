"""What is wrong between elements: references that are unknown, of a wrong kind, or to oneself, each told once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from smde.composer import Noeud, packed, shortened, stretch_of
from smde.diagnostic import Diagnostic, Names, Place
from smde.model.element import Element
from smde.model.plan import Champ
from smde.model.rubriques import CHEMINS, CLASSES
from smde.parcours import Chemin, Reference
from smde.source import Source


class Origine(NamedTuple):
    """Where an element is written."""

    source: Source
    noeud: Noeud


class Ecrit(NamedTuple):
    """An element as it is written."""

    classe: type[Element]
    origine: Origine
    data: dict[str, Any]
    ident: str | None
    """Its id, None when it has none or one that is no word."""
    references: list[Reference]

    def fault(self, code: str, message: str, aide: str, chemin: Chemin = (), *, key: bool = False) -> Diagnostic:
        """An error in this element."""
        return Diagnostic(
            self.origine.source.place_at(self.origine.noeud, chemin, key=key), "erreur", code, message, aide
        )


class Liaison:
    """Judges references against the kinds of all known ids."""

    def __init__(self, genres: Mapping[str, str], illisibles: frozenset[str]) -> None:
        self.genres = genres
        self.illisibles = illisibles
        """Kinds of which some file could not be read at all: an unknown id may be there."""
        self._pools: dict[tuple[str, ...], Names] = {}

    def in_fields(self, ecrit: Ecrit) -> Iterator[Diagnostic]:
        """What is wrong with the references of an element's fields."""
        genres, ident = self.genres, ecrit.ident
        told: set[tuple[str, str]] = set()
        for chemin, champ, cible in ecrit.references:
            genre = genres.get(cible)
            if genre is None:
                if self.illisibles and (not champ.vers or not self.illisibles.isdisjoint(champ.vers)):
                    continue
            elif cible != ident and (not champ.vers or not genre or genre in champ.vers):
                continue
            if (champ.nom, cible) not in told:
                told.add((champ.nom, cible))
                yield ecrit.fault(*self._words(ecrit, champ, cible), chemin)

    def in_text(self, origine: Origine, chemin: Chemin, titre: str, cible: str) -> Iterator[Diagnostic]:
        """What is wrong with an id cited in a text."""
        if cible in self.genres or self.illisibles:
            return
        message = f"Le texte de « {shortened(titre)} » cite `{shortened(cible)}`, qui n'existe pas dans le dossier."
        aide = self._near((), cible, None) or "Écrivez l'identifiant d'un élément du dossier, ou retirez les crochets."
        yield Diagnostic(_citation(origine, chemin, cible), "erreur", "reference-inconnue", message, aide)

    def _words(self, ecrit: Ecrit, champ: Champ, cible: str) -> tuple[str, str, str]:
        """Code, message and help for a reference that is wrong."""
        titre, shown = ecrit.data.get("titre"), shortened(cible)
        who = (
            f"« {shortened(titre)} »" if isinstance(titre, str) else f"`{ecrit.ident}`" if ecrit.ident else "Un élément"
        )
        if cible == ecrit.ident:
            message = f"{who} se cite lui-même dans `{champ.nom}`."
            return "reference-a-soi-meme", message, f"Citez un autre élément, ou retirez `{shown}`."
        wanted = champ.vers or ()
        kinds = " ou ".join(CLASSES[genre].pluriel for genre in wanted) or "éléments du dossier"
        where = " ou ".join(f"`{CHEMINS[genre]}`" for genre in wanted) or "le dossier"
        near = self._near(wanted, cible, ecrit.ident)
        genre = self.genres.get(cible)
        if genre:
            article = "une" if CLASSES[genre].feminin else "un"
            message = f"{who} cite `{shown}` dans `{champ.nom}` : c'est {article} {CLASSES[genre].nom}."
            return "reference-mal-typee", message, near or f"Ce champ attend : {kinds} (voir {where})."
        message = f"{who} cite `{shown}`, absent des {kinds}."
        return "reference-inconnue", message, near or f"Ajoutez-le dans {where}, ou corrigez l'identifiant."

    def _near(self, wanted: Iterable[str], cible: str, ident: str | None) -> str:
        kinds = tuple(wanted)
        pool = self._pools.get(kinds)
        if pool is None:
            pool = Names(known for known, genre in self.genres.items() if not kinds or genre in kinds)
            self._pools[kinds] = pool
        return pool.suggestion(cible, but=ident)


def _citation(origine: Origine, chemin: Chemin, cible: str) -> Place:
    """The place of a citation inside a text."""
    source = origine.source
    stretch = stretch_of(source.noeud_at(origine.noeud, chemin))
    start, end = stretch >> 32, stretch & 0xFFFFFFFF
    found = re.search(rf"(?:\[\[|\]\(\s*<?#?)({re.escape(cible)})", source.text[start:end])
    return source.place(packed(start + found.start(1), start + found.end(1)) if found else stretch)
