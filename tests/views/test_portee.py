"""A document limited by a filter prints what was asked, what that rests on, and names the rest without printing it."""

import pytest

from smde.edition import Edition
from smde.model.champ import INTERNE
from smde.model.identite import Filtre
from smde.views.portee import selection
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element

INTERIEUR = edition_de(VALMER, INTERNE)
CHAINE = ("constat", "enjeu", "objectif", "priorite", "action", "moyen")


def chaine(edition: Edition) -> set[str]:
    return {ident for ident, element in edition.elements.items() if element.genre in CHAINE}


def test_an_empty_filter_changes_nothing() -> None:
    assert selection(INTERIEUR, Filtre()) is INTERIEUR


def test_a_priority_comes_with_its_actions_its_means_and_all_it_rests_on() -> None:
    kept = selection(INTERIEUR, Filtre(priorites=["priorite-port"]))
    assert chaine(kept) == {
        "vacance-tertiaire", "friches-portuaires", "enjeu-friches", "objectif-reconversion", "priorite-port",
        "action-requalifier-friches", "moyen-chef-de-projet", "moyen-reserve-fonciere",
    }  # fmt: skip


def test_what_is_not_of_the_chain_stays_and_order_is_kept() -> None:
    kept = selection(INTERIEUR, Filtre(priorites=["priorite-metiers"]))
    assert {"region", "pays-2014", "terme-friche", "seance-2019-09"} <= kept.elements.keys()
    assert list(kept.elements) == [ident for ident in INTERIEUR.elements if ident in kept.elements]


def test_what_was_asked_for_is_told_from_what_it_rests_on() -> None:
    kept = selection(INTERIEUR, Filtre.model_validate({"priorites": ["priorite-port"], "genres": ["action"]}))
    assert kept.vises == {"action-requalifier-friches"}
    assert chaine(kept) == {
        "vacance-tertiaire", "friches-portuaires", "enjeu-friches", "objectif-reconversion", "priorite-port",
        "action-requalifier-friches",
    }  # fmt: skip
    assert INTERIEUR.vises is None


def test_what_is_left_out_can_be_named_but_not_read() -> None:
    kept = selection(INTERIEUR, Filtre(priorites=["priorite-port"]))
    assert kept.titre("priorite-metiers") == "Ouvrir une école de la soudure"
    assert "priorite-metiers" not in kept.elements
    assert kept.hors_document.keys() == chaine(INTERIEUR) - chaine(kept)
    assert kept.titre("jamais-vu") is None


@pytest.mark.parametrize(
    ("filtre", "priorites", "actions"),
    [
        (Filtre(cadres=["srdeii"]), {"p-srdeii", "p-autre"}, {"a-de-p-srdeii", "a-srdeii"}),
        (Filtre(cadres=["cper"]), {"p-cper"}, {"a-de-p-cper"}),
        (Filtre(cadres=["srdeii"], priorites=["p-autre"]), {"p-autre"}, {"a-srdeii"}),
        (Filtre(priorites=["p-cper"]), {"p-cper"}, {"a-de-p-cper"}),
        (Filtre(cadres=["srdeii"], priorites=["p-cper"]), set(), set()),
    ],
)
def test_a_framework_keeps_what_is_articulated_with_it_by_the_priority_or_by_the_action(
    filtre: Filtre, priorites: set[str], actions: set[str]
) -> None:
    def vers(cadre: str) -> list[dict[str, str]]:
        return [{"cadre": cadre, "nature": "coherence"}]

    edition = edition_avec(
        element("cadre", "srdeii", type="srdeii"),
        element("cadre", "cper", type="contrat"),
        element("priorite", "p-srdeii", articulations=vers("srdeii")),
        element("priorite", "p-cper", articulations=vers("cper")),
        element("priorite", "p-autre"),
        element("action", "a-de-p-srdeii", priorite="p-srdeii"),
        element("action", "a-de-p-cper", priorite="p-cper"),
        element("action", "a-srdeii", priorite="p-autre", articulations=vers("srdeii")),
        element("action", "a-rien", priorite="p-autre"),
        element("action", "a-seule"),
    )
    kept = chaine(selection(edition, filtre))
    assert kept == priorites | actions
