"""Lines and rotas: who keeps them sets them up, and what can be booked follows at once."""

from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import OpeningHours, Site
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.calling import call_next, finish, start
from mingchuang.visits.actions.lines import (
    change_line,
    close_line,
    reopen_line,
    set_rota,
    set_up_line,
)
from mingchuang.visits.models import Line, Slot
from mingchuang.visits.queries.kept import done_at_few, kept_line, minutes_measured
from mingchuang.visits.rules.rota import overlapping
from tests.build import A_DAY, MONDAY, a_person, the_town
from tests.hall.build import an_item
from tests.tools.together import at_once
from tests.visits.bookable import a_bookable_line, booked, with_slots
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db

NINE, TEN, NOON, FIVE = time(9), time(10), time(12), time(17)
TERMS = {"name": "医疗保险", "minutes": 10, "step": 30, "share": 50, "days_ahead": 6}


def open_doors(site: Site) -> None:
    the_town()
    for weekday in range(5):
        OpeningHours.objects.create(site=site, weekday=weekday, opens=NINE, closes=NOON)


def a_keeper(line: Line, role: Role = Role.SUPERVISOR) -> Person:
    return a_person(role, unit=line.site.unit)


def seated(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def capacity(line: Line) -> int:
    return sum(line.slots.values_list("capacity", flat=True))


def the_items(line: Line) -> list[Any]:
    return list(line.items.all())


def test_a_new_line_can_be_booked_at_once() -> None:
    old = a_line()
    open_doors(old.site)
    keeper = a_keeper(old)

    given = TERMS | {"items": the_items(old)}
    line = set_up_line(old.site.code, "B", given, by=keeper, at=MONDAY)

    # Five mornings of three hours, at ten minutes each; half of the window's time is the other
    # line's, half of the rest kept for who walks in.
    assert capacity(line) == 5 * 4
    entry = Entry.objects.get(verb="line.added")
    assert (entry.subject, entry.facts["by"]) == (line.subject, keeper.badge)


def test_a_prefix_is_taken_once_even_by_a_line_that_ended() -> None:
    line = a_line()
    keeper = a_keeper(line)
    close_line(line.pk, by=keeper, at=MONDAY)
    given = TERMS | {"items": the_items(line)}

    with pytest.raises(errors.PrefixTaken, match="字头为 A"):
        set_up_line(line.site.code, "A", given, by=keeper, at=MONDAY)


def test_what_changed_is_told_and_slots_follow_it() -> None:
    line = a_line(minutes=10, days_ahead=6)
    open_doors(line.site)
    keeper = a_keeper(line)
    change_line(line.pk, {"minutes": 10, "share": 100}, by=keeper, at=MONDAY)

    change_line(line.pk, {"minutes": 20, "share": 100}, by=keeper, at=MONDAY)

    told = Entry.objects.filter(verb="line.changed").order_by("pk")
    assert [entry.facts["fields"] for entry in told] == [["share"], ["minutes"]]
    assert capacity(line) == 5 * 9


def test_what_did_not_change_is_not_told() -> None:
    line = a_line()
    keeper = a_keeper(line)

    given = {"minutes": line.minutes, "items": the_items(line)}
    change_line(line.pk, given, by=keeper, at=MONDAY)

    assert not Entry.objects.filter(verb="line.changed").exists()


def test_other_items_are_a_change() -> None:
    line = a_line()
    another = an_item("another")

    change_line(line.pk, {"items": [another]}, by=a_keeper(line), at=MONDAY)

    assert the_items(line) == [another]
    assert Entry.objects.get(verb="line.changed").facts["fields"] == ["items"]


def test_a_line_in_which_somebody_stands_does_not_end() -> None:
    line = a_line()
    a_visit(line)

    with pytest.raises(errors.LineStillNeeded, match="还有 1 位"):
        close_line(line.pk, by=a_keeper(line), at=MONDAY)


def test_a_line_that_ended_takes_no_more_and_can_be_taken_up_again() -> None:
    line = a_line()
    keeper = a_keeper(line)
    a_visit(line, at=MONDAY - A_DAY)

    closed = close_line(line.pk, by=keeper, at=MONDAY).active
    opened = reopen_line(line.pk, by=keeper, at=MONDAY).active

    assert (closed, opened) == (False, True)
    assert Entry.objects.filter(verb__in=["line.retired", "line.applied"]).count() == 2


def test_a_rota_changes_what_can_be_booked_and_never_takes_a_place() -> None:
    line = a_line(minutes=10, share=100, days_ahead=6)
    open_doors(line.site)
    keeper, window = a_keeper(line), line.site.windows.get()
    change_line(line.pk, {"name": "社保"}, by=keeper, at=MONDAY)
    late = line.slots.get(starts_at=MONDAY + timedelta(hours=2))
    Slot.objects.filter(pk=late.pk).update(taken=1)

    set_rota(window.pk, [(0, NINE, TEN)], by=keeper, at=MONDAY)

    late.refresh_from_db()
    assert (capacity(line), late.capacity) == (6 + 1, 1)
    entry = Entry.objects.get(verb="rota.changed")
    assert (entry.subject, entry.facts["week"]) == (window.subject, ["1 09:00-10:00"])


def test_a_week_that_overlaps_is_refused_and_the_old_one_stands() -> None:
    line = a_line()
    keeper, window = a_keeper(line), line.site.windows.get()
    set_rota(window.pk, [(0, NINE, NOON)], by=keeper, at=MONDAY)

    with pytest.raises(errors.RotaOverlaps):
        set_rota(window.pk, [(0, NINE, NOON), (0, TEN, FIVE)], by=keeper, at=MONDAY)

    assert [one.until for one in window.rota.all()] == [NOON]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 3)), max_size=12))
