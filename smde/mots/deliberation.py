"""The skeleton of a deliberation: what is adopted, in which version, on whose advice, and what is still missing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smde import ecriture
from smde.edition import empreinte, empreinte_edition
from smde.fragments import Content, TemplateFault, joints
from smde.libelles import mot
from smde.model.cadres import Cadre, TypeCadre
from smde.model.element import Element
from smde.model.identite import Livrable
from smde.model.strategie import Enjeu
from smde.mots.cellules import Row, empreinte_entiere
from smde.views import deliberation
from smde.views.deliberation import Avis

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire

_CONSTATS_CITES = 2
_NOMS = {"organisation": ("élément d'organisation", "éléments d'organisation")}
"""How the elements of a kind are counted when its name is that of the whole."""
_COURTE = 12


class Deliberation:
    """The skeleton of a deliberation, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def assemblee(self, livrable: Livrable) -> Element:
        """The assembly a document asks to deliberate; raises TemplateFault when it names none."""
        if livrable.instance is None:
            raise TemplateFault(
                f"le document « {livrable.titre} » ne dit pas quelle instance délibère : ajoutez `instance` dans "
                "data/livrables/"
            )
        return self.edition.elements[livrable.instance]

    def empreinte_version(self) -> Content:
        """The fingerprint of all that everybody may read in this version."""
        return self.mots.code(empreinte_entiere(empreinte_edition(self.edition)))

    def adoptes(self, partie: str) -> tuple[Element, ...]:
        """What is adopted of `strategy` or of `schema`."""
        return deliberation.adoptes(self.edition, partie)

    def pas_prets(self, elements: Iterable[Element]) -> tuple[Element, ...]:
        """Those that no body has validated, or whose text has changed since."""
        return deliberation.pas_prets(self.edition, elements)

    def decompte(self, elements: Iterable[Element]) -> str:
        """« 75 constats, 11 enjeux et 24 objectifs »."""
        libelle = self.edition.libelle
        return ecriture.enumeration(
            [
                ecriture.accord(len(group), *_NOMS.get(genre, (libelle(genre), libelle(genre, pluriel=True))))
                for genre, group in self.mots.par_genre(elements)
            ]
        )

    def visas(self, livrable: Livrable) -> list[Content]:
        """« Vu » each law, scheme and contract that the document names: the laws first, in the order of their dates."""
        cadres = [self.edition.element(ident, Cadre) for ident in livrable.cadres]
        cadres.sort(key=lambda cadre: (cadre.type is not TypeCadre.loi, cadre.date or "9999"))
        return [self._visa(cadre) for cadre in cadres]

    def _visa(self, cadre: Cadre) -> Content:
        if cadre.type is TypeCadre.loi and cadre.titre.startswith("Loi "):
            return ["Vu la ", cadre.titre[:1].lower() + cadre.titre[1:], " ;"]
        what: list[Content] = ["Vu le document « ", cadre.titre, " »"]
        if cadre.organe:
            what += [", adopté par : ", cadre.organe]
        when: Content = ecriture.periode(cadre.date) if cadre.date else self.mots.a_remplir("date")
        return [*what, ", ", when, " ;"]

    def lignes_avis(self, instance: Element) -> list[Row]:
        """Body that speaks before the assembly, on what, what it has decided or the blank to fill in."""
        return [
            [self.mots.lien(one.instance), joints(one.objets, " ; "), self._dit(one)] for one in self.avis(instance)
        ]

    def cadres_a_verifier(self, livrable: Livrable) -> list[Content]:
        """Among the frameworks that the document names, those whose description is not complete."""
        cadres = [self.edition.element(ident, Cadre) for ident in livrable.cadres]
        return [[self.mots.lien(cadre), " : ", cadre.a_completer] for cadre in cadres if cadre.a_completer]

    def avis(self, instance: Element) -> tuple[Avis, ...]:
        """Who speaks before an assembly."""
        return deliberation.avis_prealables(self.edition, instance.id)

    def visas_avis(self, instance: Element) -> list[Content]:
        """« Vu » what those who speak before the assembly have decided, by date; then a blank for each of them."""
        avis = self.avis(instance)
        taken = sorted((taken for one in avis for taken in one.decisions), key=lambda decision: decision.date)
        found: list[Content] = [
            ["Vu la décision « ", decision.titre, f" » du {ecriture.jour(decision.date)} ;"] for decision in taken
        ]
        for one in avis:
            blank = self.mots.a_remplir("date et sens")
            found.append(["Vu la position de l'instance « ", one.instance.titre, " » ", blank, " ;"])
        return found

    def _dit(self, one: Avis) -> Content:
        said: list[Content] = []
        for decision in one.decisions:
            said += [self.mots.lien(decision), f" ({ecriture.jour(decision.date)}) ; "]
        return [*said, self.mots.a_remplir("date et sens")]

    def considerants(self) -> list[Content]:
        """Each enjeu with some of the constats that found it."""
        found: list[Content] = []
        adopted = {element.id for element in self.adoptes("strategy")}
        among = f"Considérant, parmi les {self.edition.libelle('enjeu', pluriel=True)} de la stratégie : « "
        for enjeu in self.edition.tous(Enjeu):
            if enjeu.id in adopted:
                known = [self.edition.titre(ident) for ident in enjeu.constats if ident in self.edition.elements]
                quoted = joints([["« ", title, " »"] for title in known[:_CONSTATS_CITES]], " et ")
                seen: list[Content] = [", au vu notamment de : ", *quoted] if quoted else []
                found.append([among, enjeu.titre, " »", *seen, " ;"])
        return found

    def lignes_annexe(self, elements: Iterable[Element]) -> list[Row]:
        """Code, title, short fingerprint of the text adopted, state of validation."""
        return [
            [
                self.mots.code(element.id),
                self.mots.ancre(element),
                self.mots.code(empreinte(self.edition, element.id)[:_COURTE]),
                self._etat(element),
            ]
            for element in elements
        ]

    def _etat(self, element: Element) -> str:
        return ", ".join(filter(None, [ecriture.majuscule(mot(element.validation.statut)), self.mots.mention(element)]))

    def lignes_etat(self, elements: Iterable[Element]) -> list[Row]:
        """Kind, how many, how many validated as they stand, how many still to be."""
        rows: list[Row] = []
        for genre, group in self.mots.par_genre(elements):
            pending = len(self.pas_prets(group))
            counts = (len(group), len(group) - pending, pending)
            words = ecriture.majuscule(self.edition.libelle(genre, pluriel=len(group) > 1))
            rows.append([words, *map(ecriture.nombre, counts)])
        return rows
