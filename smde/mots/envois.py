"""What was handed to whom, for the readers of the register."""

from typing import TYPE_CHECKING

from smde import ecriture
from smde.changements.comparaison import Comparaison, comparer
from smde.fragments import Content, joints
from smde.libelles import mot
from smde.model.acteurs import Acteur
from smde.model.envois import Envoi, FichierRemis
from smde.model.identite import Livrable
from smde.mots.cellules import SANS_OBJET, Items, Row, empreinte_entiere
from smde.views.envois import detenus, publie, recents

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire


def page_de_remise(ident: str) -> str:
    """The page that says what changed since an envoi."""
    return f"remises/depuis-{ident}"


class Envois:
    """The register of what was handed over, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition, self._remises = vocabulaire, vocabulaire.edition, vocabulaire.remises
        self._comparaisons: dict[str, Comparaison] = {}

    def envois(self) -> list[Envoi]:
        """Everything that was handed over, the last first."""
        return recents(self.edition.tous(Envoi))

    def remise(self, ident: str) -> Envoi:
        """An envoi, by its id."""
        return self.edition.element(ident, Envoi)

    def comparaison_remise(self, ident: str) -> Comparaison:
        """What changed since an envoi, for who received it."""
        if ident not in self._comparaisons:
            held = self._remises[ident]
            self._comparaisons[ident] = comparer(held.avant, held.apres)
        return self._comparaisons[ident]

    def commande_depuis(self, envoi: Envoi) -> str:
        """What to type for the same documents with tracked changes since then; nothing when none is made any more."""
        made = [ident for ident in envoi.documents if isinstance(self.edition.elements.get(ident), Livrable)]
        typed = f"python3 build.py documents {' '.join(made)} --diffusion {envoi.edition.name} --depuis {envoi.id}"
        return typed if made else ""

    def traits_envoi(self, envoi: Envoi) -> Items:
        """To whom, when, from which edition."""
        lines: Items = [["Remis à : ", self.mots.lien(envoi.acteur)]]
        lines.append(["Documents : ", self._documents(envoi)])
        lines.append(f"Date : {ecriture.jour(envoi.date)}")
        if envoi.seance:
            lines.append(["Séance : ", self.mots.lien(envoi.seance)])
        lines.append(f"Version : {ecriture.jour(envoi.version)}, édition {mot(envoi.edition)}")
        if envoi.copie:
            lines.append("Copie : remis pour information")
        if envoi.id in self._remises:
            lines.append(["Depuis : ", self._depuis(envoi)])
        return lines

    def lignes_fichiers_remis(self, envoi: Envoi) -> list[Row]:
        """File, sha256; what the next comparison starts from comes last."""
        rows: list[Row] = [
            [self.mots.fichier(publie(envoi, fichier), fichier.nom), self._empreinte(fichier)]
            for fichier in envoi.remis
        ]
        if envoi.contenu is not None:
            rows.append([[self.mots.code_mot(envoi.contenu.nom), " (pour comparer)"], self._empreinte(envoi.contenu)])
        return rows

    def _empreinte(self, fichier: FichierRemis) -> Content:
        return self.mots.code_mot(empreinte_entiere(fichier.empreinte))

    def lignes_detenus(self) -> list[Row]:
        """Actor, document, version held, what changed since."""
        return [
            [self.mots.lien(acteur), *row]
            for acteur in self.edition.tous(Acteur)
            for row in self.lignes_en_main(acteur)
        ]

    def lignes_en_main(self, acteur: Acteur) -> list[Row]:
        """Document, version held and when it was handed over, what changed since."""
        return [
            [
                self._document(ident),
                [
                    f"Version du {ecriture.jour(envoi.version)}, remise le {ecriture.jour(envoi.date)} : ",
                    self.mots.lien(envoi, "voir la remise"),
                ],
                self._depuis(envoi),
            ]
            for ident, envoi in detenus(self.edition.tous(Envoi), acteur.id)
        ]

    def remis_a(self, acteur: Acteur) -> list[Envoi]:
        """What an actor was handed, the last first."""
        return recents(one for one in self.edition.citants(acteur.id, Envoi) if one.acteur == acteur.id)

    def lignes_remises(self, envois: list[Envoi]) -> list[Row]:
        """Envoi, documents, version and edition, séance."""
        return [
            [
                self.mots.lien(envoi),
                self._documents(envoi),
                f"{ecriture.jour(envoi.version)}, édition {mot(envoi.edition)}",
                self.mots.lien(envoi.seance) if envoi.seance else SANS_OBJET,
            ]
            for envoi in envois
        ]

    def _depuis(self, envoi: Envoi) -> Content:
        """How many changes since an envoi, and the page that says which."""
        if envoi.id not in self._remises:
            return SANS_OBJET
        count = len(self.comparaison_remise(envoi.id).changements)
        words = ecriture.accord(count, "changement") if count else "rien n'a changé"
        return self.mots.page(page_de_remise(envoi.id), words)

    def _documents(self, envoi: Envoi) -> Content:
        return joints(map(self._document, envoi.documents), " ; ")

    def _document(self, ident: str) -> Content:
        """A document; its id alone when it is no longer made."""
        return self.mots.lien(ident) if ident in self.edition.elements else self.mots.code_mot(ident)
