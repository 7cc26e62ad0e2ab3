"""A display read as a log: whose wait ends when, and what was known meanwhile."""

import math

import pytest

from mingchuang.visits.rules.forecast.display import GIVEN_UP, Display
from mingchuang.visits.rules.forecast.moment import log_pace, log_wait
from tests.visits.halls import a_reading

Ended = list[tuple[float, float]]


def a_display(*readings: tuple[float, int | None, int]) -> tuple[Display[float], list[Ended]]:
    """Read (minute, number, waiting) one after the other; somebody joins at each where they can.

    Returns the display and, for each reading, the minutes at which those joined whose wait it
    ended, with the wait.
    """
    display: Display[float] = Display(a_reading(*readings[0]))
    ends = []
    for one in readings:
        now = a_reading(*one)
        ends.append(display.read(now))
        if display.moment(now):
            display.join(now, now.minute)
    return display, ends


def test_a_wait_ends_when_the_number_has_moved_by_those_ahead() -> None:
    _display, ends = a_display((600, 5, 3), (605, 7, 2), (610, 8, 1), (615, 9, 0))

    assert ends == [[], [], [(600, 10)], [(605, 10), (610, 5)]]


def test_a_number_that_leaps_ends_the_wait_as_it_is_shown() -> None:
    _display, ends = a_display((600, 5, 3), (605, 400, 3), (610, 6, 2))

    assert ends == [[], [(600, 5)], []]


def test_nobody_joins_where_nobody_waits_or_no_number_is_shown() -> None:
    display = a_display((600, 5, 0))[0]

    assert display.moment(a_reading(605, 5, 0)) is None
    assert display.moment(a_reading(605, None, 4)) is None
    assert display.moment(a_reading(605, 5, 1)) is not None


def test_who_waits_too_long_has_given_up() -> None:
    _display, ends = a_display((600, 5, 3), (600 + GIVEN_UP, 50, 0))

    assert ends == [[], []]


def test_a_moment_tells_what_the_day_has_shown() -> None:
    display, _ends = a_display((540, None, 2), (545, 1, 9), (600, 5, 5), (610, 10, 4))

    moment = display.moment(a_reading(612, 10, 4, windows=3, norm=7.0))

    assert moment is not None
    assert (moment.ahead, moment.windows, moment.norm) == (4, 3, 7.0)
    assert (moment.open_for, moment.since_call, moment.oldest) == (67, 2, 2)
    assert moment.calls == 9
    assert moment.delay == 10
    assert moment.usual == pytest.approx((log_wait(65) + log_wait(10)) / 2)
    assert moment.pace == pytest.approx((log_pace(65, 9) + log_pace(10, 5)) / 2)


def test_calls_older_than_an_hour_are_not_counted() -> None:
    display, _ends = a_display((600, 5, 3), (605, 7, 1))

    moment = display.moment(a_reading(665, 7, 1))

    assert moment is not None
    assert moment.calls == 0


def test_what_was_not_seen_yet_is_unknown() -> None:
    moment = a_display((600, 5, 3))[0].moment(a_reading(600, 5, 3))

    assert moment is not None
    assert math.isnan(moment.delay)
    assert math.isnan(moment.usual)
    assert moment.calls == 1
