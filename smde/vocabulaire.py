"""The words templates can use: links, texts, tables, evidence and views, for one edition."""

from collections.abc import Callable, Container, Iterable, Mapping, MutableMapping, Sequence
from datetime import date
from enum import Enum
from itertools import groupby
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from smde import arbre, ecriture, guide
from smde.arbre import Figure, slug
from smde.diagnostic import suggestion
from smde.edition import Edition
from smde.envois import Remise
from smde.fragments import Content, Fragment, TemplateFault, inlines, joints
from smde.illustrations import Illustrations
from smde.instantane import Instantane
from smde.libelles import mot
from smde.model.element import Element, StatutValidation
from smde.model.mesures import Source
from smde.model.rubriques import CLASSES
from smde.mots.acteurs import Acteurs
from smde.mots.argent import Argent
from smde.mots.cadres import Cadres
from smde.mots.chaine import Chaine
from smde.mots.deliberation import Deliberation
from smde.mots.demarche import Demarche
from smde.mots.envois import Envois
from smde.mots.fiche import Fiche
from smde.mots.fil import Fil
from smde.mots.mesures import Mesures
from smde.mots.modifies import Modifies
from smde.mots.negociation import Table
from smde.mots.orientations import Orientations
from smde.mots.preuves import Preuves
from smde.mots.seances import Seances
from smde.mots.telechargements import Telechargements
from smde.mots.versions import Versions
from smde.views import (
    articulations,
    calendrier,
    chaine,
    chiffres,
    couverture,
    financement,
    influence,
    modifies,
    roles,
    themes,
)


