"""Numbers taken on the phone: nobody is skipped for being on the way, nor called before."""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.visits import errors
from mingchuang.visits.actions.calling import call_next, finish, skip, start
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.actions.remote import arrive, take_number_by_phone
from mingchuang.visits.models import Call, Line, Visit
from mingchuang.visits.queries.pace import minutes_each, place_of, soonest_call
from mingchuang.visits.rules.life import State, state_told
from tests.build import A_DAY, MONDAY
from tests.hall.build import an_item
from tests.tools.together import at_once
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 10 * A_MINUTE
LONGER = MONDAY + 60 * A_MINUTE


def by_phone(line: Line, key: str = "k", **given: Any) -> Visit:
    return take_number_by_phone(line, key=key, **{"at": MONDAY, **given})


def test_who_is_on_the_way_stands_in_the_line_and_is_not_called() -> None:
    line = a_line()
    visit = by_phone(line)
    here = a_visit(line, at=MONDAY + A_MINUTE)
    clerk = a_clerk(line)

    assert call_next(by=clerk, at=LATER).pk == here.pk
    finish(by=clerk, at=LATER)
    with pytest.raises(errors.NobodyWaits):
        call_next(by=clerk, at=LATER)

    assert (visit.shown, visit.here_at, visit.back_by) == ("A001", None, LATER)


def test_who_is_here_in_time_stands_as_from_when_the_number_was_taken() -> None:
    line = a_line()
    visit = by_phone(line)
    a_visit(line, at=MONDAY + A_MINUTE)
    clerk = a_clerk(line)

    arrive(visit.code, at=LATER)

    assert call_next(by=clerk, at=LATER).pk == visit.pk
    assert Entry.objects.get(verb="visit.arrived").facts["late"] is False


def test_who_comes_late_is_returned_to_the_line() -> None:
    line = a_line()
    visit = by_phone(line)
    before = a_visit(line, at=MONDAY + 49 * A_MINUTE)
    after = a_visit(line, at=MONDAY + 51 * A_MINUTE)
    clerk = a_clerk(line)

    arrive(visit.code, at=LONGER)

    order = []
    for _ in range(3):
        order.append(call_next(by=clerk, at=LONGER).pk)
        finish(by=clerk, at=LONGER)
    assert order == [before.pk, visit.pk, after.pk]
    assert Entry.objects.get(verb="visit.arrived").facts["late"] is True


def test_to_arrive_twice_is_to_arrive_once() -> None:
    visit = by_phone(a_line())

    first, again = arrive(visit.code, at=LATER), arrive(visit.code, at=LONGER)

    assert (first.here_at, again.here_at) == (LATER, LATER)
    assert Entry.objects.filter(verb="visit.arrived").count() == 1


def test_a_number_is_no_good_on_another_day() -> None:
    visit = by_phone(a_line())

    with pytest.raises(errors.NotItsDay, match="2026年3月2日"):
        arrive(visit.code, at=MONDAY + A_DAY)


def test_who_was_passed_over_waits_again_with_the_places_that_costs() -> None:
    line = a_line()
    visit, other = a_visit(line), a_visit(line, at=MONDAY + A_MINUTE)
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)
    skip(by=clerk, at=LATER)

    back = arrive(visit.code, at=LONGER)

    assert (back.state, back.stands_since) == (State.WAITING, LONGER - 10 * A_MINUTE)
    assert [call_next(by=clerk, at=LONGER).pk, place_of(back, LONGER)] == [other.pk, 0]


def test_two_numbers_on_the_way_are_enough_under_one_phone_or_in_one_browser() -> None:
    line = a_line()
    first = by_phone(line, "1", phone="13800000000")
    by_phone(line, "2", phone="138 0000 0000")
    mine = [by_phone(line, f"m{n}").code for n in range(2)]

    with pytest.raises(errors.NumbersEnough, match="2 个号"):
        by_phone(line, "3", phone="13800000000")
    with pytest.raises(errors.NumbersEnough):
        by_phone(line, "4", mine=mine)
    arrive(first.code, at=LATER)

    assert by_phone(line, "3", phone="13800000000").shown == "A005"


def test_the_ledger_knows_no_phone() -> None:
    by_phone(a_line(), phone="13800000000")

    facts = Entry.objects.filter(verb__in=["visit.issued", "requester.added"])
    assert "138" not in str(list(facts.values_list("facts", flat=True)))


def test_a_forecast_goes_before_the_pace_of_the_line() -> None:
    visit = by_phone(a_line(), soonest=timedelta(minutes=42, seconds=1))

    assert visit.back_by == MONDAY + 43 * A_MINUTE


def test_the_pace_is_what_visits_took_today() -> None:
    line = a_line(minutes=20)
    clerk = a_clerk(line)
    planned = minutes_each(line, MONDAY)
    for n in range(5):
        a_visit(line)
        call_next(by=clerk, at=MONDAY + n * 4 * A_MINUTE)
        start(by=clerk, at=MONDAY + n * 4 * A_MINUTE)
        finish(by=clerk, at=MONDAY + (n + 1) * 4 * A_MINUTE)

    assert (planned, minutes_each(line, LONGER)) == (20, 4)


