"""Who handles it: one lead, the first receiver's duty, a return that a second person decides."""

from datetime import datetime

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.dispatch import (
    acknowledge_case,
    add_assist,
    decide_return,
    dispatch_case,
    return_case,
)
from mingchuang.cases.actions.handling import reply_to_case, write_note
from mingchuang.cases.actions.pleas import ask_extension, decide_plea
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.errors import (
    DecidedAlready,
    HelpsAlready,
    NotRedacted,
    NotYourDuty,
    SecondPerson,
    UnitNeeded,
    WindowClosed,
    WrongStep,
)
from mingchuang.cases.models import Case
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.desk import case_for
from mingchuang.people.actions.posts import give_post
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
    a_submission,
    a_unit,
    newest,
    redact,
    the_handler,
    the_lead,
    the_plea,
    the_town,
    told,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY


def test_the_unit_dispatched_to_leads_and_is_the_first_receiver() -> None:
    case, lamps = a_case("accepted"), a_unit("路灯所")

    dispatch_case(case.number, lamps, by=a_dispatcher(), at=MONDAY)

    case.refresh_from_db()
    assert case.responsible_unit == case.first_receiver == lamps
    assert case.dispatched_at == MONDAY


def test_the_first_contact_is_owed_within_a_working_day() -> None:
    case = a_case("accepted")

    dispatch_case(case.number, a_unit(), by=a_dispatcher(), at=MONDAY)

    case.refresh_from_db()
    assert case.contact_due_at == datetime(2026, 3, 4, tzinfo=SHANGHAI)


def test_any_number_of_units_may_assist() -> None:
    case, lead, one, two = a_case("accepted"), a_unit(), a_unit(), a_unit()

    dispatch_case(case.number, lead, assists=[one, two], by=a_dispatcher(), at=MONDAY)

    assert set(case.assists.all()) == {one, two}
    assert newest(case).facts["assists"] == [one.code, two.code]


def test_the_lead_is_not_also_an_assistant() -> None:
    case, lead, other = a_case("accepted"), a_unit(), a_unit()

    dispatch_case(case.number, lead, assists=[lead, other], by=a_dispatcher(), at=MONDAY)

    assert list(case.assists.all()) == [other]
    assert newest(case).facts["assists"] == [other.code]


def test_why_it_was_sent_there_is_read_by_staff_and_not_by_the_public() -> None:
    case = a_case("accepted")

    dispatch_case(case.number, a_unit(), basis="派单目录：路灯 东门", by=a_dispatcher(), at=MONDAY)

    entry = newest(case)
    assert case_file(a_dispatcher(), case.number).story[-1].text == "派单目录：路灯 东门"
    assert "basis" not in entry.facts


def test_only_the_dispatcher_dispatches() -> None:
    case = a_case("accepted")

    with pytest.raises(NotYourDuty):
        dispatch_case(case.number, a_unit(), by=a_person(Role.RECEPTION), at=MONDAY)

    assert "case.dispatched" not in told(case)


def test_a_confidential_case_is_not_dispatched_before_a_person_looked_it_over() -> None:
    case = a_submission(confidential=True, text="我举报隔壁饭店。").case
    accept_case(case.number, by=a_dispatcher(), at=MONDAY)

    with pytest.raises(NotRedacted, match="先核对遮盖"):
        dispatch_case(case.number, a_unit(), by=a_dispatcher(), at=MONDAY)

    assert "case.dispatched" not in told(case)


def test_a_confidential_case_that_was_looked_over_is_dispatched() -> None:
    case = a_submission(confidential=True, text="我举报隔壁饭店。").case
    accept_case(case.number, by=a_dispatcher(), at=MONDAY)
    redact(case)

    dispatch_case(case.number, a_unit(), by=a_dispatcher(), at=MONDAY)

    assert told(case)[-2:] == ["submission.redacted", "case.dispatched"]


def test_who_assists_may_read_and_write_notes_but_not_answer() -> None:
    helper = a_unit()
    case = a_case("handling")
    add_assist(case.number, helper, by=the_handler(case), at=TUESDAY)
    assistant = a_person(Role.HANDLER, unit=helper)

    write_note(case.number, "我们看过了。", by=assistant, at=TUESDAY)

    with pytest.raises(NotYourDuty):
        reply_to_case(case.number, "好了。", disposition="done", by=assistant, at=TUESDAY)


