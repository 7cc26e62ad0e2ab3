"""What the screens of a hall show: numbers and windows, and nobody's name or code."""

from datetime import timedelta
from typing import Any

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Notice
from mingchuang.people.models import Person
from mingchuang.visits.actions.booking import cancel_visit
from mingchuang.visits.actions.calling import call_next, finish, recall, skip, start
from mingchuang.visits.actions.desks import sign_off, step_away
from mingchuang.visits.actions.passing import pass_on
from mingchuang.visits.actions.remote import take_number_by_phone
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.closing import doors_of
from mingchuang.visits.queries.halls import hall_at
from mingchuang.visits.queries.moments import days_so_far
from mingchuang.visits.queries.pace import place_of
from mingchuang.visits.queries.screens import hall_now
from mingchuang.visits.queries.tickets import ticket_of
from mingchuang.visits.queries.waiting import favoured_in_a_row
from mingchuang.visits.queries.walls import walls_of
from mingchuang.visits.rules.order import favoured_last
from mingchuang.visits.rules.screens import Hall, Ticket
from mingchuang.visits.rules.windows import places_of, stood_at
from tests.build import A_DAY, MONDAY
from tests.visits.hall import a_clerk, a_line, a_visit

LATER = MONDAY + timedelta(minutes=20)


def test_who_is_called_stands_on_top_and_the_others_below() -> None:
    came = [MONDAY + timedelta(minutes=minute) for minute in (1, 2, 3)]
    green = [False, False, True]
    came_as = zip(green, came, strict=True)
    stood = [stood_at(1, *one, pk) for pk, one in enumerate(came_as, 1)]

    assert places_of(stood, LATER, serves={}, rows={}) == {3: 1, 1: 2, 2: 3}
    assert places_of(stood, LATER, serves={5: [1]}, rows={5: 3}) == {1: 1, 3: 2, 2: 3}


def test_a_row_of_green_calls_ends_with_an_ordinary_one() -> None:
    assert [favoured_last(row) for row in ("", "g", "gg")] == [0, 1, 2]
    assert favoured_last(["elderly", "ill", "", "elderly"]) == 2


@pytest.mark.django_db
def test_a_call_is_shown_with_its_number_and_its_window() -> None:
    line = a_line(windows=2)
    first, second = a_visit(line), a_visit(line, green="elderly")
    clerks = [a_clerk(line, 1), a_clerk(line, 2)]

    for clerk in clerks:
        call_next(by=clerk, at=LATER)

    hall = hall_now(line.site.code, at=LATER)
    assert [(call.number, call.window, call.green) for call in hall.calls] == [
        (first.shown, 2, False),
        (second.shown, 1, True),
    ]
    assert hall.windows[1].called == second.shown
    assert hall.lines[0].waiting == 0


@pytest.mark.django_db
def test_who_was_passed_on_is_shown_at_the_window_where_they_are_wanted_now() -> None:
    line = a_line(windows=2)
    visit, first, second = a_visit(line), a_clerk(line, 1), a_clerk(line, 2)
    call_next(by=first, at=LATER)
    start(by=first, at=LATER)
    pass_on(visit.pk, line.pk, by=first, at=LATER)
    meanwhile = hall_now(line.site.code, at=LATER)

    call_next(by=second, at=LATER)

    hall = hall_now(line.site.code, at=LATER)
    assert [(call.number, call.window) for call in hall.calls] == [(visit.shown, 2)]
    assert (meanwhile.now, hall.now) == (None, hall.calls[0])


@pytest.mark.django_db
def test_a_number_called_again_is_spoken_again() -> None:
    line = a_line()
    visit, clerk = a_visit(line), a_clerk(line)
    call_next(by=clerk, at=LATER)

    recall(by=clerk, at=LATER)

    spoken = hall_now(line.site.code, at=LATER).spoken
    assert [(one.number, one.window) for one in spoken] == [(visit.shown, 1)] * 2
    assert spoken[0].key > spoken[1].key


@pytest.mark.django_db
def test_each_ticket_is_told_its_state_its_place_and_its_window() -> None:
    line = a_line()
    visits = [a_visit(line) for _ in range(3)]
    call_next(by=a_clerk(line), at=LATER)

    tickets = hall_now(line.site.code, at=LATER).tickets

    assert [ticket.part for ticket in tickets.values()] == ["called", "next", "waiting-2"]
    assert [tickets[visit.code] for visit in visits] == [
        Ticket("called", "A001", 0, 1),
        Ticket("waiting", "A002", 1, 0),
        Ticket("waiting", "A003", 2, 0),
    ]


@pytest.mark.django_db
def test_a_visit_that_ended_is_told_so_once_more() -> None:
    line = a_line()
    visit = a_visit(line)
    cancel_visit(visit.code, at=LATER)

    assert visit.code not in hall_now(line.site.code, at=LATER).tickets
    changed = hall_now(line.site.code, at=LATER, changed=[visit.pk])
    assert changed.tickets[visit.code].state == "cancelled"


