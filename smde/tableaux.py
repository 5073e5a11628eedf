"""Rows of the tables that several templates print: each function answers cells, the templates choose the headers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from smde import ecriture
from smde.libelles import mot
from smde.model.acteurs import Role
from smde.model.cadres import Articulation, Cadre
from smde.model.mesures import Indicateur
from smde.model.schema import (
    Action,
    EtapeAction,
    Financement,
    LigneBudget,
    Moyen,
    Priorite,
    Risque,
    Suivi,
)
from smde.model.strategie import Cible
from smde.views import chiffres
from smde.views.articulations import Service
from smde.views.roles import Tenu

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

Row = Sequence[Any]
SANS_OBJET = "–"


class Tableaux:
    """The rows of tables, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots = vocabulaire

    def noms(self) -> dict[str, Any]:
        """Names of the functions, as templates write them."""
        return {
            name: getattr(self, name)
            for name in dir(self)
            if name.startswith(("lignes_", "traits_", "conduite", "preuves"))
        }

    def preuves(self, preuves: Iterable[Any]) -> list[Any]:
        """Each piece of evidence in a line."""
        return [self.mots.preuve(preuve) for preuve in preuves]

    def lignes_roles(self, roles: Iterable[Role]) -> list[Row]:
        """Actor, role, status, precision."""
        return [
            [
                self.mots.lien(role.acteur),
                ecriture.majuscule(mot(role.role)) + (" (principal)" if role.principal else ""),
                ecriture.majuscule(mot(role.statut)),
                role.precision or SANS_OBJET,
            ]
            for role in roles
        ]

    def lignes_articulations(self, articulations: Iterable[Articulation]) -> list[Row]:
        """Framework, orientation, nature of the link, comment."""
        rows: list[Row] = []
        for articulation in articulations:
            cadre = self.mots.edition.element(articulation.cadre, Cadre)
            titres = {orientation.code: orientation.titre for orientation in cadre.orientations}
            code = articulation.orientation
            shown = f"{code} – {titres[code]}" if code in titres else code or "Ensemble du cadre"
            rows.append(
                [
                    self.mots.lien(cadre),
                    shown,
                    ecriture.majuscule(mot(articulation.nature)),
                    articulation.commentaire or SANS_OBJET,
                ]
            )
        return rows

    def lignes_cibles(self, cibles: Iterable[Cible]) -> list[Row]:
        """Indicator, value aimed at, date."""
        rows: list[Row] = []
        for cible in cibles:
            unite = self.mots.edition.element(cible.indicateur, Indicateur).unite
            rows.append(
                [
                    self.mots.lien(cible.indicateur),
                    ecriture.mesure(cible.valeur, unite),
                    ecriture.periode(cible.echeance),
                ]
            )
        return rows

    def conduite(self, priorite: Priorite) -> list[Any]:
        """Who leads a priority."""
        lines: list[Any] = []
        if priorite.elu_referent:
            lines.append(f"Élu référent : {priorite.elu_referent}")
        if priorite.service_pilote:
            lines.append(["Service pilote : ", self.mots.lien(priorite.service_pilote)])
        return lines

    def lignes_reperes(self, action: Action) -> list[Row]:
        """What identifies a fiche action at a glance."""
        rows: list[Row] = []
        if action.priorite:
            rows.append([ecriture.majuscule(self.mots.edition.libelle("priorite")), self.mots.lien(action.priorite)])
        rows.append(["Maturité", ecriture.majuscule(mot(action.maturite))])
        rows.append(["Avancement", ecriture.majuscule(mot(action.statut))])
        if action.calendrier and (action.calendrier.debut or action.calendrier.fin):
            ends = [ecriture.periode(end) for end in (action.calendrier.debut, action.calendrier.fin) if end]
            rows.append(["Calendrier proposé", " – ".join(ends)])
        if action.calendrier and action.calendrier.prochaine_decision:
            rows.append(["Prochaine décision", self.mots.lien(action.calendrier.prochaine_decision)])
        if action.public_cible:
            rows.append(["Public", action.public_cible])
        if action.territoire:
            rows.append(["Territoire", self.mots.lien(action.territoire)])
        if action.aide_entreprise:
            rows.append(["Aide aux entreprises", "Oui : suppose une convention avec la Région (CGCT, article L1511-2)"])
        if action.immobilier:
            rows.append(["Immobilier d'entreprise", "Oui : compétence de l'intercommunalité (CGCT, article L1511-3)"])
        return rows

    def lignes_etapes(self, etapes: Iterable[EtapeAction]) -> list[Row]:
        """Milestone, date, done or not."""
        return [
            [
                etape.titre,
                ecriture.periode(etape.echeance) if etape.echeance else "À fixer",
                "Fait" if etape.fait else "À faire",
            ]
            for etape in etapes
        ]

    def lignes_budget(self, budget: Sequence[LigneBudget]) -> list[Row]:
        """Costs, then their total."""
        rows: list[Row] = [
            [
                line.poste + (f" ({mot(line.section)})" if line.section else ""),
                str(line.annee),
                f"{ecriture.euros(line.montant)} {line.taxe.value}",
                ecriture.majuscule(mot(line.etat)),
            ]
            for line in budget
        ]
        if len(budget) > 1:
            total = sum((line.montant for line in budget), Decimal(0))
            rows.append(
                [self.mots.gras("Total"), "", self.mots.gras(f"{ecriture.euros(total)} {budget[0].taxe.value}"), ""]
            )
        return rows

    def lignes_financement(self, plan: Sequence[Financement]) -> list[Row]:
        """Shares of the funders."""
        return [
            [
                self.mots.lien(share.financeur),
                str(share.annee),
                f"{ecriture.euros(share.montant)} {share.taxe.value}",
                ecriture.majuscule(mot(share.etat)) + (" (montant illustratif)" if share.illustratif else ""),
            ]
            for share in plan
        ]

    def lignes_suivis(self, suivis: Iterable[Suivi]) -> list[Row]:
        """Measure, type, target."""
        return [
            [
                self.mots.lien(suivi.indicateur, suivi.mesure) if suivi.indicateur else suivi.mesure,
                ecriture.majuscule(mot(suivi.type)),
                suivi.cible or "À fixer",
            ]
            for suivi in suivis
        ]

    def lignes_risques(self, risques: Iterable[Risque]) -> list[Row]:
        """Risk and answer."""
        return [[risque.titre, risque.parade or SANS_OBJET] for risque in risques]

    def lignes_portefeuille(self, tenus: Iterable[Tenu]) -> list[Row]:
        """Roles of an actor."""
        return [
            [
                self.mots.lien(tenu.element),
                ecriture.majuscule(mot(tenu.role.role)),
                ecriture.majuscule(mot(tenu.role.statut)),
                tenu.role.precision or SANS_OBJET,
            ]
            for tenu in tenus
        ]

    def lignes_montants(self, cadre: Cadre) -> list[Row]:
        """Amounts a framework states, with their source."""
        return [
            [[montant.libelle, self.mots.source(cadre.source)], ecriture.mesure(montant.millions, "M€")]
            for montant in cadre.montants
        ]

    def lignes_articulation(self, services: Iterable[Service]) -> list[Row]:
        """Orientation, what is linked to it, how."""
        rows: list[Row] = []
        for service in services:
            orientation = service.orientation
            head = "Ensemble du cadre" if orientation is None else f"{orientation.code} – {orientation.titre}"
            if orientation is not None and not orientation.verifie:
                head += " (intitulé à vérifier)"
            linked = (
                self.mots.liens([lien.element for lien in service.liens], " ; ")
                if service.liens
                else "Rien dans le dossier"
            )
            natures = sorted({mot(lien.articulation.nature) for lien in service.liens})
            rows.append([head, linked, ecriture.majuscule(ecriture.enumeration(natures)) or SANS_OBJET])
        return rows

    def traits_moyen(self, moyen: Moyen) -> list[Any]:
        """Nature, quantity and service of a means."""
        lines: list[Any] = [f"Nature : {mot(moyen.nature)}"]
        if moyen.quantite is not None:
            shown = ecriture.mesure(moyen.quantite, moyen.unite or "")
            lines.append(f"Quantité : {shown}" + (" (ordre de grandeur illustratif)" if moyen.illustratif else ""))
        if moyen.service:
            lines.append(["Service : ", self.mots.lien(moyen.service)])
        return lines

    def traits_cadre(self, cadre: Cadre) -> list[Any]:
        """What identifies a framework."""
        lines: list[Any] = [f"Nature : {mot(cadre.type)}"]
        if cadre.date:
            lines.append(f"Date : {ecriture.periode(cadre.date)}" + (f" ({cadre.organe})" if cadre.organe else ""))
        if cadre.debut or cadre.fin:
            lines.append(f"Période : {' – '.join(ecriture.periode(end) for end in (cadre.debut, cadre.fin) if end)}")
        if cadre.signataires:
            lines.append(["Signataires : ", self.mots.liens(cadre.signataires)])
        if cadre.lien_attendu:
            lines.append(f"Lien attendu : {mot(cadre.lien_attendu)}")
        if cadre.remplace_par:
            lines.append(["Remplacé par : ", self.mots.lien(cadre.remplace_par)])
        if cadre.url:
            lines.append([self.mots.externe(cadre.url, "Lire le texte ou sa présentation")])
        return lines

    def traits_indicateur(self, indicateur: Indicateur) -> list[Any]:
        """Perimeter, trend, source, licence, frequency."""
        lines: list[Any] = [["Périmètre : ", self.mots.lien(indicateur.territoire)]]
        lecture = chiffres.lecture(self.mots.edition, indicateur)
        if lecture is not None:
            sign = "+" if lecture.evolution > 0 else ""
            span = f"{ecriture.periode(lecture.premiere.periode)} et {ecriture.periode(lecture.derniere.periode)}"
            lines.append(
                f"Tendance : {lecture.tendance.value} ({sign}{ecriture.nombre(round(lecture.evolution, 1))} % entre {span})"
            )
        lines.append(f"Sens souhaité : {mot(indicateur.sens)}")
        lines.append(["Source : ", self.mots.lien(indicateur.source)])
        if indicateur.licence:
            lines.append(f"Licence : {indicateur.licence}")
        if indicateur.frequence:
            lines.append(f"Actualisation : {indicateur.frequence}")
        if indicateur.producteur:
            lines.append(["À actualiser par : ", self.mots.lien(indicateur.producteur)])
        lines.append([self.mots.fichier(f"donnees/series/{indicateur.id}.csv", "Télécharger la série (CSV)")])
        return lines
