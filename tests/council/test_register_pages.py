"""The register on its pages: residents speak for themselves, staff see masks and leave traces."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.once import new_key
from mingchuang.council.actions import own
from mingchuang.council.models import Stakeholder, Topic
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_case, a_person, a_supervisor
from tests.cases.reading import words_of
from tests.council import the_council
from tests.council.build import a_convenor, a_photo, a_stakeholder, a_topic

pytestmark = pytest.mark.django_db


def joining(**given: str) -> dict[str, Any]:
    plain = {
        "affected": "near",
        "household": "3幢201",
        "name": "王小芳",
        "phone": "13812345678",
        "key": new_key(),
    }
    return {**plain, **given}


def test_a_resident_registers_declares_and_withdraws_on_one_page(client: Client) -> None:
    topic = a_topic("gathering")

    joined = client.post(reverse("council:join", args=[topic.number]), joining(camp="support"))
    way = joined["Location"]
    client.post(f"{way}camp/", {"camp": "oppose"})
    page = client.get(way).content.decode()
    left = client.post(f"{way}withdraw/")

    assert "您是名册第 1 号" in page
    assert "<b>反对</b>" in page
    assert "王*芳" in page
    assert "12345678" not in page
    assert left["Location"] == reverse("council:public_topic", args=[topic.number])
    assert client.get(way).status_code == 404


def test_a_form_that_comes_back_still_holds_what_was_typed(client: Client) -> None:
    topic = a_topic("gathering")

    answer = client.post(reverse("council:join", args=[topic.number]), joining(phone="12"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="3幢201"' in page
    assert not Stakeholder.objects.exists()


def test_whether_a_phone_is_on_the_register_is_told_to_the_convenor_alone(client: Client) -> None:
    new, taken = a_topic("gathering"), a_topic("gathering")
    a_stakeholder(taken, phone="13812345678")

    answers = [
        client.post(reverse("council:join", args=[one.number]), joining(), follow=True)
        for one in (new, taken)
    ]
    client.force_login(a_convenor())
    desk = client.get(reverse("council:register", args=[taken.number]))

    told, alike = (re.sub(r"\d+", "1", words_of(answer)) for answer in answers)
    assert told == alike
    assert "多出来的请退出一份" in told
    assert "电话与第 1 号相同" in words_of(desk)


def test_who_goes_back_and_writes_otherwise_is_not_registered_twice(client: Client) -> None:
    topic, said = a_topic("gathering"), joining()
    way = reverse("council:join", args=[topic.number])
    first = client.post(way, said)

    changed = client.post(way, {**said, "household": "5幢101"})
    same = client.post(way, said)
    next_one = client.post(way, {**said, "name": "李四", "phone": "13812345679"})

    assert "您刚才已经登记好了" in changed.content.decode()
    assert same["Location"] == first["Location"] != next_one["Location"]
    assert topic.stakeholders.count() == 2


def test_nobody_can_make_themselves_directly_affected(client: Client) -> None:
    topic = a_topic("gathering")

    answer = client.post(reverse("council:join", args=[topic.number]), joining(affected="direct"))

    assert answer.status_code == 422


def test_a_resident_puts_right_what_is_written_down(client: Client) -> None:
    who = a_stakeholder(name="王芳", phone="13812345678")
    way = reverse("council:me", args=[who.code])

    client.post(f"{way}correct/", {"household": "9幢9", "tenure": "owner"})

    who.refresh_from_db()
    assert who.household.label == "9幢9"
    assert (who.requester.name, who.features) == ("王芳", {"tenure": "owner"})


def test_the_register_shows_masks_and_who_added_whom(client: Client) -> None:
    who = a_stakeholder(name="王小芳", phone="13812345678", household="3幢201")
    client.force_login(a_supervisor())

    page = client.get(reverse("council:register", args=[who.topic.number])).content.decode()
    one = client.get(reverse("council:person", args=[who.topic.number, 1])).content.decode()

    assert "王*芳" in page
    assert a_convenor().badge in page
    assert not [told for told in ("王小芳", "13812345678", "3幢201") if told in page + one]
    assert who.code not in page + one


def test_name_and_phone_are_shown_once_asked_for_and_written_down(client: Client) -> None:
    who = a_stakeholder(name="王小芳", phone="13812345678")
    client.force_login(a_convenor())

    page = client.post(reverse("council:reveal", args=[who.topic.number, 1])).content.decode()

    assert "王小芳" in page
    assert Entry.objects.filter(verb="requester.revealed", subject=who.subject).exists()


def test_a_slip_holds_the_link_that_is_theirs_and_printing_it_is_written_down(
    client: Client,
) -> None:
    who = a_stakeholder()
    client.force_login(a_convenor())

    page = client.post(reverse("council:slip", args=[who.topic.number, 1])).content.decode()

    assert reverse("council:me", args=[who.code]) in page
    assert Entry.objects.filter(verb="stakeholder.link_printed").count() == 1


def a_paper() -> bytes:
    """A sheet with a line of ink on it."""
    sheet = Image.new("RGB", (600, 800), "white")
    sheet.paste("black", (100, 300, 500, 320))
    sheet.save(raw := BytesIO(), "JPEG")
    return raw.getvalue()


A_PAPER = a_paper()


def upload(jpeg: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.jpg", jpeg, "image/jpeg")


def test_a_paper_is_photographed_and_can_be_looked_at(client: Client) -> None:
    who = a_stakeholder()
    client.force_login(a_convenor())
    said = {"camp": "oppose", "signed": who.requester.name}
    way = reverse("council:person_deed", args=[who.topic.number, 1, "paper"])

    bare = client.post(way, said)
    blank = client.post(way, {**said, "photo": upload(a_photo().jpeg)})
    client.post(way, {**said, "photo": upload(A_PAPER)})

    who.refresh_from_db()
    assert (bare.status_code, blank.status_code) == (422, 422)
    assert "看不清签名" in blank.content.decode()
    assert (who.camp, who.proof) == ("oppose", "paper")
    page = client.get(reverse("council:person", args=[who.topic.number, 1])).content.decode()
    path = re.findall(r'action="(/desk/council/papers/\d+/)"', page)[0]
    assert client.post(path).getvalue()[:3] == A_PAPER[:3]
    assert Entry.objects.filter(verb="requester.revealed", subject=who.subject).count() == 1


def test_a_paper_that_cannot_be_read_is_not_kept_with_a_tick(client: Client) -> None:
    who = a_stakeholder()
    client.force_login(a_convenor())
    way = reverse("council:person_deed", args=[who.topic.number, 1, "paper"])
    said = {"camp": "oppose", "signed": "签错了名"}

    unread = client.post(way, {**said, "photo": upload(a_photo().jpeg)}).content.decode()
    unsigned = client.post(way, {**said, "photo": upload(A_PAPER)}).content.decode()

    assert ("没有收下" in unread, 'name="photo-kept"' in unread) == (True, False)
    assert 'value="签错了名"' in unread
    assert unsigned.count('name="photo-kept"') == 1


def test_of_two_photos_where_one_is_asked_for_the_one_chosen_last_counts(client: Client) -> None:
    who = a_stakeholder()
    client.force_login(a_convenor())
    way = reverse("council:person_deed", args=[who.topic.number, 1, "paper"])
    said = {"camp": "oppose", "signed": who.requester.name}
    page = client.post(way, {**said, "camp": "", "photo": upload(A_PAPER)}).content.decode()
    [kept] = re.findall('name="photo-kept" value="([^"]+)"', page)

    blank = client.post(way, {**said, "photo-kept": kept, "photo": upload(a_photo().jpeg)})
    client.post(way, {**said, "photo-kept": kept})

    who.refresh_from_db()
    assert (blank.status_code, who.camp) == (422, "oppose")


def test_a_signed_paper_is_shown_to_no_auditor_and_to_nobody_without_an_entry(
    client: Client,
) -> None:
    (paper,) = the_council.picture(None)
    look = reverse("council:paper", args=[paper])

    answers = {}
    for role in (Role.AUDITOR, Role.SUPERVISOR):
        client.force_login(a_person(role))
        page = client.get(reverse("council:person", args=[Topic.objects.get().number, 1]))
        plain = client.get(reverse("council:picture", args=[paper])).status_code
        seen = client.post(look)
        answers[role] = (look in page.content.decode(), plain, seen.getvalue()[:3] == A_PAPER[:3])

    assert answers == {Role.AUDITOR: (False, 404, False), Role.SUPERVISOR: (True, 404, True)}
    assert Entry.objects.filter(verb="requester.revealed").count() == 1


def test_a_recorded_objection_is_named_by_its_case(client: Client) -> None:
    who = a_stakeholder(phone="13800000777")
    case = a_case("dispatched", phone="13800000777")
    client.force_login(a_convenor())
    way = reverse("council:person_deed", args=[who.topic.number, 1, "objection"])

    wrong = client.post(way, {"case": "YJ-2026-999999"})
    client.post(way, {"case": case.number})

    who.refresh_from_db()
    assert "请拍照登记" in wrong.content.decode()
    assert who.objection == case.number
    mine = client.get(reverse("council:me", args=[who.code])).content.decode()
    assert f"召集人说您在工单 {case.number} 里反对过" in mine


def test_a_long_register_costs_no_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic = a_topic("gathering")
    for n in range(12):
        a_stakeholder(topic, household=("3幢201", "3-201", "", "4幢201")[n % 4])
    own.withdraw(topic.stakeholders.get(number=5).code, at=MONDAY)
    client.force_login(a_convenor())

    with django_assert_max_num_queries(12):
        response = client.get(reverse("council:register", args=[topic.number]))

    page = response.content.decode()
    assert "与 2、6、9、10 号同住" in page
    assert page.count("同住") == 8
    assert "3幢201" not in page


def test_who_comes_after_the_register_is_closed_is_led_to_the_topic(client: Client) -> None:
    topic = a_topic("drawing")

    response = client.get(reverse("council:join", args=[topic.number]), follow=True)

    assert response.redirect_chain == [(reverse("council:public_topic", args=[topic.number]), 302)]
    assert "名册已经截止" in response.content.decode()
