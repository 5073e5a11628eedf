"""How the strategy stands to each framework: orientation by orientation, what serves it and what nothing serves."""

from dataclasses import dataclass

from smde.edition import Edition
from smde.model.cadres import Articulation, Cadre, Orientation
from smde.model.schema import Action, Priorite


@dataclass(frozen=True, slots=True)
class Lien:
    """An element and the link it declares."""

    element: Priorite | Action
    articulation: Articulation


@dataclass(frozen=True, slots=True)
class Service:
    """An orientation (None: the framework as a whole) and what is linked to it."""

    orientation: Orientation | None
    liens: tuple[Lien, ...]


def articulation(edition: Edition, cadre: Cadre) -> tuple[Service, ...]:
    """Every orientation of a framework with its links, then the links to the framework as a whole."""
    linked: list[Priorite | Action] = [*edition.citants(cadre.id, Priorite), *edition.citants(cadre.id, Action)]
    by_code: dict[str | None, list[Lien]] = {orientation.code: [] for orientation in cadre.orientations}
    whole: list[Lien] = []
    for element in linked:
        for lien in element.articulations:
            if lien.cadre == cadre.id:
                by_code.get(lien.orientation, whole).append(Lien(element, lien))
    rows = [Service(orientation, tuple(by_code[orientation.code])) for orientation in cadre.orientations]
    return (*rows, *([Service(None, tuple(whole))] if whole else []))


def non_servies(edition: Edition, cadre: Cadre) -> tuple[Orientation, ...]:
    """What a framework has and the dossier does not serve; nothing for a framework that another replaces."""
    if cadre.remplace_par:
        return ()
    services = articulation(edition, cadre)
    return tuple(s.orientation for s in services if s.orientation is not None and not s.liens)


def comptes(services: tuple[Service, ...]) -> tuple[int, int]:
    """How many orientations something serves, out of how many."""
    listed = [service for service in services if service.orientation is not None]
    return sum(bool(service.liens) for service in listed), len(listed)
