"""Numbers come with what makes them usable; a series is read in the order of time, a trend by its own threshold."""

from decimal import Decimal
from typing import Any

import pytest

from smde.edition import Edition
from smde.model.mesures import Indicateur, Valeur
from smde.model.strategie import PreuveChiffre, PreuveEntretien, PreuveIndicateur, PreuveSource
from smde.views.chiffres import Tendance, citation, derniere, lecture, perimes, tranches, valeurs
from tests.rendu import edition_avec, edition_de, element, simple


def indicateur(**autres: Any) -> Indicateur:
    values = {"unite": "%", "definition": "Part.", "territoire": "pays", "source": "insee", "serie": "s.csv", **autres}
    made: Indicateur = element("indicateur", "vacance", **values)
    return made


def avec(serie: list[tuple[str, str | None]], **autres: Any) -> tuple[Edition, Indicateur]:
    here = indicateur(**autres)
    values = tuple(Valeur(periode=p, valeur=None if v is None else Decimal(v)) for p, v in serie)
    return edition_avec(here, series={"vacance": values}), here


def test_values_are_read_in_the_order_of_time_whatever_the_order_of_the_file() -> None:
    edition, here = avec([("2017", "3"), ("2015-T4", "2"), ("2015-T2", "1"), ("2014-2015", "0")])
    assert [value.periode for value in valeurs(edition, here)] == ["2014-2015", "2015-T2", "2015-T4", "2017"]


def test_the_last_value_is_the_last_known_one() -> None:
    edition, here = avec([("2016", "9.8"), ("2017", None)])
    last = derniere(edition, here)
    assert last is not None
    assert last.periode == "2016"
    assert derniere(*avec([("2016", None)])) is None
    assert derniere(*avec([])) is None


@pytest.mark.parametrize(
    ("serie", "sens", "seuil", "tendance", "favorable"),
    [
        ([("2016", "100"), ("2019", "110")], "hausse", None, Tendance.hausse, True),
        ([("2016", "100"), ("2019", "90")], "hausse", None, Tendance.baisse, False),
        ([("2016", "100"), ("2019", "90")], "baisse", None, Tendance.baisse, True),
        ([("2016", "100"), ("2019", "90")], "neutre", None, Tendance.baisse, None),
        ([("2016", "100"), ("2019", "100.5")], "hausse", None, Tendance.stable, None),
        ([("2016", "100"), ("2019", "104")], "hausse", "5", Tendance.stable, None),
        ([("2016", "100"), ("2019", "100.1")], "hausse", "0", Tendance.hausse, True),
        ([("2016", "-10"), ("2019", "-5")], "hausse", None, Tendance.hausse, True),
        ([("2016", "100"), ("2017", "50"), ("2018", None), ("2019", "120")], "hausse", None, Tendance.hausse, True),
    ],
)
def test_a_trend_compares_the_first_and_last_known_values(
    serie: list[tuple[str, str | None]], sens: str, seuil: str | None, tendance: Tendance, favorable: bool | None
) -> None:
    found = lecture(*avec(serie, sens=sens, **({"seuil_tendance": seuil} if seuil else {})))
    assert found is not None
    assert (found.tendance, found.favorable) == (tendance, favorable)


@pytest.mark.parametrize(
    "serie", [[], [("2016", "3")], [("2016", "3"), ("2017", None)], [("2016", "0"), ("2017", "4")]]
)
def test_there_is_no_trend_without_two_values_and_a_base(serie: list[tuple[str, str | None]]) -> None:
    assert lecture(*avec(serie)) is None


def test_evidence_is_cited_with_its_measure_period_perimeter_and_source() -> None:
    edition = edition_de()
    par_serie = citation(edition, PreuveIndicateur(par="indicateur", indicateur="vacance-bureaux", millesime="2019"))
    assert simple(par_serie.mesure) == "7,6 %"
    assert (par_serie.libelle, par_serie.periode) == ("Part des bureaux vacants", "2019")
    assert (par_serie.territoire, par_serie.source, par_serie.element) == (
        "metropole-2014", "observatoire-bureaux", "vacance-bureaux",
    )  # fmt: skip
    suspendue = citation(edition, PreuveIndicateur(par="indicateur", indicateur="vacance-bureaux", millesime="2018"))
    assert suspendue.mesure == ""
    assert suspendue.note == "enquête suspendue, année non comparable"


def test_evidence_that_is_one_number_an_interview_or_a_document() -> None:
    edition = edition_de()
    nombre = citation(edition, PreuveChiffre(par="chiffre", libelle="Friches", valeur=Decimal(37), unite="ha"))
    assert (simple(nombre.mesure), nombre.periode, nombre.source) == ("37 ha", "", None)
    entretien = citation(edition, PreuveEntretien(par="entretien", entretien="E-EXT-01", note="Soudeurs"))
    assert (entretien.element, entretien.mesure, entretien.note) == ("E-EXT-01", "", "Soudeurs")
    for page, shown in (("12", "page 12"), ("p. 12", "p. 12"), (None, "")):
        document = citation(edition, PreuveSource(par="source", source="inventaire-friches", page=page))
        assert (document.libelle, document.source) == (shown, "inventaire-friches")


@pytest.mark.parametrize(
    ("derniere_periode", "validite", "perime"),
    [
        ("2024", "24", False),
        ("2024", "22", False),
        ("2024", "21", True),
        ("2026-10", "1", False),
        ("2026-09", "1", False),
        ("2026-08", "1", True),
        ("2026-T3", "2", False),
        ("2026-S1", "3", True),
        ("2025-2026", "1", False),
        ("2026-11-22", "1", False),
        ("2010", None, False),
    ],
)
def test_a_value_grows_old_in_whole_months_from_the_end_of_its_period(
    derniere_periode: str, validite: str | None, perime: bool
) -> None:
    edition, here = avec([(derniere_periode, "1")], **({"validite": validite} if validite else {}))
    assert edition.date == "2026-11-22"
    assert perimes(edition) == ([here] if perime else [])


def test_no_trend_is_told_across_a_break_of_the_series() -> None:
    """A wider field makes the number jump: what is told is what happened since."""
    etudiants = element(
        "indicateur", "etudiants", unite="étudiants", definition="d", territoire="t", source="s", serie="s.csv",
        ruptures=["2017"],
    )  # fmt: skip
    values = [("2009-2010", 100), ("2015-2016", 110), ("2020-2021", 200), ("2022-2023", 190)]
    serie = tuple(Valeur(periode=when, valeur=Decimal(number)) for when, number in values)
    read = lecture(edition_avec(etudiants, series={"etudiants": serie}), etudiants)
    assert read is not None
    assert (read.premiere.periode, read.tendance) == ("2020-2021", Tendance.baisse)
    assert lecture(edition_avec(etudiants, series={"etudiants": serie[:3]}), etudiants) is None
    assert [[value.periode for value in run] for run in tranches(etudiants, serie)] == [
        ["2009-2010", "2015-2016"], ["2020-2021", "2022-2023"],
    ]  # fmt: skip
