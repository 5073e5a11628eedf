"""The six months of the law to the day, what is not known said as such, and both sides face to face."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.model.cadres import Cadre
from smde.model.champ import INTERNE
from smde.views.orientations import delai, face_a_face, sans_lien, schema_regional
from tests.brest import RACINE as BREST
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element

INTERIEUR = edition_de(VALMER, INTERNE)


def schema(ident: str = "srdeii", **champs: Any) -> Any:
    return element("cadre", ident, **{"type": "srdeii", **champs})


@pytest.mark.parametrize(
    ("adoption", "dernier"),
    [
        ("2023-04-07", date(2023, 10, 7)),
        ("2023-08-31", date(2024, 2, 29)),
        ("2022-08-31", date(2023, 2, 28)),
        ("2023-10-31", date(2024, 4, 30)),
        ("2023-12-15", date(2024, 6, 15)),
    ],
)
def test_six_months_end_on_the_same_day_or_on_the_last_one_of_a_shorter_month(adoption: str, dernier: date) -> None:
    found = delai(schema(date=adoption), "2023-01-01")
    assert found is not None and found.exact and (found.plus_tot, found.plus_tard) == (dernier, dernier)


@pytest.mark.parametrize(
    ("version", "depasse", "jours"),
    [("2023-10-06", False, 1), ("2023-10-07", False, 0), ("2023-10-08", True, 1), ("2026-11-23", True, 1143)],
)
def test_the_last_day_still_counts(version: str, depasse: bool, jours: int) -> None:
    found = delai(schema(date="2023-04-07"), version)
    assert found is not None and (found.depasse, found.jours) == (depasse, jours)


@pytest.mark.parametrize(
    ("version", "depasse"), [("2017-07-31", False), ("2017-08-01", False), ("2017-08-15", None), ("2017-08-29", True)]
)
def test_an_adoption_known_to_the_month_leaves_the_deadline_open_between_two_days(
    version: str, depasse: bool | None
) -> None:
    found = delai(schema(date="2017-02"), version)
    assert found is not None and not found.exact
    assert (found.plus_tot, found.plus_tard, found.depasse) == (date(2017, 8, 1), date(2017, 8, 28), depasse)


def test_without_a_date_nothing_is_computed() -> None:
    assert delai(schema(), "2026-11-23") is None


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.dates(date(1990, 1, 1), date(2080, 1, 1)))
def test_the_deadline_is_over_on_the_day_after_its_last_day_and_never_before(adoption: date, version: date) -> None:
    found = delai(schema(date=adoption.isoformat()), version.isoformat())
    assert found is not None
    assert found.depasse is (version > found.plus_tard)
    assert timedelta(180) <= found.plus_tard - adoption <= timedelta(184)
    assert found.plus_tard.day in (adoption.day, *(range(28, adoption.day)))


def test_the_scheme_is_the_one_in_force_and_a_law_or_a_contract_is_none() -> None:
    edition = edition_avec(
        schema("ancien", remplace_par="nouveau"), schema("nouveau"), element("cadre", "cper", type="contrat")
    )
    for cadres, expected in [
        (["cper", "ancien", "nouveau"], "nouveau"),
        (["ancien"], "ancien"),
        (["cper"], None),
        (["absent"], None),
        ([], None),
    ]:
        found = schema_regional(edition, cadres)
        assert (found.id if found else None) == expected


def test_each_orientation_has_its_priorities_with_what_they_serve_and_a_line_when_it_has_none() -> None:
    cadre = schema(orientations=[{"code": "MER", "titre": "Mer"}, {"code": "SOL", "titre": "Sol"}])
    lien = [{"cadre": "srdeii", "nature": "contribue", "orientation": "MER"}]
    edition = edition_avec(
        cadre,
        element("objectif", "o1"),
        element("objectif", "o2"),
        element("priorite", "p", objectifs=["o2", "o1"], articulations=lien),
        element("priorite", "q", objectifs=["o2"], articulations=lien),
        element("priorite", "seule"),
        element("action", "a", articulations=lien),
    )
    mer, sol = face_a_face(edition, cadre)
    assert [one.id for one, _ in mer.priorites] == ["p", "q"]
    assert [one.id for one in mer.objectifs] == ["o2", "o1"]
    assert (sol.priorites, sol.objectifs) == ((), ())
    assert [one.id for one in sans_lien(edition, cadre)] == ["seule"]


def test_a_link_of_an_action_alone_does_not_make_a_line_for_the_whole_scheme() -> None:
    cadre = schema()
    action = element("action", "a", articulations=[{"cadre": "srdeii", "nature": "compatible"}])
    assert face_a_face(edition_avec(cadre, action), cadre) == ()


def test_the_dossier_of_brest_prints_the_seventh_of_october_2023_and_every_orientation() -> None:
    edition = edition_de(BREST, INTERNE)
    srtes = schema_regional(edition, edition.elements["orientations-conjointes"].cadres)  # type: ignore[attr-defined]
    assert isinstance(srtes, Cadre) and srtes.id == "srtes"
    found = delai(srtes, "2026-11-23")
    assert found is not None and found.depasse and found.plus_tard == date(2023, 10, 7)
    rows = face_a_face(edition, srtes)
    assert {face.orientation.code for face in rows if face.orientation} == {o.code for o in srtes.orientations}
