"""What one readership may know of a dossier: the same nouns, trimmed. It holds no dossier, no source and no place.

Closed by default: a field without a declared readership, an element without `diffusion`, a part whose own state is
not yet announceable (a role not accepted, a funding not secured) are dropped, and every reference to what is dropped.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from smde.dossier import Dossier, references
from smde.model.champ import Diffusion, Partie
from smde.model.element import Element
from smde.model.identite import Identite, Libelle
from smde.model.mesures import Valeur
from smde.model.plan import champs
from smde.model.rubriques import CLASSES

E_ = TypeVar("E_", bound=Element)


@dataclass(frozen=True)
class Edition:
    """The elements, series and files one readership may know, in reading order."""

    diffusion: Diffusion
    date: str
    """ISO date of the version."""
    elements: Mapping[str, Element]
    series: Mapping[str, tuple[Valeur, ...]]
    fichiers: Mapping[str, bytes]
    identite: Identite = field()

    def tous(self, classe: type[E_]) -> list[E_]:
        """The elements of a kind, in reading order."""
        return self._by_class.get(classe, [])

    def titre(self, ident: str) -> str | None:
        """The title of an element, None when this readership does not know it."""
        element = self.elements.get(ident)
        return element.titre if element is not None else None

    def element(self, ident: str, classe: type[E_]) -> E_:
        """The element of that id and kind."""
        found = self.elements[ident]
        if not isinstance(found, classe):
            raise KeyError(ident)
        return found

    def citants(self, ident: str, classe: type[E_]) -> list[E_]:
        """The elements of a kind whose fields cite this one, each once, in reading order."""
        return [element for element in self._cites_par.get(ident, ()) if isinstance(element, classe)]

    def libelle(self, genre: str, *, pluriel: bool = False) -> str:
        """The authority's word for a kind of element."""
        chosen = getattr(self.identite.libelles, genre, None)
        if isinstance(chosen, Libelle):
            return chosen.pluriel if pluriel else chosen.singulier
        return CLASSES[genre].pluriel if pluriel else CLASSES[genre].nom

    @cached_property
    def _by_class(self) -> dict[type[Element], list[Any]]:
        found: dict[type[Element], list[Any]] = {}
        for element in self.elements.values():
            found.setdefault(type(element), []).append(element)
        return found

    @cached_property
    def _cites_par(self) -> dict[str, list[Element]]:
        found: dict[str, dict[str, Element]] = {}
        for element in self.elements.values():
            for _, _, cible in references(type(element), element.__dict__):
                found.setdefault(cible, {})[element.id] = element
        return {cible: list(elements.values()) for cible, elements in found.items()}


def edition(dossier: Dossier, diffusion: Diffusion, date: str) -> Edition:
    """Trim a dossier to what one readership may know; `date` is the ISO date of the version."""
    known = _known(dossier, diffusion)
    elements = {}
    for ident, element in dossier.elements.items():
        if ident in known:
            trimmed = _trimmed(element, diffusion, known)
            assert isinstance(trimmed, Element)
            elements[ident] = trimmed
    identite = _trimmed(dossier.identite, diffusion, known)
    assert isinstance(identite, Identite)
    series = {ident: values for ident, values in dossier.series.items() if ident in known}
    fichiers = {identite.logo: dossier.fichiers[identite.logo]} if identite.logo in dossier.fichiers else {}
    return Edition(diffusion, date, elements, series, fichiers, identite)


@lru_cache(maxsize=3)
def _known(dossier: Dossier, diffusion: Diffusion) -> frozenset[str]:
    """Ids this readership may know: those of its level whose required references it may know too."""
    known = {ident for ident, element in dossier.elements.items() if element.niveau() <= diffusion}
    citing: dict[str, list[str]] = {}
    for element, chemin, cible in dossier.liens:
        if len(chemin) == 1 and element.id in known and champs(type(element))[str(chemin[0])].requis:
            citing.setdefault(cible, []).append(element.id)
    lost = [ident for cible, idents in citing.items() if cible not in known for ident in idents]
    while lost:
        ident = lost.pop()
        if ident in known:
            known.remove(ident)
            lost += citing.get(ident, [])
    return frozenset(known)


def _trimmed(partie: Partie, diffusion: Diffusion, known: frozenset[str]) -> Partie | None:
    """The same part with only what may be known, or None when what it cannot do without may not be known."""
    values: dict[str, Any] = {}
    for champ in champs(type(partie)).values():
        if champ.diffusion > diffusion:
            if champ.requis:
                return None
            continue
        value = partie.__dict__[champ.nom]
        if champ.vers is not None:
            value = [cible for cible in value if cible in known] if champ.liste else value if value in known else None
        elif champ.parties and value is not None:
            items = value if champ.liste else (value,)
            kept = [
                trimmed
                for item in items
                if item.niveau() <= diffusion and (trimmed := _trimmed(item, diffusion, known)) is not None
            ]
            value = kept if champ.liste else kept[0] if kept else champ.defaut
        if value is None and champ.requis:
            return None
        values[champ.nom] = value
    return type(partie).model_construct(**values)


def empreinte(dossier: Dossier, ident: str) -> str:
    """The sha256 of an element as its own readership reads it, its state of validation aside.

    What a decision validated is this text: an interne note changed since does not undo a public validation.
    """
    element = dossier.elements[ident]
    trimmed = _trimmed(element, element.niveau(), _known(dossier, element.niveau()))
    content = "null" if trimmed is None else canonique(trimmed, sans=("validation",))
    return hashlib.sha256(content.encode()).hexdigest()


def canonique(partie: Partie, sans: Iterable[str] = ()) -> str:
    """The JSON of a part, keys sorted, what was not written left out: the same text for the same content."""
    data = partie.model_dump(mode="json", exclude=set(sans), exclude_defaults=True)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
