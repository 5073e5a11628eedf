"""Rows of the tables of one element: each function answers cells, the templates choose the headers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.acteurs import EtapeCircuit, Membre, Role
from smde.model.cadres import Articulation, Cadre
from smde.model.demarche import Decision
from smde.model.mesures import Indicateur
from smde.model.schema import Action, EtapeAction, EtatCout, Financement, LigneBudget, Risque, Suivi
from smde.model.strategie import Cible
from smde.traits import intervalle
from smde.views.articulations import Service
from smde.views.roles import Tenu

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

Row = Sequence[Content]
SANS_OBJET = "–"
A_FIXER = "À fixer"


class Tableaux:
    """The rows of the tables of one element, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def lignes_roles(self, roles: Iterable[Role]) -> list[Row]:
        """Actor, role, status, precision."""
        return [
            [
                self.mots.lien(role.acteur),
                ecriture.majuscule(mot(role.role)) + (" (principal)" if role.principal else ""),
                self.mots.pastille(role.statut),
                role.precision or SANS_OBJET,
            ]
            for role in roles
        ]

    def lignes_articulations(self, articulations: Iterable[Articulation]) -> list[Row]:
        """Framework, orientation, nature of the link, comment."""
        rows: list[Row] = []
        for articulation in articulations:
            cadre = self.edition.element(articulation.cadre, Cadre)
            titres = {orientation.code: orientation.titre for orientation in cadre.orientations}
            code = articulation.orientation
            shown = f"{code} – {titres[code]}" if code in titres else code or "Ensemble du cadre"
            nature = ecriture.majuscule(mot(articulation.nature))
            rows.append([self.mots.lien(cadre), shown, nature, articulation.commentaire or SANS_OBJET])
        return rows

    def lignes_cibles(self, cibles: Iterable[Cible]) -> list[Row]:
        """Indicator, value aimed at, date."""
        rows: list[Row] = []
        for cible in cibles:
            value = ecriture.mesure(cible.valeur, self.edition.element(cible.indicateur, Indicateur).unite)
            rows.append([self.mots.lien(cible.indicateur), value, ecriture.periode(cible.echeance)])
        return rows

    def lignes_reperes(self, action: Action) -> list[Row]:
        """What identifies a fiche action at a glance."""
        rows: list[Row] = []
        if action.priorite:
            rows.append([ecriture.majuscule(self.edition.libelle("priorite")), self.mots.lien(action.priorite)])
        rows.append(["Maturité", ecriture.majuscule(mot(action.maturite))])
        rows.append(["Avancement", ecriture.majuscule(mot(action.statut))])
        if action.calendrier:
            if when := intervalle(action.calendrier.debut, action.calendrier.fin):
                rows.append(["Calendrier proposé", ecriture.majuscule(when)])
            if action.calendrier.prochaine_decision:
                rows.append(["Prochaine décision", self.mots.lien(action.calendrier.prochaine_decision)])
        if action.public_cible:
            rows.append(["Public", action.public_cible])
        if action.territoire:
            rows.append(["Territoire", self.mots.lien(action.territoire)])
        if action.actions_liees:
            rows.append(["Dépend de", self.mots.liens(action.actions_liees)])
        if action.aide_entreprise:
            rows.append(["Aide aux entreprises", "Oui : suppose une convention avec la Région (CGCT, article L1511-2)"])
        if action.convention_region:
            rows.append(["Convention qui l'autorise", self.mots.lien(action.convention_region)])
        if action.immobilier:
            rows.append(["Immobilier d'entreprise", "Oui : compétence de l'intercommunalité (CGCT, article L1511-3)"])
        return rows

    def lignes_etapes(self, etapes: Iterable[EtapeAction]) -> list[Row]:
        """Milestone, date, done or not."""
        return [
            [
                etape.titre,
                ecriture.majuscule(ecriture.periode(etape.echeance)) if etape.echeance else A_FIXER,
                "Fait" if etape.fait else "À faire",
            ]
            for etape in etapes
        ]

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

    def lignes_suivis(self, suivis: Iterable[Suivi]) -> list[Row]:
        """Measure, type, target."""
        return [
            [
                self.mots.lien(suivi.indicateur, suivi.mesure) if suivi.indicateur else suivi.mesure,
                ecriture.majuscule(mot(suivi.type)),
                suivi.cible or A_FIXER,
            ]
            for suivi in suivis
        ]

    def lignes_risques(self, risques: Iterable[Risque]) -> list[Row]:
        """Risk and answer."""
        return [[risque.titre, risque.parade or SANS_OBJET] for risque in risques]

    def lignes_portefeuille(self, tenus: Iterable[Tenu]) -> list[Row]:
        """Roles of an actor: element, kind, role, status, precision."""
        return [
            [
                self.mots.lien(tenu.element),
                ecriture.majuscule(self.edition.libelle(tenu.element.genre)),
                ecriture.majuscule(mot(tenu.role.role)) + (" (principal)" if tenu.role.principal else ""),
                self.mots.pastille(tenu.role.statut),
                tenu.role.precision or SANS_OBJET,
            ]
            for tenu in tenus
        ]

    def lignes_membres(self, membres: Iterable[Membre]) -> list[Row]:
        """Actor, capacity, status."""
        return [
            [self.mots.lien(membre.acteur), membre.qualite or SANS_OBJET, self.mots.pastille(membre.statut)]
            for membre in membres
        ]

    def lignes_circuit(self, circuit: Sequence[EtapeCircuit]) -> list[Row]:
        """Rank, body, what it examines."""
        return [[str(rank), self.mots.lien(etape.instance), etape.objet] for rank, etape in enumerate(circuit, 1)]

    def lignes_validees(self, decision: Decision) -> list[Row]:
        """What exactly a decision validated: element, fingerprint of its text that day."""
        return [
            [self.mots.lien(valide.element), valide.empreinte[:12] if valide.empreinte else SANS_OBJET]
            for valide in decision.valide
        ]

    def lignes_montants(self, cadre: Cadre) -> list[Row]:
        """Amounts a framework states, with their source."""
        return [
            [[montant.libelle, self.mots.source(cadre.source)], ecriture.mesure(montant.millions, "M€")]
            for montant in cadre.montants
        ]

    def lignes_articulation(self, services: Iterable[Service]) -> list[Row]:
        """Orientation, what is linked to it and how."""
        rows: list[Row] = []
        for service in services:
            orientation = service.orientation
            head = "Ensemble du cadre" if orientation is None else f"{orientation.code} – {orientation.titre}"
            if orientation is not None and not orientation.verifie:
                head += " (intitulé à vérifier)"
            linked = self.mots.puces(
                [[self.mots.lien(lien.element), f" : {mot(lien.articulation.nature)}"] for lien in service.liens]
            )
            rows.append([head, linked if linked.nodes else "Rien dans le dossier"])
        return rows
