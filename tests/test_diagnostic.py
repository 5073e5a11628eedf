"""Diagnostics are plain values, in a total order, each told once; suggestions are right, or absent."""

import pytest

from smde.diagnostic import Diagnostic, Names, Place, Span, in_order, nearest, suggestion
from tests.conftest import duree


def faute(path: str, line: int, column: int, code: str = "reference-inconnue", message: str = "Absent.") -> Diagnostic:
    return Diagnostic(Place(path, Span(line, column, line, column + 1)), "erreur", code, message)


def test_diagnostics_are_told_by_file_then_line_then_column() -> None:
    enjeux_9 = faute("strategy/enjeux.yml", 9, 1)
    enjeux_10 = faute("strategy/enjeux.yml", 10, 1)
    enjeux_10_12 = faute("strategy/enjeux.yml", 10, 12)
    actions = faute("schema/actions/port.yml", 30, 1)
    assert in_order([enjeux_10_12, enjeux_10, actions, enjeux_9]) == [actions, enjeux_9, enjeux_10, enjeux_10_12]


def test_two_faults_at_the_same_place_keep_the_same_order_whatever_the_order_they_were_found_in() -> None:
    first = faute("data/acteurs.yml", 3, 5, "champ-inconnu", "Le champ `sirene` n'existe pas ici.")
    second = faute("data/acteurs.yml", 3, 5, "champ-manquant", "Il manque le champ `type`.")
    assert in_order([first, second]) == in_order([second, first]) == [first, second]


def test_the_same_fault_found_twice_is_told_once() -> None:
    assert len(in_order([faute("strategy/enjeux.yml", 4, 2), faute("strategy/enjeux.yml", 4, 2)])) == 1


def test_a_diagnostic_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        faute("strategy/enjeux.yml", 1, 1).message = "Autre chose."  # type: ignore[misc]


def test_a_place_stands_at_the_first_character_of_a_file_until_told_otherwise() -> None:
    assert Place("data/identite.yml").span == Span(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("typed", "known", "words"),
    [
        ("vacance-tertiare", ["vacance-tertiaire", "friches-portuaires"], "Vouliez-vous dire `vacance-tertiaire` ?"),
        ("friche", ["friches", "friches-rurales", "emploi"], "Vouliez-vous dire `friches` ?"),
        ("nautre", ["nature", "notes", "texte"], "Vouliez-vous dire `nature` ?"),
        ("elu-referent", ["elu_referent", "service_pilote"], "Vouliez-vous dire `elu_referent` ?"),
        (
            "port-1",
            ["port-2", "port-3", "emploi"],
            "Vouliez-vous dire `port-3` ou `port-2` ?",
        ),
        (
            "port-1",
            ["port-2", "port-3", "port-4", "port-5"],
            "Vouliez-vous dire `port-5`, `port-4` ou `port-3` ?",
        ),
    ],
)
def test_the_nearest_names_are_suggested(typed: str, known: list[str], words: str) -> None:
    assert suggestion(typed, known) == words


@pytest.mark.parametrize("typed", ["numerique", "x", "", "é", "friches " * 2000])
def test_nothing_is_suggested_when_nothing_is_near(typed: str) -> None:
    assert suggestion(typed, ["vacance-tertiaire", "port-de-commerce", "soudure"]) == ""
    assert Names(["vacance-tertiaire", "port-de-commerce", "soudure"] * 40).suggestion(typed) == ""


def test_nothing_is_suggested_when_nothing_is_known() -> None:
    assert suggestion("friches", []) == Names([]).suggestion("friches") == ""
    assert nearest("friches", ()) == []


LIEUX = ("port", "gare", "campus", "centre", "arsenal", "vallon", "plateau", "estuaire", "technopole", "rade")
SUJETS = ("vacance", "friches", "emploi", "soudure", "fret", "bureaux", "ateliers", "criee", "tramway", "recherche")


def many_names(count: int) -> list[str]:
    return [f"{SUJETS[n % 10]}-{LIEUX[n // 10 % 10]}-{n // 100:04d}" for n in range(count)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vacance-port-0042", "vacance-port-0041"),  # several are as near: one of them
        ("vacanse-gare-0017", "vacance-gare-0017"),
        ("emploicampus-0008", "emploi-campus-0008"),
        ("soudure-technopol-0077", "soudure-technopole-0077"),
        ("fret-rade-O055", "fret-rade-0055"),
    ],
)
def test_among_thousands_of_names_the_nearest_is_still_found(typed: str, meant: str) -> None:
    names = [name for name in many_names(10_000) if name != typed]
    words = Names(names).suggestion(typed)
    assert words.startswith("Vouliez-vous dire `")
    if not typed.startswith("vacance-port"):
        assert f"`{meant}`" in words


def test_an_element_is_never_suggested_to_itself() -> None:
    names = Names([*many_names(500), "port-de-commerce"])
    assert "`port-de-commerce`" in names.suggestion("port-de-comerce")
    assert "`port-de-commerce`" not in names.suggestion("port-de-comerce", but="port-de-commerce")


def test_the_same_names_in_the_same_order_give_the_same_suggestion() -> None:
    assert len({Names(many_names(3000)).suggestion("ateliers-vallon-00l2") for _ in range(5)}) == 1


def test_a_suggestion_does_not_cost_more_among_ten_times_more_names() -> None:
    typed = [f"vacanse-{lieu}-{n:04d}" for n in range(15) for lieu in LIEUX]

    def ask(names: Names) -> None:
        for words in typed:
            names.suggestion(words)

    few, many = Names(many_names(1_000)), Names(many_names(10_000))
    ask(few), ask(many)  # the index of each is made once
    assert duree(lambda: ask(many)) < 4 * duree(lambda: ask(few))
