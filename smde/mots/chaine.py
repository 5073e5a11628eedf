"""The levels of the chain, what identifies each, and how well they hold together."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from smde import ecriture
from smde.arbre import slug
from smde.fragments import Content
from smde.libelles import mot
from smde.model.demarche import Seance
from smde.model.element import Element
from smde.model.mesures import Indicateur
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Cible, Constat, DegreInfluence, Enjeu, NatureConstat, Objectif, Theme
from smde.mots.cellules import A_FIXER, SANS_OBJET, Items, Row, intervalle
from smde.views import chaine, themes
from smde.views.calendrier import Attente
from smde.views.couverture import Couverture

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

PAGES_NIVEAUX = {classe.genre: f"{slug(classe.pluriel)}/index" for classe in chaine.NIVEAUX}

SENS_PRISE: dict[DegreInfluence | None, str] = {
    DegreInfluence.decide: "La collectivité peut agir seule, par ses compétences",
    DegreInfluence.cofinance: "Elle paie une part, avec d'autres",
    DegreInfluence.anime: "Elle réunit et coordonne ceux qui agissent",
    DegreInfluence.plaide: "Elle défend la position du territoire auprès de ceux qui décident",
    DegreInfluence.observe: "Elle suit, sans prise directe",
    None: "Ce que peut la collectivité reste à écrire",
}
"""What each degree of hold means, in plain words."""

RASSEMBLEURS = {"constat": "theme", "objectif": "enjeu", "action": "priorite"}
"""The kind under which the elements of a kind are read."""
LIGNE_LISIBLE = 450
"""In characters, what a summary says before one counts instead of naming."""


class Chaine:
    """The levels of the chain, what identifies each, and how well they hold together, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def page_du_niveau(self, genre: str, words: Content) -> Any:
        """A link to the overview page of a level of the chain."""
        return self.mots.page(PAGES_NIVEAUX[genre], words)

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
        lines: Items = [["Portage politique : ", priorite.elu_referent]] if priorite.elu_referent else []
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

    def resume_natures(self, constats: Sequence[Constat]) -> str:
        """« 8 constats : 2 atouts, 2 faiblesses, 4 tendances. »"""
        if not constats:
            return f"Aucun {self.edition.libelle('constat')} à ce jour."
        shares = [ecriture.accord(len(group), mot(nature)) for nature, group in themes.par_nature(constats)]
        words = (self.edition.libelle("constat"), self.edition.libelle("constat", pluriel=True))
        return f"{ecriture.accord(len(constats), *words)} : {', '.join(shares)}."

    def lignes_suites_enjeux(self, enjeux: Iterable[Enjeu]) -> list[Row]:
        """Enjeu, the objectifs that answer it, the priorities these ground."""
        rows: list[Row] = []
        for enjeu in enjeux:
            levels = {maillon.genre: maillon.elements for maillon in chaine.chaine(self.edition, enjeu).aval}
            shown = (self.mots.liste(levels.get(classe.genre, ())) for classe in (Objectif, Priorite))
            rows.append([self.mots.lien(enjeu), *(cell if cell.nodes else SANS_OBJET for cell in shown)])
        return rows

    def lignes_enjeux(self) -> list[Row]:
        """Enjeu and the objectifs that answer it first, on one line; those that answer none come last."""
        groups = self.objectifs_par_enjeu()
        return [[self.mots.lien(enjeu) if enjeu else SANS_OBJET, self.mots.liens(group)] for enjeu, group in groups]

    def lignes_objectifs(self, objectifs: Iterable[Objectif]) -> list[Row]:
        """Objectif, hold, priorities, validation."""
        rows: list[Row] = []
        for objectif in objectifs:
            hold = ecriture.majuscule(mot(objectif.influence.degre)) if objectif.influence else SANS_OBJET
            priorites = self.mots.liste(chaine.enfants(self.edition, objectif))
            shown = priorites if priorites.nodes else SANS_OBJET
            rows.append([self.mots.lien(objectif), hold, shown, self.mots.statut(objectif)])
        return rows

    def lignes_prises(self, prises: Iterable[tuple[DegreInfluence | None, Sequence[Objectif]]]) -> list[Row]:
        """Degree of hold, what it means, how many objectifs."""
        return [
            [
                ecriture.majuscule(mot(degre)) if degre is not None else "Non dit",
                SENS_PRISE[degre],
                ecriture.nombre(len(objectifs)),
            ]
            for degre, objectifs in prises
        ]

    def delai(self, attente: Attente) -> Content:
        """By when a body is awaited: the day of the séance, the first of the dates asked for."""
        seance = self.edition.elements.get(attente.seance or "")
        words = [f"séance du {ecriture.jour(seance.date)}"] if isinstance(seance, Seance) and seance.date else []
        asked = sorted(when for element in attente.elements if (when := element.validation.echeance))
        if asked:
            count = ecriture.accord(asked.count(asked[0]), "proposition attendue", "propositions attendues")
            words.append(f"{count} avant le {ecriture.jour(asked[0])}")
        return " ; ".join(words) or ("la date de la séance reste à fixer" if seance else "aucune date n'est fixée")

    def lignes_attentes(self, attentes: Iterable[Attente]) -> list[Row]:
        """Body and séance, by when, how many proposals; the number leads to their lists, lower on the page."""
        return [
            [
                [
                    self.mots.lien(attente.instance) if attente.instance else "Instance à désigner",
                    [", ", self.mots.lien(attente.seance)] if attente.seance else "",
                ],
                ecriture.majuscule(str(self.delai(attente))),
                self.mots.plus_bas(ancre_attente(attente), ecriture.nombre(len(attente.elements))),
            ]
            for attente in attentes
        ]

    def ancre_attente(self, attente: Attente) -> str:
        """The place, on the page, of what awaits a body."""
        return ancre_attente(attente)

    def repartis(self, genre: str, groupes: Sequence[tuple[Content, Sequence[Element]]]) -> str:
        """What `rassembles` says of a kind, in a line: each group and its count, or how many groups when it is long."""
        if len(groupes) < 2:
            return ""
        told = ", ".join(f"{titre or 'sans rattachement'} ({ecriture.nombre(len(group))})" for titre, group in groupes)
        above = RASSEMBLEURS.get(genre)
        if above is None or len(told) <= LIGNE_LISIBLE:
            return told
        named = sum(titre is not None for titre, _ in groupes)
        return f"pour {ecriture.accord(named, self.edition.libelle(above), self.edition.libelle(above, pluriel=True))}"

    def _dans_l_ordre(self, elements: Iterable[Element]) -> list[tuple[str, list[Element]]]:
        """Elements by kind: the levels of the chain first, in its order."""
        levels = [classe.genre for classe in chaine.NIVEAUX]
        found = self.mots.par_genre(elements)
        return sorted(found, key=lambda item: levels.index(item[0]) if item[0] in levels else len(levels))

    def vises(self) -> list[tuple[str, list[Element]]]:
        """What the document being made was asked for, by kind; the whole chain when it has no filter."""
        asked = self.edition.vises
        chain = (element for classe in chaine.NIVEAUX for element in self.edition.tous(classe))
        return self._dans_l_ordre(element for element in chain if asked is None or element.id in asked)

    def objectifs_par_enjeu(self) -> list[tuple[Element | None, list[Objectif]]]:
        """Every objectif once, under the first enjeu it answers; those that answer none come last."""
        found: dict[str, list[Objectif]] = {}
        for objectif in self.edition.tous(Objectif):
            found.setdefault(objectif.enjeux[0] if objectif.enjeux else "", []).append(objectif)
        order = sorted(found, key=lambda ident: self.edition.rangs.get(ident, len(self.edition.elements)))
        return [(self.edition.elements.get(ident), found[ident]) for ident in order]

    def rassembles(self, elements: Iterable[Element]) -> list[tuple[str, list[tuple[Content, list[Element]]]]]:
        """Elements by kind, then by what gathers them: constats by theme, objectifs by enjeu, actions by priority,
        means by nature; the others together, under no words."""
        found = []
        for genre, group in self._dans_l_ordre(elements):
            gathered: dict[str, list[Element]] = {}
            for element in group:
                gathered.setdefault(_rassembleur(element), []).append(element)
            order = sorted(gathered, key=lambda ident: self.edition.rangs.get(ident, len(self.edition.elements)))
            named = [(self._titre_de(ident), gathered[ident]) for ident in order]
            found.append((genre, named))
        return found

    def _titre_de(self, ident: str) -> Content:
        title = self.edition.titre(ident)
        return title if title is not None else ident or None

    def lignes_priorites(self, priorites: Iterable[Priorite]) -> list[Row]:
        """Priority, how many objectifs it serves, how many actions carry it."""
        return [
            [
                self.mots.lien(priorite),
                ecriture.nombre(len(priorite.objectifs)),
                ecriture.nombre(len(self.edition.citants(priorite.id, Action))),
            ]
            for priorite in priorites
        ]

    def lignes_cibles(self, cibles: Iterable[Cible]) -> list[Row]:
        """Indicator, value aimed at, date."""
        rows: list[Row] = []
        for cible in cibles:
            value = ecriture.mesure(cible.valeur, self.edition.element(cible.indicateur, Indicateur).unite)
            rows.append([self.mots.lien(cible.indicateur), value, ecriture.periode(cible.echeance)])
        return rows

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

    def lignes_couverture(self, couverture: Iterable[Couverture]) -> list[Row]:
        """Level, how many, without continuation, without ground, without continuation by choice."""
        return [
            [
                self.page_du_niveau(row.genre, ecriture.majuscule(self.edition.libelle(row.genre, pluriel=True))),
                ecriture.nombre(row.total),
                ecriture.nombre(len(row.sans_suite)),
                ecriture.nombre(len(row.sans_appui)),
                ecriture.nombre(len(row.assumes)),
            ]
            for row in couverture
            if row.total
        ]


def ancre_attente(attente: Attente) -> str:
    """« attente-groupe-de-pilotage-seance-3 »: an anchor of the page."""
    return "-".join(filter(None, ["attente", attente.instance, attente.seance]))


def _rassembleur(element: Element) -> str:
    """The id of what an element is read under, the nature of a means, or nothing."""
    match element:
        case Constat():
            return element.theme
        case Objectif():
            return element.enjeux[0] if element.enjeux else ""
        case Action():
            return element.priorite or ""
        case Moyen():
            return ecriture.majuscule(mot(element.nature))
    return ""
