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
    rangs: tuple[int, ...]
    """The rank of each priority in the edition, from 1."""
    lignes: tuple[tuple[Acteur, tuple[tuple[NomRole, ...], ...]], ...]


LARGEUR = 12
"""As many priorities as a page can show side by side."""


def portefeuille(edition: Edition, acteur: Acteur) -> tuple[Tenu, ...]:
    """The roles an actor holds, in reading order."""
    return tuple(
        Tenu(element, role)
        for element in edition.citants(acteur.id, Element)
        if isinstance(element, Action | Objectif)
        for role in element.roles
        if role.acteur == acteur.id
    )


def matrices(edition: Edition, largeur: int = LARGEUR) -> tuple[Matrice, ...]:
    """Actors × priorités, `largeur` priorités at a time; only those of either that hold or receive a role."""
    held: dict[str, dict[str, set[NomRole]]] = {}
    for action in edition.tous(Action):
        for role in action.roles:
            if action.priorite:
                held.setdefault(action.priorite, {}).setdefault(role.acteur, set()).add(role.role)
    columns = [(rang, p) for rang, p in enumerate(edition.tous(Priorite), 1) if p.id in held]
    return tuple(_matrice(edition, columns[i : i + largeur], held) for i in range(0, len(columns), largeur))


def _matrice(
    edition: Edition, columns: list[tuple[int, Priorite]], held: dict[str, dict[str, set[NomRole]]]
) -> Matrice:
    order = list(NomRole)
    cells = [held[priorite.id] for _, priorite in columns]
    known = sorted({ident for cell in cells for ident in cell}, key=lambda ident: edition.rangs[ident])
    lignes = tuple(
        (
            edition.element(ident, Acteur),
            tuple(tuple(sorted(cell.get(ident, ()), key=order.index)) for cell in cells),
        )
        for ident in known
    )
    return Matrice(tuple(priorite for _, priorite in columns), tuple(rang for rang, _ in columns), lignes)
