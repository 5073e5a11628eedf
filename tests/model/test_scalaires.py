"""The model types what YAML leaves as text: what does not look as agreed is refused, never guessed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from smde.model import scalaires


def read(kind: Any, typed: object) -> Any:
    return TypeAdapter(kind).validate_python(typed)


def refused(kind: Any, typed: object) -> str:
    """What was expected instead."""
    with pytest.raises(ValidationError) as caught:
        read(kind, typed)
    (detail,) = caught.value.errors()
    return str(detail.get("ctx", {}).get("attendu", detail["type"]))


FAUX_NOMBRES = [
    "1_000",
    "1 000",
    "1\u202f000",
    "1,5",
    "1e3",
    "nan",
    "inf",
    "+1",
    "١٢",
    "１２",
    "0x1F",
    "1.",
    ".5",
    "",
    "--1",
    "1.0.0",
]


@pytest.mark.parametrize("typed", FAUX_NOMBRES)
def test_what_is_no_plain_number_is_refused(typed: str) -> None:
    assert refused(scalaires.Nombre, typed).startswith("un nombre avec un point décimal")
    assert refused(scalaires.Entier, typed).startswith("un nombre entier")
    assert refused(scalaires.Montant, typed).startswith("un montant en euros")


@pytest.mark.parametrize(
    ("typed", "value"), [("0", "0"), ("-12.5", "-12.5"), ("007", "7"), ("1234567.123456", "1234567.123456")]
)
def test_numbers_are_exact(typed: str, value: str) -> None:
    assert read(scalaires.Nombre, typed) == Decimal(value)


def test_whole_numbers_have_no_decimals() -> None:
    assert read(scalaires.Entier, "-1200") == -1200
    assert refused(scalaires.Entier, "12.0").startswith("un nombre entier")
    assert refused(scalaires.Entier, "9" * 16).startswith("un nombre entier")


def test_amounts_are_positive_and_have_cents_at_most() -> None:
    assert read(scalaires.Montant, "450000.50") == Decimal("450000.50")
    for typed in ("-1", "0.005", "1 €", "1M"):
        assert refused(scalaires.Montant, typed).startswith("un montant en euros")


@given(st.decimals(-(10**9), 10**9, places=3))
def test_any_number_is_read_as_it_was_written(value: Decimal) -> None:
    assert read(scalaires.Nombre, f"{value:f}") == value


def test_days_exist() -> None:
    assert read(scalaires.Jour, "2020-02-29") == date(2020, 2, 29)
    assert refused(scalaires.Jour, "2019-02-29") == "un jour qui existe, sous la forme AAAA-MM-JJ"
    for typed in ("2014-10", "17/10/2014", "2014-1-7", "2014-10-17T00:00:00", "demain", "２０１４-10-17"):
        assert refused(scalaires.Jour, typed).startswith("une date sous la forme AAAA-MM-JJ")


def test_the_days_of_periods_exist_too() -> None:
    assert read(scalaires.Periode, "2020-02-29") == "2020-02-29"
    for typed in ("2019-02-29", "2015-02-30", "2014-06-31", "0000-01-01"):
        assert refused(scalaires.Periode, typed).startswith("une période : 2020, 2020-06"), typed


@given(st.dates())
def test_any_day_is_read_back(day: date) -> None:
    assert read(scalaires.Jour, day.isoformat()) == day


def test_true_and_false_are_the_only_two() -> None:
    assert read(scalaires.Booleen, "true") is True
    assert read(scalaires.Booleen, "false") is False
    for typed in ("oui", "non", "True", "1", "0", "on", "", 1, ["true"]):
        assert refused(scalaires.Booleen, typed) == "true ou false"


def test_a_siren_is_nine_digits_however_spaced() -> None:
    assert read(scalaires.Siren, "240 012 344") == "240012344"
    for typed in ("24001234", "2400123445", "24001234A", "２４００１２３４４"):
        assert refused(scalaires.Siren, typed) == "un numéro SIREN de neuf chiffres"


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "//x.example",
        "ftp://x.example",
        "http://",
        "https://a b",
        'https://a"b',
        "https://a<b",
        "www.insee.fr",
    ],
)
def test_an_address_is_one_of_the_web(typed: str) -> None:
    assert refused(scalaires.Adresse, typed).startswith("une adresse web")


def test_addresses_colours_and_fingerprints_are_kept_as_they_are() -> None:
    assert read(scalaires.Adresse, "https://www.insee.fr/fr?a=b#c") == "https://www.insee.fr/fr?a=b#c"
    assert read(scalaires.Couleur, "#123aBC") == "#123aBC"
    assert refused(scalaires.Couleur, "bleu").startswith("une couleur")
    assert refused(scalaires.Couleur, "#123").startswith("une couleur")
    assert read(scalaires.Empreinte, "0f" * 32) == "0f" * 32
    assert refused(scalaires.Empreinte, "0F" * 32).startswith("une empreinte")


@pytest.mark.parametrize("typed", ["friches", "E-EXT-01", "a", "A_1", "a" * 64])
def test_an_id_is_a_name_that_any_output_accepts(typed: str) -> None:
    assert read(scalaires.Identifiant, typed) == typed


@pytest.mark.parametrize(
    "typed", ["", "1a", "-a", "_a", "été", "a b", "a.b", "a/b", "a" * 65, "a\n", "a\u200b", "<b>", "#a"]
)
def test_an_id_is_nothing_else(typed: str) -> None:
    assert refused(scalaires.Identifiant, typed) == "string_pattern_mismatch"


def test_lines_and_texts_hold_something() -> None:
    assert refused(scalaires.Ligne, "") == "string_too_short"
    assert refused(scalaires.Texte, "") == "string_too_short"
    assert refused(scalaires.Ligne, "x" * 301) == "string_too_long"
    assert read(scalaires.Texte, "x" * 5000) == "x" * 5000


@pytest.mark.parametrize(
    "kind",
    ["Nombre", "Entier", "Montant", "Jour", "Booleen", "Siren", "Adresse", "Periode", "Ligne", "Texte", "Identifiant"],
)
@pytest.mark.parametrize("typed", [["a"], {"a": "b"}, None])
def test_nothing_but_a_word_is_a_word(kind: str, typed: object) -> None:
    assert refused(getattr(scalaires, kind), typed)
