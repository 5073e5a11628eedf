"""Contents run together: French spaces depend on what a piece touches, not on how it was cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import arbre
from smde.fragments import Content, Fragment, inlines
from tests.rendu import paroles

FORT = Fragment((arbre.fort("fort"),))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ""),
        ("Deux mots", "Deux mots"),
        (FORT, "fort"),
        ([FORT, " : ", FORT], "fort\u00a0: fort"),
        ([FORT, " ; suite"], "fort\u202f; suite"),
        (["« ", FORT, " »"], "«\u00a0fort\u00a0»"),
        (["l'", FORT], "l’fort"),
        ([FORT, "'s"], "fort’s"),
        ([None, "", "seul"], "seul"),
        ([["a", [" : ", FORT]], "."], "a\u00a0: fort."),
        (["Rôle : ", None], "Rôle\u00a0: "),
        ([], ""),
    ],
)
def test_pieces_meet_as_one_sentence(content: Content, words: str) -> None:
    assert paroles(inlines(content)) == words


@given(st.lists(st.sampled_from(["mot", " : ", "l'", "12 ", " »", "« ", " ; ", "deux mots", ", "]), max_size=6))
def test_pieces_keep_every_letter(pieces: list[str]) -> None:
    joined = paroles(inlines(pieces))
    assert "".join(joined.split()).replace("’", "'") == "".join("".join(pieces).split())


def test_a_fragment_is_not_changed_by_those_it_is_run_with() -> None:
    before = list(FORT.nodes)
    inlines([FORT, " : ", FORT])
    assert list(FORT.nodes) == before
