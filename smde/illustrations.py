"""The figures a template can place: each is drawn here and kept with the document that shows it."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from smde import arbre, ecriture, figures
from smde.arbre import Figure, Nodes
from smde.fragments import Fragment, inlines
from smde.model.mesures import Indicateur, Territoire
from smde.views import chaine, chiffres

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

NON_DISPONIBLE = "n. d."


class Illustrations:
    """The figures of one edition."""

    def __init__(self, vocabulaire: "Vocabulaire", dessins: MutableMapping[str, Figure]) -> None:
        self.mots, self.edition, self.dessins = vocabulaire, vocabulaire.edition, dessins

    def courbe(self, indicateur: Indicateur) -> Fragment:
        """The chart of a series, when it has two values, and the table of its values."""
        values = chiffres.valeurs(self.edition, indicateur)
        territoire = self.edition.titre(indicateur.territoire) or ""
        blocks: Nodes = []
        if sum(value.valeur is not None for value in values) >= 2:
            blocks.append(self._drawn(figures.courbe(indicateur, values, territoire, self.edition.identite.couleurs)))
        if values:
            noted = any(value.note for value in values)
            head = ["Période", f"Valeur ({indicateur.unite})", *(["Précaution de lecture"] if noted else [])]
            rows = [
                [
                    ecriture.periode(value.periode),
                    NON_DISPONIBLE if value.valeur is None else ecriture.nombre(value.valeur),
                    *([value.note or ""] if noted else []),
                ]
                for value in values
            ]
            caption = [figures.situe(indicateur.titre, territoire), self.mots.source(indicateur.source)]
            blocks.append(arbre.tableau(inlines(caption), head, rows, nombres=[1]))
        return Fragment(tuple(blocks), bloc=True)

    def dessin_chaine(self) -> Fragment:
        """The chain drawn with the number of elements of each level."""
        counts = []
        for classe in chaine.NIVEAUX:
            count = len(self.edition.tous(classe))
            counts.append((ecriture.majuscule(self.edition.libelle(classe.genre, pluriel=count > 1)), count))
        return Fragment((self._drawn(figures.chaine(counts, self.edition.identite.couleurs)),), bloc=True)

    def carte(self) -> Fragment:
        """The schematic map of the territories that have a tile, or nothing."""
        tiles = [territoire for territoire in self.edition.tous(Territoire) if territoire.tuile is not None]
        drawn = [self._drawn(figures.carte(tiles, self.edition.identite.couleurs))] if tiles else []
        return Fragment(tuple(drawn), bloc=True)

    def _drawn(self, figure: Figure) -> arbre.Node:
        self.dessins[figure.nom] = figure
        return arbre.image(figure)
