"""The outlines of `data/contours.geojson`: each territory's own, found by its code; never raises on content.

What is found for a territory depends on its code and on the file, never on the other territories: an edition that knows
fewer of them draws the same outlines.
"""

import json
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from smde.composer import FORBIDDEN, MARKER, shortened
from smde.diagnostic import Diagnostic, Place, Severite, Span
from smde.ecriture import nombre
from smde.source import reason

CHEMIN = "data/contours.geojson"
MAX_BYTES = 5_000_000
MAX_TOLD = 20
PROPRIETES = (
    "code", "code_epci", "siren_epci", "epci", "code_siren", "siren", "code_insee", "insee_com", "insee_dep",
    "insee_reg", "insee", "code_officiel", "codgeo", "id",
)  # fmt: skip
"""The properties that may hold the code of a territory, in the order they are looked at, whatever their case."""

Anneau = tuple[tuple[float, float], ...]
"""A closed line: longitudes and latitudes, the first point not repeated."""
Trace = tuple[tuple[Anneau, ...], ...]
"""The polygons of a territory; of each, its outer line, then its holes."""

_WGS84 = "Exportez les contours en WGS84 (EPSG:4326) : longitude puis latitude, en degrés décimaux."
_EXPORT = "Exportez de nouveau les contours en GeoJSON depuis votre logiciel de cartographie (QGIS, Mapshaper…)."
_COLLECTION = 'Le fichier doit commencer par `{"type": "FeatureCollection", "features": [`. ' + _EXPORT
_SURFACE = "Donnez à ce territoire une surface (`Polygon` ou `MultiPolygon`)."
_JSON = (
    ("Expecting ',' delimiter", "il manque une virgule, ou une accolade reste ouverte"),
    ("Expecting ':' delimiter", "il manque deux-points après une clé"),
    ("Expecting property name", "une clé entre guillemets droits est attendue"),
    ("Expecting value", "une valeur est attendue"),
    ("Extra data", "le texte continue après la fin"),
    ("Unterminated string", "un guillemet reste ouvert"),
    ("Invalid control character", "un retour à la ligne ou une tabulation se trouve entre guillemets"),
    ("Invalid \\", "une barre oblique inverse est mal employée"),
    ("Illegal trailing comma", "une virgule est en trop"),
)


@dataclass
class Contours:
    """The outlines found, by territory, and what is wrong in the file."""

    traces: dict[str, Trace] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def voisins(racine: Path) -> Iterator[Diagnostic]:
    """The files of `data/` that look like outlines but do not have the name that is read."""
    try:
        names = sorted(os.listdir(racine / "data"))
    except OSError:
        return
    for name in names:
        low = name.casefold()
        like = low.endswith((".geojson", ".topojson")) or low in ("contours.json", "contours.geo.json")
        if like and name != Path(CHEMIN).name and not name.startswith(".") and not FORBIDDEN.search(name):
            message = "Ce fichier n'est pas lu : les contours de la carte portent toujours le même nom."
            yield Diagnostic(Place(f"data/{name}"), "alerte", "contours-nom", message, f"Renommez-le `{CHEMIN}`.")


def lire(file: Path, codes: Mapping[str, tuple[str, str]]) -> Contours:
    """The outlines of these territories: `codes` gives, by id, their code and their title. Raises nothing."""
    reader = _Lecteur(codes)
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        message = f"Ce fichier ne peut pas être lu : {reason(error)}."
        reader.fault("fichier-illisible", message, "Vérifiez ses droits d'accès.")
        return reader.found
    if size > MAX_BYTES:
        message = f"Ce fichier fait {nombre(round(Decimal(size) / 1_000_000, 1))} Mo ; la limite est de 5 Mo."
        aide = "Gardez les seuls territoires du dossier et simplifiez leurs contours (mapshaper.org : « Simplify »)."
        reader.fault("fichier-trop-gros", message, aide)
        return reader.found
    reader.read(content)
    return reader.found


class _Refus(ValueError):
    """Why a geometry cannot be drawn, in French."""

    def __init__(self, message: str, aide: str, code: str = "contours-geometrie") -> None:
        super().__init__(message)
        self.message, self.aide, self.code = message, aide, code


