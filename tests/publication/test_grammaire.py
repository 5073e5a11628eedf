"""Names of versions, titles, aliases: what is taken, what is refused, and what the refusal says to write instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.publication import grammaire
from smde.refus import Refus
from tests.commande import anglais


@pytest.mark.parametrize(
    "nom",
    [
        "2026-11",
        "2026-01",
        "2014-10-decision",
        "2026-11-projet-2",
        "2026-11-23",
        "1.0.0",
        "0.1.0",
        "10.2.30-rc.1",
        "1.0.0-RC1",
    ],
)
def test_a_month_a_milestone_or_three_numbers_name_a_version(nom: str) -> None:
    assert grammaire.version(nom) == nom


@pytest.mark.parametrize(
    "nom",
    [
        *("", ".", "..", ".git", "2026", "2026-13", "2026-00", "2026-1", "0216-11", "2026-11-", "2026-11--projet"),
        *("1.0", "1.0.0.0", "01.0.0", "1.0.0+local", "v1.0.0", "en-vigueur", "projet", "id", "index.html"),
        *("-2026-11", "--output=vole", "2026-11/..", "../2026-11", "2026-11\n", " 2026-11", "２０２６-11", "2026-11-é"),
        *("2026-11-<script>", "2026-11-a b", "2026-11-" + "a" * 80, "2026-11\x00", "2026-11.lock", "A", "a"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(nom: str) -> None:
    with pytest.raises(Refus, match=r"écrivez une année et un mois \(2026-11\)") as refused:
        grammaire.version(nom)
    assert not anglais(str(refused.value))
    assert len(str(refused.value)) < 300


@given(st.text(max_size=80))
def test_whatever_is_typed_a_name_that_is_taken_is_a_plain_folder_name(words: str) -> None:
    try:
        nom = grammaire.version(words)
    except Refus:
        return
    assert nom.isascii()
    assert nom[0].isdigit()
    assert not set(nom) & set("/\\ ~^:?*[@{")
    assert ".." not in nom
    assert not nom.endswith((".", ".lock"))


def test_a_title_is_one_line_that_a_menu_can_show() -> None:
    assert grammaire.titre("  Version soumise\n au conseil ") == "Version soumise au conseil"
    for wrong in ("", "   ", "<b>Version</b>", "Version\u202einversée", "V" * 201, "Version\u200b", "\ud800"):
        with pytest.raises(Refus, match="ne peut pas être un titre"):
            grammaire.titre(wrong)


@pytest.mark.parametrize("nom", ["latest", "En-Vigueur", "", "-projet", "projet "])
def test_there_are_two_aliases_and_no_other(nom: str) -> None:
    with pytest.raises(Refus, match=r"écrivez en-vigueur .* ou projet"):
        grammaire.alias(nom)