@pytest.mark.django_db
def test_a_window_says_whether_anybody_serves_there() -> None:
    line = a_line()
    code = line.site.code
    seen = [hall_now(code, at=LATER).windows[1].state]
    clerk = a_clerk(line)
    seen.append(hall_now(code, at=LATER).windows[1].state)
    a_visit(line)
    for deed in (call_next, start, finish, step_away, sign_off):
        deed(by=clerk, at=LATER)
        seen.append(hall_now(code, at=LATER).windows[1].state)

    assert seen == ["closed", "free", "called", "serving", "free", "away", "closed"]


@pytest.mark.django_db
def test_yesterday_is_shown_no_more() -> None:
    line = a_line()
    a_visit(line)
    clerk = a_clerk(line)
    a_visit(line)
    call_next(by=clerk, at=LATER)
    skip(by=clerk, at=LATER)

    tomorrow = hall_now(line.site.code, at=LATER + A_DAY)

    assert (tomorrow.calls, tomorrow.spoken, tomorrow.waiting) == ([], [], 0)


@pytest.mark.django_db
def test_a_site_that_is_not_there_has_no_screen() -> None:
    with pytest.raises(NotFound):
        hall_now("nowhere", at=LATER)


@pytest.mark.django_db
def test_a_row_of_green_calls_counts_alike_however_busy_the_rest_of_the_hall_is() -> None:
    line = a_line()
    other = a_line("B", site=line.site, windows=0)
    second = line.site.windows.create(number=2, name="医疗保险")
    second.items.set(other.items.all())
    clerk, neighbour = a_clerk(line), a_clerk(line, 2)
    for _ in range(3):
        a_visit(line, green="elderly")
    called(clerk, 3)
    for _ in range(12):
        a_visit(other)
    called(neighbour, 12)
    ordinary = a_visit(line, at=MONDAY + timedelta(minutes=1))
    green = a_visit(line, green="ill", at=MONDAY + timedelta(minutes=2))

    tickets = hall_now(line.site.code, at=LATER).tickets
    day = days_so_far([line], LATER)[line.pk]

    assert [tickets[one.code].place for one in (ordinary, green)] == [1, 2]
    assert [place_of(one, LATER) for one in (ordinary, green)] == [0, 1]
    window = line.site.windows.get(number=1).pk
    assert (day.rows[window], favoured_in_a_row([line], LATER.date())) == (3, 3)


def called(clerk: Person, many: int) -> None:
    for _ in range(many):
        call_next(by=clerk, at=LATER)
        finish(by=clerk, at=LATER)


@pytest.mark.django_db
def test_the_first_in_line_hears_whether_a_window_is_free_as_their_page_says_it() -> None:
    line = a_line()
    visit = a_visit(line)

    shut = parts_of(visit)
    clerk = a_clerk(line)
    free = parts_of(visit)
    step_away(by=clerk, at=LATER)
    away = parts_of(visit)

    assert (shut, free, away) == (["shut"] * 2, ["free"] * 2, ["shut"] * 2)


def parts_of(visit: Visit) -> list[str]:
    """What the live stream tells of a ticket, and what its page shows."""
    streamed = hall_now(visit.site.code, at=LATER).tickets[visit.code].part
    return [streamed, ticket_of(visit.code, LATER).known]


@pytest.mark.django_db
def test_a_look_costs_the_same_however_many_wait(django_assert_max_num_queries: Any) -> None:
    line = a_line(windows=3)
    for prefix in "BCDE":
        other = a_line(prefix, windows=0, site=line.site)
        other.items.set(line.items.all())
        a_visit(other)
    for _ in range(30):
        a_visit(line)
    for number in (1, 2, 3):
        call_next(by=a_clerk(line, number), at=LATER)
    # When the doors shut is asked once in a minute.
    doors_of(line.site_id, LATER)

    with django_assert_max_num_queries(14):
        hall = hall_now(line.site.code, at=LATER)

    assert hall.waiting == 31
    assert len(hall.lines) == 5


@pytest.mark.django_db
def test_only_what_hangs_here_today_turns_beside_the_numbers() -> None:
    line, other = a_line(), a_line()
    day = LATER.date()
    for title, site, since in [
        ("到处", None, day),
        ("这里", line.site, day),
        ("别处", other.site, day),
        ("明天", None, day + A_DAY),
    ]:
        Notice.objects.create(title=title, text="。", site=site, since=since)

    notices, _ = walls_of(line.site.code, day)

    assert {notice.title for notice in notices} == {"到处", "这里"}


def test_a_hall_where_nobody_was_called_has_nothing_to_show() -> None:
    empty = Hall("north", "城北")

    assert (empty.now, list(empty.before), empty.waiting, empty.away) == (None, [], 0, [])


@pytest.mark.django_db
def test_a_display_counts_who_is_on_the_way_as_the_kiosk_does() -> None:
    line = a_line()
    a_clerk(line)

    take_number_by_phone(line, key="p", at=MONDAY)

    code = line.site.code
    assert hall_now(code, at=MONDAY).waiting == hall_at(code, MONDAY).lines[0].waiting == 1
