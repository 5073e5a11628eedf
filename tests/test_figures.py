"""Drawings read as the numbers they show: true time, visible gaps, labels that never meet, words that say the same."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smde import figures
from smde.arbre import Figure
from smde.model.identite import Couleurs
from smde.model.mesures import Indicateur, Territoire, Valeur
from smde.outputs import typst
from smde.outputs.couleurs import contraste
from smde.outputs.html import safe_svg
from smde.periodes import milieu
from tests.rendu import element, simple

COULEURS = Couleurs(principale="#0a3d62", accent="#a8410f")
INDICATEUR: Indicateur = element(
    "indicateur", "vacance", titre="Part des bureaux vacants", unite="%", definition="Surface proposée sur le parc.",
    territoire="metropole", source="observatoire", serie="vacance.csv",
)  # fmt: skip
POPULATION: Indicateur = INDICATEUR.model_copy(update={"titre": "Population de la métropole", "unite": "habitants"})
_SVG = "{http://www.w3.org/2000/svg}"
WIDE_AS_DRAWN = 0.56
"""Source Sans is never wider, on average, in em by character."""


def serie(*values: tuple[str, str | None] | tuple[str, str | None, str]) -> tuple[Valeur, ...]:
    return tuple(
        Valeur(periode=v[0], valeur=None if v[1] is None else Decimal(v[1]), note=v[2] if len(v) > 2 else None)
        for v in values
    )


def courbe(*values: tuple[str, str | None] | tuple[str, str | None, str], de: Indicateur = INDICATEUR) -> Figure:
    return figures.courbe(de, serie(*values), "Valmer métropole", COULEURS)


def dessin(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


def textes(figure: Figure) -> list[ElementTree.Element]:
    return list(dessin(figure).iter(f"{_SVG}text"))


def mots(figure: Figure) -> list[str]:
    return [simple(text.text or "") for text in textes(figure)]


def boite(text: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a text, about."""
    x, y, size = float(text.attrib["x"]), float(text.attrib["y"]), float(text.attrib["font-size"])
    width = WIDE_AS_DRAWN * size * len(text.text or "")
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[text.attrib["text-anchor"]]
    return left, y - 0.72 * size, left + width, y + 0.2 * size


def lignes(figure: Figure) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.attrib["points"].split())]
        for line in dessin(figure).iter(f"{_SVG}polyline")
    ]


def ronds(figure: Figure) -> list[ElementTree.Element]:
    return list(dessin(figure).iter(f"{_SVG}circle"))


RECENSEMENTS = courbe(
    ("1968", "183595"), ("1975", "206668"), ("1982", "207831"), ("1990", "208265"), ("1999", "213545"),
    ("2016", "208930"), ("2017", "209722"), ("2018", "210047"), de=POPULATION,
)  # fmt: skip


def test_time_is_true_to_scale() -> None:
    (line,) = lignes(RECENSEMENTS)
    xs = [x for x, _ in line]
    years = [1968, 1975, 1982, 1990, 1999, 2016, 2017, 2018]
    for (x1, year1), (x2, year2) in combinations(zip(xs, years, strict=True), 2):
        share = (x2 - x1) / (xs[-1] - xs[0])
        assert share == pytest.approx((year2 - year1) / 50, abs=0.003)


def test_a_quarter_stands_where_it_is_in_its_year() -> None:
    (line,) = lignes(courbe(("2015-T1", "9"), ("2015-T2", "9.2"), ("2016-T1", "8")))
    first, second, last = (x for x, _ in line)
    assert (second - first) / (last - first) == pytest.approx(0.25, abs=0.003)


def test_higher_values_are_higher() -> None:
    (line,) = lignes(RECENSEMENTS)
    values = [183595, 206668, 207831, 208265, 213545, 208930, 209722, 210047]
    assert sorted(range(8), key=lambda rank: values[rank]) == sorted(range(8), key=lambda rank: -line[rank][1])


def test_a_missing_value_is_a_gap_and_says_so() -> None:
    figure = courbe(("2016", "9.8"), ("2017", "9.1"), ("2018", None), ("2019", "7.6"), ("2020", "7"))
    assert [len(line) for line in lignes(figure)] == [2, 2]
    assert mots(figure).count("n. d.") == 1
    assert simple(figure.description).endswith("Valeur non disponible : 2018.")


