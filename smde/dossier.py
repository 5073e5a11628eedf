"""Every element of a dossier, where it is written, the series, and all that is wrong. Never raises on content."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from smde import contours, fautes, images, modele_word, series, textes_valides
from smde.composer import REFUSED, Noeud, shortened
from smde.contours import Trace
from smde.diagnostic import Diagnostic, Place, in_order, suggestion
from smde.ecriture import nombre
from smde.fichier_word import PLUS_GROS, FichierRefuse
from smde.fichiers import FOLDERS, files_of, named
from smde.liaison import Ecrit, Liaison, Origine
from smde.model.champ import Diffusion
from smde.model.demarche import Phase, StatutPhase
from smde.model.element import Element, StatutValidation
from smde.model.identite import Identite
from smde.model.mesures import Indicateur, Territoire, Valeur
from smde.model.plan import Champ, champs
from smde.model.rubriques import RUBRIQUES, Rubrique
from smde.modele_word import ModeleWord
from smde.parcours import Chemin as Chemin
from smde.parcours import references as references
from smde.parcours import textes
from smde.source import Source, read, reason
from smde.textes_valides import TexteValide

MAX_FILE = 5_000_000
IDENTIFIANT = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_TITRE = r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?"""
CITATION = re.compile(
    rf"\[\[([^\[\]\n]{{1,200}})\]\]|\]\(\s*(?:#?({IDENTIFIANT.pattern})|<#?({IDENTIFIANT.pattern})>){_TITRE}\s*\)"
)
SORTIS = frozenset({StatutValidation.remplace, StatutValidation.abandonne})
"""The statuses of what is no longer part of the strategy."""
E_ = TypeVar("E_", bound=Element)


class Passage(NamedTuple):
    """A text typed in an element: where, the field, and who may read it."""

    element: Element
    chemin: Chemin
    champ: Champ
    diffusion: Diffusion
    texte: str


