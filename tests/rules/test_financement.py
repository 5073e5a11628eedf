"""Money: balance to the euro, one kind of amounts, the share of the maître d'ouvrage, aids to firms."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.dossier import Dossier
from smde.model.schema import Action
from smde.rules import plan_desequilibre

from .conftest import Fichiers

Messages = Callable[[str, Fichiers], list[str]]


def action(
    budget: Sequence[str] = (), plan: Sequence[str] = (), roles: Sequence[str] = (), suite: str = ""
) -> Fichiers:
    """A fiche action with these amounts."""
    text = "id: A-04\ntitre: Réhabiliter la halle du port\ndiffusion: public\npriorite: requalifier\n"
    for champ, lignes in (("budget", budget), ("plan_financement", plan), ("roles", roles)):
        if lignes:
            text += f"{champ}:\n" + "".join(f"  - {{{ligne}}}\n" for ligne in lignes)
    return {"schema/actions/halle.yml": text + suite}


def cout(montant: str, taxe: str = "HT", section: str = "investissement") -> str:
    return f"poste: Travaux, annee: 2026, montant: {montant}, taxe: {taxe}, section: {section}, etat: estime"


def part(financeur: str, montant: str, etat: str = "acquis", taxe: str = "HT") -> str:
    return f"financeur: {financeur}, annee: 2026, montant: {montant}, taxe: {taxe}, etat: {etat}"


@pytest.mark.parametrize(
    ("plan", "juste"),
    [("100000", True), ("100001", True), ("99999", True), ("100001.01", False), ("99998.99", False)],
)
def test_plan_and_budget_may_differ_by_one_euro_and_no_more(messages: Messages, plan: str, juste: bool) -> None:
    files = action([cout("60000.50"), cout("39999.50")], [part("metropole", plan)])
    assert (messages("plan-desequilibre", files) == []) is juste


def test_the_message_says_what_is_missing_or_in_excess(messages: Messages) -> None:
    manque = action([cout("500000")], [part("metropole", "300000"), part("region", "150000", "sollicite")])
    assert [m.replace("\u202f", " ").replace("\u00a0", " ") for m in messages("plan-desequilibre", manque)] == [
        "Le plan de financement de « Réhabiliter la halle du port » totalise 450 000 €, son budget 500 000 € : "
        "il manque 50 000 €."
    ]
    trop = action([cout("500000")], [part("metropole", "700000")])
    assert "il y a en trop 200 000 €" in messages("plan-desequilibre", trop)[0].replace("\u202f", " ").replace(
        "\u00a0", " "
    )


def test_a_refused_share_does_not_count(messages: Messages) -> None:
    refuse = [part("metropole", "300000"), part("region", "200000", "refuse")]
    assert len(messages("plan-desequilibre", action([cout("500000")], refuse))) == 1
    assert messages("plan-desequilibre", action([cout("300000")], refuse)) == []


@pytest.mark.parametrize("etat", ["a_solliciter", "sollicite", "acquis", "notifie", "conventionne", "verse"])
def test_a_share_counts_in_any_other_state(messages: Messages, etat: str) -> None:
    assert messages("plan-desequilibre", action([cout("500000")], [part("region", "500000", etat)])) == []


def test_balance_is_demanded_only_of_a_budget_and_a_plan(messages: Messages) -> None:
    assert messages("plan-desequilibre", action([cout("500000")])) == []
    assert messages("plan-desequilibre", action(plan=[part("region", "1")])) == []
    assert len(messages("plan-sans-budget", action(plan=[part("region", "1")]))) == 1


def test_a_budget_that_cannot_be_read_is_not_called_absent(messages: Messages) -> None:
    files = action([cout("beaucoup")], [part("region", "1")])
    assert messages("plan-sans-budget", files) == []
    assert messages("plan-desequilibre", files) == []


@pytest.mark.parametrize(("maturite", "demande"), [("idee", False), ("fiche_projet", False), ("fiche_action", True)])
def test_a_budget_needs_a_plan_once_the_fiche_is_ready(messages: Messages, maturite: str, demande: bool) -> None:
    files = action([cout("500000")], suite=f"maturite: {maturite}\n")
    assert bool(messages("budget-sans-plan", files)) is demande


def test_mixed_taxes_are_told_once_and_not_as_an_unbalanced_plan(messages: Messages) -> None:
    files = action([cout("500000"), cout("1", "TTC")], [part("region", "900000", taxe="TTC")])
    assert len(messages("taxes-melangees", files)) == 1
    assert messages("plan-desequilibre", files) == []


def test_a_budget_without_and_a_plan_with_tax_are_mixed(
    lieux: Callable[[str, Fichiers], list[tuple[str, int, int]]],
) -> None:
    files = action([cout("500000")], [part("region", "500000", taxe="TTC")])
    assert [line for _, line, _ in lieux("taxes-melangees", files)] == [8]


@pytest.mark.parametrize("taxe", ["HT", "TTC"])
def test_one_kind_of_amounts_is_fine_whichever_it_is(messages: Messages, taxe: str) -> None:
    files = action([cout("500000", taxe)], [part("region", "500000", taxe=taxe)])
    assert messages("taxes-melangees", files) == []


MONTANTS = st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=6)


def _dossier(budget: list[Decimal], plan: list[Decimal], refuse: list[Decimal]) -> Dossier:
    lignes = [
        {"poste": "Travaux", "annee": "2026", "montant": f"{m:.2f}", "taxe": "HT", "etat": "estime"} for m in budget
    ]
    parts = [
        {"financeur": "region", "annee": "2026", "montant": f"{montant:.2f}", "taxe": "HT", "etat": etat}
        for etat, montants in (("acquis", plan), ("refuse", refuse))
        for montant in montants
    ]
    action = Action.model_validate({"id": "A", "titre": "Halle", "budget": lignes, "plan_financement": parts})
    return cast(Dossier, SimpleNamespace(tous=lambda classe: [action], broken={}))


@given(MONTANTS, MONTANTS, MONTANTS)
def test_a_plan_is_judged_by_its_total_alone(budget: list[Decimal], plan: list[Decimal], refuse: list[Decimal]) -> None:
    ecart = abs(sum(plan, Decimal()) - sum(budget, Decimal()))
    assert bool(list(plan_desequilibre.check(_dossier(budget, plan, refuse)))) is (ecart > 1)


@given(MONTANTS, st.permutations(range(6)))
def test_the_same_amounts_in_any_order_balance(montants: list[Decimal], ordre: list[int]) -> None:
    plan = [montants[rang] for rang in ordre if rang < len(montants)]
    assert list(plan_desequilibre.check(_dossier(montants, plan, []))) == []


PORTEUR = "acteur: metropole, role: maitre_ouvrage, statut: accepte, principal: true"


def partage(propre: str, autre: str, financeur: str = "region", porteur: str = PORTEUR, **options: str) -> Fichiers:
    """A plan shared between the maître d'ouvrage and another funder."""
    section = options.get("section", "investissement")
    total = str(Decimal(propre) + Decimal(autre))
    plan = [part("metropole", propre), part(financeur, autre, options.get("etat", "sollicite"))]
    return action([cout(total, section=section)], plan, [porteur])