class Vocabulaire:
    """What `{{ … }}` can call in the templates of an edition: its public methods, and those of its parts."""

    def __init__(
        self,
        edition: Edition,
        dessins: MutableMapping[str, Figure],
        absentes: Callable[[], Container[str]],
        passe: Sequence[Instantane] = (),
        remises: Mapping[str, Remise] = MappingProxyType({}),
    ) -> None:
        """`dessins` receives the figures met on the way; `absentes` says which pages the site goes without; `passe` is
        what this readership was told before, the most recent first; `remises` what actors hold, by id of envoi.
        """
        self.edition, self.passe, self.remises = edition, passe, remises
        self._absentes = absentes
        self._liens: dict[str, Fragment] = {}
        subjects = (
            *(Chaine, Fil, Fiche, Argent, Table, Acteurs),
            *(Cadres, Mesures, Demarche, Preuves, Telechargements, Versions),
            *(Seances, Orientations, Deliberation, Modifies, Envois),
        )
        self._parts = (*(subject(self) for subject in subjects), Illustrations(self, dessins))

    def noms(self) -> dict[str, Any]:
        """Everything a template can name."""
        edition = self.edition
        words: dict[str, Any] = {
            "identite": edition.identite,
            "version": date.fromisoformat(edition.date),
            "public": edition.diffusion == 0,
            "interne": edition.diffusion == 2,
            "niveaux": [classe.genre for classe in chaine.NIVEAUX],
            "libelle": edition.libelle,
            "mot": mot,
            "maj": ecriture.majuscule,
            "nombre": ecriture.nombre,
            "mesure": ecriture.mesure,
            "montant": ecriture.montant,
            "jour": ecriture.jour,
            "periode": ecriture.periode,
            "accord": ecriture.accord,
            "enumeration": ecriture.enumeration,
            "chaine": lambda element: chaine.chaine(edition, element),
            "couverture": lambda: couverture.couverture(edition),
            "matrices": lambda: roles.matrices(edition),
            "portefeuille": lambda acteur: roles.portefeuille(edition, acteur),
            "chapitre": lambda theme: themes.chapitre(edition, theme),
            "par_nature": themes.par_nature,
            "articulation": lambda cadre: articulations.articulation(edition, cadre),
            "couts": lambda: financement.couts(edition),
            "plans": financement.plans,
            "croisement": financement.croisement,
            "croisements": financement.croisements,
            "prises": lambda: influence.par_degre(edition),
            "phases": lambda: calendrier.phases(edition),
            "phase_courante": lambda: calendrier.phase_courante(edition),
            "passe": lambda: calendrier.passe(edition),
            "a_venir": lambda: calendrier.a_venir(edition),
            "etapes_par_annee": lambda: calendrier.etapes_par_annee(edition),
            "a_valider": lambda: calendrier.a_valider(edition),
            "derniere": lambda indicateur: chiffres.derniere(edition, indicateur),
            "regles": guide.regles,
            "dictionnaire": guide.dictionnaire,
            "brut": Markup,
        }
        for part in (self, *self._parts):
            words |= {name: getattr(part, name) for name in vars(type(part)) if not name.startswith("_")}
        del words["noms"]
        return words

    def tous(self, genre: str) -> list[Element]:
        """Every element of a kind, by its name, in reading order."""
        return self.edition.tous(_classe(genre))

    def alphabetique(self, genre: str) -> list[Element]:
        """Every element of a kind, in the order of a French dictionary."""
        return sorted(self.tous(genre), key=lambda element: (slug(element.titre), element.id))

    def par_lettre(self, genre: str) -> list[tuple[str, list[Element]]]:
        """The same, by initial; what begins with a figure or a sign comes under « # »."""
        listed = groupby(self.alphabetique(genre), key=lambda element: _initiale(element.titre))
        return [(letter, list(group)) for letter, group in listed]

    def citants(self, ident: str, genre: str) -> list[Element]:
        """The elements of a kind whose fields cite this one."""
        return self.edition.citants(ident, _classe(genre))

    def par_genre(self, elements: Iterable[Element]) -> list[tuple[str, list[Element]]]:
        """Elements, by kind, in reading order."""
        found: dict[str, list[Element]] = {}
        for element in elements:
            found.setdefault(element.genre, []).append(element)
        return list(found.items())

    def texte(self, source: str | None) -> Fragment:
        """The blocks of a text typed by a person."""
        return Fragment(tuple(arbre.texte(source, self.edition.titre)), bloc=True)

    def ligne(self, source: str | None) -> Fragment:
        """The same on one line."""
        return Fragment(tuple(arbre.ligne(source, self.edition.titre)) if source else ())

    def lien(self, cible: Element | str, words: Content = None) -> Fragment:
        """A link to an element, by itself or by its id; its title unless other words are given."""
        ident = cible if isinstance(cible, str) else cible.id
        known = self._liens.get(ident)
        if known is None:
            title = self.edition.titre(ident)
            target = arbre.mots(arbre.NON_DIFFUSE) if title is None else [arbre.lien_element(ident, title)]
            known = self._liens[ident] = Fragment(tuple(target))
        if words is None or self.edition.titre(ident) is None:
            return known
        return Fragment((arbre.lien_element(ident, inlines(words)),))

    def liens(self, cibles: Iterable[Element | str], separateur: str = " ; ") -> Fragment:
        """Links one after the other."""
        return self.suite(*joints(map(self.lien, cibles), separateur))

    def suite(self, *contents: Content) -> Fragment:
        """Contents run together, without more space than they have."""
        return Fragment(tuple(inlines(contents)))

    def fort(self, content: Content) -> Fragment:
        """Strong words."""
        return Fragment((arbre.fort(inlines(content)),))

    def code(self, ident: str) -> Fragment:
        """The id of an element, as people quote it."""
        return Fragment((arbre.span(["code-element"], ident),))

    def a_remplir(self, words: str) -> Fragment:
        """A blank that somebody has to fill in, and that nobody can miss."""
        return Fragment((arbre.span(["a-remplir"], f"[à compléter : {words}]"),))

    def sigle(self, words: str, meaning: str) -> Fragment:
        """A short form that says its meaning to who asks."""
        return Fragment((arbre.span(["sigle"], words, title=ecriture.typographie(meaning)),))

    def code_mot(self, words: str) -> Fragment:
        """A word of the machine."""
        return Fragment(({"t": "Code", "c": [arbre.SANS_ATTRIBUT, words]},))

    def exemple(self, words: str) -> Fragment:
        """Lines of YAML, as they are typed."""
        return Fragment((guide.bloc_de_code(words),), bloc=True)

    def ancre(self, element: Element) -> Fragment:
        """The title of an element, and the place links to it lead to."""
        return Fragment((arbre.span([], element.titre, element.id),))

    def externe(self, url: str, words: str) -> Fragment:
        """A link out of the dossier."""
        return Fragment((arbre.lien(url, words, ["externe"]),))

    def plus_bas(self, ancre: str, words: Content) -> Fragment:
        """A link to a place of the same page."""
        return Fragment((arbre.lien("#" + ancre, inlines(words)),))

    def page(self, nom: str, words: Content) -> Fragment:
        """A link to another page of the site; its words alone when this edition goes without that page."""
        if nom in self._absentes():
            return Fragment(tuple(inlines(words)))
        return Fragment((arbre.lien("page:" + nom, inlines(words)),))

    def fichier(self, path: str, words: str) -> Fragment:
        """A link to a file published with the site."""
        return Fragment((arbre.lien("fichier:" + path, words),))

    def liste(self, cibles: Iterable[Element | str]) -> Fragment:
        """A bullet list of links."""
        return self.puces([self.lien(cible) for cible in cibles])

    def puces(self, items: Iterable[Content]) -> Fragment:
        """A bullet list of lines."""
        rows = [[arbre.plain(inlines(item))] for item in items]
        return Fragment((arbre.puces(rows),) if rows else (), bloc=True)

    def lignes_a_remplir(self, nombre: int, consigne: Content = None) -> Fragment:
        """Room to write by hand: a box of that many ruled lines, under what is asked when something is."""
        asked = [arbre.para(inlines(consigne))] if consigne else []
        line = arbre.para([{"t": "Str", "c": ecriture.INSECABLE}])
        return Fragment((arbre.bloc(["lignes"], [*asked, *[line] * nombre]),), bloc=True)

    def tableau(
        self, legende: Content, entetes: Sequence[Content], lignes: Iterable[Sequence[Content]], **options: Any
    ) -> Fragment:
        """A table, or nothing when it has no row; cells are words, fragments, or lists of them."""
        rows = [[inlines(cell) for cell in row] for row in lignes]
        if not rows:
            return Fragment((), bloc=True)
        return Fragment(
            (arbre.tableau(inlines(legende), [inlines(cell) for cell in entetes], rows, **options),), bloc=True
        )

    def definitions(self, lignes: Iterable[Sequence[Content]]) -> Fragment:
        """A list of definitions, or nothing: each line is what is defined, and what it is."""
        items = []
        for terme, sens in lignes:
            nodes = inlines(sens)
            block = bool(nodes) and nodes[0]["t"] in arbre.BLOCS
            items.append([inlines(terme), [nodes if block else [arbre.plain(nodes)]]])
        return Fragment(({"t": "DefinitionList", "c": items},) if items else (), bloc=True)

    def diese(self, niveau: int) -> Markup:
        """The mark of a heading of that level."""
        return Markup("#" * niveau)

    def pastille(self, state: Enum) -> Fragment:
        """A state as a badge, with words."""
        return Fragment((arbre.span(["statut", state.name], ecriture.majuscule(mot(state))),))

    def statut(self, element: Element) -> Fragment:
        """The state of validation of an element, as a badge; a second one when its text has changed since."""
        return self.suite(self.pastille(element.validation.statut), self.puis_modifie(element))

    def puis_modifie(self, element: Element) -> Fragment:
        """What follows a badge: a space and the badge of what has changed since it was validated, or nothing."""
        said = self.mention(element)
        badge = Fragment((arbre.span(["statut", "modifie"], ecriture.majuscule(said)),))
        return self.suite(" ", badge) if said else Fragment(())

    def mention(self, element: Element) -> str:
        """« modifié depuis sa validation », or nothing."""
        return modifies.mention(self.edition, element)

    def etat(self, element: Element) -> Fragment:
        """The state of validation in a sentence: which body, which séance, which decision."""
        validation = element.validation
        words: list[Content] = []
        match validation.statut:
            case StatutValidation.a_valider:
                words.append("Proposition, à valider")
                if validation.instance:
                    words += [" par : ", self.lien(validation.instance)]
                if validation.seance:
                    words += [" (", self.lien(validation.seance), ")"]
                if validation.echeance:
                    words.append(f", avant le {ecriture.jour(validation.echeance)}")
            case StatutValidation.brouillon:
                words.append("Texte en cours d'écriture, pas encore soumis à validation")
            case statut:
                words.append(", ".join(filter(None, [ecriture.majuscule(mot(statut)), self.mention(element)])))
                if validation.decision:
                    words += [" : ", self.lien(validation.decision)]
                if validation.motif:
                    words += [" : ", validation.motif]
        return self.suite(*words, ".")

    def source(self, ident: str | None) -> Fragment:
        """A footnote that gives a source in full, or nothing."""
        found = self.edition.elements.get(ident or "")
        if not isinstance(found, Source):
            return Fragment(())
        return Fragment((arbre.note([arbre.para(inlines(self._reference(found)))]),))

    def _reference(self, source: Source) -> list[Content]:
        words: list[Content] = [self.lien(source)]
        if source.editeur and source.editeur.casefold() not in source.titre.casefold():
            words += [", ", source.editeur]
        if source.date:
            words.append(f", {ecriture.periode(source.date)}")
        if source.url:
            words += [", ", self.externe(source.url, "page consultée")]
            if source.consultee:
                words.append(f" le {ecriture.jour(source.consultee)}")
        return [*words, "."]


def _initiale(titre: str) -> str:
    letter = slug(titre)[0]
    return letter.upper() if letter.isalpha() else "#"


def _classe(genre: str) -> type[Element]:
    if genre not in CLASSES:
        raise TemplateFault(f"« {genre} » n'est pas un genre d'élément. {suggestion(genre, CLASSES)}".rstrip(" ."))
    return CLASSES[genre]
