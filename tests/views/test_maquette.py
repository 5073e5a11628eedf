"""The financing model: what may be summed is summed to the cent, what may not stays apart, nothing written is lost."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.edition import Edition
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from smde.model.schema import EtatFinancement, Taxe
from smde.views.maquette import Maquette, Regime, contrats, maquette
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element

HT, TTC, FICTIF = Regime(False, Taxe.HT), Regime(False, Taxe.TTC), Regime(True, Taxe.HT)
LIVRABLE = element("livrable", "maquette", lecteur="Négociateurs", modele="maquette")
ETATS = [etat.name for etat in EtatFinancement]


def cout(annee: int, montant: str, poste: str = "Travaux", taxe: str = "HT", etat: str = "vote") -> dict[str, Any]:
    return {"poste": poste, "annee": str(annee), "montant": montant, "taxe": taxe, "etat": etat}


def part(financeur: str, annee: int, montant: str, etat: str = "acquis", **autres: Any) -> dict[str, Any]:
    return {"financeur": financeur, "annee": str(annee), "montant": montant, "taxe": "HT", "etat": etat, **autres}


def action(ident: str, **champs: Any) -> Any:
    return element("action", ident, **champs)


def acteurs() -> list[Any]:
    return [element("acteur", ident, type="region") for ident in ("region", "valmer", "etat")]


def avec(*actions: Any, **autres: Any) -> Edition:
    edition = edition_avec(*acteurs(), *actions, **autres)
    edition.identite.__dict__["acteur"] = "valmer"
    return edition


def de(*actions: Any) -> Maquette:
    return maquette(avec(*actions), LIVRABLE)


def test_costs_and_shares_stand_beside_each_other_year_by_year() -> None:
    found = de(
        action(
            "port",
            budget=[cout(2027, "800000"), cout(2028, "450000.50"), cout(2028, "0.25")],
            plan_financement=[part("valmer", 2027, "650000"), part("region", 2029, "600000", "sollicite")],
        )
    )
    assert found.annees == (2027, 2028, 2029)
    (depense,) = found.depenses
    assert depense.montants == (Decimal(800000), Decimal("450000.75"), Decimal(0))
    bilan = found.actions["port", HT]
    assert (bilan.cout, bilan.plan, bilan.ecart) == (Decimal("1250000.75"), Decimal(1250000), Decimal("-0.75"))
    assert (bilan.collectivite, bilan.acquis) == (Decimal(650000), Decimal(650000))


def test_what_may_not_be_summed_together_stays_apart() -> None:
    found = de(
        action(
            "port",
            budget=[cout(2027, "10"), cout(2027, "20", taxe="TTC"), cout(2027, "40", etat="illustratif")],
            plan_financement=[part("region", 2027, "10"), part("region", 2027, "40", illustratif="true")],
        ),
        action("quai", budget=[cout(2027, "5")]),
    )
    assert {r: (bilan.cout, bilan.plan) for r, bilan in found.totaux.items()} == {
        HT: (15, 10),
        TTC: (20, 0),
        FICTIF: (40, 40),
    }
    assert list(found.totaux) == [HT, TTC, FICTIF], "real amounts come first"
    assert list(found.actions) == [("port", HT), ("port", TTC), ("port", FICTIF), ("quai", HT)]
    assert [part.illustratif for part in found.parts] == [False, True]


def test_a_refused_share_is_a_line_and_no_sum() -> None:
    found = de(action("port", plan_financement=[part("etat", 2027, "90", "refuse"), part("region", 2027, "10")]))
    assert [(line.financeur, line.total) for line in found.parts] == [("etat", 90), ("region", 10)]
    assert found.actions["port", HT].plan == 10
    assert found.financeurs["etat", HT].plan == 0
    assert found.etats[HT][EtatFinancement.acquis].plan == 10


def test_the_authority_comes_first_among_those_who_pay() -> None:
    shares = [part("etat", 2027, "1"), part("region", 2027, "2"), part("valmer", 2027, "3")]
    assert [ident for ident, _ in de(action("port", plan_financement=shares)).financeurs] == [
        "valmer",
        "region",
        "etat",
    ]


def test_the_contracts_of_a_share_are_those_of_its_lines_and_no_other() -> None:
    edition = avec(
        element("cadre", "cper", type="contrat"),
        element("cadre", "feder", type="contrat"),
        action(
            "port",
            plan_financement=[
                part("etat", 2027, "1", cadre="cper"),
                part("etat", 2028, "1", cadre="cper"),
                part("etat", 2027, "1", "sollicite", cadre="feder"),
                part("region", 2027, "1"),
            ],
        ),
    )
    found = {
        (p.financeur, p.etat.name): [c.id for c in contrats(edition, p)] for p in maquette(edition, LIVRABLE).parts
    }
    assert found == {("etat", "acquis"): ["cper"], ("etat", "sollicite"): ["feder"], ("region", "acquis"): []}


@pytest.mark.parametrize(
    ("champs", "attendues"),
    [
        ({}, ["port", "quai"]),
        ({"destinataire": "region"}, ["port"]),
        ({"financeurs": ["etat"]}, ["quai"]),
        ({"cadres": ["srdeii"]}, ["quai"]),
        ({"cadres": ["srdeii"], "destinataire": "region"}, ["port", "quai"]),
    ],
)
def test_a_document_about_a_partner_or_a_framework_has_the_actions_it_is_about(
    champs: dict[str, Any], attendues: list[str]
) -> None:
    edition = avec(
        action("port", budget=[cout(2027, "1")], plan_financement=[part("region", 2027, "1")]),
        action(
            "quai",
            plan_financement=[part("etat", 2027, "1")],
            articulations=[{"cadre": "srdeii", "nature": "contribue"}],
        ),
        action("bourg", articulations=[{"cadre": "srdeii", "nature": "contribue"}]),
    )
    found = maquette(edition, LIVRABLE.model_copy(update=champs))
    assert list(dict.fromkeys(ident for ident, _ in found.actions)) == attendues, "one without amount has no line"


def test_each_edition_sums_what_it_may_announce() -> None:
    public, partenaires, interne = (maquette(edition_de(VALMER, n), LIVRABLE) for n in (PUBLIC, PARTENAIRES, INTERNE))
    assert {part.etat for part in public.parts} == {EtatFinancement.acquis}
    assert public.totaux[HT].cout == 800_000, "an estimate is not public"
    assert partenaires.totaux[HT].cout == interne.totaux[HT].cout == Decimal("1250000.50")
    assert partenaires.totaux[HT].plan == public.totaux[HT].plan == Decimal("1100000.50")
    assert interne.totaux[HT].ecart == 0


def test_an_edition_without_amounts_has_an_empty_model() -> None:
    found = de(action("port"))
    assert (found.annees, found.depenses, found.parts, found.totaux) == ((), (), (), {})


montants = st.decimals(min_value=0, max_value=10**12 - 1, places=2).map(str)
couts_tires = st.builds(
    cout, st.integers(2025, 2030), montants, st.sampled_from(["Études", "Travaux"]), st.sampled_from(["HT", "TTC"]),
    st.sampled_from(["illustratif", "estime", "vote"]),
)  # fmt: skip
parts_tirees = st.builds(
    part, st.sampled_from(["region", "valmer", "etat"]), st.integers(2025, 2030), montants, st.sampled_from(ETATS),
    illustratif=st.sampled_from(["true", "false"]), taxe=st.sampled_from(["HT", "TTC"]),
)  # fmt: skip
actions_tirees = st.lists(
    st.tuples(st.lists(couts_tires, max_size=5), st.lists(parts_tirees, max_size=6)), min_size=1, max_size=4
).map(lambda drawn: [action(f"a{n}", budget=b, plan_financement=p) for n, (b, p) in enumerate(drawn)])


@given(actions_tirees)
def test_every_cent_is_in_one_line_one_action_and_one_total(actions: list[Any]) -> None:
    found = de(*actions)
    costs = sum((line.montant for a in actions for line in a.budget), Decimal(0))
    counted = [p for a in actions for p in a.plan_financement if p.etat is not EtatFinancement.refuse]
    shares = sum((p.montant for p in counted), Decimal(0))
    own = sum((p.montant for p in counted if p.financeur == "valmer"), Decimal(0))
    assert sum((sum(line.montants) for line in found.depenses), Decimal(0)) == costs
    for bilans in (found.actions.values(), found.totaux.values()):
        assert sum((bilan.cout for bilan in bilans), Decimal(0)) == costs
        assert sum((bilan.plan for bilan in bilans), Decimal(0)) == shares
        assert sum((bilan.collectivite for bilan in bilans), Decimal(0)) == own
    assert sum((bilan.plan for bilan in found.financeurs.values()), Decimal(0)) == shares
    for table in (found.etats, found.etats_par_financeur):
        assert sum((b.plan for states in table.values() for b in states.values()), Decimal(0)) == shares  # type: ignore[attr-defined]
