"""Series are drawn together when they measure the same thing the same way, and for no lesser reason."""

import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import figures
from smde.comparables import AUTRES, Serie, ecart, genre, noms, tous_comparables
from smde.figures import Ligne
from smde.model.champ import PUBLIC
from smde.model.identite import Couleurs
from smde.model.mesures import Valeur
from smde.outputs.html import safe_svg
from smde.views.chiffres import comparees
from tests.rendu import edition_avec, element, mots, paroles, simple, tableaux

COULEURS = Couleurs(principale="#0a3d62", accent="#a8410f")
VALEURS = {"2020": "100", "2021": "104", "2022": "110"}


def valeurs(known: dict[str, str | None]) -> tuple[Valeur, ...]:
    return tuple(Valeur(periode=when, valeur=None if v is None else Decimal(v)) for when, v in known.items())


def serie(ident: str, known: dict[str, str | None] | None = None, **champs: Any) -> Serie:
    fields = {
        "titre": f"Population de {ident}",
        "unite": "habitants",
        "definition": "Population municipale de toutes les communes.",
        "territoire": ident,
        "source": "insee",
        "serie": f"{ident}.csv",
        **champs,
    }
    indicateur = element("indicateur", f"ind-{ident}", **fields)
    return Serie(indicateur, valeurs(known or dict(VALEURS)), f"Pays de {ident}", indicateur.source)


def test_the_same_measure_of_two_territories_compares_and_each_is_named_by_its_own() -> None:
    iroise, abers = serie("iroise"), serie("abers")
    assert ecart(iroise, abers) is None
    assert noms([iroise, abers]) == ["Pays de iroise", "Pays de abers"]


def test_the_same_measure_of_two_sources_compares_and_each_is_named_by_its_own() -> None:
    one, two = serie("iroise"), serie("iroise", source="agence")
    assert ecart(one, two._replace(indicateur=two.indicateur.model_copy(update={"id": "ind-autre"}))) is None
    assert noms([one, two]) == ["insee", "agence"]


@pytest.mark.parametrize(
    ("champs", "known", "said"),
    [
        ({"unite": "ménages"}, None, "n'ont pas la même unité (« habitants » et « ménages »)"),
        ({"definition": "Population totale."}, None, "n'ont pas la même définition"),
        ({"frequence": "annuelle"}, None, "n'ont pas la même fréquence (non dite et « annuelle »)"),
        ({}, {"2020-2021": "1", "2021-2022": "2"}, "pas les mêmes périodes (années civiles et années scolaires)"),
        ({}, {"2015": "1", "2016": "2"}, "n'ont pas deux périodes en commun"),
        ({}, {"2020": "1", "2021": None, "2023": "3"}, "n'ont pas deux périodes en commun"),
        ({"ruptures": ["2021"]}, None, "change dans la série (2021)"),
        ({"source": "agence"}, None, "n'ont ni le même périmètre ni la même source"),
        ({"territoire": "iroise"}, None, "rien ne les distingue"),
    ],
)
def test_what_differs_is_said_in_one_sentence_with_what_to_do(
    champs: dict[str, Any], known: dict[str, str | None] | None, said: str
) -> None:
    found = ecart(serie("iroise"), serie("abers", known, **champs))
    assert found is not None
    assert said in found.message and found.message.endswith(".")
    assert found.aide.startswith("Retirez cet identifiant")


def test_a_break_before_the_first_value_or_at_it_changes_nothing() -> None:
    for when in ("2019", "2020"):
        assert ecart(serie("iroise"), serie("abers", ruptures=[when])) is None


def test_spaces_in_a_definition_are_no_difference() -> None:
    spaced = serie("abers", definition="Population  municipale\n de toutes les communes.")
    assert ecart(serie("iroise"), spaced) is None


def test_an_indicator_is_not_compared_with_itself() -> None:
    found = ecart(serie("iroise"), serie("iroise"))
    assert found is not None and "à lui-même" in found.message


CHAMPS = st.fixed_dictionaries(
    {},
    optional={
        "unite": st.sampled_from(["habitants", "ménages"]),
        "definition": st.sampled_from(["Une.", "Deux."]),
        "source": st.sampled_from(["insee", "agence"]),
        "territoire": st.sampled_from(["a", "b"]),
        "ruptures": st.sampled_from([[], ["2021"]]),
    },
)


@given(CHAMPS, CHAMPS)
def test_who_is_compared_with_whom_does_not_matter(left: dict[str, Any], right: dict[str, Any]) -> None:
    one, two = serie("iroise", **left), serie("abers", **right)
    assert (ecart(one, two) is None) is (ecart(two, one) is None)


def test_too_many_lines_are_not_drawn() -> None:
    several = [serie(f"pays-{rank}") for rank in range(AUTRES + 2)]
    assert tous_comparables(several[:-1]) and not tous_comparables(several)


