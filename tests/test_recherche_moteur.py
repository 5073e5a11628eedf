"""The engine of the search on a small site of its own, in Chromium: which words are the same, which come first."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smde import arbre
from smde.arbre import Document
from smde.etiquettes import Etiquette
from smde.outputs import recherche
from tests import navigateur
from tests.test_recherche_index import RECHERCHE

pytestmark = navigateur.MARQUES

FICHES = {
    "A-07": ("action", "Soutenir la preuve de concept", "Un appel à projets finance des démonstrateurs."),
    "A-12": (
        "action",
        "Ouvrir des locaux vacants aux artisans",
        "Des ateliers à l’eau, coûts modérés, 1 300 m² en 2015.",
    ),
    "obj-emploi": ("objectif", "Ramener vers l’emploi", "La métropole (SRDEII) accueille 31 000 étudiants étrangères."),
    "srtes": ("cadre", "Stratégie régionale des transitions", "Adoptée en 2023 par la Région."),
    "terme-srtes": ("terme", "Stratégie régionale des transitions (SRTES)", "Document de la Région."),
    "port": ("constat", "Le port perd du trafic", "Le trafic des ports et la porte des travaux. Un seul bail."),
    "commune": ("constat", "La commune", "Un bien commun ? Non : une commune artificialisait ses sols."),
    "ubo": ("acteur", "Université de Bretagne occidentale", "Œuvre de formation, à vocation européenne."),
}
SIGLES = {"srtes": "SRTES", "terme-srtes": "SRTES", "ubo": "UBO"}

Chercher = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def chercher() -> Iterator[Chercher]:
    """Ask the engine a question: ids found, the best first, words unknown, words taken for others."""
    pages = [
        Document(f"fiches/{ident}", titre, (arbre.para([{"t": "Str", "c": texte}]),), genre=genre)
        for ident, (genre, titre, texte) in FICHES.items()
    ]
    labels = {
        ident: Etiquette(genre, genre.capitalize(), (ident, *([SIGLES[ident]] if ident in SIGLES else [])))
        for ident, (genre, _, _) in FICHES.items()
    }
    index = recherche.index(pages, {ident: f"fiches/{ident}" for ident in FICHES}, labels).decode()
    with navigateur.lance() as browser:
        page = navigateur.page(browser.new_context())
        for name in ("termes.js", "moteur.js"):
            page.add_script_tag(content=(RECHERCHE / name).read_text("utf-8"))
        page.add_script_tag(content=index)
        page.evaluate("window.engine = smdeMoteur(smdeIndex); engine.learn(Infinity)")

        def ask(question: str) -> dict[str, Any]:
            found: dict[str, Any] = page.evaluate(
                """question => {
                  const answer = engine.search(question)
                  return {
                    ids: answer.results.map(result => smdeIndex[result.rank][4][0]),
                    passages: answer.results.map(result => engine.extract(result.rank, result.terms)),
                    unknown: answer.unknown, taken: answer.taken,
                  }
                }""",
                question,
            )
            assert page.plaintes == []
            return found

        yield ask


@pytest.mark.parametrize(
    ("question", "attendu"),
    [
        ("emploi", "obj-emploi"),
        ("l'emploi", "obj-emploi"),
        ("d’emplois", "obj-emploi"),
        ("EMPLOI", "obj-emploi"),
        ("srdeii", "obj-emploi"),
        ("(SRDEII)", "obj-emploi"),
        ("étudiant", "obj-emploi"),
        ("etudiante", "obj-emploi"),
        ("étranger", "obj-emploi"),
        ("e\u0301tudiants", "obj-emploi"),
        ("31 000", "obj-emploi"),
        ("31\u202f000", "obj-emploi"),
        ("31000", "obj-emploi"),
        ("local vacant", "A-12"),
        ("1300", "A-12"),
        ("eaux", "A-12"),
        ("artisan", "A-12"),
        ("travail", "port"),
        ("baux", "port"),
        ("oeuvre", "ubo"),
        ("œuvres", "ubo"),
        ("europeen", "ubo"),
        ("financer", "A-07"),
        ("projet démonstrateur", "A-07"),
        ("artificialisation", "commune"),
    ],
)
def test_words_are_found_however_the_french_write_them(chercher: Chercher, question: str, attendu: str) -> None:
    found = chercher(question)
    assert found["ids"][:1] == [attendu]
    assert (found["unknown"], found["taken"]) == ([], [])


@pytest.mark.parametrize("question", ["A-07", "a-07", "A07", "a7", "A 07", "A-7", "action 7", "Action A-07"])
def test_a_number_of_action_is_found_however_it_is_typed(chercher: Chercher, question: str) -> None:
    assert chercher(question)["ids"][0] == "A-07"


@pytest.mark.parametrize("ident", FICHES)
def test_an_exact_title_or_id_comes_first(chercher: Chercher, ident: str) -> None:
    assert chercher(ident)["ids"][0] == ident
    assert chercher(ident.upper())["ids"][0] == ident
    assert FICHES[chercher(FICHES[ident][1])["ids"][0]][1].startswith(FICHES[ident][1].split(" (")[0])


def test_a_sigle_finds_its_framework_then_its_definition_and_its_long_form_both(chercher: Chercher) -> None:
    for question in ("SRTES", "srtes", "Stratégie régionale des transitions"):
        assert chercher(question)["ids"][:2] == ["srtes", "terme-srtes"], question


def test_words_near_each_other_are_not_confused(chercher: Chercher) -> None:
    assert chercher("commun")["ids"][0] == "commune"
    assert chercher("port")["ids"] == ["port"]


def test_a_word_is_found_while_it_is_being_typed(chercher: Chercher) -> None:
    for end in range(4, len("démonstrateurs") + 1):
        assert "A-07" in chercher("démonstrateurs"[:end])["ids"], "démonstrateurs"[:end]


@pytest.mark.parametrize(
    ("question", "tape", "pris"),
    [("emplio", "emplio", "emploi"), ("artisna", "artisna", "artisans"), ("métorpole", "métorpole", "métropole")],
)
def test_a_slip_is_taken_for_the_nearest_word_and_told(chercher: Chercher, question: str, tape: str, pris: str) -> None:
    found = chercher(question)
    assert found["taken"] == [[tape, pris]]
    assert found["unknown"] == [tape]
    assert found["ids"]


def test_what_is_like_nothing_is_said_unknown_and_nothing_else_is_found(chercher: Chercher) -> None:
    assert chercher("xylophone") == {"ids": [], "passages": [], "unknown": ["xylophone"], "taken": []}


@pytest.mark.parametrize("question", ["", "   ", "?!…", '"', "*:", "\u200b", "🐟"])
def test_no_word_finds_nothing(chercher: Chercher, question: str) -> None:
    assert chercher(question)["ids"] == []


def test_empty_words_count_only_when_there_is_nothing_else(chercher: Chercher) -> None:
    assert chercher("qui est le port")["ids"] == chercher("port")["ids"]
    assert "port" in chercher("le")["ids"]


def test_the_passage_shown_holds_the_words_and_marks_them(chercher: Chercher) -> None:
    passage = chercher("étudiants étrangers")["passages"][0]
    assert "".join(words for words, _ in passage) == "La métropole (SRDEII) accueille 31 000 étudiants étrangères."
    assert [words for words, marked in passage if marked] == ["étudiants", "étrangères"]
