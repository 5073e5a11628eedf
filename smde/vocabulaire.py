"""The words templates can use: links, texts, tables, evidence and views, for one edition."""

from collections.abc import Iterable, MutableMapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from smde import arbre, ecriture, figures, guide
from smde.arbre import Figure, Nodes
from smde.edition import Edition
from smde.ensembles import Ensembles
from smde.fragments import Content, Fragment, TemplateFault, inlines
from smde.libelles import mot
from smde.model.element import Element, StatutValidation
from smde.model.mesures import Indicateur, Source, Territoire
from smde.model.rubriques import CLASSES
from smde.tableaux import Tableaux
from smde.views import articulations, calendrier, chaine, chiffres, couverture, financement, roles


class Vocabulaire:
    """What `{{ … }}` can call in the templates of an edition."""

    def __init__(self, edition: Edition, dessins: MutableMapping[str, Figure]) -> None:
        self.edition, self.dessins = edition, dessins

    def noms(self) -> dict[str, Any]:
        """Names of the functions and values, as templates write them."""
        edition = self.edition
        return {
            "edition": edition,
            "identite": edition.identite,
            "version": date.fromisoformat(edition.date),
            "public": edition.diffusion == 0,
            "tous": self.tous,
            "element_de": edition.elements.get,
            "citants": lambda ident, genre: edition.citants(ident, CLASSES[genre]),
            "libelle": edition.libelle,
            "maj": ecriture.majuscule,
            "mot": mot,
            "texte": self.texte,
            "ligne": self.ligne,
            "lien": self.lien,
            "liens": self.liens,
            "page": self.page,
            "fichier": self.fichier,
            "liste": self.liste,
            "puces": self.puces,
            "tableau": self.tableau,
            "fort": self.gras,
            "externe": self.externe,
            "suite": lambda *contents: Fragment(tuple(inlines(list(contents)))),
            "code": self.code,
            "statut": self.statut,
            "etat": self.etat,
            "preuve": self.preuve,
            "source": self.source,
            "courbe": self.courbe,
            "dessin_chaine": self.dessin_chaine,
            "carte": self.carte,
            "diese": lambda niveau: Markup("#" * niveau),
            "nombre": ecriture.nombre,
            "mesure": ecriture.mesure,
            "euros": ecriture.euros,
            "jour": ecriture.jour,
            "periode": ecriture.periode,
            "accord": ecriture.accord,
            "enumeration": ecriture.enumeration,
            "chaine": lambda element: chaine.chaine(edition, element),
            "couverture": lambda: couverture.couverture(edition),
            "matrice": lambda: roles.matrice(edition),
            "portefeuille": lambda acteur: roles.portefeuille(edition, acteur),
            "articulation": lambda cadre: articulations.articulation(edition, cadre),
            "couts": lambda: financement.couts(edition),
            "croisement": financement.croisement,
            "phases": lambda: calendrier.phases(edition),
            "phase_courante": lambda: calendrier.phase_courante(edition),
            "dates": lambda: calendrier.dates(edition),
            "a_valider": lambda: calendrier.a_valider(edition),
            "regles": guide.regles,
            "dictionnaire": guide.dictionnaire,
            "brut": guide.brut,
            "exemple": lambda words: Fragment((guide.bloc_de_code(words),), bloc=True),
            "code_mot": lambda words: Fragment(({"t": "Code", "c": [arbre.SANS_ATTRIBUT, words]},)),
            **Tableaux(self).noms(),
            **Ensembles(self).noms(),
            "valeurs": lambda indicateur: chiffres.valeurs(edition, indicateur),
            "derniere": lambda indicateur: chiffres.derniere(edition, indicateur),
            "lecture": lambda indicateur: chiffres.lecture(edition, indicateur),
        }

    def tous(self, genre: str) -> list[Element]:
        """Every element of a kind, by its name."""
        return self.edition.tous(CLASSES[genre])

    def texte(self, source: str | None) -> Fragment:
        """The blocks of a text typed by a person."""
        return Fragment(tuple(arbre.texte(source, self.edition.titre)), bloc=True)

    def ligne(self, source: str | None) -> Fragment:
        """The same on one line."""
        return Fragment(tuple(arbre.ligne(source, self.edition.titre)) if source else ())

    def lien(self, cible: Element | str, words: Content = None) -> Fragment:
        """A link to an element, by itself or by its id; its title unless other words are given."""
        ident = cible if isinstance(cible, str) else cible.id
        title = self.edition.titre(ident)
        if title is None:
            return Fragment(tuple(arbre.mots(arbre.NON_DIFFUSE)))
        return Fragment((arbre.lien_element(ident, inlines(words) or arbre.mots(title)),))

    def liens(self, cibles: Iterable[Element | str], separateur: str = ", ") -> Fragment:
        """Links one after the other."""
        nodes: Nodes = []
        for index, cible in enumerate(cibles):
            nodes += (arbre.mots(separateur) if index else []) + list(self.lien(cible).nodes)
        return Fragment(tuple(nodes))

    def gras(self, content: Content) -> Fragment:
        """Strong words."""
        return Fragment((arbre.fort(inlines(content)),))

    def code(self, ident: str) -> Fragment:
        """The id of an element, as people quote it."""
        return Fragment((arbre.span(["code-element"], ident),))

    def ancre(self, element: Element) -> Fragment:
        """The title of an element, and the place links to it lead to."""
        return Fragment((arbre.span([], element.titre, element.id),))

    def externe(self, url: str, words: str) -> Fragment:
        """A link out of the dossier."""
        return Fragment((arbre.lien(url, words, ["externe"]),))

    def liste(self, cibles: Iterable[Element | str]) -> Fragment:
        """A bullet list of links."""
        items = [[arbre.plain(list(self.lien(cible).nodes))] for cible in cibles]
        return Fragment((arbre.puces(items),) if items else (), bloc=True)

    def puces(self, items: Iterable[Content]) -> Fragment:
        """A bullet list of lines."""
        rows = [[arbre.plain(inlines(item))] for item in items]
        return Fragment((arbre.puces(rows),) if rows else (), bloc=True)

    def page(self, nom: str, words: str) -> Fragment:
        """A link to another page of the site."""
        return Fragment((arbre.lien("page:" + nom, words),))

    def fichier(self, path: str, words: str) -> Fragment:
        """A link to a file published with the site."""
        return Fragment((arbre.lien("fichier:" + path, words),))

    def tableau(
        self, legende: Content, entetes: Sequence[Content], lignes: Iterable[Sequence[Content]], **options: Any
    ) -> Fragment:
        """A table; cells are words, fragments, or lists of them."""
        rows = [[inlines(cell) for cell in row] for row in lignes]
        table = arbre.tableau(inlines(legende), [inlines(cell) for cell in entetes], rows, **options)
        return Fragment((table,) if rows else (), bloc=True)

    def statut(self, element: Element) -> Fragment:
        """The state of validation of an element, as a badge with words."""
        words = ecriture.majuscule(mot(element.validation.statut))
        return Fragment((arbre.span(["statut"], words, data_statut=element.validation.statut.name),))

    def etat(self, element: Element) -> Fragment:
        """The state of validation in a sentence: which body, which séance, which decision."""
        validation = element.validation
        who = [] if validation.instance is None else list(self.lien(validation.instance).nodes)
        match validation.statut:
            case StatutValidation.a_valider:
                nodes = arbre.mots("Proposition, à valider")
                if who:
                    nodes += arbre.mots(" par : ") + who
                if validation.seance:
                    nodes += arbre.mots(" (") + list(self.lien(validation.seance).nodes) + arbre.mots(")")
                if validation.echeance:
                    nodes += arbre.mots(f" avant le {ecriture.jour(validation.echeance)}")
            case StatutValidation.valide:
                nodes = arbre.mots("Validé")
                if validation.decision:
                    nodes += arbre.mots(" : ") + list(self.lien(validation.decision).nodes)
            case StatutValidation.brouillon:
                nodes = arbre.mots("Information du dossier, non soumise à validation")
            case _:
                nodes = arbre.mots(ecriture.majuscule(mot(validation.statut)))
                if validation.motif:
                    nodes += arbre.mots(f" : {validation.motif}")
        return Fragment((*nodes, *arbre.mots(".")))

    def source(self, ident: str | None) -> Fragment:
        """A footnote that gives a source in full, or nothing."""
        found = self.edition.elements.get(ident or "")
        return Fragment((arbre.note([arbre.para(self._reference(found))]),) if isinstance(found, Source) else ())

    def _reference(self, source: Source) -> Nodes:
        nodes = list(self.lien(source).nodes)
        if source.editeur and source.editeur.casefold() not in source.titre.casefold():
            nodes += arbre.mots(f", {source.editeur}")
        if source.date:
            nodes += arbre.mots(f", {ecriture.periode(source.date)}")
        if source.url:
            nodes += arbre.mots(", ") + [arbre.lien(source.url, "page consultée", ["externe"])]
            if source.consultee:
                nodes += arbre.mots(f" le {ecriture.jour(source.consultee)}")
        return nodes + arbre.mots(".")

    def preuve(self, preuve: Any) -> Fragment:
        """A piece of evidence in one line, its source as a footnote."""
        cited = chiffres.citation(self.edition, preuve)
        nodes: Nodes = []
        label = (
            list(self.lien(cited.element, cited.libelle if cited.mesure else None).nodes)
            if cited.element
            else arbre.mots(cited.libelle)
        )
        if cited.mesure:
            nodes = [*label, *arbre.mots(" : "), arbre.fort(cited.mesure)]
            details = [words for words in (cited.periode, self._territoire(cited.territoire)) if words]
            nodes += arbre.mots(f" ({', '.join(details)})") if details else []
        elif cited.source and not cited.element:
            source = self.edition.elements.get(cited.source)
            nodes = list(self.lien(cited.source).nodes) if source else []
            nodes += arbre.mots(f", {cited.libelle}") if cited.libelle else []
        else:
            nodes = label
        nodes += self.source(cited.source).nodes
        if cited.note:
            nodes += arbre.mots(f" – {cited.note}")
        return Fragment(tuple(nodes))

    def _territoire(self, ident: str | None) -> str:
        return self.edition.titre(ident) or "" if ident else ""

    def courbe(self, indicateur: Indicateur) -> Fragment:
        """The chart of a series and, beside it, its table of values."""
        values = chiffres.valeurs(self.edition, indicateur)
        known = [value for value in values if value.valeur is not None]
        territoire = self._territoire(indicateur.territoire)
        blocks: Nodes = []
        if len(known) >= 2:
            figure = figures.courbe(indicateur, known, territoire, self.edition.identite.couleurs)
            self.dessins[figure.nom] = figure
            blocks.append(arbre.image(figure))
        rows = [
            [ecriture.periode(v.periode), ecriture.nombre(v.valeur) if v.valeur is not None else "n. d.", v.note or ""]
            for v in values
        ]
        noted = any(row[2] for row in rows)
        head = ["Période", f"Valeur ({indicateur.unite})", *(["Précaution de lecture"] if noted else [])]
        caption = [indicateur.titre + (f", {territoire}" if territoire else ""), self.source(indicateur.source)]
        table = arbre.tableau(inlines(caption), head, rows if noted else [row[:2] for row in rows], nombres=[1])
        return Fragment((*blocks, *([table] if rows else [])), bloc=True)

    def dessin_chaine(self) -> Fragment:
        """The chain drawn with the number of elements of each level."""
        counts = [
            (ecriture.majuscule(self.edition.libelle(classe.genre, pluriel=True)), len(self.edition.tous(classe)))
            for classe in chaine.NIVEAUX
        ]
        figure = figures.chaine(counts, self.edition.identite.couleurs)
        self.dessins[figure.nom] = figure
        return Fragment((arbre.image(figure),), bloc=True)

    def carte(self) -> Fragment:
        """The schematic map of the territories that have a tile, or nothing."""
        tiles = [territoire for territoire in self.edition.tous(Territoire) if territoire.tuile is not None]
        if not tiles:
            return Fragment((), bloc=True)
        figure = figures.carte(tiles, self.edition.identite.couleurs)
        self.dessins[figure.nom] = figure
        return Fragment((arbre.image(figure),), bloc=True)
