"""Passed on, or gone: nobody queues twice for one coming, and no place is kept for nobody."""

from datetime import timedelta

import pytest

from mingchuang.hall.models import Window
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.calling import bring_back, call_next, finish, skip, start
from mingchuang.visits.actions.desks import sign_off, sign_on
from mingchuang.visits.actions.passing import miss, pass_on
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.pace import place_of
from mingchuang.visits.queries.replayed import called_out_of_turn
from mingchuang.visits.rules.life import State
from tests.build import MONDAY, a_person
from tests.hall.build import an_item
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 10 * A_MINUTE


def a_second_line(line: Line, *, windows: tuple[int, ...] = (2,)) -> Line:
    """Another line at the same site, with windows of its own."""
    item = an_item(f"{line.site.code}-second")
    second = Line.objects.create(site=line.site, prefix="B", name="医疗保险")
    second.items.add(item)
    for number in windows:
        window = Window.objects.create(site=line.site, number=number, name="医疗保险")
        window.items.add(item)
    return second


def test_who_is_passed_on_stands_before_those_who_came_after_them() -> None:
    line = a_line()
    second = a_second_line(line)
    visit = a_visit(line)
    a_visit(second, at=MONDAY + A_MINUTE)
    clerk, other = a_clerk(line), a_clerk(line, 2)
    call_next(by=clerk, at=LATER)
    start(by=clerk, at=LATER)

    pass_on(visit.pk, second.pk, by=clerk, at=LATER)

    called = call_next(by=other, at=LATER + A_MINUTE)
    assert (called.pk, called.shown) == (visit.pk, "A001")


def test_who_is_passed_on_to_a_window_is_called_by_no_other() -> None:
    line = a_line()
    second = a_second_line(line, windows=(2, 3))
    wanted = line.site.windows.get(number=3)
    visit = a_visit(line)
    clerk, other = a_clerk(line), a_clerk(line, 2)
    third = a_person(Role.RECEPTION, unit=line.site.unit)
    sign_on(wanted.pk, by=third, at=MONDAY)
    call_next(by=clerk, at=LATER)

    pass_on(visit.pk, second.pk, window=wanted.pk, by=clerk, at=LATER)

    with pytest.raises(errors.NobodyWaits):
        call_next(by=other, at=LATER)
    assert call_next(by=third, at=LATER).pk == visit.pk
    told = Entry.objects.get(verb="visit.passed_on").facts
    assert (told["line"], told["window"]) == (second.subject, wanted.subject)


def test_nobody_is_passed_on_to_a_window_where_nobody_sits() -> None:
    line = a_line(windows=2)
    visit, clerk = a_visit(line), a_clerk(line)
    call_next(by=clerk, at=LATER)
    empty = line.site.windows.get(number=2)

    with pytest.raises(errors.NobodySitsThere, match="2 号窗口现在没有人在岗"):
        pass_on(visit.pk, line.pk, window=empty.pk, by=clerk, at=LATER)

    assert Visit.objects.get(pk=visit.pk).state == State.CALLED


def test_who_waits_for_a_window_alone_waits_for_any_once_its_clerk_has_left() -> None:
    line = a_line(windows=2)
    visit, clerk, leaving = a_visit(line), a_clerk(line), a_clerk(line, 2)
    wanted = line.site.windows.get(number=2)
    call_next(by=clerk, at=LATER)
    pass_on(visit.pk, line.pk, window=wanted.pk, by=clerk, at=LATER)
    with pytest.raises(errors.NobodyWaits):
        call_next(by=clerk, at=LATER)

    sign_off(by=leaving, at=LATER)

    assert place_of(Visit.objects.get(pk=visit.pk), LATER) == 0
    assert call_next(by=clerk, at=LATER).pk == visit.pk
    told = Entry.objects.get(verb="visit.freed").facts
    assert told == {"line": line.subject, "window": wanted.subject}
    assert called_out_of_turn(line.site, LATER.date()) == []


def test_who_missed_the_call_of_the_window_they_were_sent_to_waits_for_any() -> None:
    line = a_line(windows=2)
    visit, clerk, wanted = a_visit(line), a_clerk(line), a_clerk(line, 2)
    call_next(by=clerk, at=LATER)
    to = line.site.windows.get(number=2).pk
    pass_on(visit.pk, line.pk, window=to, by=clerk, at=LATER)
    call_next(by=wanted, at=LATER)
    skip(by=wanted, at=LATER)

    bring_back(visit.pk, by=wanted, at=LATER)

    assert call_next(by=clerk, at=LATER).pk == visit.pk
    assert called_out_of_turn(line.site, LATER.date()) == []


def test_nobody_is_passed_on_to_a_window_that_does_not_take_it_in() -> None:
    line = a_line()
    second = a_second_line(line)
    visit = a_visit(line)
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)
    own = line.site.windows.get(number=1)

    with pytest.raises(errors.NotTakenInThere, match="1 号窗口不办“医疗保险”"):
        pass_on(visit.pk, second.pk, window=own.pk, by=clerk, at=LATER)

    visit.refresh_from_db()
    assert visit.state == State.CALLED


def test_nobody_passes_on_who_stands_at_anothers_window() -> None:
    line = a_line()
    second = a_second_line(line)
    visit = a_visit(line)
    clerk, other = a_clerk(line), a_clerk(line, 2)
    call_next(by=clerk, at=LATER)

    with pytest.raises(errors.AtTheirWindow, match="A001 正在别的窗口"):
        pass_on(visit.pk, second.pk, by=other, at=LATER)


def test_what_is_done_cannot_be_passed_on() -> None:
    line = a_line()
    second = a_second_line(line)
    visit = a_visit(line)
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)
    finish(by=clerk, at=LATER)

    with pytest.raises(errors.WrongStep):
        pass_on(visit.pk, second.pk, by=clerk, at=LATER)


def test_who_did_not_come_is_called_no_more() -> None:
    line = a_line()
    visit = a_visit(line)
    clerk = a_clerk(line)
    with pytest.raises(errors.StillWaits, match="先叫号"):
        miss(visit.pk, by=clerk, at=LATER)
    call_next(by=clerk, at=LATER)
    skip(by=clerk, at=LATER)

    missed = miss(visit.pk, by=clerk, at=LATER + A_MINUTE)

    assert (missed.state, missed.ended_at) == (State.MISSED, LATER + A_MINUTE)
    with pytest.raises(errors.NobodyWaits):
        call_next(by=clerk, at=LATER)
