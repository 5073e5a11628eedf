"""How much hold the authority has on each objectif: what it decides, co-funds, animates, pleads for, observes."""

from dataclasses import dataclass

from smde.edition import Edition
from smde.model.strategie import DegreInfluence, Enjeu, Objectif


@dataclass(frozen=True, slots=True)
class Prise:
    """The objectifs of one enjeu (None: of none), by degree of hold; under None those whose degree is not said."""

    enjeu: Enjeu | None
    par_degre: tuple[tuple[DegreInfluence | None, tuple[Objectif, ...]], ...]


def prises(edition: Edition) -> tuple[Prise, ...]:
    """Every objectif once, under the first enjeu it answers; the same degrees for every enjeu, from strong to weak.

    « Not said » is a column only when an objectif needs it.
    """
    found: dict[str, list[Objectif]] = {}
    for objectif in edition.tous(Objectif):
        found.setdefault(objectif.enjeux[0] if objectif.enjeux else "", []).append(objectif)
    degres: list[DegreInfluence | None] = list(DegreInfluence)
    if any(degre_de(objectif) is None for objectif in edition.tous(Objectif)):
        degres.append(None)
    order = sorted(found, key=lambda ident: edition.rangs.get(ident, len(edition.elements)))
    return tuple(
        Prise(
            edition.element(ident, Enjeu) if ident else None,
            tuple((degre, tuple(o for o in found[ident] if degre_de(o) is degre)) for degre in degres),
        )
        for ident in order
    )


def par_degre(edition: Edition) -> tuple[tuple[DegreInfluence | None, tuple[Objectif, ...]], ...]:
    """The objectifs of each degree, all enjeux together; a degree without objectif is left in, to be said.

    Nothing when there is no objectif at all.
    """
    if not edition.tous(Objectif):
        return ()
    degres: list[DegreInfluence | None] = [*DegreInfluence, None]
    groups = [(degre, tuple(o for o in edition.tous(Objectif) if degre_de(o) is degre)) for degre in degres]
    return tuple((degre, group) for degre, group in groups if group or degre is not None)


def degre_de(objectif: Objectif) -> DegreInfluence | None:
    """The degree of hold on an objectif, when it is said."""
    return objectif.influence.degre if objectif.influence is not None else None
