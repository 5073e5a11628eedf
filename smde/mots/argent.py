"""Costs and shares of the funders: of one fiche, and of all together."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.schema import EtatCout, Financement, LigneBudget
from smde.mots.cellules import SANS_OBJET, Row
from smde.views.financement import Cout, Croisement

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire


class Argent:
    """Costs and shares of the funders, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def lignes_budget(self, budget: Sequence[LigneBudget]) -> list[Row]:
        """Costs, then their total, which is worth no more than the least firm of them."""
        rows: list[Row] = [
            [
                line.poste + (f" ({mot(line.section)})" if line.section else ""),
                str(line.annee),
                f"{ecriture.euros(line.montant)} {line.taxe.value}",
                ecriture.majuscule(mot(line.etat)),
            ]
            for line in budget
        ]
        taxes = {line.taxe for line in budget}
        if len(budget) > 1 and len(taxes) == 1:
            total = f"{ecriture.euros(sum((line.montant for line in budget), Decimal(0)))} {budget[0].taxe.value}"
            least = min((line.etat for line in budget), key=list(EtatCout).index)
            rows.append([self.mots.fort("Total"), "", self.mots.fort(total), ecriture.majuscule(mot(least))])
        return rows

    def lignes_financement(self, plan: Sequence[Financement]) -> list[Row]:
        """Shares of the funders; the contract that carries a share stands with its state."""
        return [
            [
                self.mots.lien(share.financeur),
                str(share.annee),
                f"{ecriture.euros(share.montant)} {share.taxe.value}",
                [
                    ecriture.majuscule(mot(share.etat)) + (" (montant illustratif)" if share.illustratif else ""),
                    *([", au titre de : ", self.mots.lien(share.cadre)] if share.cadre else []),
                ],
            ]
            for share in plan
        ]

    def lignes_couts(self, couts: Sequence[Cout]) -> list[Row]:
        """Action, cost, what the amount is worth; then the total of each tax regime."""
        rows: list[Row] = []
        totals: dict[str, Decimal] = {}
        for cout in couts:
            if cout.budget:
                taxe = cout.budget[0].taxe.value
                totals[taxe] = totals.get(taxe, Decimal(0)) + cout.total
                worth = sorted({mot(line.etat) for line in cout.budget})
                rows.append(
                    [
                        self.mots.lien(cout.action),
                        f"{ecriture.euros(cout.total)} {taxe}",
                        ecriture.majuscule(ecriture.enumeration(worth)),
                    ]
                )
        worth = sorted({mot(line.etat) for cout in couts for line in cout.budget})
        for taxe, total in totals.items():
            amount = self.mots.fort(f"{ecriture.euros(total)} {taxe}")
            rows.append([self.mots.fort("Total"), amount, ecriture.majuscule(ecriture.enumeration(worth))])
        return rows

    def entetes_croisement(self, croisement: Croisement) -> list[Content]:
        """Funder, state, each year, total."""
        return ["Financeur", "État", *(str(annee) for annee in croisement.annees), "Total"]

    def numeros_croisement(self, croisement: Croisement) -> list[int]:
        """Columns of amounts."""
        return list(range(2, len(croisement.annees) + 3))

    def lignes_croisement(self, croisement: Croisement) -> list[Row]:
        """Shares by funder and state, year by year, then the total."""
        rows: list[Row] = [
            [
                self.mots.lien(part.financeur),
                ecriture.majuscule(mot(part.etat)) + (" (montant illustratif)" if part.illustratif else ""),
                *(ecriture.euros(amount) if amount else SANS_OBJET for amount in part.montants),
                f"{ecriture.euros(part.total)} {part.taxe.value}",
            ]
            for part in croisement.lignes
        ]
        blanks = [""] * len(croisement.annees)
        for total in croisement.totaux:
            amount = self.mots.fort(f"{ecriture.euros(total.montant)} {total.taxe.value}")
            worth = "Montant illustratif" if total.illustratif else ""
            rows.append([self.mots.fort("Total hors refus"), worth, *blanks, amount])
        return rows
