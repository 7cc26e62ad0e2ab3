"""Confidential words: masked by machine, looked over by a person, identity known to few (P6)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.dispatch import add_assist
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.privacy import (
    clear_photo,
    look_behind,
    read_original,
    redact_remark,
    redact_submission,
    reveal_identity,
)
from mingchuang.cases.actions.voice import add_remark, contest_decline, say_not_solved
from mingchuang.cases.actions.watch import archive_silent_cases
from mingchuang.cases.errors import NotWanted, NotYourDuty
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.audit import case_faults, witnessed
from mingchuang.cases.queries.casefile import CaseFile, Speaker, case_file
from mingchuang.cases.queries.lists import callback_list
from mingchuang.cases.queries.photos import own_photo, photo_for
from mingchuang.cases.queries.receipts import receipt_of
from mingchuang.cases.rules.photo import Photo
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.queries import entries_of, evidence_faults, ledger_faults, receipt_for
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.requesters import erase_requester
from mingchuang.people.errors import ReasonNeeded
from mingchuang.people.models import Person, Requester
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    LONG_AGO,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    code,
    newest,
    redact,
    the_handler,
    the_lead,
    told,
)

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
ZHANG: dict[str, Any] = {"name": "张小明", "phone": "13800000000", "confidential": True}
WORDS = "我是张小明，住 301，电话 13800000000，隔壁饭店夜里排油烟。"
A_PHOTO = Photo(b"not really a picture", 640, 480)


def a_secret(state: str = "handling", **given: Any) -> Case:
    return a_case(state, text=WORDS, **{**ZHANG, **given})


def said_in(case: Case) -> Submission:
    return Submission.objects.get(number=case.number)


def who_spoke(case: Case) -> Requester:
    requester = said_in(case).requester
    assert requester is not None
    return requester


def receipt(case: Case) -> tuple[str, str]:
    return case.number, code(said_in(case))


def the_speaker(person: Person, case: Case) -> Speaker:
    return case_file(person, case.number).speakers[0]


def all_a_page_says(file: CaseFile) -> str:
    """Every word of the case that a page could show to this reader."""
    heard = [
        [s.submission.text, *(remark.text for remark in s.remarks), *(c.text for c in s.calls)]
        for s in file.speakers
    ]
    story = [f"{line.sentence} {line.text}" for line in file.story]
    return " ".join([file.case.title, file.case.place, *story, *(w for ws in heard for w in ws)])


def test_the_copy_for_the_unit_is_masked_from_the_start() -> None:
    said = a_submission(text=WORDS, **ZHANG)

    assert "张小明" not in said.text
    assert "13800000000" not in said.text
    assert said.original == WORDS


def test_title_and_place_are_masked_too() -> None:
    case = a_submission(text="张小明举报饭店。", place="张小明家楼下 13800000000", **ZHANG).case

    assert "张小明" not in case.title + case.place
    assert "13800000000" not in case.place


def test_an_open_word_is_kept_as_it_was_said() -> None:
    said = a_submission(text=WORDS, name="张小明", phone="13800000000")

    assert (said.text, said.original) == (WORDS, "")


def test_a_person_settles_what_the_unit_will_read() -> None:
    case = a_submission(text=WORDS, **ZHANG).case

    redact_submission(
        case.number,
        title="饭店油烟",
        place="东门",
        text="隔壁饭店夜里排油烟。",
        by=a_dispatcher(),
        at=TUESDAY,
    )

    case.refresh_from_db()
    said = said_in(case)
    assert (said.text, said.original) == ("隔壁饭店夜里排油烟。", WORDS)
    assert (said.redacted_by, said.redacted_at) == (a_dispatcher(), TUESDAY)
    assert (case.title, case.place, case.redacted) == ("饭店油烟", "东门", True)


def test_reception_does_not_settle_the_copy() -> None:
    case = a_submission(text=WORDS, **ZHANG).case

    with pytest.raises(NotYourDuty):
        redact_submission(
            case.number,
            title="油烟",
            place="",
            text="油烟。",
            by=a_person(Role.RECEPTION),
            at=TUESDAY,
        )

    assert not Case.objects.get(pk=case.pk).redacted


def test_the_words_of_an_open_submission_cannot_be_rewritten() -> None:
    case = a_case("received", text="路灯坏了。")

    with pytest.raises(NotFound):
        redact_submission(
            case.number, title="路灯", place="", text="路灯没坏。", by=a_dispatcher(), at=TUESDAY
        )

    assert said_in(case).text == "路灯坏了。"


def test_the_unit_reads_none_of_the_clues_anywhere() -> None:
    case = a_secret("replied")
    add_remark(*receipt(case), "我张小明昨晚又闻到，请打 13800000000。", at=TUESDAY)
    say_not_solved(*receipt(case), "张小明：还是排，电话 13800000000。", at=TUESDAY)

    page = all_a_page_says(case_file(the_handler(case), case.number))

    assert "张小明" not in page
    assert "13800000000" not in page


def test_what_is_added_later_waits_until_a_person_looked_it_over() -> None:
    case = a_secret()

    add_remark(*receipt(case), "就是我家窗下。", at=TUESDAY)

    seen = the_speaker(the_handler(case), case)
    assert (list(seen.remarks), seen.waiting) == ([], 1)


def test_what_was_looked_over_is_read_by_the_unit_in_the_settled_words() -> None:
    case = a_secret()
    remark = add_remark(*receipt(case), "就是我家 301 窗下。", at=TUESDAY)

    redact_remark(case.number, remark.pk, "就在窗下。", by=a_dispatcher(), at=TUESDAY)

    seen = the_speaker(the_handler(case), case)
    assert [kept.text for kept in seen.remarks] == ["就在窗下。"]
    assert receipt_of(said_in(case)).story[-1].text == "就是我家 301 窗下。"


def test_words_said_with_a_no_wait_to_be_looked_over_too() -> None:
    case = a_secret("replied")

    say_not_solved(*receipt(case), "301 还是闻得到。", at=TUESDAY)

    seen = the_speaker(the_handler(case), case)
    assert seen.waiting == 1
    assert [call.text for call in seen.calls] == [""]
    assert told(case)[-3:] == ["submission.remarked", "callback.recorded", "case.reopened"]


def test_words_said_on_the_phone_wait_to_be_looked_over_too() -> None:
    case = a_secret("replied")

    record_callback(
        case.number,
        outcome="reached",
        solved=False,
        text="张小明说 301 还闻得到。",
        by=a_callback_clerk(),
        at=TUESDAY,
    )

    assert the_speaker(the_handler(case), case).waiting == 1
    assert case.callbacks.get().text == ""


def test_an_objection_to_a_decline_is_sealed_too() -> None:
    case = a_secret("declined")

    contest_decline(*receipt(case), "我张小明不同意。", at=TUESDAY)

    remark = said_in(case).remarks.get()
    assert remark.original == "我张小明不同意。"
    assert "张小明" not in remark.text
    assert remark.redacted_at is None


def test_an_open_remark_is_not_rewritten() -> None:
    case = a_case("handling")
    remark = add_remark(*receipt(case), "二楼也灭了。", at=TUESDAY)

    with pytest.raises(NotFound):
        redact_remark(case.number, remark.pk, "没灭。", by=a_dispatcher(), at=TUESDAY)

    remark.refresh_from_db()
    assert remark.text == "二楼也灭了。"


def test_a_remark_of_another_submission_is_not_found() -> None:
    case, other = a_secret(), a_secret()
    remark = add_remark(*receipt(other), "窗下。", at=TUESDAY)

    with pytest.raises(NotFound):
        redact_remark(case.number, remark.pk, "窗下。", by=a_dispatcher(), at=TUESDAY)

    remark.refresh_from_db()
    assert remark.redacted_at is None


def test_photos_without_words_leave_no_words_to_look_over() -> None:
    case = a_secret()

    add_remark(*receipt(case), "", photos=[A_PHOTO], at=TUESDAY)

    seen = the_speaker(the_handler(case), case)
    assert (seen.waiting, len(seen.photos), len(seen.photos_waiting)) == (0, 0, 1)


def test_a_photo_stays_with_the_dispatcher_until_it_is_cleared() -> None:
    case = a_secret(photos=(A_PHOTO,))
    photo = said_in(case).attachments.get()

    with pytest.raises(NotFound):
        photo_for(the_handler(case), photo.pk)

    assert photo_for(a_dispatcher(), photo.pk) == photo
    assert own_photo(*receipt(case), photo.pk) == photo


def test_a_cleared_photo_is_seen_by_the_unit() -> None:
    case = a_secret(photos=(A_PHOTO,))
    photo = said_in(case).attachments.get()

    clear_photo(case.number, photo.pk, by=a_dispatcher(), at=TUESDAY)

    assert photo_for(the_handler(case), photo.pk).cleared
    assert newest(case).verb == "photo.cleared"


def test_a_photo_of_another_submission_is_not_ones_own() -> None:
    case, other = a_secret(photos=(A_PHOTO,)), a_secret()
    photo = said_in(case).attachments.get()

    with pytest.raises(NotFound):
        own_photo(*receipt(other), photo.pk)
    with pytest.raises(NotFound):
        clear_photo(other.number, photo.pk, by=a_dispatcher(), at=TUESDAY)

    photo.refresh_from_db()
    assert not photo.cleared


def test_the_unit_never_learns_who_speaks() -> None:
    case = a_secret()

    with pytest.raises(NotFound):
        reveal_identity(case.number, reason="call_requester", by=the_handler(case), at=TUESDAY)
    with pytest.raises(NotFound):
        read_original(case.number, reason="redact", by=the_handler(case), at=TUESDAY)

    assert not the_speaker(the_handler(case), case).may_reveal


def test_who_assists_never_learns_who_speaks() -> None:
    case, helper = a_secret(), a_unit()
    add_assist(case.number, helper, by=the_handler(case), at=TUESDAY)
    assistant = a_person(Role.HANDLER, unit=helper)

    with pytest.raises(NotFound):
        reveal_identity(case.number, reason="call_requester", by=assistant, at=TUESDAY)

    assert "requester.revealed" not in told(case)


@pytest.mark.parametrize("who", [a_callback_clerk, a_dispatcher, a_supervisor])
def test_at_the_intake_the_identity_is_known_after_dispatch_too(who: Callable[[], Person]) -> None:
    case = a_secret("replied")

    requester = reveal_identity(case.number, reason="call_requester", by=who(), at=TUESDAY)

    assert (requester.name, requester.phone) == ("张小明", "13800000000")
    assert newest(case).facts["by"] == who().badge


@pytest.mark.parametrize("role", [Role.HANDLER, Role.SUPERVISOR, Role.RECEPTION])
def test_a_post_in_the_unit_outweighs_a_post_at_the_intake(role: Role) -> None:
    case = a_secret()
    both = a_person(Role.DISPATCHER)
    give_post(both, the_lead(case), role, at=LONG_AGO)

    with pytest.raises(NotFound):
        reveal_identity(case.number, reason="review", by=both, at=TUESDAY)
    with pytest.raises(NotFound):
        read_original(case.number, reason="redact", by=both, at=TUESDAY)

    assert not the_speaker(both, case).may_reveal


def test_a_post_in_an_assisting_unit_outweighs_it_too() -> None:
    case, helper = a_secret(), a_unit()
    add_assist(case.number, helper, by=the_handler(case), at=TUESDAY)
    both = a_person(Role.CALLBACK)
    give_post(both, helper, Role.HANDLER, at=LONG_AGO)

    with pytest.raises(NotFound):
        reveal_identity(case.number, reason="review", by=both, at=TUESDAY)

    assert "requester.revealed" not in told(case)


def test_who_may_handle_anything_in_town_may_not_know_who_speaks() -> None:
    case = a_secret()
    both = a_person(Role.DISPATCHER, Role.HANDLER)

    with pytest.raises(NotFound):
        reveal_identity(case.number, reason="review", by=both, at=TUESDAY)

    assert "requester.revealed" not in told(case)


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.AUDITOR])
def test_who_reads_everything_still_does_not_know_who_speaks(role: Role) -> None:
    case = a_secret()
    reader = a_person(role)

    with pytest.raises(NotFound):
        reveal_identity(case.number, reason="review", by=reader, at=TUESDAY)

    assert "张小明" not in all_a_page_says(case_file(reader, case.number))


def test_an_open_identity_is_shown_to_who_handles_it_and_each_look_is_written_down() -> None:
    case = a_case("handling", name="张小明", phone="13800000000")

    reveal_identity(case.number, reason="call_requester", by=the_handler(case), at=TUESDAY)
    reveal_identity(case.number, reason="visit_site", by=the_handler(case), at=TUESDAY)

    assert told(case)[-2:] == ["requester.revealed", "requester.revealed"]
    assert newest(case).facts["reason"] == "visit_site"


def test_the_entry_of_a_look_does_not_name_whom_was_looked_at() -> None:
    case = a_case("handling", name="张小明", phone="13800000000")

    reveal_identity(case.number, reason="call_requester", by=the_handler(case), at=TUESDAY)

    facts = newest(case).facts
    assert facts["requester"] == str(who_spoke(case).handle)
    assert "张小明" not in str(facts)


def test_nobody_looks_without_a_reason() -> None:
    case = a_case("handling", name="张小明", phone="13800000000")

    with pytest.raises(ReasonNeeded):
        reveal_identity(case.number, reason="curious", by=the_handler(case), at=TUESDAY)

    assert "requester.revealed" not in told(case)


def test_a_number_in_open_words_is_covered_until_somebody_looks(client: Client) -> None:
    case = a_case("handling", text="浙B12345停在门口，请打我的电话100-0000-0001。")
    client.force_login(the_handler(case))
    place = reverse("cases:reveal", args=[case.number])

    before = client.get(reverse("cases:case", args=[case.number])).content.decode()
    looked = client.post(place, {"reason": "call_requester"}).content.decode()

    assert "浙B12345停在门口，请打我的电话〔电话〕。" in before
    assert "100-0000-0001" not in before
    assert "100-0000-0001" in looked
    assert newest(case).verb == "submission.original_read"


@pytest.mark.parametrize(("text", "reason"), [("灯坏了。", "review"), ("找13800000000。", "idle")])
def test_nobody_looks_where_nothing_is_hidden_or_for_no_reason(text: str, reason: str) -> None:
    case = a_case("handling", text=text)

    with pytest.raises((NotFound, ReasonNeeded)):
        look_behind(case.number, reason=reason, by=the_handler(case), at=TUESDAY)

    assert told(case)[-1] == "case.acknowledged"


def test_reading_a_sealed_original_is_written_down() -> None:
    case = a_secret()

    original = read_original(case.number, reason="redact", by=a_dispatcher(), at=TUESDAY).original

    assert original == WORDS
    assert newest(case).verb == "submission.original_read"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["redact/", "remarks/{}/"])
def test_each_page_with_the_original_is_an_entry(path: str, method: str, client: Client) -> None:
    case = a_secret()
    remark = add_remark(*receipt(case), "还有我张小明。", at=TUESDAY)
    client.force_login(a_dispatcher())

    getattr(client, method)(f"/desk/submissions/{case.number}/{path.format(remark.pk)}")

    assert told(case).count("submission.original_read") == 1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["redact/", "remarks/{}/"])
def test_a_dispatcher_who_also_handles_it_reads_no_original(
    path: str, method: str, client: Client
) -> None:
    case = a_secret()
    remark = add_remark(*receipt(case), "还有我张小明。", at=TUESDAY)
    both = a_person(Role.DISPATCHER)
    give_post(both, the_lead(case), Role.HANDLER, at=MONDAY)
    client.force_login(both)

    answer = getattr(client, method)(f"/desk/submissions/{case.number}/{path.format(remark.pk)}")

    assert answer.status_code == 404
    assert "张小明" not in answer.content.decode()


def test_a_dispatcher_who_also_handles_it_settles_no_copy() -> None:
    case = a_secret()
    both = a_person(Role.DISPATCHER)
    give_post(both, the_lead(case), Role.HANDLER, at=MONDAY)

    with pytest.raises(NotFound):
        redact_submission(case.number, title="灯", place="", text="灯", by=both, at=TUESDAY)


def test_among_neighbours_only_the_confidential_one_is_hidden() -> None:
    secret, open_case = a_secret("received"), a_case("handling", name="李四", phone="13900000000")
    merge_case(secret.number, open_case.number, by=a_dispatcher(), at=TUESDAY)

    file = case_file(the_handler(open_case), open_case.number)

    assert [speaker.may_reveal for speaker in file.speakers] == [False, True]
    assert "张小明" not in all_a_page_says(file)


def test_the_masked_copy_is_not_in_the_ledger_either() -> None:
    case = a_secret("replied")
    say_not_solved(*receipt(case), "我张小明不满意。", at=TUESDAY)

    written = " ".join(str(entry.facts) for entry in entries_of(case.subject))

    assert "张" not in written
    assert "301" not in written


def test_a_forgotten_requester_leaves_every_proof_valid() -> None:
    case = a_secret("replied")
    add_remark(*receipt(case), "又排烟。", at=TUESDAY)
    seal_entries(at=TUESDAY)
    proof = receipt_for(said_in(case).entry)

    erase_requester(who_spoke(case), at=TUESDAY)
    seal_entries(at=TUESDAY)

    assert not list(ledger_faults())
    assert not list(evidence_faults(witnessed()))
    assert not list(case_faults())
    assert receipt_for(said_in(case).entry).entry == proof.entry


@pytest.mark.parametrize("confidential", [False, True])
def test_the_pages_of_a_forgotten_requester_still_open(client: Client, confidential: bool) -> None:
    case = a_case("replied", **{**ZHANG, "confidential": confidential})
    erase_requester(who_spoke(case), at=TUESDAY)
    client.force_login(the_handler(case))

    pages = [
        client.get(reverse("cases:case", args=[case.number])),
        client.get(reverse("cases:receipt", args=receipt(case))),
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert "138****0000" not in pages[0].content.decode()


def test_the_receipt_of_a_forgotten_confidential_requester_still_takes_remarks() -> None:
    case = a_secret()
    erase_requester(who_spoke(case), at=TUESDAY)

    add_remark(*receipt(case), "又排烟。", at=TUESDAY)

    assert said_in(case).remarks.get().original == "又排烟。"


def test_who_was_forgotten_is_not_called_and_holds_up_no_archive() -> None:
    case = a_case("replied", phone="13800000000")
    erase_requester(who_spoke(case), at=TUESDAY)

    with pytest.raises(NotWanted):
        record_callback(case.number, outcome="no_answer", by=a_callback_clerk(), at=TUESDAY)

    assert not callback_list(a_callback_clerk()).exists()
    assert archive_silent_cases(at=TUESDAY + 7 * A_DAY) == 1


def test_redacting_after_dispatch_is_still_possible() -> None:
    case = a_secret()

    redact(case, at=TUESDAY)

    assert said_in(case).redacted_at == TUESDAY
    assert newest(case).verb == "submission.redacted"