@pytest.mark.parametrize(
    ("valeur", "words"),
    [
        ("2020", "années civiles"),
        ("2020-2021", "années scolaires"),
        ("2015-2020", "périodes de 6 ans"),
        ("2020-T1", "trimestres"),
        ("2020-S2", "semestres"),
        ("2020-06", "mois"),
        ("2020-06-30", "jours"),
    ],
)
def test_the_kind_of_a_period_is_told_in_words(valeur: str, words: str) -> None:
    assert genre(valeur) == words


# What an edition draws


def edition_de_series(*series: Serie, **compare: list[str]) -> Any:
    elements = [
        one.indicateur.model_copy(update={"compare_a": compare.get(one.indicateur.territoire, [])}) for one in series
    ]
    territoires = [
        element("territoire", one.indicateur.territoire, titre=one.territoire, type="epci") for one in series
    ]
    known = {one.indicateur.id: tuple(one.valeurs) for one in series}
    return edition_avec(*elements, *territoires, series=known)


def test_an_edition_draws_those_it_knows_and_one_alone_when_they_do_not_compare() -> None:
    iroise, abers, lesneven = serie("iroise"), serie("abers"), serie("lesneven", unite="ménages")
    both = edition_de_series(iroise, abers, iroise=["ind-abers", "ind-cache"])
    assert [one.indicateur.id for one in comparees(both, both.elements["ind-iroise"])] == ["ind-iroise", "ind-abers"]
    wrong = edition_de_series(iroise, abers, lesneven, iroise=["ind-abers", "ind-lesneven"])
    assert [one.indicateur.id for one in comparees(wrong, wrong.elements["ind-iroise"])] == ["ind-iroise"]
    assert both.diffusion == PUBLIC


def test_the_drawing_comes_with_a_table_that_has_a_column_for_each_line() -> None:
    edition = edition_de_series(
        serie("iroise"), serie("abers", {"2020": "7", "2021": None, "2022": "9"}), iroise=["ind-abers"]
    )
    words = mots(edition)
    shown = words.noms()["courbe"](edition.elements["ind-iroise"])
    (rows,) = tableaux(list(shown.nodes)).values()
    assert [[simple(cell) for cell in row] for row in rows] == [
        ["Période", "Pays de iroise", "Pays de abers"],
        ["2020", "100", "7"],
        ["2021", "104", "n. d."],
        ["2022", "110", "9"],
    ]
    assert "comparaison avec" in simple(paroles(shown))


def test_a_caution_said_alike_of_two_lines_is_said_once() -> None:
    last = (Valeur(periode="2021", valeur=Decimal(5)), Valeur(periode="2022", valeur=Decimal(6), note="Provisoire"))
    edition = edition_de_series(
        serie("iroise")._replace(valeurs=last), serie("abers")._replace(valeurs=last), iroise=["ind-abers"]
    )
    shown = simple(paroles(mots(edition).noms()["courbe"](edition.elements["ind-iroise"])))
    assert "2022, Pays de iroise et Pays de abers : Provisoire" in shown
    assert shown.count("Provisoire") == 1


# The drawing


def test_lines_are_told_apart_by_their_marks_their_strokes_and_their_names() -> None:
    several = [
        serie("iroise"),
        serie("abers", {"2020": "60", "2021": "64", "2022": "70"}),
        serie("crozon", {"2020": "20", "2022": "25"}),
    ]
    lignes = [Ligne(name, one.valeurs) for name, one in zip(noms(several), several, strict=True)]
    figure = figures.comparaison(several[0].indicateur, "Pays de iroise", lignes, COULEURS)
    assert safe_svg(figure.svg)
    root = ElementTree.fromstring(figure.svg)
    texts = " ".join(node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text"))
    for name in noms(several):
        assert name.split()[-1] in texts and name in figure.description
    dashes = set(re.findall(r'stroke-dasharray="([^"]+)"', figure.svg))
    assert len(dashes) == 2
    assert "de 100" in simple(figure.description) and "à 110" in simple(figure.description)


@given(
    st.lists(st.integers(0, 10**7), min_size=2, max_size=12), st.lists(st.integers(0, 10**7), min_size=2, max_size=12)
)
def test_whatever_the_numbers_nothing_is_drawn_outside_the_frame(left: list[int], right: list[int]) -> None:
    pairs = [{str(2000 + rank): str(n) for rank, n in enumerate(numbers)} for numbers in (left, right)]
    lignes = [Ligne(name, valeurs(dict(known))) for name, known in zip(("Iroise", "Abers"), pairs, strict=True)]
    figure = figures.comparaison(serie("iroise").indicateur, "Iroise", lignes, COULEURS)
    root = ElementTree.fromstring(figure.svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for node in root.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(node.attrib["x"]) <= width and 0 <= float(node.attrib["y"]) <= height
