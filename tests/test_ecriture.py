"""French writing: numbers, dates and typography are right, and writing what is already written changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import ecriture
from smde.ecriture import accord, enumeration, euros, jour, mesure, nombre, periode, typographie
from tests.conftest import duree


def visible(words: str) -> str:
    """No-break spaces as they are said: `_` for the wide one, `.` for the narrow one."""
    return words.replace("\u00a0", "_").replace("\u202f", "·")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("7", "7"),
        ("999", "999"),
        ("1000", "1·000"),
        ("431674", "431·674"),
        ("1234567.89", "1·234·567,89"),
        ("60.50", "60,5"),
        ("60.00", "60"),
        ("0.005", "0,005"),
        ("-12.5", "\u221212,5"),
        ("-1000", "\u22121·000"),
        ("1E+3", "1·000"),
        ("1E-3", "0,001"),
        ("100", "100"),
        ("1200.0", "1·200"),
    ],
)
def test_numbers_are_written_the_french_way(value: str, words: str) -> None:
    assert visible(nombre(Decimal(value))) == words


def test_whole_numbers_need_no_decimal_type() -> None:
    assert visible(nombre(286400)) == "286·400"


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_number_that_is_written_is_the_same_number(value: Decimal) -> None:
    words = nombre(value)
    again = words.replace("\u202f", "").replace(",", ".").replace("\u2212", "-")
    assert Decimal(again) == value
    assert typographie(words) == words


def test_a_measure_keeps_its_unit_on_the_line() -> None:
    assert visible(mesure(Decimal("9.8"), "%")) == "9,8_%"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1200000", "1·200·000_€"),
        ("450000.5", "450·000,50_€"),
        ("450000.50", "450·000,50_€"),
        ("450000.05", "450·000,05_€"),
        ("450000.00", "450·000_€"),
        ("-0.5", "\u22120,50_€"),
        ("0", "0_€"),
    ],
)
def test_an_amount_has_two_digits_of_cents_or_none(value: str, words: str) -> None:
    assert visible(euros(Decimal(value))) == words


@given(st.decimals(-(10**12), 10**12, places=2))
def test_an_amount_that_is_written_is_the_same_amount(value: Decimal) -> None:
    words = euros(value).removesuffix("\u00a0€")
    cents = words.partition(",")[2]
    assert Decimal(words.replace("\u202f", "").replace(",", ".").replace("\u2212", "-")) == value
    assert len(cents) == (2 if value % 1 else 0)
    assert typographie(euros(value)) == euros(value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2014, 10, 17), "17_octobre 2014"),
        (date(2015, 5, 1), "1er_mai 2015"),
        (date(2020, 2, 29), "29_février 2020"),
        (date(2020, 8, 11), "11_août 2020"),
    ],
)
def test_days_are_written_the_french_way(value: date, words: str) -> None:
    assert visible(jour(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2020", "2020"),
        ("2009-2010", "2009-2010"),
        ("2020-06", "juin 2020"),
        ("2020-12", "décembre 2020"),
        ("2015-T1", "1er_trimestre 2015"),
        ("2015-T2", "2e_trimestre 2015"),
        ("2015-S1", "1er_semestre 2015"),
        ("2015-S2", "2e_semestre 2015"),
        ("2014-10-17", "17_octobre 2014"),
        ("2015-05-01", "1er_mai 2015"),
        ("2015-02-30", "2015-02-30"),
    ],
)
def test_periods_are_written_the_french_way(value: str, words: str) -> None:
    assert visible(periode(value)) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["friches"], "friches"), (["friches", "rade"], "friches et rade"), (["a", "b", "c"], "a, b et c")],
)
def test_words_are_enumerated(words: list[str], sentence: str) -> None:
    assert enumeration(words) == sentence
    assert enumeration(words, "ou") == sentence.replace(" et ", " ou ")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0_constat"), (1, "1_constat"), (2, "2_constats"), (1200, "1·200_constats")]
)
def test_nouns_agree_with_their_number(count: int, words: str) -> None:
    assert visible(accord(count, "constat")) == words


def test_an_irregular_plural_is_given() -> None:
    assert visible(accord(3, "enjeu", "enjeux")) == "3_enjeux"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("l'emploi d'aujourd'hui", "l’emploi d’aujourd’hui"),
        ("les 'friches'", "les 'friches'"),
        ("Pourquoi ?", "Pourquoi·?"),
        ("Pourquoi  ? Vraiment !", "Pourquoi·? Vraiment·!"),
        ("un atout ; une faiblesse", "un atout·; une faiblesse"),
        ("le port : un atout", "le port_: un atout"),
        ("« défi »", "«_défi_»"),
        ("«défi»", "«défi»"),
        ("431 674 habitants", "431·674 habitants"),
        ("1 234 567 €", "1·234·567_€"),
        ("12 % des actifs", "12_% des actifs"),
        ("37 ha de friches", "37_ha de friches"),
        ("37 habitants", "37 habitants"),
        ("3,5 M€", "3,5_M€"),
        ("0,5 ETP", "0,5_ETP"),
        ("12 km² et 4 km", "12_km² et 4_km"),
        ("n° 12, art. 3, p. 7", "n°_12, art._3, p._7"),
        ("en 2014 et 2015", "en 2014 et 2015"),
        ("le 12 3456 lots", "le 12 3456 lots"),
        ("https://www.insee.fr/fr?a=b;c!d:e", "https://www.insee.fr/fr?a=b;c!d:e"),
        ("12:30", "12:30"),
        ("", ""),
        (" : ", " : "),
        ("C'est-à-dire : « l'eau » !", "C’est-à-dire_: «_l’eau_»·!"),
    ],
)
def test_typography_is_french(typed: str, written: str) -> None:
    assert visible(typographie(typed)) == written


@pytest.mark.parametrize(
    ("words", "written"), [("friches du port", "Friches du port"), ("été", "Été"), ("ZAE", "ZAE"), ("", "")]
)
def test_a_title_begins_with_a_capital(words: str, written: str) -> None:
    assert ecriture.majuscule(words) == written


TYPE = st.text(st.sampled_from("aé1230 \u00a0\u202f'’:;!?«»%€,.n°p\n-"), max_size=40)


@given(TYPE)
def test_typography_done_twice_is_done_once(words: str) -> None:
    assert typographie(typographie(words)) == typographie(words)


@given(TYPE)
def test_typography_changes_spaces_and_apostrophes_only(words: str) -> None:
    def bare(text: str) -> str:
        return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").replace(" ", "")

    assert bare(typographie(words)) == bare(words)


@pytest.mark.parametrize("piece", ["1 ", " :", "' ", "« ", "12 000 ", "\u00a0", "a'b", "n° "])
def test_typography_takes_a_time_that_grows_as_the_text_does(piece: str) -> None:
    def write(count: int) -> None:
        ecriture.typographie.cache_clear()
        typographie("x" + piece * count + "x")

    assert duree(lambda: write(60_000)) < 30 * duree(lambda: write(6_000))
