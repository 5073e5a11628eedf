"""What the hand-written pages of docs/ may call, under `render_macros: true`: words of the dossier, as escaped HTML.

MkDocs copies this folder beside the pages it builds and calls `define_env`; the templates of this folder do not use it.
"""

import logging
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smde import ecriture
from smde.arbre import Nodes, lien, lien_element, ligne, mots, plain, puces, span
from smde.diagnostic import suggestion
from smde.model.element import Element
from smde.model.mesures import Indicateur
from smde.model.rubriques import CLASSES
from smde.outputs.html import render
from smde.pages import Contexte
from smde.views.chiffres import valeurs
from smde.views.conformite import conformite

_JOURNAL = logging.getLogger("mkdocs.plugins.macros.smde")
_BALISE = re.compile(r"<(?:\"[^\"]*\"|[^\">])*>")
_VALEUR = re.compile(r"\"[^\"]*\"")
_COURRIEL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_MARKDOWN = re.compile(r"[\\`*_\[\]()~|!.+\-:^$@']")


class Inconnu(Exception):
    """What a page asks for is not in this edition; the message says what, in French."""


def define_env(env: Any) -> None:
    """Give a page its words. `env` is the plugin mkdocs-macros; the edition comes from whoever builds the site."""
    contexte = env.conf.extra["contexte"]()
    if not isinstance(contexte, Contexte):
        raise TypeError("the pages of docs/ are built by smde, from an edition")
    for name, function in _Mots(env, contexte).noms().items():
        env.macro(function, name)


