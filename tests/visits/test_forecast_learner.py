"""The learner: its trees say what scikit-learn says, and the same rows teach the same."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingRegressor

from mingchuang.visits.rules.forecast.features import NAMES
from mingchuang.visits.rules.forecast.learner import ENOUGH, FORMULA, Learned, learned
from mingchuang.visits.rules.forecast.lift import Lift, lifted, shortfall
from mingchuang.visits.rules.forecast.trees import Floats, Forest, planted


def some_rows(n: int = 1200, *, seed: int = 1) -> Floats:
    """Rows with holes in them, and one column in which nothing differs."""
    dice = np.random.default_rng(seed)
    rows = dice.normal(size=(n, len(NAMES)))
    rows[dice.random(rows.shape) < 0.1] = np.nan
    rows[:, FORMULA] = dice.uniform(1, 5, n)
    rows[:, 1] = 2.0
    return rows


def waits_of(rows: Floats) -> Floats:
    waits: Floats = rows[:, FORMULA] + np.nan_to_num(rows[:, 0]) / 2
    return waits


@pytest.mark.parametrize("leaves", [2, 3, 31])
def test_planted_trees_say_what_the_fitted_ones_say(leaves: int) -> None:
    rows = some_rows()[:, [0, 2, 3, FORMULA]]
    model = HistGradientBoostingRegressor(max_iter=20, max_leaf_nodes=leaves, random_state=0)
    model.fit(rows, rows[:, 3] + np.nan_to_num(rows[:, 0]))

    forest = planted(model, [5, 6, 7, 8])

    asked = some_rows(300, seed=2)[:, [0, 2, 3, FORMULA]]
    told = [forest([0.0] * 5 + row.tolist()) for row in asked]
    assert told == pytest.approx(model.predict(asked).tolist())


def test_trees_laid_down_as_arrays_say_the_same() -> None:
    rows = some_rows()
    taught = learned(rows, waits_of(rows))
    assert taught is not None

    again = Learned.of(taught.arrays())

    asked = some_rows(50, seed=3).tolist()
    assert [again(row) for row in asked] == [taught(row) for row in asked]


def test_the_same_rows_teach_the_same() -> None:
    rows = some_rows()

    one, other = (learned(rows, waits_of(rows)) for _ in range(2))

    assert one is not None
    assert other is not None
    assert all(np.array_equal(a, other.arrays()[k]) for k, a in one.arrays().items())


def test_what_was_learned_is_nearer_than_the_formula() -> None:
    rows = some_rows()
    taught = learned(rows, waits_of(rows))
    asked = some_rows(400, seed=4)
    assert taught is not None

    ours = np.abs([taught(row) for row in asked.tolist()] - waits_of(asked)).mean()

    assert ours < np.abs(asked[:, FORMULA] - waits_of(asked)).mean() / 2


def test_few_waits_teach_nothing() -> None:
    rows = some_rows(ENOUGH - 1)

    assert learned(rows, waits_of(rows)) is None


def test_a_forest_of_one_leaf_says_one_thing() -> None:
    model = HistGradientBoostingRegressor(max_iter=1, min_samples_leaf=1000)
    model.fit([[float(n)] for n in range(20)], [3.0] * 20)

    forest = planted(model, [0])

    assert forest.depth == 0
    assert Forest.of(forest.arrays())([7.0]) == pytest.approx(3.0)


@given(st.floats(0, 500), st.floats(0, 0.25))
def test_only_long_waits_are_lifted(minutes: float, share: float) -> None:
    raised = lifted(minutes, share)

    assert raised == minutes if minutes <= 10 else raised >= minutes
    assert raised <= minutes * (1 + share) + 1e-9


def test_lifted_by_the_shortfall_the_sums_agree() -> None:
    random = Random(1)
    told = np.array([random.uniform(1, 90) for _ in range(200)])
    waits = told * 1.05

    share = shortfall(told, waits)

    assert lifted(told, share).sum() == pytest.approx(waits.sum())


def test_days_that_fell_short_lift_the_next_ones_and_the_first_does_not_count() -> None:
    lift = Lift()
    lift.add(30.0, 90.0)
    lift.night(counts=False)
    assert lift.share == 0.0
    lift.add(30.0, 33.0)

    lift.night(counts=True)

    assert lift.share == pytest.approx(0.15 * 0.1)
