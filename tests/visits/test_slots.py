"""The slots of a day, and how they follow what changes."""

from datetime import time
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.slots import (
    Planned,
    Shared,
    Standing,
    Terms,
    changes,
    held_to,
    parts_on_duty,
    planned_slots,
)

MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(17))
DOORS = [MORNING, AFTERNOON]

minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(*divmod(n, 60)))
shifts = st.tuples(minutes, minutes).map(lambda pair: (min(pair), max(pair)))
terms = st.builds(Terms, st.integers(1, 90), st.integers(5, 120), st.integers(0, 100))
slots = st.builds(Planned, minutes, st.just(time(23, 59)), st.integers(1, 9))
days = st.lists(slots, unique_by=lambda slot: slot.start)
standing = st.dictionaries(
    minutes,
    st.tuples(st.integers(1, 9), st.integers(0, 9)).map(lambda p: Standing(max(p), min(p))),
)


def _length(shift: tuple[time, time]) -> int:
    opens, closes = shift
    return closes.hour * 60 + closes.minute - opens.hour * 60 - opens.minute


def test_two_windows_of_ten_minutes_hold_six_in_half_an_hour() -> None:
    found = planned_slots([MORNING], [(MORNING, 1), (MORNING, 1)], Terms(minutes=10))

    assert [slot.capacity for slot in found] == [6] * 6
    assert (found[0].start, found[-1].end) == MORNING


def test_a_window_on_duty_only_in_the_afternoon_gives_slots_only_then() -> None:
    found = planned_slots(DOORS, [(AFTERNOON, 1)], Terms(minutes=15))

    assert {slot.start >= time(14) for slot in found} == {True}


def test_half_of_the_time_is_for_who_comes_as_they_are() -> None:
    found = planned_slots([MORNING], [(MORNING, 1)], Terms(minutes=10, share=50))

    assert [slot.capacity for slot in found] == [1, 2, 1, 2, 1, 2]


def test_a_long_visit_has_a_slot_when_the_time_of_several_is_together() -> None:
    found = planned_slots([MORNING], [(MORNING, 1)], Terms(minutes=60))

    assert [(slot.start, slot.capacity) for slot in found] == [
        (time(9, 30), 1),
        (time(10, 30), 1),
        (time(11, 30), 1),
    ]


@given(shifts, st.lists(shifts, max_size=4), terms)
def test_a_day_holds_what_the_time_of_its_windows_does(
    doors: tuple[time, time], windows: list[tuple[time, time]], how: Terms
) -> None:
    found = planned_slots([doors], [(one, 1) for one in windows], how)

    inside = [(max(a, doors[0]), min(b, doors[1])) for a, b in windows]
    spent = sum(max(0, _length(one)) for one in inside)
    assert sum(slot.capacity for slot in found) == spent * how.share // (100 * how.minutes)
    assert all(doors[0] <= slot.start < slot.end <= doors[1] for slot in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@given(st.lists(shifts, max_size=3), st.lists(terms, min_size=1, max_size=6), st.data())
def test_the_minutes_of_a_window_are_divided_among_its_lines_and_none_is_lost(
    week: list[tuple[time, time]], lines: list[Terms], data: st.DataObject
) -> None:
    weekday = data.draw(st.integers(0, 6))
    doors = [(time(0), time(12)), (time(12), time(23, 59))]
    window = Shared([(weekday, *shift) for shift in week], len(lines))

    parts = parts_on_duty([window], weekday, doors)
    held = [sum(slot.capacity for slot in planned_slots(doors, parts, how)) for how in lines]

    spent = sum(_length(shift) for shift, _lines in parts)
    given = [many * how.minutes for many, how in zip(held, lines, strict=True)]
    due = [Fraction(spent * how.share, 100 * len(lines)) for how in lines]
    assert sum(given) <= spent
    assert all(0 <= d - g < how.minutes for d, g, how in zip(due, given, lines, strict=True))


@given(days, standing)
def test_changes_make_the_planned_of_what_stands_and_take_no_place_away(
    planned: list[Planned], now: dict[time, Standing]
) -> None:
    found = changes(planned, now)

    after = {start: slot.capacity for start, slot in now.items()}
    after |= {start: slot.capacity for start, slot in found.resized.items()}
    after |= {slot.start: slot.capacity for slot in found.made}
    wanted = {slot.start: slot.capacity for slot in planned}
    assert all(after.get(start, 0) >= slot.taken for start, slot in now.items())
    assert {start: size - found.crowded.get(start, 0) for start, size in after.items()} == {
        start: wanted.get(start, 0) for start in after
    }
    assert wanted.keys() <= after.keys()


@given(days)
def test_what_stands_as_planned_stays_as_it_is(planned: list[Planned]) -> None:
    now = {slot.start: Standing(slot.capacity, 0) for slot in planned}

    assert changes(planned, now).are_none


@given(days, st.integers(1, 60), st.integers(0, 3))
def test_a_day_held_to_a_quota_keeps_whole_slots_but_one(
    day: list[Planned], most: int, early: int
) -> None:
    sizes = {slot.start: slot.capacity for slot in day}
    taken = {start: min(early, size) for start, size in sizes.items()}

    held = {slot.start: slot.capacity for slot in held_to(day, most, taken)}

    had = sum(taken.values())
    assert sum(held.values()) == had + min(most, sum(sizes.values()) - had)
    assert sum(taken[start] < held[start] < sizes[start] for start in held) <= 1
    assert all(held.get(start, 0) >= many for start, many in taken.items())


def test_a_quota_is_spread_over_the_day() -> None:
    found = planned_slots([MORNING], [(MORNING, 1)], Terms(minutes=15))

    assert [slot.start.hour for slot in held_to(found, 6)] == [9, 10, 11]
