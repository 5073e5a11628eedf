"""French writing: numbers, dates and typography are right, and writing what is already written changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import ecriture
from smde.ecriture import accord, enumeration, euros, jour, mesure, montant, nombre, ordinaux, periode, typographie
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
        ("«défi»", "«_défi_»"),
        ('le mot "défi" et "enjeu".', "le mot «_défi_» et «_enjeu_»."),
        ('une friche ("dent creuse")', "une friche («_dent creuse_»)"),
        ('5" de pluie et 12" hier', '5" de pluie et 12" hier'),
        ('#include "<x>"', '#include "<x>"'),
        ("Et après... rien", "Et après… rien"),
        ("1...5 et a....b, s.../etc", "1...5 et a....b, s.../etc"),
        ("Pourquoi?", "Pourquoi?"),
        ('#include "secret.typ"', '#include "secret.typ"'),
        ("voir site.fr/a; puis", "voir site.fr/a; puis"),
        ("elise@valmer.fr: oui", "elise@valmer.fr: oui"),
        ("action-02: x", "action-02: x"),
        ("le 17 octobre 2014 et le 1er mai", "le 17_octobre 2014 et le 1er_mai"),
        ("le 45 mai", "le 45 mai"),
        ("220 millions d'euros, 3 milliards", "220_millions d’euros, 3_milliards"),
        ("12 m³, 4 t, 8 GWh et 7 tonnes", "12_m³, 4_t, 8_GWh et 7 tonnes"),
        ("au XXIe siècle", "au XXIe_siècle"),
        ("l'article L. 4251-17, l'article 3", "l’article_L. 4251-17, l’article_3"),
        ("l'article du journal", "l’article du journal"),
        ("chap. 2, fig. 3, § 4", "chap._2, fig._3, §_4"),
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


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0_€"),
        ("15000", "15·000_€"),
        ("999999", "999·999_€"),
        ("1000000", "1_M€"),
        ("1200000", "1,2_M€"),
        ("-1200000", "\u22121,2_M€"),
        ("1250000", "1·250·000_€"),
        ("1200000.50", "1·200·000,50_€"),
        ("103000000", "103_M€"),
        ("2000000000", "2_Md€"),
        ("1030000000", "1·030_M€"),
        ("1030000001", "1·030·000·001_€"),
    ],
)
def test_a_round_large_amount_is_short_in_a_sentence_and_never_rounded(value: str, words: str) -> None:
    assert visible(montant(Decimal(value))) == words


@given(st.decimals(-(10**12), 10**12, places=2))
def test_an_amount_in_a_sentence_is_the_same_amount(value: Decimal) -> None:
    number, unit = montant(value).split("\u00a0")
    read = Decimal(number.replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
    assert read * {"€": 1, "M€": 10**6, "Md€": 10**9}[unit] == value


@pytest.mark.parametrize(
    ("word", "above"),
    [
        ("1er\u00a0mai", "1^er^\u00a0mai"),
        ("1re", "1^re^"),
        ("1ers", "1^ers^"),
        ("2e", "2^e^"),
        ("17e,", "17^e^,"),
        ("2nd", "2^nd^"),
        ("(3es)", "(3^es^)"),
        ("XXIe\u00a0siècle", "XXI^e^\u00a0siècle"),
        ("Ier\u00a0siècle", "I^er^\u00a0siècle"),
        ("1e", "1e"),
        ("3er", "3er"),
        ("3nd", "3nd"),
        ("XXIe", "XXIe"),
        ("2ème", "2ème"),
        ("A-2e", "A-2e"),
        ("site.fr/2e", "site.fr/2e"),
        ("elise@2e", "elise@2e"),
        ("n°2e", "n°2e"),
        ("2e-annee", "2e-annee"),
        ("a2e", "a2e"),
        ("1,2e", "1,2e"),
        ("", ""),
    ],
)
def test_the_end_of_an_ordinal_is_set_above(word: str, above: str) -> None:
    assert "".join(f"^{piece}^" if up else piece for piece, up in ordinaux(word)) == above


@given(st.text(st.sampled_from("123IXerndsé \u00a0siècle.,-/@°"), max_size=25))
def test_setting_the_end_of_an_ordinal_above_loses_nothing(words: str) -> None:
    pieces = list(ordinaux(words))
    assert "".join(piece for piece, _ in pieces) == words
    assert all(piece in {"er", "re", "ers", "res", "e", "es", "nd", "nde"} for piece, up in pieces if up)


TYPE = st.text(st.sampled_from("aéI1230 \u00a0\u202f'’:;!?«»\"…%€,.n°p§\n-/@m"), max_size=40)


@given(TYPE)
def test_typography_done_twice_is_done_once(words: str) -> None:
    assert typographie(typographie(words)) == typographie(words)


@given(TYPE)
def test_typography_changes_spaces_apostrophes_quotes_and_ellipses_only(words: str) -> None:
    def bare(text: str) -> str:
        plain = text.replace("’", "'").replace("…", "...").replace("\u00a0", " ").replace("\u202f", " ")
        return plain.replace("«", '"').replace("»", '"').replace(" ", "")

    assert bare(typographie(words)) == bare(words)


ADRESSES = st.from_regex(r"https?://[a-z]{1,5}\\.fr/[a-z0-9?=;:!&_.-]{0,12}", fullmatch=True)
CODES = st.from_regex(r"[A-Z]-[0-9]{2}|[a-z]{2,6}-[0-9]{4}|[a-z]{2,5}@[a-z]{2,5}\\.fr", fullmatch=True)


@given(st.lists(ADRESSES | CODES, min_size=1, max_size=3), st.sampled_from([" ", " et ", "\u00a0"]))
def test_addresses_and_codes_are_left_as_typed(pieces: list[str], between: str) -> None:
    words = f"Voir {between.join(pieces)} ici"
    written = typographie(words)
    assert [piece for piece in pieces if piece not in written] == []
    assert all(not above for _, above in ordinaux(" ".join(pieces)))


@pytest.mark.parametrize(
    "piece",
    [
        "a’",
        "a-",
        '"a ',
        "a; ",
        "a:",
        "(a",
        "«a», ",
        "article 1",
        "Ie ",
        "1er ",
        "1 ",
        " :",
        "' ",
        "« ",
        "12 000 ",
        "\u00a0",
        "a'b",
        "n° ",
    ],
)
def test_typography_takes_a_time_that_grows_as_the_text_does(piece: str) -> None:
    def write(count: int) -> None:
        ecriture.typographie.cache_clear()
        typographie("x" + piece * count + "x")

    assert duree(lambda: write(60_000)) < 30 * duree(lambda: write(6_000))


@pytest.mark.parametrize(
    ("taille", "dite"),
    [(0, ""), (1, "1 Ko"), (499, "1 Ko"), (312_400, "312 Ko"), (999_999, "1000 Ko"), (5_614_063, "5,6 Mo")],
)
def test_the_weight_of_a_file_is_said_as_people_say_it(taille: int, dite: str) -> None:
    assert ecriture.en_octets(taille).replace("\u00a0", " ") == dite
