"""A figure never comes without its table, nor a document without the figures it shows."""

from smde.arbre import Figure
from smde.illustrations import Illustrations
from smde.model.mesures import Indicateur
from smde.vocabulaire import Vocabulaire
from tests.rendu import edition_avec, edition_de, element, paroles, simple, tableaux

EDITION = edition_de()


def dessins() -> tuple[Illustrations, dict[str, Figure]]:
    figures: dict[str, Figure] = {}
    return Illustrations(Vocabulaire(EDITION, figures, frozenset), figures), figures


def test_a_series_is_drawn_and_written_beside_with_its_reserves_and_its_source() -> None:
    illustrations, figures = dessins()
    fragment = illustrations.courbe(EDITION.element("vacance-bureaux", Indicateur))
    assert [node["t"] for node in fragment.nodes] == ["Figure", "Table"]
    assert list(figures) == ["courbe-vacance-bureaux"]
    (caption, rows), *rest = tableaux(fragment.nodes).items()
    assert rest == []
    assert simple(caption).startswith("Part des bureaux vacants, Valmer métropole, 14 communes [Observatoire")
    assert [[simple(cell) for cell in row] for row in rows] == [
        ["Période", "Valeur (%)", "Précaution de lecture"],
        ["2016", "9,8", ""],
        ["2017", "9,1", ""],
        ["2018", "n. d.", "enquête suspendue, année non comparable"],
        ["2019", "7,6", ""],
    ]


def test_a_series_without_reserve_has_no_column_for_them() -> None:
    illustrations, _ = dessins()
    (rows,) = tableaux(illustrations.courbe(EDITION.element("emploi-salarie", Indicateur)).nodes).values()
    assert rows[0] == ["Période", "Valeur (emplois)"]


def test_one_value_is_a_table_without_drawing_and_none_is_nothing() -> None:
    here: Indicateur = element("indicateur", "i", unite="%", definition="d", territoire="t", source="s", serie="s.csv")
    for values, kinds in ((EDITION.series["vacance-bureaux"][:1], ["Table"]), ((), [])):
        figures: dict[str, Figure] = {}
        words = Vocabulaire(edition_avec(here, series={"i": values}), figures, frozenset)
        assert [node["t"] for node in Illustrations(words, figures).courbe(here).nodes] == kinds
        assert figures == {}


def test_the_chain_is_drawn_with_the_authority_s_words_agreed_with_their_count() -> None:
    illustrations, figures = dessins()
    (picture,) = illustrations.dessin_chaine().nodes
    assert picture["t"] == "Figure"
    said = simple(figures["chaine"].description)
    assert "Constats : 3, Défi : 1, Objectif : 1, Priorité : 1, Action : 1, Moyens : 2" in said
    assert simple(paroles(picture)).startswith("La chaîne, de la preuve aux moyens")


def test_the_map_shows_the_territories_that_have_a_place_or_is_left_out() -> None:
    illustrations, figures = dessins()
    assert len(illustrations.carte().nodes) == 1
    assert "168 250 habitants" in simple(figures["carte-territoires"].description)
    none: dict[str, Figure] = {}
    words = Vocabulaire(edition_avec(element("territoire", "t", type="pays")), none, frozenset)
    assert Illustrations(words, none).carte().nodes == ()
    assert none == {}
