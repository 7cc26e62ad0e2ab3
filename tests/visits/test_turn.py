"""What the first in a line comes to: a free window, a busy one, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.forecast.shown import shown
from mingchuang.visits.rules.turn import Turn, turn_of

SOME = st.sets(st.integers(1, 4))
CALLS = st.dictionaries(st.integers(1, 4), SOME)
# Window 1 calls lines 1 and 2, window 2 only line 1.
TWO = {1: {1, 2}, 2: {1}}


@pytest.mark.parametrize(
    ("line", "held", "waited", "turn"),
    [
        (1, set(), {1}, Turn.FREE),
        (1, {2}, {1}, Turn.FREE),
        (1, {1, 2}, {1}, Turn.NEXT),
        (1, {2}, {1, 2}, Turn.NEXT),
        (2, {1}, set(), Turn.NEXT),
        (2, set(), {1}, Turn.NEXT),
        (3, set(), {3}, Turn.SHUT),
    ],
)
def test_a_window_is_free_where_nobody_is_and_nobody_else_waits(
    line: int, held: set[int], waited: set[int], turn: Turn
) -> None:
    assert turn_of(line, calls=TWO, held=held, waited=waited) == turn


def test_who_was_passed_on_to_a_window_waits_for_that_one() -> None:
    said = [turn_of(1, calls=TWO, held={1}, waited={1}, only={window}) for window in (1, 2, 3)]

    assert said == [Turn.NEXT, Turn.FREE, Turn.SHUT]


@given(CALLS, SOME, SOME, SOME)
def test_more_people_never_make_a_window_free(
    calls: dict[int, set[int]], held: set[int], waited: set[int], more: set[int]
) -> None:
    before = turn_of(1, calls=calls, held=held, waited=waited)
    after = turn_of(1, calls=calls, held=held | more, waited=waited | more)

    assert after == before or (before, after) == (Turn.FREE, Turn.NEXT)


def test_a_free_window_is_said_to_nobody_behind_somebody() -> None:
    wait = shown(1.2, 2.5, free=True)

    assert wait.behind(0) == wait
    assert wait.behind(1) == shown(1.2, 2.5)
