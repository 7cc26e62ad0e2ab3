"""What one person asks and a second one decides: extension, pause, another kind."""

from datetime import date, datetime

import pytest
from pytest_django import Settings

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.pleas import (
    ask_extension,
    ask_pause,
    decide_plea,
    propose_kind,
    resume_case,
)
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.actions.voice import say_not_solved
from mingchuang.cases.errors import (
    AskedAlready,
    DecidedAlready,
    NotYourDuty,
    ReviewInThePast,
    SameKind,
    SecondPerson,
    TooLate,
    TooLong,
    TooManyExtensions,
    WrongStep,
)
from mingchuang.cases.models import Case, Plea
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.lists import open_pleas
from mingchuang.people.actions.posts import give_post
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    AN_HOUR,
    LONG_AGO,
    MONDAY,
    SHANGHAI,
    a_case,
    a_dispatcher,
    a_person,
    a_supervisor,
    a_unit,
    code,
    newest,
    the_handler,
    the_lead,
    the_plea,
    told,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY


def on(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def limits_by_kind(settings: Settings) -> None:
    """Thirteen working days for a complaint, three for an inquiry."""
    settings.TIME_LIMIT_PROFILE = "bureau_13"


def a_longer_time(case: Case, days: int, *, at: datetime = TUESDAY) -> Case:
    """The case after an extension that was asked and granted at once."""
    plea = ask_extension(case.number, "要等配件。", days=days, by=the_handler(case), at=at)
    return decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=at).case


def a_rest(case: Case, since: datetime, until: datetime) -> Case:
    """The case after a pause from `since` to `until`."""
    plea = ask_pause(
        case.number,
        "等雨停。",
        review_on=(since + 90 * A_DAY).date(),
        by=the_handler(case),
        at=since,
    )
    decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=since)
    return resume_case(case.number, by=the_handler(case), at=until)


def a_boss(case: Case) -> Person:
    return a_person(Role.SUPERVISOR, unit=the_lead(case))


def test_an_extension_counts_on_from_the_day_promised() -> None:
    case = a_case("handling")

    longer = a_longer_time(case, 3)

    assert (case.due_at, longer.due_at) == (on(3, 10), on(3, 13))
    assert newest(case).verb == "case.extended"
    assert newest(case).facts["due_at"] == "2026-03-12T16:00:00.000000Z"


def test_an_extension_over_the_october_holidays_knows_the_make_up_saturday() -> None:
    case = a_case("handling", at=on(9, 28, 8))

    longer = a_longer_time(case, 2, at=on(9, 29, 9))

    assert (case.due_at, longer.due_at) == (on(10, 11), on(10, 14))


def test_an_extension_may_be_asked_to_the_last_minute() -> None:
    case = a_case("handling")

    longer = a_longer_time(case, 10, at=on(3, 9, 23))

    assert longer.due_at == on(3, 24)


def test_after_the_due_time_no_extension_can_be_asked() -> None:
    case = a_case("handling")

    with pytest.raises(TooLate, match="尽快答复"):
        ask_extension(case.number, "要等配件。", days=3, by=the_handler(case), at=on(3, 10))

    assert not Plea.objects.exists()


def test_what_was_asked_in_time_may_be_granted_later() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=1, by=the_handler(case), at=on(3, 9, 20))

    decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=on(3, 10, 9))

    case.refresh_from_db()
    assert case.due_at == on(3, 11)


@pytest.mark.parametrize("days", [11, 0, -1])
def test_an_extension_has_at_least_one_and_at_most_so_many_days(days: int) -> None:
    case = a_case("handling")

    with pytest.raises(TooLong, match="10 个工作日"):
        ask_extension(case.number, "要等配件。", days=days, by=the_handler(case), at=TUESDAY)

    assert not Plea.objects.exists()


def test_one_extension_is_all_there_is() -> None:
    case = a_longer_time(a_case("handling"), 3)

    with pytest.raises(TooManyExtensions, match="已经延期 1 次"):
        ask_extension(case.number, "还要等。", days=3, by=the_handler(case), at=on(3, 10, 9))

    assert told(case).count("case.extended") == 1


