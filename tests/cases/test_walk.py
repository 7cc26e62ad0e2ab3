"""A word becomes a case and gets its answer: the straight way, through the real doors."""

from datetime import timedelta

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.callbacks import archive_case, record_callback
from mingchuang.cases.actions.dispatch import dispatch_case
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.reception import accept_case
from mingchuang.cases.errors import KeyReused, MayStillSpeak, NotYourDuty, WrongStep
from mingchuang.cases.models import Case, Submission
from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_unit,
    newest,
    the_handler,
    the_town,
    what_was_said,
)

pytestmark = pytest.mark.django_db


def test_a_word_becomes_a_case_with_a_number_and_an_entry() -> None:
    submission = a_submission(text="楼道灯坏了。晚上看不见。")

    case = submission.case
    assert case.state == "received"
    assert submission.number == case.number == f"YJ-2026-{case.pk:06d}"
    assert case.title == "楼道灯坏了"
    assert [entry.verb for entry in entries_of(case.subject)] == ["submission.received"]


def test_the_same_form_sent_twice_is_taken_in_once() -> None:
    said = what_was_said()
    first = receive_submission(said, unit=the_town(), at=MONDAY)

    again = receive_submission(said, unit=the_town(), at=MONDAY + AN_HOUR)

    assert again.number == first.number
    assert Submission.objects.count() == Case.objects.count() == 1


def test_the_same_key_with_other_words_is_refused() -> None:
    a_submission(key="a-key-that-is-long-enough", text="灯坏了")

    with pytest.raises(KeyReused):
        a_submission(key="a-key-that-is-long-enough", text="水管漏了")


def test_accepting_sets_the_day_by_working_days() -> None:
    case = a_case("received")

    accept_case(case.number, by=a_dispatcher(), at=MONDAY)

    case.refresh_from_db()
    assert case.due_at == (MONDAY + 8 * A_DAY).replace(hour=0, minute=0)
    assert newest(case).facts["due_at"] == "2026-03-09T16:00:00.000000Z"


def test_a_case_nobody_accepted_cannot_be_dispatched() -> None:
    case = a_case("received")

    with pytest.raises(WrongStep, match="已收到"):
        dispatch_case(case.number, a_unit(), by=a_dispatcher(), at=MONDAY)

    assert not entries_of(case.subject).filter(verb="case.dispatched").exists()


def test_an_answer_is_kept_and_recorded() -> None:
    case = a_case("handling")

    reply_to_case(
        case.number, "灯今天修好了。", disposition="done", by=the_handler(case), at=MONDAY + A_DAY
    )

    case.refresh_from_db()
    assert case.state == "replied"
    assert case.replies.get().text == "灯今天修好了。"
    assert newest(case).digest.startswith("sha256:")


def test_the_last_call_back_archives_the_case() -> None:
    case = a_case("replied", name="张小明", phone="13800000000")

    record_callback(
        case.number,
        outcome="reached",
        solved=True,
        satisfied="yes",
        by=a_callback_clerk(),
        at=MONDAY + A_DAY,
    )

    case.refresh_from_db()
    assert case.state == "archived"


def test_a_no_opens_the_case_again_and_the_first_reply_stays() -> None:
    case = a_case("replied", name="张小明", phone="13800000000")
    old_due = case.due_at

    record_callback(
        case.number,
        outcome="reached",
        solved=False,
        satisfied="no",
        by=a_callback_clerk(),
        at=MONDAY + A_DAY,
    )
    reply_to_case(
        case.number, "换了新灯。", disposition="done", by=the_handler(case), at=MONDAY + 2 * A_DAY
    )

    case.refresh_from_db()
    assert [reply.text for reply in case.replies.order_by("round")] == ["灯已修好。", "换了新灯。"]
    assert case.due_at is not None
    assert old_due is not None
    assert case.due_at > old_due


def test_an_anonymous_requesters_answer_stands_and_the_case_may_be_archived() -> None:
    case = a_case("replied")

    with pytest.raises(MayStillSpeak, match="还可以说“没有解决”"):
        archive_case(case.number, by=a_callback_clerk(), at=MONDAY + A_DAY)
    archive_case(case.number, by=a_callback_clerk(), at=MONDAY + 7 * A_DAY)

    case.refresh_from_db()
    assert case.state == "archived"
    assert case.ended_at == MONDAY + 7 * A_DAY


def test_what_a_stranger_may_not_see_does_not_exist() -> None:
    case = a_case("handling")
    stranger = a_person(Role.HANDLER, unit=a_unit())

    with pytest.raises(NotFound):
        reply_to_case(case.number, "好了", disposition="done", by=stranger, at=MONDAY)


def test_who_may_read_but_not_handle_is_told_so() -> None:
    case = a_case("handling")

    with pytest.raises(NotYourDuty):
        reply_to_case(case.number, "好了", disposition="done", by=a_dispatcher(), at=MONDAY)


def test_a_long_text_keeps_a_short_title() -> None:
    case = a_submission(text="很长的话" * 30).case

    assert len(case.title) == 40
    assert case.title.endswith("…")


def test_three_attempts_on_two_days_are_enough() -> None:
    case = a_case("replied", phone="13800000000")
    clerk = a_callback_clerk()
    tries = [MONDAY + A_DAY, MONDAY + A_DAY + timedelta(hours=2), MONDAY + 2 * A_DAY]

    for at in tries:
        record_callback(case.number, outcome="no_answer", by=clerk, at=at)

    case.refresh_from_db()
    assert case.state == "archived"
