"""Costs and shares of the funders: of one fiche, and of all together."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.schema import EtatCout, EtatFinancement, Financement, LigneBudget
from smde.mots.cellules import SANS_OBJET, Row
from smde.views.financement import Cout, Croisement, Total

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
                [line.poste, f" ({mot(line.section)})" if line.section else None],
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
        """Action, cost, what the amount is worth; then the totals, real and illustrative amounts apart."""
        rows: list[Row] = []
        for cout in couts:
            if cout.budget:
                taxe = cout.budget[0].taxe.value
                worth = sorted({mot(line.etat) for line in cout.budget})
                rows.append(
                    [
                        self.mots.lien(cout.action),
                        f"{ecriture.euros(cout.total)} {taxe}",
                        ecriture.majuscule(ecriture.enumeration(worth)),
                    ]
                )
        return rows + [
            [self.mots.fort("Total"), self.mots.fort(amount), self.mots.fort(worth)]
            for worth, _, amount in self.lignes_totaux(couts)
        ]

    def lignes_totaux(self, couts: Sequence[Cout]) -> list[tuple[str, str, str]]:
        """What amounts are worth, how many actions bear some, their total; the firmest first, HT and TTC apart."""
        found: dict[tuple[EtatCout, str], tuple[set[str], Decimal]] = {}
        for cout in couts:
            for line in cout.budget:
                actions, total = found.get((line.etat, line.taxe.value), (set(), Decimal(0)))
                found[line.etat, line.taxe.value] = (actions | {cout.action.id}, total + line.montant)
        order = list(EtatCout)
        return [
            (
                ecriture.majuscule(mot(etat)),
                ecriture.accord(
                    len(actions), self.edition.libelle("action"), self.edition.libelle("action", pluriel=True)
                ),
                f"{ecriture.euros(total)} {taxe}",
            )
            for (etat, taxe), (actions, total) in sorted(
                found.items(), key=lambda item: (-order.index(item[0][0]), item[0][1])
            )
        ]

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
        refused = any(part.etat is EtatFinancement.refuse for part in croisement.lignes)
        rows += [self._total("Sous-total", total) for total in croisement.etats]
        rows += [self._total("Total hors refus" if refused else "Total", total) for total in croisement.totaux]
        return rows

    def _total(self, words: str, total: Total) -> Row:
        state = ecriture.majuscule(mot(total.etat)) if total.etat is not None else "Tous états"
        worth = f"{state} (montant illustratif)" if total.illustratif else state
        years = [self.mots.fort(ecriture.euros(amount)) if amount else SANS_OBJET for amount in total.montants]
        amount = self.mots.fort(f"{ecriture.euros(total.montant)} {total.taxe.value}")
        return [self.mots.fort(words), worth, *years, amount]