def test_a_unit_that_helps_already_is_not_called_twice() -> None:
    case, helper = a_case("handling"), a_unit()
    add_assist(case.number, helper, by=the_handler(case), at=TUESDAY)

    with pytest.raises(HelpsAlready):
        add_assist(case.number, helper, by=the_handler(case), at=TUESDAY)

    assert told(case).count("case.assisted") == 1


def test_the_lead_cannot_be_called_to_help_itself() -> None:
    case = a_case("handling")

    with pytest.raises(HelpsAlready):
        add_assist(case.number, the_lead(case), by=the_handler(case), at=TUESDAY)

    assert not case.assists.exists()


def test_who_acknowledges_handles_the_case() -> None:
    case = a_case("dispatched")
    handler = the_handler(case)

    acknowledge_case(case.number, by=handler, at=TUESDAY)

    case.refresh_from_db()
    assert (case.state, case.handler) == ("handling", handler)


def test_a_unit_may_say_not_ours_within_the_window() -> None:
    case, water = a_case("dispatched"), a_unit("水务局")
    at = datetime(2026, 3, 4, 23, 59, tzinfo=SHANGHAI)

    plea = return_case(case.number, "是水管，不是路灯。", to=water, by=the_handler(case), at=at)

    case.refresh_from_db()
    assert (case.state, plea.granted) == ("returned", None)
    assert newest(case).facts["suggests"] == water.code


def test_after_two_working_days_it_is_too_late_to_return() -> None:
    case = a_case("dispatched")
    at = datetime(2026, 3, 5, tzinfo=SHANGHAI)

    with pytest.raises(WindowClosed, match="03-05 00:00"):
        return_case(case.number, "不归我们管。", by=the_handler(case), at=at)

    case.refresh_from_db()
    assert case.state == "dispatched"


def test_the_return_window_counts_working_days() -> None:
    case = a_case("dispatched", at=datetime(2026, 2, 13, 9, tzinfo=SHANGHAI))
    at = datetime(2026, 2, 24, 23, 59, tzinfo=SHANGHAI)

    return_case(case.number, "不归我们管。", by=the_handler(case), at=at)

    assert told(case)[-1] == "case.returned"


def test_what_was_acknowledged_cannot_be_returned() -> None:
    case = a_case("handling")

    with pytest.raises(WrongStep, match="办理中"):
        return_case(case.number, "不归我们管。", by=the_handler(case), at=TUESDAY)

    assert "case.returned" not in told(case)


def test_a_granted_return_goes_to_another_unit_which_is_now_first_receiver() -> None:
    case, water = a_case("returned"), a_unit("水务局")

    decide_return(
        the_plea(case).pk,
        granted=True,
        decision="同意。",
        unit=water,
        by=a_dispatcher(),
        at=TUESDAY,
    )

    case.refresh_from_db()
    assert case.responsible_unit == case.first_receiver == water
    assert (case.state, case.dispatched_at) == ("dispatched", TUESDAY)


def test_the_unit_that_was_suggested_is_taken_where_no_other_is_named() -> None:
    case, water = a_case("dispatched"), a_unit("水务局")
    plea = return_case(
        case.number, "是水管。", to=water, by=the_handler(case), at=MONDAY + 3 * AN_HOUR
    )

    decide_return(plea.pk, granted=True, decision="同意。", by=a_dispatcher(), at=TUESDAY)

    case.refresh_from_db()
    assert case.responsible_unit == water


def test_a_return_is_not_granted_to_nowhere() -> None:
    case = a_case("returned")

    with pytest.raises(UnitNeeded, match="改派给哪个单位"):
        decide_return(
            the_plea(case).pk, granted=True, decision="同意。", by=a_dispatcher(), at=TUESDAY
        )

    case.refresh_from_db()
    assert case.state == "returned"
    assert the_plea(case).granted is None


def test_a_refused_return_stays_with_the_first_receiver_who_reads_why() -> None:
    case = a_case("returned")
    unit, handler = case.responsible_unit, the_handler(case)

    decide_return(
        the_plea(case).pk,
        granted=False,
        decision="路灯归你们管，见目录第 12 条。",
        by=a_dispatcher(),
        at=TUESDAY,
    )

    case.refresh_from_db()
    assert case.responsible_unit == case.first_receiver == unit
    assert case_file(handler, case.number).story[-1].text == "路灯归你们管，见目录第 12 条。"


