"""What is put on the table with a partner: what is tied to its frameworks, asked and needed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from smde.edition import Edition
from smde.model.cadres import Articulation, Cadre, NatureLien, Orientation
from smde.model.element import Element
from smde.model.mesures import Indicateur, Source
from smde.model.schema import Action, EtatFinancement, Financement, Moyen, Negociation, Priorite, Taxe
from smde.parcours import references
from smde.periodes import bornes
from smde.views.articulations import articulation
from smde.views.chaine import chaine

REGION_AIDES = "L1511-2"
IMMOBILIER = "L1511-3"


@dataclass(frozen=True, slots=True)
class Concernes:
    """The part of the schéma that a negotiation is about."""

    priorites: tuple[Priorite, ...]
    actions: tuple[Action, ...]
    moyens: tuple[Moyen, ...]


@dataclass(frozen=True, slots=True)
class Reponse:
    """What answers an orientation of a framework (None: the framework as a whole) by one nature of link."""

    orientation: Orientation | None
    nature: NatureLien | None
    """None when nothing answers it."""
    elements: tuple[tuple[Priorite | Action, Articulation], ...]


@dataclass(frozen=True, slots=True)
class Demande:
    """What an action asks of its partners, and what it offers."""

    action: Action
    negociation: Negociation


@dataclass(frozen=True, slots=True)
class Convention:
    """An agreement that the law asks for before an action may spend (CGCT L1511-2, L1511-3)."""

    action: Action
    article: str
    cadre: Cadre | None
    """The agreement written in the fiche."""
    en_vigueur: bool
    """Whether that agreement covers the date of the version."""


@dataclass(frozen=True, slots=True)
class PartAction:
    """What a funder brings to an action in one state, year by year, euros."""

    action: Action
    financeur: str
    etat: EtatFinancement
    taxe: Taxe
    montants: tuple[Decimal, ...]
    total: Decimal
    illustratif: bool


@dataclass(frozen=True, slots=True)
class TotalPlan:
    """All shares of one tax regime, real or else illustrative, refused ones left out, euros; the authority's own."""

    taxe: Taxe
    montants: tuple[Decimal, ...]
    total: Decimal
    collectivite: Decimal
    illustratif: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The financing of some actions, by action, funder, state and year."""

    annees: tuple[int, ...]
    lignes: tuple[PartAction, ...]
    totaux: tuple[TotalPlan, ...]


def concernes(edition: Edition, cadres: Collection[str], acteurs: Collection[str]) -> Concernes:
    """What is tied to one of these frameworks, or negotiated with, or asked of, one of these actors."""
    actions = tuple(action for action in edition.tous(Action) if _concerne(action, cadres, acteurs))
    served = {action.priorite for action in actions}
    priorites = tuple(
        priorite for priorite in edition.tous(Priorite) if priorite.id in served or _articule(priorite, cadres)
    )
    kept = {action.id for action in actions}
    moyens = tuple(moyen for moyen in edition.tous(Moyen) if not kept.isdisjoint(moyen.actions))
    return Concernes(priorites, actions, moyens)


def _articule(element: Priorite | Action, cadres: Collection[str]) -> bool:
    return any(lien.cadre in cadres for lien in element.articulations)


def _concerne(action: Action, cadres: Collection[str], acteurs: Collection[str]) -> bool:
    return (
        _articule(action, cadres)
        or any(acteur in acteurs for negociation in action.negociations for acteur in negociation.avec)
        or any(part.financeur in acteurs for part in action.plan_financement)
    )


def sources(edition: Edition, elements: Iterable[Element]) -> tuple[Source, ...]:
    """What these elements and the evidence they rest on are drawn from, in reading order."""
    resting = {element.id: element for element in elements}
    for element in list(resting.values()):
        resting.update({below.id: below for maillon in chaine(edition, element).amont for below in maillon.elements})
    cited = {cible for element in resting.values() for _, _, cible in references(type(element), element.__dict__)}
    cited |= {indicateur.source for indicateur in edition.tous(Indicateur) if indicateur.id in cited}
    return tuple(source for source in edition.tous(Source) if source.id in cited)


def alignement(edition: Edition, cadre: Cadre) -> tuple[Reponse, ...]:
    """Orientation by orientation, what answers it, by nature of link; one line too for what nothing answers."""
    rows: list[Reponse] = []
    for service in articulation(edition, cadre):
        natures = list(dict.fromkeys(lien.articulation.nature for lien in service.liens))
        for nature in sorted(natures, key=list(NatureLien).index):
            linked = tuple(
                (lien.element, lien.articulation) for lien in service.liens if lien.articulation.nature is nature
            )
            rows.append(Reponse(service.orientation, nature, linked))
        if not natures:
            rows.append(Reponse(service.orientation, None, ()))
    return tuple(rows)


def demandes(edition: Edition, acteurs: Collection[str]) -> tuple[Demande, ...]:
    """What is negotiated with one of these actors, or with nobody in particular; everything when none is named."""
    return tuple(
        Demande(action, negociation)
        for action in edition.tous(Action)
        for negociation in action.negociations
        if not acteurs or not negociation.avec or not set(acteurs).isdisjoint(negociation.avec)
    )


def conventions(edition: Edition, actions: Iterable[Action]) -> tuple[Convention, ...]:
    """The agreements these actions need: aid to firms, then business property."""
    found = []
    for action in actions:
        cadre = edition.elements.get(action.convention_region or "")
        known = cadre if isinstance(cadre, Cadre) else None
        for needed, article in ((action.aide_entreprise, REGION_AIDES), (action.immobilier, IMMOBILIER)):
            if needed:
                found.append(Convention(action, article, known, known is not None and _couvre(known, edition.date)))
    return tuple(found)


def _couvre(cadre: Cadre, date: str) -> bool:
    """Whether a framework covers a day; one that does not say until when, and that nothing replaces, does."""
    today = bornes(date)[0]
    begun = cadre.debut is None or bornes(cadre.debut)[0] <= today
    return begun and cadre.remplace_par is None and (cadre.fin is None or today <= bornes(cadre.fin)[1])


def plan(edition: Edition, actions: Iterable[Action]) -> Plan:
    """Action × funder × state × year; refused shares are shown but not summed, nor HT with TTC, nor real with not."""
    shares: dict[tuple[str, str, EtatFinancement, Taxe, bool], list[Financement]] = {}
    kept = {action.id: action for action in actions}
    for action in kept.values():
        for part in action.plan_financement:
            key = action.id, part.financeur, part.etat, part.taxe, part.illustratif
            shares.setdefault(key, []).append(part)
    annees = tuple(sorted({part.annee for group in shares.values() for part in group}))
    lignes = tuple(
        PartAction(
            kept[ident],
            financeur,
            etat,
            taxe,
            _par_annee(group, annees),
            sum((part.montant for part in group), Decimal(0)),
            illustratif,
        )
        for (ident, financeur, etat, taxe, illustratif), group in shares.items()
    )
    return Plan(annees, lignes, _totaux(edition, annees, lignes))


def _par_annee(shares: Iterable[Financement], annees: tuple[int, ...]) -> tuple[Decimal, ...]:
    years = dict.fromkeys(annees, Decimal(0))
    for share in shares:
        years[share.annee] += share.montant
    return tuple(years.values())


def _totaux(edition: Edition, annees: tuple[int, ...], lignes: Iterable[PartAction]) -> tuple[TotalPlan, ...]:
    counted = [ligne for ligne in lignes if ligne.etat is not EtatFinancement.refuse]
    totaux = []
    for illustratif, taxe in product((False, True), Taxe):
        same = [ligne for ligne in counted if ligne.taxe is taxe and ligne.illustratif is illustratif]
        if same:
            own = [ligne.total for ligne in same if ligne.financeur == edition.identite.acteur]
            montants = tuple(sum((ligne.montants[rank] for ligne in same), Decimal(0)) for rank in range(len(annees)))
            total = sum((ligne.total for ligne in same), Decimal(0))
            totaux.append(TotalPlan(taxe, montants, total, sum(own, Decimal(0)), illustratif))
    return tuple(totaux)
