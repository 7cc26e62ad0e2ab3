"""Erlang's formulas: the values of the books, and what must hold for any hall."""

from fractions import Fraction
from math import exp, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.erlang import (
    impatient,
    mean_wait,
    servers_for,
    share_waiting,
    share_within,
    wait_of,
)

windows = st.integers(1, 60)
shares_busy = st.floats(0.05, 0.97)
rates = st.floats(0.05, 20.0)


@pytest.mark.parametrize(
    ("servers", "load", "waiting", "mean"),
    [
        (1, 0.8, 0.8, 4.0),
        (2, 1.6, 0.711111, 1.777778),
        (3, 2.4, 0.647191, 1.078652),
        (5, 4.0, 0.554113, 0.554113),
        (20, 18.0, 0.550769, 0.275385),
    ],
)
def test_erlang_c_to_six_digits(servers: int, load: float, waiting: float, mean: float) -> None:
    assert share_waiting(servers, load) == pytest.approx(waiting, abs=5e-7)
    assert mean_wait(servers, load) == pytest.approx(mean, abs=5e-7)


@pytest.mark.parametrize(
    ("servers", "load", "leaving", "waiting", "lost", "mean"),
    [
        (10, 9.0, 0.5, 0.468942, 0.067012, 0.134023),
        (100, 100.0, 1.0, 0.513299, 0.039861, 0.039861),
    ],
)
def test_erlang_a_to_six_digits(
    servers: int, load: float, leaving: float, waiting: float, lost: float, mean: float
) -> None:
    found = impatient(servers, load, leaving)

    assert found.waiting == pytest.approx(waiting, abs=5e-7)
    assert found.leaving == pytest.approx(lost, abs=5e-7)
    assert found.mean == pytest.approx(mean, abs=5e-7)


def test_fifty_agents_and_forty_eight_calls_a_minute() -> None:
    patient_mean, patient_p90 = mean_wait(50, 48.0), wait_of(0.9, 50, 48.0)
    leaving_after_two_minutes = impatient(50, 48.0, 0.5)

    assert 60 * patient_mean == pytest.approx(20.83, abs=0.005)
    assert 60 * patient_p90 == pytest.approx(58.1, abs=0.05)
    assert 100 * leaving_after_two_minutes.leaving == pytest.approx(3.09, abs=0.005)
    assert 60 * leaving_after_two_minutes.mean == pytest.approx(3.71, abs=0.005)


@given(st.integers(1, 25), st.integers(1, 25))
def test_erlang_c_is_what_adding_fractions_gives(servers: int, load: int) -> None:
    a = Fraction(load * servers, 26)
    terms = [Fraction(1)]
    for n in range(1, servers):
        terms.append(terms[-1] * a / n)
    top = terms[-1] * a / servers * servers / (servers - a)

    by_hand = top / (sum(terms) + top)

    assert share_waiting(servers, float(a)) == pytest.approx(float(by_hand), rel=1e-12)


@given(st.integers(1, 40), rates, rates)
def test_erlang_a_keeps_the_balance_of_who_comes_and_who_goes(
    servers: int, load: float, leaving: float
) -> None:
    weights = [1.0]
    for n in range(1, servers + 2000):
        weights.append(weights[-1] * load / (min(n, servers) + max(0, n - servers) * leaving))
    busy = sum(min(n, servers) * weight for n, weight in enumerate(weights)) / sum(weights)

    found = impatient(servers, load, leaving)

    assert load * (1 - found.leaving) == pytest.approx(busy, rel=1e-9)
    assert found.waiting == pytest.approx(sum(weights[servers:]) / sum(weights), rel=1e-9)


@given(windows, shares_busy)
def test_nearly_endless_patience_is_erlang_c(servers: int, busy: float) -> None:
    load = servers * busy

    assert impatient(servers, load, 1e-9).mean == pytest.approx(mean_wait(servers, load), rel=1e-4)


@given(windows, rates, rates)
def test_one_window_more_never_worsens_a_wait(servers: int, load: float, leaving: float) -> None:
    few, more = impatient(servers, load, leaving), impatient(servers + 1, load, leaving)

    assert mean_wait(servers + 1, load) <= mean_wait(servers, load)
    assert wait_of(0.9, servers + 1, load) <= wait_of(0.9, servers, load)
    assert more.mean <= few.mean
    assert more.leaving <= few.leaving


@given(windows, shares_busy, st.floats(0.5, 0.99))
def test_a_share_is_called_within_the_wait_of_that_share(
    servers: int, busy: float, share: float
) -> None:
    load = servers * busy

    wait = wait_of(share, servers, load)

    assert share_within(servers, load, wait) >= share - 1e-12
    assert wait == 0 or share_within(servers, load, wait) == pytest.approx(share)


@given(st.floats(0.1, 200.0), st.floats(0.5, 0.99), st.floats(0.0, 3.0))
def test_the_fewest_windows_are_enough_and_one_less_is_not(
    load: float, share: float, wait: float
) -> None:
    servers = servers_for(load, share=share, wait=wait)

    assert share_within(servers, load, wait) >= share
    assert share_within(servers - 1, load, wait) < share


def test_an_overloaded_hall_waits_for_ever() -> None:
    assert share_waiting(3, 3.0) == 1.0
    assert mean_wait(3, 3.0) == wait_of(0.9, 3, 3.0) == inf
    assert share_within(3, 4.0, 100.0) == 0.0


def test_a_hundred_thousand_windows_are_counted_as_exactly_as_ten() -> None:
    crowded = impatient(100_000, 200_000.0, 1.0)

    assert crowded.leaving == pytest.approx(0.5, rel=1e-6)
    assert 0 < share_waiting(100_000, 99_500.0) < 1
    assert share_within(100_000, 99_500.0, 0.01) == pytest.approx(
        1 - share_waiting(100_000, 99_500.0) * exp(-5)
    )
