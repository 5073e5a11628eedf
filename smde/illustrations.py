"""The figures a template can place: each is drawn here and kept with the document that shows it."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from smde import arbre, ecriture, figures
from smde.arbre import Figure, Nodes
from smde.comparables import Serie, noms
from smde.fragments import Fragment, inlines
from smde.libelles import mot
from smde.model.demarche import StatutPhase
from smde.model.mesures import Indicateur, Territoire, Valeur
from smde.model.schema import StatutAction
from smde.mots.cellules import Row, intervalle
from smde.mots.mesures import SYMBOLE
from smde.periodes import chronologie
from smde.views import calendrier, cartographie, chaine, chiffres, couverture, financement, influence
from smde.views.cartographie import Carte
from smde.views.financement import Croisement

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

NON_DISPONIBLE = "n. d."
VIDE = Fragment((), bloc=True)

ETROITS = 4
"""Beyond as many drawings on a page, none is drawn again for phones: the page would weigh twice as much."""
LIGNES_D_UN_DESSIN = 60
"""Beyond them a drawing of one line for each element is taller than what is read; its table says the same."""


class Illustrations:
    """The figures of one edition."""

    def __init__(self, vocabulaire: "Vocabulaire", dessins: MutableMapping[str, Figure]) -> None:
        self.mots, self.edition, self.dessins = vocabulaire, vocabulaire.edition, dessins

    def courbe(self, indicateur: Indicateur, *, valeurs_repliees: bool = False) -> Fragment:
        """The chart of a series, when it has two values, and the table of its values; with those it compares to.

        On a page of several charts, the values are folded under each.
        """
        drawn = self._courbe(indicateur)
        return _repliees(drawn) if valeurs_repliees else drawn

    def _courbe(self, indicateur: Indicateur) -> Fragment:
        series = chiffres.comparees(self.edition, indicateur)
        if len(series) > 1:
            return self._comparaison(series)
        values = chiffres.valeurs(self.edition, indicateur)
        territoire = self.edition.titre(indicateur.territoire) or ""
        blocks: Nodes = list(self.graphique(indicateur).nodes)
        if values:
            noted = any(value.note for value in values)
            head = ["Période", f"Valeur ({indicateur.unite})", *(["Précaution de lecture"] if noted else [])]
            rows = [
                [
                    ecriture.periode(value.periode),
                    _ecrite(value),
                    *([value.note or ""] if noted else []),
                ]
                for value in values
            ]
            caption = [figures.situe(indicateur.titre, territoire), self.mots.source(indicateur.source)]
            blocks.append(arbre.tableau(inlines(caption), head, rows, nombres=[1]))
        return Fragment(tuple(blocks), bloc=True)

    def graphique(self, indicateur: Indicateur) -> Fragment:
        """The chart of a series alone, when it has two values."""
        values = chiffres.valeurs(self.edition, indicateur)
        if sum(value.valeur is not None for value in values) < 2:
            return VIDE
        territoire = self.edition.titre(indicateur.territoire) or ""
        return self._bloc(figures.courbe(indicateur, values, territoire, self.edition.identite.couleurs))

    def _comparaison(self, series: Sequence[Serie]) -> Fragment:
        """The chart of comparable series, and the table of their values, one column for each."""
        indicateur, territoire = series[0].indicateur, series[0].territoire
        lignes = [figures.Ligne(*pair) for pair in zip(noms(series), (one.valeurs for one in series), strict=True)]
        known = [{value.periode: value for value in ligne.valeurs} for ligne in lignes]
        periodes = sorted(set().union(*known), key=chronologie)
        rows = [[ecriture.periode(when), *(_ecrite(values.get(when)) for values in known)] for when in periodes]
        sources = dict.fromkeys(one.indicateur.source for one in series)
        title = f"{figures.titre_compare(indicateur, territoire, lignes)} ({indicateur.unite})"
        head = ["Période", *(ligne.nom for ligne in lignes)]
        table = arbre.tableau(
            inlines([title, *map(self.mots.source, sources)]), head, rows, nombres=list(range(1, len(head)))
        )
        drawn = figures.comparaison(indicateur, territoire, lignes, self.edition.identite.couleurs)
        cautions = self.mots.puces(_precautions(lignes, periodes))
        return Fragment((self._drawn(drawn), table, *cautions.nodes), bloc=True)

    @cached_property
    def _cartes(self) -> Mapping[str, Carte]:
        return cartographie.cartes(self.edition)

    def a_cartographier(self, indicateurs: Iterable[Indicateur]) -> list[Indicateur]:
        """Of these indicators, the first of each map they have."""
        firsts: dict[str, Indicateur] = {}
        for indicateur in indicateurs:
            if found := self._cartes.get(indicateur.id):
                firsts.setdefault(found.releves[0].indicateur.id, indicateur)
        return list(firsts.values())

    def carte_valeurs(self, indicateur: Indicateur, *, une_fois: bool = False, repliees: bool = False) -> Fragment:
        """The map of the last values of a measure, territory by territory, and their table; nothing without a map.

        `une_fois`: nothing either when another indicator of the same map comes first, as in a document that has all.
        """
        found = self._cartes.get(indicateur.id)
        if found is None or (une_fois and found.releves[0].indicateur.id != indicateur.id):
            return VIDE
        symbol = len(indicateur.unite) <= SYMBOLE
        when = ecriture.periode(found.periode)
        head = f"Valeurs par territoire ({indicateur.unite})" if symbol else f"{indicateur.unite} par territoire"
        title = f"{ecriture.majuscule(head)}, {when}"
        cases = [
            figures.Case(
                one.territoire, known, ecriture.mesure(known, indicateur.unite) if symbol else ecriture.nombre(known)
            )
            for one in found.releves
            if (known := one.valeur.valeur) is not None
        ]
        drawn = figures.carte_valeurs(
            f"carte-{found.releves[0].indicateur.id}", title, cases, self.edition.identite.couleurs,
            self.edition.contours,
        )  # fmt: skip
        rows: list[Row] = [
            [self.mots.lien(one.indicateur, one.territoire.titre), _ecrite(one.valeur)]
            for one in sorted(found.releves, key=lambda one: one.valeur.valeur or 0, reverse=True)
        ]
        table = self.mots.tableau(
            [title, self.mots.source(indicateur.source)], ["Territoire", f"Valeur ({indicateur.unite})"], rows,
            nombres=[1],
        )  # fmt: skip
        lignes = [figures.Ligne(one.territoire.titre, (one.valeur,)) for one in found.releves]
        cautions = self.mots.puces(_precautions(lignes, [found.periode]))
        shown = Fragment((self._drawn(drawn), *table.nodes, *cautions.nodes), bloc=True)
        return _repliees(shown) if repliees else shown

    def dessin_chaine(self) -> Fragment:
        """The chain drawn with the number of elements of each level."""
        counts = []
        for classe in chaine.NIVEAUX:
            count = len(self.edition.tous(classe))
            counts.append((ecriture.majuscule(self.edition.libelle(classe.genre, pluriel=count > 1)), count))
        return self._bloc(figures.chaine(counts, self.edition.identite.couleurs))

    def dessin_couverture(self) -> Fragment:
        """How well the chain holds, level by level."""
        niveaux = [
            figures.Niveau(
                ecriture.majuscule(self.edition.libelle(row.genre, pluriel=row.total > 1)),
                row.total,
                len(row.sans_suite),
                len(row.sans_appui),
                len(row.assumes),
            )
            for row in couverture.couverture(self.edition)
        ]
        return self._bloc(figures.couverture(niveaux, self.edition.identite.couleurs))

    def dessin_emprise(self) -> Fragment:
        """The hold of the authority on each objectif; nothing when there is none, or so many that it is no picture."""
        prises = influence.prises(self.edition)
        if not 0 < len(prises) <= LIGNES_D_UN_DESSIN:
            return VIDE
        degres = [mot(degre) if degre is not None else "non dit" for degre, _ in prises[0].par_degre]
        noms = (self.edition.libelle("objectif"), self.edition.libelle("objectif", pluriel=True))
        lignes = [
            figures.Emprise(
                prise.enjeu.titre if prise.enjeu else f"Sans {self.edition.libelle('enjeu')}",
                tuple(len(objectifs) for _, objectifs in prise.par_degre),
            )
            for prise in prises
        ]
        return self._bloc(figures.emprise(degres, lignes, noms, self.edition.identite.couleurs))

    def dessin_phases(self) -> Fragment:
        """The phases of the démarche and their state, or nothing."""
        etapes = [
            figures.Etape(
                phase.titre,
                [StatutPhase.terminee, StatutPhase.en_cours, StatutPhase.a_venir].index(phase.statut),
                ecriture.majuscule(mot(phase.statut)),
                ecriture.majuscule(intervalle(phase.debut, phase.fin)) or "Dates à fixer",
            )
            for phase in calendrier.phases(self.edition)
        ]
        return self._bloc(figures.parcours(etapes, self.edition.identite.couleurs)) if etapes else VIDE

    def dessins_calendrier(self) -> Fragment:
        """The actions along the years, as many drawings as pages; nothing when no action has a date."""
        barres = [
            figures.Barre(
                action.id,
                action.titre,
                action.calendrier.debut if action.calendrier else None,
                action.calendrier.fin if action.calendrier else None,
                action.statut in (StatutAction.en_cours, StatutAction.realisee),
            )
            for action in calendrier.par_date(self.edition)
        ]
        shares = figures.feuillets(barres)
        title = f"Calendrier des {self.edition.libelle('action', pluriel=True)}"
        blocks: Nodes = []
        for rank, share in enumerate(shares, 1):
            if any(barre.debut or barre.fin for barre in share):
                name, words = (f"calendrier-{rank}", f"{title} ({rank} sur {len(shares)})")
                drawn = figures.frise(
                    name, title if len(shares) == 1 else words, share, self.edition.date,
                    self.edition.identite.couleurs,
                )  # fmt: skip
                blocks.append(self._drawn(drawn if len(shares) <= ETROITS else replace(drawn, etroit="")))
        return Fragment(tuple(blocks), bloc=True)

    def dessin_financement(self, croisement: Croisement) -> Fragment:
        """What each year brings, one drawing for each tax regime; nothing below two amounts."""
        blocks: Nodes = []
        for total in croisement.totaux:
            lignes = [(a.annee, a.acquis, a.attendu) for a in financement.par_annee(croisement, total.taxe)]
            if len(lignes) < 2:
                continue
            worth = "montants illustratifs" if total.illustratif else "montants du dossier"
            title = f"Financements par année, en euros {total.taxe.value} ({worth})"
            name = f"financement-{'illustratif' if total.illustratif else 'reel'}-{total.taxe.name}"
            blocks.append(
                self._drawn(figures.annees(name, title, lignes, total.taxe.value, self.edition.identite.couleurs))
            )
        return Fragment(tuple(blocks), bloc=True)

    def carte(self) -> Fragment:
        """The map of the territories that have a tile or, when none has, of those that have an outline; or nothing."""
        territoires = self.edition.tous(Territoire)
        outlines = self.edition.contours
        placed = [t for t in territoires if t.tuile is not None] or [t for t in territoires if t.id in outlines]
        drawn = [self._drawn(figures.carte(placed, self.edition.identite.couleurs, outlines))] if placed else []
        return Fragment(tuple(drawn), bloc=True)

    def _bloc(self, figure: Figure) -> Fragment:
        return Fragment((self._drawn(figure),), bloc=True)

    def _drawn(self, figure: Figure) -> arbre.Node:
        self.dessins[figure.nom] = figure
        return arbre.image(figure)


def _repliees(drawn: Fragment) -> Fragment:
    """A drawing, and what is beside it in a fold; without a drawing, the values stay in sight."""
    if not drawn.nodes or drawn.nodes[0]["t"] != "Figure":
        return drawn
    fold = arbre.bloc(["repli"], [arbre.para(arbre.mots("Lire les valeurs")), *drawn.nodes[1:]])
    return Fragment((drawn.nodes[0], fold), bloc=True)


def _precautions(lignes: Sequence[figures.Ligne], periodes: Sequence[str]) -> list[str]:
    """How to read a value, by period; what is said alike of several lines is said once."""
    found = []
    for when in periodes:
        said: dict[str, list[str]] = {}
        for ligne in lignes:
            for valeur in ligne.valeurs:
                if valeur.periode == when and valeur.note:
                    said.setdefault(valeur.note, []).append(ligne.nom)
        found += [f"{ecriture.periode(when)}, {ecriture.enumeration(noms)} : {note}" for note, noms in said.items()]
    return found


def _ecrite(valeur: Valeur | None) -> str:
    return NON_DISPONIBLE if valeur is None or valeur.valeur is None else ecriture.nombre(valeur.valeur)
