"""Numbers and what makes them readable: indicators, perimeters, sources, terms."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content, joints
from smde.libelles import mot
from smde.model.identite import Livrable
from smde.model.mesures import Fiabilite, Indicateur, Source, Terme, Territoire, Valeur
from smde.model.strategie import Constat
from smde.mots.cellules import SANS_OBJET, Items, Row
from smde.views import chiffres, fraicheur

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

CHIFFRES_CLES = 4
SYMBOLE = 3
"""Units up to that length (%, M€, ha) stand beside a number shown large."""


class Mesures:
    """Numbers and what makes them readable, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def indicateurs_cles(self) -> list[Indicateur]:
        """The indicators that establish most of the diagnosis, for the home page."""
        known = [i for i in self.edition.tous(Indicateur) if chiffres.derniere(self.edition, i) is not None]
        return sorted(known, key=lambda i: -len(self.edition.citants(i.id, Constat)))[:CHIFFRES_CLES]

    def chiffres_de(self, livrable: Livrable) -> list[Indicateur]:
        """The key figures of a document, in its order; those of the home page when it names none."""
        return [self.edition.element(ident, Indicateur) for ident in livrable.indicateurs] or self.indicateurs_cles()

    def precautions(self, indicateurs: Iterable[Indicateur]) -> Items:
        """What to know before quoting the last value of an indicator, for those that say so."""
        found = [(indicateur, chiffres.derniere(self.edition, indicateur)) for indicateur in indicateurs]
        said = [(one, last.note) for one, last in found if last is not None and last.note]
        return [[self.mots.lien(one), f" : {note.rstrip('.')}. "] for one, note in said]

    def chiffre(self, indicateur: Indicateur, valeur: Valeur) -> str:
        """A value to be shown large, with its unit when that is a symbol."""
        assert valeur.valeur is not None
        symbol = len(indicateur.unite) <= SYMBOLE
        return ecriture.mesure(valeur.valeur, indicateur.unite) if symbol else ecriture.nombre(valeur.valeur)

    def legende_chiffre(self, indicateur: Indicateur, valeur: Valeur) -> str:
        """Its unit when that is a word, and its period."""
        when = ecriture.periode(valeur.periode)
        return ecriture.majuscule(when) if len(indicateur.unite) <= SYMBOLE else f"{indicateur.unite}, {when}"

    def chiffres_anciens(self) -> list[Row]:
        """Indicators to bring up to date: last period, since when it is too old, who is in charge."""
        late = (fraicheur.Etat.depasse, fraicheur.Etat.sans_valeur)
        return [row for one, row in self._fraicheurs() if one.etat in late]

    def lignes_fraicheur(self) -> list[Row]:
        """Every indicator: last period, until when it is good, who is in charge."""
        return [row for _, row in self._fraicheurs()]

    def a_actualiser_par(self) -> list[tuple[Content, list[Indicateur]]]:
        """What each actor has to bring up to date; what nobody is in charge of comes last."""
        return [
            (self.mots.lien(who) if who else "Personne n'est encore désigné", [one.indicateur for one in ones])
            for who, ones in fraicheur.par_service(self.edition)
        ]

    def _fraicheurs(self) -> list[tuple[fraicheur.Fraicheur, Row]]:
        return [
            (
                one,
                [
                    self.mots.lien(one.indicateur),
                    ecriture.majuscule(ecriture.periode(one.valeur.periode)) if one.valeur else "Aucune valeur",
                    _etat(one),
                    one.indicateur.frequence or SANS_OBJET,
                    self.mots.lien(one.indicateur.producteur) if one.indicateur.producteur else "À désigner",
                ],
            )
            for one in fraicheur.fraicheur(self.edition)
        ]

    def lignes_indicateurs(self, indicateurs: Iterable[Indicateur]) -> list[Row]:
        """Indicator with its source, last value, period, perimeter, trend."""
        rows: list[Row] = []
        for indicateur in indicateurs:
            last = chiffres.derniere(self.edition, indicateur)
            lecture = chiffres.lecture(self.edition, indicateur)
            known = last is not None and last.valeur is not None
            rows.append(
                [
                    [self.mots.lien(indicateur), self.mots.source(indicateur.source)],
                    ecriture.mesure(last.valeur, indicateur.unite) if last and last.valeur is not None else "n. d.",
                    ecriture.periode(last.periode) if last and known else SANS_OBJET,
                    self.mots.lien(indicateur.territoire),
                    ecriture.majuscule(lecture.tendance.value) if lecture else SANS_OBJET,
                ]
            )
        return rows

    def lignes_territoires(self, territoires: Iterable[Territoire]) -> list[Row]:
        """Territory (whose cell is the place links lead to), nature, validity, communes, population."""
        rows: list[Row] = []
        for territoire in territoires:
            people = SANS_OBJET
            if territoire.population is not None:
                vintage = f" ({ecriture.periode(territoire.millesime)})" if territoire.millesime else ""
                people = ecriture.nombre(territoire.population) + vintage
            rows.append(
                [
                    [self.mots.ancre(territoire), self.mots.source(territoire.source)],
                    ecriture.majuscule(mot(territoire.type)),
                    _validite(territoire),
                    ecriture.nombre(territoire.communes) if territoire.communes is not None else SANS_OBJET,
                    people,
                ]
            )
        return rows

    def traits_indicateur(self, indicateur: Indicateur) -> Items:
        """Perimeter, trend, source, licence, frequency."""
        lines: Items = [["Périmètre : ", self.mots.lien(indicateur.territoire)]]
        if lecture := chiffres.lecture(self.edition, indicateur):
            change = ecriture.nombre(round(lecture.evolution, 1))
            sign = "+" if lecture.evolution > 0 else ""
            span = f"{ecriture.periode(lecture.premiere.periode)} et {ecriture.periode(lecture.derniere.periode)}"
            trend = f"Tendance : {lecture.tendance.value} ({sign}{change} % entre {span})"
            if indicateur.seuil_tendance is not None:
                trend += f", stable en deçà de {ecriture.nombre(indicateur.seuil_tendance)} %"
            lines.append(trend)
        lines.append(f"Sens souhaité : {mot(indicateur.sens)}")
        lines.append(["Source : ", self.mots.lien(indicateur.source)])
        if indicateur.licence:
            lines.append(["Licence : ", indicateur.licence])
        if indicateur.frequence:
            lines.append(["Actualisation : ", indicateur.frequence])
        if indicateur.validite is not None:
            lines.append(f"Une valeur sert {ecriture.accord(indicateur.validite, 'mois', 'mois')} après sa période")
        return lines + (
            [["À actualiser par : ", self.mots.lien(indicateur.producteur)]] if indicateur.producteur else []
        )

    def traits_territoire(self, territoire: Territoire) -> Items:
        """Official code and composition of a perimeter."""
        lines: Items = [["Code officiel : ", territoire.code]] if territoire.code else []
        return lines + ([["Composé de : ", self.mots.liens(territoire.composition)]] if territoire.composition else [])

    def traits_source(self, source: Source) -> Items:
        """Publisher, date, reliability, address, licence."""
        lines: Items = [["Éditeur : ", source.editeur]] if source.editeur else []
        if source.date:
            lines.append(f"Date : {ecriture.periode(source.date)}")
        if source.fiabilite is not Fiabilite.primaire:
            lines.append(f"Fiabilité : {mot(source.fiabilite)}")
        if source.licence:
            lines.append(["Licence : ", source.licence])
        if source.url:
            read = f", consultée le {ecriture.jour(source.consultee)}" if source.consultee else None
            lines.append([self.mots.externe(source.url, "Page d'origine"), read])
        return lines

    def traits_terme(self, terme: Terme) -> Items:
        """Other words for a term, and where it is defined."""
        lines: Items = [["Domaine : ", terme.categorie]] if terme.categorie else []
        lines += [["Aussi : ", *joints(terme.synonymes, ", ", " ou ")]] if terme.synonymes else []
        insee = f"https://www.insee.fr/fr/metadonnees/definition/{terme.insee}" if terme.insee else ""
        return lines + ([self.mots.externe(insee, "Définition de l'Insee")] if insee else [])


def _etat(one: fraicheur.Fraicheur) -> str:
    """Where an indicator stands, in words."""
    match one.etat:
        case fraicheur.Etat.sans_valeur:
            return "À renseigner"
        case fraicheur.Etat.sans_duree:
            return "Durée de validité à préciser"
    if one.etat is fraicheur.Etat.depasse:
        return f"À actualiser depuis {ecriture.periode(one.depuis or '')}"
    return f"À jour jusqu'en {ecriture.periode(one.jusqu_a or '')}"


def _validite(territoire: Territoire) -> str:
    """From when to when a perimeter holds."""
    since, until = territoire.valide_du, territoire.valide_au
    if since and until:
        return f"Du {ecriture.jour(since)} au {ecriture.jour(until)}"
    if since:
        return f"Depuis le {ecriture.jour(since)}"
    return f"Jusqu'au {ecriture.jour(until)}" if until else SANS_OBJET
