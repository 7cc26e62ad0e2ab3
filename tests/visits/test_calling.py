"""Numbers are given once, and called as the one rule of the line says."""

from datetime import timedelta

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Entry
from mingchuang.people.actions.posts import give_post
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.calling import (
    bring_back,
    call_next,
    call_out_of_turn,
    finish,
    park,
    recall,
    skip,
    start,
    take_up,
)
from mingchuang.visits.actions.desks import come_back, sign_off, sign_on, step_away
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.actions.remote import take_number_by_phone
from mingchuang.visits.models import Call, Desk
from mingchuang.visits.rules.life import State, state_told
from tests.build import A_DAY, MONDAY, a_person
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 10 * A_MINUTE


def test_numbers_count_from_one_each_day_and_by_prefix() -> None:
    line, other = a_line(), a_line("B")

    shown = [a_visit(line).shown for _ in range(3)]

    assert shown == ["A001", "A002", "A003"]
    assert a_visit(other).shown == "B001"
    assert a_visit(line, at=MONDAY + A_DAY).shown == "A001"


def test_a_double_tap_is_one_number() -> None:
    line = a_line()

    first, second = (issue_visit(line, key="tap", origin="kiosk", at=MONDAY) for _ in range(2))

    assert (first.pk, first.shown) == (second.pk, "A001")
    assert Entry.objects.filter(verb="visit.issued").count() == 1


def test_who_came_first_is_called_first_to_the_window_that_calls() -> None:
    line = a_line()
    first, second = a_visit(line), a_visit(line, at=MONDAY + A_MINUTE)
    clerk = a_clerk(line)

    called = [call_next(by=clerk, at=LATER).pk]
    finish(by=clerk, at=LATER)
    called.append(call_next(by=clerk, at=LATER).pk)

    assert called == [first.pk, second.pk]
    first.refresh_from_db()
    window = line.site.windows.get()
    assert (first.state, first.window, first.ended_at) == (State.FINISHED, window, LATER)


def test_the_green_channel_passes_who_came_less_than_a_quarter_before() -> None:
    line = a_line()
    early, late = a_visit(line), a_visit(line, at=MONDAY + 10 * A_MINUTE)
    green = a_visit(line, at=MONDAY + 16 * A_MINUTE, green="pregnant")
    clerk = a_clerk(line)

    order = []
    for _ in range(3):
        order.append(call_next(by=clerk, at=MONDAY + 20 * A_MINUTE).pk)
        finish(by=clerk, at=MONDAY + 20 * A_MINUTE)

    assert order == [early.pk, green.pk, late.pk]


def test_after_three_of_the_green_channel_an_ordinary_visitor_is_next() -> None:
    line = a_line()
    ordinary = a_visit(line)
    green = [a_visit(line, green="elderly") for _ in range(4)]
    clerk = a_clerk(line)

    order = []
    for _ in range(5):
        order.append(call_next(by=clerk, at=LATER).pk)
        finish(by=clerk, at=LATER)

    assert order == [*(visit.pk for visit in green[:3]), ordinary.pk, green[3].pk]


def test_a_window_calls_nobody_else_while_somebody_is_there() -> None:
    line = a_line()
    visit, _ = a_visit(line), a_visit(line)
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)

    with pytest.raises(errors.StillServing, match=visit.shown):
        call_next(by=clerk, at=LATER)
    with pytest.raises(errors.StillServing):
        sign_off(by=clerk, at=LATER)


def test_a_window_calls_only_lines_for_what_it_takes_in() -> None:
    line, other = a_line(), a_line("B")
    a_visit(other)
    clerk = a_clerk(line)

    with pytest.raises(errors.NobodyWaits):
        call_next(by=clerk, at=LATER)


def test_who_did_not_come_is_passed_over_and_may_come_back_to_the_line() -> None:
    line = a_line()
    visit = a_visit(line)
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)
    recall(by=clerk, at=LATER)

    skip(by=clerk, at=LATER)
    bring_back(visit.pk, by=clerk, at=LATER)
    again = call_next(by=clerk, at=LATER)

    assert (again.pk, again.shown) == (visit.pk, "A001")
    assert Call.objects.count() == 2


