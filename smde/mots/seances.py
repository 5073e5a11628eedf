"""The pack of a séance and the record made after it: what is asked, on what it rests, what was decided."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from smde import arbre, ecriture
from smde.edition import Valide, empreinte
from smde.fragments import Content, Fragment, TemplateFault
from smde.libelles import mot
from smde.model.acteurs import Groupe, Organisation
from smde.model.demarche import Decision, ResultatDecision, Seance
from smde.model.element import Element
from smde.model.identite import Livrable
from smde.model.strategie import Constat
from smde.mots.cellules import SANS_OBJET, Items, Row, empreinte_entiere
from smde.mots.demarche import accord_abstentions
from smde.mots.preuves import Preuves
from smde.views import chaine, modifies, seances
from smde.views.seances import Depuis, Point, Presentation

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

FEUILLE = ("Code", "Intitulé", "Texte soumis", "Décision", "Observations")
"""The columns of the sheet that is filled in at a séance: whoever reads it back looks for these words."""
OPTIONS = (
    ("V", "Valider", "Le texte soumis est validé tel quel. La décision en garde l'empreinte."),
    (
        "M",
        "Valider avec modifications",
        "La modification s'écrit en observation. La décision garde l'empreinte du texte une fois modifié.",
    ),
    ("R", "Renvoyer", "L'élément reste à valider. L'observation dit à qui il est renvoyé, et ce qui manque."),
    ("E", "Écarter", "L'élément est abandonné. L'observation donne le motif, qui reste dans le dossier."),
)
"""What a body may decide of an element: a code that never changes, its words, what follows."""
_COURTE = 12
_JAMAIS = "Jamais présenté à une séance tenue"


class Seances:
    """The pack of a séance and the record made after it, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition
        self._preuves = Preuves(vocabulaire)

    def seance_de(self, livrable: Livrable) -> Seance:
        """The séance a document prepares or reports; raises TemplateFault when it names none."""
        if livrable.seance is None:
            raise TemplateFault(
                f"le document « {livrable.titre} » ne dit pas de quelle séance il parle : ajoutez `seance` dans "
                "data/livrables/"
            )
        return self.edition.element(livrable.seance, Seance)

    def instance_de(self, seance: Seance) -> Groupe | Organisation:
        """The body that sits."""
        found = self.edition.elements[seance.instance]
        assert isinstance(found, Groupe | Organisation)
        return found

    def points(self, seance: Seance) -> tuple[Point, ...]:
        """What awaits a séance, by kind."""
        return seances.points(self.edition, seance)

    def precedente(self, seance: Seance) -> Seance | None:
        """The last séance the same body held before."""
        return seances.precedente(self.edition, seance)

    def en_entier(self, seance: Seance, elements: Iterable[Element]) -> list[Element]:
        """The elements that a séance submits by name: their text is printed."""
        return [element for element in elements if element.id in seance.soumet]

    def en_liste(self, seance: Seance, elements: Iterable[Element]) -> list[Element]:
        """The others: their title, and what they rest on."""
        return [element for element in elements if element.id not in seance.soumet]

    def lignes_points(self, points: Sequence[Point]) -> list[Row]:
        """Rank, point, how many elements, never decided upon, changed or to be compared; the total last."""
        rows: list[Row] = []
        total = [0, 0, 0]
        for rank, point in enumerate(points, 1):
            counts = (
                len(point.presentations),
                point.compte(Depuis.jamais_presente, Depuis.sans_decision),
                point.compte(Depuis.modifie, Depuis.sans_empreinte),
            )
            total = [one + other for one, other in zip(total, counts, strict=True)]
            name = self.mots.plus_bas(f"point-{point.genre}", self._pluriel(point))
            rows.append([str(rank), name, *map(ecriture.nombre, counts)])
        if rows:
            rows.append(["", self.mots.fort("Total"), *(self.mots.fort(ecriture.nombre(count)) for count in total)])
        return rows

    def _pluriel(self, point: Point) -> str:
        return ecriture.majuscule(self.edition.libelle(point.genre, pluriel=len(point.presentations) > 1))

    def bilan_depuis(self, points: Sequence[Point]) -> Items:
        """What has become of all that is submitted since a body last saw it, one line a case."""
        lines: Items = []
        for depuis, (one, several) in _BILANS.items():
            count = sum(point.compte(depuis) for point in points)
            if count:
                lines.append(f"{ecriture.accord(count, 'élément')} {one if count < 2 else several}")
        return lines

    def deja_vus(self, points: Iterable[Point]) -> list[Presentation]:
        """What a body has seen already: what may have changed since."""
        return [one for point in points for one in point.presentations if one.depuis is not Depuis.jamais_presente]

    def lignes_deja_vus(self, presentations: Iterable[Presentation]) -> list[Row]:
        """Element, what has become of it."""
        return [[self.mots.lien(one.element), self.depuis(one)] for one in presentations]

    def depuis(self, one: Presentation) -> Content:
        """What has become of an element since a body last saw it, in words."""
        if one.decision is not None:
            decided = mot(one.decision.resultat)
            words = "" if one.decision.resultat is ResultatDecision.adopte else f" : {decided}"
            when: list[Content] = [self.mots.lien(one.decision), f", {ecriture.jour(one.decision.date)}{words}"]
            match one.depuis:
                case Depuis.inchange:
                    return ["Inchangé depuis « ", *when[:1], " »", *when[1:]]
                case Depuis.modifie:
                    return ["Modifié depuis « ", *when[:1], " »", *when[1:]]
            return ["Décidé par « ", *when[:1], " »", *when[1:], " ; texte d'alors non conservé, à comparer"]
        if one.seance is not None:
            return ["Soumis à « ", self.mots.lien(one.seance), " » ; aucune décision écrite"]
        return _JAMAIS

    def deja_decide(self, element: Element) -> Presentation | None:
        """An element whose text is no longer the one the last decision on it named, when that one can be shown."""
        since = seances.presentation(self.edition, element)
        return since if self.texte_decide(since) is not None else None

    def texte_decide(self, since: Presentation) -> Valide | None:
        """The text that the last decision on an element named, and the present one."""
        return None if since.decision is None else modifies.valide(self.edition, since.element, since.decision)

    def lignes_soumis(self, elements: Iterable[Element]) -> list[Row]:
        """Element with its code, what it rests on, and what has become of it when a body has seen it."""
        rows: list[Row] = []
        for element in elements:
            since = seances.presentation(self.edition, element)
            told = [self.depuis(since)] if since.depuis is not Depuis.jamais_presente else []
            title: Content = [self.mots.ancre(element), " ", self.mots.code(element.id)]
            rows.append([[title, [" – ", *told] if told else None], self.appui(element)])
        return rows

    def appui(self, element: Element) -> Content:
        """What an element rests on: its evidence, or the level above; failing both, the beginning of its text."""
        if isinstance(element, Constat):
            evidence = self.mots.puces(self._preuves.preuves_breves(element.preuves))
            return evidence if evidence.nodes else "Aucune preuve"
        if isinstance(element, chaine.NIVEAUX):
            above = self.mots.liste(chaine.parents(self.edition, element))
            return above if above.nodes else "Rien encore"
        return self._debut(element)

    def _debut(self, element: Element) -> Content:
        blocks = arbre.texte(element.texte, self.edition.titre)
        return Fragment((arbre.plain(blocks[0]["c"]),)) if blocks and blocks[0]["t"] == "Para" else SANS_OBJET

    def lignes_options(self) -> list[Row]:
        """Code, decision, what follows."""
        return [[self.mots.fort(code), words, follows] for code, words, follows in OPTIONS]

    def entetes_feuille(self) -> list[str]:
        """The columns of the sheet."""
        return list(FEUILLE)

    def lignes_ensemble(self, points: Iterable[Point]) -> list[Row]:
        """The rows of the sheet for whole points: the kind, how many, room to write."""
        return [
            [
                self.mots.code(point.genre),
                self._pluriel(point),
                ecriture.accord(len(point.presentations), "texte"),
                "",
                "",
            ]
            for point in points
        ]

    def lignes_feuille(self, elements: Iterable[Element]) -> list[Row]:
        """The rows of the sheet: code, title, short fingerprint of the text submitted, room to write."""
        return [
            [
                self.mots.code(element.id),
                element.titre,
                self.mots.code(empreinte(self.edition, element.id)[:_COURTE]),
                "",
                "",
            ]
            for element in elements
        ]

    def lignes_presence(self, seance: Seance) -> list[Row]:
        """Actor, capacity, room to write; nothing when the dossier does not know who sits."""
        body = self.instance_de(seance)
        if not isinstance(body, Groupe):
            return []
        return [
            [self.mots.lien(membre.acteur), membre.qualite or SANS_OBJET, self.mots.a_remplir("présence")]
            for membre in body.membres
        ]

    def decisions_de(self, seance: Seance) -> tuple[Decision, ...]:
        """What was decided in a séance."""
        return seances.decisions(self.edition, seance)

    def traits_acte(self, decision: Decision) -> Items:
        """Day, outcome, number and votes of a decision; what is not known is a blank."""
        lines: Items = [["Date : ", ecriture.jour(decision.date), self.mots.source(decision.source)]]
        lines.append(f"Résultat : {mot(decision.resultat)}")
        number: Content = decision.numero or self.mots.a_remplir("numéro de la décision")
        lines.append(["Numéro : ", number])
        votes: Content = self.mots.a_remplir("décompte des voix, ou « à l'unanimité »")
        if decision.votes:
            count = decision.votes
            votes = f"{count.pour} pour, {count.contre} contre, {accord_abstentions(count.abstention)}"
        return [*lines, ["Votes : ", votes]]

    def lignes_validees_exactement(self, decision: Decision) -> list[Row]:
        """Element with its code, the whole fingerprint of its text that day, what has become of it since."""
        rows: list[Row] = []
        for valide in seances.validees(self.edition, decision):
            title: Content = [self.mots.lien(valide.ident), " ", self.mots.code(valide.ident)]
            kept: Content = self.mots.code(empreinte_entiere(valide.empreinte)) if valide.empreinte else "Non conservée"
            said = modifies.mention_depuis(self.edition, decision, valide.ident)
            rows.append([title, kept, ecriture.majuscule(said) or _AUJOURD_HUI[valide.depuis]])
        return rows

    def sans_suite(self, seance: Seance) -> tuple[Element, ...]:
        """What a séance was asked about and that none of its decisions names."""
        return seances.sans_suite(self.edition, seance)

    def attend_encore(self, seance: Seance) -> tuple[Element, ...]:
        """What awaits the same body since."""
        return seances.en_attente(self.edition, seance)


_BILANS = {
    Depuis.jamais_presente: (
        "n'a jamais été présenté à une séance tenue",
        "n'ont jamais été présentés à une séance tenue",
    ),
    Depuis.sans_decision: (
        "a été soumis à une séance, sans décision écrite",
        "ont été soumis à une séance, sans décision écrite",
    ),
    Depuis.sans_empreinte: (
        "a fait l'objet d'une décision qui n'en garde pas le texte",
        "ont fait l'objet d'une décision qui n'en garde pas le texte",
    ),
    Depuis.inchange: ("est inchangé depuis la dernière décision", "sont inchangés depuis la dernière décision"),
    Depuis.modifie: ("a été modifié depuis la dernière décision", "ont été modifiés depuis la dernière décision"),
}
_AUJOURD_HUI = {
    None: SANS_OBJET,
    Depuis.sans_empreinte: "Impossible à comparer : le texte d'alors n'est pas conservé",
    Depuis.inchange: "Texte inchangé",
    Depuis.modifie: "Modifié depuis cette décision",
}
