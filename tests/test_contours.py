"""Outlines dropped in `data/`: found by code whatever the property, told in French when they cannot be drawn."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smde import contours
from smde.diagnostic import Diagnostic
from smde.dossier import charger
from smde.edition import edition
from smde.model.champ import INTERNE, PUBLIC
from tests.conftest import Fichiers, ecrire, premieres_lignes, verifie_le_francais

ABERS = [[-4.60, 48.50], [-4.30, 48.50], [-4.30, 48.66], [-4.60, 48.66], [-4.60, 48.50]]
IROISE = [[-4.80, 48.35], [-4.60, 48.35], [-4.60, 48.55], [-4.80, 48.55], [-4.80, 48.35]]
MOLENE = [[-4.97, 48.39], [-4.95, 48.39], [-4.95, 48.40], [-4.97, 48.39]]
TERRITOIRES = """\
- id: pays-des-abers
  titre: Pays des Abers
  diffusion: public
  type: epci
  code: 242900553
  tuile: {x: 1, y: 0}
- id: pays-d-iroise
  titre: Pays d'Iroise
  diffusion: public
  type: epci
  code: 242900074
  tuile: {x: 0, y: 1}
"""


def surface(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def contour(geometry: Any, **proprietes: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": proprietes, "geometry": geometry}


def collection(*features: Any, **autres: Any) -> str:
    """A file as tools write it: one feature a line."""
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return '{"type": "FeatureCollection",\n"name": "epci",\n"features": [\n' + lines + "\n]}\n"


BONS = collection(contour(surface(ABERS), code="242900553"), contour(surface(IROISE), code="242900074"))


def lus(racine: Path, text: str | bytes, territoires: str = TERRITOIRES, **autres: str) -> contours.Contours:
    """The outlines of a dossier that has these, and what is said of them."""
    files: Fichiers = {"data/territoires.yml": territoires, contours.CHEMIN: text, **autres}
    dossier = charger(ecrire(racine, files))
    for diagnostic in dossier.diagnostics:
        verifie_le_francais(diagnostic)
    return contours.Contours(dossier.contours, dossier.diagnostics)


def dits(found: contours.Contours) -> list[str]:
    return premieres_lignes(found.diagnostics)


def test_a_dossier_without_outlines_says_nothing_of_them(tmp_path: Path) -> None:
    dossier = charger(ecrire(tmp_path, {"data/territoires.yml": TERRITOIRES}))
    assert (dossier.contours, dossier.diagnostics) == ({}, [])


@pytest.mark.parametrize(
    "proprietes",
    [
        {"code": "242900553"},
        {"CODE_SIREN": "242900553", "NOM": "CC du Pays des Abers"},
        {"siren": 242900553, "nature": "CC"},
        {"code_epci": " 242 900 553 "},
        {"code": "29", "insee": "29076", "siren_epci": "242900553"},
    ],
    ids=["code", "IGN", "number", "spaces", "among others"],
)
def test_an_outline_is_found_by_any_usual_property(tmp_path: Path, proprietes: dict[str, Any]) -> None:
    found = lus(
        tmp_path, collection(contour(surface(ABERS), **proprietes), contour(surface(IROISE), siren="242900074"))
    )
    assert found.diagnostics == []
    assert found.traces["pays-des-abers"] == ((((-4.6, 48.5), (-4.3, 48.5), (-4.3, 48.66), (-4.6, 48.66)),),)


def test_the_communes_of_an_epci_make_its_outline_together_and_islands_and_lakes_are_kept(tmp_path: Path) -> None:
    lake = [[-4.5, 48.55], [-4.45, 48.55], [-4.45, 48.6], [-4.5, 48.55]]
    found = lus(
        tmp_path,
        collection(
            contour({"type": "MultiPolygon", "coordinates": [[IROISE], [MOLENE]]}, code="29040", epci="242900074"),
            contour(surface(ABERS, lake), code="29195", epci="242900553"),
            contour(surface(IROISE), code="29201", epci="242900553"),
            contour(None, code="29019", epci="242900314"),
        ),
    )
    assert found.diagnostics == [], "what the dossier does not draw is not judged"
    assert [len(polygon) for polygon in found.traces["pays-des-abers"]] == [2, 1]
    assert len(found.traces["pays-d-iroise"]) == 2


def test_the_better_property_wins_and_a_file_with_a_byte_order_mark_or_altitudes_is_read(tmp_path: Path) -> None:
    high = [[*point, 12.5] for point in ABERS]
    text = collection(
        contour(surface(IROISE), siren="242900553"),
        contour(surface(high), code="242900553"),
        contour(surface(IROISE), code="242900074"),
    )
    found = lus(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert found.diagnostics == []
    assert found.traces["pays-des-abers"][0][0][0] == (-4.6, 48.5)


LIGNE = "data/contours.geojson:{}:1 [{}] {}"


@pytest.mark.parametrize(
    ("text", "dit"),
    [
        ("", "data/contours.geojson:1:1 [contours-illisibles] Ce fichier est vide."),
        (
            '{"type": "FeatureCollection",\n "features": [}',
            "data/contours.geojson:2:15 [contours-illisibles] Ce fichier n'est pas du JSON : une valeur est attendue.",
        ),
        (
            BONS[:-3],
            "data/contours.geojson:6:1 [contours-illisibles] Ce fichier n'est pas du JSON : il manque une virgule, ou "
            "une accolade reste ouverte.",
        ),
        (
            "[" * 100_000,
            LIGNE.format(1, "contours-illisibles", "Ce fichier imbrique trop de listes l'une dans l'autre."),
        ),
        (
            "[1, 2]",
            LIGNE.format(
                1,
                "contours-illisibles",
                "Une collection GeoJSON est attendue : c'est autre chose qu'un bloc `{ … }`.",
            ),
        ),
        (
            '{"type": "Topology", "objects": {}}',
            LIGNE.format(1, "contours-illisibles", "Une collection GeoJSON est attendue : c'est du TopoJSON."),
        ),
        (
            '{"type": "FeatureCollection", "features": {}}',
            LIGNE.format(
                1, "contours-illisibles", "Une collection GeoJSON est attendue : `features` n'est pas une liste."
            ),
        ),
        (collection(), LIGNE.format(1, "contours-sans-code", "Ce fichier ne contient aucun contour.")),
        (
            collection(contour(surface(ABERS), nom="Pays des Abers", superficie=271.5)),
            LIGNE.format(
                4,
                "contours-sans-code",
                "Aucun contour ne porte le code d'un territoire du dossier : les propriétés sont `nom`, `superficie`.",
            ),
        ),
        (
            collection(contour(surface(ABERS), code="200066868")),
            LIGNE.format(
                4,
                "contours-sans-code",
                "Aucun contour ne porte le code d'un territoire du dossier : on y trouve `200066868`.",
            ),
        ),
        (
            "{\"type\": \"FeatureCollection\", \"features\": [], \"nom\": \"Pays d'Iroise, contour simplifié\"}".encode(
                "cp1252"
            ),
            "data/contours.geojson:1:86 [encodage] Ce fichier n'est pas enregistré en UTF-8 (octet 0xe9).",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_what_was_found_and_where(tmp_path: Path, text: str | bytes, dit: str) -> None:
    found = lus(tmp_path, text)
    assert dits(found) == [dit]
    assert found.traces == {}


def test_every_outline_that_cannot_be_drawn_is_told_at_once_at_its_line(tmp_path: Path) -> None:
    four = TERRITOIRES + "".join(
        f"- {{id: {ident}, titre: {titre}, diffusion: public, type: epci, code: {code}}}\n"
        for ident, titre, code in (
            ("lesneven", "Lesneven Côte des Légendes", 242900793),
            ("landerneau", "Pays de Landerneau-Daoulas", 242900801),
            ("crozon", "Presqu'île de Crozon", 200066868),
        )
    )
    text = collection(
        contour(None, code="242900553"),
        contour({"type": "Point", "coordinates": [-4.7, 48.4]}, code="242900074"),
        contour(surface([[-4.3, 48.5], [-4.2, 148.5], [-4.2, 48.6]]), code="242900793"),
        contour(surface([[-4.3, 48.5], [-4.2, 48.5], [-4.3, 48.5]]), code="242900801"),
        contour(surface([[-4.3, "48,5"], [-4.2, 48.5], [-4.3, 48.5]]), code="200066868"),
    )
    assert dits(lus(tmp_path, text, four)) == [
        LIGNE.format(4, "contours-geometrie", "« Pays des Abers » : Ce contour n'a pas de géométrie."),
        LIGNE.format(5, "contours-geometrie", "« Pays d'Iroise » : Une surface est attendue, c'est « Point »."),
        LIGNE.format(
            6,
            "contours-geometrie",
            "« Lesneven Côte des Légendes » : Les coordonnées (-4,2 ; 148,5) ne sont nulle part sur le globe.",
        ),
        LIGNE.format(
            7,
            "contours-geometrie",
            "« Pays de Landerneau-Daoulas » : Une ligne de ce contour a moins de trois points.",
        ),
        LIGNE.format(
            8,
            "contours-geometrie",
            "« Presqu'île de Crozon » : Un point de ce contour n'est pas une longitude et une latitude.",
        ),
    ]


def test_coordinates_in_lambert_93_are_recognised_and_told_once(tmp_path: Path) -> None:
    ring = [[148210.5, 6845320.0], [160100.0, 6845320.0], [160100.0, 6850000.0], [148210.5, 6845320.0]]
    found = lus(
        tmp_path, collection(contour(surface(ring), code="242900553"), contour(surface(ring), code="242900074"))
    )
    (said,) = found.diagnostics
    assert said.message.startswith("« Pays des Abers » : Les coordonnées (148210 ; 6,84532e+06)"), said.message
    assert "Lambert 93" in said.message
    assert said.message.endswith("C'est le cas de 2 contours.")
    assert "WGS84" in said.aide
    assert found.traces == {}


def test_a_file_too_large_is_refused_with_its_size_and_is_not_read(tmp_path: Path) -> None:
    ecrire(tmp_path, {"data/territoires.yml": TERRITOIRES, contours.CHEMIN: ""})
    with (tmp_path / contours.CHEMIN).open("r+b") as file:
        file.truncate(50_000_000)
    (said,) = charger(tmp_path).diagnostics
    assert said.code == "fichier-trop-gros"
    assert said.message == "Ce fichier fait 50 Mo ; la limite est de 5 Mo."
    assert "mapshaper" in said.aide


def test_a_thousand_faults_are_told_in_part_and_counted(tmp_path: Path) -> None:
    said = lus(tmp_path, collection(*range(1000))).diagnostics
    assert len(said) == contours.MAX_TOLD
    assert said[-1].message.endswith("Ce fichier contient encore 981 autres fautes.")


def test_a_tile_without_outline_is_told_where_its_code_is_written(tmp_path: Path) -> None:
    text = collection(contour(surface(ABERS), code="242900553"))
    without = TERRITOIRES.replace("  code: 242900074\n", "")
    for number, (territoires, line) in enumerate(((TERRITOIRES, "11:9"), (without, "7:3"))):
        (said,) = lus(tmp_path / str(number), text, territoires).diagnostics
        assert (said.severite, said.code) == ("alerte", "contour-absent")
        assert "« Pays d'Iroise » n'a pas de contour" in said.message
        assert f"{said.place.span.line}:{said.place.span.column}" == line, said


def test_outlines_under_another_name_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    found = lus(tmp_path, BONS, **{"data/epci-finistere.geojson": BONS})
    (said,) = found.diagnostics
    assert (said.place.path, said.severite, said.code) == ("data/epci-finistere.geojson", "alerte", "contours-nom")
    assert said.aide == "Renommez-le `data/contours.geojson`."


def test_a_link_out_of_the_dossier_is_not_followed(tmp_path: Path) -> None:
    ecrire(tmp_path, {"ailleurs.geojson": BONS, "dossier/data/territoires.yml": TERRITOIRES})
    (tmp_path / "dossier" / contours.CHEMIN).symlink_to(tmp_path / "ailleurs.geojson")
    dossier = charger(tmp_path / "dossier")
    (said,) = dossier.diagnostics
    assert said.message == "Le fichier `data/contours.geojson` mène hors du dossier."
    assert dossier.contours == {}


def test_a_dossier_without_any_code_is_told_to_give_some(tmp_path: Path) -> None:
    bare = "".join(line for line in TERRITOIRES.splitlines(keepends=True) if "code" not in line)
    (said,) = lus(tmp_path, BONS, bare).diagnostics
    assert said.message.startswith("Aucun territoire du dossier n'a de `code`")


def editions(racine: Path, interne: str) -> Sequence[object]:
    """The outlines of the public edition, when a territory only staff may know has this outline."""
    hidden = "- {id: projet-de-fusion, titre: Fusion, diffusion: interne, type: epci, code: 999000999}\n"
    text = collection(*json.loads(BONS)["features"], *json.loads(interne))
    dossier = charger(ecrire(racine, {"data/territoires.yml": TERRITOIRES + hidden, contours.CHEMIN: text}))
    assert "projet-de-fusion" in edition(dossier, INTERNE, "2026-11-01").contours or interne == "[]"
    return edition(dossier, PUBLIC, "2026-11-01").contours, edition(dossier, PUBLIC, "2026-11-01")


def test_an_edition_holds_the_outlines_of_the_territories_it_knows_and_no_other(tmp_path: Path) -> None:
    far = json.dumps([contour(surface([[150, -40], [151, -40], [151, -41]]), siren="999000999")])
    with_hidden, without = editions(tmp_path / "un", far), editions(tmp_path / "deux", "[]")
    assert with_hidden == without
    assert list(with_hidden[0]) == ["pays-des-abers", "pays-d-iroise"]  # type: ignore[call-overload]


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["Polygon", "MultiPolygon", "242900553"]),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "properties", "geometry", "code", "id"]), inside)
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.lists(JSONS | st.builds(lambda g, c: contour(g, code=c), JSONS, st.just("242900553")), max_size=5))
def test_whatever_json_is_dropped_is_drawn_or_told_in_french(
    tmp_path_factory: pytest.TempPathFactory, features: list[Any]
) -> None:
    file = ecrire(tmp_path_factory.getbasetemp() / "hasard", {contours.CHEMIN: collection(*features)})
    found = contours.lire(file / contours.CHEMIN, {"pays-des-abers": ("242900553", "Pays des Abers")})
    assert bool(found.traces) or bool(found.diagnostics)
    assert all(isinstance(said, Diagnostic) and said.place.span.line <= 5 + len(features) for said in found.diagnostics)
    for said in found.diagnostics:
        verifie_le_francais(said)
