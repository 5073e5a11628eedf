"""The tree of a document, made fit for Word and PDF before pandoc sees it."""

import copy
from collections.abc import Callable

import pytest

from smde import arbre
from smde.arbre import Document, Figure, Node, texte_brut
from smde.outputs.tree import contents_depth, figure_width, legible, mention, prepare, short_title

Petit = Callable[..., Document]


def headers(blocs: list[Node]) -> list[tuple[int, str, bool]]:
    return [(b["c"][0], texte_brut(b["c"][2]), "unnumbered" in b["c"][1][1]) for b in blocs if b["t"] == "Header"]


def types(nodes: list[Node]) -> list[str]:
    return [node["t"] for node in nodes]


def test_words_that_follow_one_another_become_one_without_losing_a_space(petit: Petit) -> None:
    [paragraphe] = prepare(petit(arbre.para("Friches  et\nvacance tertiaire")), {})
    assert paragraphe["c"] == [{"t": "Str", "c": "Friches et vacance tertiaire"}]


def test_spaces_around_a_node_are_kept(petit: Petit) -> None:
    content = [*arbre.mots("une "), arbre.fort("forte"), *arbre.mots(" baisse")]
    [paragraphe] = prepare(petit(arbre.para(content)), {})
    assert types(paragraphe["c"]) == ["Str", "Strong", "Str"]
    assert texte_brut(paragraphe) == "une forte baisse\n"


def test_the_document_itself_is_left_as_it_was(strategie: Document) -> None:
    before = copy.deepcopy(strategie.blocs)
    prepare(strategie, {})
    assert strategie.blocs == before


@pytest.mark.parametrize("genre", ["RawBlock", "RawInline"])
def test_a_raw_node_is_refused(petit: Petit, genre: str) -> None:
    raw = {"t": genre, "c": ["openxml", "<w:p/>"]}
    with pytest.raises(AssertionError, match="brut"):
        prepare(petit(raw if genre == "RawBlock" else arbre.para([raw])), {})


def test_a_raw_node_is_refused_inside_a_note_of_a_table_too(petit: Petit) -> None:
    hidden = arbre.note([{"t": "RawBlock", "c": ["typst", "#panic()"]}])
    with pytest.raises(AssertionError, match="brut"):
        prepare(petit(arbre.tableau("Légende", ["A"], [[[hidden]]])), {})


def test_a_link_to_an_element_of_the_document_stays(petit: Petit) -> None:
    link = arbre.para([arbre.lien_element("enjeu-1", "Accueillir")])
    made = prepare(petit(arbre.titre(1, "Accueillir", "enjeu-1"), link), {})
    assert types(made[1]["c"]) == ["Link"]


def test_a_link_to_an_element_of_another_page_becomes_plain_words(petit: Petit) -> None:
    [paragraphe] = prepare(petit(arbre.para([arbre.lien_element("ailleurs", "Accueillir")])), {})
    assert paragraphe["c"] == [{"t": "Str", "c": "Accueillir"}]


@pytest.mark.parametrize(
    "cible", ["page:priorites", "fichier:series.csv", "javascript:alert(1)", "//pirate.fr", "../x"]
)
def test_a_link_that_leads_nowhere_on_paper_becomes_plain_words(petit: Petit, cible: str) -> None:
    [paragraphe] = prepare(petit(arbre.para([arbre.lien(cible, "voir")])), {})
    assert types(paragraphe["c"]) == ["Str"]


@pytest.mark.parametrize("cible", ["https://www.brest.fr", "mailto:contact@exemple.fr", "tel:+33298000000"])
def test_an_address_stays_a_link(petit: Petit, cible: str) -> None:
    [paragraphe] = prepare(petit(arbre.para([arbre.lien(cible, "voir", ["externe"])])), {})
    assert types(paragraphe["c"]) == ["Link"]


def test_an_id_given_twice_names_the_first_place_only(petit: Petit) -> None:
    made = prepare(petit(arbre.titre(1, "Un", "friches"), arbre.titre(1, "Deux", "friches")), {})
    assert [node["c"][1][0] for node in made] == ["friches", ""]


def test_levels_of_headings_have_no_gap(petit: Petit) -> None:
    levels = (2, 4, 4, 1, 3)
    made = prepare(petit(*(arbre.titre(level, "Titre") for level in levels)), {})
    assert [level for level, _, _ in headers(made)] == [1, 2, 3, 1, 2]


