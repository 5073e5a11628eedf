"""What is to be brought up to date: what is most urgent first, and by whom."""

from typing import Any

import pytest

from smde.model.mesures import Valeur
from smde.views.chiffres import perimes
from smde.views.fraicheur import Etat, fraicheur, par_service
from tests.rendu import edition_avec, element


def indicateur(ident: str, validite: int | None = None, producteur: str | None = None) -> Any:
    return element(
        "indicateur", ident, unite="%", definition="d", territoire="t", source="s", serie=f"{ident}.csv",
        validite=validite and str(validite), producteur=producteur,
    )  # fmt: skip


def serie(*periodes: str) -> tuple[Valeur, ...]:
    return tuple(Valeur(periode=periode, valeur=1) for periode in periodes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("periode", "validite", "jusqu_a", "etat"),
    [
        ("2025", 12, "2027-01", Etat.a_jour),
        ("2025", 10, "2026-11", Etat.a_jour),
        ("2025", 9, "2026-10", Etat.depasse),
        ("2025-T3", 12, "2026-10", Etat.depasse),
        ("2020-2021", 36, "2025-01", Etat.depasse),
        ("2026-11-01", 1, "2026-12", Etat.a_jour),
        ("2023", None, None, Etat.sans_duree),
    ],
)
def test_a_number_is_good_until_the_month_it_says(
    periode: str, validite: int | None, jusqu_a: str | None, etat: Etat
) -> None:
    edition = edition_avec(indicateur("i", validite), series={"i": serie(periode)})
    (one,) = fraicheur(edition)
    assert (one.jusqu_a, one.etat) == (jusqu_a, etat)
    assert [late.id for late in perimes(edition)] == (["i"] if etat is Etat.depasse else [])


@pytest.mark.parametrize("validite", range(1, 40))
def test_what_is_said_of_the_month_agrees_with_the_state(validite: int) -> None:
    """DATE is 22 November 2026: good until that month or later, or too old since that month or before."""
    edition = edition_avec(indicateur("i", validite), series={"i": serie("2024-T3")})
    (one,) = fraicheur(edition)
    assert one.jusqu_a is not None
    assert one.depuis is not None
    assert (one.jusqu_a >= "2026-11") is (one.etat is Etat.a_jour)
    assert one.jusqu_a < one.depuis
    assert (one.depuis <= "2026-11") is (one.etat is Etat.depasse)


def test_a_value_not_available_does_not_make_a_series_fresh() -> None:
    edition = edition_avec(indicateur("i", 12), series={"i": (*serie("2019"), Valeur(periode="2026", valeur=None))})
    (one,) = fraicheur(edition)
    assert one.valeur is not None
    assert (one.valeur.periode, one.etat) == ("2019", Etat.depasse)


def test_what_is_to_be_done_first_comes_first() -> None:
    edition = edition_avec(
        indicateur("frais", 24), indicateur("muet"), indicateur("vieux", 12), indicateur("ancien", 12),
        indicateur("vide", 12),
        series={"frais": serie("2026"), "muet": serie("2026"), "vieux": serie("2021"), "ancien": serie("2012")},
    )  # fmt: skip
    assert [one.indicateur.id for one in fraicheur(edition)] == ["vide", "ancien", "vieux", "muet", "frais"]


def test_each_service_has_its_list_and_what_nobody_does_comes_last() -> None:
    edition = edition_avec(
        element("acteur", "observatoire", type="agence"),
        element("acteur", "adeupa", type="agence"),
        indicateur("a", 12), indicateur("b", 12, "adeupa"), indicateur("c", 12, "observatoire"),
        indicateur("d", 120, "adeupa"),
        series={ident: serie("2020") for ident in "abcd"},
    )  # fmt: skip
    assert [(who, [one.indicateur.id for one in todo]) for who, todo in par_service(edition)] == [
        ("observatoire", ["c"]), ("adeupa", ["b"]), (None, ["a"]),
    ]  # fmt: skip
