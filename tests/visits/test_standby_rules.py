"""Freed places go round in the order of asking, and are kept while people are up."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.standby import (
    DOWN,
    UP,
    WAY,
    Free,
    Part,
    Wanted,
    answer_by,
    halves_of,
    handed_out,
    part_of,
    waking,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING, AFTERNOON = Free("9:00", time(9), 2), Free("14:00", time(14), 2)

parts = st.sampled_from(Part)
wishes = st.builds(
    lambda persons, part, is_wish: (persons, halves_of(part) if is_wish else (part,)),
    st.integers(1, 6),
    parts,
    st.booleans(),
)
queues = st.lists(wishes, max_size=12).map(
    lambda found: [Wanted(n, persons, halves) for n, (persons, halves) in enumerate(found)]
)
slots = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 6)), max_size=6).map(
    lambda found: [Free(n, time(hour), places) for n, (hour, places) in enumerate(found)]
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(SHANGHAI))
spans = st.integers(0, 600).map(lambda minutes: timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_who_asked_first_is_offered_the_earliest_place() -> None:
    wanted = [Wanted("Wang", 1), Wanted("Li", 1), Wanted("Zhao", 1)]

    assert handed_out(wanted, [AFTERNOON, MORNING]) == {
        "Wang": "9:00",
        "Li": "9:00",
        "Zhao": "14:00",
    }


def test_a_group_that_does_not_fit_keeps_its_turn_and_holds_up_nobody() -> None:
    wanted = [Wanted("group", 3), Wanted("Li", 1)]

    assert handed_out(wanted, [MORNING]) == {"Li": "9:00"}


def test_a_half_of_the_day_is_a_condition_or_a_wish() -> None:
    only = Wanted("only", 1, (Part.AFTERNOON,))
    rather = Wanted("rather", 1, halves_of(Part.AFTERNOON))

    assert handed_out([only, rather], [MORNING]) == {"rather": "9:00"}
    assert handed_out([rather], [MORNING, AFTERNOON]) == {"rather": "14:00"}


def test_no_more_is_given_than_is_to_be_given() -> None:
    wanted = [Wanted("Wang", 1), Wanted("pair", 2), Wanted("Li", 1)]

    assert handed_out(wanted, [MORNING, AFTERNOON], most=2) == {"Wang": "9:00", "Li": "9:00"}


@given(queues, slots, st.none() | st.integers(0, 10))
def test_never_is_more_held_than_was_freed(
    wanted: list[Wanted[int]], free: list[Free[int]], most: int | None
) -> None:
    given_out = handed_out(wanted, free, most=most)

    persons = {one.key: one.persons for one in wanted}
    for slot in free:
        held = sum(persons[who] for who, where in given_out.items() if where == slot.key)
        assert held <= slot.places
    assert most is None or sum(persons[who] for who in given_out) <= most


@given(queues, slots, st.sets(st.integers(0, 11)), st.integers(0, 3))
def test_never_is_more_held_of_a_portion_than_it_has(
    wanted: list[Wanted[int]], free: list[Free[int]], rare: set[int], most: int
) -> None:
    asked = [replace(one, bound=["rare"] if one.key in rare else []) for one in wanted]
    there = [replace(slot, portions={"rare": most}) for slot in free]

    given_out = handed_out(asked, there)

    persons = {one.key: one.persons for one in asked if one.bound}
    for slot in there:
        held = sum(persons.get(who, 0) for who, where in given_out.items() if where == slot.key)
        assert held <= most


@given(queues, slots, st.none() | st.integers(0, 10))
def test_nobody_gets_what_somebody_before_them_would_have_taken(
    wanted: list[Wanted[int]], free: list[Free[int]], most: int | None
) -> None:
    given_out = handed_out(wanted, free, most=most)

    starts = {slot.key: slot.starts for slot in free}
    passed = [
        (one.key, other.key)
        for n, one in enumerate(wanted)
        for other in wanted[n + 1 :]
        if one.key not in given_out
        and other.key in given_out
        and one.persons <= other.persons
        and {Part.ANY, part_of(starts[given_out[other.key]])} & {*one.halves}
    ]
    assert passed == []


@given(queues, slots, wishes)
def test_who_comes_later_changes_nothing_for_those_before(
    wanted: list[Wanted[int]], free: list[Free[int]], later: tuple[int, tuple[Part, ...]]
) -> None:
    before = handed_out(wanted, free)

    after = handed_out([*wanted, Wanted(-1, *later)], free)

    assert {who: where for who, where in after.items() if who != -1} == before


@pytest.mark.parametrize(
    ("offered", "starts", "until"),
    [
        ("2026-03-02T10:00", "2026-03-03T09:00", "2026-03-02T11:00"),
        ("2026-03-02T20:40", "2026-03-03T14:00", "2026-03-03T08:40"),
        ("2026-03-02T23:30", "2026-03-03T14:00", "2026-03-03T09:00"),
        ("2026-03-02T05:00", "2026-03-02T14:00", "2026-03-02T09:00"),
        ("2026-03-02T10:00", "2026-03-02T11:10", "2026-03-02T10:40"),
    ],
)
def test_a_place_is_kept_an_hour_in_which_people_are_up(
    offered: str, starts: str, until: str
) -> None:
    assert answer_by(at(offered), at(starts)) == at(until)


@pytest.mark.parametrize(
    ("offered", "starts"),
    [("2026-03-02T10:00", "2026-03-02T10:59"), ("2026-03-02T23:00", "2026-03-03T08:30")],
)
def test_nobody_is_asked_who_could_not_answer_and_come(offered: str, starts: str) -> None:
    assert answer_by(at(offered), at(starts)) is None


@given(moments, spans)
def test_waking_time_ends_by_day_and_never_too_soon(moment: datetime, span: timedelta) -> None:
    end = waking(moment, span)

    assert UP <= end.time() <= DOWN
    assert end - moment >= span


@given(moments, spans, spans)
def test_waking_time_adds_up(moment: datetime, some: timedelta, more: timedelta) -> None:
    assert waking(waking(moment, some), more) == waking(moment, some + more)


@given(moments, spans)
def test_whoever_is_asked_has_time_to_come(moment: datetime, ahead: timedelta) -> None:
    until = answer_by(moment, moment + ahead)

    assert until is None or moment < until <= moment + ahead - WAY