def test_the_more_wait_the_later_one_has_to_be_here() -> None:
    line = a_line()
    alone = soonest_call(line, MONDAY)
    for _ in range(9):
        a_visit(line)

    soonest = soonest_call(line, MONDAY)
    assert timedelta() < alone < soonest < 10 * 15 * A_MINUTE
    assert soonest_call(line, MONDAY, "elderly") < soonest


def test_the_place_counts_who_would_be_called_before_by_the_rule_of_the_line() -> None:
    line = a_line()
    beside = Line.objects.create(site=line.site, prefix="B", name="不动产")
    beside.items.set(line.items.all())
    first, mine = a_visit(line), a_visit(line, at=MONDAY + 5 * A_MINUTE)
    a_visit(beside, at=MONDAY + A_MINUTE)
    a_visit(line, at=LATER, green="elderly")
    by_phone(line)
    a_visit(a_line("C"))

    assert (place_of(first, LATER), place_of(mine, LATER)) == (1, 2)


def test_who_is_late_already_is_told_the_place_that_is_left() -> None:
    line = a_line()
    visit = by_phone(line)
    a_visit(line, at=MONDAY + A_MINUTE)
    a_visit(line, at=MONDAY + 55 * A_MINUTE)

    assert [place_of(visit, at) for at in (LATER, LONGER)] == [0, 1]


def test_asking_for_the_place_costs_the_same_however_many_wait(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_line()
    visits = [a_visit(line) for _ in range(12)]

    with django_assert_max_num_queries(3):
        assert place_of(visits[-1], LATER) == 11


@pytest.mark.django_db(transaction=True)
def test_who_arrives_while_windows_call_is_called_once_and_never_before() -> None:
    line = a_line(windows=2)
    on_the_way = [take_number_by_phone(line, key=f"k{n}", at=MONDAY) for n in range(10)]
    clerks = [a_clerk(line, number) for number in (1, 2)]

    def comes(visit: Visit) -> None:
        arrive(visit.code, at=LATER)
        arrive(visit.code, at=LATER)

    def calls(clerk: Person) -> None:
        while Call.objects.count() < len(on_the_way):
            with suppress(errors.NobodyWaits):
                call_next(by=clerk, at=LATER)
                finish(by=clerk, at=LATER)

    deeds = [partial(comes, visit) for visit in on_the_way]
    became = at_once(*deeds, *[partial(calls, clerk) for clerk in clerks])

    assert became == ["done"] * 12
    assert sorted(Call.objects.values_list("visit", flat=True)) == [v.pk for v in on_the_way]
    for visit in Visit.objects.all():
        told = Entry.objects.filter(subject=visit.subject).order_by("pk")
        verbs = list(told.values_list("verb", flat=True))
        assert state_told(verbs) == visit.state == State.FINISHED
        assert verbs.index("visit.arrived") < verbs.index("visit.called")


@pytest.mark.django_db(transaction=True)
def test_taps_under_one_phone_at_once_are_as_many_numbers_as_it_may_have() -> None:
    line = a_line()
    taps = [partial(by_phone, line, f"k{n}", phone="13800000000") for n in range(5)]

    assert at_once(*taps) == ["done"] * 2 + ["numbers_enough"] * 3


@pytest.mark.django_db(transaction=True)
def test_double_taps_that_come_together_are_one_number_on_the_phone() -> None:
    line = a_line()

    assert at_once(*[partial(by_phone, line)] * 4) == ["done"] * 4
    assert Visit.objects.get().shown == "A001"


def test_one_number_stands_for_several_people_and_several_things_of_its_line() -> None:
    line, other = a_line(), a_line("B")
    line.items.add(an_item("one-more"))
    items = list(line.items.all())
    counter: dict[str, Any] = {"key": "counter", "origin": "counter", "at": MONDAY}

    phone = by_phone(line, persons=3, items=items)
    visit = issue_visit(line, persons=3, items=items, **counter)

    assert (phone.persons, phone.places, set(phone.items.all())) == (3, 6, set(items))
    assert place_of(visit, MONDAY) == 0
    told = Entry.objects.get(verb="visit.issued", subject=visit.subject).facts
    assert (told["persons"], told["items"]) == ("3", sorted(item.code for item in items))
    with pytest.raises(errors.NotOfThisLine):
        by_phone(other, "k2", items=items)


def test_a_number_from_the_kiosk_stands_as_before() -> None:
    visit = issue_visit(a_line(), key="k", origin="kiosk", persons=3, green="ill", at=MONDAY)

    visit.refresh_from_db()
    assert (visit.persons, visit.green, visit.here_at, visit.back_by) == (3, "ill", MONDAY, None)
