"""The versions published before, and what changed since each of them."""

from functools import cached_property
from typing import TYPE_CHECKING

from smde import arbre, ecriture
from smde.changements.changement import Changement
from smde.changements.comparaison import Comparaison, comparer
from smde.changements.mot_a_mot import Sort, abrege
from smde.fragments import Content, Fragment
from smde.instantane import prendre

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

ICI = "la version que vous lisez"


def page_de(version: str) -> str:
    """The page that says what changed since a version."""
    return f"versions/depuis-{arbre.slug(version)}"


class Versions:
    """The versions published before, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition, self._passe = vocabulaire, vocabulaire.edition, vocabulaire.passe

    def comparaisons(self) -> list[Comparaison]:
        """What changed since each version published before, the most recent first."""
        return self._comparaisons

    @cached_property
    def _comparaisons(self) -> list[Comparaison]:
        if not self._passe:
            return []
        here = prendre(self.edition, ICI)
        return [comparer(one, here) for one in self._passe]

    def page_version(self, comparaison: Comparaison, words: Content) -> Fragment:
        """A link to the page that says what changed since a version."""
        return self.mots.page(page_de(comparaison.avant.nom), words)

    def date_version(self, comparaison: Comparaison) -> str:
        """The date of a version published before."""
        return ecriture.periode(comparaison.avant.date)

    def changement(self, change: Changement) -> Fragment:
        """A change in a sentence, then the link to the element when this edition still has it."""
        words: list[Content] = [change.phrase]
        if change.element in self.edition.elements:
            said = Fragment((arbre.span(["lu"], f" {self.edition.titre(change.element)}"),))
            words += [" ", self.mots.lien(change.element, ["Voir", said])]
        return self.mots.suite(*words)

    def redaction(self, change: Changement, *, lu: bool = True) -> Fragment:
        """The two texts word by word, what goes struck through and what comes underlined, each said aloud (`lu`)."""
        nodes: list[arbre.Node] = []
        last = Sort.reste
        for run in abrege(change.morceaux):
            inner = arbre.mots(run.mots)
            if last is Sort.retire and run.sort is Sort.ajoute and not lu:
                nodes.append({"t": "Space"})  # on paper nothing else parts what went from what came
            last = run.sort
            if run.sort is not Sort.reste and run.mots.strip():
                kind, said = ("Strikeout", "retiré : ") if run.sort is Sort.retire else ("Underline", "ajouté : ")
                inner = [{"t": kind, "c": [*([arbre.span(["lu"], said)] if lu else []), *inner]}]
            nodes += inner
        return Fragment((arbre.para([arbre.span(["ecart"], nodes)]),) if nodes else (), bloc=True)
