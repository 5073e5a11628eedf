"""Amounts are summed apart with and without tax, and say what they are worth."""

from typing import Any

import pytest

from smde.model.champ import PARTENAIRES
from smde.model.schema import Action
from tests.conftest import VALMER
from tests.mots.lecture import INTERIEUR, NOMS, cases, lignes
from tests.rendu import edition_avec, edition_de, element, mots

FRICHE = INTERIEUR.element("action-requalifier-friches", Action)


def test_costs_end_with_their_total_worth_no_more_than_the_least_firm() -> None:
    assert cases(NOMS["lignes_budget"](FRICHE.budget)) == [
        ["Dépollution (investissement)", "2021", "800 000 € HT", "Voté"],
        ["Voirie et réseaux (investissement)", "2022", "450 000,50 € HT", "Estimé"],
        ["Total", "", "1 250 000,50 € HT", "Estimé"],
    ]


def ligne(montant: int, etat: str = "vote", taxe: str = "HT") -> dict[str, str]:
    return {"poste": "Étude", "annee": "2020", "montant": str(montant), "taxe": taxe, "etat": etat}


@pytest.mark.parametrize(
    ("budget", "last"),
    [
        ([ligne(10)], ["Étude", "2020", "10 € HT", "Voté"]),
        ([ligne(10), ligne(5, "illustratif")], ["Total", "", "15 € HT", "Montant illustratif"]),
        ([ligne(10), ligne(5, taxe="TTC")], ["Étude", "2020", "5 € TTC", "Voté"]),
    ],
)
def test_a_single_cost_has_no_total_nor_have_costs_with_and_without_tax(
    budget: list[dict[str, str]], last: list[str]
) -> None:
    assert cases(NOMS["lignes_budget"](element("action", "a", budget=budget).budget))[-1] == last


def test_a_share_says_its_state_its_contract_and_whether_it_is_illustrative() -> None:
    assert cases(NOMS["lignes_financement"](FRICHE.plan_financement)) == [
        ["Valmer métropole", "2021", "650 000 € HT", "Acquis"],
        [
            "Région Littoral",
            "2021",
            "150 000 € HT",
            "Sollicité, au titre de : Convention sur les aides aux entreprises",
        ],
        ["Valmer métropole", "2022", "450 000,50 € HT", "Acquis"],
    ]
    share = {
        "financeur": "region",
        "annee": "2020",
        "montant": "5",
        "taxe": "TTC",
        "etat": "a_solliciter",
        "illustratif": "true",
    }
    action = element("action", "a", plan_financement=[share])
    assert cases(NOMS["lignes_financement"](action.plan_financement)) == [
        ["Région Littoral", "2020", "5 € TTC", "À solliciter (montant illustratif)"]
    ]


def test_partners_see_no_more_than_they_may() -> None:
    partenaires = edition_de(VALMER, PARTENAIRES)
    action = partenaires.element("action-requalifier-friches", Action)
    words = mots(partenaires).noms()
    assert [row[0] for row in cases(words["lignes_financement"](action.plan_financement))] == ["Valmer métropole"] * 2
    assert len(cases(words["lignes_budget"](action.budget))) == 3


def action(ident: str, **ligne: str) -> Any:
    budget = {"poste": "p", "annee": "2020", "montant": "10", "taxe": "HT", "etat": "vote", **ligne}
    return element("action", ident, budget=[budget])


def test_costs_are_summed_apart_real_and_illustrative_with_and_without_tax() -> None:
    edition = edition_avec(action("a"), action("b", montant="2.50", etat="illustratif"), action("c", taxe="TTC"))
    assert lignes(edition, "lignes_couts", mots(edition).noms()["couts"]()) == [
        ["a", "10 € HT", "Voté"],
        ["b", "2,50 € HT", "Montant illustratif"],
        ["c", "10 € TTC", "Voté"],
        ["Total", "10 € HT", "Voté"],
        ["Total", "10 € TTC", "Voté"],
        ["Total", "2,50 € HT", "Montant illustratif"],
    ]
    assert lignes(edition, "lignes_couts", []) == []


def test_shares_are_crossed_by_year_and_say_when_they_are_illustrative() -> None:
    words = mots(INTERIEUR).noms()
    table = words["croisement"](words["plans"](words["couts"]()))
    assert words["entetes_croisement"](table) == ["Financeur", "État", "2021", "2022", "Total"]
    assert words["numeros_croisement"](table) == [2, 3, 4]
    assert lignes(INTERIEUR, "lignes_croisement", table) == [
        ["Région Littoral", "Sollicité", "150 000 €", "–", "150 000 € HT"],
        ["Valmer métropole", "Acquis", "650 000 €", "450 000,50 €", "1 100 000,50 € HT"],
        ["Sous-total", "Sollicité", "150 000 €", "–", "150 000 € HT"],
        ["Sous-total", "Acquis", "650 000 €", "450 000,50 €", "1 100 000,50 € HT"],
        ["Total", "Tous états", "800 000 €", "450 000,50 €", "1 250 000,50 € HT"],
    ]
    share = {
        "financeur": "region",
        "annee": "2020",
        "montant": "5",
        "taxe": "HT",
        "etat": "acquis",
        "illustratif": "true",
    }
    edition = edition_avec(element("acteur", "region", type="region"), element("action", "a", plan_financement=[share]))
    words = mots(edition).noms()
    table = words["croisement"](words["plans"](words["couts"]()))
    assert lignes(edition, "lignes_croisement", table) == [
        ["region", "Acquis (montant illustratif)", "5 €", "5 € HT"],
        ["Total", "Tous états (montant illustratif)", "5 €", "5 € HT"],
    ]


def test_a_refused_share_is_told_and_left_out_of_the_total() -> None:
    shares = [
        {"financeur": "region", "annee": "2027", "montant": "60", "taxe": "HT", "etat": "refuse"},
        {"financeur": "region", "annee": "2028", "montant": "40", "taxe": "HT", "etat": "notifie"},
    ]
    edition = edition_avec(element("acteur", "region", type="region"), element("action", "a", plan_financement=shares))
    words = mots(edition).noms()
    ((illustratif, table),) = words["croisements"](words["plans"](words["couts"]()))
    assert not illustratif
    assert lignes(edition, "lignes_croisement", table) == [
        ["region", "Notifié", "–", "40 €", "40 € HT"],
        ["region", "Refusé", "60 €", "–", "60 € HT"],
        ["Total hors refus", "Tous états", "–", "40 €", "40 € HT"],
    ]


def test_totals_say_how_many_actions_bear_amounts_of_each_worth_the_firmest_first() -> None:
    budgets = [[ligne(10), ligne(5, "illustratif")], [ligne(7)], [ligne(3, taxe="TTC")], []]
    actions = [element("action", f"a{rank}", budget=budget) for rank, budget in enumerate(budgets)]
    edition = edition_avec(*actions)
    assert lignes(edition, "lignes_totaux", mots(edition).noms()["couts"]()) == [
        ["Voté", "2 actions", "17 € HT"],
        ["Voté", "1 action", "3 € TTC"],
        ["Montant illustratif", "1 action", "5 € HT"],
    ]
    assert lignes(edition_avec(), "lignes_totaux", []) == []
