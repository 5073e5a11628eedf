"""How the strategy stands to a framework: each orientation with what serves it, and what nothing serves."""

from smde.model.cadres import Cadre
from smde.model.champ import INTERNE
from smde.views.articulations import articulation
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
