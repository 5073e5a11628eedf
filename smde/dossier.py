"""Every element of a dossier, where each is written, the series, and everything that is wrong. Never raises on content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from smde import fautes, series
from smde.diagnostic import Diagnostic, Place, in_order, suggestion
from smde.model.champ import Diffusion, Partie
from smde.model.demarche import Phase, StatutPhase
from smde.model.element import Element
from smde.model.identite import Identite
from smde.model.mesures import Indicateur, Valeur
from smde.model.plan import Champ, champs
from smde.model.rubriques import CHEMINS, CLASSES, RUBRIQUES, Rubrique
from smde.source import Noeud, Source, read

FOLDERS = ("strategy", "schema", "data")
CITATION = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_-]{0,63})\]\]|\]\(#?([A-Za-z][A-Za-z0-9_-]{0,63})\)")
Chemin = tuple[str | int, ...]
E_ = TypeVar("E_", bound=Element)


class Origine(NamedTuple):
    """Where an element is written."""

    source: Source
    noeud: Noeud


class Passage(NamedTuple):
    """A text typed in an element: where, the field, and who may read it."""

    element: Element
    chemin: Chemin
    champ: Champ
    diffusion: Diffusion
    texte: str


@dataclass
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
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def tous(self, classe: type[E_]) -> list[E_]:
        """The elements of a kind, in reading order."""
        return self._by_class.get(classe, [])

    @cached_property
    def _by_class(self) -> dict[type[Element], list[Any]]:
        found: dict[type[Element], list[Any]] = {}
        for element in self.elements.values():
            found.setdefault(type(element), []).append(element)
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
            for passage in _passages(element, (), element.niveau())
        ]

    @cached_property
    def citations(self) -> list[tuple[Passage, str]]:
        """Every id cited inside a text."""
        return [
            (passage, match[1] or match[2])
            for passage in self.passages
            if passage.champ.nature == "texte" and "[" in passage.texte
            for match in CITATION.finditer(passage.texte)
        ]

    @cached_property
    def liens(self) -> list[tuple[Element, Chemin, str]]:
        """Every reference of a field: who cites, where, whom."""
        return [
            (element, chemin, cible)
            for element in self.elements.values()
            for chemin, _, cible in references(type(element), element.__dict__)
        ]

    @cached_property
    def cites_par(self) -> dict[str, list[Element]]:
        """For each id, the elements whose fields cite it, each once, in reading order."""
        found: dict[str, dict[str, Element]] = {}
        for element, _, cible in self.liens:
            found.setdefault(cible, {})[element.id] = element
        return {cible: list(elements.values()) for cible, elements in found.items()}


def _passages(partie: Partie, chemin: Chemin, level: Diffusion) -> Iterator[tuple[Chemin, Champ, Diffusion, str]]:
    for champ in _champs_ecrits(type(partie)):
        value = partie.__dict__[champ.nom]
        if not value:
            continue
        here = max(level, champ.diffusion)
        if champ.nature:
            if champ.liste:
                for index, item in enumerate(value):
                    yield (*chemin, champ.nom, index), champ, here, item
            else:
                yield (*chemin, champ.nom), champ, here, value
        elif champ.liste:
            for index, item in enumerate(value):
                yield from _passages(item, (*chemin, champ.nom, index), max(here, item.niveau()))
        else:
            yield from _passages(value, (*chemin, champ.nom), max(here, value.niveau()))


_ECRITS: dict[type[Partie], tuple[Champ, ...]] = {}


def _champs_ecrits(classe: type[Partie]) -> tuple[Champ, ...]:
    """Fields that hold words, or parts that may hold some."""
    found = _ECRITS.get(classe)
    if found is None:
        found = tuple(
            champ
            for champ in champs(classe).values()
            if champ.nature in ("texte", "ligne") or any(_champs_ecrits(partie) for partie in champ.parties.values())
        )
        _ECRITS[classe] = found
    return found


_LIANTS: dict[type[Partie], tuple[Champ, ...]] = {}


def _champs_liants(classe: type[Partie]) -> tuple[Champ, ...]:
    """Fields that hold references, or parts that may hold some."""
    found = _LIANTS.get(classe)
    if found is None:
        found = tuple(
            champ
            for champ in champs(classe).values()
            if champ.vers is not None or any(_champs_liants(partie) for partie in champ.parties.values())
        )
        _LIANTS[classe] = found
    return found


def references(
    classe: type[Partie], data: Mapping[str, Any], chemin: Chemin = ()
) -> Iterator[tuple[Chemin, Champ, str]]:
    """Every reference in a mapping, raw or validated, as `(path, field, id)`; what has a wrong shape is passed over."""
    for champ in _champs_liants(classe):
        value = data.get(champ.nom)
        if not value:
            continue
        items = value if isinstance(value, list) else (value,)
        for index, item in enumerate(items):
            here: Chemin = (*chemin, champ.nom, index) if isinstance(value, list) else (*chemin, champ.nom)
            if champ.vers is not None:
                if isinstance(item, str):
                    yield here, champ, item
                continue
            inside = item if isinstance(item, dict) else getattr(item, "__dict__", None)
            if isinstance(inside, dict):
                part = champ.parties.get(str(inside.get(champ.discriminant, "")) if champ.discriminant else "")
                if part is not None:
                    yield from references(part, inside, here)


def charger(racine: Path) -> Dossier:
    """Read, validate and link the dossier at `racine`: returns all that is good and all that is bad."""
    dossier = Dossier(racine)
    raw: list[tuple[Rubrique, Origine, dict[str, Any]]] = []
    files = list(_files(racine, dossier))
    for file, path in files:
        source = read(file, path)
        dossier.diagnostics += source.diagnostics
        for rubrique, noeud, data in _split(source, dossier):
            if isinstance(data, dict):
                raw.append((rubrique, Origine(source, noeud), data))
            else:
                _fault(
                    dossier,
                    source,
                    noeud,
                    "element-attendu",
                    "Un élément est attendu ici : un bloc avec `id` et `titre`.",
                    "Écrivez `- id: …`, puis les autres champs alignés.",
                )
    if not files:
        place = Place(".")
        dossier.diagnostics.append(
            Diagnostic(
                place,
                "erreur",
                "dossier-vide",
                f"Aucun fichier YAML dans {', '.join(f'`{name}/`' for name in FOLDERS)}.",
                "Indiquez le dossier avec --racine, ou créez `strategy/diagnostic/` et un premier constat.",
            )
        )
    _index(raw, dossier)
    for rubrique, origine, data in raw:
        _validate(rubrique, origine, data, dossier)
    _link(raw, dossier)
    _attach(dossier)
    dossier.diagnostics = in_order(dossier.diagnostics)
    return dossier


def _fault(
    dossier: Dossier,
    source: Source,
    noeud: Noeud,
    code: str,
    message: str,
    aide: str = "",
    chemin: Chemin = (),
    *,
    key: bool = False,
) -> None:
    place = source.place_at(noeud, chemin, key=key)
    dossier.diagnostics.append(Diagnostic(place, "erreur", code, message, aide))


def _files(racine: Path, dossier: Dossier) -> Iterator[tuple[Path, str]]:
    """YAML files of the three folders, in order; what leads outside the dossier is refused."""
    home = racine.resolve()
    for folder in FOLDERS:
        for file in sorted((racine / folder).rglob("*.y*ml")):
            path = file.relative_to(racine).as_posix()
            if file.suffix not in (".yml", ".yaml") or any(
                part.startswith(".") for part in file.parts[-len(path.split("/")) :]
            ):
                continue
            if not file.resolve().is_relative_to(home):
                dossier.diagnostics.append(
                    Diagnostic(
                        Place(path),
                        "erreur",
                        "hors-dossier",
                        "Ce fichier mène hors du dossier.",
                        "Copiez-le dans le dossier.",
                    )
                )
            elif file.is_file():
                yield file, path


def _split(source: Source, dossier: Dossier) -> Iterator[tuple[Rubrique, Noeud, Any]]:
    """The elements of a file: one, a list, or a block of headings (`phases:`, `seances:`…)."""
    stem = source.path.rsplit(".", 1)[0]
    rubrique = next((r for r in RUBRIQUES if stem == r.chemin or stem.startswith(r.chemin + "/")), None)
    below = {r.chemin[len(stem) + 1 :]: r for r in RUBRIQUES if r.chemin.startswith(stem + "/")}
    if source.broken:
        for ident in source.salvaged_ids():
            dossier.genres.setdefault(ident, rubrique.classe.genre if rubrique else "")
        return
    if rubrique is not None:
        yield from _items(rubrique, source.data, source.places)
    elif below:
        if not isinstance(source.data, dict):
            _fault(
                dossier,
                source,
                source.places,
                "rubrique-attendue",
                "Ce fichier doit contenir des rubriques.",
                f"Rubriques possibles : {', '.join(below)}.",
            )
            return
        for name, (key, noeud) in source.places[1].items():
            if name not in below:
                aide = suggestion(name, below) or f"Rubriques possibles : {', '.join(below)}."
                dossier.diagnostics.append(
                    Diagnostic(
                        source.place(key), "erreur", "champ-inconnu", f"La rubrique `{name}` n'existe pas.", aide
                    )
                )
            else:
                yield from _items(below[name], source.data.get(name), noeud)
    else:
        near = suggestion(stem, [r.chemin for r in RUBRIQUES])
        aide = near or f"Rubriques possibles : {', '.join(r.chemin for r in RUBRIQUES)}."
        dossier.diagnostics.append(
            Diagnostic(
                Place(source.path),
                "erreur",
                "fichier-hors-rubrique",
                "Ce fichier n'appartient à aucune rubrique du dossier.",
                aide,
            )
        )


def _items(rubrique: Rubrique, data: Any, noeud: Noeud) -> Iterator[tuple[Rubrique, Noeud, Any]]:
    if data is None:
        return
    if isinstance(data, list):
        for item, place in zip(data, noeud[1], strict=True):
            yield rubrique, place, item
    else:
        yield rubrique, noeud, data


def _index(raw: Sequence[tuple[Rubrique, Origine, dict[str, Any]]], dossier: Dossier) -> None:
    """Know every id before anything is judged, so that one bad field does not make its citations false."""
    for rubrique, origine, data in raw:
        ident = data.get("id")
        if not isinstance(ident, str):
            continue
        first = dossier.origines.get(ident)
        if first is not None:
            where = first.source.place_at(first.noeud)
            _fault(
                dossier,
                origine.source,
                origine.noeud,
                "identifiant-en-double",
                f"L'identifiant `{ident}` est déjà pris ({where.path}, ligne {where.span.line}).",
                "Choisissez-en un autre : un identifiant est unique dans tout le dossier.",
                ("id",),
            )
            continue
        dossier.origines[ident] = origine
        dossier.genres[ident] = rubrique.classe.genre


def _validate(rubrique: Rubrique, origine: Origine, data: dict[str, Any], dossier: Dossier) -> None:
    classe = rubrique.classe
    try:
        element = classe.__pydantic_validator__.validate_python(data)
    except ValidationError as error:
        dossier.diagnostics += fautes.diagnostics(error, classe, origine.source, origine.noeud)
        wrong = fautes.broken_fields(error)
        ident = data.get("id")
        if not isinstance(ident, str) or "id" in wrong:
            return
        dossier.broken[ident] = wrong
        sound = {name: value for name, value in data.items() if name not in wrong}
        try:
            element = classe.__pydantic_validator__.validate_python(sound)
        except ValidationError:
            return
    if dossier.origines.get(element.id) is origine:
        dossier.elements[element.id] = element


def _link(raw: Sequence[tuple[Rubrique, Origine, dict[str, Any]]], dossier: Dossier) -> None:
    """Tell unknown, mistyped and self references, each once, in fields and in texts."""
    genres = dossier.genres
    for rubrique, origine, data in raw:
        ident = data.get("id")
        told: set[tuple[str, str]] = set()
        for chemin, champ, cible in references(rubrique.classe, data):
            genre = genres.get(cible)
            wrong_kind = bool(champ.vers) and genre is not None and genre != "" and genre not in (champ.vers or ())
            if genre is not None and not wrong_kind and cible != ident:
                continue
            if (champ.nom, cible) in told:
                continue
            told.add((champ.nom, cible))
            _fault(dossier, origine.source, origine.noeud, *_link_words(data, cible, champ, dossier, ident), chemin)
    for passage, cible in dossier.citations:
        if cible not in genres:
            aide = (
                suggestion(cible, genres) or "Écrivez l'identifiant d'un élément du dossier, ou retirez les crochets."
            )
            message = f"Le texte de {_title(passage.element)} cite `{cible}`, qui n'existe pas dans le dossier."
            dossier.diagnostics.append(
                Diagnostic(
                    dossier.place(passage.element.id, passage.chemin), "erreur", "reference-inconnue", message, aide
                )
            )


def _title(element: Element) -> str:
    return f"« {element.titre} »"


def _link_words(
    data: Mapping[str, Any], cible: str, champ: Champ, dossier: Dossier, ident: object
) -> tuple[str, str, str]:
    title = data.get("titre")
    who = f"« {title} »" if isinstance(title, str) else f"`{ident}`"
    wanted = [genre for genre in champ.vers or () if genre in CLASSES]
    kinds = " ou ".join(CLASSES[genre].pluriel for genre in wanted) or "éléments du dossier"
    pool = [known for known, genre in dossier.genres.items() if (not wanted or genre in wanted) and known != ident]
    where = " ou ".join(f"`{CHEMINS[genre]}`" for genre in wanted) or "le dossier"
    if cible == ident:
        return (
            "reference-a-soi-meme",
            f"{who} se cite lui-même dans `{champ.nom}`.",
            f"Citez un autre élément, ou retirez `{cible}`.",
        )
    genre = dossier.genres.get(cible)
    if genre:
        article = "une" if CLASSES[genre].feminin else "un"
        near = suggestion(cible, pool)
        return (
            "reference-mal-typee",
            f"{who} cite `{cible}` dans `{champ.nom}` : c'est {article} {CLASSES[genre].nom}.",
            near or f"Ce champ attend : {kinds} (voir {where}).",
        )
    near = suggestion(cible, pool)
    return (
        "reference-inconnue",
        f"{who} cite `{cible}`, absent des {kinds}.",
        near or f"Ajoutez-le dans {where}, ou corrigez l'identifiant.",
    )


def _attach(dossier: Dossier) -> None:
    """Read the files that elements name (series, logo), inside the dossier only."""
    named: dict[str, str] = {}
    for element in dossier.elements.values():
        for champ in champs(type(element)).values():
            value = element.__dict__[champ.nom]
            if champ.nature != "fichier" or not value:
                continue
            origine = dossier.origines[element.id]
            folder = (dossier.racine / origine.source.path).parent
            file = folder / value
            home = dossier.racine.resolve()
            outside = Path(value).is_absolute() or "\\" in value or not file.resolve().is_relative_to(home)
            if outside or not file.is_file():
                found = (
                    "mène hors du dossier"
                    if outside
                    else f"n'existe pas dans `{folder.relative_to(dossier.racine).as_posix()}/`"
                )
                aide = (
                    "Donnez un chemin relatif, sans `..`, vers un fichier du dossier."
                    if outside
                    else "Ajoutez le fichier, ou corrigez son nom."
                )
                _fault(
                    dossier,
                    origine.source,
                    origine.noeud,
                    "fichier-absent",
                    f"Le fichier `{value}` de {_title(element)} {found}.",
                    aide,
                    (champ.nom,),
                )
                dossier.broken[element.id] = dossier.broken.get(element.id, frozenset()) | {champ.nom}
                continue
            path = file.resolve().relative_to(home).as_posix()
            if isinstance(element, Indicateur):
                if path in named:
                    _fault(
                        dossier,
                        origine.source,
                        origine.noeud,
                        "serie-partagee",
                        f"La série `{value}` est déjà celle de `{named[path]}`.",
                        "Une série décrit un seul indicateur : donnez-lui son propre fichier.",
                        (champ.nom,),
                    )
                    continue
                named[path] = element.id
                serie = series.read(file, path)
                dossier.diagnostics += serie.diagnostics
                dossier.series[element.id] = tuple(serie.valeurs)
                if serie.diagnostics:
                    dossier.broken[element.id] = dossier.broken.get(element.id, frozenset()) | {champ.nom}
            else:
                dossier.fichiers[value] = file.read_bytes()
