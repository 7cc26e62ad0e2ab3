"""How much time is left, and how that is said."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.hall.rules.days import BEIJING
from mingchuang.hall.rules.left import TimeLeft, remaining
from mingchuang.hall.words.times import due_words, time_left_words
from tests.hall.days import CALENDAR, at

FRIDAY_EVENING = at(11, 27, 17, 30)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(BEIJING))


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        (at(11, 25, 14, 30), FRIDAY_EVENING, "还剩 2 个工作日 3 小时"),
        (at(11, 25, 17, 30), FRIDAY_EVENING, "还剩 2 个工作日"),
        (at(11, 27, 13, 10), FRIDAY_EVENING, "还剩 4 小时"),
        (at(11, 27, 17, 20), FRIDAY_EVENING, "还剩 10 分钟"),
        (FRIDAY_EVENING, FRIDAY_EVENING, "逾期 0 分钟"),
        (at(11, 27, 21, 45), FRIDAY_EVENING, "逾期 4 小时"),
        (at(11, 30, 18, 30), FRIDAY_EVENING, "逾期 3 天 1 小时"),
        (at(11, 20, 15), at(11, 23, 10), "还剩 19 小时"),
        (at(11, 21, 15), at(11, 24, 0), "还剩 1 个工作日"),
        (at(11, 26, 9), at(11, 28, 0), "还剩 1 个工作日 15 小时"),
        (at(11, 20, 15), at(11, 22, 16), "还剩 49 小时"),
    ],
)
def test_time_left_is_told_in_working_days_and_hours(
    now: datetime, due: datetime, words: str
) -> None:
    assert time_left_words(remaining(now, due, CALENDAR)) == words


@given(moments, moments, moments)
def test_time_left_never_grows_while_time_passes(
    one: datetime, other: datetime, due: datetime
) -> None:
    earlier, later = sorted([one, other])

    assert _length(remaining(later, due, CALENDAR)) <= _length(remaining(earlier, due, CALENDAR))


def _length(left: TimeLeft) -> timedelta:
    length = timedelta(days=left.days, hours=left.hours, minutes=left.minutes)
    return -length if left.late else length


def test_midnight_is_told_as_24_o_clock_of_the_day_before() -> None:
    assert due_words(at(11, 28, 0)) == "2026年11月27日 周五 24:00"
    assert due_words(FRIDAY_EVENING) == "2026年11月27日 周五 17:30"


def test_a_reader_of_english_sees_english_days() -> None:
    with translation.override("en"):
        assert due_words(at(11, 28, 0)) == "Fri 27 Nov 2026 24:00"
