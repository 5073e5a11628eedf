"""The tables of one fiche action, but for its money."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from smde import ecriture
from smde.libelles import mot
from smde.model.acteurs import NomRole, StatutRole
from smde.model.schema import Action, EtapeAction, EtatCout, Risque, Suivi
from smde.mots.cellules import A_FIXER, SANS_OBJET, Row, intervalle
from smde.views.chaine import chaine

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

MENEURS = frozenset({NomRole.chef_de_file, NomRole.pilote, NomRole.copilote})


class Fiche:
    """The tables of one fiche action, but for its money, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

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

    def lignes_suites(self, action: Action) -> list[Row]:
        """What follows from a fiche action: its means."""
        return [
            [
                ecriture.majuscule(self.edition.libelle(maillon.genre, pluriel=len(maillon.elements) > 1)),
                self.mots.liens(maillon.elements),
            ]
            for maillon in chaine(self.edition, action).aval
            if maillon.direct
        ]

    def lignes_essentiel(self, action: Action) -> list[Row]:
        """The same, with who leads it and what it costs."""
        rows = self.lignes_reperes(action)
        leaders = dict.fromkeys(
            role.acteur for role in action.roles if role.role in MENEURS and role.statut is not StatutRole.propose
        )
        if leaders:
            rows.insert(1, ["Pilote", self.mots.liens(leaders, ", ")])
        taxes = {line.taxe for line in action.budget}
        if len(taxes) == 1:
            total = ecriture.euros(sum((line.montant for line in action.budget), Decimal(0)))
            least = min((line.etat for line in action.budget), key=list(EtatCout).index)
            rows.append(["Coût", f"{total} {taxes.pop().value} ({mot(least)})"])
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
