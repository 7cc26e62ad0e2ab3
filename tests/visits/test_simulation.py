"""The simulated hall: nobody is lost, nobody jumps their own line, and what is won is lost."""

from collections.abc import Sequence
from itertools import accumulate
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.exact import Model
from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline, Favour, discipline
from mingchuang.visits.rules.simulation import OPEN, Called, Event, by_chance, called

FIFO = Discipline((Favour(), Favour()))
# Quarters of a minute: their sums are exact.
quarters = st.integers(1, 120).map(lambda n: n / 4)
# Somebody of a class comes, so long after the last, and takes so long.
people = st.lists(st.tuples(st.integers(0, 1), quarters, quarters), max_size=60)
favours = st.builds(Favour, st.floats(0, 30), st.floats(0, 5))
rules = st.builds(
    lambda green, ordinary, longest, row: Discipline((green, ordinary), longest, row),
    favours,
    favours,
    st.sampled_from([20.0, 60.0, inf]),
    st.sampled_from([1, 3, inf]),
)
windows = st.integers(1, 4)


def events(people: Sequence[tuple[int, float, float]], windows: int) -> list[Event]:
    times = accumulate(gap for _, gap, _ in people)
    come = [(at, kind, takes) for at, (kind, _, takes) in zip(times, people, strict=True)]
    return [(0.0, OPEN, windows), *come]


def waits_of(come: list[Event], rule: Discipline) -> dict[float, float]:
    """Return how long each visitor waits, by when they came."""
    return {came: wait for _, came, wait in called(come, rule)}


@given(people, windows, rules)
def test_everybody_is_called_once_and_each_class_in_its_order(
    people: list[tuple[int, float, float]], windows: int, rule: Discipline
) -> None:
    come = events(people, windows)

    calls = list(called(come, rule))

    for kind in (0, 1):
        assert [c for k, c, _ in calls if k == kind] == [at for at, k, _ in come if k == kind]


@given(people, windows, rules)
def test_no_window_serves_two_at_once_and_none_is_idle_while_somebody_waits(
    people: list[tuple[int, float, float]], windows: int, rule: Discipline
) -> None:
    come = events(people, windows)
    takes = {at: amount for at, kind, amount in come if kind != OPEN}

    begun = sorted((came + wait, came) for came, wait in waits_of(come, rule).items())

    for begins, came in begun:
        others = [(b, b + takes[c]) for b, c in begun if c != came]
        assert sum(b <= begins < end for b, end in others) < windows
        assert begins == came or sum(b < begins <= end for b, end in others) == windows


@given(people, windows)
def test_with_one_window_more_nobody_waits_longer_first_come_first_served(
    people: list[tuple[int, float, float]], windows: int
) -> None:
    few = waits_of(events(people, windows), FIFO)
    more = waits_of(events(people, windows + 1), FIFO)

    assert all(more[came] <= wait + 1e-9 for came, wait in few.items())


@given(people, rules)
def test_at_one_window_the_work_that_waits_is_the_same_under_every_discipline(
    people: list[tuple[int, float, float]], rule: Discipline
) -> None:
    come = events(people, 1)

    def work_waiting(rule: Discipline) -> float:
        waits = waits_of(come, rule)
        return sum(takes * waits[at] for at, kind, takes in come if kind != OPEN)

    assert work_waiting(rule) == pytest.approx(work_waiting(FIFO), abs=1e-6)


@given(people, windows, rules)
def test_where_all_take_as_long_the_mean_wait_is_the_same_under_every_discipline(
    people: list[tuple[int, float, float]], windows: int, rule: Discipline
) -> None:
    come = events([(kind, gap, 7.0) for kind, gap, _ in people], windows)

    waited = sum(waits_of(come, rule).values())

    assert waited == pytest.approx(sum(waits_of(come, FIFO).values()), abs=1e-6)


@given(people, windows, st.floats(0, 40))
def test_an_ordinary_visitor_is_passed_only_by_who_comes_within_the_head_start(
    people: list[tuple[int, float, float]], windows: int, start: float
) -> None:
    come = events(people, windows)

    calls = list(called(come, Discipline((Favour(start), Favour()))))

    for n, (_, came, _) in enumerate(calls):
        assert all(came < later + start for _, later, _ in calls[n:] if later < came)


@given(people, windows)
def test_head_starts_and_absolute_priority_meet_where_nobody_waits_so_long(
    people: list[tuple[int, float, float]], windows: int
) -> None:
    come, endless = events(people, windows), discipline("headstart:1e6", 2)
    absolute = discipline("absolute", 2)

    assert endless
    assert absolute
    assert waits_of(come, endless) == waits_of(come, absolute)


def test_windows_open_and_close_and_who_is_served_is_served_to_the_end() -> None:
    day: list[Event] = [
        (0.0, OPEN, 1),
        (1.0, 1, 30.0),
        (2.0, 1, 5.0),
        (10.0, OPEN, 2),
        (20.0, OPEN, 1),
        (21.0, 1, 1.0),
        (22.0, 1, 1.0),
    ]

    assert waits_of(day, FIFO) == {1.0: 0.0, 2.0: 8.0, 21.0: 10.0, 22.0: 10.0}


def test_a_window_that_closed_while_it_served_opens_again_when_it_is_done() -> None:
    day: list[Event] = [(0.0, OPEN, 1), (1.0, 1, 30.0), (2.0, OPEN, 0), (3.0, OPEN, 1), (4.0, 1, 5)]

    assert waits_of(day, FIFO) == {1.0: 0.0, 4.0: 27.0}


def test_who_is_never_called_waits_for_ever() -> None:
    closed: list[Event] = [(0.0, OPEN, 1), (1.0, 1, 5.0), (2.0, 1, 5.0), (3.0, OPEN, 0)]

    assert list(called(closed, FIFO)) == [(1, 1.0, 0.0), (1, 2.0, inf)]


def test_the_green_channel_calls_as_the_rule_says() -> None:
    day: list[Event] = [(0.0, OPEN, 1), (1.0, 1, 30.0), (2.0, 1, 5.0), (10.0, 0, 5.0), (17.5, 0, 5)]

    order: list[Called] = list(called(day, GREEN_CHANNEL))

    assert [(kind, came) for kind, came, _ in order] == [(1, 1.0), (0, 10.0), (1, 2.0), (0, 17.5)]


def test_the_row_of_green_calls_ends_and_who_did_not_wait_counts_in_it() -> None:
    absolute = Discipline((Favour(1, 0), Favour(0, 0)), in_a_row=3)
    day: list[Event] = [
        (0.0, OPEN, 1),
        (1.0, 0, 9),
        (2.0, 1, 9),
        *((n, 0, 9) for n in (3, 4, 5, 6)),
    ]

    order = [came for _, came, _ in called(day, absolute)]

    assert order == [1, 3, 4, 2, 5, 6]


def test_the_same_seed_brings_the_same_people_whatever_the_windows() -> None:
    few, many = Model(2, (0.5, 1.0)), Model(9, (0.5, 1.0))

    come = list(by_chance(few, 40_000, seed=7))[1:]

    assert come == list(by_chance(many, 40_000, seed=7))[1:]
    assert come != list(by_chance(few, 40_000, seed=8))[1:]
    assert [at for at, _, _ in come] == sorted(at for at, _, _ in come)
    assert sum(kind == 0 for _, kind, _ in come) / 40_000 == pytest.approx(1 / 3, abs=0.01)
    assert sum(takes for _, _, takes in come) / 40_000 == pytest.approx(1, abs=0.02)
    assert come[-1][0] / 40_000 == pytest.approx(1 / 1.5, abs=0.02)