def test_a_value_between_two_gaps_is_a_dot() -> None:
    figure = courbe(("2016", "9.8"), ("2017", None), ("2018", "9"), ("2019", None), ("2020", "7"))
    assert lignes(figure) == []
    assert len(ronds(figure)) == 3


def test_a_value_to_read_with_care_is_an_empty_circle_explained() -> None:
    figure = courbe(("2016", "9.8"), ("2017", "9.1", "champ élargi"), ("2018", "8"))
    assert [rond.attrib["fill"] for rond in ronds(figure)] == ["#a8410f", "#ffffff", "#a8410f"]
    assert any("à lire avec précaution" in words for words in mots(figure))
    assert not any("précaution" in words for words in mots(RECENSEMENTS))


def test_the_ends_and_the_extremes_are_written_and_the_description_says_them() -> None:
    words = mots(RECENSEMENTS)
    assert {"183 595", "210 047", "213 545"} <= set(words)
    assert simple(RECENSEMENTS.description) == (
        "Courbe : Population de la métropole, Valmer métropole. De 183 595 habitants (1968) à 210 047 habitants (2018)"
        ", 8 valeurs. Maximum : 213 545 habitants (1999)."
    )
    assert RECENSEMENTS.titre == "Population de la métropole, Valmer métropole"


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    assert "habitants (l'axe ne part pas de zéro)" in mots(RECENSEMENTS)
    assert "%" in mots(courbe(("2016", "1"), ("2017", "9")))
    assert "0" in mots(courbe(("2016", "1"), ("2017", "9")))


def test_a_long_series_has_no_dot_but_where_a_number_is() -> None:
    figure = courbe(
        *[
            (f"{year}-{month:02}", str(7 + (year * month) % 17 / 10))
            for year in range(2015, 2024)
            for month in range(1, 13)
        ]
    )
    assert len(ronds(figure)) <= 4
    assert {"01/2015", "12/2023"} <= set(mots(figure))
    assert all(words.startswith(("01/", "12/2023")) for words in mots(figure) if "/" in words)


def test_the_perimeter_is_not_said_twice() -> None:
    assert figures.situe("Population de Brest métropole", "Brest métropole") == "Population de Brest métropole"
    assert figures.situe("Population", "Brest métropole") == "Population, Brest métropole"
    assert figures.situe("Population", "") == "Population"


@pytest.mark.parametrize(
    ("low", "high", "first", "last"),
    [(0, 10, 0, 10), (183595, 213545, 180000, 220000), (5, 5, 0, 5), (-4, 3.5, -4, 4), (0, 0, 0, 1), (-3, -3, -3, 0),
     (58.8, 60.5, 58.5, 60.5), (1, 9, 0, 10), (0.001, 0.0012, 0.001, 0.0012)],
)  # fmt: skip
def test_graduations_are_round_and_cover_the_values(low: float, high: float, first: float, last: float) -> None:
    grades = figures.graduations(low, high)
    assert (grades[0], grades[-1]) == (pytest.approx(first), pytest.approx(last))
    assert 2 <= len(grades) <= 8


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_graduations_cover_any_values(one: float, other: float) -> None:
    low, high = sorted((round(one, 3), round(other, 3)))
    assume(low == high or high - low > 1e-3)
    grades = figures.graduations(low, high)
    assert grades[0] <= low + 1e-6 * max(1, abs(low))
    assert grades[-1] >= high - 1e-6 * max(1, abs(high))
    assert 2 <= len(grades) <= 8


periodes = st.one_of(
    st.integers(1960, 2030).map(str),
    st.tuples(st.integers(1960, 2030), st.integers(1, 4)).map(lambda pair: f"{pair[0]}-T{pair[1]}"),
    st.tuples(st.integers(1960, 2030), st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}"),
    st.integers(1960, 2030).map(lambda year: f"{year}-{year + 1}"),
)