def test_an_extension_that_was_refused_does_not_count() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=9, by=the_handler(case), at=TUESDAY)
    decide_plea(plea.pk, granted=False, decision="太久。", by=a_dispatcher(), at=TUESDAY)

    longer = a_longer_time(case, 2, at=TUESDAY + AN_HOUR)

    assert longer.due_at == on(3, 12)
    assert told(case)[-3:] == ["plea.refused", "plea.made", "case.extended"]


def test_who_asked_reads_why_it_was_refused() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=9, by=the_handler(case), at=TUESDAY)

    decide_plea(plea.pk, granted=False, decision="先换备用灯。", by=a_dispatcher(), at=TUESDAY)

    assert case_file(the_handler(case), case.number).story[-1].text == "先换备用灯。"


def test_an_extension_is_not_granted_after_the_answer() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)
    reply_to_case(case.number, "修好了。", disposition="done", by=the_handler(case), at=TUESDAY)

    with pytest.raises(WrongStep, match="已答复"):
        decide_plea(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=TUESDAY)

    plea.refresh_from_db()
    assert plea.granted is None
    assert Case.objects.get(pk=case.pk).due_at == case.due_at


def test_an_archived_case_takes_no_decision_any_more() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)
    Case.objects.filter(pk=case.pk).update(
        state="archived", ended_at=TUESDAY, round=1, replied_at=TUESDAY
    )

    with pytest.raises(WrongStep, match="已归档"):
        decide_plea(plea.pk, granted=False, decision="晚了。", by=a_dispatcher(), at=TUESDAY)

    assert told(case)[-1] == "plea.made"


@pytest.mark.parametrize("granted", [True, False])
def test_nobody_decides_their_own_plea(granted: bool) -> None:
    case = a_case("handling")
    both = the_handler(case)
    give_post(both, the_lead(case), Role.SUPERVISOR, at=LONG_AGO)
    plea = ask_extension(case.number, "要等。", days=3, by=both, at=TUESDAY)

    with pytest.raises(SecondPerson):
        decide_plea(plea.pk, granted=granted, decision="好。", by=both, at=TUESDAY)

    plea.refresh_from_db()
    assert plea.granted is None


def test_the_supervisor_of_the_unit_may_decide() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)

    decide_plea(plea.pk, granted=True, decision="同意。", by=a_boss(case), at=TUESDAY)

    assert told(case)[-1] == "case.extended"


def test_a_colleague_who_handles_may_not_decide() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)
    colleague = a_person(Role.HANDLER, unit=the_lead(case))

    with pytest.raises(NotYourDuty):
        decide_plea(plea.pk, granted=True, decision="同意。", by=colleague, at=TUESDAY)

    assert told(case)[-1] == "plea.made"


def test_to_a_stranger_a_plea_does_not_exist() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)
    stranger = a_person(Role.SUPERVISOR, unit=a_unit())

    with pytest.raises(NotFound):
        decide_plea(plea.pk, granted=True, decision="同意。", by=stranger, at=TUESDAY)

    assert told(case)[-1] == "plea.made"


def test_a_plea_is_decided_once() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)
    decide_plea(plea.pk, granted=False, decision="不行。", by=a_dispatcher(), at=TUESDAY)

    with pytest.raises(DecidedAlready):
        decide_plea(plea.pk, granted=True, decision="行。", by=a_supervisor(), at=TUESDAY)

    assert told(case)[-1] == "plea.refused"


def test_the_same_is_not_asked_twice_at_a_time() -> None:
    case = a_case("handling")
    ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)

    with pytest.raises(AskedAlready):
        ask_extension(case.number, "真的要等。", days=2, by=the_handler(case), at=TUESDAY)

    assert the_plea(case).days == 3


def test_an_extension_and_a_pause_may_be_asked_side_by_side() -> None:
    case = a_case("handling")
    ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)

    ask_pause(case.number, "等雨停。", review_on=date(2026, 4, 1), by=the_handler(case), at=TUESDAY)

    assert list(case.pleas.order_by("pk").values_list("what", flat=True)) == ["extend", "pause"]


def test_a_pause_stops_the_clock_and_three_days_are_left_over_a_make_up_sunday() -> None:
    case = a_case("handling", at=on(9, 16, 7))

    resumed = a_rest(case, on(9, 18, 15), on(9, 24, 10))

    assert (case.due_at, resumed.due_at) == (on(9, 23), on(10, 1))


