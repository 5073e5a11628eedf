"""What it costs and who pays: totals by year, funder and state. An edition only holds what it may announce."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from smde.edition import Edition
from smde.model.schema import FINANCEMENT_ACQUIS, Action, EtatFinancement, Financement, LigneBudget, Taxe


@dataclass(frozen=True, slots=True)
class Cout:
    """An action with its costs and the shares of its funders."""

    action: Action
    budget: tuple[LigneBudget, ...]
    plan: tuple[Financement, ...]

    @property
    def total(self) -> Decimal:
        """Sum of the costs, euros."""
        return sum((line.montant for line in self.budget), Decimal(0))


@dataclass(frozen=True, slots=True)
class Part:
    """What a funder brings in one state, year by year, euros."""

    financeur: str
    etat: EtatFinancement
    taxe: Taxe
    montants: tuple[Decimal, ...]
    total: Decimal
    illustratif: bool
    """Whether the amounts are illustrative; a real amount and an illustrative one are never in the same line."""


@dataclass(frozen=True, slots=True)
class Total:
    """What all funders bring together in one state (None: in all but refused), by year, euros.

    Amounts with tax and without, real and illustrative, are never summed together.
    """

    taxe: Taxe
    montants: tuple[Decimal, ...]
    illustratif: bool
    etat: EtatFinancement | None = None

    @property
    def montant(self) -> Decimal:
        """All years together."""
        return sum(self.montants, Decimal(0))


@dataclass(frozen=True, slots=True)
class Croisement:
    """Shares of the funders, summed by funder, year, state, tax regime and worth, euros."""

    annees: tuple[int, ...]
    lignes: tuple[Part, ...]
    totaux: tuple[Total, ...]
    etats: tuple[Total, ...] = ()
    """The same, state by state, where there are several."""


def couts(edition: Edition) -> tuple[Cout, ...]:
    """Every action that has a budget or a financing plan in this edition."""
    return tuple(
        Cout(action, tuple(action.budget), tuple(action.plan_financement))
        for action in edition.tous(Action)
        if action.budget or action.plan_financement
    )


def plans(couts: Iterable[Cout]) -> tuple[Financement, ...]:
    """Every funder's share."""
    return tuple(share for cout in couts for share in cout.plan)


def croisement(plans: Iterable[Financement]) -> Croisement:
    """Funder × year × state; refused shares are shown but not summed, nor amounts with tax with those without."""
    shares: dict[tuple[bool, str, EtatFinancement, Taxe], list[Financement]] = {}
    for share in plans:
        shares.setdefault((share.illustratif, share.financeur, share.etat, share.taxe), []).append(share)
    annees = tuple(sorted({share.annee for group in shares.values() for share in group}))
    order = list(EtatFinancement)
    keys = sorted(shares, key=lambda key: (key[0], key[1], order.index(key[2]), key[3].value))
    lignes = tuple(_part(key, annees, shares[key]) for key in keys)
    counted = [part for part in lignes if part.etat is not EtatFinancement.refuse]
    totaux, etats = [], []
    for illustratif in (False, True):
        for taxe in Taxe:
            group = [part for part in counted if part.taxe is taxe and part.illustratif is illustratif]
            if group:
                totaux.append(Total(taxe, _sommes(group), illustratif))
            here = [etat for etat in order if any(part.etat is etat for part in group)]
            if len(here) > 1:
                etats += [
                    Total(taxe, _sommes([part for part in group if part.etat is etat]), illustratif, etat)
                    for etat in here
                ]
    return Croisement(annees, lignes, tuple(totaux), tuple(etats))


def croisements(plans: Iterable[Financement]) -> tuple[tuple[bool, Croisement], ...]:
    """The real amounts, then the illustrative ones, each on its own; what there is none of is left out."""
    shares = list(plans)
    worths = ((worth, [share for share in shares if share.illustratif is worth]) for worth in (False, True))
    return tuple((worth, croisement(group)) for worth, group in worths if group)


def _sommes(parts: list[Part]) -> tuple[Decimal, ...]:
    return tuple(sum(column, Decimal(0)) for column in zip(*(part.montants for part in parts), strict=True))


def _part(key: tuple[bool, str, EtatFinancement, Taxe], annees: tuple[int, ...], shares: list[Financement]) -> Part:
    illustratif, financeur, etat, taxe = key
    years = dict.fromkeys(annees, Decimal(0))
    for share in shares:
        years[share.annee] += share.montant
    return Part(financeur, etat, taxe, tuple(years.values()), sum(years.values(), Decimal(0)), illustratif)


@dataclass(frozen=True, slots=True)
class Annee:
    """What one year brings: what is secured, and what is not yet, euros."""

    annee: int
    acquis: Decimal
    attendu: Decimal


def par_annee(croisement: Croisement, taxe: Taxe) -> tuple[Annee, ...]:
    """Year by year, what is secured and what is not yet; refused shares left out."""
    counted = [p for p in croisement.lignes if p.taxe is taxe and p.etat is not EtatFinancement.refuse]
    return tuple(
        Annee(
            annee,
            sum((p.montants[rank] for p in counted if p.etat in FINANCEMENT_ACQUIS), Decimal(0)),
            sum((p.montants[rank] for p in counted if p.etat not in FINANCEMENT_ACQUIS), Decimal(0)),
        )
        for rank, annee in enumerate(croisement.annees)
    )
