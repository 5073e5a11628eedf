"""What establishes a statement, in one line with its source as a footnote."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from smde.fragments import Content, Fragment, joints
from smde.model.mesures import Indicateur, Source
from smde.views import chiffres

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire


class Preuves:
    """Evidence, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def preuves(self, preuves: Iterable[Any]) -> list[Fragment]:
        """Each piece of evidence in a line."""
        return [self.preuve(preuve) for preuve in preuves]

    def editeur(self, indicateur: Indicateur) -> Content:
        """Who publishes the source of an indicator, in a word, with the way to that source."""
        found = self.edition.elements.get(indicateur.source or "")
        return self.mots.lien(found, found.editeur or found.titre) if isinstance(found, Source) else None

    def preuve(self, preuve: Any) -> Fragment:
        """A piece of evidence: what it says, its period and perimeter, its reserve, its source as a footnote."""
        cited = chiffres.citation(self.edition, preuve)
        words: list[Content] = []
        if cited.mesure:
            label = self.mots.lien(cited.element, cited.libelle) if cited.element else cited.libelle
            territoire = self.edition.titre(cited.territoire) if cited.territoire else None
            details = joints(filter(None, [cited.periode, territoire]), ", ")
            words = [label, " : ", self.mots.fort(cited.mesure), [" (", *details, ")"] if details else None]
        elif cited.element:
            words = [self.mots.lien(cited.element)]
        elif cited.source:
            words = [self.mots.lien(cited.source), [", ", cited.libelle] if cited.libelle else None]
        else:
            words = [cited.libelle]
        words += [self.mots.source(cited.source), [" – ", cited.note] if cited.note else None]
        return self.mots.suite(*words)
