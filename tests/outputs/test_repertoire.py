"""A character no font can draw is told before the PDF is made: which, in which element, and what to write instead."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import arbre
from smde.arbre import Document, Figure
from smde.outputs import pdf, repertoire, typst
from smde.outputs.outil import OutilEnEchec
from smde.outputs.repertoire import A_ECRIRE, COURANTS, CaracteresAbsents, passages, plus_simple, sans_dessin
from smde.outputs.tree import legible

from .conftest import PIEGES

Petit = Callable[..., Document]
JOUR = date(2020, 1, 1)


def refus(document: Document, target: Path) -> str:
    """The sentences that say why there is no PDF; nothing is left in its place."""
    with pytest.raises(CaracteresAbsents) as caught:
        pdf.write(document, target / "note.pdf")
    assert list(target.iterdir()) == []
    return str(caught.value)


def test_characters_without_a_drawing_are_listed_with_their_place(petit: Petit, tmp_path: Path) -> None:
    blocs = [arbre.titre(1, "Diagnostic"), arbre.bloc([], [arbre.para("Le port de 布雷斯特 est jumelé.")])]
    message = refus(petit(*blocs), tmp_path)
    assert "« 布 » (U+5E03), dans la partie « Diagnostic » : « … Le port de 布雷斯特 est jumelé. … »" in message
    assert [f"U+{ord(c):04X}" in message for c in "布雷斯特"] == [True] * 4
    assert message.endswith("Remplacez-les dans le texte par des lettres ou des signes courants.")


def test_nothing_is_composed_to_find_them(petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    composed: list[str] = []
    real = typst.pdf

    def spy(sources: dict[str, str], *rest: object) -> bytes:
        composed.append(sources["main.typ"])
        return real(sources, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(typst, "pdf", spy)
    refus(petit(arbre.para("Le port 布 et l’ancre ⚓.")), tmp_path)
    assert len(composed) == 1 and "port" not in composed[0]


def test_a_document_in_common_characters_costs_no_trial(petit: Petit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst, "pdf", lambda *_: pytest.fail("nothing to try"))
    said = "« L’Œuvre », 1\u202f200\u00a0€ – Łódź, c’hwec’h…\u202f; n°\u00a02, m², CO₂ → ✓"
    repertoire.verifier(petit(arbre.titre(1, said), arbre.para(said), titre=said), JOUR, pdf.STANDARDS)


def test_the_element_that_holds_the_character_is_named(petit: Petit, tmp_path: Path) -> None:
    blocs = [
        arbre.titre(1, "Diagnostic"),
        arbre.titre(2, "Un port actif", "constat-port"), arbre.para("Jumelé avec 布."),
        arbre.titre(3, "Sources"), arbre.para("Revue 雷."),
        arbre.titre(2, "Sans élément"), arbre.para("Le 斯."),
        arbre.bloc(["fiche"], [arbre.tableau("Fiche", ["Rubrique"], [["特 ici"]])], "action-1"),
        arbre.para("Après : 港."),
    ]  # fmt: skip
    message = refus(petit(*blocs, ancres=frozenset({"constat-port", "action-1"})), tmp_path)
    for character, place in {
        "布": "dans `constat-port`, la partie « Un port actif »",
        "雷": "dans `constat-port`, la partie « Sources »",
        "斯": "dans la partie « Sans élément »",
        "特": "dans `action-1`, la partie « Sans élément »",
        "港": "dans la partie « Sans élément »",
    }.items():
        assert f"« {character} » (U+{ord(character):04X}), {place} : " in message, message


def test_a_private_character_of_the_title_is_told_too(petit: Petit, tmp_path: Path) -> None:
    message = refus(petit(arbre.para("x"), titre="Note \ue123"), tmp_path)
    assert "(U+E123), dans le titre du document : « … Note \ue123 … »" in message


def test_a_note_a_caption_and_a_drawing_are_read(petit: Petit, tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>Quai &#x96f7;</text></svg>'
    figure = Figure("f", svg, "Trafic", "Le trafic du 斯.")
    blocs = [
        arbre.para([*arbre.mots("Texte"), arbre.note([arbre.para("Revue 布")])]),
        arbre.tableau("Table 特", ["A"], [["x"]]),
        arbre.image(figure),
    ]
    message = refus(petit(*blocs, figures={"f": figure}), tmp_path)
    assert "« 布 » (U+5E03), dans les premières pages : « … Texte Revue 布 … »" in message
    assert "« 特 » (U+7279), dans les premières pages : « … Table 特 … »" in message
    assert "dans la figure « Trafic » : « … Trafic Le trafic du 斯. Quai 雷 … »" in message


@pytest.mark.parametrize(
    ("typed", "instead"),
    [("𝔸", "A"), ("①", "1"), ("\uf0b7", "•"), ("㎡", "m2"), ("⇒", "→"), ("布", ""), ("😀", ""), ("é", ""), ("ﬁ", "fi")],
)
def test_what_says_the_same_is_proposed(typed: str, instead: str) -> None:
    assert plus_simple(typed) == instead


def test_the_proposal_is_in_the_message(petit: Petit, tmp_path: Path) -> None:
    message = refus(petit(arbre.para("\uf0b7 Premier point de Word")), tmp_path)
    assert "(U+F0B7), dans les premières pages : « … \uf0b7 Premier point de Word … ». Écrivez plutôt « • »." in message


def test_what_is_taken_for_granted_or_proposed_has_a_drawing() -> None:
    proposed = {character for words in A_ECRIRE.values() for character in words}
    assert sans_dessin(sorted((COURANTS | proposed) - set("\t\n")), JOUR, pdf.STANDARDS) == []


def test_the_trial_says_all_that_fail_and_only_them() -> None:
    tried = [*"✗Ω布Київ\u200d\u0301☑雷😀", "\ue123"]
    assert sorted(sans_dessin(tried, JOUR, pdf.STANDARDS)) == sorted(["布", "雷", "😀", "\ue123"])


def test_a_failure_of_typst_is_not_taken_for_a_missing_character(
    petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "note.pdf"
    target.write_bytes(b"version 0.2")
    monkeypatch.setattr(pdf, "STANDARDS", ("inconnu",))
    with pytest.raises(OutilEnEchec, match="Typst a échoué"):
        pdf.write(petit(arbre.para("x")), target)
    assert target.read_bytes() == b"version 0.2"


def test_a_character_that_only_the_composition_refuses_is_told_all_the_same(
    petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repertoire, "COURANTS", COURANTS | {"布"})
    assert "« 布 » (U+5E03), dans les premières pages" in refus(petit(arbre.para("布")), tmp_path)


MOTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12) | st.sampled_from(PIEGES)


@given(st.lists(MOTS, min_size=1, max_size=4), st.booleans())
def test_every_word_of_a_document_is_read_once_with_a_place(words: list[str], in_note: bool) -> None:
    nodes = [{"t": "Str", "c": word} for word in words]
    bloc = arbre.para([arbre.note([arbre.para(nodes)])] if in_note else nodes)
    document = Document("note", "Note", (arbre.titre(1, "Part"), arbre.bloc(["chapo"], [bloc])))
    found = [(place, text) for place, text in passages(document) if place.startswith("la partie")]
    assert [text.strip() for _, text in found[1:]] == [legible("".join(words)).strip()]
    assert {place for place, _ in found} == {"la partie « Part »"}
