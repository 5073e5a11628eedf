"""What number is to be brought up to date, since when, and by whom."""

from dataclasses import dataclass
from enum import IntEnum

from smde.edition import Edition
from smde.model.mesures import Indicateur, Valeur
from smde.periodes import bornes, mois_entre
from smde.views.chiffres import derniere


class Etat(IntEnum):
    """Where an indicator stands at the date of the version, from what to do first to what is in order."""

    sans_valeur = 0
    depasse = 1
    sans_duree = 2
    a_jour = 3


@dataclass(frozen=True, slots=True)
class Fraicheur:
    """An indicator, its last known value, and the last month (`2027-03`) in which that value is still good."""

    indicateur: Indicateur
    valeur: Valeur | None
    jusqu_a: str | None
    etat: Etat

    @property
    def depuis(self) -> str | None:
        """The first month in which it is too old."""
        if self.jusqu_a is None:
            return None
        year, month = map(int, self.jusqu_a.split("-"))
        return _mois(year * 12 + month)


def fraicheur(edition: Edition) -> tuple[Fraicheur, ...]:
    """Every indicator, what is to be done first; then by date, the oldest first."""
    found = [_fraicheur(edition, indicateur) for indicateur in edition.tous(Indicateur)]
    return tuple(sorted(found, key=lambda one: (one.etat, one.jusqu_a or "", edition.rangs[one.indicateur.id])))


def par_service(edition: Edition) -> tuple[tuple[str | None, tuple[Fraicheur, ...]], ...]:
    """What is to be done, by the actor in charge of it, in reading order; None: nobody is in charge yet."""
    todo = [one for one in fraicheur(edition) if one.etat in (Etat.sans_valeur, Etat.depasse)]
    who = {one.indicateur.producteur for one in todo}
    order = sorted(who, key=lambda ident: (ident is None, edition.rangs.get(ident or "", 0)))
    return tuple((ident, tuple(one for one in todo if one.indicateur.producteur == ident)) for ident in order)


def _fraicheur(edition: Edition, indicateur: Indicateur) -> Fraicheur:
    last = derniere(edition, indicateur)
    if last is None:
        return Fraicheur(indicateur, None, None, Etat.sans_valeur)
    if indicateur.validite is None:
        return Fraicheur(indicateur, last, None, Etat.sans_duree)
    end = bornes(last.periode)[1]
    months = end[0] * 12 + end[1] - 1 + indicateur.validite + (end[2] > 1)
    late = mois_entre(end, bornes(edition.date)[0]) > indicateur.validite
    return Fraicheur(indicateur, last, _mois(months), Etat.depasse if late else Etat.a_jour)


def _mois(months: int) -> str:
    return f"{months // 12:04}-{months % 12 + 1:02}"
