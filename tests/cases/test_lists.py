"""Who sees which case, and in which order: what will be late first stands on top."""

from collections.abc import Callable
from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.dispatch import add_assist
from mingchuang.cases.models import Case
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.desk import case_for, duties_of, submission_in
from mingchuang.cases.queries.lists import Wanted, due_figures, inbox, inbox_counts
from mingchuang.cases.rules.duties import Duty
from mingchuang.people.actions import end_post, give_post
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    LONG_AGO,
    MONDAY,
    SHANGHAI,
    WAYS,
    a_case,
    a_dispatcher,
    a_person,
    a_unit,
    the_handler,
    the_lead,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
ALL = Wanted()


def numbers(person: Person, view: str, wanted: Wanted = ALL, now: datetime = TUESDAY) -> list[str]:
    return [case.number for case in inbox(person, view=view, wanted=wanted, now=now)]


@pytest.mark.parametrize("role", [Role.HANDLER, Role.SUPERVISOR, Role.CONVENOR])
def test_the_unit_that_leads_sees_its_case(role: Role) -> None:
    case = a_case("handling")

    assert case_for(a_person(role, unit=the_lead(case)), case.number) == case


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.DISPATCHER, Role.CALLBACK, Role.SUPERVISOR])
def test_the_intake_sees_what_it_took_in(role: Role) -> None:
    case = a_case("handling")

    assert case_for(a_person(role), case.number) == case


@pytest.mark.parametrize("role", [*Role])
def test_a_post_elsewhere_sees_nothing_unless_it_audits(role: Role) -> None:
    case, elsewhere = a_case("handling"), a_person(role, unit=a_unit())

    seen = numbers(elsewhere, "all")

    assert seen == ([case.number] if role == Role.AUDITOR else [])


def test_who_keeps_the_house_reads_no_case() -> None:
    case = a_case("handling")

    with pytest.raises(NotFound):
        case_for(a_person(Role.ADMINISTRATOR), case.number)


def test_who_audits_reads_all_and_may_do_nothing() -> None:
    case = a_case("handling")

    assert duties_of(a_person(Role.AUDITOR), case) == {Duty.READ}


def test_a_post_above_the_unit_covers_it() -> None:
    bureau = a_unit()
    case = a_case("handling", unit=a_unit(parent=bureau))

    assert case_for(a_person(Role.HANDLER, unit=bureau), case.number) == case


def test_a_post_below_the_unit_does_not() -> None:
    bureau = a_unit()
    case = a_case("handling", unit=bureau)

    with pytest.raises(NotFound):
        case_for(a_person(Role.HANDLER, unit=a_unit(parent=bureau)), case.number)


def test_a_unit_called_to_help_sees_the_case() -> None:
    case, helper = a_case("handling"), a_unit()
    add_assist(case.number, helper, by=the_handler(case), at=TUESDAY)

    assert numbers(a_person(Role.HANDLER, unit=helper), "all") == [case.number]


def test_who_gave_up_the_post_sees_nothing_any_more() -> None:
    case = a_case("handling")
    gone = a_person()
    end_post(give_post(gone, the_lead(case), Role.HANDLER, at=LONG_AGO), at=LONG_AGO + A_DAY)

    with pytest.raises(NotFound):
        case_for(gone, case.number)


@pytest.mark.parametrize(
    "number",
    ["", "YJ-2026-", "YJ-2026-0", "-1", "YJ-2026-１", "YJ-2026-9999999999999999", "\x00-1"],
)
def test_what_is_no_number_finds_no_case(number: str) -> None:
    a_case()

    with pytest.raises(NotFound):
        case_for(a_dispatcher(), number)
    with pytest.raises(NotFound):
        submission_in(a_dispatcher(), number)


def test_a_case_is_found_by_its_number_however_typed() -> None:
    case = a_case()

    assert case_for(a_dispatcher(), f" {case.number.lower()} ") == case


def test_what_will_be_late_first_stands_on_top() -> None:
    later = a_case("accepted", at=MONDAY + A_DAY)
    first = a_case("accepted")
    waiting = a_case("received")

    assert numbers(a_dispatcher(), "due") == [first.number, later.number, waiting.number]


@pytest.mark.parametrize(
    ("view", "states"),
    [
        ("new", {"received", "needs_info"}),
        ("dispatch", {"accepted", "returned"}),
        ("callback", {"replied"}),
        ("paused", {"paused"}),
        ("done", {"archived", "declined", "referred", "merged", "withdrawn"}),
    ],
)
def test_each_view_of_the_inbox_holds_its_states(view: str, states: set[str]) -> None:
    for state in WAYS:
        a_case(state)

    seen = inbox(a_dispatcher(), view=view, wanted=ALL, now=TUESDAY)

    assert {case.state for case in seen} == states


def test_the_numbers_beside_the_views_are_the_lengths_of_the_lists() -> None:
    for state in WAYS:
        a_case(state)
    clerk = a_dispatcher()

    counts = inbox_counts(clerk)

    assert counts == {view: len(numbers(clerk, view)) for view in counts}


def test_mine_are_the_cases_i_acknowledged() -> None:
    case = a_case("handling")
    a_case("handling", unit=the_lead(case), at=MONDAY)
    Case.objects.exclude(pk=case.pk).update(handler=None)

    assert numbers(the_handler(case), "mine") == [case.number]


@pytest.mark.parametrize(
    ("now", "late", "soon"),
    [
        (datetime(2026, 3, 7, 23, 59, tzinfo=SHANGHAI), 0, 0),
        (datetime(2026, 3, 8, tzinfo=SHANGHAI), 0, 1),
        (datetime(2026, 3, 9, 23, 59, tzinfo=SHANGHAI), 0, 1),
        (datetime(2026, 3, 10, tzinfo=SHANGHAI), 1, 0),
    ],
)
def test_late_begins_at_the_due_time_and_soon_two_days_before(
    now: datetime, late: int, soon: int
) -> None:
    a_case("accepted")

    found = [
        len(numbers(a_dispatcher(), "all", Wanted(time=time), now)) for time in ("late", "soon")
    ]

    assert found == [late, soon]


@pytest.mark.parametrize(
    "wanted",
    [
        lambda case: Wanted(q=case.number),
        lambda case: Wanted(q="台阶"),
        lambda case: Wanted(q="东门"),
        lambda case: Wanted(state="handling"),
        lambda case: Wanted(kind="suggestion"),
        lambda case: Wanted(unit=the_lead(case)),
    ],
)
def test_the_inbox_is_narrowed(wanted: Callable[[Case], Wanted]) -> None:
    a_case("received", text="水管漏了。")
    case = a_case("handling", kind="suggestion", place="东门")

    assert numbers(a_dispatcher(), "all", wanted(case)) == [case.number]


def test_today_and_late_are_counted_for_the_whole_house() -> None:
    for state in ("accepted", "accepted", "paused", "replied", "archived"):
        a_case(state)

    on_the_day, after = (due_figures(datetime(2026, 3, day, 9, tzinfo=SHANGHAI)) for day in (9, 10))

    assert on_the_day == {"open": 2, "today": 2, "late": 0}
    assert after == {"open": 2, "today": 0, "late": 2}


def test_opening_a_case_takes_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = a_case("replied", phone="13800000000")
    clerk = a_person(Role.DISPATCHER)

    with django_assert_max_num_queries(25):
        file = case_file(clerk, case.number)

    assert file.case == case
