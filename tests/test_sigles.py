"""An acronym is explained once on a page, where the reader first meets it, and nowhere it would do harm."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from smde import arbre, pages
from smde.arbre import Node, Nodes
from smde.model.identite import Livrable
from smde.outputs.html import render
from smde.sigles import Sigles, sigles
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element, gabarits, noeuds, page, paroles, simple

EDITION = edition_avec(
    element("terme", "terme-srdeii", sigle="SRDEII", titre="Schéma régional de développement économique"),
    element("terme", "terme-scot", sigle="SCoT", titre="Schéma de cohérence territoriale"),
    element("terme", "terme-etp", sigle="ETP", titre="ETP"),
    element("terme", "terme-pays", sigle="Pays", titre="Pays de Valmer"),
    element("acteur", "chambre", type="chambre_consulaire", sigle="CCI", titre="Chambre de commerce"),
    element("cadre", "scot-2018", type="planification", sigle="SCoT", titre="SCoT du Pays de Valmer"),
)
SIGLES = sigles(EDITION)


def expliques(*blocs: Node, sauf: str = "", avec: Sigles = SIGLES) -> Nodes:
    return list(avec.expliques(tuple(blocs), sauf=sauf))


def liens(blocs: Any) -> list[tuple[str, str, str]]:
    """The acronyms explained: target, words, meaning."""
    return [
        (node["c"][2][0], paroles(node), dict(node["c"][1][0]["c"][0][2])["title"])
        for node in noeuds(blocs)
        if node["t"] == "Link" and node["c"][1][0]["t"] == "Span"
    ]


def test_the_first_use_on_a_page_says_the_meaning_and_leads_to_the_definition() -> None:
    blocs = expliques(arbre.para("Les actes sont compatibles avec le SRDEII (CCI, l'SCoT)."), arbre.para("Le SRDEII."))
    assert [(cible, mots) for cible, mots, _ in liens(blocs)] == [
        ("#terme-srdeii", "SRDEII"), ("#chambre", "CCI"), ("#terme-scot", "SCoT"),
    ]  # fmt: skip
    assert simple(paroles(blocs)) == "Les actes sont compatibles avec le SRDEII (CCI, l'SCoT).\nLe SRDEII.\n"


def test_the_glossary_speaks_before_frameworks_and_actors() -> None:
    ((cible, _, meaning),) = liens(expliques(arbre.para("Le SCoT est approuvé.")))
    assert (cible, meaning) == ("#terme-scot", "Schéma de cohérence territoriale")


def test_a_title_that_is_its_own_acronym_and_a_common_word_are_left_as_they_are() -> None:
    bloc = arbre.para("Deux ETP dans le Pays.")
    (made,) = expliques(bloc)
    assert made is bloc


def test_parts_of_words_ids_and_addresses_are_no_acronyms() -> None:
    for words in ("CCIMBO", "SRDEII-2014", "www.CCI/", "x@CCI", "préCCI"):
        assert liens(expliques(arbre.para(words))) == [], words


def test_headings_links_code_captions_and_heads_of_tables_are_left_alone() -> None:
    table = arbre.tableau("Le SRDEII", ["CCI", "Part"], [["La CCI", "10"]])
    blocs = expliques(
        arbre.titre(2, "Le SRDEII"),
        arbre.para([arbre.lien("https://exemple.fr", "le SRDEII")]),
        arbre.para([arbre.span(["code-element"], "SRDEII")]),
        table,
    )
    assert [mots for _, mots, _ in liens(blocs)] == ["CCI"]
    head, body = blocs[3]["c"][3], blocs[3]["c"][4]
    assert (liens(head), [mots for _, mots, _ in liens(body)]) == ([], ["CCI"])


def test_the_page_of_what_defines_it_has_no_link_to_itself() -> None:
    assert liens(expliques(arbre.para("La CCI."), sauf="chambre")) == []


def test_an_edition_without_acronym_gives_back_the_same_blocks() -> None:
    blocs = (arbre.para("Le SRDEII."),)
    assert sigles(edition_avec()).expliques(blocs) is blocs


def test_a_reader_is_never_led_to_what_the_edition_does_not_hold() -> None:
    public = edition_de(VALMER)
    assert {ident for ident, _ in sigles(public).definis.values()} <= public.elements.keys()


def test_html_says_it_as_an_abbreviation_inside_its_link() -> None:
    (made,) = expliques(arbre.para("La CCI."))
    html = render([made], {"#chambre": "chambre.html"}.get).html
    assert '<a href="chambre.html"><abbr class="sigle" title="Chambre de commerce">CCI</abbr></a>' in html
    hidden = render([made], lambda _: None).html
    assert hidden == '<p>La <abbr class="sigle" title="Chambre de commerce">CCI</abbr>.</p>'


def test_a_badge_is_no_abbreviation() -> None:
    assert render([arbre.para([arbre.span(["statut"], "Brouillon")])], lambda _: None).html == (
        '<p><span class="statut">Brouillon</span></p>'
    )


words = st.lists(st.sampled_from(["SRDEII", "CCI,", "(SCoT)", "l’CCI", "emploi", "SRDEII-", "/CCI"]), max_size=12)


@given(st.lists(words, max_size=5))
def test_words_and_trees_are_never_changed_only_explained(paragraphs: list[list[str]]) -> None:
    blocs = tuple(arbre.para(" ".join(one)) for one in paragraphs)
    before = copy.deepcopy(blocs)
    made = expliques(*blocs)
    assert blocs == before, "trees are shared between pages"
    assert paroles(made) == paroles(list(blocs))
    named = [mots for _, mots, _ in liens(made)]
    assert len(named) == len(set(named))


def test_each_page_of_a_site_explains_anew_and_a_document_does_not() -> None:
    edition = edition_avec(
        element("terme", "terme-srdeii", sigle="SRDEII", titre="Schéma régional"),
        element("enjeu", "e1", texte="Le SRDEII oriente. Le SRDEII engage."),
        element("enjeu", "e2", texte="Sans le SRDEII, rien."),
        element("livrable", "doc", modele="strategie-et-schema", lecteur="tous", formats=["pdf"]),
    )
    made = gabarits(edition)
    site = pages.site(made)
    for nom in ("enjeux/e1", "enjeux/e2"):
        assert liens(list(page(site, nom).blocs)) == [("#terme-srdeii", "SRDEII", "Schéma régional")]
    assert liens(list(pages.livrable(made, edition.element("doc", Livrable)).blocs)) == []