@given(
    st.lists(
        st.tuples(periodes, st.one_of(st.none(), st.decimals(-10_000, 900_000, places=1)), st.booleans()),
        min_size=2, max_size=40, unique_by=lambda value: value[0],
    )
)  # fmt: skip
def test_whatever_the_series_the_drawing_is_whole_and_its_dates_never_meet(
    values: list[tuple[str, Decimal | None, bool]],
) -> None:
    assume(sum(value is not None for _, value, _ in values) >= 2)
    ordered = sorted(values, key=lambda value: milieu(value[0]))
    figure = figures.courbe(
        INDICATEUR,
        tuple(Valeur(periode=p, valeur=v, note="réserve" if noted else None) for p, v, noted in ordered),
        "",
        COULEURS,
    )
    assert safe_svg(figure.svg)
    _, _, width, height = map(float, dessin(figure).attrib["viewBox"].split())
    boxes = [boite(text) for text in textes(figure)]
    assert all(
        left >= -8 and right <= width + 8 and top >= 0 and bottom <= height + 4 for left, top, right, bottom in boxes
    )
    level = max(float(text.attrib["y"]) for text in textes(figure) if text.attrib["text-anchor"] == "middle")
    dates = sorted(boite(text) for text in textes(figure) if float(text.attrib["y"]) == level)
    assert all(one[2] <= other[0] for one, other in pairwise(dates))
    assert len(dates) >= 2 or milieu(ordered[0][0]) == milieu(ordered[-1][0])


def test_numbers_over_the_line_are_apart_from_each_other() -> None:
    boxes = [boite(text) for text in textes(RECENSEMENTS) if text.attrib["font-weight"] == "600"]
    assert len(boxes) == 3
    for one, other in combinations(boxes, 2):
        assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


def test_nothing_is_smaller_than_eight_points_in_a_word_page_of_sixteen_centimetres() -> None:
    points = 16 / 2.54 * 72
    for figure in (RECENSEMENTS, chaine(), carte()):
        width = float(dessin(figure).attrib["viewBox"].split()[2])
        scale = points / max(width, 720)
        assert min(float(text.attrib["font-size"]) * scale for text in textes(figure)) >= 8


def test_the_fonts_are_those_of_the_site_and_of_the_documents_then_any() -> None:
    family = dessin(RECENSEMENTS).attrib["font-family"]
    assert family.startswith("'Source Sans Pro', 'SMDE Sans', ")
    assert family.endswith("sans-serif")


def chaine() -> Figure:
    counts = [("Constats", 75), ("Enjeux", 11), ("Objectifs", 24), ("Projets prioritaires", 12), ("Actions", 1033)]
    return figures.chaine([*counts, ("Moyens", 0)], COULEURS)


def test_the_chain_shows_the_two_halves_of_the_method_and_every_count() -> None:
    words = mots(chaine())
    assert words[:2] == ["Stratégie : le territoire", "Schéma : la collectivité"]
    assert {"75", "11", "24", "12", "1 033", "0", "Projets", "prioritaires"} <= set(words)
    assert "Projets prioritaires : 12" in simple(chaine().description)
    for text in textes(chaine()):
        left, _, right, _ = boite(text)
        assert left >= 0
        assert right <= 720


def carte(**autres: object) -> Figure:
    places = (
        ("Pays des Abers", 1, 0, 42247),
        ("Brest métropole", 1, 1, 215278),
        ("Presqu'île de Crozon-Aulne maritime", 1, 2, 23040),
        ("Pleyben-Châteaulin-Porzay", 2, 2, 22931),
        ("Pays d'Iroise", 0, 1, None),
    )
    territoires: list[Territoire] = []
    for rank, (titre, x, y, people) in enumerate(places):
        more = {"titre": titre, "type": "epci", "millesime": "2023", "tuile": {"x": str(x), "y": str(y)}, **autres}
        territoires.append(element("territoire", f"t{rank}", population=people and str(people), **more))
    return figures.carte(territoires, COULEURS)


