"""The schemas tell an editor what the model accepts, and the files of VS Code are those the model gives today."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from smde import instantane
from smde.model.champ import INTERNE, PARTENAIRES, Diffusion
from smde.model.plan import champs
from smde.model.rubriques import CLASSES, RUBRIQUES
from smde.outputs import schemas
from tests.conftest import VALMER, Fichiers
from tests.generation import dossiers, sous_classes

RACINE = Path(__file__).parents[2]
EDITEURS = schemas.editeurs()


class Editeur(yaml.SafeLoader):
    """YAML as an editor reads it: 1.2 core, where a date is text and `oui` a word."""


Editeur.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in found if tag.rpartition(":")[2] in ("int", "float", "null")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for letter, word in (("t", "true"), ("f", "false")):
    Editeur.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(f"^{word}$"), letter)


def lu(text: str) -> Any:
    return yaml.load(text, Editeur)


def schema_de(path: str) -> dict[str, Any]:
    """The schema VS Code applies to a file, by the globs of its settings."""
    found = [
        name
        for name, globs in schemas.reglages_vscode()["yaml.schemas"].items()
        if any(_couvre(glob, path) for glob in globs)
    ]
    assert len(found) == 1, f"{path}: {found}"
    return EDITEURS[Path(found[0]).stem]


def _couvre(glob: str, path: str) -> bool:
    folder, several, _ = glob.partition("/**/")
    return path.startswith(folder + "/") if several else path == glob


def fautes(path: str, text: str) -> list[str]:
    """What the editor underlines in a file, by JSON path."""
    return sorted({fault.json_path for fault in _feuilles(Draft202012Validator(schema_de(path)).iter_errors(lu(text)))})


def _feuilles(errors: Any) -> Iterator[Any]:
    for error in errors:
        yield from _feuilles(error.context) if error.context else [error]


def yaml_de(racine: Path) -> list[Path]:
    return sorted(file for name in ("strategy", "schema", "data") for file in (racine / name).rglob("*.yml"))


def test_the_schemas_are_schemas() -> None:
    for schema in [*EDITEURS.values(), *(schemas.donnees(level, instantane.CONTRAT) for level in Diffusion)]:
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("racine", [RACINE, VALMER], ids=["brest", "valmer"])
def test_an_editor_finds_nothing_wrong_in_a_sound_dossier(racine: Path) -> None:
    files = yaml_de(racine)
    assert len(files) > 10
    wrong = {file.name: fautes(file.relative_to(racine).as_posix(), file.read_text("utf-8")) for file in files}
    assert {name: found for name, found in wrong.items() if found} == {}


@settings(max_examples=10)
@given(dossiers())
def test_an_editor_finds_nothing_wrong_in_whatever_the_model_accepts(files: Fichiers) -> None:
    for path, text in files.items():
        if path.endswith(".yml"):
            assert fautes(path, str(text)) == [], path


@pytest.mark.parametrize(
    ("path", "text", "where"),
    [
        ("strategy/enjeux.yml", "{id: attirer, titre: Attirer, constat: [vacance]}", "$"),
        ("strategy/enjeux.yml", "{titre: Attirer}", "$"),
        ("strategy/enjeux.yml", "[{id: attirer, titre: Attirer}, {id: 12, titre: Loger}]", "$[1].id"),
        ("strategy/enjeux.yml", "{id: été, titre: Été}", "$.id"),
        ("strategy/enjeux.yml", "{id: a, titre: A, constats: vacance}", "$.constats"),
        ("strategy/enjeux.yml", "{id: a, titre: A, diffusion: publique}", "$.diffusion"),
        ("strategy/enjeux.yml", "{id: a, titre: A, influence: {degre: decider}}", "$.influence.degre"),
        ("strategy/enjeux.yml", f"{{id: a, titre: {'A' * 301}}}", "$.titre"),
        (
            "strategy/diagnostic/emploi.yml",
            "{id: a, titre: A, theme: t, nature: atout, preuves: [{par: oui}]}",
            "$.preuves[0].par",
        ),
        (
            "strategy/diagnostic/emploi.yml",
            "{id: a, titre: A, theme: t, nature: atout, preuves: [{par: source}]}",
            "$.preuves[0]",
        ),
        ("schema/actions/A-01.yml", "{id: a, titre: A, calendrier: {debut: juin 2024}}", "$.calendrier.debut"),
        ("schema/actions/A-01.yml", "{id: a, titre: A, aide_entreprise: oui}", "$.aide_entreprise"),
        ("data/acteurs.yml", '{id: a, titre: A, type: epci, siren: "24290031"}', "$.siren"),
        ("data/acteurs.yml", "{id: a, titre: A, type: epci, site: exemple.fr}", "$.site"),
        ("data/identite.yml", "{id: a, titre: A, strategie: S, couleurs: {accent: bleu}}", "$.couleurs.accent"),
        ("data/demarche.yml", "{seance: []}", "$"),
        ("data/demarche.yml", "{seances: [{id: s, titre: S, instance: g}]}", "$.seances[0]"),
        ("data/demarche/seances.yml", "{id: s, titre: S, instance: g, statut: prevue, date: 3 mars}", "$.date"),
        ("data/territoires.yml", "{id: t, titre: T, type: epci, tuile: {x: 51, y: 2}}", "$.tuile.x"),
    ],
)
def test_an_editor_underlines_what_the_model_would_refuse(path: str, text: str, where: str) -> None:
    assert fautes(path, text) == [where]


def test_the_help_of_each_field_is_shown_while_typing() -> None:
    for rubrique in RUBRIQUES:
        schema = EDITEURS[rubrique.chemin.replace("/", "-")]
        for classe in sous_classes(rubrique.classe):
            properties = schema["$defs"][classe.__name__]["properties"]
            for champ in champs(classe).values():
                assert properties[champ.nom]["title"] == champ.titre
                assert properties[champ.nom]["description"] == champ.description


@pytest.mark.parametrize("niveau", Diffusion)
def test_the_schema_of_the_data_says_nothing_of_the_fields_its_readers_may_not_know(niveau: Diffusion) -> None:
    definitions = schemas.donnees(niveau, instantane.CONTRAT)["$defs"]
    for classe in {c for kind in CLASSES.values() for c in sous_classes(kind)}:
        known = {champ.nom for champ in champs(classe).values() if champ.diffusion <= niveau}
        if classe.__name__ in definitions:
            assert set(definitions[classe.__name__]["properties"]) == known
        else:
            assert niveau < INTERNE
    text = schemas.ecrit(schemas.donnees(niveau, instantane.CONTRAT))
    assert ("repli" in text) is (niveau is INTERNE)
    assert ("parade" in text) is (niveau >= PARTENAIRES)
    assert ("Negociation" in definitions) is (niveau >= PARTENAIRES)


def test_the_files_of_vs_code_are_those_the_model_gives_today(request: pytest.FixtureRequest) -> None:
    """`pytest tests/outputs/test_schemas.py --accepter` writes them again."""
    made = schemas.fichiers_vscode()
    folder = RACINE / ".vscode"
    if request.config.getoption("--accepter"):
        for stale in (folder / "schemas").glob("*.json"):
            stale.unlink()
        for path, text in made.items():
            (RACINE / path).parent.mkdir(parents=True, exist_ok=True)
            (RACINE / path).write_text(text, encoding="utf-8")
    found = {file.relative_to(RACINE).as_posix(): file.read_text("utf-8") for file in folder.rglob("*.json")}
    assert found.keys() == made.keys()
    assert [path for path in made if found[path] != made[path]] == [], "pytest --accepter writes them again"


def test_vs_code_ties_every_heading_to_a_schema_that_exists() -> None:
    settings_file = json.loads((RACINE / ".vscode/settings.json").read_text("utf-8"))
    assert {Path(name).stem for name in settings_file["yaml.schemas"]} == set(EDITEURS)
    for rubrique in RUBRIQUES:
        for path in (f"{rubrique.chemin}.yml", f"{rubrique.chemin}/un/deux.yml"):
            title = schema_de(path)["title"]
            assert title == rubrique.classe.pluriel
    assert schema_de("data/demarche.yml")["properties"].keys() >= {"phases", "seances", "decisions"}
