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


def test_the_calendar_is_cut_in_drawings_that_hold_on_a_page() -> None:
    actions = [
        element("action", f"a{rank}", calendrier={"debut": str(2027 + rank % 4), "fin": "2032"}) for rank in range(100)
    ]
    figures: dict[str, Figure] = {}
    edition = edition_avec(*actions, element("action", "sans-date"))
    drawn = Illustrations(Vocabulaire(edition, figures, frozenset), figures).dessins_calendrier()
    assert [node["t"] for node in drawn.nodes] == ["Figure"] * 3
    assert list(figures) == ["calendrier-1", "calendrier-2", "calendrier-3"]
    assert figures["calendrier-3"].titre == "Calendrier des actions (3 sur 3)"


def test_what_there_is_nothing_to_draw_of_is_left_out() -> None:
    figures: dict[str, Figure] = {}
    words = Vocabulaire(edition_avec(element("action", "sans-date")), figures, frozenset)
    illustrations = Illustrations(words, figures)
    for nothing in (illustrations.dessins_calendrier(), illustrations.dessin_emprise(), illustrations.dessin_phases()):
        assert nothing.nodes == ()
    assert figures == {}


def test_the_coverage_and_the_hold_use_the_authority_s_words() -> None:
    illustrations, figures = dessins()
    illustrations.dessin_couverture(), illustrations.dessin_emprise(), illustrations.dessin_phases()
    assert list(figures) == ["couverture", "emprise", "phases"]
    assert "Défi : 1" in simple(figures["couverture"].description)


def test_real_and_illustrative_amounts_are_drawn_apart() -> None:
    def share(annee: int, *, illustratif: bool) -> dict[str, str]:
        return {
            "financeur": "region", "annee": str(annee), "montant": "10", "taxe": "HT", "etat": "acquis",
            "illustratif": str(illustratif).lower(),
        }  # fmt: skip

    plan = [share(2027, illustratif=False), share(2028, illustratif=False), share(2027, illustratif=True)]
    edition = edition_avec(element("acteur", "region", type="region"), element("action", "a", plan_financement=plan))
    figures: dict[str, Figure] = {}
    words = Vocabulaire(edition, figures, frozenset)
    names = words.noms()
    for _, table in names["croisements"](names["plans"](names["couts"]())):
        names["dessin_financement"](table)
    assert list(figures) == ["financement-reel-HT"], "one illustrative year makes no drawing"
    assert simple(figures["financement-reel-HT"].description) == (
        "Financements par année, en euros HT (montants du dossier). 2027 : 10 € HT acquis ; 2028 : 10 € HT acquis."
    )
