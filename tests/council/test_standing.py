"""What a resident reads of how it stands: when and where they sit, whether they were drawn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.council.actions.checking import miss_next, pass_check
from mingchuang.council.actions.decisions import close_topic, close_undone
from mingchuang.council.errors.topics import BallotWanted, ChecksWait, PromiseBroken
from mingchuang.council.models import Check, Decision, Sitting, Stakeholder, Topic
from mingchuang.council.queries.closing import left_to_do
from mingchuang.council.views.standing import standing_of
from tests.build import A_DAY
from tests.council.build import a_convenor
from tests.council.neighbours import a_refilled_lottery, a_small_promise
from tests.council.sittings import (
    SATURDAY,
    a_decision,
    a_seated_topic,
    a_sitting,
    by_the_convenor,
    one_of,
    some_minutes,
    what_was_promised,
)
from tests.council.the_sitting import decided

pytestmark = pytest.mark.django_db
TODAY = SATURDAY.date()


def page(client: Client, who: Stakeholder, name: str = "me", *args: object) -> str:
    return client.get(reverse(f"council:{name}", args=[who.code, *args])).content.decode()


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("called", "会议已经定好日子"),
        ("open", "正在开会议事"),
        ("closed", "会已经开过，正在整理记录"),
    ],
)
def test_a_sitting_goes_on_only_while_it_is_open(stage: str, told: str) -> None:
    topic = a_sitting(stage).topic

    assert standing_of(topic, today=TODAY).now == told


@pytest.mark.parametrize(("stage", "still"), [("out", "定稿以后公布"), ("frozen", "已经公布")])
def test_where_nothing_was_decided_no_decision_is_announced(stage: str, still: str) -> None:
    sitting = a_sitting("closed")
    some_minutes(stage, sitting=sitting)

    told = standing_of(sitting.topic, today=TODAY)

    assert told.now == "会已经开过，没有形成决议"
    assert ("公示" in told.next, still in told.next) == (False, True)


def test_once_nobody_sits_any_more_nobody_is_asked_to_come(client: Client) -> None:
    sitting = a_sitting("closed")
    Topic.objects.update(state="dropped", dropped_because="不议了", ended_at=now())

    assert "请来议事" not in page(client, one_of(sitting))


def test_a_sitting_that_was_called_off_is_not_going_on() -> None:
    sitting = a_sitting()
    Sitting.objects.update(stage="off", cancelled_because="下大雨")

    assert "取消" in standing_of(sitting.topic, today=TODAY).now


def test_who_has_a_seat_reads_first_that_they_were_drawn_and_when_and_where(client: Client) -> None:
    sitting = a_sitting()

    card = page(client, one_of(sitting)).split('class="due"')[1].split("</div>")[0]

    assert "2026年3月7日 周六" in card
    assert (sitting.place in card, "请来议事" in card) == (True, True)


def test_who_was_not_drawn_is_told_so_and_may_come_and_listen(client: Client) -> None:
    lottery = a_refilled_lottery(at=now() - A_DAY)
    seated = lottery.roster.seats.values("stakeholder")
    other = lottery.roster.topic.stakeholders.exclude(pk__in=seated).first()
    assert other

    assert "这次没有抽中您，欢迎来旁听。" in page(client, other)


def test_before_the_dice_nobody_is_told_that_they_were_not_drawn(client: Client) -> None:
    lottery = a_small_promise(at=now() - A_DAY)
    who = lottery.roster.topic.stakeholders.first()
    assert who

    assert "没有抽中" not in page(client, who)


def test_after_the_sitting_nobody_is_asked_for_what_they_want(client: Client) -> None:
    sitting = a_sitting("closed")

    shown = page(client, one_of(sitting), "my_sitting", sitting.number)

    assert "说说您的立场和条件" not in shown


def test_once_it_is_decided_their_own_page_says_what_and_no_more_that_they_will_sit(
    client: Client,
) -> None:
    decision = a_decision(published=True)

    shown = page(client, one_of(decision.sitting))

    assert "开会时" not in shown
    assert decision.text in shown
    assert reverse("council:decision", args=[decision.topic.number]) in shown


def test_what_the_owners_must_vote_on_is_called_a_proposal_and_open_until_they_did() -> None:
    decision = a_decision(topic=a_seated_topic(legal="ballot"), published=True)
    assert decision.until

    today = decision.until + timedelta(days=1)

    assert "提交业主表决的建议" in standing_of(decision.topic, today=today).now
    assert BallotWanted in {type(one) for one in left_to_do(decision, today)}


def test_what_the_owners_never_vote_on_is_closed_with_a_reason_everybody_reads(
    client: Client,
) -> None:
    decision = a_decision(topic=a_seated_topic(legal="ballot"), published=True)
    number, late = decision.topic.number, SATURDAY + 30 * A_DAY
    with pytest.raises(ChecksWait):
        close_undone(number, "没有成立业主大会。", by=a_convenor(), at=late)
    Check.objects.all().delete()
    client.force_login(a_convenor())
    desk = client.get(reverse("council:decision_desk", args=[number])).content.decode()

    close_undone(number, "没有成立业主大会。", by=a_convenor(), at=late)

    ways = [reverse(f"council:{name}", args=[number]) for name in ("public_topic", "decision")]
    told = [client.get(way).content.decode() for way in ways]
    assert "做不完的，写明理由再办结" in desk
    assert all("没有公布业主表决的结果" in one and "没有成立业主大会。" in one for one in told)


def test_a_topic_whose_promise_was_missed_is_not_closed_unless_everybody_reads_why(
    client: Client,
) -> None:
    promised = [what_was_promised(), what_was_promised(text="修路灯。")]
    decision = a_decision(published=True, promised=promised)
    number, later = decision.topic.number, SATURDAY + 300 * A_DAY
    late = by_the_convenor(later)
    kept = Check.objects.get(commitment__number=2)
    pass_check(kept.pk, "修好了。", **late)
    miss_next(at=later)

    with pytest.raises(PromiseBroken, match="第 1 项承诺还没有做到"):
        close_topic(number, **late)
    close_undone(number, "物业公司已经撤出，不会再做。", **late)

    ways = [reverse(f"council:{name}", args=[number]) for name in ("public_topic", "decision")]
    told = [client.get(way).content.decode() for way in ways]
    assert all("答应的 2 项：1 项做到，1 项没有做到" in one for one in told)
    assert all("物业公司已经撤出" in one for one in told)


@pytest.mark.parametrize(("days", "told"), [(0, "决议正在公示"), (1, "已有决议，公示期已过")])
def test_a_notice_is_spoken_of_as_long_as_it_hangs(days: int, told: str) -> None:
    decided(None)
    decision = Decision.objects.get()
    assert decision.until

    today = decision.until + timedelta(days=days)

    assert standing_of(decision.sitting.topic, today=today).now == told
