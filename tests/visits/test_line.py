"""Who is called next: one score, two guards, and how far an ordinary visitor can be passed."""

from dataclasses import replace
from itertools import groupby
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.line import (
    GREEN_CHANNEL,
    Discipline,
    Favour,
    Head,
    discipline,
    next_class,
)

GREEN, ORDINARY = 0, 1
# Somebody comes (their class), or a window is free (None), so many minutes after the last.
steps = st.lists(
    st.tuples(st.sampled_from([GREEN, ORDINARY, ORDINARY, None, None]), st.integers(0, 9)),
    max_size=80,
)
favours = st.builds(Favour, st.floats(0, 30), st.floats(0, 5))
rules = st.builds(
    lambda green, ordinary, longest, row: Discipline((green, ordinary), longest, row),
    favours,
    favours,
    st.sampled_from([20.0, 60.0, inf]),
    st.sampled_from([1, 3, inf]),
)


class Hall:
    """A line kept by hand: who waits, who was called when, and who waited then."""

    def __init__(self, rule: Discipline) -> None:
        self.rule, self.now, self.row, self.came = rule, 0.0, 0, 0
        self.waiting: list[tuple[int, Head]] = []
        self.calls: list[tuple[float, int, Head, list[tuple[int, Head]]]] = []

    def step(self, kind: int | None, minutes: int) -> None:
        self.now += minutes
        if kind is None:
            self.call()
        else:
            self.came += 1
            self.waiting.append((kind, (self.now, self.came)))

    def call(self) -> None:
        heads = [next((head for k, head in self.waiting if k == kind), None) for kind in (0, 1)]
        chosen = next_class(heads, self.now, self.rule, row=self.row)
        if chosen is not None:
            head = heads[chosen]
            assert head is not None
            self.waiting.remove((chosen, head))
            self.row = self.row + 1 if chosen == GREEN else 0
            self.calls.append((self.now, chosen, head, [*self.waiting]))


def walked(rule: Discipline, steps: list[tuple[int | None, int]]) -> Hall:
    hall = Hall(rule)
    for kind, minutes in steps:
        hall.step(kind, minutes)
    return hall


@given(steps, st.floats(0, 40))
def test_an_ordinary_visitor_is_passed_only_by_who_comes_within_the_head_start(
    steps: list[tuple[int | None, int]], start: float
) -> None:
    hall = walked(Discipline((Favour(start), Favour())), steps)

    for _now, _kind, (since, number), left in hall.calls:
        for _kind_left, (earlier, lower) in left:
            assert number < lower or since < earlier + start


@given(steps, rules)
def test_while_an_ordinary_visitor_waits_the_row_of_green_calls_ends(
    steps: list[tuple[int | None, int]], rule: Discipline
) -> None:
    hall = walked(rule, steps)

    passing = [
        kind == GREEN and any(k == ORDINARY for k, _ in left) for _, kind, _, left in hall.calls
    ]
    rows = [len(list(row)) for passed, row in groupby(passing) if passed]
    assert max(rows, default=0) <= rule.in_a_row


@given(steps, rules)
def test_an_ordinary_visitor_past_the_longest_wait_is_passed_by_no_later_number(
    steps: list[tuple[int | None, int]], rule: Discipline
) -> None:
    hall = walked(rule, steps)

    for now, _kind, (_since, number), left in hall.calls:
        overdue = [n for kind, (s, n) in left if kind == ORDINARY and now - s > rule.longest]
        assert all(number < lower for lower in overdue)


@given(steps, rules)
def test_whoever_waits_is_called_as_long_as_windows_are_free(
    steps: list[tuple[int | None, int]], rule: Discipline
) -> None:
    hall = walked(rule, [*steps, *[(None, 1)] * len(steps)])

    assert not hall.waiting
    assert len(hall.calls) == hall.came


def test_of_two_equal_scores_the_lower_number_is_called() -> None:
    green_came_fifteen_minutes_later = [(25.0, 8), (10.0, 7)]

    assert next_class(green_came_fifteen_minutes_later, 30.0, GREEN_CHANNEL) == ORDINARY
    assert next_class([(24.9, 8), (10.0, 7)], 30.0, GREEN_CHANNEL) == GREEN


def test_after_three_green_calls_an_ordinary_visitor_is_called() -> None:
    heads = [(10.0, 1), (20.0, 2)]

    assert next_class(heads, 30.0, GREEN_CHANNEL, row=2) == GREEN
    assert next_class(heads, 30.0, GREEN_CHANNEL, row=3) == ORDINARY
    assert next_class([(10.0, 1), None], 30.0, GREEN_CHANNEL, row=9) == GREEN


def test_an_ordinary_visitor_past_the_hour_goes_before_a_green_one_who_came_later() -> None:
    absolute = replace(GREEN_CHANNEL, favours=(Favour(1, 0), Favour(0, 0)))

    assert next_class([(5.0, 2), (0.0, 1)], 60.0, absolute) == GREEN
    assert next_class([(5.0, 2), (0.0, 1)], 60.1, absolute) == ORDINARY


def test_a_booked_visitor_who_is_early_is_called_when_nobody_else_waits() -> None:
    slot_less_grace = 40.0

    assert next_class([None, (slot_less_grace, 1)], 30.0, GREEN_CHANNEL) == ORDINARY
    assert next_class([None, None], 30.0, GREEN_CHANNEL) is None


def test_disciplines_are_known_by_their_names() -> None:
    assert discipline("fifo", 2) == Discipline((Favour(), Favour()))
    assert discipline("headstart:15", 2) == Discipline((Favour(15), Favour()))
    assert discipline("accumulating:2", 3) == Discipline((Favour(0, 4), Favour(0, 2), Favour(0, 1)))
    assert discipline("absolute", 3) == Discipline((Favour(2, 0), Favour(1, 0), Favour(0, 0)))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "random",
        "fifo:1",
        "absolute:",
        "accumulating",
        "accumulating:",
        "accumulating:0.5",
        "accumulating:nan",
        "headstart:-1",
        "headstart:inf",
        "headstart:1e9",
        "headstart:3:4",
    ],
)
def test_what_is_no_discipline_is_none(words: str) -> None:
    assert discipline(words, 2) is None