def test_the_map_sets_each_territory_in_its_place_with_its_people() -> None:
    figure = carte()
    rects = list(dessin(figure).iter(f"{_SVG}rect"))
    assert len({(rect.attrib["x"], rect.attrib["y"]) for rect in rects}) == 5
    assert "215 278 hab." in mots(figure)
    assert simple(figure.titre) == "Carte schématique, sans échelle, nord en haut (population 2023)"
    assert "Pays d'Iroise." in simple(figure.description), "no number where none is known"
    _, _, width, height = map(float, dessin(figure).attrib["viewBox"].split())
    for rect in rects:
        assert float(rect.attrib["x"]) > 0
        assert float(rect.attrib["x"]) + float(rect.attrib["width"]) < width
        assert float(rect.attrib["y"]) + float(rect.attrib["height"]) < height
    for text in textes(figure)[:-1]:
        left, _, right, _ = boite(text)
        assert any(
            float(r.attrib["x"]) - 6 <= left and right <= float(r.attrib["x"]) + float(r.attrib["width"]) + 6
            for r in rects
        ), text.text


def test_the_map_says_in_words_what_its_tints_mean() -> None:
    assert mots(carte())[-1] == "Plus la couleur d'une tuile est soutenue, plus elle compte d'habitants."


def test_numbers_that_do_not_compare_are_not_drawn_together_on_the_map() -> None:
    def tile(ident: str, x: int, millesime: str, genre: str = "epci") -> Territoire:
        made: Territoire = element(
            "territoire", ident, type=genre, population="42247", millesime=millesime, tuile={"x": str(x), "y": "0"}
        )
        return made

    for other in (tile("b", 1, "2018"), tile("b", 1, "2023", "commune")):
        figure = figures.carte([tile("a", 0, "2023"), other], COULEURS)
        assert not any("hab" in words for words in mots(figure))
        assert "populations non montrées" in simple(figure.titre)
        assert len({rect.attrib["fill"] for rect in droits(figure)}) == 1, "no tint either"
    assert mots(figures.carte([tile("a", 0, "2023"), tile("b", 1, "2023")], COULEURS)).count("42 247 hab.") == 2


def test_more_people_make_a_darker_tile_and_the_words_read_on_it() -> None:
    figure = carte()
    fills = [rect.attrib["fill"] for rect in dessin(figure).iter(f"{_SVG}rect")]
    darkest = min(fills, key=lambda fill: sum(int(fill[rank : rank + 2], 16) for rank in (1, 3, 5)))
    assert fills.index(darkest) == 1
    for index in range(0, 101, 5):
        fill, ink = figures.trait.teinte("#0a3d62", index / 100)
        assert contraste(fill, ink) >= 4.5, index


def test_words_are_cut_at_spaces_and_hyphens() -> None:
    assert figures.wrapped("Presqu'île de Crozon-Aulne maritime", 18) == ["Presqu'île de", "Crozon-Aulne", "maritime"]
    assert figures.wrapped("Landerneau", 20) == ["Landerneau"]
    assert figures.wrapped("un deux trois quatre cinq", 5) == ["un", "deux", "trois…"]


@pytest.mark.parametrize("figure", [RECENSEMENTS, chaine(), carte()], ids=lambda figure: figure.nom)
def test_a_drawing_only_draws_and_typst_draws_it(figure: Figure) -> None:
    assert safe_svg(figure.svg)
    (picture,) = typst.pictures([figure.svg], 100)
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 2000


def test_what_people_type_is_escaped_in_a_drawing() -> None:
    hostile = INDICATEUR.model_copy(update={"titre": "<b>&\"'", "unite": "</svg><script>"})
    figure = figures.courbe(hostile, serie(("2016", "1"), ("2017", "2")), "<i>", COULEURS)
    assert safe_svg(figure.svg)
    assert "</svg><script>" in mots(figure)
    assert "<script" not in figure.svg


NIVEAUX = [
    figures.Niveau("Constats", 75, 3, 0),
    figures.Niveau("Enjeux", 11, 0, 0),
    figures.Niveau("Objectifs", 24, 2, 1, 3),
    figures.Niveau("Moyens", 0, 0, 0),
]


def droits(figure: Figure) -> list[ElementTree.Element]:
    return list(dessin(figure).iter(f"{_SVG}rect"))


def dans_le_cadre(figure: Figure) -> None:
    """Nothing stands outside of the drawing, and it is fit for the page."""
    _, _, width, height = map(float, dessin(figure).attrib["viewBox"].split())
    assert safe_svg(figure.svg)
    for text in textes(figure):
        left, top, right, bottom = boite(text)
        assert left >= -2, text.text
        assert right <= width + 30, text.text
        assert top >= 0, text.text
        assert bottom <= height + 2, text.text
    for box in droits(figure):
        x, y, wide, high = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + wide <= width + 0.2
        assert y + high <= height + 0.2


