"""When a hall is open."""

from datetime import time

import pytest

from mingchuang.hall.rules.hours import Hours, HoursKind, OpenDay, Special, specials
from mingchuang.hall.rules.spans import Closing
from mingchuang.hall.words.times import doors_words
from tests.hall.days import CALENDAR, on

MORNING, AFTERNOON = (time(8, 30), time(12)), (time(13, 30), time(17, 30))
EVENING = (time(17, 30), time(20))
WEEK = Hours(dict.fromkeys(range(5), (MORNING, AFTERNOON)))


def test_an_ordinary_day_keeps_the_hours_of_the_week() -> None:
    friday = on(11, 20)

    assert WEEK.on(friday, CALENDAR) == OpenDay(friday, (MORNING, AFTERNOON))


def test_on_a_statutory_holiday_the_hall_is_closed() -> None:
    assert WEEK.on(on(10, 1), CALENDAR) == OpenDay(on(10, 1), (), "day_off", "国庆节")


def test_on_a_make_up_saturday_the_hall_is_open_like_on_monday() -> None:
    saturday = on(10, 10)

    assert WEEK.on(saturday, CALENDAR) == OpenDay(
        saturday, (MORNING, AFTERNOON), "makeup", "国庆节"
    )


def test_a_day_of_its_own_outweighs_the_holiday() -> None:
    own = Hours(WEEK.week, {on(10, 1): Special(HoursKind.HOLIDAY, (MORNING,), "预约服务")})

    assert own.on(on(10, 1), CALENDAR) == OpenDay(on(10, 1), (MORNING,), "holiday", "预约服务")


def test_shut_outweighs_any_shift_of_the_same_day() -> None:
    day = on(11, 20)

    joined = specials(
        [
            (day, HoursKind.EXTENDED, *EVENING, ""),
            (day, HoursKind.CLOSED, None, None, "停电"),
            (day, HoursKind.EXTENDED, *MORNING, ""),
        ]
    )

    assert joined == {day: Special(HoursKind.CLOSED, (), "停电")}


def test_the_shifts_of_a_day_are_joined() -> None:
    day = on(11, 20)

    joined = specials(
        [
            (day, HoursKind.EXTENDED, *MORNING, "延时"),
            (day, HoursKind.EXTENDED, *EVENING, ""),
        ]
    )

    assert joined == {day: Special(HoursKind.EXTENDED, (MORNING, EVENING), "延时")}


def test_deadlines_end_with_the_last_shift() -> None:
    assert WEEK.closing == Closing((time(17, 30),) * 5 + (None, None))


def test_a_hall_without_hours_sets_no_closing_time() -> None:
    assert Hours().closing is None


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (time(7), "现在不开放，今天 08:30 开门。"),
        (time(8, 30), "现在开放，12:00 关门。"),
        (time(12), "现在不开放，今天 13:30 开门。"),
        (time(17, 29, 59), "现在开放，17:30 关门。"),
        (time(17, 30), "今天已经关门。"),
    ],
)
def test_the_door_says_whether_it_is_open_and_until_when(now: time, sentence: str) -> None:
    friday = WEEK.on(on(11, 20), CALENDAR)

    assert doors_words(friday, now) == sentence


def test_a_door_that_stays_shut_says_so() -> None:
    holiday = WEEK.on(on(10, 1), CALENDAR)

    assert doors_words(holiday, time(9)) == "今天不开放。"
