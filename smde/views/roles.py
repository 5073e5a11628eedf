"""Who does what: the roles of each actor, and the matrix actors × priorités. Only announced roles are in an edition."""

from collections.abc import Iterable
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


def tenus(edition: Edition, elements: Iterable[Element]) -> tuple[tuple[Acteur, tuple[Tenu, ...]], ...]:
    """Who holds a role in these elements, and which; actors in reading order."""
    found: dict[str, list[Tenu]] = {}
    for element in elements:
        for role in element.roles if isinstance(element, Action | Objectif) else ():
            found.setdefault(role.acteur, []).append(Tenu(element, role))
    order = sorted(found, key=lambda ident: edition.rangs.get(ident, len(edition.elements)))
    return tuple((edition.element(ident, Acteur), tuple(found[ident])) for ident in order if ident in edition.elements)


def matrices(edition: Edition, largeur: int = LARGEUR) -> tuple[Matrice, ...]:
    """Actors × priorités, `largeur` priorités at a time; only those of either that hold or receive a role."""
    held = _held(edition)
    columns = [(rang, p) for rang, p in enumerate(edition.tous(Priorite), 1) if p.id in held]
    return tuple(_matrice(edition, columns[i : i + largeur], held) for i in range(0, len(columns), largeur))


FAMILLES: tuple[tuple[NomRole, ...], ...] = (
    (NomRole.chef_de_file, NomRole.pilote, NomRole.copilote),
    (NomRole.maitre_ouvrage,),
    (NomRole.financeur,),
    (NomRole.partenaire, NomRole.operateur, NomRole.consulte, NomRole.informe, NomRole.beneficiaire),
)
"""Who leads, who does the works, who pays, who takes part."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Who holds what in one priority, by family of roles: each actor, its roles, whether it agreed to each."""

    priorite: Priorite
    familles: tuple[tuple[tuple[Acteur, tuple[Case, ...]], ...], ...]


def distributions(edition: Edition) -> tuple[Distribution, ...]:
    """Who does what, priority by priority; one without any role is listed too."""
    held = _held(edition)
    return tuple(
        Distribution(p, tuple(_famille(edition, held.get(p.id, {}), famille) for famille in FAMILLES))
        for p in edition.tous(Priorite)
    )


def _famille(
    edition: Edition, held: dict[str, dict[NomRole, bool]], famille: tuple[NomRole, ...]
) -> tuple[tuple[Acteur, tuple[Case, ...]], ...]:
    found = []
    for ident in sorted(held, key=lambda ident: edition.rangs[ident]):
        cases = tuple(Case(role, held[ident][role]) for role in famille if role in held[ident])
        if cases:
            found.append((edition.element(ident, Acteur), cases))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Part:
    """How many elements of one kind an actor holds one role in, agreed or only proposed."""

    role: NomRole
    genre: str
    compte: int
    acceptee: bool


def parts(tenus: Iterable[Tenu]) -> tuple[Part, ...]:
    """The roles of one actor in a few lines: role by role, what is agreed first."""
    counts: dict[tuple[bool, NomRole, str], int] = {}
    for tenu in tenus:
        key = (tenu.role.statut is not StatutRole.propose, tenu.role.role, tenu.element.genre)
        counts[key] = counts.get(key, 0) + 1
    order = list(NomRole)
    keys = sorted(counts, key=lambda key: (not key[0], order.index(key[1]), key[2] != Objectif.genre))
    return tuple(Part(role, genre, counts[agreed, role, genre], agreed) for agreed, role, genre in keys)


Held = dict[str, dict[str, dict[NomRole, bool]]]
"""By priority, then by actor: its roles, and whether it agreed to each."""


def _held(edition: Edition) -> Held:
    held: Held = {}
    for action in edition.tous(Action):
        for role in action.roles:
            if action.priorite:
                cell = held.setdefault(action.priorite, {}).setdefault(role.acteur, {})
                cell[role.role] = cell.get(role.role, False) or role.statut is not StatutRole.propose
    return held


def _matrice(edition: Edition, columns: list[tuple[int, Priorite]], held: Held) -> Matrice:
    order = list(NomRole)
    cells = [held[priorite.id] for _, priorite in columns]
    known = sorted({ident for cell in cells for ident in cell}, key=lambda ident: edition.rangs[ident])
    lignes = []
    for ident in known:
        found = [sorted(cell.get(ident, {}).items(), key=lambda item: order.index(item[0])) for cell in cells]
        lignes.append((edition.element(ident, Acteur), tuple(tuple(Case(*item) for item in roles) for roles in found)))
    return Matrice(tuple(p for _, p in columns), tuple(rang for rang, _ in columns), tuple(lignes))