def test_the_coverage_says_in_words_what_each_bar_shows() -> None:
    figure = figures.couverture(NIVEAUX, COULEURS)
    words = mots(figure)
    assert {
        "75, dont 3 sans suite", "11, aucun manque", "24, dont 2 sans suite et 1 sans appui ; 3 sans suite par choix",
        "aucun élément à ce jour",
    } <= set(words)  # fmt: skip
    assert "Objectifs : 24, dont 2 sans suite et 1 sans appui" in simple(figure.description)
    dans_le_cadre(figure)


def test_a_bar_of_the_coverage_is_as_wide_as_its_share() -> None:
    (whole, missing, *_), room = droits(figures.couverture(NIVEAUX[:1], COULEURS)), 75
    assert float(missing.attrib["width"]) / float(whole.attrib["width"]) == pytest.approx(3 / (room - 3), abs=0.001)


def test_what_is_missing_is_told_by_strokes_and_not_by_colour_alone() -> None:
    """In black and white, hatched and plain bars still differ, and both hatchings differ from one another."""
    figure = figures.couverture([figures.Niveau("Objectifs", 4, 1, 1)], COULEURS)
    strokes = [
        path.attrib["d"]
        for path in dessin(figure).iter(f"{_SVG}path")
        if path.attrib["d"].count("M") > 3 and path.attrib["fill"] == "none"
    ]
    assert len(strokes) == 4, "one in each bar, one in each line of the key"
    assert mots(figure)[-2:] == ["sans suite", "sans appui"]
    assert mots(figures.couverture([figures.Niveau("Objectifs", 4, 0, 0)], COULEURS))[-1] == "4, aucun manque"


def emprise(*comptes: tuple[str, tuple[int, ...]], non_dit: bool = False) -> Figure:
    degres = ["décide", "cofinance", "anime", "plaide", "observe", *(["non dit"] if non_dit else [])]
    return figures.emprise(degres, [figures.Emprise(*one) for one in comptes], ("objectif", "objectifs"), COULEURS)


def test_each_objectif_is_a_square_under_its_degree() -> None:
    figure = emprise(("Loger ceux qui arrivent", (2, 0, 1, 0, 0)), ("Santé", (0, 9, 0, 0, 3)))
    assert len(droits(figure)) == 15
    assert {"Décide", "Cofinance", "Anime", "Plaide", "Observe", "Total : 15 objectifs", "9"} <= set(mots(figure))
    assert simple(figure.description) == (
        "Un carré par objectif, rangé sous le degré de prise. Décide : 2 ; cofinance : 9 ; anime : 1 ; plaide : 0 ; "
        "observe : 3."
    )
    dans_le_cadre(figure)


@given(st.lists(st.tuples(st.sampled_from(["Santé", "Reconnaître l'économie qui ne se résume pas aux entreprises"]),
                          st.tuples(*[st.integers(0, 60)] * 6)), min_size=1, max_size=8))  # fmt: skip
def test_squares_stay_in_the_drawing_whatever_their_number(rows: list[tuple[str, tuple[int, ...]]]) -> None:
    figure = emprise(*rows, non_dit=True)
    assert len(droits(figure)) == sum(sum(counts) for _, counts in rows)
    dans_le_cadre(figure)
    places = {(box.attrib["x"], box.attrib["y"]) for box in droits(figure)}
    assert len(places) == len(droits(figure)), "no square hides another"


def test_phases_say_their_state_by_a_word_and_a_sign() -> None:
    names = ("Amorce du processus", "Diagnostic", "Enjeux", "Priorités de la métropole et de ses huit communes")
    states = [(0, "Terminée"), (1, "En cours"), (2, "À venir"), (2, "À venir")]
    figure = figures.parcours(
        [
            figures.Etape(n, *state, "17 novembre 2014 – 31 janvier 2015")
            for n, state in zip(names, states, strict=True)
        ],
        COULEURS,
    )
    assert mots(figure).count("À venir") == 2
    assert [rond.attrib["fill"] for rond in ronds(figure)] == [COULEURS.accent, "#ffffff", "#ffffff"]
    assert "Diagnostic : en cours, 17 novembre 2014" in simple(figure.description)
    dans_le_cadre(figure)


