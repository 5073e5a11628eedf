"""The numbers of headings as a model defines them: what the contents say is what Word will print."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.modele_word import lire
from smde.outputs.word.numerotation import HOUSE, Counter, Level, asks_for_numbers, numbered_headings, written
from smde.outputs.word.styles import Styles
from smde.outputs.word.xml import q

from .modeles_word import change, charte, detache, paquet, parties, sobre


def numbers(octets: bytes) -> dict[int, Level]:
    modele = lire(octets)
    part = modele.partie("numbering")
    return numbered_headings(Styles(modele.arbre(modele.partie("styles"))), modele.arbre(part) if part else None)


CHARTE = detache(charte())


def test_the_numbers_of_the_house_follow_the_levels_and_start_again_below() -> None:
    counter = Counter(HOUSE)
    asked = [1, 2, 3, 3, 2, 4, 3, 1, 2]
    assert [counter.next(level) for level in asked] == [
        "1", "1.1", "1.1.1", "1.1.2", "1.2", "", "1.2.1", "2", "2.1",
    ]  # fmt: skip


def test_the_numbers_of_a_model_are_read_from_the_list_its_headings_are_linked_to() -> None:
    assert numbers(CHARTE) == {1: Level(0, "Article %1", "upperRoman"), 2: Level(1, "%1.%2")}
    counter = Counter(numbers(CHARTE))
    assert [counter.next(level) for level in (1, 2, 2, 1, 2)] == ["Article I", "I.1", "I.2", "Article II", "II.1"]


def test_a_level_that_asks_for_digits_shows_those_above_in_digits_too() -> None:
    legal = change(CHARTE, numbering=('<w:lvlText w:val="%1.%2"/>', '<w:isLgl/><w:lvlText w:val="%1.%2"/>'))
    counter = Counter(numbers(legal))
    assert [counter.next(level) for level in (1, 2)] == ["Article I", "1.1"]


def test_a_list_may_start_elsewhere_than_at_one() -> None:
    later = change(
        CHARTE, numbering=('<w:lvl w:ilvl="0"><w:start w:val="1"/>', '<w:lvl w:ilvl="0"><w:start w:val="4"/>')
    )
    assert Counter(numbers(later)).next(1) == "Article IV"


def test_a_model_without_list_numbers_nothing() -> None:
    assert numbers(sobre()) == {}
    assert Counter({}).next(1) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<w:numFmt w:val="upperRoman"/>', '<w:numFmt w:val="bullet"/>'),
        ('<w:lvlText w:val="Article %1"/>', '<w:lvlText w:val=""/>'),
    ],
)
def test_a_level_that_shows_a_bullet_or_nothing_gives_no_number(before: str, after: str) -> None:
    assert set(numbers(change(CHARTE, numbering=(before, after)))) == {2}


def test_a_way_of_counting_we_do_not_know_leaves_the_contents_without_number_rather_than_with_a_wrong_one() -> None:
    unknown = change(CHARTE, numbering=('<w:numFmt w:val="upperRoman"/>', '<w:numFmt w:val="cardinalText"/>'))
    counter = Counter(numbers(unknown))
    assert [counter.next(1), counter.next(2)] == ["", ""]


def test_a_list_given_by_a_style_is_found_through_it() -> None:
    parts = parties(CHARTE)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        b"</w:styles>",
        b'<w:style w:type="numbering" w:styleId="Plan"><w:name w:val="Plan"/><w:pPr><w:numPr>'
        b'<w:numId w:val="9"/></w:numPr></w:pPr></w:style></w:styles>',
    )
    parts["word/numbering.xml"] = (
        parts["word/numbering.xml"]
        .replace(b'<w:num w:numId="4">', b'<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Plan"/>'
                 b'</w:abstractNum><w:num w:numId="4">')
        .replace(b'<w:num w:numId="4"><w:abstractNumId w:val="7"/>', b'<w:num w:numId="4"><w:abstractNumId w:val="8"/>')
        .replace(b"</w:numbering>", b'<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>')
    )  # fmt: skip
    assert numbers(paquet(parts)) == numbers(CHARTE)


def test_a_heading_of_ours_is_numbered_only_where_the_list_of_the_model_goes_that_deep() -> None:
    modele = lire(CHARTE)
    styles, list_ = Styles(modele.arbre(modele.partie("styles"))), modele.arbre(modele.partie("numbering"))
    asked = asks_for_numbers(styles, list_)
    said = {level: [child.get(q("val")) for child in numPr] for level, numPr in asked.items()}
    assert said == {1: ["0", "4"], 2: ["1", "4"], 3: ["2", "4"]}
    for level in list_.findall(f".//{q('lvl')}")[2:]:
        level.getparent().remove(level)
    assert set(asks_for_numbers(styles, list_)) == {1, 2}
    assert asks_for_numbers(styles, None) == {}


@pytest.mark.parametrize(
    ("form", "shown"),
    [("decimal", "4"), ("decimalZero", "04"), ("upperRoman", "IV"), ("lowerRoman", "iv"), ("upperLetter", "D"),
     ("lowerLetter", "d"), ("none", ""), ("ordinalText", None)],
)  # fmt: skip
def test_a_number_is_written_as_the_list_asks(form: str, shown: str | None) -> None:
    assert written(4, form) == shown


def test_letters_are_doubled_after_z_as_word_does() -> None:
    assert [written(n, "upperLetter") for n in (26, 27, 28, 53)] == ["Z", "AA", "BB", "AAA"]


@given(st.lists(st.integers(1, 3), min_size=1, max_size=40))
def test_no_two_headings_in_a_row_have_the_same_number(levels: list[int]) -> None:
    counter = Counter(HOUSE)
    made = [counter.next(level) for level in levels]
    assert all(one != other for one, other in pairwise(made))
    assert all(number.count(".") == level - 1 for number, level in zip(made, levels, strict=True))


@given(st.integers(1, 3999))
def test_roman_numbers_are_read_back(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [values[sign] for sign in written(number, "upperRoman") or ""]
    following = [*digits[1:], 0]
    assert sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True)) == number