@pytest.mark.parametrize(("propre", "juste"), [("20000", True), ("19999.99", False), ("100000", True), ("0", False)])
def test_the_maitre_ouvrage_brings_a_fifth_of_the_public_money(messages: Messages, propre: str, juste: bool) -> None:
    autre = str(Decimal(100000) - Decimal(propre))
    assert (messages("autofinancement-faible", partage(propre, autre)) == []) is juste


def test_private_money_is_not_counted(messages: Messages) -> None:
    assert messages("autofinancement-faible", partage("10000", "90000", "atelier")) == []
    assert len(messages("autofinancement-faible", partage("10000", "90000", "etat"))) == 1


def test_a_refused_share_does_not_lower_the_share_of_the_maitre_ouvrage(messages: Messages) -> None:
    assert messages("autofinancement-faible", partage("10000", "90000", etat="refuse")) == []


def test_running_costs_have_no_legal_minimum(messages: Messages) -> None:
    assert messages("autofinancement-faible", partage("10000", "90000", section="fonctionnement")) == []


def test_the_minimum_binds_local_authorities_only(messages: Messages) -> None:
    atelier = PORTEUR.replace("metropole", "atelier")
    assert messages("autofinancement-faible", partage("10000", "90000", porteur=atelier)) == []
    assert (
        messages("autofinancement-faible", partage("10000", "90000", porteur=PORTEUR.replace("metropole", "cci"))) == []
    )


def test_the_only_maitre_ouvrage_is_the_principal_one_and_without_any_nothing_is_said(messages: Messages) -> None:
    seul = PORTEUR.replace(", principal: true", "")
    assert len(messages("autofinancement-faible", partage("10000", "90000", porteur=seul))) == 1
    pilote = "acteur: metropole, role: pilote, statut: accepte"
    assert messages("autofinancement-faible", partage("10000", "90000", porteur=pilote)) == []


def aide(suite: str) -> Fichiers:
    return action(suite="aide_entreprise: true\n" + suite)


def test_an_aid_to_firms_needs_a_convention_unless_it_is_real_estate(messages: Messages) -> None:
    assert len(messages("aide-sans-convention", aide(""))) == 1
    assert messages("aide-sans-convention", aide("convention_region: convention-region\n")) == []
    assert messages("aide-sans-convention", aide("immobilier: true\n")) == []
    assert messages("aide-sans-convention", action()) == []


def test_a_scheme_is_no_convention(messages: Messages) -> None:
    assert messages("aide-sans-convention", aide("convention_region: srdeii\n")) == [
        "L'action « Réhabiliter la halle du port » aide des entreprises, mais « Schéma régional de développement "
        "économique » n'est pas une convention (CGCT L1511-2)."
    ]


@pytest.mark.parametrize(
    ("lien", "juste"),
    [
        ("cadre: srdeii, nature: compatible", True),
        ("cadre: srdeii, nature: contribue", False),
        ("cadre: convention-region, nature: compatible", False),
    ],
)
def test_an_aid_says_with_which_regional_scheme_it_is_compatible(messages: Messages, lien: str, juste: bool) -> None:
    assert (messages("aide-sans-compatibilite", aide(f"articulations: [{{{lien}}}]\n")) == []) is juste
