"""JSON Schemas drawn from the model: one for the published data, one per heading for editors of YAML."""

import json
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from smde.model.champ import INTERNE, Diffusion, Partie
from smde.model.mesures import Valeur
from smde.model.plan import Champ, champs
from smde.model.rubriques import RUBRIQUES, Rubrique
from smde.model.scalaires import IDENTIFIANT

DIALECTE = "https://json-schema.org/draft/2020-12/schema"
DOSSIER_VSCODE = ".vscode/schemas"
Schema = dict[str, Any]


def donnees(diffusion: Diffusion, contrat: str) -> Schema:
    """The schema of the published JSON for one readership: fields above it are not in it."""
    definitions: dict[str, Schema] = {}
    properties = {
        rubrique.classe.genre: {
            "type": "array",
            "title": rubrique.classe.pluriel,
            "items": _reference(rubrique.classe, definitions, diffusion, ecrit=False),
        }
        for rubrique in RUBRIQUES
        if rubrique.classe.genre != "identite"
    }
    identite = next(rubrique.classe for rubrique in RUBRIQUES if rubrique.classe.genre == "identite")
    valeurs = {"type": "array", "items": _reference(Valeur, definitions, diffusion, ecrit=False)}
    return {
        "$schema": DIALECTE,
        "title": "Stratégie et schéma de développement économique",
        "type": "object",
        "properties": {
            "contrat": {"const": contrat, "description": "Version du format ; change quand un champ change de sens."},
            "date": {"type": "string", "format": "date", "description": "Date de la version."},
            "diffusion": {"const": diffusion.name, "description": "Lecteurs de cette édition."},
            "identite": _reference(identite, definitions, diffusion, ecrit=False),
            "elements": {
                "type": "object",
                "description": "Éléments par genre, dans l'ordre de lecture.",
                "properties": properties,
                "additionalProperties": False,
            },
            "series": {
                "type": "object",
                "description": "Valeurs de chaque indicateur, par identifiant.",
                "additionalProperties": valeurs,
            },
            "modifies": {
                "type": "array",
                "description": "Identifiants des éléments modifiés depuis leur validation ; absent s'il n'y en a pas.",
                "items": {"type": "string", "pattern": IDENTIFIANT},
                "minItems": 1,
                "uniqueItems": True,
            },
            "valides": {
                "type": "object",
                "description": "Textes validés qui ont changé depuis, par empreinte ; absent s'il n'y en a pas.",
                "additionalProperties": {
                    "type": "object",
                    "properties": {
                        "genre": {"enum": list(properties)},
                        "avant": {"type": "object", "description": "L'élément tel qu'une décision l'a validé."},
                        "apres": {"type": "object", "description": "Le même aujourd'hui, pour les mêmes lecteurs."},
                    },
                    "required": ["genre", "avant", "apres"],
                    "additionalProperties": False,
                },
                "propertyNames": {"pattern": "^[0-9a-f]{64}$"},
                "minProperties": 1,
            },
        },
        "required": ["contrat", "date", "diffusion", "identite", "elements", "series"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def editeurs() -> dict[str, Schema]:
    """The schema of the YAML files of each heading, by file name: completion, help and checks while typing.

    Headings below the same name may be gathered in one file, each under its own key: that file has a schema too.
    """
    schemas: dict[str, Schema] = {}
    for rubrique in RUBRIQUES:
        definitions: dict[str, Schema] = {}
        schemas[_nom(rubrique.chemin)] = {
            "$schema": DIALECTE,
            "title": rubrique.classe.pluriel,
            **_une_ou_plusieurs(rubrique, definitions),
            "$defs": dict(sorted(definitions.items())),
        }
    for chemin, rubriques in _ensembles().items():
        definitions = {}
        properties = {r.chemin[len(chemin) + 1 :]: _une_ou_plusieurs(r, definitions) for r in rubriques}
        schemas[_nom(chemin)] = {
            "$schema": DIALECTE,
            "title": chemin,
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "$defs": dict(sorted(definitions.items())),
        }
    return schemas


def reglages_vscode() -> Schema:
    """The settings that tie each schema to its files in VS Code, which reads YAML as the program does."""
    globs = {rubrique.chemin: [f"{rubrique.chemin}.yml", f"{rubrique.chemin}/**/*.yml"] for rubrique in RUBRIQUES}
    globs |= {chemin: [f"{chemin}.yml"] for chemin in _ensembles()}
    schemas = {f"{DOSSIER_VSCODE}/{_nom(chemin)}.json": files for chemin, files in globs.items()}
    return {"yaml.yamlVersion": "1.2", "yaml.schemas": schemas}


def fichiers_vscode() -> dict[str, str]:
    """The files that give VS Code completion, help and checks, by path in the repository."""
    files = {f"{DOSSIER_VSCODE}/{name}.json": ecrit(schema) for name, schema in editeurs().items()}
    advice: Schema = {"recommendations": ["redhat.vscode-yaml"]}
    return {".vscode/extensions.json": ecrit(advice), ".vscode/settings.json": ecrit(reglages_vscode()), **files}


def ecrit(schema: Schema) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _nom(chemin: str) -> str:
    return chemin.replace("/", "-")


def _ensembles() -> dict[str, list[Rubrique]]:
    """Headings that may share a file, by the path of that file."""
    found: dict[str, list[Rubrique]] = {}
    for rubrique in RUBRIQUES:
        parent, _, _ = rubrique.chemin.rpartition("/")
        if "/" in parent:
            found.setdefault(parent, []).append(rubrique)
    return found


def _une_ou_plusieurs(rubrique: Rubrique, definitions: dict[str, Schema]) -> Schema:
    one = _reference(rubrique.classe, definitions, INTERNE, ecrit=True)
    return {"if": {"type": "array"}, "then": {"items": one}, "else": one}


def _reference(classe: type[Partie], definitions: dict[str, Schema], level: Diffusion, *, ecrit: bool) -> Schema:
    if classe.__name__ not in definitions:
        definitions[classe.__name__] = {}
        kept = [champ for champ in champs(classe).values() if champ.diffusion <= level]
        definitions[classe.__name__] = {
            "type": "object",
            "properties": {champ.nom: _property(champ, definitions, level, ecrit=ecrit) for champ in kept},
            "required": [champ.nom for champ in kept if champ.requis],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{classe.__name__}"}


def _property(champ: Champ, definitions: dict[str, Schema], level: Diffusion, *, ecrit: bool) -> Schema:
    words: Schema = {"title": champ.titre, "description": champ.description}
    if champ.defaut is not None and champ.scalaire is not None and not champ.liste:
        words["default"] = champ.defaut.name if isinstance(champ.defaut, Enum) else champ.defaut
    value = _parts(champ, definitions, level, ecrit=ecrit) if champ.parties else _scalar(champ, ecrit=ecrit)
    if champ.liste:
        return {**words, "type": "array", "items": value}
    return {**words, **value}


def _parts(champ: Champ, definitions: dict[str, Schema], level: Diffusion, *, ecrit: bool) -> Schema:
    """A part, or the one its discriminating key says: chosen by that key, so that a fault is told where it is."""
    parts = {tag: _reference(partie, definitions, level, ecrit=ecrit) for tag, partie in champ.parties.items()}
    if not champ.discriminant:
        return parts[""]
    key = champ.discriminant
    return {
        "type": "object",
        "properties": {key: {"enum": list(parts)}},
        "required": [key],
        "allOf": [
            {"if": {"properties": {key: {"const": tag}}, "required": [key]}, "then": part}
            for tag, part in parts.items()
        ],
    }


def _scalar(champ: Champ, *, ecrit: bool) -> Schema:
    """One value: as published (typed), or as a person may write it (a year is a number to an editor)."""
    kind = champ.scalaire
    shape: Schema = {"pattern": champ.motif} if champ.motif else {}
    if champ.choix:
        return {"enum": list(champ.choix)}
    if kind is bool:
        return {"type": "boolean"}
    if kind in (int, Decimal):
        exact = "integer" if kind is int else "number"
        least, most = champ.bornes
        bounds = {name: bound for name, bound in (("minimum", least), ("maximum", most)) if bound is not None}
        return {"type": [exact, "string"], **shape, **bounds} if ecrit else {"type": exact, **bounds}
    if kind is date:
        return {"type": "string", "format": "date", **shape}
    if champ.longueur is not None:
        shape["maxLength"] = champ.longueur
    if champ.vers is not None:
        shape["pattern"] = IDENTIFIANT
    if not ecrit or shape.get("pattern") == IDENTIFIANT:
        return {"type": "string", **shape}
    return {"type": ["string", "number", "boolean"] if champ.nature else ["string", "number"], **shape}
