"""Duplicates joined: everybody is answered and called back, and parted they are as before."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.callbacks import archive_case, record_callback
from mingchuang.cases.actions.handling import publish_reply, reply_to_case
from mingchuang.cases.actions.merging import join_as_reminder, merge_case, unmerge_case
from mingchuang.cases.actions.personal import hand_out_own
from mingchuang.cases.actions.pleas import ask_extension, decide_plea
from mingchuang.cases.actions.voice import (
    add_remark,
    remind_case,
    say_not_solved,
    say_solved,
    withdraw_submission,
)
from mingchuang.cases.errors import (
    CannotUnmerge,
    NotAnsweredYet,
    NotPublic,
    NotRedacted,
    NotYourDuty,
    PromisedEarlier,
    SameCase,
    WrongStep,
)
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.lists import callback_list
from mingchuang.cases.queries.receipts import receipt_of
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    SHANGHAI,
    WAYS,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_unit,
    code,
    redact,
    the_handler,
    the_plea,
    told,
)
from tests.cases.deeds import everything

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
WEDNESDAY = MONDAY + 2 * A_DAY
PHONE = "13800000000"
OPEN = ("received", "needs_info", "accepted", "dispatched", "returned", "handling", "paused")
# What a merge leaves behind on purpose: that there was one.
TRACES = ("cases_merge", "cases_merge_moved", "ledger_entry")


def join(case: Case, master: Case, *, at: datetime = TUESDAY) -> None:
    merge_case(case.number, master.number, by=a_dispatcher(), at=at)


def part(case: Case, *, at: datetime = TUESDAY) -> None:
    unmerge_case(case.number, by=a_dispatcher(), at=at)


def answer(master: Case, *, at: datetime = TUESDAY) -> None:
    reply_to_case(master.number, "灯已修好。", disposition="done", by=the_handler(master), at=at)


def said_in(case: Case) -> Submission:
    return Submission.objects.get(number=case.number)


def receipt(case: Case) -> tuple[str, str]:
    return case.number, code(said_in(case))


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def as_it_stands() -> Mapping[str, object]:
    return {table: rows for table, rows in everything().items() if table not in TRACES}


def test_every_requester_goes_to_the_master_and_keeps_the_receipt() -> None:
    case, master = a_case(), a_case("handling")

    join(case, master)

    assert {said.number for said in master.submissions.all()} == {case.number, master.number}
    assert Case.objects.get(pk=case.pk).master == master
    assert receipt_of(said_in(case)).case == master


def test_both_cases_tell_of_the_merge() -> None:
    case, master = a_case(), a_case()

    join(case, master)

    assert (told(case)[-1], told(master)[-1]) == ("case.merged", "case.joined")


def test_the_answer_reaches_everybody() -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)

    reply_to_case(
        master.number, "整条街修好了。", disposition="done", by=the_handler(master), at=WEDNESDAY
    )

    assert receipt_of(said_in(case)).story[-1].text == "整条街修好了。"


def test_the_archive_waits_for_each_requester() -> None:
    case, master = a_case(phone=PHONE), a_case("handling", phone=PHONE)
    join(case, master)
    answer(master)
    say_solved(*receipt(master), satisfied="yes", at=WEDNESDAY)

    with pytest.raises(NotAnsweredYet, match=f"还不能归档：{case.number} 尚未"):
        archive_case(master.number, by=a_callback_clerk(), at=WEDNESDAY)

    assert state(master) == "replied"


def test_the_last_of_the_requesters_closes_the_master() -> None:
    case, master = a_case(phone=PHONE), a_case("handling", phone=PHONE)
    join(case, master)
    answer(master)
    say_solved(*receipt(master), satisfied="yes", at=WEDNESDAY)

    record_callback(
        case.number, outcome="reached", solved=True, by=a_callback_clerk(), at=WEDNESDAY
    )

    assert (state(master), state(case)) == ("archived", "merged")


def test_everybody_in_a_merged_case_is_on_the_call_list() -> None:
    case, master = a_case(phone=PHONE), a_case("handling", phone=PHONE)
    join(case, master)

    answer(master)

    assert {said.number for said in callback_list(a_callback_clerk())} == {
        case.number,
        master.number,
    }


def test_calls_about_an_earlier_answer_do_not_count_for_the_master() -> None:
    case, master = a_case("replied", phone=PHONE), a_case("handling", phone=PHONE)
    record_callback(case.number, outcome="no_answer", by=a_callback_clerk(), at=TUESDAY)
    record_callback(case.number, outcome="no_answer", by=a_callback_clerk(), at=TUESDAY)
    join(case, master)
    reply_to_case(
        master.number, "修好了。", disposition="done", by=the_handler(master), at=WEDNESDAY
    )
    say_solved(*receipt(master), satisfied="yes", at=WEDNESDAY)

    record_callback(case.number, outcome="no_answer", by=a_callback_clerk(), at=WEDNESDAY)

    assert state(master) == "replied"


def test_when_the_one_who_waited_takes_it_back_the_case_is_ready_for_the_archive() -> None:
    case, master = a_case(phone=PHONE), a_case("handling", phone=PHONE)
    join(case, master)
    answer(master)
    say_solved(*receipt(master), satisfied="yes", at=WEDNESDAY)

    withdraw_submission(*receipt(case), at=WEDNESDAY)

    assert Case.objects.get(pk=master.pk).state == "archived"


@pytest.mark.parametrize(
    ("of_case", "of_master"),
    [
        *((state, "received") for state in ("received", "needs_info", "replied")),
        *((state, "handling") for state in (*OPEN, "replied")),
    ],
)
def test_parted_again_everything_is_as_before(of_case: str, of_master: str) -> None:
    case, master = a_case(of_case, phone=PHONE), a_case(of_master, phone=PHONE)
    before = as_it_stands()
    join(case, master)

    part(case)

    assert as_it_stands() == before


@pytest.mark.parametrize("of_master", ["received", "accepted"])
def test_a_promised_day_is_never_put_off_by_joining(of_master: str) -> None:
    case, master = a_case("accepted"), a_case(of_master, at=WEDNESDAY)

    with pytest.raises(PromisedEarlier, match=f"把 {master.number} 并入 {case.number}"):
        join(case, master)

    assert Case.objects.get(pk=case.pk).state == "accepted"


def test_no_neighbour_reads_anothers_words_in_the_title() -> None:
    case, master = a_case(), a_case("handling", text="我是张小明，电话 13812345678，楼上太吵。")

    join(case, master)

    receipt = receipt_of(said_in(case))
    assert receipt.case == master
    assert receipt.title == case.title


def test_a_confidential_case_is_parted_exactly_too() -> None:
    case, master = a_case(confidential=True), a_case("handling")
    before = as_it_stands()
    join(case, master)

    part(case)

    assert as_it_stands() == before


def test_a_chain_is_parted_link_by_link() -> None:
    first, second, third = (a_case("accepted", phone=PHONE) for _ in range(3))
    apart = as_it_stands()
    join(first, second)
    joined = as_it_stands()
    join(second, third)

    part(second)
    assert as_it_stands() == joined
    part(first)
    assert as_it_stands() == apart


def test_the_inner_link_of_a_chain_does_not_open_first() -> None:
    first, second, third = a_case(), a_case(), a_case()
    join(first, second)
    join(second, third)
    before = everything()

    with pytest.raises(CannotUnmerge, match="请先恢复主单"):
        part(first)

    assert everything() == before


def test_everybody_of_a_chain_is_answered_by_the_last_master() -> None:
    first, second, third = a_case(), a_case(), a_case("handling")
    join(first, second)
    join(second, third)

    reply_to_case(third.number, "都好了。", disposition="done", by=the_handler(third), at=WEDNESDAY)

    stories = [receipt_of(said_in(case)).story for case in (first, second, third)]
    assert [story[-1].text for story in stories] == ["都好了。"] * 3


def test_an_answer_read_once_stays_readable_when_the_master_is_joined_in_turn() -> None:
    first, second, third = a_case(), a_case("handling"), a_case("handling")
    join(first, second)
    answer(second)
    say_not_solved(*receipt(second), "没好。", at=WEDNESDAY)

    join(second, third, at=WEDNESDAY)

    story = receipt_of(said_in(first)).story
    assert "灯已修好。" in [line.text for line in story]
    assert [line.verb for line in story].count("case.merged") == 2


def test_two_cases_joined_to_one_are_parted_in_any_order() -> None:
    one, two, master = a_case(), a_case("accepted"), a_case("handling")
    before = as_it_stands()
    join(one, master)
    join(two, master)

    part(one)
    part(two)

    assert as_it_stands() == before


def test_a_case_may_be_joined_elsewhere_after_it_was_parted() -> None:
    case, one, two = a_case(), a_case(), a_case()
    join(case, one)
    part(case)

    join(case, two)

    assert Case.objects.get(pk=case.pk).master == two


def test_a_case_is_not_joined_to_itself() -> None:
    case = a_case()

    with pytest.raises(SameCase):
        merge_case(case.number, f" {case.number.lower()} ", by=a_dispatcher(), at=TUESDAY)

    assert told(case) == ["submission.received"]


def test_a_case_is_not_joined_to_itself_under_a_shorter_number() -> None:
    case = a_case()
    shorter = f"{case.series}-{case.pk}"

    with pytest.raises(SameCase):
        merge_case(case.number, shorter, by=a_dispatcher(), at=TUESDAY)

    assert told(case) == ["submission.received"]


@pytest.mark.parametrize("closed", sorted({*WAYS} - {*OPEN, "replied"}))
def test_nothing_is_joined_to_a_closed_case(closed: str) -> None:
    case, master = a_case(), a_case(closed)

    with pytest.raises(WrongStep):
        join(case, master)

    assert state(case) == "received"


def test_two_cases_are_not_joined_to_each_other() -> None:
    one, two = a_case(), a_case()
    join(one, two)

    with pytest.raises(WrongStep, match="已并单"):
        join(two, one)

    assert state(two) == "received"


def test_an_archived_master_keeps_what_was_joined() -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)
    answer(master)
    archive_case(master.number, by=a_callback_clerk(), at=WEDNESDAY + 7 * A_DAY)

    with pytest.raises(CannotUnmerge):
        part(case)

    assert state(case) == "merged"


def test_what_was_never_joined_cannot_be_parted() -> None:
    case = a_case("handling")

    with pytest.raises(WrongStep, match="办理中"):
        part(case)

    assert state(case) == "handling"


def test_only_the_dispatcher_of_both_joins_them() -> None:
    case, master = a_case(), a_case("handling")

    with pytest.raises(NotFound):
        merge_case(case.number, master.number, by=the_handler(master), at=TUESDAY)
    with pytest.raises(NotYourDuty):
        merge_case(case.number, master.number, by=a_person(Role.RECEPTION), at=TUESDAY)

    assert state(case) == "received"


def test_a_confidential_word_is_looked_over_before_others_handle_it() -> None:
    case, master = a_submission(confidential=True).case, a_case("handling")

    with pytest.raises(NotRedacted):
        join(case, master)

    assert state(case) == "received"


def test_a_case_is_confidential_as_long_as_one_of_its_words_is() -> None:
    case, master = a_submission(confidential=True).case, a_case("handling")
    redact(case)

    join(case, master)

    answer(master)
    assert Case.objects.get(pk=master.pk).confidential
    with pytest.raises(NotPublic):
        publish_reply(master.number, "路灯", by=the_handler(master), at=WEDNESDAY)


def test_who_took_it_back_meanwhile_is_parted_as_withdrawn() -> None:
    case, master = a_case("handling"), a_case("handling")
    join(case, master)
    withdraw_submission(*receipt(case), at=WEDNESDAY)

    part(case, at=WEDNESDAY)

    assert (state(case), state(master)) == ("withdrawn", "handling")
    assert told(case)[-2:] == ["case.unmerged", "case.withdrawn"]


def test_a_master_whose_own_requester_took_it_back_ends_when_the_others_leave() -> None:
    case, master = a_case("handling"), a_case("handling")
    join(case, master)
    withdraw_submission(*receipt(master), at=WEDNESDAY)

    part(case, at=WEDNESDAY)

    assert (state(case), state(master)) == ("handling", "withdrawn")


def test_a_joined_case_waits_for_no_decision() -> None:
    case, master = a_case("handling"), a_case("handling")
    ask_extension(case.number, "要等。", days=3, by=the_handler(case), at=TUESDAY)
    join(case, master)

    with pytest.raises(WrongStep, match="已并单"):
        decide_plea(
            the_plea(case).pk, granted=True, decision="同意。", by=a_dispatcher(), at=WEDNESDAY
        )

    assert Case.objects.get(pk=case.pk).due_at == case.due_at


def test_a_remark_made_meanwhile_goes_home_with_its_submission() -> None:
    case, master = a_case("handling", unit=a_unit()), a_case("handling")
    join(case, master)
    add_remark(*receipt(case), "二楼也灭了。", at=WEDNESDAY)

    part(case, at=WEDNESDAY + AN_HOUR)

    speakers = case_file(the_handler(case), case.number).speakers
    assert [remark.text for remark in speakers[0].remarks] == ["二楼也灭了。"]


def test_the_clock_of_the_master_rules_while_they_are_joined() -> None:
    case, master = (
        a_case("accepted", at=datetime(2026, 3, 4, 9, tzinfo=SHANGHAI)),
        a_case("handling"),
    )

    join(case, master, at=datetime(2026, 3, 5, 9, tzinfo=SHANGHAI))

    assert receipt_of(said_in(case)).case.due_at == master.due_at


def lines(case: Case) -> list[tuple[str, str]]:
    """The story on a receipt, without that there was a merge."""
    traces = {"case.merged", "case.joined", "case.unmerged", "case.parted"}
    story = receipt_of(said_in(case)).story
    return [(told.sentence, told.text) for told in story if told.verb not in traces]


@pytest.mark.parametrize("of_master", ["received", "handling"])
def test_parted_again_both_receipts_read_as_before(of_master: str) -> None:
    case, master = a_case("received", phone=PHONE), a_case(of_master, phone=PHONE)
    before = lines(case), lines(master)
    join(case, master)

    part(case)

    assert (lines(case), lines(master)) == before


def test_a_reminder_that_was_only_the_joining_is_parted_from_the_receipt_too() -> None:
    case, master = a_case(phone=PHONE), a_case("handling", phone=PHONE)
    before = lines(case)
    join_as_reminder(case.number, master.number, by=a_dispatcher(), at=TUESDAY)

    part(case)

    assert lines(case) == before


def what_they_did(case: Case) -> None:
    add_remark(*receipt(case), "二楼也灭了。", at=WEDNESDAY)
    remind_case(*receipt(case), at=WEDNESDAY)
    hand_out_own(*receipt(case), at=WEDNESDAY)


DID = [("诉求人补充了情况", "二楼也灭了。"), ("诉求人催办", ""), ("取走了个人信息副本", "")]


def test_what_they_did_meanwhile_stays_on_their_receipt() -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)
    what_they_did(case)

    part(case, at=WEDNESDAY + AN_HOUR)

    assert [(said.split("（")[0], text) for said, text in lines(case)][-3:] == DID
    assert "二楼也灭了。" not in [text for _said, text in lines(master)]


def test_and_stands_there_once_when_they_are_joined_again() -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)
    what_they_did(case)
    part(case, at=WEDNESDAY + AN_HOUR)

    join(case, master, at=WEDNESDAY + 2 * AN_HOUR)

    assert [text for _said, text in lines(case)].count("二楼也灭了。") == 1


def test_what_they_did_through_a_chain_comes_home_too() -> None:
    first, second, third = a_case(), a_case(), a_case("handling")
    join(first, second)
    join(second, third)
    what_they_did(first)

    part(second, at=WEDNESDAY + AN_HOUR)
    part(first, at=WEDNESDAY + AN_HOUR)

    assert [(said.split("（")[0], text) for said, text in lines(first)][-3:] == DID
    assert "二楼也灭了。" not in [text for _said, text in lines(second) + lines(third)]


def test_who_took_it_back_meanwhile_reads_so_after_parting() -> None:
    case, master = a_case("handling"), a_case("handling")
    join(case, master)
    withdraw_submission(*receipt(case), at=WEDNESDAY)

    part(case, at=WEDNESDAY)

    assert lines(case)[-1] == ("诉求已撤回", "")
