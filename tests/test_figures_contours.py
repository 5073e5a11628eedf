"""The map of outlines: it stays in its frame, weighs little, and depends only on what its readers may know."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smde import figures
from smde.arbre import Figure
from smde.contours import CHEMIN, Trace
from smde.dossier import charger
from smde.edition import edition
from smde.figures.projection import dedans, simplifie
from smde.illustrations import Illustrations
from smde.model.champ import PUBLIC, Diffusion
from smde.model.mesures import Territoire
from smde.outputs import typst
from smde.outputs.html import safe_svg
from smde.vocabulaire import Vocabulaire
from tests.conftest import ecrire
from tests.rendu import edition_avec, element, simple
from tests.test_contours import ABERS, IROISE, collection, contour, surface
from tests.test_figures import _SVG, COULEURS, boite, dessin, mots, textes

PAYS = (
    ("abers", "Pays des Abers", "42247", "242900553", ABERS),
    ("iroise", "Pays d'Iroise", "50440", "242900074", IROISE),
)


def trace(*points: Sequence[float]) -> Trace:
    return ((tuple((x, y) for x, y in points),),)


def pays(ident: str, titre: str, population: str | None = "1000", **autres: object) -> Territoire:
    made: Territoire = element(
        "territoire", ident, titre=titre, type="epci", population=population, millesime="2023", **autres
    )
    return made


def carte(*more: tuple[Territoire, Trace]) -> Figure:
    """Two neighbours, the Abers north-east of Iroise, and others."""
    territoires = [pays(ident, titre, people) for ident, titre, people, _, _ in PAYS] + [t for t, _ in more]
    traces = {ident: trace(*ring[:-1]) for ident, _, _, _, ring in PAYS} | {t.id: found for t, found in more}
    return figures.carte(territoires, COULEURS, traces)


def points(figure: Figure) -> list[list[tuple[float, float]]]:
    """The lines of each outline, in the order of the drawing."""
    paths = [path.attrib["d"] for path in dessin(figure).iter(f"{_SVG}path")]
    found = [re.findall(r"(-?[\d.]+(?:e-?\d+)?) (-?[\d.]+(?:e-?\d+)?)", path) for path in paths]
    return [[(float(x), float(y)) for x, y in path] for path in found]


def test_the_map_draws_each_outline_where_it_is_north_at_the_top() -> None:
    abers, iroise = points(carte())
    assert min(x for x, _ in abers) >= max(x for x, _ in iroise) - 0.2, "the Abers are to the east"
    assert min(y for _, y in abers) < min(y for _, y in iroise), "and to the north"
    wide, high = (max(c) - min(c) for c in zip(*abers, strict=True))
    assert wide / high == pytest.approx(0.3 * cos(radians(48.505)) / 0.16, rel=0.01), "neither stretched nor squeezed"


def test_each_outline_has_a_number_inside_that_names_it_below_with_its_people() -> None:
    figure = carte()
    words = mots(figure)
    assert words == [
        "1", "2", "1. Pays des Abers", "42 247 hab.", "2. Pays d'Iroise", "50 440 hab.",
        "Plus la couleur est soutenue, plus le territoire compte d'habitants.",
    ]  # fmt: skip
    for outline, circle in zip(points(figure), dessin(figure).iter(f"{_SVG}circle"), strict=True):
        xs, ys = zip(*outline, strict=True)
        assert min(xs) < float(circle.attrib["cx"]) < max(xs)
        assert min(ys) < float(circle.attrib["cy"]) < max(ys)
    _, _, width, height = map(float, dessin(figure).attrib["viewBox"].split())
    for text in textes(figure):
        left, top, right, bottom = boite(text)
        assert 0 <= left <= right <= width
        assert 0 <= top <= bottom <= height
    assert simple(figure.titre) == "Carte, nord en haut (population 2023)"
    assert "Pays des Abers : 42 247 habitants ; Pays d'Iroise : 50 440 habitants." in simple(figure.description)


def test_more_people_make_a_darker_outline_and_the_key_has_the_same_tint() -> None:
    drawn = carte((pays("brest", "Brest métropole", "215278"), trace((-4.6, 48.3), (-4.3, 48.3), (-4.4, 48.45))))
    fills = [path.attrib["fill"] for path in dessin(drawn).iter(f"{_SVG}path")]
    assert fills == [rect.attrib["fill"] for rect in dessin(drawn).iter(f"{_SVG}rect")]
    assert min(fills, key=lambda fill: int(fill[1:3], 16)) == fills[2]


def test_numbers_of_two_years_are_not_drawn_together_on_outlines_either() -> None:
    other = pays("brest", "Brest métropole", "215278").model_copy(update={"millesime": "2018"})
    figure = carte((other, trace((-4.6, 48.3), (-4.3, 48.3), (-4.4, 48.45))))
    assert not any("hab" in words for words in mots(figure))
    assert "populations non montrées" in simple(figure.titre)
    assert len({path.attrib["fill"] for path in dessin(figure).iter(f"{_SVG}path")}) == 1


def test_the_map_stays_in_tiles_while_one_of_its_territories_has_no_outline() -> None:
    tiled = [
        pays(ident, titre, people, tuile={"x": str(rank), "y": "0"})
        for rank, (ident, titre, people, _, _) in enumerate(PAYS)
    ]
    traces = {"abers": trace(*ABERS[:-1])}
    assert figures.carte(tiled, COULEURS, traces) == figures.carte(tiled, COULEURS)
    assert "tuile" in " ".join(mots(figures.carte(tiled, COULEURS, traces)))
    assert "contour" not in figures.carte(tiled, COULEURS, traces).svg


def cote(count: int, west: float) -> list[tuple[float, float]]:
    """A coast drawn by a surveyor: many points, none in line with its neighbours."""
    turn = [6.2831853 * rank / count for rank in range(count)]
    return [(west + (0.1 + 0.004 * sin(97 * a)) * cos(a), 48 + (0.1 + 0.004 * sin(131 * a)) * sin(a)) for a in turn]


def test_detailed_outlines_make_a_light_drawing_and_the_same_each_time() -> None:
    territoires = [pays(f"t{rank}", f"Communauté de communes du Pays {rank}") for rank in range(60)]
    traces = {t.id: trace(*cote(900, 0.2 * rank)) for rank, t in enumerate(territoires)}
    figure = figures.carte(territoires, COULEURS, traces)
    assert len(figure.svg.encode()) < 60_000
    assert all(len(outline) >= 3 for outline in points(figure))
    assert figures.carte(territoires, COULEURS, traces) == figure
    alone = figures.carte(territoires[:1], COULEURS, traces)
    assert len(alone.svg) < 60_000
    assert len(points(alone)[0]) > 60, "simplified, not flattened"


def test_a_hole_is_a_hole_and_a_number_is_never_put_in_it() -> None:
    ring = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    hole = ((1.0, 1.0), (8.0, 1.0), (8.0, 9.0), (1.0, 9.0))
    (x, y), far = dedans((ring, hole))
    assert 8 < x < 10
    assert 0 < y < 10
    assert far > 0.7
    figure = figures.carte([pays("lac", "Pays du Lac")], COULEURS, {"lac": ((ring, hole),)})
    (path,) = dessin(figure).iter(f"{_SVG}path")
    assert path.attrib["d"].count("Z") == 2
    assert path.attrib["fill-rule"] == "evenodd"


def test_a_drawing_of_outlines_only_draws_and_typst_draws_it() -> None:
    figure = carte((pays("x", "</svg><script>alert(1)</script>"), trace((-4.6, 48.3), (-4.3, 48.3), (-4.4, 48.4))))
    assert safe_svg(figure.svg)
    assert "<script" not in figure.svg
    (picture,) = typst.pictures([figure.svg], 100)
    assert picture.startswith(b"\x89PNG")


DEGRES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)
ANNEAUX = st.lists(st.tuples(DEGRES, LATITUDES), min_size=3, max_size=30, unique=True).map(tuple)
TRACES = st.lists(st.lists(ANNEAUX, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple)


@settings(max_examples=120)
@given(st.lists(TRACES, min_size=1, max_size=4))
def test_any_outline_stays_within_the_frame(traces: list[Trace]) -> None:
    territoires = [pays(f"t{rank}", f"Pays {rank}") for rank in range(len(traces))]
    figure = figures.carte(territoires, COULEURS, {f"t{rank}": found for rank, found in enumerate(traces)})
    _, _, width, height = map(float, dessin(figure).attrib["viewBox"].split())
    assert width == 720
    assert height < 900
    for outline in points(figure):
        assert outline, "even one too thin to have an inside"
        for x, y in outline:
            assert 0 <= x <= width
            assert 0 <= y <= height
    for circle in dessin(figure).iter(f"{_SVG}circle"):
        assert 13 <= float(circle.attrib["cx"]) <= width - 13
        assert 13 <= float(circle.attrib["cy"]) <= height - 13


@given(st.lists(st.tuples(st.floats(0, 700), st.floats(0, 600)), min_size=2, max_size=40), st.floats(0.1, 50))
def test_a_simplified_line_keeps_its_ends_and_strays_no_further_than_told(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    kept = simplifie(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    rest = iter(line)
    assert all(point in rest for point in kept), "points of the line, in order"
    for x, y in line:
        away = []
        for (x1, y1), (x2, y2) in pairwise(kept):
            length = (x2 - x1) ** 2 + (y2 - y1) ** 2
            along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
            away.append(((x - x1 - along * (x2 - x1)) ** 2 + (y - y1 - along * (y2 - y1)) ** 2) ** 0.5)
        assert min(away) <= tolerance + 1e-6


# ── What only some may know ──────────────────────────────────────────────────────────────────────────────────────────

CACHES = st.lists(
    st.tuples(st.floats(-170, 170), st.floats(-80, 80), st.floats(0.01, 5)).map(
        lambda at: [[at[0], at[1]], [at[0] + at[2], at[1]], [at[0], at[1] + at[2]]]
    ),
    max_size=4,
)


def dessinee(racine: object, caches: list[list[list[float]]], niveau: Diffusion = PUBLIC) -> Mapping[str, Figure]:
    """The drawings of the map of a dossier in which staff alone may know some territories, tiles and outlines."""
    lines, features = [], []
    for rank, (ident, titre, people, code, ring) in enumerate(PAYS):
        lines.append(
            f'- {{id: {ident}, titre: "{titre}", diffusion: public, type: epci, code: {code}, population: {people}, '
            f"millesime: 2023, tuile: {{x: {rank}, y: 0}}}}\n"
        )
        features.append(contour(surface(ring), code=code))
    for rank, ring in enumerate(caches):
        lines.append(
            f"- {{id: fusion{rank}, titre: Fusion {rank}, diffusion: interne, type: epci, code: 99900{rank}, "
            f"population: 900000, millesime: 2020, tuile: {{x: {rank}, y: 1}}}}\n"
        )
        features.insert(0, contour(surface(ring), siren=f"99900{rank}"))
    files = {"data/territoires.yml": "".join(lines), CHEMIN: collection(*features)}
    known = edition(charger(ecrire(racine, files)), niveau, "2026-11-01")  # type: ignore[arg-type]
    drawn: dict[str, Figure] = {}
    Illustrations(Vocabulaire(known, drawn, frozenset), drawn).carte()
    return drawn


@settings(max_examples=25)
@given(CACHES)
def test_an_outline_its_readers_may_not_know_changes_no_byte_of_the_map(
    tmp_path_factory: pytest.TempPathFactory, caches: list[list[list[float]]]
) -> None:
    here = tmp_path_factory.mktemp("cache")
    public = dessinee(here, caches)
    assert public == dessinee(here, [])
    assert len(points(public["carte-territoires"])) == 2
    staff = dessinee(here, caches, Diffusion.interne)
    assert len(points(staff["carte-territoires"])) == 2 + len(caches)


def test_without_any_tile_the_territories_that_have_an_outline_are_on_the_map() -> None:
    known = edition_avec(
        pays("abers", "Pays des Abers"), pays("bretagne", "Bretagne"), contours={"abers": trace(*ABERS[:-1])}
    )
    drawn: dict[str, Figure] = {}
    assert len(Illustrations(Vocabulaire(known, drawn, frozenset), drawn).carte().nodes) == 1
    assert len(points(drawn["carte-territoires"])) == 1
    assert "Bretagne" not in drawn["carte-territoires"].description