class _Mots:
    def __init__(self, env: Any, contexte: Contexte) -> None:
        self.env, self.contexte = env, contexte
        self.edition, self.adresses = contexte.edition, contexte.adresses

    def noms(self) -> dict[str, Any]:
        words = (
            *(self.lien, self.titre, self.compte, self.valeur, self.liste, self.version),
            *(self.identite, self.identite_liste, self.conformite, self.controle),
        )
        return {word.__name__: self._told(word) for word in words} | {"fourni": self.fourni}

    def lien(self, ident: str, words: str = "") -> Nodes:
        """A link to an element; its title unless other words are given."""
        return [lien_element(ident, words or self._element(ident).titre)]

    def titre(self, ident: str) -> Nodes:
        """The title of an element."""
        return mots(self._element(ident).titre)

    def compte(self, genre: str) -> Nodes:
        """« 45 constats »."""
        count = len(self.edition.tous(self._classe(genre)))
        return mots(ecriture.accord(count, self.edition.libelle(genre), self.edition.libelle(genre, pluriel=True)))

    def valeur(self, ident: str, periode: str) -> Nodes:
        """A value of a series, with its unit, its period and its perimeter."""
        indicateur = self._element(ident)
        if not isinstance(indicateur, Indicateur):
            raise Inconnu(f"« {ident} » n'est pas un indicateur.")
        known = {v.periode: v.valeur for v in valeurs(self.edition, indicateur) if v.valeur is not None}
        found = known.get(periode)
        if found is None:
            listed = ecriture.enumeration(list(known)) or "aucune"
            raise Inconnu(f"« {ident} » n'a pas de valeur pour {periode}. Périodes connues : {listed}.")
        details = ", ".join(filter(None, [ecriture.periode(periode), self.edition.titre(indicateur.territoire)]))
        return mots(f"{ecriture.mesure(found, indicateur.unite)} ({details})")

    def liste(self, genre: str) -> Nodes:
        """The elements of a kind, as a list of links; alone in its paragraph."""
        elements = self.edition.tous(self._classe(genre))
        return [puces([[plain([lien_element(element.id, element.titre)])] for element in elements])] if elements else []

    def version(self) -> Nodes:
        """The date of the version."""
        return mots(ecriture.jour(date.fromisoformat(self.edition.date)))

    def identite(self, chemin: str) -> Nodes:
        """What `data/identite.yml` says at this path, or « à compléter »: nothing is invented."""
        return _dit(self._identite(chemin), chemin) or [span(["a-completer"], "à compléter")]

    def identite_liste(self, chemin: str) -> Nodes:
        """The items of a list of `data/identite.yml`, as a list; alone in its paragraph."""
        items = self._identite(chemin) or []
        return [puces([[plain(ligne(item, self.edition.titre))] for item in items])] if items else []

    def fourni(self, chemin: str) -> bool:
        """Whether `data/identite.yml` says something at this path."""
        try:
            return bool(self._identite(chemin))
        except Inconnu as unknown:
            self._dire(f"fourni({chemin!r})", unknown)
            return False

    def conformite(self) -> Nodes:
        """« non conforme », « partiellement conforme » or « totalement conforme »."""
        return mots(conformite(self.edition).etat.value)

    def controle(self) -> Nodes:
        """The last automatic check of the site: what was run, on what, what it found; alone in its paragraph."""
        known = self.contexte.controle
        if known is None:
            return [puces(["Aucun contrôle automatique n'est enregistré pour ce site."])]
        lines = [
            f"Date du contrôle : {ecriture.jour(known.jour)}",
            f"Version contrôlée : celle du {ecriture.jour(known.version)}",
            f"Outils : {ecriture.enumeration(known.outils)}",
            f"Lecture du HTML : {ecriture.accord(known.pages, 'page')}",
            f"Ouverture dans un navigateur : {ecriture.accord(len(known.echantillon), 'page')}, au moins une de chaque "
            f"sorte, en {ecriture.enumeration(known.affichages)}, soit {ecriture.accord(known.essais, 'essai')}",
            f"Pages ouvertes : {', '.join(known.echantillon)}",
            f"Résultat : {_resultat(known.fautes)}",
        ]
        return [puces([[plain(mots(line))] for line in [*lines, *known.fautes]])]

    def _identite(self, chemin: str) -> Any:
        found: Any = self.edition.identite
        for name in chemin.split("."):
            if found is None:
                return None
            known = type(found).model_fields
            if name not in known:
                raise Inconnu(f"« {name} » n'est pas un champ de l'identité. {suggestion(name, known)}".strip())
            found = getattr(found, name)
        return found

    def _element(self, ident: str) -> Element:
        found = self.edition.elements.get(ident)
        if found is None:
            near = suggestion(ident, self.edition.elements)
            raise Inconnu(f"aucun élément de cette édition ne porte l'identifiant « {ident} ». {near}".strip())
        return found

    def _classe(self, genre: str) -> type[Element]:
        if genre not in CLASSES:
            raise Inconnu(f"« {genre} » n'est pas un genre d'élément. {suggestion(genre, CLASSES)}".strip())
        return CLASSES[genre]

    def _told(self, word: Any) -> Any:
        """The word as HTML. What it does not find is told to MkDocs: all at once, and nothing is published."""

        def told(*arguments: str) -> str:
            try:
                return self._html(word(*arguments))
            except Inconnu as unknown:
                self._dire(f"{word.__name__}({', '.join(map(repr, arguments))})", unknown)
                return ""

        return told

    def _dire(self, call: str, unknown: Inconnu) -> None:
        _JOURNAL.warning("docs/%s : {{ %s }} : %s", self.env.page.file.src_uri, call, unknown)

    def _html(self, nodes: Nodes) -> str:
        block = bool(nodes) and nodes[0]["t"] == "BulletList"
        html = render(nodes if block else [plain(nodes)], self._href).html
        return html if block else _markdown_safe(html)

    def _href(self, target: str) -> str | None:
        found = self.adresses.get(target.removeprefix("#"))
        if found is None:
            return None
        page, _, anchor = found.partition("#")
        return "../" * self.env.page.file.src_uri.count("/") + f"{page}.html" + (f"#{anchor}" if anchor else "")


def _dit(value: Any, chemin: str) -> Nodes:
    """A value of the identity as it reads: a date in words, an address one can follow, a SIREN by groups of three."""
    match value:
        case None | "":
            return []
        case date():
            return mots(ecriture.jour(value))
        case Decimal():
            return mots(ecriture.nombre(value))
        case str() if value.startswith(("https://", "http://")):
            return [lien(value, mots(value), ["externe"])]
        case str() if _COURRIEL.fullmatch(value):
            return [lien(f"mailto:{value}", mots(value))]
        case str():
            return mots(" ".join(re.findall("...", value)) if chemin == "siren" else value)
    raise Inconnu(f"« {chemin} » rassemble plusieurs champs : nommez l'un d'eux.")


def _resultat(fautes: Sequence[str]) -> str:
    return f"{ecriture.accord(len(fautes), 'défaut')} :" if fautes else "aucun défaut détecté par ces outils"


def _markdown_safe(html: str) -> str:
    """The same HTML, in which no character means anything in Markdown, neither in the text nor in the attributes."""
    done, position = [], 0
    for tag in _BALISE.finditer(html):
        done += [_entities(html[position : tag.start()]), _VALEUR.sub(lambda value: _entities(value[0]), tag[0])]
        position = tag.end()
    return "".join([*done, _entities(html[position:])])


def _entities(text: str) -> str:
    return _MARKDOWN.sub(lambda character: f"&#{ord(character[0])};", text)