def test_four_days_are_left_after_the_spring_festival_and_the_make_up_saturday_counts() -> None:
    case = a_case("handling", at=on(2, 13, 7))

    resumed = a_rest(case, on(2, 14, 10), on(2, 27, 10))

    assert (case.due_at, resumed.due_at) == (on(2, 28), on(3, 5))


def test_a_case_resumed_on_a_sunday_is_counted_on_from_monday() -> None:
    case = a_case("handling", at=on(9, 30, 7))

    resumed = a_rest(case, on(10, 9, 10), on(10, 11, 10))

    assert (case.due_at, resumed.due_at) == (on(10, 14), on(10, 15))


def test_a_pause_within_the_holidays_costs_nothing() -> None:
    case = a_case("handling", at=on(9, 30, 7))

    resumed = a_rest(case, on(10, 1, 10), on(10, 5, 10))

    assert resumed.due_at == case.due_at == on(10, 14)


def test_a_case_paused_on_its_last_day_is_due_on_the_day_it_is_resumed() -> None:
    case = a_case("handling")

    resumed = a_rest(case, on(3, 9, 10), on(3, 20, 10))

    assert resumed.due_at == on(3, 21)


def test_a_case_may_rest_twice() -> None:
    case = a_case("handling")
    a_rest(case, on(3, 3, 10), on(3, 5, 10))

    resumed = a_rest(case, on(3, 6, 10), on(3, 16, 10))

    assert resumed.due_at == on(3, 20)


def test_a_pause_and_an_extension_add_up() -> None:
    case = a_longer_time(a_case("handling"), 5)

    resumed = a_rest(case, on(3, 4, 10), on(3, 10, 10))

    assert resumed.due_at == on(3, 21)


def test_while_it_rests_a_case_keeps_its_day_and_may_not_rest_again() -> None:
    case = a_case("paused")

    with pytest.raises(WrongStep, match="已挂起"):
        ask_pause(
            case.number, "再等。", review_on=date(2026, 5, 1), by=the_handler(case), at=TUESDAY
        )

    assert case.due_at == on(3, 10)
    assert case.pauses.get().until is None


def test_a_pause_names_a_day_to_come() -> None:
    case = a_case("handling")

    with pytest.raises(ReviewInThePast):
        ask_pause(
            case.number, "等雨停。", review_on=TUESDAY.date(), by=the_handler(case), at=TUESDAY
        )

    assert not Plea.objects.exists()


def test_a_pause_whose_day_has_come_is_not_granted_any_more() -> None:
    case = a_case("handling")
    ask_pause(case.number, "等雨停。", review_on=date(2026, 3, 4), by=the_handler(case), at=TUESDAY)

    with pytest.raises(ReviewInThePast):
        decide_plea(
            the_plea(case).pk, granted=True, decision="同意。", by=a_dispatcher(), at=on(3, 4, 9)
        )

    assert Case.objects.get(pk=case.pk).state == "handling"


def test_the_requester_reads_until_when_it_rests() -> None:
    case = a_case("handling")
    ask_pause(
        case.number, "等雨停。", review_on=date(2026, 3, 20), by=the_handler(case), at=TUESDAY
    )

    decide_plea(the_plea(case).pk, granted=True, decision="同意。", by=a_dispatcher(), at=TUESDAY)

    assert newest(case).facts["review_on"] == "2026-03-20"


def test_another_kind_needs_a_second_person_and_says_who_asked() -> None:
    case = a_case("handling", kind="complaint")
    asked = propose_kind(
        case.number, "只是问问。", kind="inquiry", by=the_handler(case), at=TUESDAY
    )

    decide_plea(asked.pk, granted=True, decision="同意。", by=a_supervisor(), at=TUESDAY)

    case.refresh_from_db()
    facts = newest(case).facts
    assert case.kind == "inquiry"
    assert (facts["old"], facts["new"]) == ("complaint", "inquiry")
    assert facts["asked_by"] == the_handler(case).badge
    assert facts["by"] == a_supervisor().badge


def test_a_kind_is_not_changed_by_one_person_alone() -> None:
    case = a_case("received", kind="complaint")
    asked = propose_kind(case.number, "只是问问。", kind="inquiry", by=a_dispatcher(), at=MONDAY)

    with pytest.raises(SecondPerson):
        decide_plea(asked.pk, granted=True, decision="同意。", by=a_dispatcher(), at=MONDAY)

    assert Case.objects.get(pk=case.pk).kind == "complaint"


