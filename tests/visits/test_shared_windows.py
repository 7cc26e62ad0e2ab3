"""A window that serves several lines: who goes before whom, and how long that takes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.base.memory import forget
from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.console import Console
from mingchuang.visits.queries.desks import desk_of
from mingchuang.visits.queries.moments import days_so_far, minute_of
from mingchuang.visits.queries.pace import place_of
from mingchuang.visits.queries.screens import hall_now
from mingchuang.visits.rules.forecast.ahead import Flow, called_before
from mingchuang.visits.rules.forecast.log import moment_of
from mingchuang.visits.rules.windows import Stands, Windows, bound_up, places_of, stood_at
from tests.build import MONDAY
from tests.visits.hall import a_clerk, a_line, a_visit

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + 40 * A_MINUTE
A, B = 1, 2
# Windows 1 to 3 serve line A; only 4 serves B too.
SERVES = {1: [A], 2: [A], 3: [A], 4: [A, B]}


def stood(line: int, many: int, *, since: int = 0) -> list[Stands]:
    """So many who came to a line one minute after the other; their numbers are those minutes."""
    return [
        stood_at(line, "", MONDAY + minute * A_MINUTE, minute)
        for minute in range(since, since + many)
    ]


def test_who_came_last_stands_behind_everybody_their_only_window_calls_before() -> None:
    places = places_of([*stood(A, 46), *stood(B, 1, since=46)], LATER, serves=SERVES, rows={})

    assert places[46] == 47


def test_nobody_waits_for_a_line_their_windows_need_not_serve() -> None:
    places = places_of([*stood(B, 46), *stood(A, 1, since=46)], LATER, serves=SERVES, rows={})

    assert places[46] == 1


def test_who_was_passed_on_to_one_window_stands_behind_whom_that_one_calls() -> None:
    only = stood_at(A, "", MONDAY + 9 * A_MINUTE, 9, frozenset({4}))

    places = places_of([*stood(B, 6), only], LATER, serves=SERVES, rows={})
    gone = places_of([*stood(B, 6), only], LATER, serves={1: [A], 2: [B]}, rows={})

    assert (places[9], gone[9]) == (7, 1)


def test_windows_that_share_no_line_decide_nothing_for_each_other() -> None:
    assert bound_up(A, {**SERVES, 5: [3], 6: [3, 4]}) == SERVES
    assert bound_up(3, {**SERVES, 5: [3], 6: [3, 4], 7: [4, B]}).keys() == {5, 6, 7, 4, 1, 2, 3}


def test_only_what_the_windows_of_a_line_call_takes_their_time() -> None:
    before = [Stands(A, 1, (-20.0 + n, n)) for n in range(12)]

    alone = called_before(Stands(B, 1, (0.0, 99)), before, Windows(SERVES), Flow(4.0))
    behind = called_before(Stands(A, 1, (0.0, 99)), before, Windows(SERVES), Flow(1.0))

    assert (alone, behind) == (3, 12)


lines = st.sampled_from([A, B, 3])
who = st.tuples(lines, st.booleans(), st.integers(0, 39))
windows = st.dictionaries(st.integers(1, 4), st.sets(lines, min_size=1), max_size=4)


@given(st.lists(who, max_size=20), windows)
def test_everybody_has_a_place_and_nobody_stands_before_who_came_first_in_their_class(
    came: list[tuple[int, bool, int]], serves: dict[int, set[int]]
) -> None:
    standing = [
        stood_at(line, green, MONDAY + minute * A_MINUTE, pk)
        for pk, (line, green, minute) in enumerate(came)
    ]

    places = places_of(standing, LATER, serves=serves, rows={})

    assert places.keys() == set(range(len(came)))
    assert all(1 <= place <= len(came) for place in places.values())
    for one in standing:
        alike = [o for o in standing if o[:2] == one[:2] and o.head < one.head]
        assert places[one.head[1]] > len(alike)


def a_shared_hall() -> tuple[Line, Line, list[Person]]:
    """Two windows for line A, of which the second serves B as well, and who sits there."""
    line = a_line(windows=2)
    other = a_line("B", site=line.site, windows=0)
    line.site.windows.get(number=2).items.add(*other.items.all())
    return line, other, [a_clerk(line, 1), a_clerk(line, 2)]


@pytest.mark.django_db
def test_ticket_screen_and_window_tell_the_same_place() -> None:
    line, other, clerks = a_shared_hall()
    for minute in range(9):
        a_visit(line, at=MONDAY + minute * A_MINUTE)
    mine = a_visit(other, at=MONDAY + 9 * A_MINUTE)

    waiting = Console(desk_of(clerks[1]), LATER).waiting

    assert [visit.pk for visit in waiting].index(mine.pk) == 9
    assert place_of(mine, LATER) == 9
    assert hall_now(line.site.code, at=LATER).tickets[mine.code].place == 10


@pytest.mark.django_db
def test_a_line_goes_as_quickly_as_its_windows_have_time_for_it() -> None:
    line, other, clerks = a_shared_hall()
    for minute in range(20):
        a_visit(line, at=MONDAY + minute * A_MINUTE)
    for minute in range(20, 32, 4):
        for clerk in clerks:
            call_next(by=clerk, at=MONDAY + minute * A_MINUTE)
            finish(by=clerk, at=MONDAY + (minute + 4) * A_MINUTE)
    forget()

    mine = a_visit(other, at=MONDAY + 32 * A_MINUTE)

    day = days_so_far([other], MONDAY + 32 * A_MINUTE)[other.pk]
    moment = moment_of(day, minute_of(MONDAY + 32 * A_MINUTE), mine.pk)
    assert (place_of(mine, MONDAY + 32 * A_MINUTE), moment.ahead) == (14, 7)
    assert (moment.windows, moment.calls, moment.open_for) == (1, 3, 12)
    assert mine.forecast.middle > 15
    assert Visit.objects.get(pk=mine.pk).forecast.ahead == 7