class _Lecteur:
    """Reads one file."""

    def __init__(self, codes: Mapping[str, tuple[str, str]]) -> None:
        self.codes = codes
        self.found = Contours()
        self.text = ""

    def fault(self, code: str, message: str, aide: str, at: int = 0, severite: Severite = "erreur") -> None:
        """Add a fault at an offset of the text."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", start)
        line = self.text[start : len(self.text) if end < 0 else end].rstrip("\r")
        column = at - start + 1
        span = Span(self.text.count("\n", 0, at) + 1, column, self.text.count("\n", 0, at) + 1, column + 1)
        excerpt = FORBIDDEN.sub(MARKER, line) if at - start < len(line) <= 2000 else ""
        self.found.diagnostics.append(Diagnostic(Place(CHEMIN, span, excerpt), severite, code, message, aide))

    def read(self, content: bytes) -> None:
        """Read the text, the collection, then every feature that a territory needs."""
        try:
            self.text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.text = content[: error.start].decode("utf-8-sig", "replace")
            message = f"Ce fichier n'est pas enregistré en UTF-8 (octet 0x{content[error.start]:02x})."
            self.fault("encodage", message, "Exportez-le en UTF-8.", len(self.text))
            return
        try:
            data = json.loads(self.text, parse_int=float)
        except json.JSONDecodeError as error:
            words = next((words for start, words in _JSON if error.msg.startswith(start)), "il ne se lit plus ici")
            empty = "Ce fichier est vide." if not self.text.strip() else f"Ce fichier n'est pas du JSON : {words}."
            self.fault("contours-illisibles", empty, _EXPORT, error.pos)
            return
        except RecursionError:
            self.fault("contours-illisibles", "Ce fichier imbrique trop de listes l'une dans l'autre.", _EXPORT)
            return
        features = data.get("features") if isinstance(data, dict) else None
        if not isinstance(data, dict) or data.get("type") != "FeatureCollection" or not isinstance(features, list):
            self.fault("contours-illisibles", f"Une collection GeoJSON est attendue : {_kind(data)}.", _COLLECTION)
            return
        self._features(features)

    def _features(self, features: list[Any]) -> None:
        wanted: dict[str, list[str]] = {}
        for ident, (code, _) in self.codes.items():
            wanted.setdefault(_compact(code), []).append(ident)
        ranked: dict[str, tuple[int, list[int]]] = {}
        """By territory, the rank of the property that holds its code, and the features that do."""
        broken = []
        for number, feature in enumerate(features):
            if not isinstance(feature, dict):
                broken.append(number)
                continue
            for rank, code in _codes(feature):
                for ident in wanted.get(code, ()):
                    best, numbers = ranked.get(ident, (rank, []))
                    if rank < best:
                        best, numbers = rank, []
                    if rank == best and number not in numbers[-1:]:
                        numbers.append(number)
                    ranked[ident] = (best, numbers)
        told = [
            (number, _Refus("Un objet `Feature` est attendu ici.", _COLLECTION, "contours-illisibles"))
            for number in broken
        ]
        told += self._geometries(features, ranked)
        if not ranked:
            told.append((0, self._nothing(features)))
        for number, refus in islice(told, MAX_TOLD):
            message = refus.message
            if len(told) > MAX_TOLD and number == told[MAX_TOLD - 1][0]:
                message += f" Ce fichier contient encore {len(told) - MAX_TOLD} autres fautes."
            at = self._places[number] if number < len(self._places) else 0
            self.fault(refus.code, message, refus.aide, at)

    def _geometries(self, features: list[Any], ranked: Mapping[str, tuple[int, list[int]]]) -> list[tuple[int, _Refus]]:
        """Keep the outlines of each territory; give those that cannot be drawn. A wrong projection is told once."""
        told: dict[int, _Refus] = {}
        projected = 0
        for ident in (ident for ident in self.codes if ident in ranked):
            polygons: list[tuple[Anneau, ...]] = []
            sound = True
            for number in ranked[ident][1]:
                try:
                    polygons += _polygones(features[number].get("geometry"))
                except _Refus as refus:
                    sound = False
                    refus.message = f"« {shortened(self.codes[ident][1])} » : {refus.message}"
                    projected += refus.code == "contours-projetes"
                    if refus.code != "contours-projetes" or projected == 1:
                        told.setdefault(number, refus)
            if sound:
                self.found.traces[ident] = tuple(polygons)
        for first in told.values():
            if first.code == "contours-projetes" and projected > 1:
                first.message += f" C'est le cas de {projected} contours."
        return sorted(told.items(), key=lambda item: item[0])

    def _nothing(self, features: list[Any]) -> _Refus:
        """Say that no feature is a territory of the dossier, with what was found and what was looked for."""
        if not features:
            return _Refus("Ce fichier ne contient aucun contour.", _EXPORT, "contours-sans-code")
        if not self.codes:
            message = "Aucun territoire du dossier n'a de `code` : ces contours ne vont à personne."
            aide = "Dans `data/territoires.yml`, donnez à chacun son `code` officiel (SIREN, code Insee)."
            return _Refus(message, aide, "contours-sans-code")
        held = [code for f in features if isinstance(f, dict) for _, code in _codes(f)]
        if held:
            what = f"on y trouve {_listed(list(dict.fromkeys(held)))}"
        else:
            given = next((_properties(f) for f in features if isinstance(f, dict) and _properties(f)), {})
            what = f"les propriétés sont {_listed(list(given))}" if given else "ils n'ont pas de propriétés"
        codes = _listed(list(dict.fromkeys(code for code, _ in self.codes.values())))
        message = f"Aucun contour ne porte le code d'un territoire du dossier : {what}."
        return _Refus(message, f"Donnez à chaque contour une propriété `code` : {codes}.", "contours-sans-code")

    @cached_property
    def _places(self) -> list[int]:
        """Where each feature of a sound collection starts."""
        decoder, text = json.JSONDecoder(parse_int=float), self.text
        starts: list[int] = []

        def after(at: int, passed: str) -> int:
            while at < len(text) and text[at] in passed:
                at += 1
            return at

        at = after(after(0, " \t\r\n") + 1, " \t\r\n")
        while text[at] != "}":
            key, at = decoder.raw_decode(text, at)
            at = after(at, " \t\r\n:")
            if key == "features" and text[at] == "[":
                starts = []
                at = after(at + 1, " \t\r\n")
                while text[at] != "]":
                    starts.append(at)
                    at = after(decoder.raw_decode(text, at)[1], " \t\r\n,")
                at += 1
            else:
                at = decoder.raw_decode(text, at)[1]
            at = after(at, " \t\r\n,")
        return starts


def _kind(data: object) -> str:
    """What a text holds instead of a collection."""
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        return "c'est du TopoJSON"
    if kind == "FeatureCollection":
        return "`features` n'est pas une liste"
    if isinstance(kind, str):
        return f"le `type` est « {shortened(kind)} »"
    return "le `type` n'est pas dit" if isinstance(data, dict) else "c'est autre chose qu'un bloc `{ … }`"


def _listed(words: list[str]) -> str:
    told = ", ".join(f"`{shortened(word, 30)}`" for word in words[:5])
    return told + (", …" if len(words) > 5 else "")


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _codes(feature: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The codes a feature may be found by, and the rank of the property that holds each."""
    given = {name.casefold(): value for name, value in _properties(feature).items()}
    given.setdefault("id", feature.get("id"))
    for rank, name in enumerate(PROPRIETES):
        value = given.get(name)
        if isinstance(value, float) and math.isfinite(value) and value == int(value):
            value = f"{value:.0f}"
        if isinstance(value, str) and value.strip():
            yield rank, _compact(value)


