"""When a sitting has its quorum, what its decision is worth, how its minutes and promises live."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from mingchuang.council.rules import minutes, notice, sitting
from mingchuang.council.rules.binding import Concerned, Force, Why, verdict_of
from mingchuang.council.rules.checking import Result, Rhythm, is_cut_short, kept_of, schedule
from mingchuang.council.rules.quorum import (
    Bar,
    Counted,
    opponents_needed,
    quorum_of,
    seats_needed,
)
from mingchuang.council.rules.sharing import Sat, Span, sharing_of, span_since, years_of

many = st.integers(0, 200)
percents = st.integers(0, 99)
bars = st.builds(Bar, percents, percents, st.integers(0, 20))
days = st.dates(date(2020, 1, 1), date(2060, 12, 31))
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
FULL = quorum_of(Bar(), Counted(12, 12, 4, 4))


@pytest.mark.parametrize(("seats", "needed"), [(1, 1), (2, 2), (11, 6), (12, 7), (20, 11)])
def test_more_than_half_of_the_seats_are_needed(seats: int, needed: int) -> None:
    assert seats_needed(Bar(), seats) == needed


@pytest.mark.parametrize(
    ("seats", "opponents", "needed"),
    [(12, 0, 0), (12, 1, 1), (12, 2, 2), (12, 9, 4), (5, 9, 2), (20, 9, 6)],
)
def test_two_opponents_are_needed_or_their_share_or_all_if_they_are_fewer(
    seats: int, opponents: int, needed: int
) -> None:
    assert opponents_needed(Bar(), seats=seats, opponents=opponents) == needed


@given(bars, many)
def test_a_full_room_is_always_enough(bar: Bar, seats: int) -> None:
    assume(seats)

    quorum = quorum_of(bar, Counted(seats, seats, 3, 3))

    assert quorum.is_met


@given(bars, many, many, many)
def test_who_comes_never_takes_a_quorum_away(bar: Bar, seats: int, here: int, against: int) -> None:
    before = quorum_of(bar, Counted(seats, here, against, against))

    after = quorum_of(bar, Counted(seats, here + 1, against, against))

    assert after.is_met or not before.is_met


@given(bars, st.integers(1, 200), st.integers(1, 50))
def test_a_room_of_one_mind_is_never_enough_where_somebody_objects(
    bar: Bar, seats: int, against: int
) -> None:
    assume(bar.opponents_least)

    quorum = quorum_of(bar, Counted(seats, seats, against, 0))

    assert not quorum.is_met
    assert 1 <= quorum.opponents_missing <= against


def someone(number: int = 1, **given: bool) -> Concerned:
    plain = {"is_direct": False, "is_opponent": False, "is_duly_invited": False}
    return Concerned(number, **{**plain, **given}, still_to_do=("door",))


def test_what_was_talked_over_with_all_it_concerns_binds() -> None:
    people = [someone(1, is_direct=True, is_duly_invited=True), someone(2)]

    assert verdict_of(people, FULL, needs_ballot=False).force == Force.BINDING


def test_without_one_objector_nothing_binds_and_it_says_who_and_what_to_do() -> None:
    people = [someone(7, is_opponent=True), someone(3, is_direct=True, is_opponent=True)]

    verdict = verdict_of(people, FULL, needs_ballot=False)

    assert verdict.force == Force.OPINION
    assert [one.number for one in verdict.missing] == [3, 7]
    assert verdict.missing[0].why == (Why.DIRECT, Why.OBJECTOR)
    assert verdict.missing[1].still_to_do == ("door",)


def test_what_the_owners_must_vote_on_is_a_proposal() -> None:
    assert verdict_of([], FULL, needs_ballot=True).force == Force.PROPOSAL


def test_without_its_quorum_a_sitting_gives_an_opinion() -> None:
    alone = quorum_of(Bar(), Counted(12, 12, 4, 1))

    verdict = verdict_of([], alone, needs_ballot=True)

    assert (verdict.force, verdict.may_decide) == (Force.OPINION, False)


concerned = st.builds(
    Concerned, st.integers(1, 99), st.booleans(), st.booleans(), st.booleans(), st.just(())
)
quorums = st.builds(quorum_of, bars, st.builds(Counted, many, many, many, many))


@given(st.lists(concerned), quorums, st.booleans())
def test_a_decision_is_more_than_an_opinion_only_by_p10(
    people: list[Concerned], quorum: object, ballot: bool
) -> None:
    verdict = verdict_of(people, quorum, needs_ballot=ballot)  # type: ignore[arg-type]

    all_asked = all(p.is_duly_invited for p in people if p.is_direct or p.is_opponent)
    decides = all_asked and verdict.quorum.is_met
    assert (verdict.force != Force.OPINION) == decides
    assert (verdict.force == Force.BINDING) == (decides and not ballot)


def test_a_sitting_is_called_opened_and_closed() -> None:
    told = ["sitting.convened", "sitting.moved", "sitting.began", "sitting.joined"]

    assert sitting.stage_told(told) == sitting.Stage.OPEN
    assert not sitting.may_step(sitting.Stage.OPEN, "sitting.moved")
    assert sitting.stage_told([*told, "sitting.cancelled"]) is None


def test_minutes_go_out_once_and_are_frozen_once() -> None:
    told = ["minutes.added", "minutes.stated", "minutes.sent", "minutes.frozen"]

    assert minutes.stage_told(told) == minutes.Stage.FROZEN
    assert minutes.stage_told([*told, "minutes.frozen"]) is None
    assert not minutes.may_step(minutes.Stage.FROZEN, "minutes.sent")


@given(st.sampled_from(minutes.Stage), st.timedeltas(), st.integers(0, 3))
@example(minutes.Stage.OUT, timedelta(0), 0)
def test_nobody_corrects_what_may_be_frozen(
    stage: minutes.Stage, passed: timedelta, unanswered: int
) -> None:
    assume(abs(passed) < timedelta(days=100_000))
    now = MONDAY + passed

    is_open = minutes.is_window_open(stage, until=MONDAY, now=now)
    may_freeze = minutes.may_freeze(stage, until=MONDAY, unanswered=unanswered, now=now)

    assert not (is_open and may_freeze)


def test_an_unanswered_correction_keeps_minutes_open() -> None:
    asked = {"until": MONDAY, "now": MONDAY}

    assert not minutes.may_freeze(minutes.Stage.OUT, unanswered=1, **asked)
    assert minutes.may_freeze(minutes.Stage.OUT, unanswered=0, **asked)


@given(days, st.integers(notice.SHORTEST, notice.LONGEST))
def test_a_notice_hangs_for_so_many_whole_days(day: date, many: int) -> None:
    until = notice.last_day(day, many)

    assert (until - day).days == many
    assert notice.is_running(until, until)
    assert notice.is_late(until, until + timedelta(days=1))
    assert not notice.is_running(until, until + timedelta(days=1))


def test_only_what_was_reviewed_leads_to_a_measure() -> None:
    assert not notice.may_step(notice.Stage.RECEIVED, "objection.upheld")
    told = ["objection.received", "objection.reviewed", "objection.upheld"]
    assert notice.stage_told(told) == notice.Stage.UPHELD
    assert notice.stage_told([*told, "objection.answered"]) is None


def test_a_month_without_such_a_day_is_looked_at_on_its_last_one() -> None:
    found = schedule(date(2026, 1, 31), Rhythm.MONTHLY, date(2026, 5, 31))

    assert [day.day for day in found] == [31, 28, 31, 30, 31]


@given(days, st.sampled_from(Rhythm), st.integers(0, 4000))
def test_a_schedule_begins_on_its_first_day_and_stays_within(
    first: date, rhythm: Rhythm, length: int
) -> None:
    last = first + timedelta(days=length)

    found = schedule(first, rhythm, last)

    assert found[0] == first
    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)
    assert (len(found) == 1) or rhythm != Rhythm.ONCE


@given(days, st.sampled_from([Rhythm.WEEKLY, Rhythm.MONTHLY]), st.integers(1, 100))
def test_no_day_is_skipped(first: date, rhythm: Rhythm, length: int) -> None:
    found = schedule(first, rhythm, first + timedelta(days=length))

    apart = {(later - day).days for day, later in pairwise(found)}
    assert apart <= ({7} if rhythm == Rhythm.WEEKLY else {28, 29, 30, 31})
    longest = 7 if rhythm == Rhythm.WEEKLY else 31
    assert (first + timedelta(days=length) - found[-1]).days < longest


def test_a_commitment_without_a_day_in_its_span_has_none() -> None:
    assert schedule(date(2026, 3, 2), Rhythm.ONCE, date(2026, 3, 1)) == []


def test_a_last_day_that_would_never_be_reached_is_found() -> None:
    first = date(2026, 3, 2)

    assert not is_cut_short(first, Rhythm.WEEKLY, first + timedelta(weeks=119))
    assert is_cut_short(first, Rhythm.WEEKLY, first + timedelta(weeks=120))
    assert not is_cut_short(first, Rhythm.ONCE, first + timedelta(weeks=500))


def test_what_was_kept_is_told_with_what_was_not() -> None:
    kept = kept_of({Result.PASSED: 3, Result.MISSED: 1, Result.DUE: 2})

    assert (kept.passed, kept.over, kept.due) == (3, 4, 2)


def test_different_people_are_counted_once_and_places_each_time() -> None:
    sat = [Sat("a", 1), Sat("b", 1), Sat("a", 2), Sat("c", 2), Sat("a", 2)]

    sharing = sharing_of(sat)

    assert (sharing.different, sharing.places) == (3, 4)
    assert sharing.often == {1: 2, 2: 1}
    assert [(step.people, step.new, step.different) for step in sharing.steps] == [
        (2, 2, 2),
        (2, 1, 3),
    ]


def test_the_table_follows_the_order_the_sittings_were_opened_in() -> None:
    sat = [Sat("a", 9), Sat("b", 9), Sat("a", 2), Sat("c", 2)]

    steps = sharing_of(sat).steps

    assert [(one.sitting, one.new, one.different) for one in steps] == [(9, 2, 2), (2, 1, 3)]


def test_a_year_tells_who_was_new_and_how_much_the_tenth_had_who_came_most() -> None:
    regular = [Sat("a", n) for n in (1, 2, 3)]
    others = [Sat(f"b{n}", n % 3 + 1) for n in range(10)]
    sat = sorted([*regular, *others, Sat("late", 4)], key=lambda one: one.sitting)
    days = {1: date(2025, 6, 1), 2: date(2026, 1, 1), 3: date(2026, 5, 1), 4: date(2027, 1, 1)}

    years = years_of(sat, days)

    assert years[2025] == Span(5, 5, 5, 1, 1, 1)
    assert years[2026] == Span(8, 7, 6, 2, 1, 2)
    assert span_since(sat, days, date(2025, 6, 2)) == Span(9, 8, 7, 2, 1, 2)
    assert span_since(sat, days, date(2027, 1, 2)) is None


@given(st.lists(st.builds(Sat, st.sampled_from("abcdef"), st.integers(1, 5))))
def test_the_table_adds_up_to_the_sums_above_it(sat: list[Sat]) -> None:
    sharing = sharing_of(sat)

    assert sum(sharing.often.values()) == sharing.different
    assert sum(times * people for times, people in sharing.often.items()) == sharing.places
    assert sum(step.new for step in sharing.steps) == sharing.different
    assert sum(step.people for step in sharing.steps) == sharing.places
