"""What it costs and who pays: totals by year, funder and state. An edition only holds what it may announce."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from smde.edition import Edition
from smde.model.schema import Action, EtatFinancement, Financement, LigneBudget


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
    montants: tuple[Decimal, ...]
    total: Decimal
    illustratif: bool
    """Whether one of the amounts is illustrative."""


@dataclass(frozen=True, slots=True)
class Croisement:
    """Shares of the funders, summed by funder, year and state, euros."""

    annees: tuple[int, ...]
    lignes: tuple[Part, ...]
    total: Decimal


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
    """Funder × year × state; refused shares are shown but not summed."""
    shares: dict[tuple[str, EtatFinancement], list[Financement]] = {}
    for share in plans:
        shares.setdefault((share.financeur, share.etat), []).append(share)
    annees = tuple(sorted({share.annee for group in shares.values() for share in group}))
    order = list(EtatFinancement)
    lignes = tuple(
        _part(financeur, etat, annees, shares[financeur, etat])
        for financeur, etat in sorted(shares, key=lambda key: (key[0], order.index(key[1])))
    )
    total = sum((part.total for part in lignes if part.etat is not EtatFinancement.refuse), Decimal(0))
    return Croisement(annees, lignes, total)


def _part(financeur: str, etat: EtatFinancement, annees: tuple[int, ...], shares: list[Financement]) -> Part:
    years = dict.fromkeys(annees, Decimal(0))
    for share in shares:
        years[share.annee] += share.montant
    illustratif = any(share.illustratif for share in shares)
    return Part(financeur, etat, tuple(years.values()), sum(years.values(), Decimal(0)), illustratif)
