"""How the strategy stands to a framework: each orientation with what serves it, and what nothing serves."""

from typing import Any

from smde.model.cadres import Cadre
from smde.model.champ import INTERNE
from smde.views.articulations import articulation, comptes, non_servies
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element


def cadre(*codes: str) -> Cadre:
    made: Cadre = element(
        "cadre",
        "srdeii",
        type="srdeii",
        orientations=[{"code": code, "titre": f"Orientation {code}"} for code in codes],
    )
    return made


def test_priorities_then_actions_stand_under_the_orientation_they_name() -> None:
    edition = edition_de(VALMER, INTERNE)
    (service,) = articulation(edition, edition.element("srdeii", Cadre))
    assert service.orientation is not None
    assert service.orientation.code == "reconversion"
    assert [(lien.element.id, lien.articulation.nature.name) for lien in service.liens] == [
        ("priorite-port", "compatible"),
        ("action-requalifier-friches", "contribue"),
    ]


def test_an_orientation_nothing_serves_is_shown_empty() -> None:
    services = articulation(edition_avec(cadre("mer", "sols")), cadre("mer", "sols"))
    assert [(service.orientation and service.orientation.code, service.liens) for service in services] == [
        ("mer", ()),
        ("sols", ()),
    ]


def test_a_link_to_the_whole_framework_or_to_an_unknown_code_comes_last() -> None:
    liens = [
        {"cadre": "srdeii", "nature": "coherence"},
        {"cadre": "srdeii", "orientation": "sols", "nature": "contribue"},
        {"cadre": "srdeii", "orientation": "inconnu", "nature": "contribue"},
        {"cadre": "cper", "nature": "finance"},
    ]
    edition = edition_avec(
        cadre("sols"), element("cadre", "cper", type="contrat"), element("priorite", "p", articulations=liens)
    )
    sols, whole = articulation(edition, edition.element("srdeii", Cadre))
    assert len(sols.liens) == 1
    assert whole.orientation is None
    assert [lien.articulation.orientation for lien in whole.liens] == [None, "inconnu"]


def test_a_framework_without_orientation_nor_link_says_nothing() -> None:
    assert articulation(edition_avec(cadre()), cadre()) == ()


def reel(ident: str, **champs: Any) -> Any:
    orientations = [{"code": code, "titre": f"Orientation {code}"} for code in ("O1", "O2", "O3")]
    return element("cadre", ident, type="contrat", **{"orientations": orientations, **champs})


def test_what_a_framework_has_and_nothing_serves_is_told() -> None:
    lien = {"cadre": "contrat", "orientation": "O2", "nature": "contribue"}
    edition = edition_avec(reel("contrat"), element("priorite", "p", articulations=[lien]))
    contrat = edition.element("contrat", Cadre)
    assert [orientation.code for orientation in non_servies(edition, contrat)] == ["O1", "O3"]
    assert comptes(articulation(edition, contrat)) == (1, 3)


def test_a_framework_that_another_replaces_asks_for_nothing_more() -> None:
    edition = edition_avec(reel("ancien", remplace_par="nouveau"), reel("nouveau", orientations=[]))
    assert non_servies(edition, edition.element("ancien", Cadre)) == ()
    assert non_servies(edition, edition.element("nouveau", Cadre)) == ()


def test_a_link_to_the_framework_as_a_whole_serves_no_orientation() -> None:
    lien = {"cadre": "contrat", "nature": "finance"}
    edition = edition_avec(reel("contrat"), element("priorite", "p", articulations=[lien]))
    assert comptes(articulation(edition, edition.element("contrat", Cadre))) == (0, 3)
