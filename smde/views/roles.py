"""Who does what: the roles of each actor, and the matrix actors × priorités. Only announced roles are in an edition."""

from dataclasses import dataclass

from smde.edition import Edition
from smde.model.acteurs import Acteur, NomRole, Role
from smde.model.element import Element
from smde.model.schema import Action, Priorite
from smde.model.strategie import Objectif


@dataclass(frozen=True, slots=True)
class Tenu:
    """A role held by an actor in an element."""

    element: Element
    role: Role


@dataclass(frozen=True, slots=True)
class Matrice:
    """Roles of actors (rows) in priorités (columns), through the actions of each priority."""

    priorites: tuple[Priorite, ...]
    lignes: tuple[tuple[Acteur, tuple[tuple[NomRole, ...], ...]], ...]


def portefeuille(edition: Edition, acteur: Acteur) -> tuple[Tenu, ...]:
    """The roles an actor holds, in reading order."""
    return tuple(
        Tenu(element, role)
        for element in edition.citants(acteur.id, Element)
        if isinstance(element, Action | Objectif)
        for role in element.roles
        if role.acteur == acteur.id
    )


def matrice(edition: Edition) -> Matrice:
    """Every actor that holds a role in an action, by priority; the strongest role first."""
    priorites = tuple(edition.tous(Priorite))
    cells: dict[str, dict[str, set[NomRole]]] = {}
    for action in edition.tous(Action):
        for role in action.roles:
            if action.priorite:
                cells.setdefault(role.acteur, {}).setdefault(action.priorite, set()).add(role.role)
    order = list(NomRole)
    lignes = tuple(
        (acteur, tuple(tuple(sorted(cells[acteur.id].get(p.id, ()), key=order.index)) for p in priorites))
        for acteur in edition.tous(Acteur)
        if acteur.id in cells
    )
    return Matrice(priorites, lignes)
