"""Numbers and names of legal persons, the identity of the authority, and what was promised to those consulted."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.rules.siren_faux import cle_juste

from .conftest import SOCLE, Fichiers, Juger

Messages = Callable[[str, Fichiers], list[str]]


@pytest.mark.parametrize("siren", ["242900314", "356000000", "732829320", "243500139", "200046977"])
def test_real_numbers_have_the_right_key(siren: str) -> None:
    assert cle_juste(siren)


@pytest.mark.parametrize("siren", ["242900315", "356000001", "732829321", "000000000"])
def test_a_wrong_digit_shows_and_zeros_are_nobody(siren: str) -> None:
    assert not cle_juste(siren)


@given(st.integers(1, 99_999_999))
def test_eight_digits_have_exactly_one_key(debut: int) -> None:
    assert sum(cle_juste(f"{debut:08}{cle}") for cle in range(10)) == 1


@given(st.integers(1, 99_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(debut: int, rang: int, ecart: int) -> None:
    juste = next(siren for cle in range(10) if cle_juste(siren := f"{debut:08}{cle}"))
    faux = juste[:rang] + str((int(juste[rang]) + ecart) % 10) + juste[rang + 1 :]
    assert not cle_juste(faux)


@given(st.integers(1, 99_999_999), st.integers(0, 7))
def test_two_digits_exchanged_are_seen_but_for_nought_and_nine(debut: int, rang: int) -> None:
    juste = next(siren for cle in range(10) if cle_juste(siren := f"{debut:08}{cle}"))
    gauche, droite = juste[rang], juste[rang + 1]
    faux = juste[:rang] + droite + gauche + juste[rang + 2 :]
    assert cle_juste(faux) is (gauche == droite or {gauche, droite} == {"0", "9"})


def test_numbers_of_actors_of_the_authority_and_of_intercommunalities_are_checked(messages: Messages) -> None:
    files = {
        "data/acteurs.yml": 'id: port\ntitre: Port\ntype: operateur\nsiren: "356000001"\n',
        "data/identite.yml": 'id: identite\ntitre: Kerlann\nstrategie: Cap\nsiren: "356000001"\ndiffusion: public\n',
        "data/territoires.yml": 'id: bloc\ntitre: Bloc\ntype: epci\ncode: "356000001"\n',
    }
    assert messages("siren-faux", files) == [
        f"Le SIREN 356000001 de « {titre} » n'existe pas : sa clé est fausse." for titre in ("Port", "Kerlann", "Bloc")
    ]


@pytest.mark.parametrize(("type_", "code"), [("commune", "356000001"), ("epci", "29019"), ("epci", "²56000001")])
def test_a_code_that_is_no_siren_is_left_alone(messages: Messages, type_: str, code: str) -> None:
    territoire = f'id: bloc\ntitre: Bloc\ntype: {type_}\ncode: "{code}"\n'
    assert messages("siren-faux", {"data/territoires.yml": territoire}) == []


def test_spaces_in_a_number_change_nothing(messages: Messages) -> None:
    acteurs = (
        '- {id: port, titre: Port, type: operateur, siren: "356 000 000"}\n'
        '- {id: poste, titre: Poste, type: operateur, siren: "356000000"}\n'
    )
    assert messages("siren-faux", {"data/acteurs.yml": acteurs}) == []
    assert messages("siren-en-double", {"data/acteurs.yml": acteurs}) == [
        "« Poste » a le SIREN 356000000, déjà celui de `port`."
    ]


def test_a_diagnostic_alone_needs_no_identity(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.conftest import ecrire, verifier

    files = {path: text for path, text in SOCLE.items() if "diagnostic" in path or path.startswith("data/")}
    del files["data/identite.yml"]
    found = verifier(ecrire(tmp_path_factory.mktemp("diagnostic"), files))
    assert [diagnostic.code for diagnostic in found if diagnostic.severite == "erreur"] == []
    assert "identite-absente" not in {diagnostic.code for diagnostic in found}


def test_an_identity_that_cannot_be_read_is_not_absent(juger: Juger) -> None:
    for text in ("id: identite\ntitre: [Kerlann\n", "id: identite\ntitre: {}\n", "titre: Kerlann\n", "- - -\n"):
        found = juger({"data/identite.yml": text})
        assert "identite-absente" not in {diagnostic.code for diagnostic in found}
        assert found


def test_a_file_that_is_missing_is_told_by_its_path(juger: Juger) -> None:
    found = juger({"data/identite.yml": ""})
    assert [(d.code, d.place.path, d.place.span.line, d.place.excerpt) for d in found] == [
        ("identite-absente", "data/identite.yml", 1, "")
    ]


def test_each_identity_after_the_first_is_told(messages: Messages) -> None:
    lines = "".join(f"- {{id: i{n}, titre: Ville {n}, strategie: Stratégie, diffusion: public}}\n" for n in range(3))
    assert (
        messages("plusieurs-identites", {"data/identite.yml": lines})
        == ["Le dossier a déjà une identité, « Ville 0 » (`i0`)."] * 2
    )


def test_no_logo_needs_no_words(messages: Messages) -> None:
    assert messages("logo-sans-texte", {}) == []


@pytest.mark.parametrize(
    ("code", "path", "text"),
    [
        ("attendu-sans-reponse", "data/demarche/attendus.yml", "id: a\ntitre: Savoir qui fait quoi\n"),
        ("utilite-sans-reponse", "data/demarche/utilites.yml", "id: a\ntitre: Donner un cap\nechelle: locale\n"),
        ("question-sans-reponse", "data/demarche/questions.yml", "id: a\ntitre: Quel champ ?\nsujet: Champ\n"),
    ],
)
def test_what_is_promised_is_answered_by_an_element_or_given_up(
    messages: Messages, code: str, path: str, text: str
) -> None:
    assert len(messages(code, {path: text})) == 1
    assert messages(code, {path: text + "reponses: [reemployer]\n"}) == []
    assert messages(code, {path: text + "validation: {statut: abandonne, motif: Hors sujet}\n"}) == []


def test_a_question_may_be_answered_in_words(messages: Messages) -> None:
    question = "id: a\ntitre: Quel champ ?\nsujet: Champ\ntexte: Tout ce qui fait vivre l'emploi.\n"
    assert messages("question-sans-reponse", {"data/demarche/questions.yml": question}) == []
