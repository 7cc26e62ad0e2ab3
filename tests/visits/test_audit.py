"""Whoever changes a visit, a slot or a desk behind the house's back is found, and named."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mingchuang.outward.words import FAULTS
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.booking import cancel_visit, check_in, move_visit
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.desks import free_window, sign_off
from mingchuang.visits.actions.ending import end_day
from mingchuang.visits.models import Call, Desk, Given, Line, Slot, Visit
from mingchuang.visits.queries import audit
from mingchuang.visits.queries.audit import visit_faults
from mingchuang.visits.rules.told import Happened, columns_told
from tests.build import A_DAY, MONDAY, a_person
from tests.visits.hall import a_clerk, a_line, a_visit
from tests.visits.test_booking import a_bookable_line, booked, renewed

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def found() -> list[str]:
    faults = list(visit_faults())
    assert all(str(FAULTS[fault.code]) % fault.facts for fault in faults)
    return [fault.code for fault in faults]


def a_served_visit() -> Visit:
    line = a_line()
    clerk = a_clerk(line)
    a_visit(line)
    call_next(by=clerk, at=MONDAY + MINUTE)
    finish(by=clerk, at=MONDAY + 5 * MINUTE)
    sign_off(by=clerk, at=MONDAY + 6 * MINUTE)
    return Visit.objects.get()


def some_bookings() -> Line:
    """A booking that was moved, one given back, one checked in and one gone afterwards."""
    line = a_bookable_line()
    renewed(line)
    first, second = Slot.objects.filter(line=line).order_by("starts_at")[:2]
    moved = booked(first, "a", "13800000001", persons=2)
    move_visit(moved.code, second.pk, at=MONDAY)
    cancel_visit(booked(first, "b", "13800000002").code, at=MONDAY)
    came = booked(first, "c", "13800000003")
    check_in(came.code, at=MONDAY + A_DAY)
    gone = booked(first, "d", "13800000004")
    check_in(gone.code, at=MONDAY + A_DAY)
    cancel_visit(gone.code, at=MONDAY + A_DAY + MINUTE)
    return line


def test_what_happened_by_the_doors_is_in_order() -> None:
    a_served_visit()
    some_bookings()
    line = a_line("B", windows=2)
    a_visit(line), call_next(by=a_clerk(line), at=MONDAY + MINUTE), a_clerk(line, 2)
    warden = a_person(Role.SUPERVISOR, unit=line.site.unit)
    free_window(line.site.windows.get(number=1).pk, by=warden, at=MONDAY + 5 * MINUTE)
    end_day(at=MONDAY + A_DAY)

    assert found() == []


def _another_line(visit: Visit) -> None:
    other = Line.objects.create(site=visit.site, prefix="Z", name="别的")
    Visit.objects.update(line=other)


def _shifted(visit: Visit) -> None:
    Visit.objects.update(ended_at=MONDAY + 9 * MINUTE)


def _gone(visit: Visit) -> None:
    visit.forecast.delete()
    Call.objects.all().delete()
    visit.delete()


CHANGES: dict[str, Callable[[Visit], object]] = {
    "visit_state": lambda visit: Visit.objects.update(state="missed"),
    "visit_line": _another_line,
    "visit_number": lambda visit: Visit.objects.update(number=7),
    "visit_green": lambda visit: Visit.objects.update(green="elderly"),
    "visit_ended_at": _shifted,
    "visit_gone": _gone,
    "number_given": lambda visit: Given.objects.update(last=9),
    "desk": lambda visit: Desk.objects.update(since=MONDAY - MINUTE),
}


@pytest.mark.parametrize("code", CHANGES)
def test_what_is_changed_behind_the_house_is_found(code: str) -> None:
    CHANGES[code](a_served_visit())

    assert code in found()


def test_a_day_of_which_a_visit_is_gone_is_not_judged_and_that_is_said() -> None:
    first = a_served_visit()
    a_visit(first.line, at=MONDAY + MINUTE)
    call_next(by=a_clerk(first.line), at=MONDAY + 9 * MINUTE)

    _gone(first)

    assert found() == ["visit_gone", "turns_unknown"]


def test_a_place_taken_by_nobody_is_found() -> None:
    line = some_bookings()
    slot = Slot.objects.filter(line=line, taken=2).order_by("starts_at")[1]
    Slot.objects.filter(pk=slot.pk).update(taken=1)

    faults = [fault for fault in visit_faults() if fault.code == "slot_taken"]

    assert [(fault.facts["stands"], fault.facts["tells"]) for fault in faults] == [("1", "2")]


def test_a_booking_put_into_another_slot_is_found() -> None:
    line = some_bookings()
    visit = Visit.objects.filter(line=line, state="booked").get()
    third = Slot.objects.filter(line=line).order_by("starts_at")[2]
    Visit.objects.filter(pk=visit.pk).update(slot=third)

    assert sorted(found()) == ["slot_taken", "slot_taken", "visit_slot"]


def test_the_audit_reads_slices(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Callable[..., object]
) -> None:
    line = a_line()
    for _ in range(12):
        a_visit(line)
    monkeypatch.setattr(audit, "SLICE", 5)

    with django_assert_max_num_queries(22):  # type: ignore[attr-defined]
        assert found() == []


def test_what_is_no_step_of_a_life_tells_nothing_of_its_columns() -> None:
    told = [
        Happened("visit.issued", "a", {"line": "line:x-A", "number": "A001"}),
        Happened("visit.told", "b", {"about": 5}),
        Happened("visit.called", "c", {}),
    ]

    assert columns_told(told) == {
        "state": "called",
        "line": "line:x-A",
        "number": "A001",
        "slot": "",
        "ended_at": "",
    }
