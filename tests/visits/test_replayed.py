"""Whoever reads the ledger can play the line again, and sees whether its rule was kept."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from mingchuang.ledger.models import Entry
from mingchuang.outward.words import FAULTS
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.calling import call_next, call_out_of_turn, finish
from mingchuang.visits.actions.lines import change_line
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.audit import visit_faults
from mingchuang.visits.queries.replayed import called_out_of_turn
from mingchuang.visits.rules.replayed import Called, Changed, Joined, Left, Told, out_of_turn
from mingchuang.visits.rules.taken import Kind, Taken, Telling, taken
from tests.build import MONDAY, a_person
from tests.hall.build import a_clerk as an_administrator
from tests.hall.build import an_item
from tests.tools.together import at_once
from tests.visits.hall import a_clerk, a_line, a_visit

A_MINUTE = timedelta(minutes=1)
LATER = MONDAY + timedelta(minutes=30)
ALL = frozenset({"A"})


def joined(number: int, *, green: bool = False, minutes: int = 0, window: str = "") -> Joined:
    only = frozenset({window}) if window else None
    return Joined(f"v{number}", "A", green, MONDAY + minutes * A_MINUTE, number, only)


def called(number: int, window: str = "1") -> Called:
    return Called(f"v{number}", window, ALL, LATER)


def test_first_come_first_called_is_in_turn_and_else_it_is_not() -> None:
    people = [joined(1), joined(2), joined(3)]

    assert out_of_turn([*people, called(1), called(2), called(3)]) == []
    assert out_of_turn([*people, called(2), called(1), called(3)]) == ["v2"]


def test_the_green_channel_goes_first_within_its_head_start_and_three_in_a_row() -> None:
    greens = [joined(n, green=True, minutes=1) for n in (2, 3, 4, 5)]
    people = [joined(1), *greens]

    assert out_of_turn([*people, called(2), called(3), called(4), called(1), called(5)]) == []
    assert out_of_turn([*people, called(1)]) == ["v1"]
    assert out_of_turn([*people, called(2), called(3), called(4), called(5)]) == ["v5"]


def test_who_left_is_nobody_before_the_others() -> None:
    assert out_of_turn([joined(1), joined(2), Left("v1"), called(2)]) == []


def test_who_was_passed_on_to_a_window_is_before_nobody_at_another() -> None:
    people = [joined(1, window="2"), joined(2)]

    assert out_of_turn([*people, called(2, "1"), called(1, "2")]) == []
    assert out_of_turn([*people, called(1, "1")]) == ["v1"]


def test_who_goes_by_the_green_channel_later_goes_first_from_then_on() -> None:
    people = [joined(1), joined(2, minutes=1)]
    green, ordinary = Changed("v2", green=True), Changed("v2", green=False)

    assert out_of_turn([*people, green, called(2), called(1)]) == []
    assert out_of_turn([*people, green, ordinary, called(2)]) == ["v2"]


def test_who_was_passed_on_counts_in_the_row_of_the_line_they_stand_in_now() -> None:
    greens = [joined(n, green=True) for n in (2, 3, 4, 5)]
    people: list[Told] = [joined(1), *greens, called(2), called(3), called(4)]
    elsewhere = Joined("v4", "B", True, MONDAY, 4)

    assert out_of_turn([*people, called(5)]) == ["v5"]
    assert out_of_turn([*people, elsewhere, called(5)]) == []


def test_what_a_window_took_in_before_is_known_unless_the_first_told_of_it_was_a_change() -> None:
    one, two = frozenset({1}), frozenset({1, 2})
    told = [
        Telling(1, "a", Kind.STATES, one),
        Telling(2, "b", Kind.CHANGES, None),
        Telling(3, "c", Kind.BEGINS, two),
        Telling(4, "d", Kind.ENDS, one),
    ]

    before, after = taken(told, {"a": two, "b": two, "c": two})

    assert before == {"a": one, "b": None, "c": frozenset(), "d": one}
    assert after[1:] == [Taken(2, "b", two), Taken(3, "c", two), Taken(4, "d", frozenset())]


@pytest.mark.django_db
def test_a_call_for_a_reason_is_none_against_the_rule() -> None:
    line = a_line(windows=2)
    first, second = a_visit(line), a_visit(line, at=MONDAY + A_MINUTE)
    clerk, other = a_clerk(line), a_clerk(line, 2)
    call_out_of_turn(second.pk, "孩子发烧", by=clerk, at=LATER)
    call_next(by=other, at=LATER)

    assert called_out_of_turn(line.site, first.day) == []


@pytest.mark.django_db
def test_a_call_against_the_rule_is_found_in_the_ledger() -> None:
    line = a_line()
    first, second = a_visit(line), a_visit(line, at=MONDAY + A_MINUTE)
    clerk = a_clerk(line)
    # What nobody can do by the doors: somebody lets the second one come first.
    Visit.objects.filter(pk=second.pk).update(stands_since=MONDAY - A_MINUTE)
    call_next(by=clerk, at=LATER)

    assert called_out_of_turn(line.site, first.day) == [second.subject]
    [fault] = visit_faults()
    assert (fault.code, fault.facts["visit"]) == ("called_out_of_turn", second.subject)
    assert f"叫了 {second.subject}" in str(FAULTS[fault.code]) % fault.facts


@pytest.mark.django_db(transaction=True)
def test_numbers_given_while_windows_call_are_called_in_turn() -> None:
    line = a_line(windows=2)
    clerks = [a_clerk(line, number) for number in (1, 2)]
    day = a_visit(line).day

    def gives(kiosk: int) -> None:
        for n in range(10):
            a_visit(line, at=MONDAY + n * A_MINUTE, green="elderly" if n % 3 == kiosk else "")

    def calls(clerk: Person) -> None:
        for _ in range(5):
            call_next(by=clerk, at=LATER)
            finish(by=clerk, at=LATER)

    gives(0)
    at_once(*[partial(gives, n) for n in range(3)], *[partial(calls, clerk) for clerk in clerks])

    assert called_out_of_turn(line.site, day) == []


@pytest.mark.django_db
def test_a_call_is_judged_by_what_its_window_took_in_then(client: Client) -> None:
    line, other = a_line(windows=2), an_item("other")
    line.items.add(other)
    clerk, window = a_clerk(line), line.site.windows.get(number=1)
    first = a_visit(line)
    first.items.set([other])
    a_visit(line, at=MONDAY + A_MINUTE)
    call_next(by=clerk, at=LATER)
    client.force_login(an_administrator(is_superuser=True))
    changed = {"site": line.site_id, "number": 1, "name": "综合", "items": [other.pk]}

    client.post(f"/admin/hall/window/{window.pk}/change/", changed)

    assert window.items.get() == other
    told = Entry.objects.get(verb="hall.changed", subject=window.subject)
    assert told.facts["items"] == ["other"]
    assert called_out_of_turn(line.site, first.day) == []


@pytest.mark.django_db
def test_a_call_is_judged_by_what_its_line_was_for_then() -> None:
    line, other = a_line(), an_item("other")
    line.items.add(other)
    clerk, keeper = a_clerk(line), a_person(Role.SUPERVISOR, unit=line.site.unit)
    plain = line.site.windows.get().items.all()
    a_visit(line).items.set([other])
    second = a_visit(line, at=MONDAY + A_MINUTE)
    change_line(line.pk, {"items": [*plain, other], "minutes": 5}, by=keeper, at=LATER)
    call_next(by=clerk, at=LATER)

    change_line(line.pk, {"items": list(plain)}, by=keeper, at=LATER)

    told = Entry.objects.filter(verb="line.changed").order_by("pk")
    assert [len(entry.facts["items"]) for entry in told] == [2, 1]
    assert called_out_of_turn(line.site, second.day) == []
