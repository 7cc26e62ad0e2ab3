"""What the simulated hall settles to: the exact values, with honest intervals."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.visits.rules.erlang import wait_of
from mingchuang.visits.rules.exact import (
    Model,
    absolute_means,
    accumulating_means,
    fifo_mean,
    mean_of_all,
)
from mingchuang.visits.rules.line import Discipline, Favour, discipline
from mingchuang.visits.rules.steady import (
    Settled,
    enough_for,
    estimate,
    fewest_for,
    simulate,
    student,
)

M_M_3, M_M_1 = Model(3, (0.72, 1.68)), Model(1, (0.4, 0.5))
favours = st.builds(Favour, st.floats(0, 10), st.floats(0, 5))
rules = st.builds(
    Discipline,
    st.tuples(favours, favours, favours),
    st.floats(0.5, 20),
    st.integers(1, 9),
)


def settled(model: Model, words: str, *, visitors: int = 1_000_000, seed: int = 1) -> Settled:
    rule = discipline(words, len(model.loads))
    assert rule
    return simulate(model, rule, visitors=visitors, seed=seed)


def holds(found: Settled, exact: Sequence[float]) -> bool:
    return all(e.low <= mean <= e.high for e, mean in zip(found.classes, exact, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "words", "exact"),
    [
        (M_M_3, "fifo", [1.078652, 1.078652]),
        (M_M_3, "absolute", [0.2839, 1.4193]),
        (M_M_3, "accumulating:2", [0.7354, 1.2257]),
        (M_M_3, "accumulating:4", [0.5262, 1.3154]),
        (M_M_1, "accumulating:2", [6.1875, 11.25]),
    ],
)
def test_the_exact_means_lie_in_the_intervals_of_a_million_visitors(
    model: Model, words: str, exact: list[float]
) -> None:
    found = settled(model, words)

    assert holds(found, exact)
    assert all(e.high - e.low < 0.12 * e.mean for e in found.classes)


@pytest.mark.slow
def test_three_classes_wait_as_the_formulas_say() -> None:
    model = Model(2, (0.3, 0.5, 0.8))

    assert holds(settled(model, "absolute"), absolute_means(model))
    assert holds(settled(model, "accumulating:3"), accumulating_means(model, 3))


def test_nine_of_ten_wait_as_long_as_erlang_says() -> None:
    found = settled(M_M_3, "fifo", visitors=400_000)

    assert found.classes[0].p90 == pytest.approx(wait_of(0.9, 3, 2.4), rel=0.06)
    assert found.classes[1].p90 == pytest.approx(wait_of(0.9, 3, 2.4), rel=0.06)


@pytest.mark.slow
def test_of_a_hundred_intervals_about_ninety_five_hold_the_exact_means() -> None:
    model = Model(3, (0.6, 1.2))
    exact = absolute_means(model)

    held = [holds(settled(model, "absolute", visitors=20_000, seed=n), exact) for n in range(100)]

    assert 90 <= sum(held) < 100


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 6), st.floats(0.3, 0.8), rules, st.integers(0, 1000))
def test_what_one_class_gains_the_others_lose(
    servers: int, busy: float, rule: Discipline, seed: int
) -> None:
    model = Model(servers, tuple(servers * busy * share for share in (0.2, 0.3, 0.5)))
    fifo = settled(model, "fifo", visitors=60_000, seed=seed)

    found = simulate(model, rule, visitors=60_000, seed=seed)

    reach = 1.5 * max(e.high - e.low for e in [*fifo.classes, *found.classes])
    means = [e.mean for e in found.classes]
    assert mean_of_all(model, means) == pytest.approx(fifo_mean(model), abs=reach)
    assert found.mean_of_all == pytest.approx(fifo.mean_of_all, rel=0.1)


def test_the_same_seed_gives_the_same_answer() -> None:
    first = settled(M_M_3, "headstart:3", visitors=5_000, seed=4)

    assert settled(M_M_3, "headstart:3", visitors=5_000, seed=4) == first
    assert settled(M_M_3, "headstart:3", visitors=5_000, seed=5) != first


def test_waits_that_cling_together_have_a_wider_interval_than_the_same_waits_shuffled() -> None:
    dice = np.random.default_rng(1)
    clinging = np.repeat(dice.exponential(1, 100), 100)

    narrow, wide = estimate(dice.permutation(clinging)), estimate(clinging)

    assert wide.high - wide.low > 4 * (narrow.high - narrow.low)
    assert wide.mean == pytest.approx(narrow.mean)


@pytest.mark.parametrize(
    ("share", "freedom", "table"),
    [(0.975, 19, 2.0930), (0.995, 19, 2.8609), (0.975, 10, 2.2281), (0.95, 30, 1.6973)],
)
def test_students_quantiles_are_those_of_the_tables(
    share: float, freedom: int, table: float
) -> None:
    assert student(share, freedom) == pytest.approx(table, abs=5e-4)


def test_the_fuller_the_hall_the_more_visitors_it_takes() -> None:
    needed = [enough_for(Model(3, (3 * busy,))) for busy in (0.5, 0.8, 0.95, 0.99, 1.0)]

    assert needed == sorted(needed)
    assert needed[-1] == float("inf")
    assert fewest_for(Model(3, (0.01, 0.99))) == 10_000
