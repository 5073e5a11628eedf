"""A filter keeps what was asked, what follows from it and what that rests on; criteria add up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.filtre import NIVEAUX, appuis, criteres, portee
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from smde.model.element import Element
from smde.model.identite import Filtre
from smde.model.schema import Moyen
from smde.model.strategie import Constat
from tests.conftest import VALMER
from tests.rendu import edition_de, element

VALMER_ENTIER = edition_de(VALMER, INTERNE).elements


def cite(acteur: str, statut: str = "accepte") -> list[dict[str, str]]:
    return [{"acteur": acteur, "role": "pilote", "statut": statut}]


PORT = {
    one.id: one
    for one in (
        element("constat", "quais-vides", theme="mer", nature="faiblesse"),
        element("constat", "ecoles-pleines", theme="metiers", nature="atout"),
        element("enjeu", "escales", constats=["quais-vides"]),
        element("enjeu", "gestes", constats=["ecoles-pleines", "quais-vides"]),
        element("objectif", "trois-escales", enjeux=["escales"], roles=cite("cci")),
        element("objectif", "cent-soudeurs", enjeux=["gestes"]),
        element("priorite", "port", objectifs=["trois-escales"]),
        element("priorite", "metiers", objectifs=["cent-soudeurs"]),
        element("action", "quai", priorite="port", roles=cite("region", "propose")),
        element("action", "grue", priorite="port", diffusion="interne"),
        element("action", "ecole", priorite="metiers", roles=cite("region")),
        element("action", "salon"),
        element("moyen", "terrain", nature="foncier", actions=["quai"]),
        element("moyen", "equipe", nature="humain", priorites=["port"], actions=["ecole"]),
        element("acteur", "region", type="region"),
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("filtre", "vises", "appuis"),
    [
        ({"priorites": ["port"]}, "port quai grue terrain equipe", "trois-escales escales quais-vides"),
        ({"actions": ["quai"]}, "quai terrain", "port trois-escales escales quais-vides"),
        ({"actions": ["salon"]}, "salon", ""),
        ({"actions": ["quai"], "priorites": ["metiers"]}, "", ""),
        ({"themes": ["metiers"], "genres": ["enjeu"]}, "gestes", "ecoles-pleines"),
        (
            {"themes": ["metiers"]},
            "ecoles-pleines gestes cent-soudeurs metiers ecole equipe",
            "",  # the same enjeu rests on a constat of another theme, which nobody asked for
        ),
        ({"acteurs": ["cci"]}, "trois-escales", "escales quais-vides"),
        (
            {"acteurs": ["region"], "genres": ["action"]},
            "quai ecole",
            "port metiers trois-escales cent-soudeurs escales gestes quais-vides ecoles-pleines",
        ),
        ({"genres": ["constat"]}, "quais-vides ecoles-pleines", ""),
        ({"genres": ["objectif"], "priorites": ["metiers"]}, "cent-soudeurs", "gestes ecoles-pleines quais-vides"),
        ({"genres": ["moyen"], "actions": ["ecole"]}, "equipe", ""),
        ({"acteurs": ["agence"]}, "", ""),
    ],
)
def test_what_is_asked_and_what_that_rests_on(filtre: dict[str, list[str]], vises: str, appuis: str) -> None:
    kept = portee(PORT, Filtre.model_validate(filtre))
    assert kept.vises == set(vises.split())
    assert kept.retenus - kept.vises == set(appuis.split())


def test_an_empty_filter_keeps_the_whole_chain_and_nothing_else() -> None:
    kept = portee(PORT, Filtre())
    assert kept.vises == kept.retenus == PORT.keys() - {"region"}
    assert criteres(Filtre()) == []
    assert criteres(Filtre.model_validate({"cadres": ["cper"], "genres": ["action"]})) == ["genres", "cadres"]


def test_readers_are_not_told_by_a_filter_what_they_may_not_read() -> None:
    """Neither an element of a narrower level, nor the part of an actor that has not said yes."""
    asked = Filtre.model_validate({"acteurs": ["region"], "genres": ["action"]})
    assert [len(portee(PORT, asked, level).vises) for level in (PUBLIC, PARTENAIRES, INTERNE)] == [1, 1, 2]
    of_the_port = Filtre.model_validate({"priorites": ["port"], "genres": ["action"]})
    assert portee(PORT, of_the_port, PUBLIC).vises == {"quai"}


def test_who_pays_or_negotiates_has_a_part_too() -> None:
    share = {"financeur": "banque", "annee": "2030", "montant": "1000", "taxe": "HT", "etat": "sollicite"}
    actions = {
        one.id: one
        for one in (
            element("action", "halle", plan_financement=[{**share, "diffusion": "partenaires"}]),
            element("action", "four", negociations=[{"avec": ["banque"], "diffusion": "interne"}]),
        )
    }
    asked = Filtre.model_validate({"acteurs": ["banque"]})
    assert portee(actions, asked, PUBLIC).vises == set()
    assert portee(actions, asked, PARTENAIRES).vises == {"halle"}
    assert portee(actions, asked, INTERNE).vises == {"halle", "four"}


def des(genre: str, elements: dict[str, Element]) -> list[str]:
    return [ident for ident, one in elements.items() if one.genre == genre]


@st.composite
def filtres(draw: st.DrawFn, elements: Any = VALMER_ENTIER) -> Filtre:
    def some(pool: list[str]) -> list[str]:
        return draw(st.lists(st.sampled_from(pool), max_size=2, unique=True)) if pool else []

    return Filtre.model_validate(
        {
            "genres": some([classe.genre for classe in NIVEAUX]),
            "themes": some(des("theme", elements)),
            "priorites": some(des("priorite", elements)),
            "actions": some(des("action", elements)),
            "acteurs": some(des("acteur", elements)),
            "cadres": some(des("cadre", elements)),
        }
    )


@given(filtres())
def test_whatever_the_filter_nothing_kept_hangs_in_the_air(filtre: Filtre) -> None:
    kept = portee(VALMER_ENTIER, filtre)
    assert kept.vises <= kept.retenus <= VALMER_ENTIER.keys()
    for ident in kept.retenus:
        one = VALMER_ENTIER[ident]
        if not isinstance(one, Moyen):
            lost = set(appuis(one)) - kept.retenus
            assert all(isinstance(VALMER_ENTIER[up], Constat) and filtre.themes for up in lost), ident
    if filtre.genres:
        assert {VALMER_ENTIER[ident].genre for ident in kept.vises} <= set(filtre.genres)


@given(filtres(), st.sampled_from(["themes", "priorites", "actions", "acteurs", "cadres"]))
def test_a_criterion_less_never_takes_anything_out(filtre: Filtre, nom: str) -> None:
    assert portee(VALMER_ENTIER, filtre).vises <= portee(VALMER_ENTIER, filtre.model_copy(update={nom: []})).vises


@given(filtres())
def test_narrower_readers_see_all_that_wider_ones_see(filtre: Filtre) -> None:
    public, partners, staff = (portee(VALMER_ENTIER, filtre, level).vises for level in (PUBLIC, PARTENAIRES, INTERNE))
    assert public <= partners <= staff
