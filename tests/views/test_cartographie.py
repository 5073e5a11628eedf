"""Only values of one measure, at one period, in territories of one kind, meet on a map."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import figures
from smde.arbre import Figure
from smde.edition import Edition
from smde.figures import Case
from smde.illustrations import Illustrations
from smde.model.identite import Couleurs
from smde.model.mesures import Indicateur, Valeur
from smde.outputs.html import safe_svg
from smde.views.cartographie import TERRITOIRES, cartes
from smde.vocabulaire import Vocabulaire
from tests.rendu import RACINE, edition_avec, edition_de, element, paroles, simple, tableaux

COULEURS = Couleurs(principale="#0a3d62", accent="#a8410f")
VILLES = ("Valmer", "Pays d'Ost", "Côte des Landes", "Val de Drenn")


def serie(known: dict[str, str | None]) -> tuple[Valeur, ...]:
    return tuple(Valeur(periode=when, valeur=None if v is None else Decimal(v)) for when, v in known.items())


def dossier(
    *, lieux: dict[int, dict[str, Any]] | None = None, mesures: dict[int, dict[str, Any]] | None = None,
    series: dict[int, dict[str, str | None]] | None = None,
) -> Edition:  # fmt: skip
    """Four territories side by side, the vacancy of offices in each; some fields differ."""
    elements, values = [], {}
    for rank, ville in enumerate(VILLES):
        place = {"titre": ville, "type": "epci", "tuile": {"x": str(rank), "y": "0"}, **(lieux or {}).get(rank, {})}
        elements.append(element("territoire", f"t{rank}", **place))
        fields = {
            "titre": f"Bureaux vacants, {ville}", "unite": "%", "definition": "Bureaux offerts rapportés au parc.",
            "territoire": f"t{rank}", "source": "observatoire", "serie": f"s{rank}.csv",
            **(mesures or {}).get(rank, {}),
        }  # fmt: skip
        elements.append(element("indicateur", f"i{rank}", **fields))
        values[f"i{rank}"] = serie((series or {}).get(rank, {"2018": f"{8 + rank}", "2019": f"{7 + rank}.5"}))
    return edition_avec(*elements, element("source", "observatoire"), series=values)


def lus(edition: Edition) -> dict[str, tuple[str, list[str]]]:
    return {
        ident: (carte.periode, [releve.territoire.id for releve in carte.releves])
        for ident, carte in cartes(edition).items()
    }


def test_values_of_one_measure_share_one_map_at_the_last_period() -> None:
    assert lus(dossier()) == dict.fromkeys([f"i{n}" for n in range(4)], ("2019", ["t0", "t1", "t2", "t3"]))


@pytest.mark.parametrize(
    "autre",
    [
        {"unite": "m²"},
        {"definition": "Bureaux vides depuis un an rapportés au parc."},
        {"source": "agence"},
        {"frequence": "annuelle"},
        {"rupture": "Enquête refondue."},
        {"rupture": "Enquête refondue.", "ruptures": ["2020"]},
    ],
    ids=["unité", "définition", "source", "fréquence", "précaution sans date", "rupture après la carte"],
)
def test_a_measure_that_differs_stays_off_the_map(autre: dict[str, Any]) -> None:
    found = lus(dossier(mesures={3: autre}))
    assert found == dict.fromkeys(["i0", "i1", "i2"], ("2019", ["t0", "t1", "t2"]))


def test_a_break_before_the_period_of_the_map_does_not_matter() -> None:
    broken = {"rupture": "Enquête refondue.", "ruptures": ["2019"]}
    assert lus(dossier(mesures={0: broken}))["i0"] == ("2019", ["t0", "t1", "t2", "t3"])


@pytest.mark.parametrize(
    "ailleurs",
    [{"type": "pays"}, {"tuile": None}, {"valide_au": "2017-12-31"}],
    ids=["autre genre", "sans place", "disparu"],
)
def test_a_territory_of_another_kind_without_place_or_gone_stays_off_the_map(ailleurs: dict[str, Any]) -> None:
    assert lus(dossier(lieux={1: ailleurs}))["i0"] == ("2019", ["t0", "t2", "t3"])


def test_two_values_for_a_territory_or_two_territories_at_a_place_make_no_map() -> None:
    assert lus(dossier(mesures={1: {"territoire": "t0"}})) == {}
    assert lus(dossier(lieux={1: {"tuile": {"x": "0", "y": "0"}}})) == {}


def test_vintages_are_never_mixed_and_the_one_most_known_wins() -> None:
    found = lus(dossier(series={0: {"2018": "8", "2019": None}}))
    assert found == dict.fromkeys([f"i{n}" for n in range(4)], ("2018", ["t0", "t1", "t2", "t3"]))
    assert lus(dossier(series={n: {str(2015 + n): "8"} for n in range(4)})) == {}
    assert lus(dossier(series={0: {"2018-T1": "8"}})) == {}, "quarters and years are not one measure of time"


def test_two_territories_make_no_map() -> None:
    assert lus(dossier(mesures={2: {"unite": "ha"}, 3: {"unite": "m²"}})) == {}


@given(st.lists(st.sampled_from(["%", "ha"]), min_size=4, max_size=4), st.integers(0, 3))
def test_indicators_on_a_map_always_agree_and_share_it(unites: list[str], absent: int) -> None:
    edition = dossier(mesures={n: {"unite": u} for n, u in enumerate(unites)}, series={absent: {}})
    found = cartes(edition)
    for ident, carte in found.items():
        mesure = edition.element(ident, Indicateur)
        assert {releve.indicateur.unite for releve in carte.releves} == {mesure.unite}
        assert {releve.valeur.periode for releve in carte.releves} == {carte.periode}
        assert len(carte.releves) in TERRITOIRES
        assert all(found[releve.indicateur.id] is carte for releve in carte.releves)
    assert f"i{absent}" not in found


def dessinees(edition: Edition) -> tuple[Illustrations, dict[str, Figure]]:
    drawn: dict[str, Figure] = {}
    return Illustrations(Vocabulaire(edition, drawn, frozenset), drawn), drawn


def test_the_map_comes_with_its_table_highest_first_its_source_and_its_words() -> None:
    edition = dossier()
    illustrations, drawn = dessinees(edition)
    fragment = illustrations.carte_valeurs(edition.element("i1", Indicateur))
    assert [node["t"] for node in fragment.nodes] == ["Figure", "Table"]
    ((caption, rows),) = tableaux(fragment.nodes).items()
    assert simple(caption).startswith("Valeurs par territoire (%), 2019")
    assert "observatoire" in caption
    assert [[simple(cell) for cell in row] for row in rows] == [
        ["Territoire", "Valeur (%)"],
        ["Val de Drenn", "10,5"], ["Côte des Landes", "9,5"], ["Pays d'Ost", "8,5"], ["Valmer", "7,5"],
    ]  # fmt: skip
    figure = drawn["carte-i0"]
    assert "Val de Drenn : 10,5 %" in simple(figure.description)
    assert "de 7,5 % à 10,5 %" in simple(figure.svg.replace("</text>", " "))
    assert safe_svg(figure.svg)
    assert figure.etroit


def test_in_a_document_that_has_all_indicators_the_map_comes_once() -> None:
    edition = dossier()
    illustrations, _ = dessinees(edition)
    shown = [bool(illustrations.carte_valeurs(one, une_fois=True).nodes) for one in edition.tous(Indicateur)]
    assert shown == [True, False, False, False]
    assert [one.id for one in illustrations.a_cartographier(edition.tous(Indicateur)[1:])] == ["i1"]


def test_folded_values_leave_the_drawing_in_sight() -> None:
    edition = dossier()
    illustrations, _ = dessinees(edition)
    first, fold = illustrations.carte_valeurs(edition.element("i0", Indicateur), repliees=True).nodes
    assert (first["t"], fold["t"], fold["c"][0][1]) == ("Figure", "Div", ["repli"])
    assert paroles(fold["c"][1][0]).strip() == "Lire les valeurs"
    lone = illustrations.courbe(edition.element("i0", Indicateur), valeurs_repliees=True)
    assert [node["t"] for node in lone.nodes] == ["Figure", "Div"]


def test_close_values_still_take_tints_that_can_be_told_apart() -> None:
    def fills(*values: str | None) -> list[str]:
        cases = [
            Case(element("territoire", f"t{n}", type="epci", tuile={"x": str(n), "y": "0"}), v and Decimal(v), v or "")
            for n, v in enumerate(values)
        ]
        drawn = figures.carte_valeurs("carte-x", "Taux", cases, COULEURS).svg  # type: ignore[arg-type]
        return [part.split('"', 1)[0] for part in drawn.split('fill="#')[1:] if 'stroke="#0a3d62"' in part[:60]]

    assert len(set(fills("7.1", "7.4", "7.9"))) == 3
    assert len(set(fills("8", "8", "8"))) == 1
    assert len(set(fills("-2", "0", "3"))) == 3
    assert len(fills("1", None, "2")) == 3


def test_the_populations_of_the_pays_de_brest_are_on_one_map() -> None:
    edition = edition_de(RACINE)
    carte = cartes(edition)["ind-population-bm"]
    assert len(carte.releves) == 7
    assert "ind-population-pays-de-brest" not in cartes(edition), "a Pays is not one of its parts"
