"""Who sees which case, and in which order: what will be late first stands on top."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.dispatch import add_assist
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.watch import supervise_case
from mingchuang.cases.models import Case
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.desk import case_for, duties_of, submission_in
from mingchuang.cases.queries.inbox import VIEWS, InboxFilter, inbox, inbox_counts
from mingchuang.cases.queries.lists import due_figures
from mingchuang.cases.rules.duties import Duty
from mingchuang.people.actions.posts import end_post, give_post
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
    a_mass_complaint,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    redact,
    the_handler,
    the_lead,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
ALL = InboxFilter()


def numbers(
    person: Person, view: str, wanted: InboxFilter = ALL, now: datetime = TUESDAY
) -> list[str]:
    return [case.number for case in inbox(person, view=view, wanted=wanted, now=now)[:100]]


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
    ["", "YJ-2026-", "YJ-2026-0", "-1", "YJ-2026-一", "YJ-2026-9999999999999999", "\x00-1"],
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

    assert numbers(a_dispatcher(), "due") == [first.number, later.number]


def test_a_word_nobody_has_taken_on_for_a_day_presses_like_one_that_is_due() -> None:
    due = a_case("accepted")
    newer, older = a_case("received", at=MONDAY + 8 * A_DAY), a_case("received")

    assert numbers(a_dispatcher(), "due") == [older.number, due.number, newer.number]


def test_who_was_asked_for_more_waits_for_nobody() -> None:
    asked, due = a_case("needs_info"), a_case("accepted", at=MONDAY + 9 * A_DAY)

    assert numbers(a_dispatcher(), "due") == [due.number, asked.number]


def test_what_is_supervised_stands_on_top_of_the_units_list() -> None:
    unit = a_unit()
    first, later = a_case("handling", unit=unit), a_case("handling", unit=unit, at=TUESDAY)
    supervise_case(later.number, by=a_supervisor(), at=TUESDAY)

    assert numbers(the_handler(later), "due") == [later.number, first.number]


@pytest.mark.parametrize("said", [{"text": "三楼着火了！"}, {"urgency": "urgent"}])
def test_danger_nobody_has_taken_on_stands_above_everything(said: dict[str, Any]) -> None:
    late, waiting = a_case("handling"), a_case("received")
    supervise_case(late.number, by=a_supervisor(), at=TUESDAY)
    danger = a_case("received", at=MONDAY + 20 * A_DAY, **said)

    assert numbers(a_dispatcher(), "due") == [danger.number, late.number, waiting.number]


@pytest.mark.parametrize("view", ["done", "all"])
def test_what_is_over_and_everything_stand_with_the_newest_first(view: str) -> None:
    old, new = a_case("archived"), a_case("archived", at=TUESDAY)

    assert numbers(a_dispatcher(), view) == [new.number, old.number]


@pytest.mark.parametrize("view", ["due", "mine", "new", "callback", "paused", "check", "all"])
def test_a_number_finds_its_case_whatever_the_view(view: str) -> None:
    case = a_case("archived")
    a_case("received")

    assert numbers(a_dispatcher(), view, InboxFilter(q=case.number)) == [case.number]


def test_a_number_finds_nothing_one_may_not_see() -> None:
    case = a_case("handling")
    stranger = a_person(Role.HANDLER, unit=a_unit())

    assert numbers(stranger, "due", InboxFilter(q=case.number)) == []


def test_words_are_looked_for_in_the_view_one_is_in() -> None:
    a_case("archived", text="电梯停了。")
    open_one = a_case("accepted", text="电梯又停了。")

    assert numbers(a_dispatcher(), "due", InboxFilter(q="电梯")) == [open_one.number]


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

    assert {case.state for case in seen[:100]} == states


def test_the_numbers_beside_the_views_are_the_lengths_of_the_lists() -> None:
    for state in WAYS:
        a_case(state)
    clerk = a_dispatcher()

    counts = inbox_counts(clerk, now=TUESDAY)

    assert counts == {view: len(numbers(clerk, view)) for view in counts if view in VIEWS} | {
        "articles": 0,
        "templates": 0,
    }


def test_the_numbers_of_a_unit_count_what_it_leads_takes_in_and_helps_with() -> None:
    unit, elsewhere = a_unit(), a_unit()
    for state in ("dispatched", "handling", "paused", "replied"):
        a_case(state, unit=unit)
        helped = a_case(state, unit=elsewhere)
        helped.assists.add(unit)
        a_case(state, unit=elsewhere)
    a_case("accepted")
    people = [
        a_person(Role.HANDLER, unit=unit),
        a_person(Role.SUPERVISOR, unit=unit),
        a_person(Role.AUDITOR, unit=unit),
    ]

    counts = [inbox_counts(person, now=TUESDAY) for person in people]

    lengths = [{v: len(numbers(who, v)) for v in counts[0] if v in VIEWS} for who in people]
    assert [{v: told[v] for v in told if v in VIEWS} for told in counts] == lengths
    assert [told["due"] for told in counts] == [4, 2, 7]


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
        len(numbers(a_dispatcher(), "all", InboxFilter(time=time), now))
        for time in ("late", "soon")
    ]

    assert found == [late, soon]


@pytest.mark.parametrize(
    "wanted",
    [
        lambda case: InboxFilter(q=case.number),
        lambda case: InboxFilter(q="台阶"),
        lambda case: InboxFilter(q="东门"),
        lambda case: InboxFilter(state="handling"),
        lambda case: InboxFilter(kind="suggestion"),
        lambda case: InboxFilter(unit=the_lead(case)),
    ],
)
def test_the_inbox_is_narrowed(wanted: Callable[[Case], InboxFilter]) -> None:
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


def test_a_case_with_many_confidential_voices_takes_as_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = a_case("handling", confidential=True)
    for _ in range(4):
        neighbour = a_submission(confidential=True).case
        redact(neighbour)
        merge_case(neighbour.number, case.number, by=a_dispatcher(), at=TUESDAY)
    clerk = a_person(Role.DISPATCHER)

    with django_assert_max_num_queries(26):
        file = case_file(clerk, case.number)

    assert [speaker.may_reveal for speaker in file.speakers] == [True] * 5


def test_neighbours_who_joined_on_one_day_are_told_of_together() -> None:
    case = a_mass_complaint(4)
    for at in (TUESDAY, TUESDAY + A_DAY):
        merge_case(a_submission(at=at).case.number, case.number, by=a_dispatcher(), at=at)

    story = case_file(a_dispatcher(), case.number).story

    joined = [told.sentence for told in story if told.verb == "case.joined"]
    assert [sentence[:8] for sentence in joined] == [
        "有 3 位邻居反",
        "有 1 位邻居反",
        "有 1 位邻居反",
    ]


def test_a_mass_complaint_is_read_page_by_page() -> None:
    case = a_mass_complaint(23)

    shown = [
        len(case_file(a_dispatcher(), case.number, page=page).speakers)
        for page in (1, 2, "99", "一", None)
    ]

    assert shown == [20, 3, 3, 20, 20]
