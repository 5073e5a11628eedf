"""Laws, schemes and contracts, and what is linked to each."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.cadres import Articulation, Cadre, Orientation
from smde.mots.cellules import SANS_OBJET, Items, Row, periode_de
from smde.views import articulations
from smde.views.articulations import Service

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire


def intitule(orientation: Orientation, *, reserve: bool = False) -> list[Content]:
    """Code and title of an orientation; the reserve says when nobody has checked that title yet."""
    unsure = " (intitulé à vérifier)" if reserve and not orientation.verifie else None
    return [f"{orientation.code} – ", orientation.titre, unsure]


class Cadres:
    """Laws, schemes and contracts, and what is linked to each, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def traits_cadre(self, cadre: Cadre) -> Items:
        """What identifies a framework."""
        lines: Items = [["Nature : ", mot(cadre.type), self.mots.source(cadre.source)]]
        if cadre.sigle:
            lines.append(["Sigle : ", cadre.sigle])
        if cadre.version:
            lines.append(["Version : ", cadre.version])
        if cadre.date:
            lines.append(f"Date : {ecriture.periode(cadre.date)}")
        if cadre.organe:
            lines.append(["Adopté par : ", cadre.organe])
        if cadre.debut or cadre.fin:
            lines.append(periode_de(cadre.debut, cadre.fin))
        if cadre.signataires:
            lines.append(["Signataires : ", self.mots.liens(cadre.signataires)])
        if cadre.lien_attendu:
            lines.append(f"Lien attendu : {mot(cadre.lien_attendu)}")
        if cadre.remplace_par:
            lines.append(["Remplacé par : ", self.mots.lien(cadre.remplace_par)])
        return lines + ([self.mots.externe(cadre.url, "Lire le texte ou sa présentation")] if cadre.url else [])

    def lignes_cadres(self, cadres: Iterable[Cadre]) -> list[Row]:
        """Framework, nature, date, expected link, orientations served."""
        rows: list[Row] = []
        for cadre in cadres:
            services = [s for s in articulations.articulation(self.edition, cadre) if s.orientation is not None]
            served = f"{sum(bool(service.liens) for service in services)} sur {len(services)}"
            served += " (cadre remplacé)" if cadre.remplace_par and services else ""
            rows.append(
                [
                    self.mots.lien(cadre),
                    ecriture.majuscule(mot(cadre.type)),
                    ecriture.periode(cadre.date) if cadre.date else SANS_OBJET,
                    ecriture.majuscule(mot(cadre.lien_attendu)) if cadre.lien_attendu else SANS_OBJET,
                    served if services else "À compléter" if cadre.a_completer else SANS_OBJET,
                ]
            )
        return rows

    def cadres_lus(self) -> list[Cadre]:
        """The frameworks whose orientations the dossier knows, in reading order."""
        return [cadre for cadre in self.edition.tous(Cadre) if cadre.orientations]

    def lignes_non_servies(self) -> list[Row]:
        """Framework in force, how much of it is served, what it has that the dossier does not serve."""
        rows: list[Row] = []
        for cadre in self.cadres_lus():
            missing = articulations.non_servies(self.edition, cadre)
            served, total = articulations.comptes(articulations.articulation(self.edition, cadre))
            if missing:
                named = self.mots.puces([intitule(orientation) for orientation in missing])
                rows.append([self.mots.lien(cadre), f"{ecriture.nombre(served)} sur {ecriture.nombre(total)}", named])
        return rows

    def cadres_incomplets(self) -> list[Content]:
        """Frameworks whose description is not complete."""
        cadres = [cadre for cadre in self.edition.tous(Cadre) if cadre.a_completer]
        return [[self.mots.lien(cadre), " : ", cadre.a_completer] for cadre in cadres]

    def lignes_articulations(self, articulations: Iterable[Articulation]) -> list[Row]:
        """Framework, orientation, nature of the link, comment."""
        rows: list[Row] = []
        for articulation in articulations:
            cadre = self.edition.element(articulation.cadre, Cadre)
            known = {orientation.code: orientation for orientation in cadre.orientations}
            code = articulation.orientation
            shown = intitule(known[code]) if code in known else code or "Ensemble du cadre"
            nature = ecriture.majuscule(mot(articulation.nature))
            rows.append([self.mots.lien(cadre), shown, nature, articulation.commentaire or SANS_OBJET])
        return rows

    def lignes_articulation(self, services: Iterable[Service]) -> list[Row]:
        """Orientation, what is linked to it and how."""
        rows: list[Row] = []
        for service in services:
            orientation = service.orientation
            head = "Ensemble du cadre" if orientation is None else intitule(orientation, reserve=True)
            linked = self.mots.puces(
                [[self.mots.lien(lien.element), f" : {mot(lien.articulation.nature)}"] for lien in service.liens]
            )
            rows.append([head, linked if linked.nodes else "Rien dans le dossier"])
        return rows

    def lignes_montants(self, cadre: Cadre) -> list[Row]:
        """Amounts a framework states, with their source."""
        return [
            [[montant.libelle, self.mots.source(cadre.source)], ecriture.mesure(montant.millions, "M€")]
            for montant in cadre.montants
        ]
