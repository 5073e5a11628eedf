"""What it costs and who pays: sums are exact, what is illustrative or refused says so, nothing unsecured is public."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from smde.model.schema import EtatCout, EtatFinancement, Financement, Taxe
from smde.views.financement import couts, croisement, plans
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element


def test_an_edition_knows_the_costs_and_the_shares_it_may_announce() -> None:
    public, partenaires, interne = (couts(edition_de(VALMER, niveau))[0] for niveau in (PUBLIC, PARTENAIRES, INTERNE))
    assert [line.etat for line in public.budget] == [EtatCout.vote]
    assert public.total == Decimal(800000)
    assert partenaires.total == interne.total == Decimal("1250000.50")
    assert {share.etat for share in public.plan} == {EtatFinancement.acquis}
    assert len(interne.plan) == 3


def test_shares_are_summed_by_funder_state_and_year() -> None:
    table = croisement(plans(couts(edition_de(VALMER, INTERNE))))
    assert table.annees == (2021, 2022)
    assert [(part.financeur, part.etat.name, part.montants, part.total) for part in table.lignes] == [
        ("region", "sollicite", (Decimal(150000), Decimal(0)), Decimal(150000)),
        ("valmer-metropole", "acquis", (Decimal(650000), Decimal("450000.50")), Decimal("1100000.50")),
    ]
    assert [(total.taxe, total.montant, total.illustratif) for total in table.totaux] == [
        (Taxe.HT, Decimal("1250000.50"), False)
    ]


def test_a_refused_share_is_shown_and_not_counted() -> None:
    table = croisement([part("region", 2020, 100, "refuse"), part("etat", 2020, 40, "acquis")])
    assert [(line.financeur, line.total) for line in table.lignes] == [("etat", 40), ("region", 100)]
    assert [total.montant for total in table.totaux] == [40]


def test_one_illustrative_amount_makes_its_line_illustrative() -> None:
    table = croisement(
        [
            part("region", 2020, 1, "acquis"),
            part("region", 2021, 1, "acquis", illustratif=True),
            part("etat", 2020, 1, "verse"),
        ]
    )
    assert [(line.financeur, line.illustratif) for line in table.lignes] == [("etat", False), ("region", True)]


def test_an_action_without_amount_has_no_cost() -> None:
    assert couts(edition_avec(element("action", "a"))) == ()
    assert croisement([]).lignes == ()
    assert croisement([]).totaux == ()


def test_amounts_with_tax_are_never_summed_with_those_without() -> None:
    table = croisement([part("etat", 2020, 10, "acquis"), part("etat", 2020, 12, "acquis", taxe=Taxe.TTC)])
    assert [(line.taxe, line.total) for line in table.lignes] == [(Taxe.HT, 10), (Taxe.TTC, 12)]
    assert [(total.taxe, total.montant) for total in table.totaux] == [(Taxe.HT, 10), (Taxe.TTC, 12)]


def part(
    financeur: str, annee: int, montant: int | Decimal, etat: str, taxe: Taxe = Taxe.HT, *, illustratif: bool = False
) -> Financement:
    return Financement(
        financeur=financeur, annee=annee, montant=Decimal(montant), taxe=taxe, etat=EtatFinancement[etat],
        illustratif=illustratif,
    )  # fmt: skip


parts = st.builds(
    part,
    st.sampled_from(["etat", "region", "metropole"]),
    st.integers(2020, 2024),
    st.decimals(0, 10**9, places=2),
    st.sampled_from(list(EtatFinancement.__members__)),
    st.sampled_from(Taxe),
)


@given(st.lists(parts, max_size=20))
def test_every_cent_is_counted_once(shares: list[Financement]) -> None:
    table = croisement(shares)
    counted = [share.montant for share in shares if share.etat is not EtatFinancement.refuse]
    assert sum((total.montant for total in table.totaux), Decimal(0)) == sum(counted, Decimal(0))
    for total in table.totaux:
        assert total.montant == sum((s.montant for s in shares if s.taxe is total.taxe
                                     and s.etat is not EtatFinancement.refuse), Decimal(0))  # fmt: skip
    assert sum((line.total for line in table.lignes), Decimal(0)) == sum((s.montant for s in shares), Decimal(0))
    for line in table.lignes:
        assert sum(line.montants, Decimal(0)) == line.total
    for rank, annee in enumerate(table.annees):
        column = sum((line.montants[rank] for line in table.lignes), Decimal(0))
        assert column == sum((s.montant for s in shares if s.annee == annee), Decimal(0))
