"""The orientations that apply to a métropole (CGCT L4251-15): the six months, and both sides face to face."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from smde.edition import Edition
from smde.model.cadres import Articulation, Cadre, Orientation, TypeCadre
from smde.model.schema import Priorite
from smde.model.strategie import Objectif
from smde.periodes import bornes, dans_mois
from smde.views.articulations import articulation

MOIS = 6
"""Months that a métropole has, from the adoption of the regional scheme, to send a document of its own."""


@dataclass(frozen=True, slots=True)
class Delai:
    """The last day to send a document of orientations; two days when the adoption is known to the month or the year."""

    adoption: str
    plus_tot: date
    plus_tard: date
    depasse: bool | None
    """At the date of the version; None when that depends on a day which is not known."""
    jours: int
    """From the date of the version to the last day, or from the last day to it: to the latest of the two days."""

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.plus_tot == self.plus_tard


@dataclass(frozen=True, slots=True)
class FaceAFace:
    """An orientation of the region (None: the scheme as a whole), and the priorities that stand to it."""

    orientation: Orientation | None
    priorites: tuple[tuple[Priorite, Articulation], ...]
    objectifs: tuple[Objectif, ...]
    """What these priorities serve."""


def schema_regional(edition: Edition, cadres: Iterable[str]) -> Cadre | None:
    """The regional scheme among these frameworks: the one that nothing replaces, failing one the last named."""
    named = [cadre for ident in cadres if isinstance(cadre := edition.elements.get(ident), Cadre)]
    schemes = [cadre for cadre in named if cadre.type is TypeCadre.srdeii]
    current = [cadre for cadre in schemes if cadre.remplace_par is None]
    return next(iter(current or reversed(schemes)), None)


def delai(cadre: Cadre, version: str) -> Delai | None:
    """The six months of a scheme, read on the date of a version; None when its adoption has no date."""
    if cadre.date is None:
        return None
    first, last = (date(*dans_mois(day, MOIS)) for day in bornes(cadre.date))
    today = date.fromisoformat(version)
    passed = True if today > last else False if today <= first else None
    return Delai(cadre.date, first, last, passed, abs((last - today).days))


def face_a_face(edition: Edition, cadre: Cadre) -> tuple[FaceAFace, ...]:
    """Orientation by orientation, the priorities that stand to it and what they serve; one line too for none."""
    rows = []
    for service in articulation(edition, cadre):
        linked = tuple(
            (lien.element, lien.articulation) for lien in service.liens if isinstance(lien.element, Priorite)
        )
        if linked or service.orientation is not None:
            served = dict.fromkeys(ident for priorite, _ in linked for ident in priorite.objectifs)
            rows.append(FaceAFace(service.orientation, linked, _objectifs(edition, served)))
    return tuple(rows)


def _objectifs(edition: Edition, idents: Iterable[str]) -> tuple[Objectif, ...]:
    return tuple(found for ident in idents if isinstance(found := edition.elements.get(ident), Objectif))


def sans_lien(edition: Edition, cadre: Cadre) -> tuple[Priorite, ...]:
    """The priorities that say nothing of a framework."""
    return tuple(
        priorite
        for priorite in edition.tous(Priorite)
        if all(lien.cadre != cadre.id for lien in priorite.articulations)
    )
