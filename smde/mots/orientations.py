"""The orientations that apply to a métropole, in the two forms of the law: six months, and both sides face to face."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.cadres import Articulation, Cadre
from smde.model.identite import FormeOrientations, Livrable
from smde.model.schema import Action, Priorite
from smde.mots.cadres import intitule
from smde.mots.cellules import SANS_OBJET, Row
from smde.views import orientations
from smde.views.orientations import Delai, FaceAFace

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

_ENSEMBLE = "Ensemble du schéma"
_RIEN = "Aucune priorité ne s'y rattache"


class Orientations:
    """The orientations that apply to a métropole, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def formes(self, livrable: Livrable) -> list[str]:
        """The forms of the law that a document takes: the one it names, both when it names none."""
        return [forme.name for forme in FormeOrientations if livrable.forme in (None, forme)]

    def schema_regional(self, livrable: Livrable) -> Cadre | None:
        """The regional scheme among the frameworks of a document."""
        return orientations.schema_regional(self.edition, livrable.cadres)

    def six_mois(self, cadre: Cadre) -> Delai | None:
        """The six months of a scheme, at the date of this version."""
        return orientations.delai(cadre, self.edition.date)

    def lignes_delai(self, cadre: Cadre) -> list[Row]:
        """What the law dates, and the day: adoption, last day to send a document of its own, where that stands."""
        delai = self.six_mois(cadre)
        if delai is None:
            blank = self.mots.a_remplir("date d'adoption du schéma")
            return [["Adoption du schéma régional", blank], ["Dernier jour des six mois", "Ne peut pas être calculé"]]
        last = ecriture.jour(delai.plus_tard)
        if not delai.exact:
            last = f"Entre le {ecriture.jour(delai.plus_tot)} et le {last} : le jour de l'adoption n'est pas connu"
        return [
            ["Adoption du schéma régional", ecriture.majuscule(ecriture.periode(delai.adoption))],
            ["Dernier jour des six mois", last],
            ["À la date de cette version", self.etat_delai(delai)],
        ]

    def etat_delai(self, delai: Delai) -> str:
        """Whether the six months are over at the date of this version."""
        if delai.depasse is None:
            return "Impossible à dire sans le jour de l'adoption"
        days = ecriture.accord(delai.jours, "jour")
        if delai.depasse:
            return f"Délai dépassé depuis le {ecriture.jour(delai.plus_tard + timedelta(1))} ({days})"
        return f"Délai ouvert : il reste {days}" if delai.jours else "Délai ouvert : dernier jour"

    def face_a_face(self, cadre: Cadre) -> tuple[FaceAFace, ...]:
        """Both sides, orientation by orientation."""
        return orientations.face_a_face(self.edition, cadre)

    def lignes_face_a_face(self, cadre: Cadre) -> list[Row]:
        """Orientation of the region, our priorities with the link in the law's words, what they serve."""
        rows: list[Row] = []
        for face in self.face_a_face(cadre):
            linked = self.mots.puces([self._priorite(priorite, lien) for priorite, lien in face.priorites])
            served = self.mots.liste(face.objectifs)
            rows.append([self.nom(face), linked if linked.nodes else _RIEN, served if served.nodes else SANS_OBJET])
        return rows

    def nom(self, face: FaceAFace) -> Content:
        """The code and title of an orientation of the region."""
        return _ENSEMBLE if face.orientation is None else intitule(face.orientation, reserve=True)

    def liens_priorites(self, face: FaceAFace) -> Content:
        """The priorities that stand to an orientation, one after the other."""
        return self.mots.liens([priorite for priorite, _ in face.priorites])

    def _priorite(self, priorite: Priorite, lien: Articulation) -> Content:
        return [self.mots.lien(priorite), " – ", *_lien(lien)]

    def lignes_cote_metropole(self, cadre: Cadre) -> list[Row]:
        """Each of our priorities, the orientations of the region it stands to, and how."""
        known = {orientation.code: orientation for orientation in cadre.orientations}
        rows: list[Row] = []
        for priorite in self.edition.tous(Priorite):
            items: list[Content] = []
            for lien in priorite.articulations:
                if lien.cadre == cadre.id:
                    code = lien.orientation
                    named = intitule(known[code]) if code in known else code or _ENSEMBLE
                    items.append([named, " – ", *_lien(lien)])
            rows.append([self.mots.lien(priorite), self.mots.puces(items) if items else "Aucun lien déclaré"])
        return rows

    def priorites_sans_lien(self, cadre: Cadre) -> tuple[Priorite, ...]:
        """The priorities that say nothing of a scheme."""
        return orientations.sans_lien(self.edition, cadre)

    def lignes_prise_en_compte(self, cadre: Cadre) -> list[Row]:
        """Orientation of the region, how a document of our own takes it into account, the difference and its reason."""
        rows: list[Row] = []
        for face in self.face_a_face(cadre):
            taken = self.mots.liens([priorite for priorite, _ in face.priorites])
            gap = self.mots.a_remplir("écart assumé et son motif, ou « aucun »" if taken.nodes else "motif du silence")
            rows.append([self.nom(face), taken if taken.nodes else _RIEN, gap])
        return rows

    def actions_avec_aide(self) -> list[Action]:
        """The actions that pay aid to firms or touch their property: the acts that the law looks at."""
        return [action for action in self.edition.tous(Action) if action.aide_entreprise or action.immobilier]

    def lignes_orientations_propres(self, priorites: Iterable[Priorite]) -> list[Row]:
        """Priority, what it serves, its actions with their code."""
        rows: list[Row] = []
        for priorite in priorites:
            found = self.edition.citants(priorite.id, Action)
            actions = self.mots.puces([[self.mots.lien(one), " ", self.mots.code(one.id)] for one in found])
            served = self.mots.liste(priorite.objectifs)
            rows.append([self.mots.lien(priorite), served, actions if actions.nodes else SANS_OBJET])
        return rows


def _lien(lien: Articulation) -> list[Content]:
    """« compatible : en quoi »."""
    return [mot(lien.nature), [" : ", lien.commentaire] if lien.commentaire else None]