@pytest.mark.usefixtures("limits_by_kind")
def test_another_kind_has_another_day() -> None:
    case = a_case("handling", kind="complaint")
    asked = propose_kind(case.number, "只是问问。", kind="inquiry", by=a_dispatcher(), at=TUESDAY)

    decide_plea(asked.pk, granted=True, decision="同意。", by=a_supervisor(), at=TUESDAY)

    retyped = Case.objects.get(pk=case.pk)
    assert (case.due_at, retyped.due_at) == (on(3, 20), on(3, 6))
    assert newest(case).facts["due_at"] == "2026-03-05T16:00:00.000000Z"


@pytest.mark.usefixtures("limits_by_kind")
def test_a_resting_case_of_another_kind_is_resumed_under_its_limit() -> None:
    case = a_case("paused", kind="complaint")
    asked = propose_kind(case.number, "只是问问。", kind="inquiry", by=a_dispatcher(), at=TUESDAY)
    decide_plea(asked.pk, granted=True, decision="同意。", by=a_supervisor(), at=TUESDAY)

    resumed = resume_case(case.number, by=the_handler(case), at=on(3, 10, 9))

    assert resumed.due_at == on(3, 14)


@pytest.mark.usefixtures("limits_by_kind")
def test_an_answered_case_of_another_kind_keeps_its_day_until_reopened() -> None:
    case = a_case("replied", kind="complaint")
    asked = propose_kind(case.number, "只是问问。", kind="inquiry", by=a_dispatcher(), at=TUESDAY)
    answered = decide_plea(
        asked.pk, granted=True, decision="同意。", by=a_supervisor(), at=TUESDAY
    ).case

    reopened = say_not_solved(case.number, code(case.submissions.get()), "没好。", at=TUESDAY)

    assert answered.due_at == case.due_at == on(3, 20)
    assert reopened.due_at == on(3, 7)


@pytest.mark.usefixtures("limits_by_kind")
def test_a_kind_changed_before_acceptance_sets_no_clock() -> None:
    case = a_case("received", kind="complaint")
    asked = propose_kind(case.number, "只是问问。", kind="inquiry", by=a_dispatcher(), at=MONDAY)
    decide_plea(asked.pk, granted=True, decision="同意。", by=a_supervisor(), at=MONDAY)

    accepted = accept_case(case.number, by=a_dispatcher(), at=MONDAY)

    assert "due_at" not in case.pleas.get().entry.facts
    assert accepted.due_at == on(3, 6)


@pytest.mark.usefixtures("limits_by_kind")
def test_an_extension_outlives_a_change_of_kind() -> None:
    case = a_longer_time(a_case("handling", kind="complaint"), 5)
    asked = propose_kind(case.number, "是建议。", kind="inquiry", by=a_dispatcher(), at=TUESDAY)

    decide_plea(asked.pk, granted=True, decision="同意。", by=a_supervisor(), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).due_at == on(3, 13)


def test_the_kind_it_has_already_is_not_proposed() -> None:
    case = a_case("handling", kind="complaint")

    with pytest.raises(SameKind):
        propose_kind(case.number, "还是投诉。", kind="complaint", by=a_dispatcher(), at=TUESDAY)

    assert not Plea.objects.exists()


def test_pleas_wait_with_those_who_may_decide_them() -> None:
    case = a_case("handling")
    plea = ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)

    waiting = {
        person: list(open_pleas(person))
        for person in (a_dispatcher(), a_boss(case), the_handler(case))
    }

    assert list(waiting.values()) == [[plea], [plea], []]


def test_a_return_waits_with_the_dispatcher_alone() -> None:
    case = a_case("returned")

    at_the_dispatcher, at_the_unit = open_pleas(a_dispatcher()), open_pleas(a_boss(case))

    assert [plea.what for plea in at_the_dispatcher] == ["return"]
    assert not at_the_unit.exists()


def test_a_plea_about_a_closed_case_waits_no_more() -> None:
    case = a_case("handling")
    ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)
    Case.objects.filter(pk=case.pk).update(state="withdrawn", ended_at=TUESDAY)

    waiting = open_pleas(a_dispatcher())

    assert not waiting.exists()
