"""What the authority can do about each objectif: every objectif once, from strong hold to weak."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from smde.model.strategie import DegreInfluence
from smde.views.influence import par_degre, prises
from tests.rendu import edition_avec, edition_de, element


def objectif(ident: str, degre: str | None, enjeux: list[str]) -> Any:
    return element("objectif", ident, enjeux=enjeux, influence={"degre": degre} if degre else None)


def test_each_objectif_stands_once_under_the_first_enjeu_it_answers() -> None:
    edition = edition_avec(
        element("enjeu", "loger"),
        element("enjeu", "former"),
        objectif("o1", "decide", ["former", "loger"]),
        objectif("o2", "anime", ["loger"]),
        objectif("o3", "observe", []),
    )
    assert [
        (prise.enjeu and prise.enjeu.id, {degre: [o.id for o in group] for degre, group in prise.par_degre if group})
        for prise in prises(edition)
    ] == [
        ("loger", {DegreInfluence.anime: ["o2"]}),
        ("former", {DegreInfluence.decide: ["o1"]}),
        (None, {DegreInfluence.observe: ["o3"]}),
    ]


def test_not_said_is_a_column_only_when_an_objectif_does_not_say() -> None:
    said = edition_avec(objectif("o", "plaide", []))
    assert [degre for degre, _ in prises(said)[0].par_degre] == list(DegreInfluence)
    unsaid = edition_avec(objectif("o", "plaide", []), objectif("p", None, []))
    assert [degre for degre, _ in prises(unsaid)[0].par_degre] == [*DegreInfluence, None]


def test_a_dossier_without_objectif_has_no_hold_to_tell() -> None:
    assert prises(edition_avec()) == ()
    assert par_degre(edition_avec()) == ()


def test_the_public_counts_only_the_objectifs_it_may_know() -> None:
    edition = edition_de()
    shown = [objectif.id for _, group in par_degre(edition) for objectif in group]
    assert set(shown) <= edition.elements.keys()


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.sampled_from(list(DegreInfluence.__members__))),
            st.lists(st.sampled_from(["e1", "e2", "e3"]), unique=True),
        ),
        max_size=12,
    )
)
def test_none_is_lost_and_none_is_counted_twice(found: list[tuple[str | None, list[str]]]) -> None:
    enjeux = [element("enjeu", ident) for ident in ("e1", "e2", "e3")]
    edition = edition_avec(*enjeux, *(objectif(f"o{rank}", *one) for rank, one in enumerate(found)))
    by_enjeu = [o.id for prise in prises(edition) for _, group in prise.par_degre for o in group]
    by_degree = [o.id for _, group in par_degre(edition) for o in group]
    assert sorted(by_enjeu) == sorted(by_degree) == sorted(f"o{rank}" for rank in range(len(found)))
