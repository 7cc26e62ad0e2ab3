"""The pages of inviting: what is still to do is said first, and a resident answers on a phone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.council.actions import inviting
from mingchuang.council.actions.own import withdraw
from mingchuang.council.models import Invitation, Seat, Stakeholder
from tests.build import A_DAY, a_supervisor
from tests.council.build import (
    a_convenor,
    a_photo,
    a_seat,
    a_topic,
    an_inviting_topic,
)
from tests.council.sittings import a_call, a_decision, a_sitting
from tests.council.test_inviting import DIRECT

pytestmark = pytest.mark.django_db
ACCEPT = {"answer": "accepted"}


def test_who_is_missing_and_what_to_do_stands_on_top(client: Client) -> None:
    roster = an_inviting_topic(DIRECT, {}, at=now())
    a_call(roster, at=now())
    client.force_login(a_convenor())

    page = client.get(reverse("council:inviting", args=[roster.topic.number])).content.decode()

    assert "还有 1 位没有按规定请到，现在议了也不能生效" in page
    assert "打一次电话，或者上门一次（只留条不算）。" in page


def test_before_a_sitting_is_called_nobody_is_missing_and_the_page_says_what_comes(
    client: Client,
) -> None:
    roster = an_inviting_topic(DIRECT, {}, at=now())
    client.force_login(a_convenor())

    page = client.get(reverse("council:inviting", args=[roster.topic.number])).content.decode()

    assert "会议还没有召集" in page
    assert "没有按规定请到" not in page


def test_after_a_sitting_its_result_is_asked_for_before_another_is_called(client: Client) -> None:
    sitting = a_sitting("closed")
    client.force_login(a_convenor())

    page = client.get(reverse("council:inviting", args=[sitting.topic.number])).content.decode()

    assert reverse("council:decide", args=[sitting.topic.number, sitting.number]) in page
    assert reverse("council:convene", args=[sitting.topic.number]) not in page


def test_an_empty_seat_is_named_with_the_way_to_draw_it_again(client: Client) -> None:
    roster = an_inviting_topic({}, {}, at=now())
    number = roster.topic.number
    inviting.lose_seat(number, 1, "已搬走。", by=a_convenor(), at=now())
    client.force_login(a_convenor())

    for name in ("inviting", "topic"):
        page = client.get(reverse(f"council:{name}", args=[number])).content.decode()
        assert "空着 1 个席位。" in page
        assert reverse("council:lottery", args=[number]) in page


def test_once_it_is_decided_nobody_is_missing_and_each_sitting_shows_who_was_invited(
    client: Client,
) -> None:
    decision = a_decision()
    number = decision.topic.number
    client.force_login(a_supervisor())

    page = client.get(reverse("council:inviting", args=[number])).content.decode()
    sitting = client.get(reverse("council:sitting", args=[number, 1])).content.decode()
    one = client.get(reverse("council:invitation", args=[number, 1])).content.decode()

    assert "没有按规定请到" not in page
    assert "打印通知" not in page
    assert reverse("council:sitting", args=[number, 1]) + "#invited" in page
    assert sitting.count("上门：答应参加") == 3
    assert "第 1 次会议的邀请" in one


def test_who_comes_is_told_when_and_where_as_far_as_it_is_known(client: Client) -> None:
    roster = an_inviting_topic({}, {}, at=now())
    first, second = Stakeholder.objects.order_by("number")

    early = client.post(reverse("council:answer", args=[first.code]), ACCEPT, follow=True)
    a_call(roster, at=now())
    later = client.post(reverse("council:answer", args=[second.code]), ACCEPT, follow=True)
    again = client.get(reverse("council:me", args=[first.code])).content.decode()

    assert "时间和地点还没有定" in early.content.decode()
    assert "地点：居委会二楼" in later.content.decode()
    assert "我来参加" in again


def test_a_convenor_invites_until_nobody_is_missing(client: Client) -> None:
    roster = an_inviting_topic(DIRECT, at=now() - A_DAY)
    number = a_call(roster, at=now()).topic.number
    client.force_login(a_convenor())
    photo = SimpleUploadedFile("notice.jpg", a_photo().jpeg, "image/jpeg")

    client.post(reverse("council:post_notice", args=[number]), {"photo": photo})
    way = reverse("council:invitation_deed", args=[number, 1, "try"])
    client.post(way, {"channel": "call", "outcome": "accepted", "note": ""})

    page = client.get(reverse("council:inviting", args=[number])).content.decode()
    assert "都已按规定请到" in page
    assert Seat.objects.get().state == "accepted"
    assert Invitation.objects.count() == 2


def test_a_way_that_cannot_end_so_is_said_on_the_form(client: Client) -> None:
    roster = an_inviting_topic({}, at=now())
    client.force_login(a_convenor())
    way = reverse("council:invitation_deed", args=[roster.topic.number, 1, "try"])

    answer = client.post(way, {"channel": "sms", "outcome": "accepted", "note": "已回"})

    assert answer.status_code == 422
    assert "这种方式不会有这样的结果" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_proxy_and_a_lost_seat_are_written_down(client: Client) -> None:
    roster = an_inviting_topic({}, {}, at=now())
    client.force_login(a_convenor())
    number = roster.topic.number

    proxied = {"name": "王小芳", "mandate": "本人电话委托"}
    client.post(reverse("council:invitation_deed", args=[number, 1, "proxy"]), proxied)
    lost = {"reason": "已搬走"}
    client.post(reverse("council:invitation_deed", args=[number, 2, "lose"]), lost)

    page = client.get(reverse("council:inviting", args=[number])).content.decode()
    assert [seat.state for seat in Seat.objects.all()] == ["accepted", "lost"]
    assert "家属代表" in page
    assert "王小芳" not in page


def test_a_resident_takes_their_seat_on_their_own_page(client: Client) -> None:
    an_inviting_topic({}, at=now())
    mine = Stakeholder.objects.get()
    way = reverse("council:me", args=[mine.code])

    before = client.get(way).content.decode()
    client.post(f"{way}answer/", {"answer": "accepted"})

    after = client.get(way).content.decode()
    assert "我来参加" in before
    assert "答应参加" in after
    assert "我来参加" not in after


def test_the_notice_says_that_who_objects_is_needed(client: Client) -> None:
    roster = an_inviting_topic({}, at=now())
    client.force_login(a_supervisor())

    page = client.get(reverse("council:notice", args=[roster.topic.number])).content.decode()

    assert "反对的人没有请到，决议不生效" in page
    assert reverse("council:public_topic", args=[roster.topic.number]) in page


def test_a_long_roster_costs_no_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    roster = an_inviting_topic(*[{}] * 12, at=now())
    client.force_login(a_convenor())

    with django_assert_max_num_queries(14):
        client.get(reverse("council:inviting", args=[roster.topic.number]))


def test_before_the_draw_the_page_says_that_there_is_nobody_to_invite(client: Client) -> None:
    topic = a_topic("drawing")
    client.force_login(a_convenor())

    answer = client.get(reverse("council:inviting", args=[topic.number]))

    assert answer.status_code == 200
    assert "名单还是空的。请先抽签。" in answer.content.decode()
    assert "都已按规定请到" not in answer.content.decode()


def test_a_reason_of_the_house_is_told_in_the_language_of_who_reads_it(client: Client) -> None:
    seat = a_seat()
    withdraw(seat.stakeholder.code, at=now())
    client.force_login(a_convenor())
    way = reverse("council:invitation", args=[seat.roster.topic.number, seat.stakeholder.number])

    chinese = client.get(way).content.decode()
    english = client.get(way, headers={"accept-language": "en"}).content.decode()

    assert "本人退出登记" in chinese
    assert "本人退出登记" not in english
