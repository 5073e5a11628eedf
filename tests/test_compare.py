"""A difference can be applied: nothing moves unsaid, and nothing is said that did not move."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.compare import ABSENT, Liste, Objet, Place, Valeur, applique, ecart

MOTS = st.sampled_from(["rade", "port", "rade et port", "le port de commerce", "le port militaire", "", "A-07"])
SCALAIRES = st.none() | st.booleans() | st.integers(-3, 3) | MOTS
CLES = st.sampled_from(["id", "titre", "acteur", "montant", "remplace", "roles"])
ARBRES = st.recursive(
    SCALAIRES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(CLES, inner, max_size=4), max_leaves=25
)


def pareil(one: Any, other: Any) -> bool:
    """Equal, and of the same types: Python takes 1 for True."""
    return repr(one) == repr(other) or (
        type(one) is type(other)
        and (
            (isinstance(one, dict) and one.keys() == other.keys() and all(pareil(one[k], other[k]) for k in one))
            or (isinstance(one, list) and len(one) == len(other) and all(map(pareil, one, other)))
        )
    )


@given(ARBRES, ARBRES)
def test_applying_a_difference_to_what_was_gives_what_is(avant: Any, apres: Any) -> None:
    assert pareil(applique(ecart(avant, apres), avant), apres)


@given(ARBRES)
def test_nothing_differs_from_itself(arbre: Any) -> None:
    assert ecart(arbre, arbre) is None


@given(ARBRES, ARBRES)
def test_a_difference_is_told_only_between_trees_that_differ(avant: Any, apres: Any) -> None:
    assert (ecart(avant, apres) is None) == pareil(avant, apres)


@given(st.permutations([{"id": f"A-{rank:02d}", "titre": "Fiche"} for rank in range(7)]))
def test_elements_in_another_order_have_moved_and_nothing_else(apres: list[Any]) -> None:
    avant = sorted(apres, key=lambda element: element["id"])
    change = ecart(avant, apres)
    if change is None:
        assert avant == apres
        return
    assert isinstance(change, Liste) and not change.retires
    assert all(place.avant is not None and place.ecart is None for place in change.places)
    assert 1 <= len(change.deplaces()) < len(avant)


def test_the_fewest_moves_explain_a_new_order() -> None:
    avant = [{"id": ident} for ident in "ABCDE"]
    change = ecart(avant, [avant[0], avant[4], avant[1], avant[2], avant[3]])
    assert isinstance(change, Liste) and change.deplaces() == {4}


def test_an_element_keeps_its_identity_whatever_else_changed_in_it() -> None:
    avant = [{"id": "A-07", "titre": "Friches"}, {"id": "A-08", "titre": "Port"}]
    apres = [{"id": "A-08", "titre": "Rade", "texte": "Tout autre chose"}]
    inner = Objet({"titre": Valeur("Port", "Rade"), "texte": Valeur(ABSENT, "Tout autre chose")})
    assert ecart(avant, apres) == Liste((Place(1, inner),), (0,))


def test_an_element_of_another_id_is_another_element() -> None:
    change = ecart([{"id": "A-07", "titre": "Friches"}], [{"id": "A-31", "titre": "Friches"}])
    assert isinstance(change, Liste) and change.retires == (0,) and change.places[0].avant is None


@pytest.mark.parametrize("cle", ["acteur", "financeur", "indicateur", "cadre"])
def test_a_part_about_somebody_else_is_another_part(cle: str) -> None:
    avant = [{cle: "region", "role": "financeur", "statut": "propose", "precision": "Port"}]
    change = ecart(avant, [{**avant[0], cle: "etat"}])
    assert isinstance(change, Liste) and change.retires == (0,)


def test_a_part_of_which_one_value_changed_is_the_same_part() -> None:
    avant = [{"poste": "Études", "annee": 2027, "montant": 40_000, "etat": "estime"}]
    change = ecart(avant, [{**avant[0], "montant": 60_000}])
    assert change == Liste((Place(0, Objet({"montant": Valeur(40_000, 60_000)})),), ())


def test_a_line_partly_written_again_is_the_same_line() -> None:
    avant = ["Douze lots viabilisés en 2027", "Un quai rouvert"]
    change = ecart(avant, ["Dix lots viabilisés en 2028", "Un quai rouvert"])
    assert change == Liste((Place(0, Valeur(avant[0], "Dix lots viabilisés en 2028")), Place(1)), ())


def test_of_two_equal_items_one_may_leave() -> None:
    assert ecart(["rade", "rade"], ["rade"]) == Liste((Place(0),), (1,))


def test_a_key_that_holds_nothing_is_not_a_key_that_is_not_there() -> None:
    assert ecart({"titre": None}, {}) == Objet({"titre": Valeur(None, ABSENT)})
    assert repr(ABSENT) == "ABSENT"


def test_lists_too_long_to_be_paired_are_still_told_item_by_item() -> None:
    avant = [{"poste": f"Lot {rank}", "montant": rank} for rank in range(300)]
    apres = [{"poste": f"Lot {rank}", "montant": rank + 1} for rank in range(300)]
    change = ecart(avant, apres)
    assert isinstance(change, Liste) and len(change.retires) == 300
    assert applique(change, avant) == apres
