"""What establishes a statement, in one line with its source as a footnote."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from smde.ecriture import accord
from smde.fragments import Content, Fragment, joints
from smde.model.mesures import Indicateur, Source
from smde.model.strategie import Constat
from smde.mots.cellules import Row
from smde.views import chiffres, themes
from smde.views.chiffres import Citation

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

MONTREES = 3
"""The pieces of evidence of a statement read among others; its own page gives them all."""


class Preuves:
    """Evidence, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def preuves(self, preuves: Iterable[Any]) -> list[Fragment]:
        """Each piece of evidence in a line."""
        return [self.preuve(preuve) for preuve in preuves]

    def lignes_constats_etablis(self, constats: Iterable[Constat]) -> list[Row]:
        """Each constat, and what establishes it; beyond three pieces of evidence, how many more its page gives."""
        rows: list[Row] = []
        for constat in constats:
            lines: list[Content] = [*self.preuves(constat.preuves[:MONTREES])]
            if more := len(constat.preuves) - MONTREES if len(constat.preuves) > MONTREES + 1 else 0:
                lines.append(self.mots.lien(constat, accord(more, "autre preuve", "autres preuves")))
            else:
                lines += self.preuves(constat.preuves[MONTREES:])
            rows.append([self.mots.lien(constat), self.mots.puces(lines)])
        return rows

    def a_dessiner(self, indicateurs: Sequence[Indicateur]) -> tuple[list[Indicateur], list[Indicateur]]:
        """Those whose series is drawn on a page that has room for few, and the others.

        What the drawing of another already shows is not drawn again.
        """
        drawn: list[Indicateur] = []
        shown: set[str] = set()
        for indicateur in indicateurs:
            known = sum(valeur.valeur is not None for valeur in chiffres.valeurs(self.edition, indicateur))
            if len(drawn) < themes.DESSINS and known > 1 and indicateur.id not in shown:
                drawn.append(indicateur)
                shown |= {serie.indicateur.id for serie in chiffres.comparees(self.edition, indicateur)}
        return drawn, [one for one in indicateurs if one.id not in shown]

    def editeur(self, indicateur: Indicateur) -> Content:
        """Who publishes the source of an indicator, in a word, with the way to that source."""
        found = self.edition.elements.get(indicateur.source or "")
        return self.mots.lien(found, found.editeur or found.titre) if isinstance(found, Source) else None

    def preuve(self, preuve: Any) -> Fragment:
        """A piece of evidence: what it says, its period and perimeter, its reserve, its source as a footnote."""
        cited = chiffres.citation(self.edition, preuve)
        reserve: Content = [" – ", cited.note] if cited.note else None
        return self.mots.suite(*self._dit(cited), self.mots.source(cited.source), reserve)

    def preuves_breves(self, preuves: Iterable[Any]) -> list[Fragment]:
        """The same where there is no room for notes: sources are named, and figures of one series share a line."""
        lines: dict[object, list[Content]] = {}
        for rank, preuve in enumerate(preuves):
            cited = chiffres.citation(self.edition, preuve)
            named = self.mots.lien(cited.source) if cited.source and (cited.mesure or cited.element) else None
            end: Content = [[", ", named] if named else None, [" – ", cited.note] if cited.note else None]
            key = (cited.libelle, cited.territoire, cited.source, cited.note) if cited.mesure else rank
            if key in lines:
                lines[key][-1:] = [
                    " ; ",
                    self.mots.fort(cited.mesure),
                    f" ({cited.periode})" if cited.periode else "",
                    end,
                ]
            else:
                lines[key] = [*self._dit(cited), end]
        return [self.mots.suite(*words) for words in lines.values()]

    def _dit(self, cited: Citation) -> list[Content]:
        """What a piece of evidence says."""
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
        return words
