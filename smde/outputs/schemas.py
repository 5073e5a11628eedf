"""JSON Schemas drawn from the model: one for the published data, one per heading for editors of YAML."""

import json
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from smde.model.champ import INTERNE, Diffusion, Partie
from smde.model.plan import Champ, champs
from smde.model.rubriques import RUBRIQUES

DIALECTE = "https://json-schema.org/draft/2020-12/schema"
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
    value = {"type": ["number", "null"]}
    series = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"periode": {"type": "string"}, "valeur": value, "note": {"type": "string"}},
            "required": ["periode"],
            "additionalProperties": False,
        },
    }
    return {
        "$schema": DIALECTE,
        "title": "Stratégie et schéma de développement économique",
        "type": "object",
        "properties": {
            "contrat": {"const": contrat, "description": "Version du format ; change quand un champ change de sens."},
            "date": {"type": "string", "format": "date", "description": "Date de la version."},
            "diffusion": {"const": diffusion.name},
            "identite": _reference(identite, definitions, diffusion, ecrit=False),
            "elements": {"type": "object", "properties": properties, "additionalProperties": False},
            "series": {"type": "object", "additionalProperties": series},
        },
        "required": ["contrat", "date", "diffusion", "identite", "elements", "series"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def editeurs() -> dict[str, Schema]:
    """The schema of the YAML files of each heading, by file name: completion, help and checks while typing."""
    schemas: dict[str, Schema] = {}
    for rubrique in RUBRIQUES:
        definitions: dict[str, Schema] = {}
        one = _reference(rubrique.classe, definitions, INTERNE, ecrit=True)
        schemas[rubrique.chemin.replace("/", "-")] = {
            "$schema": DIALECTE,
            "title": rubrique.classe.pluriel,
            "anyOf": [one, {"type": "array", "items": one}],
            "$defs": dict(sorted(definitions.items())),
        }
    return schemas


def reglages_vscode(folder: str) -> Schema:
    """The settings that tie each schema to its files in VS Code."""
    return {
        "yaml.schemas": {
            f"{folder}/{rubrique.chemin.replace('/', '-')}.json": [
                f"{rubrique.chemin}.yml",
                f"{rubrique.chemin}/**/*.yml",
            ]
            for rubrique in RUBRIQUES
        }
    }


def ecrit(schema: Schema) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


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
    parts = [_reference(partie, definitions, level, ecrit=ecrit) for partie in champ.parties.values()]
    value: Schema = {"oneOf": parts} if len(parts) > 1 else parts[0] if parts else _scalar(champ, ecrit=ecrit)
    words: Schema = {"title": champ.titre, "description": champ.description}
    if champ.defaut is not None and champ.scalaire is not None and not champ.liste:
        words["default"] = champ.defaut.name if isinstance(champ.defaut, Enum) else champ.defaut
    if champ.liste:
        return {**words, "type": "array", "items": value}
    return {**words, **value}


def _scalar(champ: Champ, *, ecrit: bool) -> Schema:
    """One value: as published (typed), or as a person may write it (a year is a number to an editor)."""
    kind = champ.scalaire
    if champ.choix:
        return {"enum": list(champ.choix)}
    if kind is bool:
        return {"type": "boolean"}
    if kind in (int, Decimal):
        exact = "integer" if kind is int else "number"
        return {"type": [exact, "string"]} if ecrit else {"type": exact}
    if kind is date:
        return {"type": "string", "format": "date"}
    if champ.discriminant or kind is None or not (isinstance(kind, type) and issubclass(kind, (str, Enum))):
        return {"type": "string"}
    shape: Schema = {"pattern": champ.motif} if champ.motif else {}
    return {"type": ["string", "number", "boolean"] if ecrit and not champ.motif else "string", **shape}