def test_a_form_is_filled_in_aside_and_the_window_goes_on() -> None:
    line = a_line()
    first, second = a_visit(line), a_visit(line)
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)
    start(by=clerk, at=LATER)

    park(by=clerk, at=LATER)
    called = call_next(by=clerk, at=LATER)
    finish(by=clerk, at=LATER)
    back = take_up(first.pk, by=clerk, at=LATER)

    assert (called.pk, back.pk, back.state) == (second.pk, first.pk, State.SERVING)


def test_out_of_turn_only_with_a_reason_that_stays() -> None:
    line = a_line()
    a_visit(line)
    late = a_visit(line)
    clerk = a_clerk(line)

    with pytest.raises(errors.ReasonNeeded):
        call_out_of_turn(late.pk, " ", by=clerk, at=LATER)
    call_out_of_turn(late.pk, "突发不适", by=clerk, at=LATER)

    assert Entry.objects.get(verb="visit.called").facts["reason"] == "突发不适"
    assert Call.objects.get().reason == "突发不适"


def test_out_of_turn_too_nobody_who_is_not_in_the_hall_yet() -> None:
    line = a_line()
    coming, clerk = take_number_by_phone(line, key="p", at=MONDAY), a_clerk(line)

    with pytest.raises(NotFound):
        call_out_of_turn(coming.pk, "突发不适", by=clerk, at=LATER)

    assert not Call.objects.exists()


def test_nobody_is_called_while_the_clerk_is_away() -> None:
    line = a_line()
    visit = a_visit(line)
    clerk = a_clerk(line)
    step_away(by=clerk, at=LATER)

    with pytest.raises(errors.IsAway):
        call_next(by=clerk, at=LATER)
    come_back(by=clerk, at=LATER)

    assert call_next(by=clerk, at=LATER).pk == visit.pk


def test_who_was_left_standing_yesterday_is_called_no_more() -> None:
    line = a_line()
    a_visit(line, at=MONDAY - A_DAY)
    today = a_visit(line)
    clerk = a_clerk(line)

    assert call_next(by=clerk, at=LATER).pk == today.pk
    finish(by=clerk, at=LATER)
    with pytest.raises(errors.NobodyWaits):
        call_next(by=clerk, at=LATER)


def test_out_of_turn_too_only_who_is_in_this_hall() -> None:
    line, other = a_line(), a_line("B")
    elsewhere = a_visit(other)
    clerk = a_clerk(line)
    give_post(clerk, other.site.unit, Role.RECEPTION, at=MONDAY)

    with pytest.raises(NotFound):
        call_out_of_turn(elsewhere.pk, "突发不适", by=clerk, at=LATER)


def test_a_person_sits_at_one_window_and_a_window_has_one_person() -> None:
    line = a_line(windows=2)
    clerk, other = a_clerk(line), a_person(Role.RECEPTION, unit=line.site.unit)
    first, second = line.site.windows.order_by("number")

    with pytest.raises(errors.AtAnotherWindow, match="1 号窗口"):
        sign_on(second.pk, by=clerk, at=LATER)
    with pytest.raises(errors.WindowTaken, match=clerk.badge):
        sign_on(first.pk, by=other, at=LATER)
    sign_off(by=clerk, at=LATER)
    sign_on(first.pk, by=other, at=LATER)

    assert Desk.objects.get(until=None).person == other


def test_a_stranger_sits_at_no_window_of_the_hall() -> None:
    line = a_line()
    stranger = a_person(Role.RECEPTION, unit=a_line("B").site.unit)

    with pytest.raises(NotFound):
        sign_on(line.site.windows.get().pk, by=stranger, at=LATER)
    with pytest.raises(errors.AtNoWindow):
        call_next(by=stranger, at=LATER)


def test_what_is_not_the_next_step_is_refused_in_words() -> None:
    line = a_line()
    visit = a_visit(line)
    clerk = a_clerk(line)

    with pytest.raises(errors.WrongStep, match="A001 现在是“等候中”"):
        take_up(visit.pk, by=clerk, at=LATER)
    with pytest.raises(errors.NobodyWaits):
        finish(by=clerk, at=LATER)


def test_the_ledger_tells_how_each_visit_stands() -> None:
    line = a_line()
    visits = [a_visit(line) for _ in range(3)]
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)
    finish(by=clerk, at=LATER)
    call_next(by=clerk, at=LATER)
    skip(by=clerk, at=LATER)

    for visit in visits:
        visit.refresh_from_db()
        told = Entry.objects.filter(subject=visit.subject).order_by("pk")
        assert state_told(told.values_list("verb", flat=True)) == visit.state