def _compact(code: str) -> str:
    """A code as it is compared: « 242 900 314 » is 242900314, 2a004 is 2A004."""
    return "".join(code.split()).casefold()


def _polygones(geometry: object) -> list[tuple[Anneau, ...]]:
    """The polygons of a geometry; raises _Refus when it is not a surface on the globe."""
    if not isinstance(geometry, dict) or not geometry.get("type"):
        raise _Refus("Ce contour n'a pas de géométrie.", _SURFACE)
    kind, given = geometry["type"], geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Refus(f"Une surface est attendue, c'est « {shortened(str(kind))} ».", _SURFACE)
    polygons = given if kind == "MultiPolygon" else [given]
    if not isinstance(polygons, list) or not polygons:
        raise _Refus("Ce contour est vide.", _SURFACE)
    made = []
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise _Refus("Ce contour est vide.", _SURFACE)
        made.append(tuple(_anneau(ring) for ring in polygon))
    return made


def _anneau(ring: object) -> Anneau:
    points = [_point(point) for point in ring] if isinstance(ring, list) else []
    if points and points[0] == points[-1]:
        points.pop()
    if len(set(points)) < 3:
        raise _Refus("Une ligne de ce contour a moins de trois points.", _SURFACE)
    return tuple(points)


def _point(given: object) -> tuple[float, float]:
    match given:
        case [float(x), float(y), *_] if math.isfinite(x) and math.isfinite(y):
            if abs(x) <= 180 and abs(y) <= 90:
                return x, y
            where = f"{x:.6g} ; {y:.6g}".replace(".", ",")
            if abs(x) > 1000 or abs(y) > 1000:
                message = f"Les coordonnées ({where}) sont en mètres, sans doute en Lambert 93."
                raise _Refus(message, _WGS84, "contours-projetes")
            raise _Refus(f"Les coordonnées ({where}) ne sont nulle part sur le globe.", _WGS84)
    raise _Refus("Un point de ce contour n'est pas une longitude et une latitude.", _WGS84)
