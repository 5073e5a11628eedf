"""The chain is walked both ways, level by level, and what is missing in it is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.edition import Edition
from smde.model.champ import INTERNE
from smde.model.element import Element
from smde.views.chaine import NIVEAUX, Maillon, chaine, enfants, parents
from smde.views.couverture import couverture
from tests.conftest import VALMER, duree
from tests.rendu import edition_avec, edition_de, element

INTERIEUR = edition_de(VALMER, INTERNE)


def genres(maillons: tuple[Maillon, ...]) -> list[tuple[str, list[str]]]:
    return [(maillon.genre, [element.id for element in maillon.elements]) for maillon in maillons]


def test_an_action_is_walked_up_to_its_evidence_and_down_to_its_means() -> None:
    found = chaine(INTERIEUR, INTERIEUR.elements["action-requalifier-friches"])
    assert genres(found.amont) == [
        ("priorite", ["priorite-port"]),
        ("objectif", ["objectif-reconversion"]),
        ("enjeu", ["enjeu-friches"]),
        ("constat", ["vacance-tertiaire", "friches-portuaires"]),
    ]
    assert genres(found.aval) == [("moyen", ["moyen-chef-de-projet"])]


def test_a_constat_rests_on_nothing_and_leads_down_to_the_means() -> None:
    found = chaine(INTERIEUR, INTERIEUR.elements["friches-portuaires"])
    assert found.amont == ()
    assert [genre for genre, _ in genres(found.aval)] == ["enjeu", "objectif", "priorite", "action", "moyen"]
    assert genres(found.aval)[-1] == ("moyen", ["moyen-chef-de-projet", "moyen-reserve-fonciere"])


def test_only_what_is_cited_without_a_level_between_is_direct() -> None:
    priorite = chaine(INTERIEUR, INTERIEUR.elements["priorite-port"])
    assert [(maillon.genre, maillon.direct) for maillon in priorite.amont] == [
        ("objectif", True), ("enjeu", False), ("constat", False),
    ]  # fmt: skip
    assert [(maillon.genre, maillon.direct) for maillon in priorite.aval] == [("action", True), ("moyen", True)]


def test_an_edition_shows_only_what_it_knows() -> None:
    public = edition_de()
    assert genres(chaine(public, public.elements["metiers-en-tension"]).aval) == []
    assert genres(chaine(INTERIEUR, INTERIEUR.elements["metiers-en-tension"]).aval)[0] == (
        "enjeu",
        ["enjeu-competences"],
    )


def test_what_is_not_of_the_chain_has_none() -> None:
    acteur = INTERIEUR.elements["region"]
    assert chaine(INTERIEUR, acteur) == chaine(INTERIEUR, INTERIEUR.elements["pays-2014"])
    assert parents(INTERIEUR, acteur) == enfants(INTERIEUR, acteur) == []


@pytest.mark.parametrize("ident", sorted(e.id for classe in NIVEAUX for e in INTERIEUR.tous(classe)))
def test_up_and_down_are_the_same_links_seen_from_each_end(ident: str) -> None:
    here = INTERIEUR.elements[ident]
    for parent in parents(INTERIEUR, here):
        assert here in enfants(INTERIEUR, parent)
    for enfant in enfants(INTERIEUR, here):
        assert here in parents(INTERIEUR, enfant)


LIENS = {"constat": (), "enjeu": ("constats",), "objectif": ("enjeux",), "priorite": ("objectifs",),
         "action": ("priorite",), "moyen": ("actions", "priorites")}  # fmt: skip
CITES = {"constats": "constat", "enjeux": "enjeu", "objectifs": "objectif", "priorite": "priorite",
         "priorites": "priorite", "actions": "action"}  # fmt: skip


@st.composite
def chaines(draw: st.DrawFn) -> Edition:
    """A chain of a few elements of each level, linked at random."""
    made: dict[str, list[str]] = {}
    elements: list[Element] = []
    for genre, champs in LIENS.items():
        made[genre] = [f"{genre}-{rank}" for rank in range(draw(st.integers(0, 4)))]
        for ident in made[genre]:
            values: dict[str, Any] = {"theme": "theme", "nature": "atout"} if genre == "constat" else {}
            values |= {"nature": "humain"} if genre == "moyen" else {}
            for champ in champs:
                known = made[CITES[champ]]
                if known and champ == "priorite":
                    values[champ] = draw(st.sampled_from(known))
                elif known:
                    values[champ] = draw(st.lists(st.sampled_from(known), unique=True, max_size=3))
            elements.append(element(genre, ident, **values))
    return edition_avec(*elements)


@given(chaines())
def test_what_is_above_an_element_has_it_below_and_levels_never_mix(edition: Edition) -> None:
    order = [classe.genre for classe in NIVEAUX]
    for here in edition.elements.values():
        found = chaine(edition, here)
        assert [maillon.genre for maillon in found.amont] == sorted(
            (maillon.genre for maillon in found.amont), key=order.index, reverse=True
        )
        for maillon in found.amont:
            assert order.index(maillon.genre) < order.index(here.genre)
            for above in maillon.elements:
                below = [e.id for m in chaine(edition, above).aval for e in m.elements]
                assert here.id in below
                assert len(below) == len(set(below))
        nearest = {e.id for e in parents(edition, here)}
        for maillon in found.amont:
            assert maillon.direct == any(e.id in nearest for e in maillon.elements)


@given(chaines())
def test_the_coverage_counts_what_has_no_continuation_and_no_ground(edition: Edition) -> None:
    for level in couverture(edition):
        assert level.total == len([e for e in edition.elements.values() if e.genre == level.genre])
        for here in edition.elements.values():
            if here.genre == level.genre:
                assert (here in level.sans_suite) == (not enfants(edition, here) and here.genre != "moyen")
                assert (here in level.sans_appui) == (not parents(edition, here))


def test_an_objective_the_authority_only_pleads_for_awaits_no_priority() -> None:
    degres = ("decide", "cofinance", "anime", "plaide", "observe")
    objectifs = [element("objectif", f"o-{degre}", influence={"degre": degre}) for degre in degres]
    level = next(level for level in couverture(edition_avec(*objectifs)) if level.genre == "objectif")
    assert [objectif.id for objectif in level.sans_suite] == ["o-decide", "o-cofinance", "o-anime"]


def test_a_constat_with_evidence_has_ground() -> None:
    level = next(level for level in couverture(INTERIEUR) if level.genre == "constat")
    assert level.sans_appui == ()
    assert level.sans_suite == ()


def test_walking_every_chain_grows_in_step_with_the_number_of_elements() -> None:
    def longue(count: int) -> Edition:
        elements: list[Element] = []
        for rank in range(count):
            elements.append(element("constat", f"c{rank}", theme="t", nature="atout"))
            elements.append(element("enjeu", f"e{rank}", constats=[f"c{rank}"]))
            elements.append(element("objectif", f"o{rank}", enjeux=[f"e{rank}"]))
        return edition_avec(*elements)

    def walk(edition: Edition) -> None:
        for here in edition.elements.values():
            chaine(edition, here)
        couverture(edition)

    small, large = longue(200), longue(2000)
    walk(small)
    assert duree(lambda: walk(large)) < 30 * duree(lambda: walk(small))
