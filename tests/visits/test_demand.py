"""Who comes to a hall and how long they take, measured from what was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.days import drawn
from mingchuang.visits.rules.demand import demand_of
from mingchuang.visits.rules.past import GREEN, ORDINARY, PastVisit
from tests.visits.build import a_visit, past_days

visits = st.builds(
    a_visit,
    st.floats(480, 1079),
    day=st.integers(0, 5),
    takes=st.floats(0.5, 60),
    kind=st.sampled_from([GREEN, ORDINARY]),
    booked=st.booleans(),
)
logs = st.lists(visits, min_size=1, max_size=60)


@given(logs)
def test_nobody_is_lost_or_added(log: list[PastVisit]) -> None:
    demand = demand_of(log)

    walking_in = sum(half.walking_in for half in demand.half_hours) * demand.days
    booked = sum(half.booked for half in demand.half_hours) * demand.days
    assert walking_in == pytest.approx(sum(not visit.booked for visit in log))
    assert booked == pytest.approx(sum(visit.booked for visit in log))
    assert demand.days == len({visit.came.date() for visit in log})


@given(logs)
def test_what_is_measured_lies_within_what_was_seen(log: list[PastVisit]) -> None:
    demand = demand_of(log)

    taken = [visit.minutes for visit in log if visit.minutes]
    for half in demand.half_hours:
        assert min(taken) - 1e-9 <= half.minutes <= max(taken) + 1e-9
        assert 0 <= half.green <= 1
        assert half.walking_in >= 0


@given(logs)
def test_where_nobody_came_nobody_is_expected(log: list[PastVisit]) -> None:
    demand = demand_of(log)

    came = {int((v.came.hour * 60 + v.came.minute) // 30) * 30 for v in log}
    assert {half.start for half in demand.half_hours if half.visitors} == came


def test_many_visits_speak_for_themselves_and_few_lean_on_the_day() -> None:
    slow = [a_visit(545, takes=12.0)] * 2000
    log = [*slow, a_visit(575, takes=2.0)]

    first, second = demand_of(log).half_hours

    assert first.minutes == pytest.approx(12, abs=0.01)
    assert 11 < second.minutes < 12
    assert second.walking_in == pytest.approx(2001 - first.walking_in)
    assert 1 < second.walking_in < 1000


def test_days_that_differ_by_chance_alone_have_no_spread_and_others_do() -> None:
    even = [a_visit(545, day=day) for day in range(8) for _ in range(8 + 4 * (day % 2))]
    market_days = [a_visit(545, day=day) for day in range(8) for _ in range(10 + 90 * (day % 2))]

    assert demand_of(even).spread == 0
    assert demand_of(market_days).spread > 0.3
    assert demand_of(market_days[:10]).spread == 0


def test_a_class_seen_often_takes_its_own_time_and_a_rare_one_that_of_everybody() -> None:
    ordinary = [a_visit(545, takes=4.0)] * 300
    some, many = (
        [a_visit(545, takes=12.0, kind=GREEN)] * 5,
        [a_visit(545, takes=12.0, kind=GREEN)] * 50,
    )

    rare, often = demand_of([*ordinary, *some]), demand_of([*ordinary, *many])

    assert len(rare.services[GREEN]) == 305
    assert set(often.services[GREEN]) == {max(often.services[GREEN])}
    assert often.services[GREEN][0] == pytest.approx(3 * often.services[ORDINARY][0])


def test_drawn_days_are_like_those_that_were() -> None:
    demand = demand_of(past_days(20))

    days = drawn(demand, 300, seed=1)

    people = [visit for day in days for visit in day]
    taken = sum(takes for _, _, takes in people) / len(people)
    green = sum(kind == GREEN for _, kind, _ in people) / len(people)
    work = sum(half.load * 30 for half in demand.half_hours)
    assert len(people) / 300 == pytest.approx(demand.visitors, rel=0.05)
    assert taken == pytest.approx(work / demand.visitors, rel=0.05)
    assert green == pytest.approx(0.125, abs=0.03)
    assert all([at for at, _, _ in day] == sorted(at for at, _, _ in day) for day in days)
    assert sum(at % 30 for at, _, _ in people) / len(people) == pytest.approx(15, abs=0.3)


def test_booked_visitors_come_as_many_as_there_are_slots() -> None:
    log = [a_visit(545, day=day, booked=True) for day in range(4) for _ in range(6)]

    days = drawn(demand_of(log), 50, seed=1)

    assert {len(day) for day in days} == {6}


def test_twice_the_green_share_is_the_same_people_of_whom_more_are_green() -> None:
    demand = demand_of(past_days(20))

    once, twice = drawn(demand, 200, seed=3), drawn(demand, 200, seed=3, green=2.0)

    green = [sum(kind == GREEN for day in days for _, kind, _ in day) for days in (once, twice)]
    assert [[at for at, _, _ in day] for day in once] == [[at for at, _, _ in day] for day in twice]
    assert green[1] == pytest.approx(2 * green[0], rel=0.1)
