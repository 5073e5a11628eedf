"""The way up and down from one element, and what its standing says beside its title."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from smde import ecriture
from smde.fragments import Content, Fragment
from smde.libelles import est_un_mot
from smde.model.acteurs import Acteur
from smde.model.cadres import Cadre
from smde.model.demarche import Seance
from smde.model.element import Element, StatutValidation
from smde.model.mesures import Indicateur
from smde.model.schema import Action, Priorite
from smde.model.strategie import Constat, Objectif, Theme
from smde.mots.cellules import A_FIXER, Items, Row
from smde.mots.chaine import PAGES_NIVEAUX
from smde.mots.preuves import Preuves
from smde.views import calendrier, chaine, themes
from smde.views.chaine import Maillon

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

SUITES: dict[type[Element], tuple[type[Element], ...]] = {
    Indicateur: (Constat, Objectif, Action),
    Cadre: (Priorite, Action),
    Acteur: (Objectif, Action),
}
"""What follows from an element that is no level of the chain: the elements of these kinds that cite it."""


class Fil:
    """The way up and down from one element, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition
        self._preuves = Preuves(vocabulaire)

    def fil(self, element: Element) -> chaine.Chaine:
        """What an element rests on and what follows from it, nearest first; an element of no level cites nothing."""
        if isinstance(element, Theme):
            return chaine.Chaine((), themes.suites(self.edition, element))
        found = []
        for classe in SUITES.get(type(element), ()):
            if citing := self.edition.citants(element.id, classe):
                found.append(Maillon(classe.genre, True, tuple(citing)))
        return chaine.Chaine((), tuple(found)) if found else chaine.chaine(self.edition, element)

    def compte(self, genre: str, nombre: int) -> str:
        """« 3 enjeux », in the words of the authority."""
        return ecriture.accord(nombre, self.edition.libelle(genre), self.edition.libelle(genre, pluriel=True))

    def repartition(self, elements: Iterable[Element]) -> Items:
        """How many elements of each level of the chain, each with the page that lists them; then how many others."""
        counts: dict[str, int] = {}
        for element in elements:
            counts[element.genre] = counts.get(element.genre, 0) + 1
        lines: Items = []
        for classe in chaine.NIVEAUX:
            if count := counts.pop(classe.genre, 0):
                lines.append(self.mots.page(PAGES_NIVEAUX[classe.genre], self.compte(classe.genre, count)))
        others = sum(counts.values())
        one, several = ("autre texte", "autres textes") if lines else ("texte", "textes")
        return lines + ([ecriture.accord(others, one, several)] if others else [])

    def lignes_validations(self) -> list[Row]:
        """Body, séance and its day, what awaits it, level by level."""
        rows: list[Row] = []
        for attente in calendrier.a_valider(self.edition):
            submitted: list[Content] = []
            for count in self.repartition(attente.elements):
                submitted += [", "] if submitted else []
                submitted.append(count)
            rows.append(
                [
                    self.mots.lien(attente.instance) if attente.instance else "Instance à désigner",
                    self.seance(attente.seance) if attente.seance else A_FIXER,
                    submitted,
                ]
            )
        return rows

    def attente(self, element: Element) -> Fragment:
        """What the badge of an element leaves to say: which body validates it, at which séance, on which day."""
        validation = element.validation
        words: list[Content] = []
        match validation.statut:
            case StatutValidation.a_valider:
                steps: list[Content] = []
                steps += [["par : ", self.mots.lien(validation.instance)]] if validation.instance else []
                steps += [self.seance(validation.seance)] if validation.seance else []
                steps += [f"avant le {ecriture.jour(validation.echeance)}"] if validation.echeance else []
                words += [piece for step in steps for piece in (", ", step)][1:]
            case StatutValidation.brouillon:
                words.append("texte en cours d'écriture, pas encore soumis à validation")
            case _:
                words += ["par : ", self.mots.lien(validation.decision)] if validation.decision else []
                words += [" : ", validation.motif] if validation.motif else []
        return self.mots.suite(*words)

    def indicateurs_de(self, parts: Iterable[Any]) -> list[Indicateur]:
        """The indicators that pieces of evidence or targets cite, each once."""
        idents = dict.fromkeys(getattr(part, "indicateur", None) for part in parts)
        found = [self.edition.elements.get(ident) for ident in idents if ident]
        return [element for element in found if isinstance(element, Indicateur)]

    def lignes_constats_preuves(self, idents: Iterable[str]) -> list[Row]:
        """Each constat, and the first thing that establishes it."""
        constats = [self.edition.elements.get(ident) for ident in idents]
        return [
            [self.mots.lien(constat), self._preuves.preuve(constat.preuves[0]) if constat.preuves else None]
            for constat in constats
            if isinstance(constat, Constat)
        ]

    def rubriques(self, traits: Iterable[Content]) -> list[Row]:
        """Lines that say « what : what of it », as what is defined and what it is; the others left out."""
        return [row for row in map(_rubrique, traits) if row]

    def sans_rubrique(self, traits: Iterable[Content]) -> Items:
        """The others."""
        return [trait for trait in traits if not _rubrique(trait)]

    def colonnes(self, lignes: Iterable[Row], numeros: Sequence[int]) -> list[Row]:
        """Some columns of a table, in that order."""
        return [[ligne[numero] for numero in numeros] for ligne in lignes]

    def seance(self, ident: str) -> Fragment:
        """A séance and its day, or that none is set yet."""
        found = self.edition.elements.get(ident)
        if not isinstance(found, Seance):
            return self.mots.lien(ident)
        when = f"le {ecriture.jour(found.date)}" if found.date else "date à fixer"
        return self.mots.suite(self.mots.lien(found), f" ({when})")


def _rubrique(trait: Content) -> Row:
    """« Nature : menace » → Nature, menace; nothing of a line without « : »."""
    first, rest = (
        (trait, ())
        if isinstance(trait, str)
        else (trait[0], trait[1:])
        if isinstance(trait, list) and trait
        else ("", ())
    )
    if not isinstance(first, str) or " : " not in first:
        return ()
    head, _, words = first.partition(" : ")
    if not words and rest and isinstance(rest[0], str):
        words, rest = rest[0], rest[1:]
    return [head, [ecriture.majuscule(words) if est_un_mot(words) else words, *rest]]
