"""The exact means a simulation is held to."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.exact import (
    Model,
    absolute_means,
    accumulating_means,
    fifo_mean,
    mean_of_all,
)

M_M_3 = Model(3, (0.72, 1.68))
loads = st.lists(st.floats(0.05, 1.0), min_size=1, max_size=5)
models = st.builds(
    lambda servers, busy, weights: Model(
        servers, tuple(servers * busy * weight / sum(weights) for weight in weights)
    ),
    st.integers(1, 20),
    st.floats(0.1, 0.95),
    loads,
)
ratios = st.floats(1.0, 50.0)


def test_the_values_of_the_books() -> None:
    assert absolute_means(M_M_3) == pytest.approx([0.2839, 1.4193], abs=5e-5)
    assert accumulating_means(M_M_3, 2) == pytest.approx([0.7354, 1.2257], abs=5e-5)
    assert accumulating_means(M_M_3, 4) == pytest.approx([0.5262, 1.3154], abs=5e-5)
    assert accumulating_means(Model(1, (0.4, 0.5)), 2) == pytest.approx([6.1875, 11.25])


@given(models, ratios)
def test_what_one_class_gains_the_others_lose(model: Model, ratio: float) -> None:
    assert mean_of_all(model, accumulating_means(model, ratio)) == pytest.approx(fifo_mean(model))
    assert mean_of_all(model, absolute_means(model)) == pytest.approx(fifo_mean(model))


@given(models, ratios)
def test_each_class_waits_no_longer_than_the_next(model: Model, ratio: float) -> None:
    means = accumulating_means(model, ratio)

    assert all(a <= b * (1 + 1e-9) for a, b in pairwise(means))


@given(models)
def test_whoever_waits_no_faster_is_not_favoured(model: Model) -> None:
    assert accumulating_means(model, 1.0) == pytest.approx([fifo_mean(model)] * len(model.loads))


@given(models)
def test_three_classes_and_more_wait_as_cobham_says(model: Model) -> None:
    shares = [load / model.servers for load in model.loads]
    start = fifo_mean(model) * (1 - model.busy)

    by_cobham = [
        start / ((1 - sum(shares[:k])) * (1 - sum(shares[: k + 1]))) for k in range(len(shares))
    ]

    assert absolute_means(model) == pytest.approx(by_cobham)
