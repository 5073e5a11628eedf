"""What it costs and who pays: totals by year, funder and state. An edition only holds what it may announce."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from smde.edition import Edition
from smde.model.schema import Action, EtatFinancement, Financement, LigneBudget, Taxe


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
    """Whether one of the amounts is illustrative."""


@dataclass(frozen=True, slots=True)
class Total:
    """What all funders bring together, with or without tax, refused shares left out, euros."""

    taxe: Taxe
    montant: Decimal
    illustratif: bool


@dataclass(frozen=True, slots=True)
class Croisement:
    """Shares of the funders, summed by funder, year, state and tax regime, euros."""

    annees: tuple[int, ...]
    lignes: tuple[Part, ...]
    totaux: tuple[Total, ...]


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
    shares: dict[tuple[str, EtatFinancement, Taxe], list[Financement]] = {}
    for share in plans:
        shares.setdefault((share.financeur, share.etat, share.taxe), []).append(share)
    annees = tuple(sorted({share.annee for group in shares.values() for share in group}))
    order = list(EtatFinancement)
    keys = sorted(shares, key=lambda key: (key[0], order.index(key[1]), key[2].value))
    lignes = tuple(_part(*key, annees, shares[key]) for key in keys)
    counted = [part for part in lignes if part.etat is not EtatFinancement.refuse]
    totaux = tuple(
        Total(
            taxe,
            sum((part.total for part in counted if part.taxe is taxe), Decimal(0)),
            any(part.illustratif for part in counted if part.taxe is taxe),
        )
        for taxe in Taxe
        if any(part.taxe is taxe for part in counted)
    )
    return Croisement(annees, lignes, totaux)


def _part(
    financeur: str, etat: EtatFinancement, taxe: Taxe, annees: tuple[int, ...], shares: list[Financement]
) -> Part:
    years = dict.fromkeys(annees, Decimal(0))
    for share in shares:
        years[share.annee] += share.montant
    illustratif = any(share.illustratif for share in shares)
    return Part(financeur, etat, taxe, tuple(years.values()), sum(years.values(), Decimal(0)), illustratif)
