"""Rows of the overview pages: each function answers cells, the templates choose the headers."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from smde import ecriture
from smde.libelles import mot
from smde.model.acteurs import Acteur, EtapeCircuit, Membre
from smde.model.cadres import Cadre
from smde.model.demarche import Entretien, Etape, Phase, Produit, Question
from smde.model.element import Element
from smde.model.identite import Livrable
from smde.model.mesures import Fiabilite, Indicateur, Source, Territoire
from smde.model.schema import Action, Financement, Moyen
from smde.model.strategie import Constat, Objectif
from smde.tableaux import SANS_OBJET, Row
from smde.views import articulations, chaine, chiffres
from smde.views.calendrier import Date
from smde.views.couverture import Couverture
from smde.views.financement import Cout, Croisement
from smde.views.roles import Matrice

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

PAGES_NIVEAUX = {classe.genre: f"{classe.pluriel.replace('é', 'e')}/index" for classe in chaine.NIVEAUX}
PAGES_PRODUITS = {produit: f"{produit.name}/index" for produit in Produit}
CHIFFRES_CLES = 4


class Ensembles:
    """The rows of overview pages, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def noms(self) -> dict[str, Any]:
        """Names of the functions, as templates write them."""
        names = {
            name: getattr(self, name)
            for name in dir(self)
            if not name.startswith("_") and name not in ("mots", "edition", "noms")
        }
        return {"pages_niveaux": PAGES_NIVEAUX, **names}

    def indicateurs_cles(self) -> list[Indicateur]:
        """The first indicators that have a value, for the home page."""
        known = [i for i in self.edition.tous(Indicateur) if chiffres.derniere(self.edition, i) is not None]
        return known[:CHIFFRES_CLES]

    def telechargements(self) -> list[Any]:
        """A link to each file of each document of this edition."""
        return [
            [livrable.titre, " : ", self._formats(livrable), f" – {livrable.lecteur}"]
            for livrable in self.edition.tous(Livrable)
        ]

    def _formats(self, livrable: Livrable) -> list[Any]:
        shown = [form for form in livrable.formats if form.value != "odt"]
        links = [
            self.mots.fichier(f"documents/{livrable.id}.{form.value}", f"{livrable.titre} ({mot(form)})")
            for form in shown
        ]
        return [item for index, link in enumerate(links) for item in ([", ", link] if index else [link])]

    def donnees_ouvertes(self) -> list[Any]:
        """The data files published with the site."""
        return [
            [
                self.mots.fichier("donnees/strategie.json", "Toute la stratégie (JSON)"),
                ", format décrit par ",
                self.mots.fichier("donnees/strategie.schema.json", "son schéma JSON"),
            ],
            *(
                [self.mots.fichier(f"donnees/series/{indicateur.id}.csv", f"Série : {indicateur.titre} (CSV)")]
                for indicateur in self.edition.tous(Indicateur)
            ),
        ]

    def lignes_constats(self, constats: Iterable[Constat]) -> list[Row]:
        """Constat, nature, validation."""
        return [[self.mots.lien(c), ecriture.majuscule(mot(c.nature)), self.mots.statut(c)] for c in constats]

    def lignes_objectifs(self, objectifs: Iterable[Objectif]) -> list[Row]:
        """Objectif, hold, priorities, validation."""
        rows: list[Row] = []
        for objectif in objectifs:
            hold = ecriture.majuscule(mot(objectif.influence.degre)) if objectif.influence else SANS_OBJET
            priorites = chaine.enfants(self.edition, objectif)
            rows.append(
                [
                    self.mots.lien(objectif),
                    hold,
                    self.mots.liens(priorites, " ; ") if priorites else SANS_OBJET,
                    self.mots.statut(objectif),
                ]
            )
        return rows

    def lignes_actions(self, actions: Iterable[Action]) -> list[Row]:
        """Fiche, priority, maturity, calendar, validation."""
        rows: list[Row] = []
        for action in actions:
            ends = [action.calendrier.debut, action.calendrier.fin] if action.calendrier else []
            when = " – ".join(ecriture.periode(end) for end in ends if end) or "À fixer"
            priorite = self.mots.lien(action.priorite) if action.priorite else SANS_OBJET
            rows.append(
                [
                    [self.mots.lien(action), " ", self.mots.code(action.id)],
                    priorite,
                    ecriture.majuscule(mot(action.maturite)),
                    when,
                    self.mots.statut(action),
                ]
            )
        return rows

    def lignes_fiches(self, actions: Iterable[Action]) -> list[Row]:
        """Fiche, priority, maturity, calendar."""
        return [row[:4] for row in self.lignes_actions(actions)]

    def lignes_etapes_simples(self) -> list[Row]:
        """Rank, step, half of the method."""
        return [row[:3] for row in self.lignes_etapes_methode()]

    def lignes_moyens(self, moyens: Iterable[Moyen]) -> list[Row]:
        """Means, nature, quantity, what it serves."""
        rows: list[Row] = []
        for moyen in moyens:
            quantity = SANS_OBJET
            if moyen.quantite is not None:
                quantity = ecriture.mesure(moyen.quantite, moyen.unite or "") + (
                    " (illustratif)" if moyen.illustratif else ""
                )
            served = self.mots.liens([*moyen.priorites, *moyen.actions], " ; ")
            rows.append(
                [
                    self.mots.lien(moyen),
                    ecriture.majuscule(mot(moyen.nature)),
                    quantity,
                    served if served.nodes else SANS_OBJET,
                ]
            )
        return rows

    def lignes_circuit(self, circuit: Sequence[EtapeCircuit]) -> list[Row]:
        """Rank, body, what it examines."""
        return [[str(rank), self.mots.lien(etape.instance), etape.objet] for rank, etape in enumerate(circuit, 1)]

    def entetes_matrice(self, matrice: Matrice) -> list[Any]:
        """Actor, then each priority that has a role."""
        return ["Acteur", *(self.mots.lien(priorite) for priorite in matrice.priorites)]

    def lignes_matrice(self, matrice: Matrice) -> list[Row]:
        """Roles of each actor in each priority."""
        return [
            [
                self.mots.lien(acteur),
                *(ecriture.majuscule(", ".join(mot(role) for role in cell)) or SANS_OBJET for cell in cells),
            ]
            for acteur, cells in matrice.lignes
        ]

    def acteurs_par_type(self) -> list[tuple[str, list[Acteur]]]:
        """Actors, by kind, in the order of the kinds."""
        acteurs = self.edition.tous(Acteur)
        kinds = list(dict.fromkeys(acteur.type for acteur in acteurs))
        return [(mot(kind), [acteur for acteur in acteurs if acteur.type is kind]) for kind in kinds]

    def lignes_cadres(self, cadres: Iterable[Cadre]) -> list[Row]:
        """Framework, nature, date, expected link, orientations served."""
        rows: list[Row] = []
        for cadre in cadres:
            served = [s for s in articulations.articulation(self.edition, cadre) if s.orientation is not None]
            count = (
                f"{sum(bool(s.liens) for s in served)} sur {len(served)}"
                if served
                else "À compléter"
                if cadre.a_completer
                else SANS_OBJET
            )
            expected = ecriture.majuscule(mot(cadre.lien_attendu)) if cadre.lien_attendu else SANS_OBJET
            rows.append(
                [
                    self.mots.lien(cadre),
                    ecriture.majuscule(mot(cadre.type)),
                    ecriture.periode(cadre.date) if cadre.date else SANS_OBJET,
                    expected,
                    count,
                ]
            )
        return rows

    def lignes_indicateurs(self, indicateurs: Iterable[Indicateur]) -> list[Row]:
        """Indicator, last value, period, perimeter, trend."""
        rows: list[Row] = []
        for indicateur in indicateurs:
            last = chiffres.derniere(self.edition, indicateur)
            lecture = chiffres.lecture(self.edition, indicateur)
            value = (
                ecriture.mesure(last.valeur, indicateur.unite)
                if last is not None and last.valeur is not None
                else "n. d."
            )
            rows.append(
                [
                    self.mots.lien(indicateur),
                    value,
                    ecriture.periode(last.periode) if last else SANS_OBJET,
                    self.mots.lien(indicateur.territoire),
                    ecriture.majuscule(lecture.tendance.value) if lecture else SANS_OBJET,
                ]
            )
        return rows

    def lignes_territoires(self, territoires: Iterable[Territoire]) -> list[Row]:
        """Territory (whose cell is the place links lead to), nature, validity, communes, population."""
        rows: list[Row] = []
        for territoire in territoires:
            since = f"depuis le {ecriture.jour(territoire.valide_du)}" if territoire.valide_du else ""
            until = f"jusqu'au {ecriture.jour(territoire.valide_au)}" if territoire.valide_au else ""
            people = SANS_OBJET
            if territoire.population is not None:
                people = ecriture.nombre(territoire.population) + (
                    f" ({territoire.millesime})" if territoire.millesime else ""
                )
            rows.append(
                [
                    [self.mots.ancre(territoire), self.mots.source(territoire.source)],
                    ecriture.majuscule(mot(territoire.type)),
                    " ".join(filter(None, (since, until))) or SANS_OBJET,
                    ecriture.nombre(territoire.communes) if territoire.communes is not None else SANS_OBJET,
                    people,
                ]
            )
        return rows

    def lignes_couts(self, couts: Iterable[Cout]) -> list[Row]:
        """Action, cost, what the amount is worth."""
        return [
            [
                self.mots.lien(cout.action),
                f"{ecriture.euros(cout.total)} {cout.budget[0].taxe.value}" if cout.budget else SANS_OBJET,
                ecriture.majuscule(ecriture.enumeration(sorted({mot(line.etat) for line in cout.budget})))
                or SANS_OBJET,
            ]
            for cout in couts
        ]

    def plans(self, couts: Iterable[Cout]) -> list[Financement]:
        """Every funder's share."""
        return [share for cout in couts for share in cout.plan]

    def entetes_croisement(self, croisement: Croisement) -> list[str]:
        """Funder, state, each year, total."""
        return ["Financeur", "État", *(str(annee) for annee in croisement.annees), "Total"]

    def numeros_croisement(self, croisement: Croisement) -> list[int]:
        """Columns of amounts."""
        return list(range(2, len(croisement.annees) + 3))

    def lignes_croisement(self, croisement: Croisement) -> list[Row]:
        """Shares by funder and state, year by year, then the total."""
        rows: list[Row] = [
            [
                self.mots.lien(funder),
                ecriture.majuscule(mot(etat)),
                *(ecriture.euros(amount) if amount else SANS_OBJET for amount in amounts),
                ecriture.euros(total),
            ]
            for funder, etat, amounts, total in croisement.lignes
        ]
        blanks = [""] * (len(croisement.annees) + 1)
        return [*rows, [self.mots.gras("Total hors refus"), *blanks, self.mots.gras(ecriture.euros(croisement.total))]]

    def lignes_phases(self, phases: Iterable[Phase]) -> list[Row]:
        """Phase, state, period, who leads."""
        rows: list[Row] = []
        for phase in phases:
            ends = " – ".join(ecriture.periode(end) for end in (phase.debut, phase.fin) if end) or "À fixer"
            rows.append(
                [
                    self.mots.lien(phase),
                    ecriture.majuscule(mot(phase.statut)),
                    ends,
                    self.mots.liens(phase.conduite) if phase.conduite else "À désigner",
                ]
            )
        return rows

    def traits_phase(self, phase: Phase) -> list[Any]:
        """State, period, leaders, product and closing validations of a phase."""
        state, period, leaders = self.lignes_phases([phase])[0][1:]
        lines: list[Any] = [f"État : {state.lower()}", f"Période : {period}", ["Conduite : ", leaders]]
        if phase.produit:
            lines.append(["Produit : ", ecriture.enumeration([mot(produit) for produit in phase.produit])])
        if phase.validations:
            lines.append(["Close par l'accord de : ", self.mots.liens(phase.validations)])
        lines.append(["Validation de ce phasage : ", self.mots.etat(phase)])
        return lines

    def lignes_dates(self, dates: Iterable[Date]) -> list[Row]:
        """Date, what, nature."""
        return [[ecriture.periode(date.periode), self._dated(date), ecriture.majuscule(date.genre)] for date in dates]

    def _dated(self, date: Date) -> Any:
        if date.element.titre == date.intitule:
            return self.mots.lien(date.element)
        return [date.intitule, " – ", self.mots.lien(date.element)]

    def lignes_couverture(self, couverture: Iterable[Couverture]) -> list[Row]:
        """Level, how many, without continuation, without ground."""
        return [
            [
                self.mots.page(
                    PAGES_NIVEAUX[row.genre], ecriture.majuscule(self.edition.libelle(row.genre, pluriel=True))
                ),
                ecriture.nombre(row.total),
                ecriture.nombre(len(row.sans_suite)),
                ecriture.nombre(len(row.sans_appui)),
            ]
            for row in couverture
        ]

    def cadres_incomplets(self) -> list[Any]:
        """Frameworks whose description is not complete."""
        return [
            [self.mots.lien(cadre), f" : {cadre.a_completer}"]
            for cadre in self.edition.tous(Cadre)
            if cadre.a_completer
        ]

    def chiffres_anciens(self) -> list[Row]:
        """Indicators whose last value is older than they say it stays good, at the date of the version."""
        rows: list[Row] = []
        for indicateur in chiffres.perimes(self.edition):
            last = chiffres.derniere(self.edition, indicateur)
            who = self.mots.lien(indicateur.producteur) if indicateur.producteur else "À désigner"
            rows.append([self.mots.lien(indicateur), ecriture.periode(last.periode) if last else SANS_OBJET, who])
        return rows

    def traits_source(self, source: Source) -> list[Any]:
        """Publisher, date, reliability, address, licence."""
        lines: list[Any] = []
        if source.editeur:
            lines.append(f"Éditeur : {source.editeur}")
        if source.date:
            lines.append(f"Date : {ecriture.periode(source.date)}")
        if source.fiabilite is not Fiabilite.primaire:
            lines.append(f"Fiabilité : {mot(source.fiabilite)}")
        if source.licence:
            lines.append(f"Licence : {source.licence}")
        if source.url:
            read = f", consultée le {ecriture.jour(source.consultee)}" if source.consultee else ""
            lines.append([self.mots.externe(source.url, "Page d'origine"), read])
        return lines

    def lignes_etapes_methode(self) -> list[Row]:
        """Rank, step, half of the method, where its result is read."""
        return [
            [
                str(etape.ordre),
                self.mots.lien(etape),
                ecriture.majuscule(mot(etape.partie)),
                [
                    item
                    for index, produit in enumerate(etape.produit)
                    for item in ([", "] if index else [])
                    + [self.mots.page(PAGES_PRODUITS[produit], ecriture.majuscule(mot(produit)))]
                ],
            ]
            for etape in sorted(self.edition.tous(Etape), key=lambda etape: etape.ordre)
        ]

    def questions_par_sujet(self) -> list[tuple[str, list[Question]]]:
        """Questions of method, by subject, in reading order."""
        return [
            (sujet, list(group))
            for sujet, group in groupby(self.edition.tous(Question), key=lambda question: question.sujet)
        ]

    def traits_entretien(self, entretien: Entretien) -> list[Any]:
        """Category, date and guide of an interview."""
        lines: list[Any] = [f"Catégorie : {mot(entretien.categorie)}"]
        if entretien.date:
            lines.append(f"Date : {ecriture.periode(entretien.date)}")
        if entretien.guide:
            lines.append(["Guide : ", self.mots.lien(entretien.guide)])
        return lines

    def lignes_membres(self, membres: Iterable[Membre]) -> list[Row]:
        """Actor, capacity, status."""
        return [
            [self.mots.lien(membre.acteur), membre.qualite or SANS_OBJET, ecriture.majuscule(mot(membre.statut))]
            for membre in membres
        ]

    def par_genre(self, elements: Iterable[Element]) -> list[tuple[str, list[Element]]]:
        """Elements, by kind, in reading order."""
        found: dict[str, list[Element]] = {}
        for element in elements:
            found.setdefault(element.genre, []).append(element)
        return list(found.items())
