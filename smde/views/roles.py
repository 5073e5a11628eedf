"""Who does what: the roles of each actor, and the matrix actors × priorités. Only announced roles are in an edition."""

from dataclasses import dataclass

from smde.edition import Edition
from smde.model.acteurs import Acteur, NomRole, Role, StatutRole
from smde.model.element import Element
from smde.model.schema import Action, Priorite
from smde.model.strategie import Objectif


@dataclass(frozen=True, slots=True)
class Tenu:
    """A role held by an actor in an element."""

    element: Element
    role: Role


@dataclass(frozen=True, slots=True)
class Case:
    """A role in a cell of the matrix, and whether the actor has agreed to it at least once."""

    role: NomRole
    acceptee: bool


@dataclass(frozen=True, slots=True)
class Matrice:
    """Roles of actors (rows) in priorités (columns), through the actions of each priority."""

    priorites: tuple[Priorite, ...]
    rangs: tuple[int, ...]
    """The rank of each priority in the edition, from 1."""
    lignes: tuple[tuple[Acteur, tuple[tuple[Case, ...], ...]], ...]


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
    held: Held = {}
    for action in edition.tous(Action):
        for role in action.roles:
            if action.priorite:
                cell = held.setdefault(action.priorite, {}).setdefault(role.acteur, {})
                cell[role.role] = cell.get(role.role, False) or role.statut is not StatutRole.propose
    columns = [(rang, p) for rang, p in enumerate(edition.tous(Priorite), 1) if p.id in held]
    return tuple(_matrice(edition, columns[i : i + largeur], held) for i in range(0, len(columns), largeur))


Held = dict[str, dict[str, dict[NomRole, bool]]]
"""By priority, then by actor: its roles, and whether it agreed to each."""


def _matrice(edition: Edition, columns: list[tuple[int, Priorite]], held: Held) -> Matrice:
    order = list(NomRole)
    cells = [held[priorite.id] for _, priorite in columns]
    known = sorted({ident for cell in cells for ident in cell}, key=lambda ident: edition.rangs[ident])
    lignes = []
    for ident in known:
        found = [sorted(cell.get(ident, {}).items(), key=lambda item: order.index(item[0])) for cell in cells]
        lignes.append((edition.element(ident, Acteur), tuple(tuple(Case(*item) for item in roles) for roles in found)))
    return Matrice(tuple(p for _, p in columns), tuple(rang for rang, _ in columns), tuple(lignes))
