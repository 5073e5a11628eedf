"""What has changed since a decision validated it, said beside each state of validation and shown where one reads."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from smde import ecriture
from smde.changements.changement import Changement
from smde.changements.depuis_validation import DepuisValidation
from smde.changements.mot_a_mot import abrege
from smde.edition import Valide
from smde.fragments import Content
from smde.model.element import Element
from smde.mots.cellules import Row
from smde.views import modifies
from smde.views.modifies import Modification

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

_MONTRES = 3
"""Changes that are shown at once; more of them, or longer, fold."""
_LONG = 600
NON_MONTRE = "Le texte validé n'est pas disponible dans cette édition : la différence ne peut pas être montrée."
AILLEURS = "Ce qui a changé tient à des éléments que cette édition ne montre pas, ou que le dossier n'a plus."


class Modifies:
    """What has changed since it was validated, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    @cached_property
    def _depuis(self) -> DepuisValidation:
        return DepuisValidation(self.edition)

    def modification(self, element: Element) -> Modification | None:
        """What an element has become since the decision it says it is validated by."""
        return modifies.modification(self.edition, element)

    def ecarts(self, valide: Valide | None) -> tuple[Changement, ...]:
        """What changed between the text validated and the present one, what matters most first."""
        return self._depuis.changements(valide) if valide is not None else ()

    def sans_ecart(self, valide: Valide | None) -> str:
        """What to say when there is no change to show."""
        return NON_MONTRE if valide is None else AILLEURS

    def est_long(self, changes: Sequence[Changement]) -> bool:
        """Whether these changes are too much to be read before the text itself."""
        length = sum(len(run.mots) for change in changes for run in abrege(change.morceaux))
        return len(changes) > _MONTRES or length + sum(len(change.phrase) for change in changes) > _LONG

    def lignes_modifies(self) -> list[Row]:
        """Element, decision that validated it and its day, what changed since."""
        return [
            [
                self.mots.lien(one.element),
                [self.mots.lien(one.decision), f", {ecriture.jour(one.decision.date)}"],
                self._resume(one.valide),
            ]
            for one in modifies.modifies(self.edition)
        ]

    def _resume(self, valide: Valide | None) -> Content:
        changes = self.ecarts(valide)
        lines: list[Content] = [change.phrase for change in changes[:_MONTRES]]
        if left := len(changes) - len(lines):
            lines.append(f"Et {ecriture.accord(left, 'autre changement', 'autres changements')}.")
        return self.mots.puces(lines) if lines else self.sans_ecart(valide)