@dataclass(eq=False)
class Dossier:
    """All that is good and all that is bad in a dossier; elements are in reading order."""

    racine: Path
    elements: dict[str, Element] = field(default_factory=dict)
    origines: dict[str, Origine] = field(default_factory=dict)
    genres: dict[str, str] = field(default_factory=dict)
    """Kind of every id, including those of elements that were rejected and of files that cannot be read."""
    broken: dict[str, frozenset[str]] = field(default_factory=dict)
    """Fields in which something is wrong, by element: rules say nothing more about them."""
    series: dict[str, tuple[Valeur, ...]] = field(default_factory=dict)
    fichiers: dict[str, bytes] = field(default_factory=dict)
    modeles_word: dict[str, ModeleWord] = field(default_factory=dict)
    contours: dict[str, Trace] = field(default_factory=dict)
    """The outline of each territory that `data/contours.geojson` knows."""
    textes_valides: list[TexteValide] = field(default_factory=list)
    """The texts kept with the decisions that validated them, those that are no longer what they were included."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    liens: list[tuple[Element, Chemin, str]] = field(default_factory=list)
    """Every reference of a sound field: who cites, where, whom."""

    def tous(self, classe: type[E_]) -> list[E_]:
        """The elements of a kind, in reading order."""
        return self._by_class.get(classe, [])

    def vivants(self, classe: type[E_]) -> list[E_]:
        """The elements of a kind that are still part of the strategy, in reading order."""
        return self._alive.get(classe, [])

    def au_statut(self, *statuts: StatutValidation) -> list[Element]:
        """The elements of every kind that stand at these statuses of validation."""
        return [element for statut in statuts for element in self._by_status.get(statut, ())]

    @cached_property
    def _by_class(self) -> dict[type[Element], list[Any]]:
        found: dict[type[Element], list[Any]] = {}
        for element in self.elements.values():
            found.setdefault(type(element), []).append(element)
        return found

    @cached_property
    def _alive(self) -> dict[type[Element], list[Any]]:
        return {
            classe: [element for element in elements if element.validation.statut not in SORTIS]
            for classe, elements in self._by_class.items()
        }

    @cached_property
    def _by_status(self) -> dict[StatutValidation, list[Element]]:
        found: dict[StatutValidation, list[Element]] = {}
        for element in self.elements.values():
            found.setdefault(element.validation.statut, []).append(element)
        return found

    @cached_property
    def identite(self) -> Identite:
        """The authority, or a nameless one when the dossier has none yet."""
        given = self.tous(Identite)
        return (
            given[0]
            if given
            else Identite(id="identite", titre="Dossier", strategie="Stratégie de développement économique")
        )

    def place(self, ident: str, chemin: Chemin = (), *, key: bool = False) -> Place:
        """Where a field of an element is written."""
        origine = self.origines[ident]
        return origine.source.place_at(origine.noeud, chemin, key=key)

    @cached_property
    def termines(self) -> frozenset[str]:
        """What the closed phases of the démarche have produced: its continuation may then be demanded.

        While the phase that produces the objectives is under way, an enjeu without objective is work in progress.
        """
        return frozenset(
            produit.name
            for phase in self.tous(Phase)
            if phase.statut is StatutPhase.terminee
            for produit in phase.produit
        )

    @cached_property
    def passages(self) -> list[Passage]:
        """Every text and line typed in the elements, with who may read it."""
        return [
            Passage(element, *passage)
            for element in self.elements.values()
            for passage in textes(element, element.niveau())
        ]

    @cached_property
    def crochets(self) -> list[tuple[Passage, str]]:
        """Whatever a text cites, be it an id or not."""
        return [
            (passage, match[1] or match[2] or match[3])
            for passage in self.passages
            if "[" in passage.texte and passage.champ.nature == "texte"
            for match in CITATION.finditer(passage.texte)
        ]

    @cached_property
    def citations(self) -> list[tuple[Passage, str]]:
        """Every id cited inside a text."""
        return [(passage, cible) for passage, cible in self.crochets if IDENTIFIANT.fullmatch(cible)]

    @cached_property
    def cites_par(self) -> dict[str, list[Element]]:
        """For each id, the elements whose fields cite it, each once, in reading order."""
        found: dict[str, dict[str, Element]] = {}
        for element, _, cible in self.liens:
            found.setdefault(cible, {})[element.id] = element
        return {cible: list(elements.values()) for cible, elements in found.items()}


def charger(racine: Path) -> Dossier:
    """Read, validate and link the dossier at `racine`: returns all that is good and all that is bad."""
    dossier = Dossier(racine)
    files = files_of(racine)
    dossier.diagnostics += files.diagnostics
    sources = [read(file, path) for file, path in files.found]
    ecrits = [ecrit for source in sources for ecrit in _elements(source, dossier)]
    if not ecrits and not dossier.diagnostics:
        what = "Aucun élément n'est écrit" if files.found else "Aucun fichier YAML"
        message = f"{what} dans {', '.join(f'`{name}/`' for name in FOLDERS)}."
        aide = "Indiquez le dossier avec --racine, ou écrivez un premier constat dans `strategy/diagnostic/`."
        dossier.diagnostics.append(Diagnostic(Place("."), "erreur", "dossier-vide", message, aide))
    _index(ecrits, dossier)
    for ecrit in ecrits:
        _validate(ecrit, dossier)
    illisibles = frozenset(
        rubrique.classe.genre for source in sources if source.missing for rubrique, _ in _rubriques(source.path)
    )
    _link(ecrits, Liaison(dossier.genres, illisibles), dossier)
    _attach(dossier)
    _outline(dossier)
    dossier.textes_valides, unread = textes_valides.lire(racine)
    dossier.diagnostics += unread
    dossier.diagnostics = in_order(dossier.diagnostics)
    return dossier


def _rubriques(path: str) -> list[tuple[Rubrique, str]]:
    """The headings a file may hold, each with its key in the file (none when the whole file is that heading)."""
    stem = path.rsplit(".", 1)[0]
    for rubrique in RUBRIQUES:
        if stem == rubrique.chemin or stem.startswith(rubrique.chemin + "/"):
            return [(rubrique, "")]
    return [(r, r.chemin[len(stem) + 1 :]) for r in RUBRIQUES if r.chemin.startswith(stem + "/")]


def _elements(source: Source, dossier: Dossier) -> Iterator[Ecrit]:
    """The elements of a file: one, a list, or a block of headings (`phases:`, `seances:`…)."""
    dossier.diagnostics += source.diagnostics
    rubriques = {key: rubrique for rubrique, key in _rubriques(source.path)}
    whole = rubriques.get("")
    if source.broken:
        for ident in source.salvaged_ids():
            dossier.genres.setdefault(ident, whole.classe.genre if whole else "")
    if source.missing:
        return
    if whole is not None:
        yield from _items(whole, source, source.data, source.places, dossier)
    elif not rubriques:
        chemins = [rubrique.chemin for rubrique in RUBRIQUES]
        aide = suggestion(source.path.rsplit(".", 1)[0], chemins) or f"Rubriques possibles : {', '.join(chemins)}."
        message = "Ce fichier n'appartient à aucune rubrique du dossier."
        dossier.diagnostics.append(Diagnostic(Place(source.path), "erreur", "fichier-hors-rubrique", message, aide))
    elif isinstance(source.data, dict):
        for name, (key, noeud) in source.places[1].items():
            if name in rubriques:
                yield from _items(rubriques[name], source, source.data.get(name), noeud, dossier)
                continue
            aide = suggestion(name, rubriques) or f"Rubriques possibles : {', '.join(rubriques)}."
            message = f"La rubrique `{shortened(name)}` n'existe pas."
            dossier.diagnostics.append(Diagnostic(source.place(key), "erreur", "champ-inconnu", message, aide))
    elif source.data is not None and source.data is not REFUSED:
        aide = f"Rubriques possibles : {', '.join(rubriques)}."
        message = "Ce fichier doit contenir des rubriques."
        place = source.place_at(source.places)
        dossier.diagnostics.append(Diagnostic(place, "erreur", "rubrique-attendue", message, aide))


def _items(rubrique: Rubrique, source: Source, data: Any, noeud: Noeud, dossier: Dossier) -> Iterator[Ecrit]:
    """The elements below a heading: one, or a list."""
    listed = isinstance(data, list)
    for item, place in zip(data, noeud[1], strict=True) if listed else [(data, noeud)]:
        if isinstance(item, dict):
            ident = item.get("id")
            ident = ident.strip() if isinstance(ident, str) else None
            yield Ecrit(rubrique.classe, Origine(source, place), item, ident, references(rubrique.classe, item))
        elif item is not REFUSED and (listed or item is not None):
            message = "Un élément est attendu ici : un bloc avec `id` et `titre`."
            aide = "Écrivez `- id: …`, puis les autres champs alignés en dessous."
            dossier.diagnostics.append(Diagnostic(source.place_at(place), "erreur", "element-attendu", message, aide))


def _index(ecrits: Sequence[Ecrit], dossier: Dossier) -> None:
    """Know every id before anything is judged, so that one bad field does not make its citations false."""
    for ecrit in ecrits:
        ident = ecrit.ident
        if ident is None:
            continue
        first = dossier.origines.get(ident)
        if first is None:
            dossier.origines[ident] = ecrit.origine
            dossier.genres[ident] = ecrit.classe.genre
            continue
        if dossier.genres[ident] != ecrit.classe.genre:
            dossier.genres[ident] = ""  # who cites it may mean either
        where = first.source.place_at(first.noeud)
        message = f"L'identifiant `{shortened(ident)}` est déjà pris ({where.path}, ligne {where.span.line})."
        aide = "Choisissez-en un autre : un identifiant est unique dans tout le dossier."
        dossier.diagnostics.append(ecrit.fault("identifiant-en-double", message, aide, ("id",)))
        # What the second one cites is cited, though it cannot be kept: nothing is to be said of what nobody cites.
        cited = frozenset(str(chemin[0]) for chemin, _, _ in ecrit.references)
        dossier.broken[ident] = dossier.broken.get(ident, frozenset()) | cited


def _validate(ecrit: Ecrit, dossier: Dossier) -> None:
    """Keep an element, if need be without the fields that are wrong, which are told."""
    validate = ecrit.classe.__pydantic_validator__.validate_python
    ident = ecrit.ident
    wrong: frozenset[str] = frozenset()
    if ecrit.origine.source.empty_in(ecrit.origine.noeud):
        dossier.diagnostics += fautes.unknown_empties(ecrit.classe, ecrit.data, *ecrit.origine)
    try:
        element = validate(ecrit.data)
    except ValidationError as error:
        dossier.diagnostics += fautes.diagnostics(error, ecrit.classe, *ecrit.origine)
        wrong = fautes.broken_fields(error)
        if ident is None or "id" in wrong or dossier.origines.get(ident) is not ecrit.origine:
            return
        dossier.broken[ident] = dossier.broken.get(ident, frozenset()) | wrong
        sound = {name: value for name, value in ecrit.data.items() if name not in wrong}
        for nom, champ in champs(ecrit.classe).items():
            if champ.requis and nom not in sound:
                sound[nom] = ident if nom == "titre" else fautes.stand_in(ecrit.classe, nom)
        element = validate(sound)
    if dossier.origines.get(element.id) is ecrit.origine:
        dossier.elements[element.id] = element
        dossier.liens += [(element, chemin, cible) for chemin, _, cible in ecrit.references if chemin[0] not in wrong]


def _link(ecrits: Sequence[Ecrit], liaison: Liaison, dossier: Dossier) -> None:
    """Tell the references that are wrong, in fields and in texts."""
    for ecrit in ecrits:
        dossier.diagnostics += liaison.in_fields(ecrit)
    for passage, cible in dossier.crochets:
        element = passage.element
        dossier.diagnostics += liaison.in_text(dossier.origines[element.id], passage.chemin, element.titre, cible)


def _attach(dossier: Dossier) -> None:
    """Read the files that elements name (series, logo), inside the dossier only."""
    series_of: dict[str, str] = {}
    for element in dossier.elements.values():
        for champ in _champs_fichiers(type(element)):
            value = element.__dict__[champ.nom]
            if not value or champ.nom in dossier.broken.get(element.id, ()):
                continue
            found = named(dossier.racine, dossier.origines[element.id].source.path, value)
            if found.message:
                message = f"Le fichier `{value}` de « {element.titre} » {found.message}."
                _spoiled(dossier, element, champ, "fichier-absent", message, found.aide)
            elif not isinstance(element, Indicateur):
                _take(dossier, element, champ, value, found.file)
            elif found.path in series_of:
                message = f"La série `{value}` est déjà celle de `{series_of[found.path]}`."
                aide = "Une série décrit un seul indicateur : donnez-lui son propre fichier."
                _spoiled(dossier, element, champ, "serie-partagee", message, aide)
            else:
                series_of[found.path] = element.id
                serie = series.read(found.file, found.path)
                dossier.diagnostics += serie.diagnostics
                dossier.series[element.id] = tuple(serie.valeurs)
                if serie.diagnostics:
                    dossier.broken[element.id] = dossier.broken.get(element.id, frozenset()) | {champ.nom}


def _outline(dossier: Dossier) -> None:
    """Read the outlines of the territories, when the dossier has them; tell which tiles have none."""
    dossier.diagnostics += contours.voisins(dossier.racine)
    if not os.path.lexists(dossier.racine / contours.CHEMIN):
        return
    found = named(dossier.racine, "data/identite.yml", Path(contours.CHEMIN).name)
    if found.message:
        message = f"Le fichier `{contours.CHEMIN}` {found.message}."
        dossier.diagnostics.append(
            Diagnostic(Place(contours.CHEMIN), "erreur", "fichier-absent", message, "Copiez le fichier lui-même.")
        )
        return
    territoires = dossier.tous(Territoire)
    read = contours.lire(found.file, {t.id: (t.code, t.titre) for t in territoires if t.code})
    dossier.contours = read.traces
    dossier.diagnostics += read.diagnostics
    for territoire in territoires if read.traces and not read.diagnostics else ():
        if territoire.tuile and territoire.id not in read.traces and not dossier.broken.get(territoire.id):
            lacks = f"`{contours.CHEMIN}` n'a pas le code `{territoire.code}`"
            lacks = lacks if territoire.code else "il n'a pas de `code`"
            message = f"« {territoire.titre} » n'a pas de contour : {lacks}. La carte reste en tuiles."
            aide = "Ajoutez son contour au fichier, corrigez son `code`, ou ôtez sa `tuile`."
            place = dossier.place(territoire.id, ("code",) if territoire.code else ())
            dossier.diagnostics.append(Diagnostic(place, "alerte", "contour-absent", message, aide))


@cache
def _champs_fichiers(classe: type[Element]) -> tuple[Champ, ...]:
    return tuple(champ for champ in champs(classe).values() if champ.nature == "fichier")


def _spoiled(dossier: Dossier, element: Element, champ: Champ, code: str, message: str, aide: str) -> None:
    """Tell what is wrong with a file that an element names, so that rules say nothing more of it."""
    place = dossier.place(element.id, (champ.nom,))
    dossier.diagnostics.append(Diagnostic(place, "erreur", code, message, aide))
    dossier.broken[element.id] = dossier.broken.get(element.id, frozenset()) | {champ.nom}


def _take(dossier: Dossier, element: Element, champ: Champ, value: str, file: Path) -> None:
    """Take an image, without what it says of who made it, or the Word model of the authority."""
    is_model = champ.nom == "modele_word"
    limit = PLUS_GROS if is_model else MAX_FILE
    try:
        size = file.stat().st_size
        if size <= limit:
            if is_model:
                dossier.modeles_word[value] = modele_word.lire(file.read_bytes())
            else:
                dossier.fichiers[value] = images.lire(file.read_bytes()).octets
            return
        weight = f"{nombre(round(Decimal(size) / 1_000_000, 1))} Mo ; la limite est de {limit // 1_000_000} Mo"
        message, aide = (
            f"Le fichier `{value}` fait {weight}.",
            "Réduisez ses images." if is_model else "Réduisez l'image.",
        )
        _spoiled(dossier, element, champ, "fichier-trop-gros", message, aide)
    except (images.ImageRefusee, FichierRefuse) as refus:
        message = f"Le fichier `{value}` {refus.message}."
        _spoiled(dossier, element, champ, "modele-refuse" if is_model else "image-refusee", message, refus.aide)
    except OSError as error:
        message = f"Le fichier `{value}` ne peut pas être lu : {reason(error)}."
        _spoiled(dossier, element, champ, "fichier-illisible", message, "Vérifiez ses droits d'accès.")