def test_a_refused_return_does_not_open_the_window_again() -> None:
    case = a_case("returned")
    before = case.dispatched_at, case.contact_due_at

    decide_return(
        the_plea(case).pk, granted=False, decision="归你们。", by=a_dispatcher(), at=TUESDAY
    )

    case.refresh_from_db()
    assert (case.dispatched_at, case.contact_due_at) == before


def test_the_unit_that_gave_it_back_sees_it_no_more() -> None:
    case = a_case("returned")
    handler = the_handler(case)

    decide_return(
        the_plea(case).pk,
        granted=True,
        decision="同意。",
        unit=a_unit(),
        by=a_dispatcher(),
        at=TUESDAY,
    )

    with pytest.raises(NotFound):
        case_for(handler, case.number)


def test_a_unit_that_assisted_and_now_leads_assists_no_more() -> None:
    case, water = a_case("accepted"), a_unit()
    dispatch_case(case.number, a_unit(), assists=[water], by=a_dispatcher(), at=MONDAY)
    case.refresh_from_db()
    plea = return_case(case.number, "是水管。", by=the_handler(case), at=MONDAY + AN_HOUR)

    decide_return(
        plea.pk, granted=True, decision="同意。", unit=water, by=a_dispatcher(), at=TUESDAY
    )

    assert not case.assists.exists()


def test_nobody_decides_their_own_return() -> None:
    case = a_case("dispatched")
    both = the_handler(case)
    give_post(both, the_town(), Role.DISPATCHER, at=LONG_AGO)
    plea = return_case(case.number, "不归我们管。", by=both, at=MONDAY + 3 * AN_HOUR)

    with pytest.raises(SecondPerson):
        decide_return(plea.pk, granted=False, decision="归的。", by=both, at=TUESDAY)

    case.refresh_from_db()
    assert case.state == "returned"


def test_a_return_is_decided_once() -> None:
    case = a_case("returned")
    first = the_plea(case)
    decide_return(first.pk, granted=False, decision="归你们。", by=a_dispatcher(), at=TUESDAY)
    return_case(case.number, "真的不归我们。", by=the_handler(case), at=TUESDAY + AN_HOUR)

    with pytest.raises(DecidedAlready):
        decide_return(
            first.pk,
            granted=True,
            decision="同意。",
            unit=a_unit(),
            by=a_dispatcher(),
            at=TUESDAY + AN_HOUR,
        )

    first.refresh_from_db()
    assert first.granted is False


def test_the_supervisor_of_the_unit_does_not_decide_its_returns() -> None:
    case = a_case("returned")
    boss = a_person(Role.SUPERVISOR, unit=the_lead(case))

    with pytest.raises(NotYourDuty):
        decide_return(the_plea(case).pk, granted=False, decision="归的。", by=boss, at=TUESDAY)

    assert told(case)[-1] == "case.returned"


def test_a_return_is_not_decided_like_a_plea() -> None:
    case = a_case("returned")

    with pytest.raises(NotYourDuty):
        decide_plea(
            the_plea(case).pk, granted=True, decision="同意。", by=a_dispatcher(), at=TUESDAY
        )

    assert told(case)[-1] == "case.returned"


def test_a_plea_is_not_decided_like_a_return() -> None:
    case = a_case("dispatched")
    longer = ask_extension(case.number, "要等配件。", days=3, by=the_handler(case), at=TUESDAY)
    return_case(case.number, "不归我们。", by=the_handler(case), at=TUESDAY)

    with pytest.raises(NotYourDuty):
        decide_return(
            longer.pk,
            granted=True,
            decision="同意。",
            unit=a_unit(),
            by=a_dispatcher(),
            at=TUESDAY + AN_HOUR,
        )

    longer.refresh_from_db()
    assert longer.granted is None


def test_after_the_first_contact_a_new_unit_owes_no_second_one() -> None:
    case = a_case("returned")
    Case.objects.filter(pk=case.pk).update(contacted_at=TUESDAY)
    due = case.contact_due_at

    decide_return(
        the_plea(case).pk,
        granted=True,
        decision="同意。",
        unit=a_unit(),
        by=a_dispatcher(),
        at=TUESDAY,
    )

    assert Case.objects.get(pk=case.pk).contact_due_at == due
