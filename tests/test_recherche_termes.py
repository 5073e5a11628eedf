"""What a word says of an entry: a rare one more than a common one, a whole one more than one that only begins so."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import navigateur

pytestmark = navigateur.MARQUES
TERMES = Path(__file__).parents[1] / "smde" / "outputs" / "theme" / "assets" / "recherche" / "termes.js"
FICHES = [
    {"titre": "port commerce", "texte": "le port de commerce accueille des navires"},
    {"titre": "portuaire", "texte": "la zone portuaire et ses friches"},
    {"titre": "logement", "texte": "loger les etudiants et les actifs du territoire"},
    {"titre": "friche", "texte": "une friche du territoire"},
    {"titre": "territoire", "texte": "territoire"},
]


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page that holds the index of five entries, and two ways of asking it."""
    with navigateur.lance() as browser:
        page = navigateur.page(browser.new_context())
        page.add_script_tag(content=TERMES.read_text("utf-8"))
        page.evaluate(
            """fiches => {
              const index = smdeTermes({titre: 6, texte: 1})
              fiches.forEach((fiche, rank) => index.add(rank, {
                titre: fiche.titre.split(" "), texte: fiche.texte.split(" "),
              }))
              const told = found => Object.fromEntries(Array.from(found, ([rank, {score, asked, held}]) =>
                [rank, {score, asked: [...asked].sort(), held: [...held].sort()}]))
              window.look = ([word, worth, begun]) => told(index.look(word, worth, begun ?? Infinity))
              const whole = word => index.look(word, 1, Infinity)
              window.joined = ([words, all]) => told(index.joined(words.map(whole), all))
            }""",
            FICHES,
        )
        yield page


def look(page: Any, *asked: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = page.evaluate("asked => look(asked)", list(asked))
    return found


def joined(page: Any, words: list[str], *, every: bool) -> Mapping[str, Any]:
    found: Mapping[str, Any] = page.evaluate("asked => joined(asked)", [words, every])
    return found


def test_a_word_is_found_where_it_is_and_nowhere_else(page: Any) -> None:
    assert set(look(page, "port", 1)) == {"0"}
    assert set(look(page, "territoire", 1)) == {"2", "3", "4"}
    assert look(page, "absent", 1) == {}


def test_a_title_counts_more_than_a_text(page: Any) -> None:
    found = look(page, "territoire", 1)
    assert found["4"]["score"] > 3 * found["3"]["score"]


def test_a_short_text_says_more_of_its_words_than_a_long_one(page: Any) -> None:
    found = look(page, "territoire", 1)
    assert found["3"]["score"] > found["2"]["score"]


def test_a_rare_word_says_more_than_a_common_one(page: Any) -> None:
    """Both are once in texts of four different words."""
    assert look(page, "une", 1)["3"]["score"] > look(page, "du", 1)["3"]["score"]


def test_a_word_that_only_begins_so_is_found_from_some_letters_on_and_worth_less(page: Any) -> None:
    assert set(look(page, "port", 1, 4)) == {"0"}
    found = look(page, "port", 1, 3)
    assert set(found) == {"0", "1"}
    assert found["1"]["score"] < found["0"]["score"]
    assert (found["1"]["asked"], found["1"]["held"]) == (["port"], ["portuaire"])


def test_what_a_question_is_worth_multiplies(page: Any) -> None:
    once, thrice = look(page, "port", 1)["0"]["score"], look(page, "port", 3)["0"]["score"]
    assert thrice == pytest.approx(3 * once)


def test_answers_are_added_or_kept_where_all_words_are(page: Any) -> None:
    some, every = joined(page, ["friche", "du"], every=False), joined(page, ["friche", "du"], every=True)
    assert set(some) == {"2", "3"} and set(every) == {"3"}
    assert every["3"] == some["3"]
    apart = look(page, "friche", 1)["3"]["score"] + look(page, "du", 1)["3"]["score"]
    assert every["3"]["score"] == pytest.approx(apart)
    assert joined(page, [], every=True) == joined(page, [], every=False) == {}
    assert joined(page, ["friche", "absent"], every=True) == {}
