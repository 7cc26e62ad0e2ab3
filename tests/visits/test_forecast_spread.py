"""The interval holds what it promises, and today does not move today's."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.visits.rules.forecast.spread import (
    GUESS,
    LEAST,
    MOST,
    TAIL,
    Spread,
    Told,
    bounds_of,
)

ratios = st.lists(st.floats(-3, 3), min_size=1, max_size=300)
tails = st.floats(LEAST, MOST)


def told(spread: Spread, middle: float, wait: float, *, line: str = "A") -> Told:
    return Told(line, middle, *spread.around(middle, line), wait)


def a_day_of(spread: Spread, random: Random, *, n: int = 600, scale: float = 0.5) -> float:
    """Let a day pass of waits that lie around what is told; return the share covered."""
    day = []
    for _ in range(n):
        middle = random.uniform(1.5, 5)
        day.append(told(spread, middle, middle + random.gauss(0, scale)))
    for one in day:
        spread.add(one)
    spread.night()
    return sum(one.low <= one.wait <= one.high for one in day) / n


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 1.5))
def test_four_of_five_waits_are_covered_however_wide_they_scatter(seed: int, scale: float) -> None:
    spread, random = Spread(), Random(seed)
    a_day_of(spread, random, scale=scale)

    covered = [a_day_of(spread, random, scale=scale) for _ in range(8)]

    assert sum(covered) / len(covered) == pytest.approx(0.8, abs=0.035)


def test_a_day_that_scattered_more_widens_the_next() -> None:
    spread, random = Spread(), Random(1)
    for _ in range(3):
        a_day_of(spread, random)
    before, asked = spread.around(3.0, "A"), spread.tails

    a_day_of(spread, random, scale=1.0)

    after = spread.around(3.0, "A")
    assert (after[0] < before[0], after[1] > before[1]) == (True, True)
    assert spread.tails < asked


@given(ratios, tails, tails)
def test_bounds_are_ordered_and_hold_what_is_asked(
    some: list[float], under: float, over: float
) -> None:
    low, high = bounds_of(sorted(some), (under, over))

    n = len(some)
    assert low <= high or n * (1 - under - over) < 1
    assert sum(one < low for one in some) <= (n + 1) * under
    assert sum(one > high for one in some) <= (n + 1) * over


@given(st.floats(0, 6), st.integers(0, 1000))
def test_the_middle_lies_within_the_bounds(middle: float, seed: int) -> None:
    spread = Spread()
    a_day_of(spread, Random(seed), n=150)

    low, high = spread.around(middle, "A")

    assert low <= middle <= high


def test_today_does_not_move_todays_bounds() -> None:
    spread = Spread()
    for _ in range(500):
        spread.add(told(spread, 3.0, 6.0))

    assert spread.around(3.0, "A") == (3.0 + GUESS[0], 3.0 + GUESS[1])
    spread.night()
    assert spread.around(3.0, "A")[1] == pytest.approx(6.0)


def test_a_day_without_waits_changes_nothing() -> None:
    spread = Spread()

    spread.night()

    assert spread.tails == (TAIL, TAIL)


def test_a_line_that_scatters_more_gets_wider_bounds_and_both_are_covered() -> None:
    spread, random = Spread(), Random(1)
    scales = {"calm": 0.1, "wild": 0.8}
    covered: dict[str, list[bool]] = {line: [] for line in scales}

    for _day in range(8):
        for _n in range(500):
            for line, scale in scales.items():
                one = told(spread, 3.0, 3.0 + random.gauss(0, scale), line=line)
                spread.add(one)
                covered[line].append(one.low <= one.wait <= one.high)
        spread.night()

    calm, wild = (spread.around(3.0, line) for line in scales)
    assert wild[0] < calm[0] < calm[1] < wild[1]
    late = [sum(some[2000:]) / len(some[2000:]) for some in covered.values()]
    assert late == pytest.approx([0.8, 0.8], abs=0.05)
