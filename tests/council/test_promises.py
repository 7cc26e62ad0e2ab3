"""The three promises of the council, each by its number, as somebody at a page would try it."""

from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from mingchuang.cases.models import Case
from mingchuang.council.actions.decisions import decide
from mingchuang.council.actions.inviting import Tried, invite
from mingchuang.council.actions.lotteries import (
    ask_lottery,
    commit_lottery,
    draw_lottery,
    void_lottery,
)
from mingchuang.council.errors.decisions import NotBinding
from mingchuang.council.errors.lottery import AlreadyDrawn, NotCommitted
from mingchuang.council.models import Check, Commitment, Decision, Lottery, Sitting, Stakeholder
from mingchuang.council.queries.lotteries import plan_in
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.ledger.models import Entry
from tests.build import A_DAY
from tests.council.build import a_convenor, a_lottery
from tests.council.neighbours import (
    PLACE,
    TERMS,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_planned_lottery,
    a_promised_lottery,
)
from tests.council.sittings import (
    BY_SATURDAY,
    SATURDAY,
    a_decision,
    a_late_comer,
    a_sitting,
    against,
    by_the_convenor,
    what_was_decided,
)

pytestmark = pytest.mark.django_db
DECIDING = {"way": "decide", "options": ["1"], "text": "同意，先改一间。"} | {
    f"form-{name}": value for name, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}.items()
}


def directly(who: Stakeholder) -> Stakeholder:
    told = {"affected": "direct", "must_because": "住在车棚里"}
    Stakeholder.objects.filter(pk=who.pk).update(**told)
    return who


def call_at(who: Stakeholder, channel: str, *, at: datetime) -> None:
    tried = Tried(channel, "left" if channel == "sms" else "absent")
    invite(who.topic.number, who.number, tried, by=a_convenor(), at=at)


def test_p10_a_sitting_without_an_objector_who_was_asked_says_who_and_what_to_do(
    client: Client,
) -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))
    client.force_login(a_convenor())
    way = reverse("council:decide", args=[sitting.topic.number, 1])

    page, sent = client.get(way).content.decode(), client.post(way, DECIDING)

    todo = "还没有邀请过。打一次电话，或者上门一次（只留条不算）。"
    told = f"第 {forgotten.number} 号（反对）还没有按规定邀请到：{todo}"
    assert "现在还不能作出有约束力的决议" in page
    assert told in page
    assert "记为有约束力的决议" not in page
    assert (sent.status_code, told in sent.content.decode()) == (422, True)
    assert not Decision.objects.exists()


def test_p10_only_two_ways_on_two_days_before_it_was_over_make_it_bind() -> None:
    sitting = a_sitting("closed")
    forgotten = directly(a_late_comer(sitting))
    where = (sitting.topic.number, 1)
    call_at(forgotten, "call", at=SATURDAY - 2 * A_DAY)
    call_at(forgotten, "call", at=SATURDAY - A_DAY)
    call_at(forgotten, "sms", at=BY_SATURDAY + A_DAY)

    with pytest.raises(NotBinding, match=f"第 {forgotten.number} 号.*再换一种方式"):
        decide(*where, what_was_decided(), **by_the_convenor(BY_SATURDAY + A_DAY))
    call_at(forgotten, "sms", at=SATURDAY - A_DAY)
    decision = decide(*where, what_was_decided(), **by_the_convenor(BY_SATURDAY + A_DAY))

    assert decision.force == "binding"


def nobody_asked_who_is_directly_affected(sitting: Sitting) -> None:
    directly(a_late_comer(sitting))


def nobody_asked_an_objector(sitting: Sitting) -> None:
    against(a_late_comer(sitting))


def no_opponent_is_in_the_room(sitting: Sitting) -> None:
    sitting.attendances.filter(stakeholder__camp="oppose").delete()


def hardly_anybody_is_in_the_room(sitting: Sitting) -> None:
    sitting.attendances.exclude(stakeholder__camp="oppose").delete()


