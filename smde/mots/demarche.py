"""How the strategy is written: phases, séances, decisions, interviews, method."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.demarche import Attendu, Decision, Entretien, Etape, Phase, Principe, Produit, Question, Seance
from smde.mots.cellules import A_FIXER, SANS_OBJET, Items, Row, intervalle, periode_de
from smde.views import calendrier, modifies
from smde.views.calendrier import Date

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

PAGES_PRODUITS = {produit: f"{produit.name}/index" for produit in Produit}


class Demarche:
    """How the strategy is written, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def traits_phase(self, phase: Phase) -> Items:
        """State, period, leaders, product and closing validations of a phase."""
        lines: Items = [["État : ", self.mots.pastille(phase.statut)]]
        lines.append(periode_de(phase.debut, phase.fin) or "Période : à fixer")
        lines.append(["Conduite : ", self.mots.liens(phase.conduite, ", ") if phase.conduite else "à désigner"])
        if phase.produit:
            lines.append(f"Produit : {ecriture.enumeration([mot(produit) for produit in phase.produit])}")
        if phase.validations:
            lines.append(["Close par l'accord de : ", self.mots.liens(phase.validations)])
        return lines

    def lignes_phases(self, phases: Iterable[Phase]) -> list[Row]:
        """Phase, state, period, who leads."""
        return [
            [
                self.mots.lien(phase),
                self.mots.pastille(phase.statut),
                ecriture.majuscule(intervalle(phase.debut, phase.fin)) or A_FIXER,
                self.mots.liens(phase.conduite) if phase.conduite else "À désigner",
            ]
            for phase in phases
        ]

    def lignes_dates(self, dates: Iterable[Date]) -> list[Row]:
        """Date, what, and the element it belongs to when that is another thing."""
        return [[ecriture.majuscule(ecriture.periode(date.periode)), self._dated(date)] for date in dates]

    def lignes_echeances(self, dates: Iterable[Date]) -> list[Row]:
        """Date, then everything that falls due then; in the order of the dates."""
        return [
            [ecriture.majuscule(ecriture.periode(when)), self.mots.puces([self._dated(date) for date in group])]
            for when, group in groupby(dates, key=lambda date: date.periode)
        ]

    def lignes_seances(self, seances: Iterable[Seance]) -> list[Row]:
        """Séance, body, day, how many elements it is asked to validate."""
        waiting: dict[str | None, int] = {}
        for attente in calendrier.a_valider(self.edition):
            waiting[attente.seance] = waiting.get(attente.seance, 0) + len(attente.elements)
        return [
            [
                self.mots.lien(seance),
                self.mots.lien(seance.instance),
                ecriture.jour(seance.date) if seance.date else A_FIXER,
                ecriture.nombre(waiting.get(seance.id, 0)),
            ]
            for seance in seances
        ]

    def _dated(self, date: Date) -> Content:
        if date.element.titre == date.intitule:
            return self.mots.lien(date.element)
        return [date.intitule, " – ", self.mots.lien(date.element)]

    def traits_seance(self, seance: Seance) -> Items:
        """Body, state and date of a séance."""
        when = ecriture.jour(seance.date) if seance.date else "date à fixer"
        return [["Instance : ", self.mots.lien(seance.instance)], f"Séance {mot(seance.statut)} : {when}"]

    def traits_soumis(self, seance: Seance) -> Items:
        """What a séance is asked to validate, by kind."""
        submitted = [self.edition.elements[ident] for ident in seance.soumet if ident in self.edition.elements]
        lines: Items = []
        for genre, elements in self.mots.par_genre(submitted):
            words = self.edition.libelle(genre, pluriel=len(elements) > 1)
            lines.append([f"{ecriture.majuscule(words)} : ", self.mots.liens(elements)])
        return lines

    def traits_decision(self, decision: Decision) -> Items:
        """Body, day, number, outcome and votes of a decision."""
        lines: Items = [["Instance : ", self.mots.lien(decision.instance)]]
        lines.append(["Date : ", ecriture.jour(decision.date), self.mots.source(decision.source)])
        if decision.seance:
            lines.append(["Séance : ", self.mots.lien(decision.seance)])
        if decision.numero:
            lines.append(["Numéro : ", decision.numero])
        lines.append(f"Résultat : {mot(decision.resultat)}")
        if votes := decision.votes:
            lines.append(f"Votes : {votes.pour} pour, {votes.contre} contre, {accord_abstentions(votes.abstention)}")
        return lines

    def lignes_validees(self, decision: Decision) -> list[Row]:
        """What exactly a decision validated: element, fingerprint of its text that day."""
        return [
            [self._valide(decision, valide.element), valide.empreinte[:12] if valide.empreinte else SANS_OBJET]
            for valide in decision.valide
        ]

    def _valide(self, decision: Decision, ident: str) -> Content:
        """An element that a decision validated, and whether it has changed since."""
        said = modifies.mention_depuis(self.edition, decision, ident)
        return [self.mots.lien(ident), [", ", said] if said else None]

    def traits_entretien(self, entretien: Entretien) -> Items:
        """Category, date, guide and themes of an interview."""
        lines: Items = [f"Catégorie : {mot(entretien.categorie)}"]
        if entretien.date:
            lines.append(f"Date : {ecriture.periode(entretien.date)}")
        if entretien.guide:
            lines.append(["Guide : ", self.mots.lien(entretien.guide)])
        if entretien.themes:
            lines.append(["Thèmes : ", self.mots.liens(entretien.themes)])
        lines += [["Personne ou organisme : ", entretien.identite]] if entretien.identite else []
        return lines + ([["Fonction : ", entretien.fonction]] if entretien.fonction else [])

    def traits_attendu(self, attendu: Attendu) -> Items:
        """Where an expectation comes from."""
        return [["Entretiens : ", self.mots.liens(attendu.entretiens)]] if attendu.entretiens else []

    def traits_principe(self, principe: Principe) -> Items:
        """Who applies a principle."""
        return [["Mis en œuvre par : ", self.mots.liens(principe.groupes)]] if principe.groupes else []

    def lignes_etapes_methode(self) -> list[Row]:
        """Rank, step, half of the method, where its result is read."""
        return [
            [
                str(etape.ordre),
                self.mots.lien(etape),
                ecriture.majuscule(mot(etape.partie)),
                self._produits(etape),
            ]
            for etape in sorted(self.edition.tous(Etape), key=lambda etape: etape.ordre)
        ]

    def _produits(self, etape: Etape) -> Content:
        pages: list[Content] = []
        for produit in etape.produit:
            page = self.mots.page(PAGES_PRODUITS[produit], ecriture.majuscule(mot(produit)))
            pages += ([", "] if pages else []) + [page]
        return pages or SANS_OBJET

    def lignes_etapes_simples(self) -> list[Row]:
        """Rank, step, half of the method."""
        return [row[:3] for row in self.lignes_etapes_methode()]

    def questions_par_sujet(self) -> list[tuple[str, list[Question]]]:
        """Questions of method, by subject, in reading order."""
        subjects = groupby(self.edition.tous(Question), key=lambda question: question.sujet)
        return [(sujet, list(group)) for sujet, group in subjects]


def accord_abstentions(count: int) -> str:
    """« aucune abstention », « 2 abstentions »."""
    return ecriture.accord(count, "abstention") if count else "aucune abstention"
