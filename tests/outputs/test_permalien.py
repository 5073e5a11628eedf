"""A permanent address leads to the element wherever it is in this version, without a script, and runs nothing."""

import pytest

from smde.outputs import permalien
from smde.outputs.permalien import Ailleurs, Repere
from tests.outputs.test_html import HOSTILES, Lecteur, vu

FRICHES = Repere("Requalifier douze hectares de friches portuaires")


def balises(page: bytes, tag: str) -> list[dict[str, str | None]]:
    return Lecteur(page.decode()).balises(tag)


def test_the_page_of_a_permanent_address_sends_to_the_element_and_says_so() -> None:
    page = permalien.redirection(FRICHES, "actions/A-02.html", "")
    assert {"http-equiv": "refresh", "content": "0; url=../actions/A-02.html"} in balises(page, "meta")
    assert balises(page, "a") == [{"href": "../actions/A-02.html"}]
    assert balises(page, "html") == [{"lang": "fr"}]
    assert {"rel": "canonical", "href": "../actions/A-02.html"} in balises(page, "link")
    assert balises(page, "script") == []
    assert FRICHES.titre in Lecteur(page.decode()).texte


@pytest.mark.parametrize("site", ["https://strategie.example.fr/smde/", "https://strategie.example.fr/smde"])
def test_the_true_address_is_the_public_one_when_it_is_known(site: str) -> None:
    page = permalien.redirection(FRICHES, "constats/index.html#friches", site)
    wanted = "https://strategie.example.fr/smde/constats/index.html#friches"
    assert {"rel": "canonical", "href": wanted} in balises(page, "link")


@pytest.mark.parametrize("texte", HOSTILES)
def test_a_title_never_becomes_markup(texte: str) -> None:
    harmless = [tag for tag, _ in Lecteur(permalien.redirection(FRICHES, "a.html", "").decode()).tags]
    lu = Lecteur(permalien.redirection(Repere(texte), "a.html", "").decode("utf-8", "replace"))
    assert [tag for tag, _ in lu.tags] == harmless
    assert vu(texte) in lu.texte


def test_an_element_says_its_permanent_address_and_where_else_it_is() -> None:
    repere = Repere(
        "Friches",
        (
            Ailleurs("Stratégie (PDF), à cet endroit", "fichier:documents/s.pdf#nameddest=A-02"),
            Ailleurs("Stratégie (Word)", "fichier:documents/s.docx", "chercher « A-02 »"),
            Ailleurs("Absent", "fichier:documents/disparu.pdf"),
            Ailleurs("Proposer une modification", "https://forge.example/edit/a.yml#L3"),
        ),
    )
    known = {
        "fichier:documents/s.pdf#nameddest=A-02": "../documents/s.pdf#nameddest=A-02",
        "fichier:documents/s.docx": "../s",
    }
    lu = Lecteur(permalien.outils("A-02", repere, known.get, "../"))
    assert [link["href"] for link in lu.balises("a")] == [
        "../id/A-02.html",
        "../documents/s.pdf#nameddest=A-02",
        "../s",
        "https://forge.example/edit/a.yml#L3",
    ]
    assert "id/A-02.html" in lu.texte
    assert "chercher « A-02 »" in lu.texte
    assert "Absent" not in lu.texte