def frise(*barres: tuple[str | None, str | None, bool], jour: str = "2026-11-23") -> Figure:
    return figures.frise(
        "calendrier-1", "Calendrier des actions",
        [figures.Barre(f"A-{rank:02}", "Ouvrir un accueil unique pour les nouveaux actifs", *barre)
         for rank, barre in enumerate(barres, 1)],
        jour, COULEURS,
    )  # fmt: skip


def test_an_action_stands_from_the_first_to_the_last_day_of_its_dates() -> None:
    figure = frise(("2026", "2029", True), ("2027-T1", "2027-T4", True), ("2028-S2", "2029", False))
    whole, year, last = droits(figure)[:3]
    start, width = float(whole.attrib["x"]), float(whole.attrib["width"]) + 1
    assert float(year.attrib["x"]) == pytest.approx(start + width / 4, abs=0.2)
    assert float(year.attrib["width"]) + 1 == pytest.approx(width / 4, abs=0.2)
    assert float(last.attrib["x"]) == pytest.approx(start + width * 2.5 / 4, abs=0.2)
    assert "date de cette version" in mots(figure)
    assert "3 actions datées entre 2026 et 2029" in simple(figure.description)
    dans_le_cadre(figure)


def test_dates_that_are_only_proposed_are_hatched_and_missing_ones_say_so() -> None:
    figure = frise(("2027", "2028", False), (None, None, False), ("2028", None, False), (None, "2027", True))
    assert mots(figure).count("dates à fixer") == 1
    assert {"dates proposées, à valider", "en cours ou réalisée"} <= set(mots(figure))
    fills = [box.attrib["fill"] for box in droits(figure)]
    assert fills[:3] == ["#ffffff", "#ffffff", COULEURS.principale]
    assert "date de cette version" not in mots(figure), "the version is older than the calendar"
    dans_le_cadre(figure)


def test_amounts_of_a_year_are_written_beside_their_bar() -> None:
    lines = [(2027, Decimal(100), Decimal(50)), (2028, Decimal(0), Decimal(0)), (2029, Decimal(0), Decimal("1500000"))]
    figure = figures.annees("financement", "Financements par année", lines, "HT", COULEURS)
    assert {"100 € HT acquis ; 50 € HT pas encore acquis", "rien", "1,5 M€ HT pas encore acquis"} <= set(mots(figure))
    plain, hatched = droits(figure)[:2]
    assert float(plain.attrib["width"]) == pytest.approx(2 * float(hatched.attrib["width"]), abs=0.1)
    dans_le_cadre(figure)


LONG = "Remettre en usage les friches du port de commerce, avec les communes, les armateurs et la chambre de métiers"


def test_the_title_of_an_action_is_never_cut() -> None:
    barres = [figures.Barre("A-07", LONG, "2027", "2029", False), figures.Barre("A-08", "Ouvrir", None, None, False)]
    figure = figures.frise("calendrier-1", "Calendrier des actions", barres, "2028-02-01", COULEURS)
    for svg in (figure, etroit(figure)):
        assert f"A-07 {LONG}" in " ".join(mots(svg))
        assert "…" not in "".join(mots(svg))
        dans_le_cadre(svg)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60))
def test_actions_are_shared_out_in_their_order_on_pages_that_hold_them(words: list[int]) -> None:
    barres = [figures.Barre(f"A-{n}", "réemployer " * count, "2027", "2028", True) for n, count in enumerate(words)]
    pages = figures.feuillets(barres)
    assert [barre for page in pages for barre in page] == barres
    for page in pages:
        drawn = figures.frise("c", "Calendrier", page, "2027-01-01", COULEURS)
        assert float(dessin(drawn).attrib["height"]) <= figures.frises.HAUTEUR + 90 or len(page) == 1


def etroit(figure: Figure) -> Figure:
    """The drawing for a phone, alone."""
    assert figure.etroit
    return replace(figure, svg=figure.etroit, etroit="")


