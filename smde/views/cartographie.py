"""What may be put on one map: the values of one measure, at one period, for territories of one kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smde.comparables import commune_mesure, genre, tient
from smde.edition import Edition
from smde.model.mesures import Indicateur, Territoire, Valeur
from smde.periodes import bornes, chronologie

TERRITOIRES = range(3, 61)
"""Fewer make no map: their values read as well in a line; more are not told apart."""


@dataclass(frozen=True, slots=True)
class Releve:
    """The value of a territory at the period of the map."""

    territoire: Territoire
    indicateur: Indicateur
    valeur: Valeur


@dataclass(frozen=True, slots=True)
class Carte:
    """The values that a map shows, in the reading order of their indicators."""

    periode: str
    releves: tuple[Releve, ...]


def cartes(edition: Edition) -> Mapping[str, Carte]:
    """The map of each indicator that has one, by its id; those of one measure share it.

    They have the same unit, definition, frequency, source and kind of periods, and territories of one kind that have
    each a place of their own. The period is that for which most are known, the last of them when several are.
    """
    groups: dict[tuple[str, ...], list[Indicateur]] = {}
    for indicateur in edition.tous(Indicateur):
        territoire = edition.elements.get(indicateur.territoire)
        if isinstance(territoire, Territoire) and (territoire.tuile or territoire.id in edition.contours):
            groups.setdefault((*commune_mesure(indicateur), territoire.type.value), []).append(indicateur)
    found: dict[str, Carte] = {}
    for group in groups.values():
        if drawn := _carte(edition, group):
            found |= {releve.indicateur.id: drawn for releve in drawn.releves}
    return found


def _carte(edition: Edition, group: Sequence[Indicateur]) -> Carte | None:
    """The map of indicators of one measure, or None."""
    releves = [
        Releve(territoire, indicateur, valeur)
        for indicateur in group
        for territoire in (edition.element(indicateur.territoire, Territoire),)
        for valeur in edition.series.get(indicateur.id, ())
        if valeur.valeur is not None and tient(indicateur, valeur.periode) and not _disparu(territoire, valeur.periode)
    ]
    counts = Counter(releve.valeur.periode for releve in releves)
    if len({genre(periode) for periode in counts}) != 1:
        return None
    quand = max(counts, key=lambda periode: (counts[periode], chronologie(periode)))
    kept = tuple(releve for releve in releves if releve.valeur.periode == quand)
    idents = {releve.territoire.id for releve in kept}
    places = {releve.territoire.tuile and (releve.territoire.tuile.x, releve.territoire.tuile.y) for releve in kept}
    outlined = idents <= edition.contours.keys()
    apart = outlined or (None not in places and len(places) == len(kept))
    return Carte(quand, kept) if apart and len(idents) == len(kept) and len(kept) in TERRITOIRES else None


def _disparu(territoire: Territoire, periode: str) -> bool:
    """Whether a territory no longer existed."""
    return territoire.valide_au is not None and bornes(str(territoire.valide_au))[1] < bornes(periode)[0]
