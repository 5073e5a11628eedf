"""Who does what: actors, groups, bodies, and the roles they hold."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content, Fragment, joints
from smde.libelles import mot
from smde.model.acteurs import Acteur, EtapeCircuit, Groupe, Membre, NomRole, Organisation, Role, StatutRole
from smde.model.element import Element
from smde.mots.cellules import SANS_OBJET, Items, Row
from smde.views import roles
from smde.views.roles import FAMILLES, Case, Matrice, Part, Tenu

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

TITRE_COURT = 24
"""Titles of priorities longer than that are replaced by a code in the head of the matrix."""
SIGLES_ROLES = dict(zip(NomRole, ("CF", "P", "CP", "MO", "Pa", "F", "O", "C", "I", "B"), strict=True))
"""What stands for a role in a cell of the matrix."""


TETES = ("Qui conduit", "Qui réalise (maître d'ouvrage)", "Qui finance", "Qui participe")
POIDS = (2, 2, 2, 4)
NUL = (
    "aucun acteur ne conduit",
    "aucun maître d'ouvrage n'est annoncé",
    "aucun financeur n'est annoncé",
    "aucun partenaire n'est annoncé",
)
USUELS = (NomRole.pilote, NomRole.maitre_ouvrage, NomRole.financeur, NomRole.partenaire)
"""By family of roles: head and share of its column, what is said of an empty one, the role that needs no words."""
A_LA_LIGNE = Fragment(({"t": "LineBreak"},))


class Acteurs:
    """Who does what, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def traits_acteur(self, acteur: Acteur) -> Items:
        """Kind, number, site and contact of an actor."""
        lines: Items = [f"Catégorie : {mot(acteur.type)}"]
        if acteur.sigle and acteur.sigle != acteur.titre:
            lines.append(["Sigle : ", acteur.sigle])
        if acteur.siren:
            lines.append(f"SIREN : {acteur.siren[:3]} {acteur.siren[3:6]} {acteur.siren[6:]}")
        if acteur.site:
            lines.append(self.mots.externe(acteur.site, "Site de l'acteur"))
        return lines + ([["Interlocuteur : ", acteur.contact]] if acteur.contact else [])

    def traits_groupe(self, groupe: Groupe) -> Items:
        """The type of a working group."""
        return [f"Type : {mot(groupe.type)}"]

    def lignes_groupes(self) -> list[Row]:
        """Working group, what it does, validation."""
        return [
            [self.mots.lien(groupe), self.mots.ligne(groupe.texte or groupe.mandat), self.mots.statut(groupe)]
            for groupe in self.edition.tous(Groupe)
        ]

    def traits_organisation(self, organisation: Organisation) -> Items:
        """What a body or a service belongs to."""
        return [["Relève de : ", self.mots.lien(organisation.acteur)]] if organisation.acteur else []

    def lignes_roles(self, roles: Iterable[Role]) -> list[Row]:
        """Actor, role, status, precision."""
        return [
            [
                self.mots.lien(role.acteur),
                ecriture.majuscule(mot(role.role)) + (" (principal)" if role.principal else ""),
                self.mots.pastille(role.statut),
                role.precision or SANS_OBJET,
            ]
            for role in roles
        ]

    def lignes_portefeuille(self, tenus: Iterable[Tenu]) -> list[Row]:
        """Roles of an actor, an element a row: element, kind, roles, status, precision."""
        rows: list[Row] = []
        for (ident, statut), group in groupby(tenus, key=lambda tenu: (tenu.element.id, tenu.role.statut)):
            held = list(group)
            named = [mot(tenu.role.role) + (" (principal)" if tenu.role.principal else "") for tenu in held]
            details = list(dict.fromkeys(tenu.role.precision for tenu in held if tenu.role.precision))
            rows.append(
                [
                    self.mots.lien(ident),
                    ecriture.majuscule(self.edition.libelle(held[0].element.genre)),
                    ecriture.majuscule(ecriture.enumeration(named)),
                    self.mots.pastille(statut),
                    joints(details, " ; ") or SANS_OBJET,
                ]
            )
        return rows

    def lignes_membres(self, membres: Iterable[Membre]) -> list[Row]:
        """Actor, capacity, status."""
        return [
            [self.mots.lien(membre.acteur), membre.qualite or SANS_OBJET, self.mots.pastille(membre.statut)]
            for membre in membres
        ]

    def lignes_circuit(self, circuit: Sequence[EtapeCircuit]) -> list[Row]:
        """Rank, body, what it examines."""
        return [[str(rank), self.mots.lien(etape.instance), etape.objet] for rank, etape in enumerate(circuit, 1)]

    def lignes_acteurs(self) -> list[Row]:
        """Actor, kind, what it does in words; those that hold a role only, the kinds in the order they are met."""
        rows: list[Row] = []
        for acteur in self._par_type():
            if parts := roles.parts(roles.portefeuille(self.edition, acteur)):
                rows.append([self.mots.lien(acteur), ecriture.majuscule(mot(acteur.type)), self._parts(parts)])
        return rows

    def acteurs_sans_role(self) -> list[Content]:
        """The actors that hold no role in this edition, gathered by kind."""
        idle = [acteur for acteur in self._par_type() if not roles.parts(roles.portefeuille(self.edition, acteur))]
        return [
            [self.mots.fort(f"{ecriture.majuscule(mot(kind))} : "), self.mots.liens(group), "."]
            for kind, group in groupby(idle, key=lambda acteur: acteur.type)
        ]

    def _par_type(self) -> list[Acteur]:
        acteurs = self.edition.tous(Acteur)
        kinds = list(dict.fromkeys(acteur.type for acteur in acteurs))
        return sorted(acteurs, key=lambda acteur: kinds.index(acteur.type))

    def resume_roles(self, acteur: Acteur) -> str:
        """« Pilote : 17 objectifs et 33 actions ; … », or nothing."""
        return self._parts(roles.parts(roles.portefeuille(self.edition, acteur)))

    def lignes_agissants(self, acteurs: Iterable[tuple[Acteur, Sequence[Part]]]) -> list[Row]:
        """Actor, and what it does."""
        return [[self.mots.lien(acteur), self._parts(parts)] for acteur, parts in acteurs]

    def _parts(self, parts: Sequence[Part]) -> str:
        """The portfolio of an actor in one line."""
        lines: list[str] = []
        for (role, agreed), group in groupby(parts, key=lambda part: (part.role, part.acceptee)):
            counts = [
                ecriture.accord(
                    part.compte, self.edition.libelle(part.genre), self.edition.libelle(part.genre, pluriel=True)
                )
                for part in group
            ]
            words = mot(role) if agreed else f"{mot(role)} ({mot(StatutRole.propose)})"
            lines.append(f"{words} : {ecriture.enumeration(counts)}")
        return ecriture.majuscule(" ; ".join(lines))

    def distribution(self) -> tuple[list[Content], list[Row], list[float], list[str]]:
        """Who does what, priority by priority: heads of the columns, rows, widths, and what nobody does yet."""
        found = roles.distributions(self.edition)
        kept = [rank for rank in range(len(FAMILLES)) if any(one.familles[rank] for one in found)]
        heads: list[Content] = [ecriture.majuscule(self.edition.libelle("priorite"))]
        rows: list[Row] = [
            [self.mots.lien(one.priorite), *(self._famille(one.familles[rank], rank) for rank in kept)] for one in found
        ]
        absents = [NUL[rank] for rank in range(len(FAMILLES)) if rank not in kept]
        whole = 4 + sum(POIDS[rank] for rank in kept)
        widths = [4 / whole, *(POIDS[rank] / whole for rank in kept)]
        return heads + [TETES[rank] for rank in kept], rows if kept else [], widths, absents

    def _famille(self, famille: Sequence[tuple[Acteur, Sequence[Case]]], rank: int) -> Content:
        """The actors of a family of roles, role by role; what the head of the column already says is not said again."""
        if not famille:
            return "Personne à ce jour"
        by_role: dict[tuple[bool, NomRole], list[Content]] = {}
        for acteur, cases in famille:
            for case in cases:
                link = self.mots.lien(acteur, acteur.sigle or acteur.titre)
                by_role.setdefault((not case.acceptee, case.role), []).append(link)
        items: list[Content] = []
        order = list(NomRole)
        for (pending, role), links in sorted(by_role.items(), key=lambda item: (item[0][0], order.index(item[0][1]))):
            said = mot(role) if role is not USUELS[rank] else ""
            label = f"{said} ({mot(StatutRole.propose)})" if said and pending else said or "proposé" * pending
            items += ([A_LA_LIGNE] if items else []) + [
                [f"{ecriture.majuscule(label)} : " if label else "", *joints(links, " ; ")]
            ]
        return items

    def acteurs_de_matrice(self) -> list[Acteur]:
        """The actors that hold a role in the actions, each once."""
        found = {acteur.id: acteur for matrice in roles.matrices(self.edition) for acteur, _ in matrice.lignes}
        return list(found.values())

    def legende_matrice(self, matrice: Matrice) -> list[Content]:
        """What each code of the matrix stands for: the priorities when their titles are long, the roles met."""
        lines: list[Content] = [[f"{code} : ", self.mots.lien(priorite)] for code, priorite in self._codes(matrice)]
        met = {case.role for _, cells in matrice.lignes for cell in cells for case in cell}
        lines += [f"{SIGLES_ROLES[role]} : {mot(role)}" for role in NomRole if role in met]
        if any(not case.acceptee for _, cells in matrice.lignes for cell in cells for case in cell):
            lines.append("Entre parenthèses : rôle proposé, que l'acteur n'a pas encore accepté")
        return lines

    def entetes_matrice(self, matrice: Matrice) -> list[Content]:
        """Actor, then each priority, by its code when titles are long; no link: PDF/UA has none in a repeated head."""
        codes = [code for code, _ in self._codes(matrice)]
        return ["Acteur", *(codes or [priorite.titre for priorite in matrice.priorites])]

    def _codes(self, matrice: Matrice) -> list[tuple[str, Element]]:
        if all(len(priorite.titre) <= TITRE_COURT for priorite in matrice.priorites):
            return []
        return [(f"P{rang}", p) for rang, p in zip(matrice.rangs, matrice.priorites, strict=True)]

    def lignes_matrice(self, matrice: Matrice) -> list[Row]:
        """Roles of each actor in each priority."""
        return [
            [
                self.mots.lien(acteur),
                *(self._codees(cell) for cell in cells),
            ]
            for acteur, cells in matrice.lignes
        ]

    def _codees(self, cell: Sequence[Case]) -> list[Content]:
        """The roles of a cell by their codes; each says its words to who asks."""
        codes: list[Content] = []
        for case in cell:
            code = SIGLES_ROLES[case.role]
            shown = self.mots.sigle(code if case.acceptee else f"({code})", _case(case))
            codes += ([" "] if codes else []) + [shown]
        return codes


def _case(case: Case) -> str:
    """A role; one that the actor has not accepted is never shown as if it had."""
    return mot(case.role) if case.acceptee else f"{mot(case.role)} ({mot(StatutRole.propose)})"
