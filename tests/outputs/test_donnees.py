"""The published data keep their contract: one schema, exact values, what was not written left out, the same bytes."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from smde import instantane
from smde.dossier import Dossier, charger
from smde.edition import edition
from smde.model.champ import PUBLIC, Diffusion
from smde.model.mesures import Indicateur
from smde.model.rubriques import CLASSES
from smde.model.schema import Action
from smde.outputs import donnees
from smde.series import read
from tests.conftest import VALMER, Fichiers, ecrire
from tests.generation import dossiers

DATE = "2024-01-15"


def json_de(dossier: Dossier, niveau: Diffusion = PUBLIC) -> Any:
    return json.loads(donnees.fichiers(edition(dossier, niveau, DATE))["strategie.json"])


@settings(max_examples=12)
@given(dossiers())
def test_the_data_of_any_dossier_keep_the_schema_published_beside_them(files: Fichiers) -> None:
    with TemporaryDirectory() as folder:
        dossier = charger(ecrire(Path(folder), files))
    for niveau in Diffusion:
        made = donnees.fichiers(edition(dossier, niveau, DATE))
        document, schema = json.loads(made["strategie.json"]), json.loads(made["strategie.schema.json"])
        assert [error.json_path for error in Draft202012Validator(schema).iter_errors(document)] == []
        assert document["diffusion"] == niveau.name


def test_the_schema_refuses_what_the_contract_does_not_hold(valmer: Dossier) -> None:
    made = donnees.fichiers(edition(valmer, PUBLIC, DATE))
    validator = Draft202012Validator(json.loads(made["strategie.schema.json"]))

    def refused(change: Any) -> bool:
        document = json.loads(made["strategie.json"])
        change(document)
        return not validator.is_valid(document)

    assert not refused(lambda _: None)
    assert refused(lambda d: d.update(contrat="smde-donnees/2"))
    assert refused(lambda d: d.update(diffusion="interne"))
    assert refused(lambda d: d.pop("identite"))
    assert refused(lambda d: d.update(auteur="Valmer"))
    assert refused(lambda d: d["elements"]["constat"][0].pop("titre"))
    assert refused(lambda d: d["elements"]["constat"][0].update(notes="Relire."))
    assert refused(lambda d: d["elements"]["constat"][0].update(nature="force"))
    assert refused(lambda d: d["elements"]["action"][0].update(negociation={}))
    assert refused(lambda d: d["elements"].update(projet=[]))
    assert refused(lambda d: next(iter(d["series"].values()))[0].update(valeur="12"))


def test_every_element_of_the_edition_is_in_the_data_once_under_its_kind_in_reading_order(valmer: Dossier) -> None:
    view = edition(valmer, PUBLIC, DATE)
    found = json_de(valmer)["elements"]
    assert set(found) <= set(CLASSES) and "identite" not in found
    for genre, elements in found.items():
        assert [element["id"] for element in elements] == [e.id for e in view.tous(CLASSES[genre])]
    assert sum(map(len, found.values())) == len(view.elements) - 1
    assert json_de(valmer)["identite"]["titre"] == view.identite.titre


def test_what_was_not_written_is_left_out_and_what_is_required_is_always_there(valmer: Dossier) -> None:
    for niveau in Diffusion:
        text = json.dumps(json_de(valmer, niveau))
        assert "null" not in text and "[]" not in text and "{}" not in text
        for genre, elements in json_de(valmer, niveau)["elements"].items():
            required = {champ for champ, info in CLASSES[genre].model_fields.items() if info.is_required()}
            assert all(required <= set(element) for element in elements), genre


def test_amounts_dates_and_choices_are_typed(tmp_path: Path) -> None:
    files = {
        "schema/actions.yml": """
            id: loger
            titre: Loger & accueillir « ici »
            diffusion: public
            aide_entreprise: true
            maturite: a_l_etude
            validation: {statut: a_valider, echeance: 2024-03-01}
            budget:
              - {poste: Travaux, annee: 2024, montant: 120000, taxe: HT, etat: vote}
              - {poste: Études, annee: "2025", montant: "999999999999.99", taxe: HT, etat: vote}
        """,
    }
    (fiche,) = json_de(charger(ecrire(tmp_path, files)))["elements"]["action"]
    assert fiche == {
        "id": "loger",
        "titre": "Loger & accueillir « ici »",
        "diffusion": "public",
        "validation": {"statut": "a_valider", "echeance": "2024-03-01"},
        "budget": [
            {"poste": "Travaux", "annee": 2024, "montant": 120000, "taxe": "HT", "etat": "vote"},
            {"poste": "Études", "annee": 2025, "montant": 999999999999.99, "taxe": "HT", "etat": "vote"},
        ],
        "maturite": "a_l_etude",
        "aide_entreprise": True,
    }
    view = edition(charger(tmp_path), PUBLIC, DATE).element("loger", Action)
    assert [Decimal(str(line["montant"])) for line in fiche["budget"]] == [line.montant for line in view.budget]


def test_the_published_json_can_be_read_back_as_the_same_elements(valmer: Dossier) -> None:
    """Through the model itself: nothing is lost, nothing is added."""
    for niveau in Diffusion:
        view = edition(valmer, niveau, DATE)
        for genre, elements in json_de(valmer, niveau)["elements"].items():
            for element in elements:
                read_back = CLASSES[genre].model_validate(_ecrit(element))
                assert read_back == view.elements[element["id"]]


def _ecrit(value: Any) -> Any:
    """JSON values as YAML would give them: numbers are text."""
    match value:
        case dict():
            return {key: _ecrit(item) for key, item in value.items()}
        case list():
            return [_ecrit(item) for item in value]
        case int() | float() if not isinstance(value, bool):
            return str(value)
    return value


def test_a_series_is_published_as_the_csv_the_program_reads(valmer: Dossier, tmp_path: Path) -> None:
    made = donnees.fichiers(edition(valmer, PUBLIC, DATE))
    shown = edition(valmer, PUBLIC, DATE).tous(Indicateur)
    assert shown
    for indicateur in shown:
        file = tmp_path / "serie.csv"
        file.write_bytes(made[f"series/{indicateur.id}.csv"])
        serie = read(file, "serie.csv")
        assert serie.diagnostics == [] and tuple(serie.valeurs) == valmer.series[indicateur.id]
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
        assert [row["periode"] for row in rows] == [v["periode"] for v in json_de(valmer)["series"][indicateur.id]]


@settings(max_examples=8)
@given(dossiers())
def test_any_series_published_is_read_back_unchanged(files: Fichiers) -> None:
    with TemporaryDirectory() as folder:
        dossier = charger(ecrire(Path(folder), files))
        made = donnees.fichiers(edition(dossier, Diffusion.interne, DATE))
        for ident, values in dossier.series.items():
            Path(folder, "serie.csv").write_bytes(made[f"series/{ident}.csv"])
            assert tuple(read(Path(folder, "serie.csv"), "serie.csv").valeurs) == values


def test_an_edition_without_content_is_still_a_document(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    document = json_de(charger(tmp_path))
    assert document["elements"] == {} and document["series"] == {}
    assert document["contrat"] == instantane.CONTRAT and document["date"] == DATE


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_dossier_gives_the_same_bytes_whatever_the_locale_the_zone_and_the_hash_seed(
    seed: str, valmer: Dossier
) -> None:
    program = (
        "import hashlib, sys; from pathlib import Path; from smde.dossier import charger;"
        "from smde.edition import edition; from smde.model.champ import PUBLIC; from smde.outputs import donnees;"
        f"made = donnees.fichiers(edition(charger(Path({str(VALMER)!r})), PUBLIC, {DATE!r}));"
        "print(hashlib.sha256(repr(list(made.items())).encode()).hexdigest())"
    )
    env = {"PYTHONHASHSEED": seed, "LC_ALL": "C" if seed == "0" else "fr_FR.UTF-8", "TZ": "Pacific/Kiritimati"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=env,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    here = donnees.fichiers(edition(valmer, PUBLIC, DATE))
    assert done.stdout.strip() == hashlib.sha256(repr(list(here.items())).encode()).hexdigest()
