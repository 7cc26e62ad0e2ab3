"""By when to come, since when one stands, the word of the hall, and codes as people type them."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.hall.rules.hours import OpenDay
from mingchuang.visits.rules.codes import code_in, short, those_meant
from mingchuang.visits.rules.here import is_word, word_of
from mingchuang.visits.rules.hours import next_opening, served_shifts
from mingchuang.visits.rules.remote import GRACE, LEAST, back_by, soonest_wait, stands_since
from tests.build import A_DAY, MONDAY

minutes = st.integers(-300, 300).map(lambda n: timedelta(minutes=n))
codes = st.integers(0, 2**64 - 1).map(lambda n: f"{n:016x}")
moments = st.times().map(lambda at: at.replace(second=0, microsecond=0))
shifts = st.lists(st.tuples(moments, moments).filter(lambda shift: shift[0] < shift[1]), max_size=4)
TODAY = date(2026, 3, 2)


# The tenth percentile of the gamma distribution, from tables (chi-square over two).
@pytest.mark.parametrize(("ahead", "told"), [(0, 0.105), (1, 0.532), (4, 2.433), (19, 14.525)])
def test_the_wait_told_is_the_tenth_percentile_of_so_many_calls(ahead: int, told: float) -> None:
    wait = soonest_wait(ahead, minutes=1.0, windows=1)

    assert wait.total_seconds() / 60 == pytest.approx(told, abs=0.01)


@given(st.integers(0, 200), st.floats(1, 60), st.integers(0, 50))
def test_more_people_take_longer_and_more_windows_are_quicker(
    ahead: int, each: float, windows: int
) -> None:
    wait = soonest_wait(ahead, minutes=each, windows=windows)

    assert wait <= soonest_wait(ahead + 1, minutes=each, windows=windows)
    assert wait >= soonest_wait(ahead, minutes=each, windows=windows + 1)
    assert wait <= timedelta(minutes=(ahead + 1) * each / max(1, windows))


@given(minutes, st.timedeltas(timedelta(), timedelta(minutes=1)))
def test_nobody_is_asked_to_be_here_at_once(wait: timedelta, into: timedelta) -> None:
    now = MONDAY + into

    told = back_by(now, wait)

    assert told - now >= max(LEAST, wait)
    assert told - now < max(LEAST, wait) + timedelta(minutes=1)
    assert told.second == told.microsecond == 0


@given(minutes.filter(lambda late: late > timedelta()), minutes)
def test_who_is_late_is_returned_to_the_line(late: timedelta, more: timedelta) -> None:
    come_by = MONDAY + 2 * LEAST
    here = come_by + late

    stands = stands_since(MONDAY, come_by, here)

    assert MONDAY <= stands <= here
    assert stands == max(MONDAY, here - GRACE)
    assert stands_since(MONDAY, come_by, here + abs(more)) >= stands


@given(minutes.filter(lambda early: early >= timedelta()))
def test_who_is_in_time_stands_as_from_when_the_number_was_taken(early: timedelta) -> None:
    come_by = MONDAY + timedelta(minutes=301)

    assert stands_since(MONDAY, come_by, come_by - early) == MONDAY


def test_the_word_of_the_hall_is_another_each_day_and_in_each_hall() -> None:
    word = word_of(b"secret", "north", TODAY)

    others = [word_of(b"secret", "north", TODAY + A_DAY), word_of(b"secret", "south", TODAY)]

    assert len({word, *others, word_of(b"other", "north", TODAY)}) == 4
    assert is_word(f" {word.lower()[:3]}-{word.lower()[3:]} ", b"secret", "north", TODAY)
    assert not any(is_word(other, b"secret", "north", TODAY) for other in [*others, ""])


@given(codes)
def test_a_code_is_found_in_what_a_scanner_types_and_by_its_eight_digits(code: str) -> None:
    assert code_in(f"https://hall.example/v/{code}/\n") == code
    assert code_in(code.upper()) == code
    assert those_meant(short(code), [code]) == [code]
    assert those_meant(short(code).replace(" ", "-"), [code]) == [code]


@pytest.mark.parametrize("typed", ["", "4827 1936", "/r/0123456789abcdef/", "0123456789abcdef0"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert code_in(typed) == ""


def test_digits_written_wide_are_digits() -> None:
    code = "0123456789abcdef"
    wide = "".join(chr(ord(d) + 0xFEE0) for d in short(code).replace(" ", ""))

    assert those_meant(wide, [code, "f" * 16]) == [code]


@given(shifts, shifts, moments)
def test_numbers_are_given_while_the_doors_are_open_and_somebody_is_on_duty(
    windows: list[tuple[time, time]], doors: list[tuple[time, time]], now: time
) -> None:
    def holds(stretches: object) -> bool:
        return any(since <= now < until for since, until in stretches)  # type: ignore[attr-defined]

    served = served_shifts(windows, doors)

    assert holds(served) == (holds(windows) and holds(doors))
    assert all(first[1] < second[0] for first, second in pairwise(served))


def days(*shifts: tuple[tuple[time, time], ...]) -> list[OpenDay]:
    return [OpenDay(TODAY + n * A_DAY, shift) for n, shift in enumerate(shifts)]


MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(17))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (time(8), (TODAY, time(9))),
        (time(10), None),
        (time(13), (TODAY, time(14))),
        (time(18), (TODAY + 2 * A_DAY, time(9))),
    ],
)
def test_a_shut_door_says_when_it_opens_next(now: time, opens: object) -> None:
    assert next_opening(days((MORNING, AFTERNOON), (), (AFTERNOON, MORNING)), now) == opens


def test_a_door_that_never_opens_says_nothing() -> None:
    at = datetime.combine(TODAY, time(9))

    assert next_opening(days((), ()), at.time()) is None
