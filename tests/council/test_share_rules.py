"""Who pays what, to the cent."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.council.rules.shares import (
    Basis,
    Sharer,
    cents_of,
    coefficient,
    coefficients_typed,
    divided,
    hundredths,
    shares,
    weight,
    yuan,
)

FLOORS = {1: Decimal(0), 2: Decimal("0.5"), 3: Decimal(1), 6: Decimal("1.3")}
sharers = st.lists(
    st.builds(
        Sharer,
        st.integers(1, 50_000),
        st.integers(1, 33),
        st.decimals(0, 10, places=2, allow_nan=False),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=80,
)
totals = st.integers(0, 10**10)
bases = st.sampled_from(Basis)


def test_a_cent_that_is_left_goes_to_the_first_of_the_register() -> None:
    assert shares(100_00, [Sharer(50_00)] * 3, Basis.EQUAL) == [33_34, 33_33, 33_33]
    assert shares(200_00, [Sharer(50_00)] * 3, Basis.EQUAL) == [66_67, 66_67, 66_66]


def test_by_area_who_has_more_pays_more() -> None:
    flats = [Sharer(89_50), Sharer(60_25), Sharer(60_25)]

    assert shares(1000_00, flats, Basis.AREA) == [426_19, 286_91, 286_90]


def test_by_floor_the_table_says_how_much() -> None:
    flats = [Sharer(80_00, floor) for floor in (1, 2, 3, 5, 7)]

    assert shares(380_00, flats, Basis.FLOOR, floors=FLOORS) == [0, 50_00, 100_00, 100_00, 130_00]


def test_below_the_first_step_of_the_table_nothing_is_paid() -> None:
    assert coefficient(-1, FLOORS) == 0
    assert coefficient(6, FLOORS) == Decimal("1.3")


def test_who_is_exempt_is_carried_by_the_others() -> None:
    flats = [Sharer(80_00), Sharer(80_00, exempt=50), Sharer(80_00, exempt=100)]

    assert shares(300_00, flats, Basis.EQUAL) == [200_00, 100_00, 0]


def test_where_nobody_carries_anything_it_cannot_be_shared() -> None:
    assert shares(100_00, [Sharer(80_00, exempt=100)], Basis.EQUAL) == []


@given(totals, sharers, bases)
def test_the_sum_is_the_total_to_the_cent(total: int, all_: list[Sharer], basis: Basis) -> None:
    paid = shares(total, all_, basis, floors=FLOORS)

    assert not paid or sum(paid) == total


@given(totals, sharers, bases)
def test_nobody_is_a_cent_away_from_their_exact_share(
    total: int, all_: list[Sharer], basis: Basis
) -> None:
    weights = [weight(one, basis, FLOORS) for one in all_]

    for paid, one in zip(shares(total, all_, basis, floors=FLOORS), weights, strict=False):
        assert abs(paid - total * one / sum(weights)) < 1


@given(totals, sharers, bases)
def test_who_carries_nothing_pays_nothing(total: int, all_: list[Sharer], basis: Basis) -> None:
    paid = shares(total, all_, basis, floors=FLOORS)

    weights = [weight(one, basis, FLOORS) for one in all_]
    assert all(cents == 0 for cents, w in zip(paid, weights, strict=False) if not w)


@given(totals, st.lists(st.integers(1, 1000), min_size=2, max_size=40))
def test_who_carries_more_never_pays_less(total: int, weights: list[int]) -> None:
    paid = divided(total, weights)

    pairs = sorted(zip(weights, paid, strict=True), key=lambda pair: pair[0])
    assert all(b >= a for (w, a), (v, b) in pairwise(pairs) if w < v)


@given(totals, st.lists(st.fractions(0, 10), min_size=1, max_size=40), st.integers(1, 99))
def test_the_shares_do_not_change_with_the_unit_of_the_weights(
    total: int, weights: list[Fraction], times: int
) -> None:
    assert divided(total, weights) == divided(total, [one * times for one in weights])


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("12", 12_00),
        ("12.5", 12_50),
        (" ¥1,234.56 ", 1234_56),
        ("88.100元", 88_10),
        ("12.345", None),
        ("-3", None),
        ("1e3", None),
        ("十二", None),
        ("", None),
        ("12.x", None),
    ],
)
def test_an_amount_is_read_as_somebody_writes_it(written: str, cents: int | None) -> None:
    assert cents_of(written) == cents


@given(st.integers(0, 10**12))
def test_an_amount_reads_as_it_is_written(cents: int) -> None:
    assert cents_of(yuan(cents)) == cents
    assert hundredths(yuan(cents)) == cents


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1，0\n2，0.5\n3，1", {1: 0, 2: 50, 3: 1_00}),
        ("-1:0.8； 2: 1.25", {-1: 80, 2: 1_25}),
        ("", {}),
        ("二层，1", None),
        ("2", None),
        ("2，半", None),
    ],
)
def test_coefficients_are_read_line_by_line(typed: str, read: dict[int, int] | None) -> None:
    assert coefficients_typed(typed) == read
