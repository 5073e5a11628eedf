"""Two snapshots of the same readership and what changed from one to the other, ready to be told."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from smde.changements import changements
from smde.changements.changement import RUBRIQUES, Changement, Rang
from smde.changements.noms import Noms
from smde.ecriture import accord, enumeration, majuscule, periode, typographie
from smde.instantane import SANS_DATE, Instantane


def designation(one: Instantane) -> str:
    """« 2026-06 » (1er juin 2026), or its name alone when git does not date it."""
    return f"« {one.nom} »" + (f" ({periode(one.date)})" if one.date != SANS_DATE else "")


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Two snapshots of the same readership, and what changed from one to the other."""

    avant: Instantane
    apres: Instantane
    changements: tuple[Changement, ...]

    def entete(self) -> str:
        """« De « 2026-06 » (1er juin 2026) à « 2026-11 » (22 novembre 2026), édition publique »."""
        edition = {"public": "publique"}.get(self.apres.diffusion.name, self.apres.diffusion.name)
        return typographie(f"De {designation(self.avant)} à {designation(self.apres)}, édition {edition}")

    def resume(self) -> list[str]:
        """Three lines at most: what was decided and who came or left, money and roles, then the rest."""
        if not self.changements:
            return ["Rien n'a changé."]
        counts = {rang: sum(change.rang is rang for change in self.changements) for rang in Rang}
        lines = [
            " ; ".join(
                words
                for words in (
                    _compte(counts, (Rang.decision, "décision ou validation", "décisions ou validations")),
                    *self._presences(),
                )
                if words
            ),
            _compte(counts, (Rang.montant, "montant", "montants"), (Rang.role, "rôle", "rôles"),
                    (Rang.chiffre, "cible ou chiffre", "cibles ou chiffres"), (Rang.calendrier, "date", "dates")),
            _compte(counts, (Rang.lien, "lien", "liens"), (Rang.avancement, "état", "états"),
                    (Rang.redaction, "rédaction", "rédactions"), (Rang.ordre, "déplacement", "déplacements")),
        ]  # fmt: skip
        return [majuscule(line) + "." for line in lines if line]

    def _presences(self) -> Iterator[str]:
        """What came and what left, by kind, in reading order; what took the place of another did neither."""
        found = [change for change in self.changements if change.rang is Rang.presence]
        came = Counter(one.genre for one in found if one.element not in self.avant.elements)
        left = Counter(one.genre for one in found if one.element not in self.apres.elements)
        placed = len(found) - came.total() - left.total()
        noms = Noms(self.avant, self.apres)
        yield f"en plus : {noms.comptes(came)}" if came else ""
        yield f"en moins : {noms.comptes(left)}" if left else ""
        yield accord(placed, "remplacement", "remplacements") if placed else ""

    def rubriques(self) -> Iterator[tuple[str, list[Changement]]]:
        """The changes under their headings, from what matters most."""
        for rang, found in groupby(self.changements, key=lambda change: change.rang):
            yield RUBRIQUES[rang], list(found)


def _compte(counts: Mapping[Rang, int], *kinds: tuple[Rang, str, str]) -> str:
    return enumeration([accord(counts[rang], one, several) for rang, one, several in kinds if counts[rang]])


def comparer(avant: Instantane, apres: Instantane) -> Comparaison:
    """What changed from one snapshot to the other; raises `Refus` when they are not of the same readership."""
    return Comparaison(avant, apres, changements(avant, apres))
