"""The first answer of the office: accept, ask, answer at once, decline, refer."""

from typing import Any

import pytest

from mingchuang.cases.actions.callbacks import archive_case
from mingchuang.cases.actions.reception import (
    accept_case,
    answer_at_once,
    ask_for_more,
    decline_case,
    refer_case,
    try_to_reach,
)
from mingchuang.cases.actions.voice import add_remark, contest_decline
from mingchuang.cases.errors import NotRedacted, NotYourDuty, TryAgain, WrongStep
from mingchuang.cases.models import Case
from mingchuang.cases.queries.receipts import receipt_of
from mingchuang.cases.rules.closing import ATTEMPTS
from mingchuang.hall.queries import NoTimeLimit
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    code,
    newest,
    the_town,
    told,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY


def test_reception_may_accept_too() -> None:
    case = a_case("received")

    accept_case(case.number, by=a_person(Role.RECEPTION), at=MONDAY)

    assert told(case) == ["submission.received", "case.accepted"]


def test_who_calls_people_back_may_not_accept() -> None:
    case = a_case("received")

    with pytest.raises(NotYourDuty):
        accept_case(case.number, by=a_callback_clerk(), at=MONDAY)

    assert told(case) == ["submission.received"]


def test_a_case_is_accepted_once() -> None:
    case = a_case("accepted")

    with pytest.raises(WrongStep, match="已受理"):
        accept_case(case.number, by=a_dispatcher(), at=TUESDAY)

    assert told(case).count("case.accepted") == 1


def test_a_profile_may_be_named_when_accepting() -> None:
    case = a_case("received", kind="complaint")

    accept_case(case.number, by=a_dispatcher(), at=MONDAY, profile="bureau_13")

    case.refresh_from_db()
    assert case.due_at == (MONDAY + 18 * A_DAY).replace(hour=0)


def test_a_profile_nobody_loaded_is_refused_and_the_case_waits() -> None:
    case = a_case("received")

    with pytest.raises(NoTimeLimit, match="没有这类"):
        accept_case(case.number, by=a_dispatcher(), at=MONDAY, profile="nowhere")

    assert Case.objects.get(pk=case.pk).state == "received"


def test_the_day_promised_can_be_explained() -> None:
    case = a_case("received")

    accept_case(case.number, by=a_dispatcher(), at=MONDAY)

    change = case.due_changes.get()
    assert (change.why, change.at) == ("accept", MONDAY)
    assert change.trace["kind"] == "complaint"


def test_the_requester_reads_the_question_on_the_receipt() -> None:
    case = a_case("received")

    ask_for_more(case.number, "哪一栋楼，几单元？", by=a_dispatcher(), at=TUESDAY)

    asked = receipt_of(case.submissions.get()).story[-1]
    assert (asked.verb, asked.text) == ("case.asked", "哪一栋楼，几单元？")


def test_what_was_asked_for_is_supplied_by_a_remark() -> None:
    case = a_case("needs_info")

    add_remark(case.number, code(case.submissions.get()), "3 栋 2 单元。", at=TUESDAY)

    case.refresh_from_db()
    assert case.state == "received"
    assert told(case)[-2:] == ["submission.remarked", "case.supplied"]


def test_what_is_unclear_is_ended_after_so_many_tries_and_who_left_no_phone_after_none() -> None:
    case, silent = a_case("needs_info", phone="13800000001"), a_case("needs_info", phone="")
    unclear: dict[str, Any] = {"code": "UNCLEAR", "route": "请随时再写。"}
    unclear |= {"by": a_dispatcher(), "at": TUESDAY}

    decline_case(silent.number, **unclear)
    for n in range(ATTEMPTS):
        with pytest.raises(TryAgain, match=f"联系过 {n} 次"):
            decline_case(case.number, **unclear)
        try_to_reach(case.number, "没有人接。", by=a_dispatcher(), at=TUESDAY)
    decline_case(case.number, **unclear)

    case.refresh_from_db()
    assert case.state == "declined"
    assert told(case)[-4:] == ["case.tried"] * ATTEMPTS + ["case.declined"]


