"""What changed in one element since a decision validated it, in the sentences of any other change."""

from dataclasses import replace

from smde.changements import changements_de
from smde.changements.changement import Changement
from smde.changements.noms import Noms
from smde.edition import Edition, Valide
from smde.instantane import prendre, valeurs


class DepuisValidation:
    """The changes since what was validated, for one edition."""

    def __init__(self, edition: Edition) -> None:
        whole = replace(edition, elements=edition.tout or edition.elements)
        here = prendre(whole, "cette version")
        self._noms = Noms(here, here)

    def changements(self, valide: Valide) -> tuple[Changement, ...]:
        """What matters most first; nothing when all that changed is what these readers may not know."""
        return changements_de(self._noms, valide.apres.genre, valeurs(valide.avant), valeurs(valide.apres))
