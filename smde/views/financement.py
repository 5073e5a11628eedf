"""What it costs and who pays: totals by year, funder and state. An edition only holds what it may announce."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from smde.edition import Edition
from smde.model.schema import Action, EtatCout, EtatFinancement, Financement, LigneBudget


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

    @property
    def illustratif(self) -> bool:
        """Whether an amount of the fiche is illustrative."""
        return any(line.etat is EtatCout.illustratif for line in self.budget) or any(f.illustratif for f in self.plan)


@dataclass(frozen=True, slots=True)
class Croisement:
    """Shares of the funders, summed by funder, year and state, euros."""

    annees: tuple[int, ...]
    lignes: tuple[tuple[str, EtatFinancement, tuple[Decimal, ...], Decimal], ...]
    total: Decimal


def couts(edition: Edition) -> tuple[Cout, ...]:
    """Every action that has a budget or a financing plan in this edition."""
    return tuple(
        Cout(action, tuple(action.budget), tuple(action.plan_financement))
        for action in edition.tous(Action)
        if action.budget or action.plan_financement
    )


def croisement(plans: Iterable[Financement]) -> Croisement:
    """Funder × year × state; refused shares are shown but not summed."""
    plans = list(plans)
    annees = tuple(sorted({share.annee for share in plans}))
    sums: dict[tuple[str, EtatFinancement], dict[int, Decimal]] = {}
    for share in plans:
        years = sums.setdefault((share.financeur, share.etat), {})
        years[share.annee] = years.get(share.annee, Decimal(0)) + share.montant
    order = list(EtatFinancement)
    lignes = tuple(
        (funder, etat, tuple(years.get(year, Decimal(0)) for year in annees), sum(years.values(), Decimal(0)))
        for (funder, etat), years in sorted(sums.items(), key=lambda item: (item[0][0], order.index(item[0][1])))
    )
    total = sum((row[3] for row in lignes if row[1] is not EtatFinancement.refuse), Decimal(0))
    return Croisement(annees, lignes, total)