NOTEE = courbe(("2019", "8.1"), ("2021", "7.9", "Méthode révisée."), ("2024", "9.2"), de=POPULATION)
COMPAREE = figures.comparaison(
    INDICATEUR, "Valmer métropole",
    [figures.Ligne("Part des bureaux vacants, Valmer métropole", serie(("2019", "8.1"), ("2024", "9.2"))),
     figures.Ligne("Ensemble des métropoles de la façade", serie(("2019", "6"), ("2022", None), ("2024", "6.4", "n")))],
    COULEURS,
)  # fmt: skip
PHONE = (
    NOTEE, COMPAREE,
    frise(("2026", "2029", True), (None, "2028-T1", False), ("2028-S2", "2029", False)),
    figures.annees("f", "Financements", [(2027, Decimal("1450000.5"), Decimal(300000)), (2028, Decimal(9), Decimal(0))],
                   "HT", COULEURS),
    figures.parcours([figures.Etape("Diagnostic", 0, "Terminée", "2025"), figures.Etape("Enjeux", 1, "En cours", "2")],
                     COULEURS),
    figures.couverture([figures.Niveau("Constats", 45, 12, 0), figures.Niveau("Priorités", 12, 2, 1, 3)], COULEURS),
    figures.emprise(["décide", "cofinance", "anime", "plaide", "observe", "non dit"],
                    [figures.Emprise(LONG, (9, 3, 0, 1, 2, 1)), figures.Emprise("Loger", (0, 0, 1, 0, 0, 0))],
                    ("objectif", "objectifs"), COULEURS),
)  # fmt: skip


@pytest.mark.parametrize("figure", PHONE, ids=lambda figure: figure.nom)
def test_on_a_phone_a_drawing_is_read_without_scrolling_sideways(figure: Figure) -> None:
    """On a screen of 360 px a drawing has 328: its smallest words must still stand 11 px high."""
    narrow = etroit(figure)
    width = float(dessin(narrow).attrib["viewBox"].split()[2])
    sizes = [float(text.attrib["font-size"]) for text in textes(narrow)]
    assert min(sizes) * 328 / width >= 11
    dans_le_cadre(narrow)
    assert set("".join(mots(figure)).replace(" ", "")) == set("".join(mots(narrow)).replace(" ", ""))
    assert safe_svg(figure.etroit)


CHANGEE: Indicateur = element(
    "indicateur", "etudiants", titre="Étudiants inscrits", unite="étudiants", definition="Inscrits du supérieur.",
    territoire="metropole", source="observatoire", serie="etudiants.csv", ruptures=["2017"],
)  # fmt: skip
ETUDIANTS = (("2009-2010", "23323"), ("2013-2014", "24600"), ("2015-2016", "27060"), ("2020-2021", "30892"),
             ("2022-2023", "31000"))  # fmt: skip


def test_where_the_measure_changes_the_line_is_broken_and_the_break_is_named() -> None:
    figure = courbe(*ETUDIANTS, de=CHANGEE)
    assert [len(line) for line in lignes(figure)] == [3, 2]
    assert mots(figure).count("rupture de série") == 1
    before, after = lignes(figure)
    (dashed,) = (path for path in dessin(figure).iter(f"{_SVG}path") if "stroke-dasharray" in path.attrib)
    where = float(dashed.attrib["d"][1:].split()[0])
    assert before[-1][0] < where < after[0][0]
    assert simple(figure.description).endswith(
        "Rupture de série avant : 2020-2021. Les valeurs d'avant et d'après ne se comparent pas."
    )


def test_a_series_without_break_or_whose_break_is_before_its_first_value_is_one_line() -> None:
    old = CHANGEE.model_copy(update={"ruptures": ["1999"]})
    for indicateur in (POPULATION, old):
        figure = courbe(*ETUDIANTS, de=indicateur)
        assert [len(line) for line in lignes(figure)] == [5]
        assert "rupture de série" not in mots(figure)


@given(st.lists(st.integers(2008, 2024), max_size=4))
def test_whatever_the_breaks_every_value_is_still_drawn(years: list[int]) -> None:
    figure = courbe(*ETUDIANTS, de=CHANGEE.model_copy(update={"ruptures": [str(year) for year in years]}))
    assert len(ronds(figure)) == 5
    assert sum(len(line) for line in lignes(figure)) <= 5
    dans_le_cadre(figure)
