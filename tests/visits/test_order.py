"""Who is next, and after them: the list on the page is the order in which windows call."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.queries.console import Console
from mingchuang.visits.queries.desks import desk_of
from mingchuang.visits.rules.line import GREEN_CHANNEL, Head, next_class
from mingchuang.visits.rules.order import in_order
from tests.build import MONDAY
from tests.visits.hall import a_clerk, a_line, a_visit

minutes = st.lists(st.integers(-90, 0).map(float), max_size=12).map(sorted)
rows = st.integers(0, 4)


def numbered(green: list[float], ordinary: list[float]) -> list[list[Head]]:
    heads = list(zip(green, range(1, 99, 2), strict=False))
    return [heads, list(zip(ordinary, range(2, 99, 2), strict=False))]


@given(minutes, minutes, rows)
def test_the_first_is_who_would_be_called_now(
    green: list[float], ordinary: list[float], row: int
) -> None:
    classes = numbered(green, ordinary)
    heads = [one[0] if one else None for one in classes]

    first = next(in_order(classes, 0.0, GREEN_CHANNEL, row=row), None)

    which = next_class(heads, 0.0, GREEN_CHANNEL, row=row)
    assert first == (None if which is None else classes[which][0][1])


@given(minutes, minutes, rows)
def test_everybody_is_told_once_and_nobody_passes_inside_a_class(
    green: list[float], ordinary: list[float], row: int
) -> None:
    classes = numbered(green, ordinary)

    told = list(in_order(classes, 0.0, GREEN_CHANNEL, row=row))

    numbers = [[number for _since, number in one] for one in classes]
    assert sorted(told) == sorted([*numbers[0], *numbers[1]])
    assert [[one for one in told if one in known] for known in numbers] == numbers


@given(minutes, minutes)
def test_while_an_ordinary_visitor_waits_no_four_green_ones_follow_each_other(
    green: list[float], ordinary: list[float]
) -> None:
    told = list(in_order(numbered(green, ordinary), 0.0, GREEN_CHANNEL))

    kinds = "".join("green " if number % 2 else "ordinary " for number in told)
    assert "green " * 4 not in kinds.rpartition("ordinary")[0]


@pytest.mark.django_db
def test_the_page_lists_who_waits_as_the_window_then_calls_them() -> None:
    line = a_line()
    for minute, green in enumerate(["", "elderly", "", "ill", "pregnant", "infant", "", "elderly"]):
        a_visit(line, at=MONDAY + timedelta(minutes=2 * minute), green=green)
    clerk, later = a_clerk(line), MONDAY + timedelta(minutes=20)
    listed = [visit.shown for visit in Console(desk_of(clerk), later).waiting]

    called = []
    for _ in listed:
        called.append(call_next(by=clerk, at=later).shown)
        finish(by=clerk, at=later)

    assert called == listed
    assert listed != sorted(listed)
