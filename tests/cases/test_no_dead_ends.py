"""No step leads to where nobody can go on, and nobody is judge of their own deed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mingchuang.cases.actions.dispatch import dispatch_case, redispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.merging import merge_case, unmerge_case
from mingchuang.cases.actions.pleas import ask_pause, resume_case
from mingchuang.cases.actions.reception import accept_case, answer_at_once, decline_case
from mingchuang.cases.actions.voice import contest_decline, say_not_solved, say_solved
from mingchuang.cases.errors import (
    AnotherDecides,
    AnsweredTogether,
    HelpsAlready,
    NotYourDuty,
    ReviewTooFar,
    TooLateToPause,
)
from mingchuang.cases.models import Case
from mingchuang.cases.queries.audit import case_faults
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_supervisor,
    a_unit,
    code,
    newest,
    the_handler,
    told,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
ROUTE = "请到人民法院立案大厅办理。"


def receipt(case: Case) -> tuple[str, str]:
    return case.number, code(case.submissions.get())


def decline(case: Case, by: Person) -> Case:
    return decline_case(case.number, code="LEGAL_PROCEDURE", route=ROUTE, by=by, at=TUESDAY)


def test_what_was_answered_on_the_spot_and_not_solved_is_dispatched() -> None:
    case, unit = a_case(), a_unit()
    answer_at_once(case.number, "周六也开。", disposition="explained", by=a_dispatcher(), at=MONDAY)

    say_not_solved(*receipt(case), "周六没开。", at=TUESDAY)
    dispatch_case(case.number, unit, by=a_dispatcher(), at=TUESDAY)

    again = Case.objects.get(pk=case.pk)
    assert (again.state, again.responsible_unit, again.round) == ("dispatched", unit, 1)
    assert "case.reaccepted" in told(case)
    assert not list(case_faults())


def test_who_does_not_answer_the_question_holds_nothing_up() -> None:
    case = a_case("needs_info")

    accept_case(case.number, by=a_dispatcher(), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).state == "accepted"


def test_who_does_not_answer_the_question_may_be_told_why_not() -> None:
    case = a_case("needs_info")

    decline(case, a_dispatcher())

    assert Case.objects.get(pk=case.pk).state == "declined"


def test_what_nobody_acknowledged_yet_may_be_sent_elsewhere() -> None:
    case, right = a_case("dispatched"), a_unit()

    redispatch_case(case.number, right, "派错了单位。", by=a_dispatcher(), at=TUESDAY)

    sent = Case.objects.get(pk=case.pk)
    assert (sent.state, sent.responsible_unit, sent.due_at) == ("dispatched", right, case.due_at)
    facts = newest(case).facts
    assert (facts["by"], facts["unit"]) == (a_dispatcher().badge, right.code)


def test_sending_it_to_where_it_is_is_refused() -> None:
    case = a_case("dispatched")
    assert case.responsible_unit is not None

    with pytest.raises(HelpsAlready):
        redispatch_case(case.number, case.responsible_unit, "再派。", by=a_dispatcher(), at=TUESDAY)


@pytest.mark.parametrize("who", [a_dispatcher, a_supervisor])
def test_a_resting_case_is_taken_up_again_by_the_office_too(who: Callable[[], Person]) -> None:
    case = a_case("paused")

    resume_case(case.number, by=who(), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).state == "handling"


def test_no_case_rests_for_years() -> None:
    case = a_case("handling")
    review_on = (MONDAY + timedelta(days=400)).date()

    with pytest.raises(ReviewTooFar, match="180 天"):
        ask_pause(case.number, "等。", review_on=review_on, by=the_handler(case), at=TUESDAY)


def test_a_late_case_does_not_rest() -> None:
    case = a_case("handling")
    late = MONDAY + 30 * A_DAY

    with pytest.raises(TooLateToPause):
        ask_pause(
            case.number, "等。", review_on=(late + A_DAY).date(), by=the_handler(case), at=late
        )


def test_an_answer_read_together_is_not_taken_away_by_parting() -> None:
    case, master = a_case(), a_case("handling")
    merge_case(case.number, master.number, by=a_dispatcher(), at=TUESDAY)
    reply_to_case(
        master.number, "修好了。", disposition="done", by=the_handler(master), at=TUESDAY + A_DAY
    )

    with pytest.raises(AnsweredTogether):
        unmerge_case(case.number, by=a_dispatcher(), at=TUESDAY + 2 * A_DAY)


def test_an_objection_is_not_decided_by_whoever_declined() -> None:
    case, one, other = a_case(), a_dispatcher(), a_person(Role.DISPATCHER)
    decline(case, one)
    contest_decline(*receipt(case), "归你们管。", at=TUESDAY)

    with pytest.raises(AnotherDecides):
        decline(case, one)

    assert decline(case, other).state == "declined"


def test_an_objection_is_decided_by_a_dispatcher() -> None:
    case = a_case("declined")
    contest_decline(*receipt(case), "归你们管。", at=TUESDAY)

    with pytest.raises(NotYourDuty):
        decline(case, a_person(Role.RECEPTION))


def test_a_referral_may_be_objected_to() -> None:
    case = a_case("referred")

    contest_decline(*receipt(case), "不归公安管。", at=TUESDAY)

    assert Case.objects.get(pk=case.pk).state == "received"


def test_who_left_no_number_may_still_say_no_after_a_neighbour_said_yes() -> None:
    case, master = a_case(), a_case("handling")
    mine = receipt(case)
    merge_case(case.number, master.number, by=a_dispatcher(), at=TUESDAY)
    reply_to_case(
        master.number, "灯已修好。", disposition="done", by=the_handler(master), at=TUESDAY
    )
    say_solved(
        master.number,
        code(master.submissions.get(number=master.number)),
        satisfied="yes",
        at=TUESDAY,
    )

    say_not_solved(*mine, "我家还不亮。", at=TUESDAY)

    assert Case.objects.get(pk=master.pk).state == "handling"


def test_what_nobody_said_about_being_satisfied_is_not_written_down() -> None:
    case = a_case("replied")

    say_not_solved(*receipt(case), "还不亮。", at=TUESDAY)

    call = case.callbacks.get()
    assert (call.solved, call.satisfied) == (False, "")


def test_a_name_in_the_first_sentence_is_covered_in_the_title() -> None:
    case = a_case(text="我叫张小明，电话 13812345678，楼上太吵。", name="张小明")

    assert "张小明" not in case.title
    assert "13812345678" not in case.title
