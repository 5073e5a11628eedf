"""What is put on the table: nothing tied to the partner is forgotten, what nothing answers is said, sums are exact."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.model.cadres import Cadre, NatureLien
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from smde.model.element import Element
from smde.model.schema import EtatFinancement, Taxe
from smde.views.negociation import Plan, alignement, concernes, conventions, demandes, plan, sources
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element

INTERIEUR = edition_de(VALMER, INTERNE)
FRICHE = INTERIEUR.elements["action-requalifier-friches"]


def action(ident: str, **champs: Any) -> Any:
    return element("action", ident, **champs)


def part(financeur: str, annee: int, montant: int, etat: str = "acquis", **autres: str) -> dict[str, str]:
    found = {"financeur": financeur, "annee": str(annee), "montant": str(montant), "taxe": "HT", "etat": etat}
    return {**found, **autres}


def test_what_is_tied_to_a_framework_or_to_a_partner_is_on_the_table() -> None:
    lien = [{"cadre": "srdeii", "nature": "contribue"}]
    edition = edition_avec(
        element("priorite", "port"),
        element("priorite", "accueil", articulations=lien),
        element("priorite", "loin"),
        action("articulee", articulations=lien),
        action("negociee", priorite="port", negociations=[{"avec": ["region"], "demande": "Un tiers"}]),
        action("financee", plan_financement=[part("region", 2027, 10)]),
        action("ailleurs", plan_financement=[part("etat", 2027, 10)]),
        element("moyen", "agent", nature="humain", actions=["negociee"]),
        element("moyen", "local", nature="foncier", actions=["ailleurs"]),
    )
    table = concernes(edition, ["srdeii"], ["region"])
    assert [found.id for found in table.actions] == ["articulee", "negociee", "financee"]
    assert [found.id for found in table.priorites] == ["port", "accueil"]
    assert [found.id for found in table.moyens] == ["agent"]


def test_real_and_illustrative_shares_have_neither_a_line_nor_a_total_in_common() -> None:
    shares = [part("region", 2027, 10), part("region", 2028, 5, illustratif="true"), part("etat", 2027, 1)]
    found = plan(edition_avec(), [action("port", plan_financement=shares)])
    assert [(line.financeur, line.total, line.illustratif) for line in found.lignes] == [
        ("region", 10, False),
        ("region", 5, True),
        ("etat", 1, False),
    ]
    assert [(total.total, total.illustratif) for total in found.totaux] == [(11, False), (5, True)]


def test_without_framework_nor_partner_nothing_is_on_the_table() -> None:
    assert concernes(INTERIEUR, [], []).actions == ()


def test_each_orientation_is_answered_by_nature_of_link_and_one_that_nothing_answers_has_its_line() -> None:
    cadre = element(
        "cadre", "s3", type="s3", orientations=[{"code": "MER", "titre": "Mer"}, {"code": "SOL", "titre": "Sol"}]
    )

    def lien(nature: str, code: str | None = None) -> list[dict[str, str]]:
        return [{"cadre": "s3", "nature": nature, **({"orientation": code} if code else {})}]

    edition = edition_avec(
        cadre,
        action("a", articulations=lien("contribue", "MER")),
        action("b", articulations=lien("compatible", "MER")),
        action("c", articulations=lien("contribue", "MER")),
        action("d", articulations=lien("finance")),
    )
    rows = [
        (
            reponse.orientation.code if reponse.orientation else None,
            reponse.nature,
            [linked.id for linked, _ in reponse.elements],
        )
        for reponse in alignement(edition, cadre)
    ]
    assert rows == [
        ("MER", NatureLien.compatible, ["b"]),
        ("MER", NatureLien.contribue, ["a", "c"]),
        ("SOL", None, []),
        (None, NatureLien.finance, ["d"]),
    ]


def test_a_request_reaches_its_partner_and_one_without_partner_reaches_everybody() -> None:
    edition = edition_avec(
        action("a", negociations=[{"avec": ["region"], "demande": "Un"}, {"avec": ["etat"], "demande": "Deux"}]),
        action("b", negociations=[{"demande": "Trois"}]),
    )
    assert [found.negociation.demande for found in demandes(edition, ["region"])] == ["Un", "Trois"]
    assert [found.negociation.demande for found in demandes(edition, [])] == ["Un", "Deux", "Trois"]


def test_partners_read_a_request_once_it_is_settled_and_never_the_fallback() -> None:
    assert demandes(edition_de(VALMER, PUBLIC), ["region"]) == ()
    assert demandes(edition_de(VALMER, PARTENAIRES), ["region"]) == ()
    (told,) = demandes(INTERIEUR, ["region"])
    assert told.negociation.repli == "Une avance remboursable."


@pytest.mark.parametrize(
    ("dates", "en_vigueur"),
    [
        ({}, True),
        ({"debut": "2025", "fin": "2027"}, True),
        ({"fin": "2026-11-22"}, True),
        ({"fin": "2026-10"}, False),
        ({"debut": "2027"}, False),
        ({"remplace_par": "suivante"}, False),
    ],
)
def test_an_agreement_counts_on_the_day_of_the_version(dates: dict[str, str], en_vigueur: bool) -> None:
    cadre = element("cadre", "aides", type="convention", **dates)
    fiche = action("a", aide_entreprise="true", convention_region="aides")
    (needed,) = conventions(edition_avec(cadre, fiche), [fiche])
    assert (needed.article, needed.cadre, needed.en_vigueur) == ("L1511-2", cadre, en_vigueur)


def test_aid_and_property_each_ask_for_their_agreement_and_the_rest_for_none() -> None:
    both = action("a", aide_entreprise="true", immobilier="true")
    found = conventions(edition_avec(both), [both, action("b")])
    assert [(needed.action.id, needed.article, needed.cadre) for needed in found] == [
        ("a", "L1511-2", None),
        ("a", "L1511-3", None),
    ]


def test_shares_are_given_by_action_funder_state_and_year_with_what_the_authority_brings() -> None:
    table = plan(INTERIEUR, [FRICHE])  # type: ignore[list-item]
    assert table.annees == (2021, 2022)
    assert [(row.financeur, row.etat.name, row.montants, row.total) for row in table.lignes] == [
        ("valmer-metropole", "acquis", (Decimal(650000), Decimal("450000.50")), Decimal("1100000.50")),
        ("region", "sollicite", (Decimal(150000), Decimal(0)), Decimal(150000)),
    ]
    (total,) = table.totaux
    assert (total.total, total.collectivite) == (Decimal("1250000.50"), Decimal("1100000.50"))
    assert total.montants == (Decimal(800000), Decimal("450000.50"))


def test_a_refused_share_is_shown_and_not_counted_and_tax_regimes_are_apart() -> None:
    fiche = action(
        "a",
        plan_financement=[part("region", 2027, 10, "refuse"), part("etat", 2027, 4), part("etat", 2028, 6, taxe="TTC")],
    )
    table = plan(edition_avec(fiche), [fiche])
    assert len(table.lignes) == 3
    assert [(total.taxe, total.total) for total in table.totaux] == [(Taxe.HT, 4), (Taxe.TTC, 6)]


def test_without_share_there_is_no_plan() -> None:
    assert plan(INTERIEUR, [action("a")]) == Plan((), (), ())


PARTS = st.builds(
    part,
    st.sampled_from(["region", "etat", "valmer-metropole"]),
    st.integers(2025, 2028),
    st.integers(0, 10**6),
    st.sampled_from(list(EtatFinancement.__members__)),
    taxe=st.sampled_from(["HT", "TTC"]),
)


@given(st.lists(st.lists(PARTS, max_size=5), max_size=4))
def test_totals_are_the_sums_of_their_lines_and_of_what_was_typed(plans: list[list[dict[str, str]]]) -> None:
    fiches = [action(f"a{rank}", plan_financement=shares) for rank, shares in enumerate(plans)]
    table = plan(edition_avec(*fiches), fiches)
    for total in table.totaux:
        typed = [share for shares in plans for share in shares if share["taxe"] == total.taxe.value]
        counted = [Decimal(share["montant"]) for share in typed if share["etat"] != "refuse"]
        assert total.total == sum(counted) == sum(total.montants)
    assert sum(row.total for row in table.lignes) == sum(Decimal(s["montant"]) for shares in plans for s in shares)


def test_sources_are_those_of_the_evidence_below_and_no_others() -> None:
    named = {source.id for source in sources(INTERIEUR, [FRICHE])}
    assert "inventaire-friches" in named
    nothing: list[Element] = [element("moyen", "seul", nature="humain")]
    assert sources(INTERIEUR, nothing) == ()


def test_a_framework_of_the_dossier_has_every_orientation_in_its_alignment() -> None:
    srdeii = INTERIEUR.element("srdeii", Cadre)
    answered = [reponse.orientation.code for reponse in alignement(INTERIEUR, srdeii) if reponse.orientation]
    assert answered == ["reconversion", "reconversion"]