def test_nothing_is_numbered_below_a_heading_without_number(petit: Petit) -> None:
    blocs = [
        arbre.titre(1, "Avant-propos", classes=["unnumbered"]),
        arbre.titre(2, "Lecture du document"),
        arbre.titre(1, "Diagnostic"),
        arbre.titre(2, "Emploi"),
    ]
    assert [bare for _, _, bare in headers(prepare(petit(*blocs), {}))] == [True, True, False, False]


def test_a_fiche_just_after_a_heading_does_not_leave_it_alone_on_its_page(petit: Petit) -> None:
    fiches = [arbre.bloc(["fiche"], [arbre.para(f"Fiche {rang}")]) for rang in (1, 2)]
    _, first, second = prepare(petit(arbre.titre(1, "Fiches"), *fiches), {})
    assert (first["c"][0][1], second["c"][0][1]) == ([], ["fiche"])


def test_columns_without_width_share_the_line_according_to_their_text(petit: Petit) -> None:
    lignes = [["Requalifier la zone d’activités du quartier de la gare", "2016", "oui"]]
    [table] = prepare(petit(arbre.tableau("Actions", ["Action", "Année", "Vote"], lignes)), {})
    widths = [width["c"] for _, width in table["c"][2]]
    assert sum(widths) == pytest.approx(1, abs=0.001)
    assert widths[0] > 2 * widths[1]


def test_given_widths_are_respected(petit: Petit) -> None:
    [table] = prepare(petit(arbre.tableau("Actions", ["A", "B"], [["un", "deux"]], largeurs=[0.2, 0.8])), {})
    assert [width["c"] for _, width in table["c"][2]] == [0.2, 0.8]


def test_what_no_file_can_hold_is_shown_rather_than_dropped(petit: Petit) -> None:
    [paragraphe] = prepare(petit(arbre.para([{"t": "Str", "c": "a\x01b\ud800c\ufffed"}])), {})
    assert texte_brut(paragraphe) == "a\ufffdb\ufffdc\ufffdd\n"
    assert legible("ligne\tcolonne\u202f;\u00a0fin") == "ligne\tcolonne\u202f;\u00a0fin"


def test_a_change_sees_a_node_whose_content_is_already_made(petit: Petit) -> None:
    seen: list[str] = []

    def keep(node: Node) -> list[Node]:
        seen.append(node["t"])
        return [node]

    prepare(
        petit(arbre.bloc(["chapo"], [arbre.para([arbre.fort("oui")])])), {t: keep for t in ("Div", "Para", "Strong")}
    )
    assert seen == ["Strong", "Para", "Div"]


def test_quotes_and_definitions_keep_their_shape(petit: Petit) -> None:
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, arbre.mots("mot")]}
    definitions = {"t": "DefinitionList", "c": [[arbre.mots("SRDEII"), [[arbre.para([quoted])]]]]}
    assert texte_brut(prepare(petit(definitions), {})) == texte_brut([definitions])


@pytest.mark.parametrize(("compte", "profondeur"), [(3, 3), (90, 3), (91, 2)])
def test_the_contents_stay_within_two_pages(compte: int, profondeur: int) -> None:
    assert contents_depth([1, *[3] * (compte - 1)]) == profondeur


@pytest.mark.parametrize(
    ("boite", "largeur"), [('viewBox="0 0 640 260"', 16.2), ("viewBox='0,0,300,900'", 6.0), ("", 16.2)]
)
def test_a_figure_is_as_wide_as_the_line_unless_it_is_too_high(boite: str, largeur: float) -> None:
    assert figure_width(Figure("f", f"<svg {boite}/>", "t", "d")) == largeur


def test_the_version_is_said_with_its_day_in_french(petit: Petit) -> None:
    assert mention(petit(version="0.3")) == "version 0.3 – 1er\u00a0mai 2015"
    assert mention(petit(date="", version="0.3")) == "version 0.3"
    assert mention(petit(date="")) == ""


def test_a_long_title_is_cut_between_two_words_for_the_running_header(petit: Petit) -> None:
    long = "Stratégie métropolitaine de développement économique et schéma de la métropole, version complète"
    assert short_title(petit(titre=long)) == "Stratégie métropolitaine de développement économique et schéma de la…"
    assert short_title(petit(titre="Note : les friches")) == "Note : les friches"
