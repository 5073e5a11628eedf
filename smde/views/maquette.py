"""The financing model of some actions: costs and shares year by year, and what they come to.

Amounts with tax and without, real and illustrative, are never summed together; refused shares are shown, not summed.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from smde.edition import Edition
from smde.model.cadres import Cadre
from smde.model.identite import Livrable
from smde.model.schema import FINANCEMENT_ACQUIS, Action, EtatCout, EtatFinancement, LigneBudget, Section, Taxe
from smde.views.financement import couts
from smde.views.negociation import PartAction, concernes, plan

TOLERANCE = Decimal(1)
"""Euros by which a plan may differ from the cost it pays."""


class Regime(NamedTuple):
    """Amounts that may be summed together; the real ones come first."""

    illustratif: bool
    taxe: Taxe


@dataclass(frozen=True, slots=True)
class Depense:
    """What one item of an action costs, year by year, euros."""

    action: Action
    poste: str
    section: Section | None
    etat: EtatCout
    taxe: Taxe
    montants: tuple[Decimal, ...]

    @property
    def illustratif(self) -> bool:
        """Whether the amounts are illustrative."""
        return self.etat is EtatCout.illustratif


@dataclass(frozen=True, slots=True)
class Bilan:
    """Costs and shares in one regime, by year, euros: of an action, of a funder, or of all together."""

    couts: tuple[Decimal, ...]
    parts: tuple[Decimal, ...]
    collectivite: Decimal = Decimal(0)
    """What the authority itself brings."""
    acquis: Decimal = Decimal(0)
    """What is secured."""

    @property
    def cout(self) -> Decimal:
        """All years together."""
        return sum(self.couts, Decimal(0))

    @property
    def plan(self) -> Decimal:
        """All years together."""
        return sum(self.parts, Decimal(0))

    @property
    def ecart(self) -> Decimal:
        """What the plan brings beyond the cost; what it lacks is negative."""
        return self.plan - self.cout


@dataclass(frozen=True, slots=True)
class Maquette:
    """Lines as they were written, grouped by year, and their sums."""

    annees: tuple[int, ...]
    depenses: tuple[Depense, ...]
    parts: tuple[PartAction, ...]
    actions: Mapping[tuple[str, Regime], Bilan]
    financeurs: Mapping[tuple[str, Regime], Bilan]
    """The authority first, then the others in reading order."""
    totaux: Mapping[Regime, Bilan]
    etats: Mapping[Regime, Mapping[EtatFinancement, Bilan]]
    etats_par_financeur: Mapping[tuple[str, Regime], Mapping[EtatFinancement, Bilan]]


Ligne = Depense | PartAction
Cle = TypeVar("Cle", bound=Hashable)


def regime(ligne: Ligne) -> Regime:
    """What the amounts of a line may be summed with."""
    return Regime(ligne.illustratif, ligne.taxe)


def maquette(edition: Edition, livrable: Livrable) -> Maquette:
    """The financing model of the actions a document is about: of all of them when it names no framework nor partner."""
    actions = [cout.action for cout in couts(edition)]
    partenaires = [*filter(None, [livrable.destinataire]), *livrable.financeurs]
    if livrable.cadres or partenaires:
        about = {action.id for action in concernes(edition, livrable.cadres, partenaires).actions}
        actions = [action for action in actions if action.id in about]
    financement = plan(edition, actions)
    annees = tuple(sorted({ligne.annee for action in actions for ligne in action.budget} | {*financement.annees}))
    depenses = tuple(depense for action in actions for depense in _depenses(action, annees))
    parts = tuple(
        replace(part, montants=_etale(zip(financement.annees, part.montants, strict=True), annees))
        for part in financement.lignes
    )
    lignes: list[Ligne] = [*depenses, *parts]
    acteur, rangs, etats = edition.identite.acteur, edition.rangs, list(EtatFinancement)

    def sommes(cle: Callable[[Ligne], Cle], summed: Iterable[Ligne], ordre: Callable[[Cle], Any]) -> dict[Cle, Bilan]:
        found = _bilans(summed, cle, len(annees), acteur)
        return {key: found[key] for key in sorted(found, key=ordre)}

    return Maquette(
        annees,
        depenses,
        parts,
        sommes(lambda ligne: (ligne.action.id, regime(ligne)), lignes, lambda key: (rangs[key[0]], key[1])),
        sommes(_financeur, parts, lambda key: (key[0] != acteur, rangs[key[0]], key[1])),
        sommes(regime, lignes, lambda key: key),
        _ranges(sommes(_etat, parts, lambda key: etats.index(key[1]))),
        _ranges(sommes(lambda part: (_financeur(part), _etat(part)[1]), parts, lambda key: etats.index(key[1]))),
    )


def contrats(edition: Edition, part: PartAction) -> list[Cadre]:
    """The contracts that carry a share, each once."""
    found = {
        ligne.cadre
        for ligne in part.action.plan_financement
        if (ligne.financeur, ligne.etat, ligne.taxe, ligne.illustratif)
        == (part.financeur, part.etat, part.taxe, part.illustratif)
    }
    return [cadre for cadre in edition.tous(Cadre) if cadre.id in found]


def _financeur(ligne: Ligne) -> tuple[str, Regime]:
    assert isinstance(ligne, PartAction)
    return ligne.financeur, regime(ligne)


def _etat(ligne: Ligne) -> tuple[Regime, EtatFinancement]:
    assert isinstance(ligne, PartAction)
    return regime(ligne), ligne.etat


def _depenses(action: Action, annees: tuple[int, ...]) -> Iterable[Depense]:
    """The costs of an action, the years of an item side by side."""
    items: dict[tuple[str, Section | None, EtatCout, Taxe], list[LigneBudget]] = {}
    for ligne in action.budget:
        items.setdefault((ligne.poste, ligne.section, ligne.etat, ligne.taxe), []).append(ligne)
    for (poste, section, etat, taxe), lignes in items.items():
        montants = _etale(((ligne.annee, ligne.montant) for ligne in lignes), annees)
        yield Depense(action, poste, section, etat, taxe, montants)


def _etale(montants: Iterable[tuple[int, Decimal]], annees: tuple[int, ...]) -> tuple[Decimal, ...]:
    years = dict.fromkeys(annees, Decimal(0))
    for annee, montant in montants:
        years[annee] += montant
    return tuple(years.values())


def _bilans(lignes: Iterable[Ligne], cle: Callable[[Ligne], Cle], years: int, acteur: str | None) -> dict[Cle, Bilan]:
    """The lines summed by key, in the order their keys are met."""
    nothing = Bilan((Decimal(0),) * years, (Decimal(0),) * years)
    found: dict[Cle, Bilan] = {}
    for ligne in lignes:
        bilan = found.setdefault(cle(ligne), nothing)
        if isinstance(ligne, Depense):
            bilan = replace(bilan, couts=_plus(bilan.couts, ligne.montants))
        elif ligne.etat is not EtatFinancement.refuse:
            bilan = Bilan(
                bilan.couts,
                _plus(bilan.parts, ligne.montants),
                bilan.collectivite + (ligne.total if ligne.financeur == acteur else 0),
                bilan.acquis + (ligne.total if ligne.etat in FINANCEMENT_ACQUIS else 0),
            )
        found[cle(ligne)] = bilan
    return found


def _ranges(bilans: Mapping[tuple[Cle, EtatFinancement], Bilan]) -> dict[Cle, dict[EtatFinancement, Bilan]]:
    found: dict[Cle, dict[EtatFinancement, Bilan]] = {}
    for (key, etat), bilan in bilans.items():
        found.setdefault(key, {})[etat] = bilan
    return found


def _plus(some: tuple[Decimal, ...], more: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(one + other for one, other in zip(some, more, strict=True))
