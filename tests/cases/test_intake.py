"""How a word comes in: once, with a receipt of its own, and nothing personal in the ledger."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.errors import KeyReused
from mingchuang.cases.models import Attachment, Case, Submission
from mingchuang.cases.queries.receipts import submission_for
from mingchuang.cases.rules.photo import Photo
from mingchuang.cases.rules.said import Said, number_typed, receipt_code, title_of
from mingchuang.people.models import Requester, Unit
from mingchuang.people.rules.roles import Role
from tests.build import (
    AN_HOUR,
    MONDAY,
    a_case,
    a_person,
    a_submission,
    code,
    newest,
    the_town,
    told,
    what_was_said,
)
from tests.people.build import found_by_phone

A_PHOTO = Photo(b"not really a picture", 640, 480)


@pytest.mark.django_db
def test_a_number_left_behind_makes_a_requester_reachable() -> None:
    said = a_submission(name="张小明", phone="138 0000 0000")

    assert said.reachable
    assert said.requester == found_by_phone("13800000000")


@pytest.mark.django_db
def test_who_leaves_nothing_is_nobody_and_still_gets_a_receipt() -> None:
    said = a_submission()

    assert (said.requester, said.reachable) == (None, False)
    assert submission_for(said.number, code(said)) == said


@pytest.mark.django_db
def test_a_name_without_a_number_cannot_be_called() -> None:
    said = a_submission(name="张小明")

    assert said.requester is not None
    assert not said.reachable


@pytest.mark.django_db
def test_the_ledger_knows_what_kind_of_word_came_and_nothing_personal() -> None:
    case = a_case(
        text="我是张小明。", name="张小明", phone="13800000000", place="东门 301", photos=(A_PHOTO,)
    )

    said = case.submissions.get()
    assert said.requester is not None
    facts = said.entry.facts

    assert facts == {
        "kind": "complaint",
        "urgency": "normal",
        "channel": "web",
        "unit": "YJ",
        "confidential": False,
        "photos": 1,
        "area": "",
        "requester": str(said.requester.handle),
        "by": "",
    }


@pytest.mark.django_db
def test_what_staff_take_in_names_who_took_it_in() -> None:
    clerk = a_person(Role.RECEPTION)

    said = receive_submission(
        what_was_said(channel="phone"), unit=the_town(), at=MONDAY, taken_by=clerk
    )

    assert said.taken_by == clerk
    assert newest(said.case).facts["by"] == clerk.badge


@pytest.mark.django_db
def test_photos_are_kept_with_the_word() -> None:
    said = a_submission(photos=(A_PHOTO, A_PHOTO))

    assert said.attachments.count() == 2
    assert told(said.case) == ["submission.received", "photo.kept", "photo.kept"]


@pytest.mark.django_db
def test_sent_twice_the_photos_are_kept_once() -> None:
    said = what_was_said(photos=(A_PHOTO,), phone="13800000000")
    receive_submission(said, unit=the_town(), at=MONDAY)

    receive_submission(said, unit=the_town(), at=MONDAY + AN_HOUR)

    assert (Attachment.objects.count(), Requester.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_confidential_word_sent_twice_is_known_by_its_original() -> None:
    said = what_was_said(text="电话 13800000000", phone="13800000000", confidential=True)
    first = receive_submission(said, unit=the_town(), at=MONDAY)

    again = receive_submission(said, unit=the_town(), at=MONDAY)

    assert again == first


@pytest.mark.django_db
def test_other_words_under_the_same_key_change_nothing() -> None:
    said = a_submission(key="one-key-for-two-forms")

    with pytest.raises(KeyReused, match="已经收到（回执"):
        a_submission(key="one-key-for-two-forms", text="水管漏了。", phone="13800000000")

    assert list(Submission.objects.all()) == [said]
    assert not Requester.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"confidential": True},
        {"phone": "13800000000"},
        {"name": "张小明"},
        {"place": "学府路"},
        {"kind": "report"},
        {"photos": (Photo(b"jpeg", 1, 1),)},
    ],
)
def test_another_wish_under_the_same_key_is_never_swallowed(changed: dict[str, Any]) -> None:
    said = a_submission(key="one-key-for-two-forms")

    with pytest.raises(KeyReused):
        a_submission(key="one-key-for-two-forms", text=said.text, **changed)

    assert Submission.objects.get().confidential is False


@pytest.mark.django_db
def test_the_year_of_a_number_begins_at_midnight_in_beijing() -> None:
    last, first = (
        a_submission(at=datetime(2026, 12, 31, 15, 59, tzinfo=UTC)),
        a_submission(at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC)),
    )

    assert last.number.startswith("YJ-2026-")
    assert first.number.startswith("YJ-2027-")


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_is_one_word_and_one_receipt() -> None:
    town, said = the_town(), what_was_said(phone="13800000000")

    with ThreadPoolExecutor(6) as taps:
        numbers = list(taps.map(lambda _: _tap(said, town), range(12)))

    assert len(set(numbers)) == 1
    assert Submission.objects.count() == Case.objects.count() == Requester.objects.count() == 1


def _tap(said: Said, town: Unit) -> str:
    try:
        return receive_submission(said, unit=town, at=MONDAY).number
    finally:
        connections.close_all()


def test_a_receipt_code_hangs_on_the_key_and_on_the_server() -> None:
    one = receipt_code(b"this server", "key")

    assert one == receipt_code(b"this server", "key")
    assert one != receipt_code(b"this server", "other key")
    assert one != receipt_code(b"other server", "key")
    assert len(one) == 14


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("灯坏了。请修。", "灯坏了"),
        ("\n\n  灯坏了！！", "灯坏了"),
        ("。。。", "。。。"),
        ("  灯   坏了  ", "灯 坏了"),
    ],
)
def test_a_title_is_the_first_sentence(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize("odd", ["", "　", "编号", "YJ\x00", "YJ\n1"])
def test_what_cannot_be_a_number_is_none(odd: str) -> None:
    assert number_typed(odd) == ""


@pytest.mark.parametrize("typed", ["ＹＪ－2026－１", "yj 2026 1", " YJ–2026–1 ", "YJ-2026-1"])
def test_a_number_is_understood_however_a_phone_types_it(typed: str) -> None:
    assert number_typed(typed) == "YJ-2026-1"
