"""Periods, at the grain each is given in: where they begin, end, stand on an axis, and which comes first."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.periodes import bornes, chronologie, dans_mois, jour, milieu, mois_entre

ANNEES = st.integers(1, 9999)


@pytest.mark.parametrize(
    ("periode", "debut", "fin"),
    [
        ("2020", (2020, 1, 1), (2020, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("2021-02", (2021, 2, 1), (2021, 2, 28)),
        ("2020-06-30", (2020, 6, 30), (2020, 6, 30)),
        ("2015-T1", (2015, 1, 1), (2015, 3, 31)),
        ("2015-T2", (2015, 4, 1), (2015, 6, 30)),
        ("2015-T3", (2015, 7, 1), (2015, 9, 30)),
        ("2015-T4", (2015, 10, 1), (2015, 12, 31)),
        ("2015-S1", (2015, 1, 1), (2015, 6, 30)),
        ("2015-S2", (2015, 7, 1), (2015, 12, 31)),
        ("2009-2010", (2009, 1, 1), (2010, 12, 31)),
        ("0000", (0, 1, 1), (0, 12, 31)),
        ("0000-02", (0, 2, 1), (0, 2, 28)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(
    periode: str, debut: tuple[int, int, int], fin: tuple[int, int, int]
) -> None:
    assert bornes(periode) == (debut, fin)


@given(ANNEES, st.integers(1, 12))
def test_quarters_and_semesters_end_with_their_last_month(annee: int, mois: int) -> None:
    month, quarter = bornes(f"{annee:04}-{mois:02}"), bornes(f"{annee:04}-T{(mois + 2) // 3}")
    semester, year = bornes(f"{annee:04}-S{(mois + 5) // 6}"), bornes(f"{annee:04}")
    for inner, outer in ((month, quarter), (quarter, semester), (semester, year)):
        assert outer[0] <= inner[0] <= inner[1] <= outer[1]
    assert month[1][2] == monthrange(annee, mois)[1]


@pytest.mark.parametrize(
    ("periode", "middle"),
    [
        ("2015", 2015.5),
        ("2015-T1", 2015.125),
        ("2015-T4", 2015.875),
        ("2015-S2", 2015.75),
        ("2015-01", 2015 + 1 / 24),
        ("2015-02", 2015 + 3 / 24),
        ("2009-2010", 2010),
        ("2015-01-01", 2015 + 1 / 744),
        ("2015-12-31", 2016 - 1 / 744),
        ("0000-02", 3 / 24),
    ],
)
def test_a_period_stands_at_its_middle_on_an_axis(periode: str, middle: float) -> None:
    assert milieu(periode) == pytest.approx(middle)


@given(st.dates(date(1, 1, 1)), st.dates(date(1, 1, 1)))
def test_days_stand_on_an_axis_in_the_order_of_time(one: date, other: date) -> None:
    first, second = sorted((one, other))
    before, after = milieu(first.isoformat()), milieu(second.isoformat())
    assert (before < after) if first < second else (before == after)


@given(ANNEES, st.integers(1, 12))
def test_a_period_stands_between_its_first_and_its_last_day(annee: int, mois: int) -> None:
    for periode in (f"{annee:04}-{mois:02}", f"{annee:04}-T{(mois + 2) // 3}", f"{annee:04}"):
        first, last = (milieu(f"{year:04}-{month:02}-{day:02}") for year, month, day in bornes(periode))
        assert first < milieu(periode) < last


def test_periods_are_sorted_by_start_then_the_shorter_first() -> None:
    periodes = ["2016", "2015-12-31", "2015", "2015-T2", "2014-2015", "2015-01", "2015-S1", "2015-04", "2015-04-02"]
    assert sorted(periodes, key=chronologie) == [
        "2014-2015", "2015-01", "2015-S1", "2015", "2015-04", "2015-T2", "2015-04-02", "2015-12-31", "2016",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("debut", "fin", "mois"),
    [
        ((2022, 12, 31), (2024, 6, 20), 17),
        ((2022, 12, 20), (2024, 6, 20), 18),
        ((2024, 6, 20), (2024, 6, 20), 0),
        ((2024, 6, 21), (2024, 6, 20), -1),
    ],
)
def test_months_are_counted_whole(debut: tuple[int, int, int], fin: tuple[int, int, int], mois: int) -> None:
    assert mois_entre(debut, fin) == mois
    assert mois_entre(jour(date(*debut)), jour(date(*fin))) == mois


@pytest.mark.parametrize(
    ("debut", "mois", "fin"),
    [
        ((2023, 4, 7), 6, (2023, 10, 7)),
        ((2023, 8, 31), 6, (2024, 2, 29)),
        ((2022, 8, 31), 6, (2023, 2, 28)),
        ((2024, 12, 31), 1, (2025, 1, 31)),
        ((2024, 1, 15), 0, (2024, 1, 15)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    debut: tuple[int, int, int], mois: int, fin: tuple[int, int, int]
) -> None:
    assert dans_mois(debut, mois) == fin


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_the_months_added_are_the_months_counted(debut: date, mois: int) -> None:
    fin = dans_mois(jour(debut), mois)
    assert date(*fin) >= debut
    assert mois_entre(jour(debut), fin) == mois - (fin[2] < debut.day)
