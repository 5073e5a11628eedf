"""Who does what: actors, groups, bodies, and the roles they hold."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.acteurs import Acteur, EtapeCircuit, Groupe, Membre, Organisation, Role, StatutRole
from smde.model.element import Element
from smde.mots.cellules import SANS_OBJET, Items, Row
from smde.views import roles
from smde.views.roles import Case, Matrice, Tenu

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

TITRE_COURT = 24
"""Titles of priorities longer than that are replaced by a code in the head of the matrix."""


class Acteurs:
    """Who does what, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def traits_acteur(self, acteur: Acteur) -> Items:
        """Kind, number, site and contact of an actor."""
        lines: Items = [f"Catégorie : {mot(acteur.type)}"]
        if acteur.sigle and acteur.sigle != acteur.titre:
            lines.append(f"Sigle : {acteur.sigle}")
        if acteur.siren:
            lines.append(f"SIREN : {acteur.siren[:3]} {acteur.siren[3:6]} {acteur.siren[6:]}")
        if acteur.site:
            lines.append(self.mots.externe(acteur.site, "Site de l'acteur"))
        return lines + ([f"Interlocuteur : {acteur.contact}"] if acteur.contact else [])

    def traits_groupe(self, groupe: Groupe) -> Items:
        """The type of a working group."""
        return [f"Type : {mot(groupe.type)}"]

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
        """Roles of an actor: element, kind, role, status, precision."""
        return [
            [
                self.mots.lien(tenu.element),
                ecriture.majuscule(self.edition.libelle(tenu.element.genre)),
                ecriture.majuscule(mot(tenu.role.role)) + (" (principal)" if tenu.role.principal else ""),
                self.mots.pastille(tenu.role.statut),
                tenu.role.precision or SANS_OBJET,
            ]
            for tenu in tenus
        ]

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
        """Kind, actor, how many roles it holds; the kinds in the order they are met."""
        acteurs = self.edition.tous(Acteur)
        kinds = list(dict.fromkeys(acteur.type for acteur in acteurs))
        rows: list[Row] = []
        for acteur in sorted(acteurs, key=lambda acteur: kinds.index(acteur.type)):
            held = len(roles.portefeuille(self.edition, acteur))
            count = ecriture.nombre(held) if held else SANS_OBJET
            rows.append([self.mots.lien(acteur), ecriture.majuscule(mot(acteur.type)), count])
        return rows

    def legende_matrice(self, matrice: Matrice) -> list[Content]:
        """What each code in the head of the matrix stands for; nothing when the titles are short enough."""
        return [[f"{code} : ", self.mots.lien(priorite)] for code, priorite in self._codes(matrice)]

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
                *(ecriture.majuscule(", ".join(map(_case, cell))) or SANS_OBJET for cell in cells),
            ]
            for acteur, cells in matrice.lignes
        ]


def _case(case: Case) -> str:
    """A role; one that the actor has not accepted is never shown as if it had."""
    return mot(case.role) if case.acceptee else f"{mot(case.role)} ({mot(StatutRole.propose)})"
