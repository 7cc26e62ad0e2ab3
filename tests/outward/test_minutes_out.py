"""Who was at a sitting is told that its minutes wait, or stands on the list of who has paper."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.council.actions.letters import hand_minutes
from mingchuang.council.actions.own import withdraw
from mingchuang.council.actions.reading_minutes import confirm_minutes
from mingchuang.council.models import Letter, Minutes, Stakeholder
from mingchuang.council.queries.audit import council_faults
from mingchuang.council.queries.letters import Readers, readers_of
from mingchuang.ledger.models import Entry
from mingchuang.outward.minutes_out import tell_reader
from mingchuang.visits.rules.reminding import MOST, PAUSES
from tests.build import A_DAY
from tests.council.build import a_convenor
from tests.council.sittings import BY_SATURDAY, one_of, some_minutes
from tests.outward.gateway import Gateway, a_gateway

pytestmark = pytest.mark.django_db
SOON = BY_SATURDAY + timedelta(minutes=1)


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with a_gateway() as opened:
        settings.SMS_GATEWAY, settings.ADDRESS = opened.address, "https://hall.example/"
        yield opened


def without_a_phone(who: Stakeholder) -> Stakeholder:
    Stakeholder.objects.filter(pk=who.pk).update(phone_index="")
    Letter.objects.filter(stakeholder=who).update(next_at=None)
    return who


def told_all() -> int:
    return sum(tell_reader(at=SOON) for _ in range(9))


def test_each_who_was_there_is_told_once_with_their_own_link(gateway: Gateway) -> None:
    written = some_minutes("out")

    assert told_all() == 3

    codes = [seat.stakeholder.code for seat in written.sitting.roster.seats.all()]
    links = [f"https://hall.example/council/me/{code}/sittings/1/" for code in codes]
    assert [sum(link in sent["text"] for sent in gateway.got) for link in links] == [1, 1, 1]
    assert all("截止" in sent["text"] for sent in gateway.got)
    told = Entry.objects.filter(verb="minutes.delivered")
    assert sorted(entry.facts["who"] for entry in told) == [1, 2, 3]
    assert not [one for one in council_faults() if one.facts.get("verb") == "minutes.delivered"]


def test_without_the_address_of_the_house_no_link_is_sent(gateway: Gateway, settings: Any) -> None:
    settings.ADDRESS = ""
    written = some_minutes("out")

    tell_reader(at=SOON)

    assert one_of(written.sitting).code not in str(gateway.got)
    assert "扫纸条上的二维码" in gateway.got[0]["text"]


def test_nobody_is_told_of_a_draft_nor_once_the_window_is_over(gateway: Gateway) -> None:
    some_minutes()
    assert told_all() == 0

    some_minutes("out")

    assert not tell_reader(at=BY_SATURDAY + 3 * A_DAY)
    assert gateway.got == []


def test_what_fails_is_tried_again_and_at_last_left_to_paper(gateway: Gateway) -> None:
    written = some_minutes("out")
    Letter.objects.exclude(stakeholder=one_of(written.sitting)).update(next_at=None)
    gateway.answers[:] = [503] * MOST
    at = SOON

    for pause in (*PAUSES, timedelta(0)):
        assert not tell_reader(at=at)
        at += pause

    assert len(gateway.got) == MOST
    assert len({heads["Idempotency-Key"] for heads in gateway.heads}) == 1
    assert readers_of(written, texts=True).on_paper == [1, 2, 3]


def test_who_left_no_telephone_must_be_brought_it_on_paper(gateway: Gateway) -> None:
    written = some_minutes("out")
    who, by = without_a_phone(one_of(written.sitting)), a_convenor()
    told_all()
    before = readers_of(written, texts=True)

    hand_minutes(written.sitting.topic.number, 1, who.number, by=by, at=SOON)
    hand_minutes(written.sitting.topic.number, 1, who.number, by=by, at=SOON)

    assert before == Readers([2, 3], [], [], [1])
    assert readers_of(written, texts=True) == Readers([2, 3], [], [1], [])
    assert Entry.objects.filter(verb="minutes.delivered", facts__channel="door").count() == 1


def test_where_no_texts_are_sent_the_page_names_all_who_get_paper(
    client: Client, settings: Any
) -> None:
    settings.SMS_GATEWAY = ""
    written = some_minutes("out")
    client.force_login(a_convenor())
    where = [written.sitting.topic.number, 1]

    shown = client.get(reverse("council:sitting", args=where)).content.decode()
    client.post(reverse("council:sitting_deed", args=[*where, "hand"]), {"who": 2})
    after = client.get(reverse("council:sitting", args=where)).content.decode()

    assert "请把纸质记录送到：" in shown
    assert "第 2 号</b>" not in after
    assert Letter.objects.exclude(handed_at=None).get().stakeholder.number == 2


def test_who_withdrew_is_left_alone(gateway: Gateway) -> None:
    written = some_minutes("out")
    withdraw(one_of(written.sitting).code, at=SOON)

    assert told_all() == 2
    assert readers_of(Minutes.objects.get(pk=written.pk), texts=True).on_paper == []


def test_who_confirmed_on_their_own_page_is_brought_no_paper() -> None:
    written = some_minutes("out")

    confirm_minutes(one_of(written.sitting).code, 1, at=SOON)

    assert readers_of(written, texts=False).on_paper == [2, 3]
