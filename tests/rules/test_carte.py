"""The map: what neighbours show is of the same year and of the same kind, or it is an error with its place."""

from collections.abc import Callable

from .conftest import Fichiers

Messages = Callable[[str, Fichiers], list[str]]


def tuile(ident: str, x: int, **champs: str) -> str:
    more = "".join(f", {name}: {value}" for name, value in champs.items())
    return f"- {{id: {ident}, titre: Pays {ident}, type: epci, tuile: {{x: {x}, y: 0}}{more}}}\n"


def test_two_years_on_one_map_are_told_at_the_year(messages: Messages) -> None:
    lines = tuile("abers", 0, population="42247", millesime="2023") + tuile(
        "iroise", 1, population="1", millesime="2018"
    )
    (said,) = messages("carte-melangee", {"data/territoires.yml": lines})
    assert "La carte mélange deux années : « Pays iroise » (2018) et « Pays abers » (2023)." in said


def test_a_number_without_year_does_not_compare_either(messages: Messages) -> None:
    lines = tuile("abers", 0, population="42247", millesime="2023") + tuile("iroise", 1, population="1")
    (said,) = messages("carte-melangee", {"data/territoires.yml": lines})
    assert "(sans année)" in said


def test_two_kinds_of_territories_on_one_map_are_told(messages: Messages) -> None:
    epci = tuile("abers", 0, population="42247", millesime="2023")
    commune = tuile("brest", 1, population="142346", millesime="2023").replace("epci", "commune")
    (said,) = messages("carte-melangee", {"data/territoires.yml": epci + commune})
    assert "deux genres de territoires" in said


def test_what_is_not_on_the_map_or_shows_no_number_is_free(messages: Messages) -> None:
    lines = tuile("abers", 0, population="42247", millesime="2023") + tuile("iroise", 1)
    lines += "- {id: bretagne, titre: Bretagne, type: region, population: 3449370, millesime: 2018}\n"
    assert messages("carte-melangee", {"data/territoires.yml": lines}) == []
