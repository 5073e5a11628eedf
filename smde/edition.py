"""What one readership may know of a dossier: the same nouns, trimmed. It holds no dossier, no source and no place.

Closed by default: a field without a declared readership, an element without `diffusion`, a part whose own state is
not yet announceable (a role not accepted, a funding not secured) are dropped, and with them every reference to what
is dropped, in fields and in texts. An element or a part that cannot do without what is dropped (the theme of a constat,
the actor of a role) is dropped too, whatever its own level, and so on; so is a document limited to what is dropped.
What is dropped leaves no trace: a field emptied that way is as if it had never been written.

Two dossiers that differ only in what an edition drops give equal editions. The date of the version is the caller's:
the one taken from git moves with any change of the content, whoever may read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar, cast

from smde.citations import expurge
from smde.contours import Trace
from smde.dossier import CITATION, Dossier, references
from smde.filtre import criteres, portee
from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie
from smde.model.demarche import Decision
from smde.model.element import Element, StatutValidation
from smde.model.identite import Filtre, Identite, Libelle, Livrable
from smde.model.mesures import Valeur
from smde.model.plan import Champ, champs
from smde.model.rubriques import CLASSES
from smde.parcours import textes
from smde.textes_valides import Donnees, donnees, relu, sceau
from smde.textes_valides import canonique as canonique_de

E_ = TypeVar("E_", bound=Element)
_SANS_ETAT = frozenset({"validation"})
MODIFIE = "modifié depuis sa validation"
"""What is said, everywhere, of an element whose text is no longer the one its decision validated."""


class Valide(NamedTuple):
    """An element as a decision validated it, and as it stands now, both for the readers they have in common."""

    avant: Element
    apres: Element


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
    modifies: frozenset[str] = frozenset()
    """Ids of the elements whose text is no longer the one their decision validated."""
    valides: Mapping[str, Valide] = field(default_factory=dict)
    """By the fingerprint a decision recorded, what it validated, when that was kept and has changed since."""
    hors_document: Mapping[str, str] = field(default_factory=dict)
    """Titles of the elements this readership may know but that the document being made leaves out."""
    contours: Mapping[str, Trace] = field(default_factory=dict)
    """The outlines of the territories this readership may know."""
    vises: frozenset[str] | None = None
    """Ids of what the document being made was asked for, what that rests on left aside; None: of everything."""
    tout: Mapping[str, Element] | None = field(default=None, repr=False, compare=False)
    """Every element this readership may know, also those that the document being made leaves out."""

    def tous(self, classe: type[E_]) -> list[E_]:
        """The elements of a kind, in reading order."""
        return self._by_class.get(classe, [])

    def titre(self, ident: str) -> str | None:
        """The title of an element, None when this readership does not know it."""
        element = self.elements.get(ident)
        return element.titre if element is not None else self.hors_document.get(ident)

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
    def rangs(self) -> Mapping[str, int]:
        """The rank of each element in reading order."""
        return {ident: rank for rank, ident in enumerate(self.elements)}

    @cached_property
    def _citables(self) -> dict[Diffusion, frozenset[str]]:
        return {}

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


def seulement(edition: object) -> Edition:
    """The door of every output: gives back an edition, raises TypeError on anything else, a dossier above all."""
    if type(edition) is not Edition:
        raise TypeError(f"an output is made from an Edition, not from a {type(edition).__name__}")
    return edition


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
    series = {
        ident: tuple(_kept(dossier.series[ident], diffusion, known)) for ident in elements if ident in dossier.series
    }
    fichiers = {identite.logo: dossier.fichiers[identite.logo]} if identite.logo in dossier.fichiers else {}
    contours = {ident: dossier.contours[ident] for ident in elements if ident in dossier.contours}
    modified, validated = _depuis_validation(dossier, diffusion, elements)
    return Edition(
        *(diffusion, date, elements, series, fichiers, identite, modified, validated), contours=contours, tout=elements
    )


def _depuis_validation(
    dossier: Dossier, diffusion: Diffusion, elements: Mapping[str, Element]
) -> tuple[frozenset[str], dict[str, Valide]]:
    """What of these elements is no longer what a decision validated: the ids of those that still say they are valid,
    and the two texts, by the fingerprint the decision recorded.
    """
    kept = {one.empreinte: one.donnees for one in dossier.textes_valides if one.donnees is not None}
    changed: set[str] = set()
    found: dict[str, Valide] = {}
    for decision in elements.values():
        lines = decision.valide if isinstance(decision, Decision) else ()
        recorded = {(line.element, line.empreinte) for line in lines}
        for line in lines:
            if line.empreinte is None or line.element not in elements:
                continue
            if (line.element, empreinte(dossier, line.element)) in recorded:
                continue
            validation = elements[line.element].validation
            if validation.statut is StatutValidation.valide and validation.decision == decision.id:
                changed.add(line.element)
            both = _valide(dossier, diffusion, line.element, kept.get(line.empreinte, {}))
            if both is not None:
                found[line.empreinte] = both
    return frozenset(changed), found


def _valide(dossier: Dossier, diffusion: Diffusion, ident: str, kept: Donnees) -> Valide | None:
    """An element as it was validated and as it is, when the text was kept and these readers could read it that day.

    Both are trimmed to the readers they have in common: whoever may read more is not told that it was taken out. What
    was cited that day and is unknown today is dropped, but for those who may know everything.
    """
    element = dossier.elements[ident]
    former = relu(type(element), kept) if kept.get("id") == ident else None
    if former is None or former.niveau() > diffusion:
        return None
    level = min(former.niveau(), element.niveau())
    known = _known(dossier, diffusion)
    if diffusion is INTERNE:
        known |= {cible for _, _, cible in references(type(former), former.__dict__)}
        known |= {cible for *_, words in textes(former, PUBLIC) for cible in _cites(words)}
    before, after = _trimmed(former, level, known), _trimmed(element, level, _citables(dossier, level))
    return None if before is None or after is None else Valide(before, after)


def _cites(words: str) -> list[str]:
    return [match[1] or match[2] or match[3] for match in CITATION.finditer(words)]


@lru_cache(maxsize=3)
def _known(dossier: Dossier, diffusion: Diffusion) -> frozenset[str]:
    return _connus(dossier.elements, diffusion)


def _connus(elements: Mapping[str, Element], diffusion: Diffusion) -> frozenset[str]:
    """Ids this readership may know: those of its level whose required references it may know too."""
    known: set[str] = set()
    citing: dict[str, list[str]] = {}
    for ident, element in elements.items():
        needs = _needs(element, diffusion)
        if needs is not None:
            known.add(ident)
            for cible in needs:
                citing.setdefault(cible, []).append(ident)
    lost = [ident for cible, idents in citing.items() if cible not in known for ident in idents]
    while lost:
        ident = lost.pop()
        if ident in known:
            known.remove(ident)
            lost += citing.get(ident, [])
    limited = {
        ident: element
        for ident, element in elements.items()
        if ident in known and isinstance(element, Livrable) and criteres(element.filtre)
    }
    visible = {ident: element for ident, element in elements.items() if ident in known} if limited else {}
    return frozenset(known.difference(i for i, one in limited.items() if _vide(one.filtre, visible, diffusion)))


def _vide(filtre: Filtre, elements: Mapping[str, Element], diffusion: Diffusion) -> bool:
    """Whether what a document is limited to is all hidden: it would print nothing or, its filter lost, everything."""
    cited = {champ.nom: filtre.__dict__[champ.nom] for champ in champs(Filtre).values() if champ.vers is not None}
    known = {nom: [cible for cible in cibles if cible in elements] for nom, cibles in cited.items()}
    lost = any(cibles and not known[nom] for nom, cibles in cited.items())
    return lost or not portee(elements, filtre.model_copy(update=known), diffusion).vises


@cache
def _essentiels(classe: type[Partie]) -> tuple[Champ, ...]:
    """Required fields that may make a part unknown: references, parts, and those not meant for everybody."""
    return tuple(
        champ
        for champ in champs(classe).values()
        if champ.requis
        and (champ.diffusion > PUBLIC or (not champ.liste and (champ.vers is not None or bool(champ.parties))))
    )


def _needs(partie: Partie, diffusion: Diffusion) -> list[str] | None:
    """The ids a part cannot do without, or None when this edition may not hold the part at all.

    A document is not made from an edition more complete than it allows: its reader would read what he may not.
    """
    if partie.niveau() > diffusion or (isinstance(partie, Livrable) and partie.plafond < diffusion):
        return None
    found: list[str] = []
    for champ in _essentiels(type(partie)):
        if champ.diffusion > diffusion:
            return None
        value = partie.__dict__[champ.nom]
        if champ.liste:
            continue
        if champ.vers is not None:
            found.append(value)
        elif champ.parties:
            needs = _needs(value, diffusion)
            if needs is None:
                return None
            found += needs
    return found


Part = TypeVar("Part", bound=Partie)


def _kept(parties: Iterable[Part], diffusion: Diffusion, known: frozenset[str]) -> list[Part]:
    """The parts this readership may know, trimmed."""
    trimmed = (_trimmed(partie, diffusion, known) for partie in parties if partie.niveau() <= diffusion)
    return [partie for partie in trimmed if partie is not None]


def _trimmed(partie: Part, diffusion: Diffusion, known: frozenset[str]) -> Part | None:
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
        elif champ.nature == "texte" and value:
            value = [expurge(item, known) for item in value] if champ.liste else expurge(value, known)
        elif champ.parties and value is not None:
            kept = _kept(value if champ.liste else (value,), diffusion, known)
            value = kept if champ.liste else kept[0] if kept and not _blank(kept[0]) else champ.defaut
        if value is None and champ.requis:
            return None
        values[champ.nom] = value
    return cast(Part, type(partie).model_construct(**values))


def _blank(partie: Partie) -> bool:
    """Whether nothing is written in a part."""
    return all(partie.__dict__[champ.nom] == champ.defaut for champ in champs(type(partie)).values())


def texte_a_valider(contenu: Dossier | Edition, ident: str) -> dict[str, Any] | None:
    """The values of an element as its own readership reads it, its state of validation aside; None when nobody can.

    This is what a decision validates: an interne note changed since does not undo a public validation, nor does a
    document that is no longer made. Every edition that knows the element gives the same.
    """
    elements = contenu.elements if isinstance(contenu, Dossier) else contenu.tout or contenu.elements
    element = elements[ident]
    trimmed = _trimmed(element, element.niveau(), _citables(contenu, element.niveau()))
    return None if trimmed is None else donnees(trimmed, _SANS_ETAT)


def empreinte(contenu: Dossier | Edition, ident: str) -> str:
    """The sha256 of the text of an element that a decision validates."""
    values = texte_a_valider(contenu, ident)
    return sceau("null" if values is None else canonique_de(values))


def empreinte_edition(edition: Edition, diffusion: Diffusion = PUBLIC) -> str:
    """The sha256 of all that readers of one level may know of the strategy: texts, states, series of numbers.

    Neither the order of files, nor the date, nor the documents that are made of it count. Every edition that knows at
    least as much gives the same; raises ValueError when this one knows less.
    """
    if diffusion > edition.diffusion:
        raise ValueError(f"an edition « {edition.diffusion.name} » does not know what « {diffusion.name} » may")
    elements, known = edition.tout or edition.elements, _citables(edition, diffusion)
    lines = []
    for ident in sorted(known):
        trimmed = _trimmed(elements[ident], diffusion, known)
        if trimmed is not None:
            lines += [canonique(trimmed), *map(canonique, _kept(edition.series.get(ident, ()), diffusion, known))]
    return sceau("\n".join(lines))


def _citables(contenu: Dossier | Edition, diffusion: Diffusion) -> frozenset[str]:
    """Ids a fingerprint may hold: all that this readership may know, documents aside."""
    if isinstance(contenu, Dossier):
        return _sans_documents(contenu, diffusion)
    if diffusion not in contenu._citables:
        contenu._citables[diffusion] = _connus(_hors_livrables(contenu.tout or contenu.elements), diffusion)
    return contenu._citables[diffusion]


@lru_cache(maxsize=3)
def _sans_documents(dossier: Dossier, diffusion: Diffusion) -> frozenset[str]:
    return _connus(_hors_livrables(dossier.elements), diffusion)


def _hors_livrables(elements: Mapping[str, Element]) -> dict[str, Element]:
    return {ident: element for ident, element in elements.items() if not isinstance(element, Livrable)}


def canonique(partie: Partie, sans: Iterable[str] = ()) -> str:
    """The JSON of a part, keys sorted, what was not written left out: the same text for the same content."""
    return canonique_de(donnees(partie, frozenset(sans)))