def test_a_week_without_overlap_holds_each_hour_once(drawn: list[tuple[int, int, int]]) -> None:
    week = [(day, time(hour), time(min(23, hour + long))) for day, hour, long in drawn]

    faulty = overlapping(week)

    hours = [(day, h) for day, since, until in week for h in range(since.hour, until.hour)]
    assert faulty == {day for day, hour in hours if hours.count((day, hour)) > 1}


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.DISPATCHER, Role.HANDLER, Role.AUDITOR])
def test_who_does_not_keep_the_site_changes_nothing(role: Role) -> None:
    line = a_line()
    clerk = a_person(role, unit=line.site.unit)

    with pytest.raises(NotFound):
        change_line(line.pk, {"minutes": 1}, by=clerk, at=MONDAY)
    with pytest.raises(NotFound):
        set_rota(line.site.windows.get().pk, [], by=clerk, at=MONDAY)


def test_the_minutes_measured_are_those_half_of_the_visits_took() -> None:
    line, other = a_line(), a_line("B")
    clerk = a_clerk(line)
    for long in (4, 6.2, 30):
        a_visit(line)
        call_next(by=clerk, at=MONDAY)
        start(by=clerk, at=MONDAY)
        finish(by=clerk, at=MONDAY + timedelta(minutes=long))

    assert minutes_measured([line, other], MONDAY + A_DAY) == {line.pk: 7}
    assert minutes_measured([line, other], MONDAY + 40 * A_DAY) == {}


def test_the_list_costs_the_same_for_many_lines(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    first = a_line(windows=5)
    for prefix in "BCDE":
        line = Line.objects.create(site=first.site, prefix=prefix, name="社会保险")
        line.items.set(the_items(first))
    keeper = seated(a_keeper(first, Role.ADMINISTRATOR))

    with django_assert_max_num_queries(9):
        page = keeper.get("/desk/lines/").content.decode()

    assert "E 社会保险" in page
    assert "随大厅开放时间" in page


def test_a_line_is_set_up_on_the_page_and_faults_come_back_filled_in() -> None:
    line = a_line()
    keeper = seated(a_keeper(line))
    path = reverse("visits:new_line", args=[line.site.code])
    sent = TERMS | {"letters": "B", "items": [line.items.get().pk]}

    faulty = keeper.post(path, sent | {"letters": "b", "minutes": 0})
    saved = keeper.post(path, sent)

    assert faulty.status_code == 422
    assert "请写一个或两个大写字母。" in faulty.content.decode()
    assert 'value="医疗保险"' in faulty.content.decode()
    assert saved.status_code == 302
    assert Line.objects.filter(site=line.site, prefix="B").exists()


def test_a_week_is_typed_as_a_grid() -> None:
    line = a_line()
    window = line.site.windows.get()
    keeper = seated(a_keeper(line))
    path = reverse("visits:rota", args=[window.pk])
    sent = {"since_0_0": "09:00", "until_0_0": "12:00", "since_0_1": "13:00", "until_0_1": "17:00"}

    half = keeper.post(path, sent | {"since_1_0": "09:00"})
    crossed = keeper.post(path, sent | {"since_0_1": "11:00"})
    saved = keeper.post(path, sent)

    assert "起和止都要写，或者都不写。" in half.content.decode()
    assert "同一天的时间不能重叠。" in crossed.content.decode()
    assert saved.status_code == 302
    assert window.rota.count() == 2
    assert 'value="13:00"' in keeper.get(path).content.decode()


def test_the_page_of_a_line_names_what_only_some_windows_take_in() -> None:
    line = a_line(windows=2)
    rare = an_item("rare", name="补换证件")
    line.items.add(rare)
    line.site.windows.get(number=2).items.add(rare)

    page = seated(a_keeper(line)).get(f"/desk/lines/{line.pk}/").content.decode()

    assert "按这些窗口的时间算" in page
    assert "<li>补换证件：2 个窗口中的 1 个</li>" in page
    assert done_at_few(line) == [(rare, 1, 2)]


def test_a_line_still_needed_is_kept_and_the_page_says_why() -> None:
    line = a_line()
    a_visit(line, at=now())

    response = seated(a_keeper(line)).post(reverse("visits:close_line", args=[line.pk]))

    line.refresh_from_db()
    assert (response.status_code, line.active) == (422, True)
    assert "还有 1 位在这个队列里" in response.content.decode()
    assert localdate() == line.visits.get().day


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one writer at a time on SQLite")
@pytest.mark.django_db(transaction=True)
def test_who_books_does_not_wait_for_who_changes_the_line() -> None:
    line = a_bookable_line()
    slot, keeper = with_slots(line)[0], a_keeper(line)

    with transaction.atomic():
        kept_line(keeper, line.pk, lock=True)
        became = at_once(partial(booked_without_waiting, slot))

    assert became == ["done"]


def booked_without_waiting(slot: Slot) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    booked(slot)
