"""Windows for each half hour: enough, and not one more; and what would be if."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingchuang.visits.rules.days import Day, Plan, Served, drawn, served
from mingchuang.visits.rules.demand import Demand, HalfHour, demand_of
from mingchuang.visits.rules.line import GREEN_CHANNEL
from mingchuang.visits.rules.staffing import If, Target, days_for, first_plan, planned, what_ifs
from tests.visits.build import past_days

TARGET = Target(0.9, 20.0)


@dataclass(frozen=True)
class Case:
    demand: Demand
    plan: Plan


@pytest.fixture(scope="module")
def case() -> Case:
    """A hall and the plan made for it."""
    demand = demand_of(past_days(10))
    return Case(demand, planned(demand, TARGET, seed=1))


def serve(days: list[Day], plan: Plan, demand: Demand, *, minutes: float = 20.0) -> Served:
    opens = demand.half_hours[0].start
    return served(days, plan, opens=opens, minutes=minutes, rule=GREEN_CHANNEL)


def test_the_plan_meets_its_target_in_every_half_hour_of_days_it_was_not_made_for(
    case: Case,
) -> None:
    others = drawn(case.demand, 600, seed=4711)

    went = serve(others, case.plan, case.demand)

    came, in_time = went.came.sum(axis=0), went.in_time.sum(axis=0)
    assert in_time.sum() / came.sum() >= TARGET.share
    assert all(in_time[n] >= (TARGET.share - 0.02) * came[n] for n in range(len(case.plan)))


def test_no_window_can_be_spared(case: Case) -> None:
    days = drawn(case.demand, days_for(case.demand), seed=1)
    fewer = [
        (*case.plan[:n], windows - 1, *case.plan[n + 1 :])
        for n, windows in enumerate(case.plan)
        if windows > 1
    ]

    held = [serve(days, plan, case.demand).surely_in_time().min() for plan in fewer]

    assert len(held) > 4
    assert max(held) < TARGET.share <= serve(days, case.plan, case.demand).surely_in_time().min()


def test_nobody_is_planned_where_nobody_comes(case: Case) -> None:
    assert [windows > 0 for windows in case.plan] == [
        half.visitors > 0 for half in case.demand.half_hours
    ]


def test_a_line_is_carried_over_from_one_half_hour_to_the_next() -> None:
    halves = [HalfHour(540, 40.0, 0.0, 0.0, 6.0), HalfHour(570, 6.0, 0.0, 0.0, 6.0)]
    demand = Demand(halves, ([1.0], [1.0]), 0.0, 10)
    days = drawn(demand, 200, seed=1)

    alone = serve(days, (20, 2), demand)
    behind_a_crowd = serve(days, (5, 2), demand)

    assert alone.surely_in_time()[1] > 0.9
    assert behind_a_crowd.surely_in_time()[1] < 0.5


def test_a_plan_mends_what_erlang_does_not_see() -> None:
    halves = [HalfHour(540, 60.0, 0.0, 0.1, 20.0), HalfHour(570, 2.0, 0.0, 0.1, 20.0)]
    demand = Demand(halves, ([1.0], [1.0]), 0.0, 10)
    others = drawn(demand, 400, seed=77)

    plan = planned(demand, TARGET, seed=1)

    assert serve(others, plan, demand).surely_in_time().min() >= TARGET.share - 0.02


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0, 25), min_size=1, max_size=5),
    st.lists(st.integers(1, 6), min_size=5, max_size=5),
    st.integers(0, 1000),
)
def test_one_window_more_never_worsens(
    visitors: list[float], windows: list[int], seed: int
) -> None:
    halves = [HalfHour(540 + 30 * n, many, 0.0, 0.2, 6.0) for n, many in enumerate(visitors)]
    demand = Demand(halves, ([1.0], [1.0]), 0.0, 10)
    plan = tuple(windows[: len(visitors)])
    days = drawn(demand, 40, seed=seed)

    few = serve(days, plan, demand)
    more = serve(days, tuple(n + 1 for n in plan), demand)

    assert more.in_time.sum() >= few.in_time.sum()
    assert sum(map(sum, more.waits)) <= sum(map(sum, few.waits)) + 1e-6


def test_the_busier_and_the_stricter_the_more_windows(case: Case) -> None:
    busier = demand_of(past_days(10, busy=2.0))

    plan = first_plan(case.demand, TARGET)

    assert all(a <= b for a, b in zip(plan, first_plan(busier, TARGET), strict=True))
    assert all(a <= b for a, b in zip(plan, first_plan(case.demand, Target(0.99)), strict=True))
    assert sum(first_plan(case.demand, Target(0.9, 1.0))) > sum(plan)


def test_what_if(case: Case) -> None:
    ifs = {one.what: one for one in what_ifs(case.demand, case.plan, TARGET, seed=1)}

    in_time = {what: one.served.in_time.sum() for what, one in ifs.items()}
    ordinary = {what: one.served.waits[1].mean() for what, one in ifs.items()}
    assert in_time[If.ONE_MORE] > in_time[If.AS_PLANNED] > in_time[If.ONE_LESS]
    assert ordinary[If.ONE_MORE] < ordinary[If.AS_PLANNED] < ordinary[If.ONE_LESS]
    assert ordinary[If.GREEN_DOUBLED] > ordinary[If.AS_PLANNED]
    assert len({int(one.served.came.sum()) for one in ifs.values()}) == 1
    assert ifs[If.ONE_MORE].plan == tuple(n + 1 if n else 0 for n in case.plan)
    assert min(ifs[If.ONE_LESS].plan) == 0
    assert sum(ifs[If.ONE_LESS].plan) < sum(case.plan)


def test_the_same_seed_gives_the_same_plan(case: Case) -> None:
    assert planned(case.demand, TARGET, seed=1) == case.plan


def test_a_share_is_held_for_sure_only_as_far_as_days_agree() -> None:
    came = np.full((10, 1), 20)
    alike, unlike = np.full((10, 1), 18), np.array([[20], [16]] * 5)
    nobody = (np.empty(0), np.empty(0))

    sure, unsure = (
        Served(came, in_time, nobody).surely_in_time()[0] for in_time in (alike, unlike)
    )

    assert sure == pytest.approx(0.9)
    assert unsure == pytest.approx(0.9 - 1.8331 * (0.1 * (10 / 9) ** 0.5) / 10**0.5, abs=1e-3)


def test_where_nobody_came_nobody_waited_too_long() -> None:
    none = np.zeros((10, 1), dtype=int)

    assert Served(none, none, (np.empty(0), np.empty(0))).surely_in_time()[0] == 1.0


def test_everybody_who_came_is_counted_in_the_half_hour_they_came(case: Case) -> None:
    days = drawn(case.demand, 50, seed=2)

    went = serve(days, case.plan, case.demand, minutes=1e9)

    assert went.came.sum() == sum(map(len, days)) == sum(map(len, went.waits))
    assert (went.in_time == went.came).all()
    assert [int(n) for n in went.came.sum(axis=1)] == [len(day) for day in days]
