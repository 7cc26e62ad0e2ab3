"""Before sending, a resident learns that neighbours said the same, and nothing about them."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.actions.alike import tell_apart
from mingchuang.cases.actions.handling import publish_reply
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.voice import say_not_solved
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.rules.life import State
from mingchuang.cases.rules.said import Said
from mingchuang.people.queries import root_unit
from tests.build import (
    A_DAY,
    a_case,
    a_dispatcher,
    a_submission,
    code,
    count_words,
    the_handler,
    the_town,
    told,
)
from tests.cases.reading import Answer, fields_of, words_of
from tests.cases.test_say_pages import an_image

pytestmark = pytest.mark.django_db

ASKED = "邻居已经反映过，要加入吗？"
THEIRS = "我是王桂芳，住丽江新城3幢502室，楼下搅拌站半夜开工，我妈妈李秀英有心脏病睡不着。"
SAID = {
    "text": "丽江新城楼下的搅拌站总是半夜开工，睡不着，请管一管。",
    "kind": "complaint",
    "key": "a-key-of-the-form-itself-0000000",
}


@pytest.fixture(autouse=True)
def _the_town() -> None:
    the_town()


def say(client: Client, **changes: Any) -> Answer:
    return client.post("/say/", {**SAID, **changes})


def a_neighbour(state: str = "received", *, at: datetime | None = None, **given: Any) -> Case:
    theirs = {"text": THEIRS, "place": "丽江新城3幢502室", "name": "王桂芳"}
    return a_case(state, at=at or now() - A_DAY, **{**theirs, **given})


def offered(answer: Answer) -> str:
    """The value that joins the first of the neighbours told."""
    found: str = answer.context["neighbours"][0][0]
    return found


def people_often_say(words: str) -> None:
    """Make words so common that everybody knows them, among much else that is said."""
    for n in range(20):
        a_submission(
            text=f"{chr(0x4E00 + 99 * n)}路的公交几点{chr(0x5E00 + 99 * n)}？", kind="report"
        )
    for n in range(4):
        a_submission(text=f"第{n}个人：{words}。", at=now() - 200 * A_DAY, kind="report")
    count_words(at=now())


def test_who_says_what_neighbours_said_is_asked_before_anything_is_taken_in(client: Client) -> None:
    a_neighbour()

    answer = say(client)

    assert answer.status_code == 200
    assert ASKED in words_of(answer)
    assert Submission.objects.count() == 1


def test_the_words_stay_on_the_form_and_not_the_same_is_chosen(client: Client) -> None:
    a_neighbour()

    answer = say(client, place="东门", phone="13800000000", confidential="on")

    fields = fields_of(answer)
    assert {name: fields[name] for name in SAID} == SAID
    assert (fields["place"], fields["phone"], fields["confidential"]) == (
        "东门",
        "13800000000",
        "on",
    )
    assert fields["joins"] == "none"


def test_not_the_same_matter_leads_straight_to_the_receipt(client: Client) -> None:
    a_neighbour()
    say(client)

    answer = say(client, joins="none")

    assert answer.status_code == 302
    assert Submission.objects.order_by("pk").last().wishes_to_join is None  # type: ignore[union-attr]


def test_who_joins_gets_a_receipt_that_says_so_and_a_person_decides(client: Client) -> None:
    case = a_neighbour()
    offer = offered(say(client))

    receipt = client.get(say(client, joins=offer)["Location"])

    submission = Submission.objects.get(key=SAID["key"])
    assert submission.wishes_to_join == case
    assert submission.case != case
    assert "等工作人员核对后合并办理" in words_of(receipt)


def test_joining_sent_twice_is_taken_once(client: Client) -> None:
    a_neighbour()
    offer = offered(say(client))
    first = say(client, joins=offer)

    again = [say(client, joins=offer), say(client, joins=offer)]

    assert {answer["Location"] for answer in again} == {first["Location"]}
    assert Submission.objects.count() == 2
    assert told(Submission.objects.get(key=SAID["key"]).case).count("case.join_wished") == 1


def test_a_form_that_came_in_already_is_not_asked_about_itself(client: Client) -> None:
    first = say(client)

    again = say(client)

    assert (first.status_code, again.status_code) == (302, 302)
    assert Submission.objects.count() == 1


def test_the_dispatcher_joins_them_with_one_press(client: Client) -> None:
    case = a_neighbour()
    say(client, joins=offered(say(client)))
    wisher = Submission.objects.get(key=SAID["key"]).case
    client.force_login(a_dispatcher())

    page = client.get(f"/desk/cases/{wisher.number}/").content.decode()
    client.post(f"/desk/cases/{wisher.number}/alike/", {"other": case.number, "deed": "join"})

    assert f"与 {case.number} 是同一件事，希望加入" in page
    assert Case.objects.get(pk=wisher.pk).master == case


def test_a_wish_the_dispatcher_does_not_share_is_settled_too(client: Client) -> None:
    case = a_neighbour()
    say(client, joins=offered(say(client)))
    wisher = Submission.objects.get(key=SAID["key"]).case
    client.force_login(a_dispatcher())

    tell_apart(wisher.number, case.number, by=a_dispatcher(), at=now())

    assert "希望加入" not in client.get(f"/desk/cases/{wisher.number}/").content.decode()


def test_nothing_of_the_neighbours_own_words_name_or_door_is_shown(client: Client) -> None:
    case = a_neighbour(phone="13912345678")

    page = say(client).content.decode()

    private = [
        "王桂芳",
        "李秀英",
        "心脏病",
        "502室",
        "3幢",
        "妈妈",
        "13912345678",
        case.number,
        "我是",
    ]
    assert ASKED in page
    assert not [clue for clue in private if clue in page]


def test_what_the_writer_guesses_about_a_neighbour_is_not_confirmed(client: Client) -> None:
    a_neighbour()
    guess = "丽江新城楼下的搅拌站总是半夜开工，王桂芳的妈妈李秀英有心脏病，住3幢502室。"

    answer = say(client, text=guess)

    shown = answer.context["neighbours"][0][1]
    assert not [
        word for word in shown.shared for clue in ("秀英", "桂芳", "病", "5") if clue in word
    ]
    assert not any(letter.isdigit() for letter in shown.place)


def test_common_words_of_the_writer_and_their_street_are_shown(client: Client) -> None:
    people_often_say("丽江新城的搅拌站半夜开工")
    a_neighbour(text="丽江新城的搅拌站半夜开工，王桂芳睡不着。")

    answer = say(client)

    words = words_of(answer)
    assert "丽江新城的投诉" in words
    _, told, shared = words.partition("您写到的这些词，那件诉求里也有：")
    assert told
    assert "半夜开工" in shared.partition("是同一件事，加入")[0]
    assert "已收到" in words


def test_a_street_the_writer_did_not_name_is_not_told(client: Client) -> None:
    people_often_say("丽江新城的搅拌站半夜开工")
    a_neighbour(text="丽江新城的搅拌站半夜开工，王桂芳睡不着。", place="天一路9号")

    answer = say(client)

    assert ASKED in words_of(answer)
    assert "天一路" not in words_of(answer)


def test_nobody_is_asked_about_something_of_which_nothing_may_be_told(client: Client) -> None:
    a_neighbour(place="")

    assert say(client).status_code == 302


def test_a_published_answer_is_shown_by_its_headline(client: Client) -> None:
    case = a_neighbour("replied", at=now() - 3 * A_DAY)
    publish_reply(case.number, "搅拌站夜间停工", by=the_handler(case), at=now())
    say_not_solved(case.number, code(case.submissions.get()), "又开工了。", at=now())

    answer = say(client)

    assert "搅拌站夜间停工" in words_of(answer)
    assert "王桂芳" not in words_of(answer)


@pytest.mark.parametrize(
    "given",
    [
        {"confidential": True},
        {"kind": "report"},
        {"at": now() - 100 * A_DAY},
        {"state": "withdrawn"},
        {"state": "declined"},
        {"state": "replied"},
        {"text": "路灯坏了一个星期，三里桥公园门口很黑。"},
    ],
)
def test_nobody_is_told_of_what_is_secret_old_over_or_other(
    client: Client, given: dict[str, Any]
) -> None:
    a_neighbour(**given)

    answer = say(client)

    assert answer.status_code == 302


def test_words_in_confidence_that_wait_to_be_looked_over_are_no_neighbours(client: Client) -> None:
    a_submission(text=THEIRS, confidential=True, at=now() - A_DAY)

    assert say(client).status_code == 302


@pytest.mark.parametrize("text", ["着火了！丽江新城楼下的搅拌站半夜着火，浓烟进屋。", "搅拌站开工"])
def test_who_is_in_danger_or_says_almost_nothing_is_not_held_up(client: Client, text: str) -> None:
    a_neighbour(text=text)

    assert say(client, text=text).status_code == 302


@pytest.mark.parametrize("forged", ["1", "2:abc:def", "x" * 80])
def test_only_what_was_offered_can_be_joined(client: Client, forged: str) -> None:
    a_neighbour()

    answer = say(client, joins=forged)

    assert answer.status_code == 422
    assert not Submission.objects.filter(key=SAID["key"]).exists()


class LastWeek(TimestampSigner):
    def timestamp(self) -> str:
        return b62_encode(int((now() - 7 * A_DAY).timestamp()))


def an_offer_of_last_week(case: Case) -> str:
    """What we offered on a page that was left open since."""
    return LastWeek(salt="cases.join").sign(str(case.pk))


@pytest.mark.parametrize(
    "ended",
    [
        {"confidential": True},
        {"kind": "report"},
        {"state": State.WITHDRAWN, "ended_at": now()},
    ],
)
def test_who_wished_to_join_what_has_ended_meanwhile_is_told_and_loses_no_word(
    client: Client, ended: dict[str, Any]
) -> None:
    case = a_neighbour()
    offer = offered(say(client))
    Case.objects.filter(pk=case.pk).update(**ended)

    answer = say(client, joins=offer, place="东门")
    sent = client.post("/say/", fields_of(answer))

    assert answer.status_code == 422
    assert "您想加入的那件事现在不能加入了" in words_of(answer)
    assert fields_of(answer)["place"] == "东门"
    assert sent.status_code == 302
    submission = Submission.objects.latest("pk")
    assert (submission.text, submission.wishes_to_join) == (SAID["text"], None)


def test_who_left_the_page_open_for_too_long_is_asked_anew(client: Client) -> None:
    case = a_neighbour()
    offer = an_offer_of_last_week(case)

    answer = say(client, joins=offer)
    asked = client.post("/say/", fields_of(answer))

    assert answer.status_code == 422
    assert ASKED in words_of(asked)
    assert not Submission.objects.filter(wishes_to_join__isnull=False).exists()


def test_a_page_left_open_and_sent_again_leads_to_the_receipt_it_has(client: Client) -> None:
    case = a_neighbour()
    first = receive_submission(
        Said(SAID["text"], kind="complaint", key=SAID["key"], joins=case.pk),
        unit=root_unit(),
        at=now() - 7 * A_DAY,
    )

    again = say(client, joins=an_offer_of_last_week(case))

    assert again.status_code == 302
    assert again["Location"].startswith(f"/r/{first.number}/")
    assert Submission.objects.filter(text=SAID["text"]).count() == 1


def test_joining_what_ended_after_it_was_sent_still_leads_to_the_receipt(client: Client) -> None:
    case = a_neighbour()
    offer = offered(say(client))
    first = say(client, joins=offer)
    Case.objects.filter(pk=case.pk).update(confidential=True)

    assert say(client, joins=offer)["Location"] == first["Location"]


def test_a_fault_found_after_choosing_keeps_the_choice(client: Client) -> None:
    a_neighbour()
    offer = offered(say(client))

    answer = say(client, joins=offer, phone="1")

    assert answer.status_code == 422
    assert fields_of(answer)["joins"] == offer


def test_photos_are_kept_while_one_is_asked(client: Client) -> None:
    a_neighbour()
    photo = SimpleUploadedFile("照片.jpg", an_image("JPEG"))

    page = say(client, photos=photo)
    kept = fields_of(page)["photos-kept"]
    say(client, joins="none", **{"photos-kept": kept})

    attachment = Submission.objects.get(key=SAID["key"]).attachments.get()
    assert storages["attachments"].exists(attachment.path)


def test_the_same_phone_says_nothing_about_who_has_a_case(client: Client) -> None:
    a_case(text="三里桥公园门口的路灯坏了一个星期。", phone="13800000000", at=now() - A_DAY)

    answer = say(client, phone="13800000000")

    assert answer.status_code == 302
    assert "催办" not in words_of(client.get(answer["Location"]))


def test_taking_in_costs_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        a_case(text="三里桥公园门口的路灯坏了一个星期。", at=now() - A_DAY)
    count_words(at=now())
    say(client, key="b" * 32, text="先说一句别的事，天一广场的喷泉不喷水。")

    with django_assert_max_num_queries(20):
        answer = say(client)

    assert answer.status_code == 302


def test_the_receipt_of_who_was_joined_tells_the_answer(client: Client) -> None:
    case = a_neighbour("handling", at=now() - 2 * A_DAY)
    say(client, joins=offered(say(client)))
    said = Submission.objects.get(key=SAID["key"])
    client.force_login(a_dispatcher())

    client.post(f"/desk/cases/{said.number}/alike/", {"other": case.number, "deed": "join"})

    words = words_of(client.get(f"/r/{said.number}/{code(said)}/"))
    assert "与另一件诉求是同一件事" in words
    assert case.number not in words
    assert "王桂芳" not in words
