"""What it costs and who pays: sums are exact, what is illustrative or refused says so, nothing unsecured is public."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from smde.model.schema import EtatCout, EtatFinancement, Financement, Taxe
from smde.views.financement import couts, croisement, croisements, par_annee, plans
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


def test_an_illustrative_amount_never_shares_a_line_nor_a_total_with_a_real_one() -> None:
    table = croisement(
        [
            part("region", 2020, 1, "acquis"),
            part("region", 2021, 1, "acquis", illustratif=True),
            part("etat", 2020, 1, "verse"),
        ]
    )
    assert [(line.financeur, line.total, line.illustratif) for line in table.lignes] == [
        ("etat", 1, False), ("region", 1, False), ("region", 1, True),
    ]  # fmt: skip
    assert [(total.montant, total.illustratif) for total in table.totaux] == [(2, False), (1, True)]


def test_real_amounts_come_first_and_illustrative_ones_on_their_own() -> None:
    shares = [part("region", 2027, 5, "a_solliciter", illustratif=True), part("etat", 2028, 3, "acquis")]
    (real, one), (illustrative, other) = croisements(shares)
    assert (real, one.annees, [line.financeur for line in one.lignes]) == (False, (2028,), ["etat"])
    assert (illustrative, other.annees, [line.financeur for line in other.lignes]) == (True, (2027,), ["region"])
    assert croisements([]) == ()
    assert [worth for worth, _ in croisements(shares[:1])] == [True]


def test_states_have_their_subtotals_year_by_year_where_there_are_several() -> None:
    table = croisement(
        [
            part("region", 2027, 10, "sollicite"),
            part("etat", 2027, 5, "acquis"),
            part("etat", 2028, 7, "acquis"),
            part("region", 2028, 90, "refuse"),
        ]
    )
    assert [(total.etat, total.montants) for total in table.etats] == [
        (EtatFinancement.sollicite, (10, 0)), (EtatFinancement.acquis, (5, 7)),
    ]  # fmt: skip
    (total,) = table.totaux
    assert (total.montants, total.montant, total.etat) == ((15, 7), 22, None)
    assert croisement([part("etat", 2027, 5, "acquis")]).etats == ()


def test_each_year_says_what_is_secured_and_what_is_not_yet() -> None:
    table = croisement(
        [part("region", 2027, 10, "sollicite"), part("etat", 2027, 5, "verse"), part("etat", 2028, 9, "refuse")]
    )
    assert [(one.annee, one.acquis, one.attendu) for one in par_annee(table, Taxe.HT)] == [(2027, 5, 10), (2028, 0, 0)]
    assert all(not one.acquis and not one.attendu for one in par_annee(table, Taxe.TTC))


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
    illustratif=st.booleans(),
)


@given(st.lists(parts, max_size=20))
def test_every_cent_is_counted_once(shares: list[Financement]) -> None:
    table = croisement(shares)
    counted = [share.montant for share in shares if share.etat is not EtatFinancement.refuse]
    assert sum((total.montant for total in table.totaux), Decimal(0)) == sum(counted, Decimal(0))
    for total in table.totaux:
        assert total.montant == sum((s.montant for s in shares if s.taxe is total.taxe
                                     and s.illustratif is total.illustratif
                                     and s.etat is not EtatFinancement.refuse), Decimal(0))  # fmt: skip
    for state in table.etats:
        assert state.montant == sum((s.montant for s in shares if (s.taxe, s.etat, s.illustratif)
                                     == (state.taxe, state.etat, state.illustratif)), Decimal(0))  # fmt: skip
    assert sum((line.total for line in table.lignes), Decimal(0)) == sum((s.montant for s in shares), Decimal(0))
    for line in table.lignes:
        assert sum(line.montants, Decimal(0)) == line.total
    for rank, annee in enumerate(table.annees):
        column = sum((line.montants[rank] for line in table.lignes), Decimal(0))
        assert column == sum((s.montant for s in shares if s.annee == annee), Decimal(0))