@pytest.mark.parametrize(
    "lacks",
    [
        nobody_asked_who_is_directly_affected,
        nobody_asked_an_objector,
        no_opponent_is_in_the_room,
        hardly_anybody_is_in_the_room,
    ],
)
def test_p10_whatever_is_lacking_nothing_binds(lacks: object) -> None:
    sitting = a_sitting("closed")
    lacks(sitting)  # type: ignore[operator]

    with pytest.raises(NotBinding):
        decide(sitting.topic.number, 1, what_was_decided(), **by_the_convenor(BY_SATURDAY))

    assert not Decision.objects.exists()


@pytest.mark.parametrize("lack", [{"obligor": ""}, {"how": ""}, {"last_on": "2026-03-01"}])
def test_p11_no_promise_stands_without_who_and_when(lack: dict[str, str]) -> None:
    a_decision()

    with pytest.raises(IntegrityError, match="council_commitment"), transaction.atomic():
        Commitment.objects.update(**lack)


def test_p11_a_day_nobody_looked_on_is_a_case_when_the_follower_comes_by() -> None:
    a_decision()

    call_command("follow", "--once")
    call_command("follow", "--once")

    check = Check.objects.get()
    assert check.result == "missed"
    assert check.case == Case.objects.get()
    lapsed = Entry.objects.get(verb="check.lapsed")
    assert (lapsed.facts["case"], lapsed.facts["by"]) == (check.case.number, "system")


def test_p12_no_dice_before_the_promise_neither_by_a_verb_nor_in_the_database() -> None:
    lottery = a_planned_lottery()
    thrown = {"dice": "4,7,1", "ticket": 471, "drawn_at": WEDNESDAY}

    with pytest.raises(NotCommitted):
        draw_lottery(lottery.roster.topic.number, (4, 7, 1), **by_the_convenor(WEDNESDAY))
    with pytest.raises(IntegrityError, match="committed_before_its_dice"), transaction.atomic():
        Lottery.objects.update(**thrown)

    assert not lottery.roster.seats.exists()


def test_p12_the_ledger_knows_the_whole_plan_before_the_dice() -> None:
    lottery = a_promised_lottery()

    draw_lottery(lottery.roster.topic.number, (4, 7, 1), **by_the_convenor(WEDNESDAY))

    promised, drawn = Entry.objects.filter(verb__in=["lottery.committed", "lottery.drawn"])
    lottery.refresh_from_db()
    assert (promised.verb, drawn.verb) == ("lottery.committed", "lottery.drawn")
    assert promised.facts["commitment"] == plan_in(lottery)["commitment"] == lottery.commitment
    assert promised.at < drawn.at


def test_p12_a_roster_has_one_lottery_and_one_throw() -> None:
    lottery = a_promised_lottery()
    number = lottery.roster.topic.number
    draw_lottery(number, (4, 7, 1), **by_the_convenor(WEDNESDAY))

    with pytest.raises(AlreadyDrawn):
        draw_lottery(number, (1, 2, 3), **by_the_convenor(THURSDAY))
    with pytest.raises(AlreadyDrawn):
        void_lottery(number, "不满意", **by_the_convenor(THURSDAY))
    with pytest.raises(IntegrityError, match=r"one_live_a_roster|roster_id"), transaction.atomic():
        a_lottery(roster=lottery.roster, number=2)


def test_p12_a_lottery_given_up_stays_for_everybody_with_its_plan_and_its_reason(
    client: Client,
) -> None:
    given_up = a_promised_lottery()
    number = given_up.roster.topic.number
    void_lottery(number, "名册漏了一户。", **by_the_convenor(WEDNESDAY))
    ask_lottery(number, TERMS, **by_the_convenor(WEDNESDAY))
    plan_lotteries(lambda: WEDNESDAY)
    commit_lottery(number, "dice", THURSDAY, PLACE, **by_the_convenor(WEDNESDAY))
    draw_lottery(number, (2, 0, 8), **by_the_convenor(THURSDAY))

    page = client.get(reverse("council:public_lottery", args=[number])).content.decode()
    plan = client.get(reverse("council:plan_file", args=[number, 1, given_up.number]))

    assert given_up.commitment in page
    assert "名册漏了一户。" in page
    assert plan.content.decode() == given_up.plan
    assert Entry.objects.filter(verb="lottery.committed", at=TUESDAY).exists()