def test_a_case_that_waits_for_more_has_no_clock() -> None:
    case = a_case("needs_info")

    assert case.due_at is None


def test_an_answer_on_the_spot_needs_no_unit_and_owes_a_call_back() -> None:
    case = a_case("received", kind="inquiry", phone="13800000000")

    answer_at_once(
        case.number, "周六上午也开门。", disposition="explained", by=a_dispatcher(), at=MONDAY
    )

    case.refresh_from_db()
    assert (case.state, case.round) == ("replied", 1)
    assert case.responsible_unit == case.first_receiver == the_town()
    assert case.callback_due_at == (MONDAY + 4 * A_DAY).replace(hour=0)


def test_an_answer_on_the_spot_is_read_the_same_minute() -> None:
    case = a_case("received")

    answer_at_once(case.number, "九点开门。", disposition="explained", by=a_dispatcher(), at=MONDAY)

    assert receipt_of(case.submissions.get()).story[-1].text == "九点开门。"


def test_a_confidential_word_is_looked_over_before_it_is_answered_at_once() -> None:
    case = a_submission(confidential=True, text="我举报隔壁饭店。").case

    with pytest.raises(NotRedacted):
        answer_at_once(
            case.number, "已转办。", disposition="explained", by=a_dispatcher(), at=MONDAY
        )

    assert Case.objects.get(pk=case.pk).state == "received"


def test_a_decline_names_its_reason_and_the_way_to_go() -> None:
    case = a_case("received")

    decline_case(
        case.number,
        code="LEGAL_PROCEDURE",
        route="请到法院立案大厅，解放路 1 号。",
        by=a_dispatcher(),
        at=MONDAY,
    )

    last = receipt_of(case.submissions.get()).story[-1]
    assert last.sentence == "不予受理：应当通过诉讼、仲裁、复议、信访、信息公开等程序办理"
    assert last.text == "请到法院立案大厅，解放路 1 号。"
    assert newest(case).facts["reason"] == "LEGAL_PROCEDURE"


def test_the_ledger_holds_the_reason_but_not_the_words_of_a_decline() -> None:
    case = a_case("declined")

    entry = newest(case)

    assert set(entry.facts) == {"by", "reason"}
    assert entry.digest.startswith("sha256:")


def test_a_contested_decline_is_looked_at_again() -> None:
    case = a_case("declined")

    contest_decline(case.number, code(case.submissions.get()), "法院说不归他们管。", at=TUESDAY)

    case.refresh_from_db()
    assert case.state == "received"
    assert receipt_of(case.submissions.get()).story[-1].text == "法院说不归他们管。"


def test_a_contested_case_may_be_accepted_and_keeps_what_was_said() -> None:
    case = a_case("declined")
    contest_decline(case.number, code(case.submissions.get()), "应当受理。", at=TUESDAY)

    accept_case(case.number, by=a_dispatcher(), at=TUESDAY)

    assert told(case)[-3:] == ["case.declined", "case.contested", "case.accepted"]


def test_a_fire_goes_to_119_and_says_so() -> None:
    case = a_case("received", text="楼下着火了")

    refer_case(case.number, to="119", words="请立即拨打 119。", by=a_dispatcher(), at=MONDAY)

    last = receipt_of(case.submissions.get()).story[-1]
    assert (last.sentence, last.text) == ("已转给119 火警", "请立即拨打 119。")
    assert newest(case).facts["emergency"] is True


def test_a_referral_to_a_court_is_no_emergency() -> None:
    case = a_case("received")

    refer_case(case.number, to="court", words="请到法院。", by=a_dispatcher(), at=MONDAY)

    assert newest(case).facts["emergency"] is False


@pytest.mark.parametrize("state", ["declined", "referred", "needs_info"])
def test_what_was_not_taken_on_is_never_archived_as_answered(state: str) -> None:
    case = a_case(state)

    with pytest.raises(WrongStep):
        archive_case(case.number, by=a_callback_clerk(), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).state == state
