"""Working on a case: first contact, notes, the answer, and whether everybody may read it."""

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.handling import (
    contact_requester,
    publish_reply,
    reply_to_case,
    unpublish_reply,
    write_note,
)
from mingchuang.cases.actions.voice import say_not_solved
from mingchuang.cases.errors import NothingOpen, NotPublic
from mingchuang.cases.models import Case
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.lists import public_answers
from mingchuang.cases.queries.receipts import receipt_of
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    a_case,
    code,
    newest,
    the_handler,
    the_lead,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY


def test_the_first_contact_counts_and_later_ones_are_noted() -> None:
    case = a_case("handling")
    contact_requester(case.number, "约好明天上门。", by=the_handler(case), at=TUESDAY)

    contact_requester(case.number, "改到后天。", by=the_handler(case), at=TUESDAY + AN_HOUR)

    case.refresh_from_db()
    assert case.contacted_at == TUESDAY
    assert list(case.notes.filter(is_contact=True).values_list("text", flat=True)) == [
        "约好明天上门。",
        "改到后天。",
    ]


def test_an_answer_without_a_call_before_is_the_first_contact() -> None:
    case = a_case("handling")

    reply_to_case(case.number, "修好了。", disposition="done", by=the_handler(case), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).contacted_at == TUESDAY


def test_a_note_is_for_colleagues_and_not_for_the_requester() -> None:
    case = a_case("handling")

    write_note(case.number, "灯杆锈穿，要换整根。", by=the_handler(case), at=TUESDAY)

    said = [told.text for told in receipt_of(case.submissions.get()).story]
    assert case_file(the_handler(case), case.number).story[-1].text == "灯杆锈穿，要换整根。"
    assert "灯杆锈穿，要换整根。" not in said


def test_an_answer_says_who_gave_it_what_became_of_it_and_when() -> None:
    case = a_case("handling")

    reply = reply_to_case(
        case.number, "先装了临时灯。", disposition="partly", by=the_handler(case), at=TUESDAY
    )

    assert (reply.round, reply.unit, reply.by) == (1, the_lead(case), the_handler(case))
    assert newest(case).facts == {
        "by": the_handler(case).badge,
        "unit": the_lead(case).code,
        "round": 1,
        "disposition": "partly",
        "promised": "2026-03-09T16:00:00.000000Z",
    }


def test_an_answer_ends_supervision() -> None:
    case = a_case("handling")
    Case.objects.filter(pk=case.pk).update(watch=3)

    reply_to_case(case.number, "修好了。", disposition="done", by=the_handler(case), at=TUESDAY)

    assert Case.objects.get(pk=case.pk).watch == 0


def test_a_published_answer_stands_under_its_headline() -> None:
    case = a_case("replied")

    publish_reply(case.number, "东门路灯已修复", by=the_handler(case), at=TUESDAY)

    assert [reply.headline for reply in public_answers()] == ["东门路灯已修复"]


def test_the_newest_answer_is_the_one_published() -> None:
    case = a_case("replied", phone="13800000000")
    say_not_solved(case.number, code(case.submissions.get()), "没好。", at=TUESDAY)
    reply_to_case(case.number, "换了整根。", disposition="done", by=the_handler(case), at=TUESDAY)

    published = publish_reply(case.number, "东门路灯", by=the_handler(case), at=TUESDAY)

    assert (published.round, published.text) == (2, "换了整根。")


def test_without_an_answer_there_is_nothing_to_publish() -> None:
    case = a_case("handling")

    with pytest.raises(NotFound):
        publish_reply(case.number, "东门路灯", by=the_handler(case), at=TUESDAY)

    assert not public_answers().exists()


def test_the_answer_to_a_confidential_word_is_never_public() -> None:
    case = a_case("replied", confidential=True)

    with pytest.raises(NotPublic):
        publish_reply(case.number, "饭店油烟", by=the_handler(case), at=TUESDAY)

    assert not public_answers().exists()


def test_a_published_answer_may_be_taken_down_and_the_record_stays() -> None:
    case = a_case("replied")
    publish_reply(case.number, "东门路灯", by=the_handler(case), at=TUESDAY)

    unpublish_reply(case.number, by=the_handler(case), at=TUESDAY + AN_HOUR)

    assert not public_answers().exists()
    assert newest(case).verb == "reply.unpublished"


def test_what_is_not_public_cannot_be_taken_down() -> None:
    case = a_case("replied")

    with pytest.raises(NothingOpen):
        unpublish_reply(case.number, by=the_handler(case), at=TUESDAY)

    assert newest(case).verb == "case.replied"
