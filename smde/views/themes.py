"""A theme of the diagnosis as it is read: its constats by nature, what they measure, what follows, who is concerned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from smde.edition import Edition
from smde.model.acteurs import Acteur
from smde.model.mesures import Indicateur
from smde.model.strategie import Constat, Enjeu, NatureConstat, PreuveIndicateur, Theme
from smde.views import calendrier, chaine, roles
from smde.views.calendrier import Attente
from smde.views.chaine import Maillon
from smde.views.roles import Part

DESSINS = 3
"""The drawings of one page: beyond them, a reader is led to the page of each indicator."""


@dataclass(frozen=True, slots=True)
class Chapitre:
    """What the dossier says of one theme."""

    natures: tuple[tuple[NatureConstat, tuple[Constat, ...]], ...]
    """Its constats by nature; a nature without any is left out."""
    indicateurs: tuple[Indicateur, ...]
    """Those its constats cite, the most cited first."""
    suites: tuple[Maillon, ...]
    """What rests on its constats, level by level; the enjeux are the nearest."""
    attentes: tuple[Attente, ...]
    """What awaits whom, of its constats and of what follows; the theme says its own beside its title."""
    acteurs: tuple[tuple[Acteur, tuple[Part, ...]], ...]
    """Who has an announced role in what follows."""


def chapitre(edition: Edition, theme: Theme) -> Chapitre:
    """One theme."""
    constats = edition.citants(theme.id, Constat)
    following = suites(edition, theme)
    below = [element for maillon in following for element in maillon.elements]
    return Chapitre(
        par_nature(constats),
        _cites(edition, constats),
        following,
        calendrier.a_valider(edition, [*constats, *below]),
        tuple((acteur, roles.parts(held)) for acteur, held in roles.tenus(edition, below)),
    )


def par_nature(constats: Sequence[Constat]) -> tuple[tuple[NatureConstat, tuple[Constat, ...]], ...]:
    """Constats by nature, in the order of the grid; a nature without any is left out."""
    groups = ((nature, tuple(one for one in constats if one.nature is nature)) for nature in NatureConstat)
    return tuple((nature, group) for nature, group in groups if group)


def suites(edition: Edition, theme: Theme) -> tuple[Maillon, ...]:
    """What rests on the constats of a theme: the constats themselves are not its continuation."""
    found = chaine.chaine(edition, theme).aval
    return tuple(replace(one, direct=one.genre == Enjeu.genre) for one in found if one.genre != Constat.genre)


def _cites(edition: Edition, constats: Iterable[Constat]) -> tuple[Indicateur, ...]:
    counts: dict[str, int] = {}
    for constat in constats:
        for ident in {preuve.indicateur for preuve in constat.preuves if isinstance(preuve, PreuveIndicateur)}:
            counts[ident] = counts.get(ident, 0) + 1
    order = sorted(counts, key=lambda ident: (-counts[ident], edition.rangs[ident]))
    return tuple(edition.element(ident, Indicateur) for ident in order)
