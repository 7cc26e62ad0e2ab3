"""The staff board tells the hall as it is, for who works there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits import errors
from mingchuang.visits.actions.calling import call_next, finish, park, skip, start
from mingchuang.visits.actions.desks import free_window, sign_off, sign_on, step_away
from mingchuang.visits.actions.passing import miss
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.board import Board
from tests.build import A_DAY, MONDAY, a_person, a_unit
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_passing import a_second_line

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 10 * A_MINUTE


def look(person: Person, path: str = "/desk/hall/") -> Any:
    client = Client()
    client.force_login(person)
    return client.get(path)


def test_each_line_tells_who_waits_how_long_and_who_is_still_to_come() -> None:
    line = a_line()
    second = a_second_line(line)
    a_visit(line)
    a_visit(line, at=MONDAY + A_MINUTE)
    away = a_visit(line, at=MONDAY)
    Visit.objects.filter(pk=away.pk).update(here_at=None)
    a_visit(line, at=MONDAY - A_DAY)

    first, other = Board(line.site, LATER).lines

    assert (first.line, first.waiting, first.longest, first.coming) == (line, 2, MONDAY, 1)
    assert (other.line, other.waiting, other.longest) == (second, 0, None)


def test_who_was_put_aside_where_nobody_sits_any_more_is_named() -> None:
    line = a_line(windows=2)
    visits = [a_visit(line), a_visit(line)]
    clerks = [a_clerk(line, 1), a_clerk(line, 2)]
    for clerk in clerks:
        call_next(by=clerk, at=LATER)
        start(by=clerk, at=LATER)
        park(by=clerk, at=LATER)
    sign_off(by=clerks[1], at=LATER)

    board = Board(line.site, LATER)

    assert board.left == [(visits[1], line.site.windows.get(number=2))]


def test_each_window_tells_who_serves_whom() -> None:
    line = a_line(windows=3)
    visit = a_visit(line)
    clerk, idle = a_clerk(line, 1), a_clerk(line, 2)
    call_next(by=clerk, at=LATER)
    step_away(by=idle, at=LATER)

    first, second, third = Board(line.site, LATER).seats

    assert (first.desk and first.desk.person, first.visit) == (clerk, visit)
    assert (second.desk and second.desk.away_since, second.visit) == (LATER, None)
    assert (third.desk, third.visit) == (None, None)


def test_the_day_tells_who_came_was_served_and_went_away() -> None:
    line = a_line()
    for minute in range(3):
        a_visit(line, at=MONDAY + 2 * minute * A_MINUTE)
    clerk = a_clerk(line)
    call_next(by=clerk, at=LATER)
    finish(by=clerk, at=LATER)
    call_next(by=clerk, at=LATER)
    miss(skip(by=clerk, at=LATER).pk, by=clerk, at=LATER)

    day = Board(line.site, LATER).totals

    assert (day.came, day.served, day.gone, day.wait) == (3, 1, 1, 9)


def test_the_board_costs_the_same_for_a_busy_hall(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    line = a_line(windows=6)
    a_second_line(line, windows=(7, 8))
    for _ in range(20):
        a_visit(line, at=now())
    for number in range(1, 6):
        call_next(by=a_clerk(line, number, at=now()), at=now())

    client = Client()
    client.force_login(a_person(Role.SUPERVISOR, unit=line.site.unit))

    with django_assert_max_num_queries(11):
        page = client.get("/desk/hall/").content.decode()

    assert "A005" in page
    assert "1 号 社会保险" in page


def test_a_window_left_without_signing_off_is_freed_and_who_stood_there_keeps_their_turn() -> None:
    line = a_line()
    warden = a_person(Role.SUPERVISOR, unit=line.site.unit)
    clerk, visit, later = a_clerk(line), a_visit(line), a_visit(line, at=MONDAY + A_MINUTE)
    call_next(by=clerk, at=LATER)
    window = line.site.windows.get()

    free_window(window.pk, by=warden, at=LATER + A_MINUTE)

    with pytest.raises(errors.NobodySits):
        free_window(window.pk, by=warden, at=LATER + A_MINUTE)
    with pytest.raises(NotFound):
        free_window(window.pk, by=clerk, at=LATER + A_MINUTE)
    sign_on(window.pk, by=warden, at=LATER + A_MINUTE)
    for expected in (visit, later):
        assert call_next(by=warden, at=LATER + 2 * A_MINUTE) == expected
        finish(by=warden, at=LATER + 2 * A_MINUTE)
    told = Entry.objects.get(verb="desk.signed_off").facts
    assert (told["by"], told["left"]) == (warden.badge, clerk.badge)


def test_who_works_elsewhere_sees_nothing_of_this_hall() -> None:
    line = a_line()
    stranger = a_person(Role.RECEPTION, unit=a_line("B").site.unit)

    asked = look(stranger, f"/desk/hall/?site={line.site.code}")

    assert asked.status_code == 404
    assert f"/live/{line.site.code}/" not in look(stranger).content.decode()


def test_who_has_no_hall_is_told_what_is_missing() -> None:
    clerk = a_person(Role.RECEPTION, unit=a_unit())

    page, part = look(clerk), look(clerk, "/desk/hall/now/")

    assert "您的单位还没有服务场所" in page.content.decode()
    assert part.status_code == 404


def test_the_part_fetched_anew_is_the_board_alone() -> None:
    line = a_line()
    clerk = a_clerk(line, at=now())

    part = look(clerk, f"/desk/hall/now/?site={line.site.code}").content.decode()

    assert part.lstrip().startswith('<dl class="totals">')
    assert "1 号 社会保险" in part
