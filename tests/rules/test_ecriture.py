"""Words: acronyms, sentences, titles, the glossary."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.rules.phrase_longue import MOTS, _compte, _phrases

from .conftest import Fichiers

Messages = Callable[[str, Fichiers], list[str]]


def enjeu(texte: str, diffusion: str = "public", titre: str = "Attirer des habitants") -> Fichiers:
    """An enjeu with this text, one YAML line for each of its own."""
    lines = "".join(f"    {line}\n" for line in texte.split("\n"))
    return {
        "strategy/enjeux.yml": f"- id: attirer\n  titre: {titre}\n  diffusion: {diffusion}\n"
        f"  constats: [vacance-tertiaire]\n  texte: |-\n{lines}"
    }


@pytest.mark.parametrize(
    ("texte", "sigle"),
    [
        ("Le PLH est adopté.", "PLH"),
        ("Le PLH, enfin.", "PLH"),
        ("L'EPF achète les friches.", "EPF"),
        ("Un bail (BEA) de trente ans.", "BEA"),
        ("Un contrat ANRU-PLH est signé.", "ANRU"),
        ("**PLH** et logement.", "PLH"),
        ("Voir [le PLH](sobriete).", "PLH"),
        ("OPAH", "OPAH"),
    ],
)
def test_an_acronym_nobody_defines_is_told(messages: Messages, texte: str, sigle: str) -> None:
    found = messages("sigle-non-defini", enjeu(texte))
    assert any(message.startswith(f"Le sigle « {sigle} » n'est défini nulle part") for message in found)


@pytest.mark.parametrize(
    "texte",
    [
        "La CCI et le SRDEII sont connus.",
        "Le XXIe siècle, le tome XIV et Louis IX.",
        "Deux parcs de 40 MW, 12 000 euros HT.",
        "L'article L4251-17 et la RN12.",
        "L'action A-01 et la friche [[A-01]] suivent [le moyen](ingenierie-friches).",
        "Le dossier E-INT-01 est clos.",
        "Lire https://exemple.example/DOSSIER/PLH et data.PLH.example.",
        "Le fichier 17_DGS_01 est archivé.",
        "ADEUPa, SCoT, NOTRe et les PMEs.",
        "L'Île-de-Sein et Ouessant.",
        "DÉVELOPPEMENT et AMÉNAGEMENT crient.",
    ],
)
def test_what_is_known_or_no_acronym_is_not_told(messages: Messages, texte: str) -> None:
    files = {**enjeu(texte), "data/entretiens.yml": "id: E-INT-01\ntitre: Entretien\ncategorie: interne\n"}
    assert messages("sigle-non-defini", files) == []


@pytest.mark.parametrize(
    "entree",
    [
        "titre: Programme local de l'habitat\nsigle: PLH",
        "titre: Programme local de l'habitat\nsynonymes: [PLH]",
        "titre: PLH",
    ],
)
def test_the_glossary_defines_by_title_acronym_or_synonym(messages: Messages, entree: str) -> None:
    terme = {"data/glossaire.yml": f"id: terme-plh\n{entree}\ntexte: Politique du logement sur six ans.\n"}
    assert messages("sigle-non-defini", {**enjeu("Le PLH est adopté."), **terme}) == []


def test_the_name_of_an_actor_or_a_body_defines_itself(messages: Messages) -> None:
    files = {
        **enjeu("Avec IMO Conseil, devant la CTAP."),
        "data/acteurs.yml": "id: imo\ntitre: IMO Conseil\ntype: prestataire\ndiffusion: public\n",
        "schema/organisation.yml": "id: ctap\ntitre: Conférence (CTAP)\nnature: instance\ndiffusion: public\n",
    }
    assert messages("sigle-non-defini", files) == []


def test_an_acronym_is_told_once_at_its_first_occurrence_with_how_often_it_is_used(
    messages: Messages, lieux: Callable[[str, Fichiers], list[tuple[str, int, int]]]
) -> None:
    files = {
        **enjeu("Le PLH, le PLH et encore le PLH."),
        "schema/priorites.yml": "id: loger\ntitre: Tenir le PLH\ndiffusion: public\nobjectifs: [reemployer]\n",
    }
    found = [message.replace("\u00a0", " ") for message in messages("sigle-non-defini", files)]
    assert found == ["Le sigle « PLH » n'est défini nulle part ; 2 passages l'emploient."]
    assert [path for path, _, _ in lieux("sigle-non-defini", files)] == ["strategy/enjeux.yml"]


def test_a_title_is_a_text_like_any_other(messages: Messages) -> None:
    assert len(messages("sigle-non-defini", enjeu("Rien.", titre="Tenir le PLH du Pays"))) == 1


def test_internal_texts_codes_and_bibliography_are_left_alone(messages: Messages) -> None:
    assert messages("sigle-non-defini", enjeu("Le PLH est adopté.", "interne")) == []
    source = "id: note\ntitre: Le PLH commenté\nlicence: ODBL\nediteur: DREAL\ndiffusion: public\n"
    assert messages("sigle-non-defini", {"data/sources.yml": source}) == []
    decision = (
        "id: vote\ntitre: Le vote de juin\ninstance: pilotage\ndate: 2024-06-20\nresultat: adopte\n"
        "numero: DEL 12 PLH\ntexte: Adopté.\ndiffusion: public\n"
    )
    assert messages("sigle-non-defini", {"data/demarche/decisions.yml": decision}) == []


def mots(nombre: int) -> str:
    return " ".join(["mot"] * nombre)


@pytest.mark.parametrize(("nombre", "longue"), [(49, False), (50, False), (51, True), (80, True)])
def test_a_sentence_may_hold_fifty_words(messages: Messages, nombre: int, longue: bool) -> None:
    assert bool(messages("phrase-longue", enjeu(mots(nombre) + "."))) is longue
    assert messages("phrase-longue", enjeu(mots(nombre) + ".", "interne")) == []


@pytest.mark.parametrize("fin", [". ", " ! ", " ? ", "… ", ".\n\n", "\n\n", ".) ", " ».\n"])
def test_a_sentence_ends_with_its_mark_or_its_paragraph(messages: Messages, fin: str) -> None:
    assert messages("phrase-longue", enjeu(f"{mots(40)}{fin}{mots(40)}.")) == []


def test_the_items_of_a_list_are_sentences(messages: Messages) -> None:
    for puce in ("-", "*", "1.", "2)"):
        assert messages("phrase-longue", enjeu(f"Trois choses :\n\n{puce} {mots(30)} ;\n{puce} {mots(30)} ;")) == []


def test_a_line_that_goes_on_is_the_same_sentence(messages: Messages) -> None:
    assert len(messages("phrase-longue", enjeu(f"{mots(30)}\n{mots(30)}."))) == 1


def test_lone_punctuation_is_no_word(messages: Messages) -> None:
    assert messages("phrase-longue", enjeu(f"{mots(25)} : « {mots(25)} » !")) == []


def test_a_long_sentence_is_recognised_by_its_first_words(messages: Messages) -> None:
    assert messages("phrase-longue", enjeu(f"Court. Le port de Kerlann, à marée haute, {mots(60)}.")) == [
        "Une phrase de « Attirer des habitants » compte 67 mots : « Le port de Kerlann, à marée… »."
    ]


@given(st.lists(st.integers(1, 70), min_size=1, max_size=5))
def test_the_quick_look_never_misses_a_long_sentence(longueurs: list[int]) -> None:
    texte = " ".join(mots(longueur) + "." for longueur in longueurs)
    assert any(_compte(phrase) > MOTS for phrase in _phrases(texte)) is (max(longueurs) > MOTS)


@pytest.mark.parametrize(
    ("titre", "court"), [("Foncier", True), ("Foncier économique", True), ("Louer avant de bâtir", False)]
)
def test_a_title_of_the_chain_is_more_than_a_heading(messages: Messages, titre: str, court: bool) -> None:
    assert bool(messages("titre-trop-court", enjeu("Rien.", titre=titre))) is court


def test_names_of_actors_or_terms_may_be_short(messages: Messages) -> None:
    files = {
        "data/acteurs.yml": "id: port\ntitre: Port\ntype: operateur\n",
        "data/glossaire.yml": "id: terme-bail\ntitre: Bail\ntexte: Contrat de location.\n",
    }
    assert messages("titre-trop-court", files) == []


def test_two_kinds_of_elements_may_share_a_title(messages: Messages) -> None:
    files = {
        **enjeu("Rien.", titre="Réemployer les friches"),
        "schema/priorites.yml": "id: bis\ntitre: Réemployer les friches\nobjectifs: [reemployer]\n",
    }
    assert messages("titre-en-double", files) == []


@pytest.mark.parametrize(
    ("premier", "second", "double"),
    [
        ("titre: Intercommunalité\n  sigle: EPCI", "titre: Établissement\n  synonymes: [EPCI]", "EPCI"),
        ("titre: Friche", "titre: friche", "friche"),
        ("titre: Friche\n  synonymes: [Délaissé]", "titre: Terrain vague\n  synonymes: [Vide, Délaissé]", "Délaissé"),
    ],
)
def test_a_word_is_defined_once_whatever_it_is_called(
    messages: Messages, premier: str, second: str, double: str
) -> None:
    text = f"- id: un\n  {premier}\n  texte: Une définition.\n- id: deux\n  {second}\n  texte: Une autre.\n"
    assert messages("terme-en-double", {"data/glossaire.yml": text}) == [
        f"Le glossaire définit déjà « {double} » dans `un`."
    ]


def test_a_term_may_repeat_its_own_name(messages: Messages) -> None:
    text = "id: un\ntitre: EPCI\nsigle: EPCI\nsynonymes: [EPCI]\ntexte: Une définition.\n"
    assert messages("terme-en-double", {"data/glossaire.yml": text}) == []
