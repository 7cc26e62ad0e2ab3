"""At night whatever a day left open is closed, and the ledger tells of each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from mingchuang.ledger.models import Entry
from mingchuang.visits.actions.calling import call_next, park, skip, start
from mingchuang.visits.actions.ending import end_day
from mingchuang.visits.actions.remote import take_number_by_phone
from mingchuang.visits.models import Desk, Visit
from mingchuang.visits.rules.life import LEFT_OPEN, LIFE, State, may_step, state_told
from tests.build import A_DAY, MONDAY
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_booking import a_slot, booked

pytestmark = pytest.mark.django_db

TUESDAY_NIGHT = MONDAY + A_DAY - timedelta(hours=5)


def left(*steps: Callable[..., object]) -> Visit:
    """A visit that went so far on Monday, and no further."""
    line = a_line()
    visit, clerk = a_visit(line), a_clerk(line)
    for step in steps:
        step(by=clerk, at=MONDAY)
    return Visit.objects.get(pk=visit.pk)


def told(visit: Visit) -> list[str]:
    entries = Entry.objects.filter(subject=visit.subject).order_by("pk")
    return list(entries.values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("steps", "end", "last"),
    [
        ((), State.MISSED, ["visit.missed"]),
        ((call_next, skip), State.MISSED, ["visit.missed"]),
        ((call_next,), State.MISSED, ["visit.skipped", "visit.missed"]),
        ((call_next, start), State.FINISHED, ["visit.finished"]),
        ((call_next, start, park), State.FINISHED, ["visit.taken_up", "visit.finished"]),
    ],
)
def test_what_a_day_left_open_is_closed_at_night(
    steps: tuple[Callable[..., object], ...], end: State, last: list[str]
) -> None:
    visit = left(*steps)
    before = told(visit)

    end_day(at=TUESDAY_NIGHT)

    visit.refresh_from_db()
    assert (visit.state, visit.ended_at) == (end, TUESDAY_NIGHT)
    assert told(visit) == [*before, *last]
    assert state_told(told(visit)) == end


def test_who_booked_or_was_on_the_way_and_did_not_come_has_missed_it() -> None:
    visits = [booked(a_slot()), take_number_by_phone(a_line(), key="p", at=MONDAY + A_DAY)]

    end_day(at=MONDAY + A_DAY)
    kept = [Visit.objects.get(pk=visit.pk).state for visit in visits]
    end_day(at=MONDAY + 2 * A_DAY)

    assert kept == [State.BOOKED, State.WAITING]
    assert {Visit.objects.get(pk=v.pk).state for v in visits} == {State.MISSED}


def test_who_still_works_after_midnight_is_not_interrupted() -> None:
    visit = left(call_next, start)

    assert end_day(at=MONDAY.replace(hour=2) + A_DAY) == 0
    assert Visit.objects.get(pk=visit.pk).state == State.SERVING


def test_nobody_sits_at_a_window_overnight() -> None:
    left(call_next)

    assert end_day(at=TUESDAY_NIGHT) == 2

    assert Desk.objects.get().until == TUESDAY_NIGHT
    assert Entry.objects.get(verb="desk.signed_off").facts == {}


def test_a_large_day_is_closed_by_slices_and_nothing_twice() -> None:
    line = a_line()
    for _ in range(5):
        a_visit(line)
    a_clerk(line)

    closed = [end_day(at=TUESDAY_NIGHT, many=2) for _ in range(5)]

    assert closed == [2, 2, 2, 0, 0]
    assert Entry.objects.filter(verb="visit.missed").count() == 5


def test_a_slice_costs_the_same_however_many_are_in_it(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_line()
    for _ in range(20):
        a_visit(line)

    with django_assert_max_num_queries(10):
        assert end_day(at=TUESDAY_NIGHT) == 20


def test_every_open_state_leads_by_steps_of_the_table_to_an_end() -> None:
    for state, verbs in LEFT_OPEN.items():
        at = state
        for verb in verbs:
            assert may_step(at, verb)
            at = LIFE[verb].end
        assert at in {State.MISSED, State.FINISHED}

    assert set(LEFT_OPEN) == set(State) - {State.FINISHED, State.MISSED, State.CANCELLED}
