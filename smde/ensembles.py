"""Rows and lists of the overview pages: each function answers cells, the templates choose the headers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from smde import ecriture
from smde.arbre import slug
from smde.fragments import Content
from smde.libelles import mot
from smde.model.acteurs import Acteur, StatutRole
from smde.model.cadres import Cadre
from smde.model.demarche import Etape, Phase, Produit, Question
from smde.model.element import Element
from smde.model.identite import FormatDocument, Livrable
from smde.model.mesures import Indicateur, Territoire, Valeur
from smde.model.schema import Action, Moyen
from smde.model.strategie import Constat, NatureConstat, Objectif, Theme
from smde.tableaux import A_FIXER, SANS_OBJET, Row
from smde.traits import intervalle
from smde.views import articulations, chaine, chiffres, roles
from smde.views.calendrier import Date
from smde.views.couverture import Couverture
from smde.views.financement import Cout, Croisement
from smde.views.roles import Case, Matrice

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

PAGES_NIVEAUX = {classe.genre: f"{slug(classe.pluriel)}/index" for classe in chaine.NIVEAUX}
PAGES_PRODUITS = {produit: f"{produit.name}/index" for produit in Produit}
CHIFFRES_CLES = 4
SYMBOLE = 3
"""Units up to that length (%, M€, ha) stand beside a number shown large."""
TITRE_COURT = 24
"""Titles of priorities longer than that are replaced by a code in the head of the matrix."""


class Ensembles:
    """The rows of overview pages, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def page_du_niveau(self, genre: str, words: Content) -> Any:
        """A link to the overview page of a level of the chain."""
        return self.mots.page(PAGES_NIVEAUX[genre], words)

    def indicateurs_cles(self) -> list[Indicateur]:
        """The indicators that establish most of the diagnosis, for the home page."""
        known = [i for i in self.edition.tous(Indicateur) if chiffres.derniere(self.edition, i) is not None]
        return sorted(known, key=lambda i: -len(self.edition.citants(i.id, Constat)))[:CHIFFRES_CLES]

    def chiffre(self, indicateur: Indicateur, valeur: Valeur) -> str:
        """A value to be shown large, with its unit when that is a symbol."""
        assert valeur.valeur is not None
        symbol = len(indicateur.unite) <= SYMBOLE
        return ecriture.mesure(valeur.valeur, indicateur.unite) if symbol else ecriture.nombre(valeur.valeur)

    def legende_chiffre(self, indicateur: Indicateur, valeur: Valeur) -> str:
        """Its unit when that is a word, and its period."""
        when = ecriture.periode(valeur.periode)
        return ecriture.majuscule(when) if len(indicateur.unite) <= SYMBOLE else f"{indicateur.unite}, {when}"

    def formats(self, livrable: Livrable) -> list[Content]:
        """A link to each file of a document that is published with the site."""
        return [
            self.mots.fichier(f"documents/{livrable.id}.{form.value}", f"{livrable.titre} ({mot(form)})")
            for form in livrable.formats
            if form is not FormatDocument.odt
        ]

    def donnees_ouvertes(self) -> list[Content]:
        """The whole data set, and what describes it."""
        return [
            [
                self.mots.fichier("donnees/strategie.json", "Toute la stratégie (JSON)"),
                ", décrite par ",
                self.mots.fichier("donnees/strategie.schema.json", "son schéma JSON"),
            ]
        ]

    def series(self) -> list[Content]:
        """The series of the indicators."""
        return [self.serie(indicateur) for indicateur in self.edition.tous(Indicateur)]

    def serie(self, indicateur: Indicateur) -> Any:
        """The link to the values of an indicator."""
        return self.mots.fichier(f"donnees/series/{indicateur.id}.csv", f"{indicateur.titre} (CSV)")

    def lignes_themes(self) -> list[Row]:
        """Theme, then how many constats of each nature."""
        rows: list[Row] = []
        for theme in self.edition.tous(Theme):
            natures = [constat.nature for constat in self.edition.citants(theme.id, Constat)]
            if natures:
                counts = [natures.count(nature) for nature in NatureConstat]
                shown = [ecriture.nombre(count) if count else SANS_OBJET for count in counts]
                rows.append([self.mots.lien(theme), *shown, ecriture.nombre(len(natures))])
        return rows

    def lignes_constats(self, constats: Iterable[Constat]) -> list[Row]:
        """Constat, nature, validation."""
        return [[self.mots.lien(c), ecriture.majuscule(mot(c.nature)), self.mots.statut(c)] for c in constats]

    def lignes_objectifs(self, objectifs: Iterable[Objectif]) -> list[Row]:
        """Objectif, hold, priorities, validation."""
        rows: list[Row] = []
        for objectif in objectifs:
            hold = ecriture.majuscule(mot(objectif.influence.degre)) if objectif.influence else SANS_OBJET
            priorites = self.mots.liste(chaine.enfants(self.edition, objectif))
            shown = priorites if priorites.nodes else SANS_OBJET
            rows.append([self.mots.lien(objectif), hold, shown, self.mots.statut(objectif)])
        return rows

    def objectifs_par_enjeu(self) -> list[tuple[Element | None, list[Objectif]]]:
        """Every objectif once, under the first enjeu it answers; those that answer none come last."""
        found: dict[str, list[Objectif]] = {}
        for objectif in self.edition.tous(Objectif):
            found.setdefault(objectif.enjeux[0] if objectif.enjeux else "", []).append(objectif)
        order = sorted(found, key=lambda ident: self.edition.rangs.get(ident, len(self.edition.elements)))
        return [(self.edition.elements.get(ident), found[ident]) for ident in order]

    def lignes_actions(self, actions: Iterable[Action]) -> list[Row]:
        """Fiche, priority, maturity, calendar, validation."""
        rows: list[Row] = []
        for action in actions:
            calendrier = action.calendrier
            when = intervalle(calendrier.debut, calendrier.fin) if calendrier else ""
            rows.append(
                [
                    [self.mots.lien(action), " ", self.mots.code(action.id)],
                    self.mots.lien(action.priorite) if action.priorite else SANS_OBJET,
                    ecriture.majuscule(mot(action.maturite)),
                    ecriture.majuscule(when) or A_FIXER,
                    self.mots.statut(action),
                ]
            )
        return rows

    def lignes_fiches(self, actions: Iterable[Action]) -> list[Row]:
        """Fiche, priority, maturity, calendar."""
        return [row[:4] for row in self.lignes_actions(actions)]

    def lignes_moyens(self, moyens: Iterable[Moyen]) -> list[Row]:
        """Means, nature, quantity, how much it serves, validation."""
        rows: list[Row] = []
        for moyen in moyens:
            quantity = SANS_OBJET
            if moyen.quantite is not None:
                quantity = ecriture.mesure(moyen.quantite, moyen.unite or "")
                quantity += " (illustratif)" if moyen.illustratif else ""
            served = [
                ecriture.accord(len(idents), self.edition.libelle(genre), self.edition.libelle(genre, pluriel=True))
                for genre, idents in (("priorite", moyen.priorites), ("action", moyen.actions))
                if idents
            ]
            nature, serves = ecriture.majuscule(mot(moyen.nature)), ecriture.enumeration(served) or SANS_OBJET
            rows.append([self.mots.lien(moyen), nature, quantity, serves, self.mots.statut(moyen)])
        return rows

    def legende_matrice(self, matrice: Matrice) -> list[Content]:
        """What each code in the head of the matrix stands for; nothing when the titles are short enough."""
        return [[f"{code} : ", self.mots.lien(priorite)] for code, priorite in self._codes(matrice)]

    def entetes_matrice(self, matrice: Matrice) -> list[Content]:
        """Actor, then each priority, by its code when titles are long; no link: PDF/UA has none in a repeated head."""
        codes = [code for code, _ in self._codes(matrice)]
        return ["Acteur", *(codes or [priorite.titre for priorite in matrice.priorites])]

    def _codes(self, matrice: Matrice) -> list[tuple[str, Element]]:
        if all(len(priorite.titre) <= TITRE_COURT for priorite in matrice.priorites):
            return []
        return [(f"P{rang}", p) for rang, p in zip(matrice.rangs, matrice.priorites, strict=True)]

    def lignes_matrice(self, matrice: Matrice) -> list[Row]:
        """Roles of each actor in each priority."""
        return [
            [
                self.mots.lien(acteur),
                *(ecriture.majuscule(", ".join(map(_case, cell))) or SANS_OBJET for cell in cells),
            ]
            for acteur, cells in matrice.lignes
        ]

    def lignes_acteurs(self) -> list[Row]:
        """Kind, actor, how many roles it holds; the kinds in the order they are met."""
        acteurs = self.edition.tous(Acteur)
        kinds = list(dict.fromkeys(acteur.type for acteur in acteurs))
        rows: list[Row] = []
        for acteur in sorted(acteurs, key=lambda acteur: kinds.index(acteur.type)):
            held = len(roles.portefeuille(self.edition, acteur))
            count = ecriture.nombre(held) if held else SANS_OBJET
            rows.append([self.mots.lien(acteur), ecriture.majuscule(mot(acteur.type)), count])
        return rows

    def lignes_cadres(self, cadres: Iterable[Cadre]) -> list[Row]:
        """Framework, nature, date, expected link, orientations served."""
        rows: list[Row] = []
        for cadre in cadres:
            services = [s for s in articulations.articulation(self.edition, cadre) if s.orientation is not None]
            served = f"{sum(bool(service.liens) for service in services)} sur {len(services)}"
            rows.append(
                [
                    self.mots.lien(cadre),
                    ecriture.majuscule(mot(cadre.type)),
                    ecriture.periode(cadre.date) if cadre.date else SANS_OBJET,
                    ecriture.majuscule(mot(cadre.lien_attendu)) if cadre.lien_attendu else SANS_OBJET,
                    served if services else "À compléter" if cadre.a_completer else SANS_OBJET,
                ]
            )
        return rows

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

    def _dated(self, date: Date) -> Content:
        if date.element.titre == date.intitule:
            return self.mots.lien(date.element)
        return [date.intitule, " – ", self.mots.lien(date.element)]

    def lignes_couverture(self, couverture: Iterable[Couverture]) -> list[Row]:
        """Level, how many, without continuation, without ground."""
        return [
            [
                self.page_du_niveau(row.genre, ecriture.majuscule(self.edition.libelle(row.genre, pluriel=True))),
                ecriture.nombre(row.total),
                ecriture.nombre(len(row.sans_suite)),
                ecriture.nombre(len(row.sans_appui)),
            ]
            for row in couverture
            if row.total
        ]

    def cadres_incomplets(self) -> list[Content]:
        """Frameworks whose description is not complete."""
        cadres = [cadre for cadre in self.edition.tous(Cadre) if cadre.a_completer]
        return [[self.mots.lien(cadre), f" : {cadre.a_completer}"] for cadre in cadres]

    def chiffres_anciens(self) -> list[Row]:
        """Indicators whose last value is older than they say it stays good, at the date of the version."""
        rows: list[Row] = []
        for indicateur in chiffres.perimes(self.edition):
            last = chiffres.derniere(self.edition, indicateur)
            who = self.mots.lien(indicateur.producteur) if indicateur.producteur else "À désigner"
            rows.append([self.mots.lien(indicateur), ecriture.periode(last.periode) if last else SANS_OBJET, who])
        return rows

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


def _case(case: Case) -> str:
    """A role; one that the actor has not accepted is never shown as if it had."""
    return mot(case.role) if case.acceptee else f"{mot(case.role)} ({mot(StatutRole.propose)})"


def _validite(territoire: Territoire) -> str:
    """From when to when a perimeter holds."""
    since, until = territoire.valide_du, territoire.valide_au
    if since and until:
        return f"Du {ecriture.jour(since)} au {ecriture.jour(until)}"
    if since:
        return f"Depuis le {ecriture.jour(since)}"
    return f"Jusqu'au {ecriture.jour(until)}" if until else SANS_OBJET
