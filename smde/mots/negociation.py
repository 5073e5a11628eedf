"""What a negotiator brings to the table: alignment, requests, financing of each action, agreements the law asks for."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from smde import ecriture
from smde.arbre import slug
from smde.fragments import Content
from smde.libelles import mot
from smde.model.cadres import Articulation, Cadre
from smde.model.element import Element
from smde.model.identite import Livrable
from smde.model.mesures import Source
from smde.model.schema import Action, Priorite
from smde.mots.cadres import intitule
from smde.mots.cellules import A_FIXER, SANS_OBJET, Items, Row, intervalle
from smde.views import negociation
from smde.views.negociation import Concernes, Convention, Demande, Plan

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire


AUCUNE_ACTION = "Aucune action concernée"
SANS_CONVENTION = "Aucune, sauf si la Région cofinance : compétence de l'intercommunalité"


class Table:
    """What a negotiator brings to the table, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def interlocuteurs(self, livrable: Livrable) -> list[str]:
        """Whom a document is negotiated with: its addressee and the funders it names, each once."""
        named = [livrable.destinataire] if livrable.destinataire else []
        return list(dict.fromkeys([*named, *livrable.financeurs]))

    def cadres_de(self, livrable: Livrable) -> list[Cadre]:
        """The frameworks a document is about, in its order."""
        return [self.edition.element(ident, Cadre) for ident in livrable.cadres]

    def concernes(self, livrable: Livrable) -> Concernes:
        """The part of the schéma that a document is about."""
        return negociation.concernes(self.edition, livrable.cadres, self.interlocuteurs(livrable))

    def sources_de(self, elements: Iterable[Element]) -> list[Source]:
        """What these elements and the evidence they rest on are drawn from, in the order of a French dictionary."""
        found = negociation.sources(self.edition, elements)
        return sorted(found, key=lambda source: (slug(source.titre), source.id))

    def demandes(self, acteurs: Collection[str]) -> tuple[Demande, ...]:
        """What is negotiated with these actors."""
        return negociation.demandes(self.edition, acteurs)

    def conventions(self, actions: Iterable[Action]) -> tuple[Convention, ...]:
        """The agreements these actions need."""
        return negociation.conventions(self.edition, actions)

    def plan(self, actions: Iterable[Action]) -> Plan:
        """The financing of these actions."""
        return negociation.plan(self.edition, actions)

    def lignes_alignement(self, cadre: Cadre) -> list[Row]:
        """Orientation, nature of the link, what answers it and how."""
        rows: list[Row] = []
        for reponse in negociation.alignement(self.edition, cadre):
            orientation = reponse.orientation
            head = "Ensemble du cadre" if orientation is None else intitule(orientation, reserve=True)
            nature = ecriture.majuscule(mot(reponse.nature)) if reponse.nature else SANS_OBJET
            answers = self.mots.puces([self._reponse(element, lien) for element, lien in reponse.elements])
            rows.append([head, nature, answers if answers.nodes else "Rien dans le schéma"])
        return rows

    def _reponse(self, element: Priorite | Action, lien: Articulation) -> Content:
        code: list[Content] = [" ", self.mots.code(element.id)] if isinstance(element, Action) else []
        return [self.mots.lien(element), *code, [" : ", lien.commentaire] if lien.commentaire else None]

    def orientations_non_servies(self, cadre: Cadre) -> list[Content]:
        """The orientations that nothing answers."""
        return [
            intitule(reponse.orientation)
            for reponse in negociation.alignement(self.edition, cadre)
            if reponse.orientation is not None and reponse.nature is None
        ]

    def lignes_concernes(self, concernes: Concernes) -> list[Row]:
        """Priority, its actions with their code, when, how far they are."""
        return [
            [head, self.mots.puces([self._action(action) for action in actions]) if actions else AUCUNE_ACTION]
            for head, actions in self._par_priorite(concernes)
        ]

    def lignes_concernes_en_bref(self, concernes: Concernes) -> list[Row]:
        """Priority, its actions with their code, one after the other."""
        rows: list[Row] = []
        for head, actions in self._par_priorite(concernes):
            listed: list[Content] = []
            for action in actions:
                listed += [" ; "] if listed else []
                listed += [self.mots.code(action.id), " ", self.mots.lien(action)]
            rows.append([head, listed or AUCUNE_ACTION])
        return rows

    def _par_priorite(self, concernes: Concernes) -> Iterator[tuple[Content, list[Action]]]:
        """Each priority and its actions; those that serve none come last."""
        for priorite in concernes.priorites:
            actions = [action for action in concernes.actions if action.priorite == priorite.id]
            yield self.mots.lien(priorite), actions
        if loose := [action for action in concernes.actions if action.priorite is None]:
            yield f"Sans {self.edition.libelle('priorite')}", loose

    def _action(self, action: Action) -> Content:
        calendrier = action.calendrier
        when = intervalle(calendrier.debut, calendrier.fin) if calendrier else ""
        state = f" : {mot(action.maturite)}, {when or A_FIXER.lower()}"
        return [self.mots.lien(action), " ", self.mots.code(action.id), state]

    def traits_demande(self, demande: Demande) -> Items:
        """With whom an action is negotiated."""
        avec = demande.negociation.avec
        return [["Avec : ", self.mots.liens(avec, ", ")]] if avec else []

    def lignes_conventions(self, conventions: Iterable[Convention]) -> list[Row]:
        """Action, article, agreement, whether it covers the day of this version."""
        rows: list[Row] = []
        for convention in conventions:
            aide = convention.article == negociation.REGION_AIDES
            matter = "Aide aux entreprises" if aide else "Immobilier d'entreprise"
            shown: Content = "À conclure" if aide else SANS_CONVENTION
            if convention.cadre is not None:
                shown = [self.mots.lien(convention.cadre), "" if convention.en_vigueur else " (n'est plus en vigueur)"]
            action: Content = [self.mots.lien(convention.action), " ", self.mots.code(convention.action.id)]
            rows.append([action, matter, f"CGCT, article {convention.article}", shown])
        return rows

    def entetes_plan(self, plan: Plan) -> list[Content]:
        """Action, funder, state, each year, total."""
        return ["Action", "Financeur", "État", *(str(annee) for annee in plan.annees), "Total"]

    def numeros_plan(self, plan: Plan) -> list[int]:
        """Columns of amounts."""
        return list(range(3, len(plan.annees) + 4))

    def lignes_plan(self, plan: Plan) -> list[Row]:
        """A share a row, then the total of each tax regime and what the authority brings of it."""
        rows: list[Row] = [
            [
                [self.mots.lien(part.action), " ", self.mots.code(part.action.id)],
                self.mots.lien(part.financeur),
                ecriture.majuscule(mot(part.etat)) + (" (montant illustratif)" if part.illustratif else ""),
                *(ecriture.euros(amount) if amount else SANS_OBJET for amount in part.montants),
                f"{ecriture.euros(part.total)} {part.taxe.value}",
            ]
            for part in plan.lignes
        ]
        blanks = [""] * len(plan.annees)
        for total in plan.totaux:
            worth = "Montants illustratifs" if total.illustratif else ""
            years = [self.mots.fort(ecriture.euros(amount)) for amount in total.montants]
            amount = self.mots.fort(f"{ecriture.euros(total.total)} {total.taxe.value}")
            rows.append([self.mots.fort("Total hors refus"), "", worth, *years, amount])
            if total.total:
                own = f"{ecriture.euros(total.collectivite)} {total.taxe.value}"
                own += f", soit {_pourcentage(total.collectivite, total.total)}"
                rows.append([["Dont ", self.edition.identite.titre], "", worth, *blanks, own])
        return rows


def _pourcentage(part: Decimal, whole: Decimal) -> str:
    """The share of a whole, to the nearest per cent."""
    return ecriture.mesure((100 * part / whole).quantize(Decimal(1)), "%")
