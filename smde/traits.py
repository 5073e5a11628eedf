"""What identifies an element, line by line: each function answers the items of a bullet list."""

from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.acteurs import Acteur, Groupe, Organisation
from smde.model.cadres import Cadre
from smde.model.demarche import Attendu, Decision, Entretien, Phase, Principe, Seance
from smde.model.element import Element
from smde.model.mesures import Fiabilite, Indicateur, Source, Terme, Territoire
from smde.model.schema import Moyen, Priorite
from smde.model.strategie import Constat
from smde.views import chiffres

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

Items = list[Content]


class Traits:
    """The lines that identify elements, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def traits_remplacement(self, element: Element) -> Items:
        """What an element replaces, and what replaces it."""
        successors = [other for other in self.edition.citants(element.id, Element) if element.id in other.remplace]
        lines: Items = [["Remplace : ", self.mots.liens(element.remplace), "."]] if element.remplace else []
        return lines + ([["Remplacé par : ", self.mots.liens(successors), "."]] if successors else [])

    def traits_constat(self, constat: Constat) -> Items:
        """Nature and perimeter of a constat."""
        lines: Items = [f"Nature : {mot(constat.nature)}"]
        return lines + ([["Périmètre : ", self.mots.lien(constat.territoire)]] if constat.territoire else [])

    def traits_priorite(self, priorite: Priorite) -> Items:
        """Who leads a priority."""
        lines: Items = [f"Portage politique : {priorite.elu_referent}"] if priorite.elu_referent else []
        return lines + (
            [["Service pilote : ", self.mots.lien(priorite.service_pilote)]] if priorite.service_pilote else []
        )

    def traits_moyen(self, moyen: Moyen) -> Items:
        """Nature, quantity and service of a means."""
        lines: Items = [f"Nature : {mot(moyen.nature)}"]
        if moyen.quantite is not None:
            shown = ecriture.mesure(moyen.quantite, moyen.unite or "")
            lines.append(f"Quantité : {shown}" + (" (ordre de grandeur illustratif)" if moyen.illustratif else ""))
        return lines + ([["Service : ", self.mots.lien(moyen.service)]] if moyen.service else [])

    def traits_acteur(self, acteur: Acteur) -> Items:
        """Kind, number, site and contact of an actor."""
        lines: Items = [f"Catégorie : {mot(acteur.type)}"]
        if acteur.sigle and acteur.sigle != acteur.titre:
            lines.append(f"Sigle : {acteur.sigle}")
        if acteur.siren:
            lines.append(f"SIREN : {acteur.siren[:3]} {acteur.siren[3:6]} {acteur.siren[6:]}")
        if acteur.site:
            lines.append(self.mots.externe(acteur.site, "Site de l'acteur"))
        return lines + ([f"Interlocuteur : {acteur.contact}"] if acteur.contact else [])

    def traits_groupe(self, groupe: Groupe) -> Items:
        """The type of a working group."""
        return [f"Type : {mot(groupe.type)}"]

    def traits_organisation(self, organisation: Organisation) -> Items:
        """What a body or a service belongs to."""
        return [["Relève de : ", self.mots.lien(organisation.acteur)]] if organisation.acteur else []

    def traits_phase(self, phase: Phase) -> Items:
        """State, period, leaders, product and closing validations of a phase."""
        lines: Items = [["État : ", self.mots.pastille(phase.statut)]]
        lines.append(_periode(phase.debut, phase.fin) or "Période : à fixer")
        lines.append(["Conduite : ", self.mots.liens(phase.conduite, ", ") if phase.conduite else "à désigner"])
        if phase.produit:
            lines.append(f"Produit : {ecriture.enumeration([mot(produit) for produit in phase.produit])}")
        if phase.validations:
            lines.append(["Close par l'accord de : ", self.mots.liens(phase.validations)])
        return lines

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
            lines.append(f"Numéro : {decision.numero}")
        lines.append(f"Résultat : {mot(decision.resultat)}")
        if votes := decision.votes:
            lines.append(f"Votes : {votes.pour} pour, {votes.contre} contre, {accord_abstentions(votes.abstention)}")
        return lines

    def traits_entretien(self, entretien: Entretien) -> Items:
        """Category, date, guide and themes of an interview."""
        lines: Items = [f"Catégorie : {mot(entretien.categorie)}"]
        if entretien.date:
            lines.append(f"Date : {ecriture.periode(entretien.date)}")
        if entretien.guide:
            lines.append(["Guide : ", self.mots.lien(entretien.guide)])
        if entretien.themes:
            lines.append(["Thèmes : ", self.mots.liens(entretien.themes)])
        lines += [f"Personne ou organisme : {entretien.identite}"] if entretien.identite else []
        return lines + ([f"Fonction : {entretien.fonction}"] if entretien.fonction else [])

    def traits_attendu(self, attendu: Attendu) -> Items:
        """Where an expectation comes from."""
        return [["Entretiens : ", self.mots.liens(attendu.entretiens)]] if attendu.entretiens else []

    def traits_principe(self, principe: Principe) -> Items:
        """Who applies a principle."""
        return [["Mis en œuvre par : ", self.mots.liens(principe.groupes)]] if principe.groupes else []

    def traits_cadre(self, cadre: Cadre) -> Items:
        """What identifies a framework."""
        lines: Items = [["Nature : ", mot(cadre.type), self.mots.source(cadre.source)]]
        if cadre.sigle:
            lines.append(f"Sigle : {cadre.sigle}")
        if cadre.date:
            lines.append(f"Date : {ecriture.periode(cadre.date)}")
        if cadre.organe:
            lines.append(f"Adopté par : {cadre.organe}")
        if cadre.debut or cadre.fin:
            lines.append(_periode(cadre.debut, cadre.fin))
        if cadre.signataires:
            lines.append(["Signataires : ", self.mots.liens(cadre.signataires)])
        if cadre.lien_attendu:
            lines.append(f"Lien attendu : {mot(cadre.lien_attendu)}")
        if cadre.remplace_par:
            lines.append(["Remplacé par : ", self.mots.lien(cadre.remplace_par)])
        return lines + ([self.mots.externe(cadre.url, "Lire le texte ou sa présentation")] if cadre.url else [])

    def traits_indicateur(self, indicateur: Indicateur) -> Items:
        """Perimeter, trend, source, licence, frequency."""
        lines: Items = [["Périmètre : ", self.mots.lien(indicateur.territoire)]]
        if lecture := chiffres.lecture(self.edition, indicateur):
            change = ecriture.nombre(round(lecture.evolution, 1))
            sign = "+" if lecture.evolution > 0 else ""
            span = f"{ecriture.periode(lecture.premiere.periode)} et {ecriture.periode(lecture.derniere.periode)}"
            lines.append(f"Tendance : {lecture.tendance.value} ({sign}{change} % entre {span})")
        lines.append(f"Sens souhaité : {mot(indicateur.sens)}")
        lines.append(["Source : ", self.mots.lien(indicateur.source)])
        if indicateur.licence:
            lines.append(f"Licence : {indicateur.licence}")
        if indicateur.frequence:
            lines.append(f"Actualisation : {indicateur.frequence}")
        return lines + (
            [["À actualiser par : ", self.mots.lien(indicateur.producteur)]] if indicateur.producteur else []
        )

    def traits_territoire(self, territoire: Territoire) -> Items:
        """Official code and composition of a perimeter."""
        lines: Items = [f"Code officiel : {territoire.code}"] if territoire.code else []
        return lines + ([["Composé de : ", self.mots.liens(territoire.composition)]] if territoire.composition else [])

    def traits_source(self, source: Source) -> Items:
        """Publisher, date, reliability, address, licence."""
        lines: Items = [f"Éditeur : {source.editeur}"] if source.editeur else []
        if source.date:
            lines.append(f"Date : {ecriture.periode(source.date)}")
        if source.fiabilite is not Fiabilite.primaire:
            lines.append(f"Fiabilité : {mot(source.fiabilite)}")
        if source.licence:
            lines.append(f"Licence : {source.licence}")
        if source.url:
            read = f", consultée le {ecriture.jour(source.consultee)}" if source.consultee else None
            lines.append([self.mots.externe(source.url, "Page d'origine"), read])
        return lines

    def traits_terme(self, terme: Terme) -> Items:
        """Other words for a term, and where it is defined."""
        lines: Items = [f"Domaine : {terme.categorie}"] if terme.categorie else []
        lines += [f"Aussi : {ecriture.enumeration(terme.synonymes, 'ou')}"] if terme.synonymes else []
        insee = f"https://www.insee.fr/fr/metadonnees/definition/{terme.insee}" if terme.insee else ""
        return lines + ([self.mots.externe(insee, "Définition de l'Insee")] if insee else [])


def intervalle(debut: str | None, fin: str | None) -> str:
    """« 2027 – juin 2029 », « début : 2027 », « fin : 2029 », or nothing."""
    if debut and fin:
        return f"{ecriture.periode(debut)} – {ecriture.periode(fin)}"
    return f"début : {ecriture.periode(debut)}" if debut else f"fin : {ecriture.periode(fin)}" if fin else ""


def _periode(debut: str | None, fin: str | None) -> str:
    """« Période : 2017 – 2022 », « Début : 2017 », or nothing."""
    when = intervalle(debut, fin)
    return f"Période : {when}" if debut and fin else ecriture.majuscule(when)


def accord_abstentions(count: int) -> str:
    """« aucune abstention », « 2 abstentions »."""
    return ecriture.accord(count, "abstention") if count else "aucune abstention"
