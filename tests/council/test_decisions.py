"""A decision binds only with all it concerns (P10); who promised what is known, and by when."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mingchuang.base.errors import NotFound
from mingchuang.council.actions.attending import sign_in_on_paper
from mingchuang.council.actions.decisions import advise, close_topic, decide, publish_decision
from mingchuang.council.actions.inviting import lose_seat
from mingchuang.council.actions.minutes import Counting, count_vote
from mingchuang.council.actions.positions import Wanted, say_position
from mingchuang.council.actions.sittings import (
    close_sitting,
    convene_sitting,
    move_sitting,
    open_sitting,
)
from mingchuang.council.errors.decisions import (
    ChecksTooMany,
    CommitmentNeedsDates,
    DayGoneBy,
    DayTooFar,
    DecidedAlready,
    NotBinding,
    NotCarried,
    NothingChosen,
    NoticeOfOtherLength,
    NoticeStillRuns,
    NoticeTooEarly,
    NotPublishedYet,
    OpinionPromisesNothing,
)
from mingchuang.council.errors.sittings import (
    LaterSitting,
    VotesStand,
    WrongMinutesStep,
    WrongSittingStep,
)
from mingchuang.council.errors.topics import ChecksWait, MinutesWait
from mingchuang.council.models import Check, Decision, Invitation, Sitting, Stakeholder, Topic
from mingchuang.council.queries.binding import verdict_on
from mingchuang.council.queries.minutes import minutes_of, record_of
from mingchuang.council.queries.room import room_of
from mingchuang.council.queries.sittings import sitting_of
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from tests.build import A_DAY, AN_HOUR
from tests.council.build import a_convenor, a_key, a_seat
from tests.council.sittings import (
    BY_SATURDAY,
    IN_APRIL,
    SATURDAY,
    TEN_DAYS_ON,
    a_decision,
    a_late_comer,
    a_seated_topic,
    a_sitting,
    against,
    by_the_convenor,
    one_of,
    signed,
    some_minutes,
    what_is_called,
    what_was_decided,
    what_was_promised,
)

pytestmark = pytest.mark.django_db


def test_with_all_it_concerns_a_sitting_decides_and_says_what_it_rests_on() -> None:
    decision = a_decision()

    assert (decision.force, decision.topic.state) == ("binding", "decided")
    assert [option.number for option in decision.options.all()] == [1]
    facts = Entry.objects.get(verb="decision.recorded").facts
    assert {k: facts[k] for k in ("force", "uninvited", "opponents_needed")} == {
        "force": "binding",
        "uninvited": 0,
        "opponents_needed": 1,
    }


def test_without_an_objector_who_was_asked_nothing_binds_and_it_says_who_and_what_to_do() -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))
    where = (sitting.topic.number, 1)

    with pytest.raises(NotBinding) as refused:
        decide(*where, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)

    assert f"第 {forgotten.number} 号（反对）还没有按规定邀请到" in str(refused.value)
    assert "打一次电话，或者上门一次（只留条不算）。" in str(refused.value)
    assert not Decision.objects.exists()
    assert Topic.objects.get(pk=sitting.topic_id).state == "sitting"


def test_without_opponents_in_the_room_nothing_binds_and_it_says_how_many() -> None:
    sitting = a_sitting("closed", seats=4, opponents=2)
    sitting.attendances.filter(stakeholder__camp="oppose").delete()

    with pytest.raises(NotBinding, match="还差 2 人"):
        decide(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)


def test_what_does_not_bind_is_recorded_as_the_opinion_of_who_came() -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))

    decision = advise(
        sitting.topic.number, 1, what_was_decided(promised=[]), by=a_convenor(), at=BY_SATURDAY
    )

    assert (decision.force, decision.uninvited) == ("opinion", 1)
    assert decision.missing[0]["number"] == forgotten.number
    assert Topic.objects.get(pk=sitting.topic_id).state == "sitting"


def test_where_the_owners_must_vote_the_council_proposes() -> None:
    decision = a_decision(topic=a_seated_topic(legal="ballot"))

    assert decision.force == "proposal"


@pytest.mark.parametrize(
    "change",
    [{"uninvited": 1}, {"seats_present": 0}, {"opponents_present": 0}],
)
@pytest.mark.parametrize("legal", ["deliberation", "ballot"])
def test_the_database_holds_no_decision_without_p10(change: dict[str, int], legal: str) -> None:
    decision = a_decision(topic=a_seated_topic(legal=legal))

    with pytest.raises(IntegrityError, match="rests_on_p10"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_an_opinion_is_not_made_a_decision_afterwards() -> None:
    sitting = a_sitting("closed")
    against(a_late_comer(sitting))
    opinion = advise(
        sitting.topic.number, 1, what_was_decided(promised=[]), by=a_convenor(), at=BY_SATURDAY
    )

    with pytest.raises(IntegrityError, match="rests_on_p10"), transaction.atomic():
        Decision.objects.filter(pk=opinion.pk).update(force="binding")


def test_a_sitting_decides_once_and_when_it_is_over() -> None:
    going_on = a_sitting("open")
    decision = a_decision()

    with pytest.raises(WrongSittingStep):
        decide(going_on.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)
    with pytest.raises(DecidedAlready):
        decide(decision.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)


def test_what_was_decided_stands_in_the_minutes_that_go_out() -> None:
    sitting = a_sitting("open")
    close_sitting(sitting.topic.number, 1, by=a_convenor(), at=BY_SATURDAY)
    some_minutes("out", sitting=sitting)

    with pytest.raises(WrongMinutesStep):
        decide(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)


@pytest.mark.parametrize("record_it", [decide, advise])
def test_once_a_result_is_recorded_its_votes_are_counted_no_more(
    client: Client, record_it: Callable[..., Decision]
) -> None:
    sitting = a_sitting("closed")
    way = reverse("council:sitting", args=[sitting.topic.number, 1])
    client.force_login(a_convenor())
    offered = client.get(way).content.decode()
    record_it(
        sitting.topic.number, 1, what_was_decided(promised=[]), **by_the_convenor(BY_SATURDAY)
    )

    with pytest.raises(VotesStand):
        count(sitting, Counting(1, "hands", 0, 3))

    assert sitting.minutes.votes.get().in_favour == 3
    assert ("/do/vote/" in offered, "/do/vote/" in client.get(way).content.decode()) == (
        True,
        False,
    )


def a_decision_of_the_next(sitting: Sitting) -> Decision:
    """What the second sitting decides by what was voted at the first."""
    second = a_second(sitting)
    where, by, then = (sitting.topic.number, second.number), a_convenor(), second.begins_at
    for one in sitting.topic.stakeholders.opponents():
        asked(one, sitting, BY_SATURDAY + A_DAY)
    open_sitting(*where, by=by, at=then)
    for seat in sitting.roster.seats.held():
        sign_in_on_paper(*where, seat.stakeholder.number, by=by, at=then)
    close_sitting(*where, by=by, at=then)
    return decide(*where, what_was_decided(promised=[]), by=by, at=then)


def test_a_vote_a_later_decision_rests_on_is_counted_no_more() -> None:
    sitting = a_sitting("closed")
    a_decision_of_the_next(sitting)

    with pytest.raises(VotesStand):
        count(sitting, Counting(1, "hands", 0, 3))


def test_an_option_nobody_laid_out_is_not_chosen() -> None:
    sitting = a_sitting("closed")
    chosen = what_was_decided(options=[1, 7], promised=[])

    with pytest.raises(NotFound):
        advise(sitting.topic.number, 1, chosen, by=a_convenor(), at=BY_SATURDAY)


def test_a_promise_has_days_on_which_somebody_looks() -> None:
    promise = what_was_promised(rhythm="monthly", last_on=IN_APRIL.replace(month=6))

    decision = a_decision(promised=[promise])

    days = [check.due_on.month for check in Check.objects.order_by("number")]
    assert days == [4, 5, 6]
    assert entries_of(decision.commitments.get().subject).get().facts["checks"] == 3


@pytest.mark.parametrize(
    "lack",
    [
        {"obligor": ""},
        {"how": ""},
        {"text": ""},
        {"last_on": IN_APRIL.replace(month=3)},
    ],
)
def test_a_promise_without_somebody_or_a_day_is_none(lack: dict[str, object]) -> None:
    sitting = a_sitting("closed")
    vague = what_was_decided(promised=[what_was_promised(**lack)])

    with pytest.raises(CommitmentNeedsDates):
        decide(sitting.topic.number, 1, vague, by=a_convenor(), at=BY_SATURDAY)

    assert not Decision.objects.exists()


def test_a_decision_is_posted_when_its_minutes_are_frozen(client: Client) -> None:
    decision = a_decision()

    client.force_login(a_convenor())
    way = reverse("council:decision_desk", args=[decision.topic.number])
    with pytest.raises(NoticeTooEarly):
        publish_decision(decision.topic.number, 7, by=a_convenor(), at=BY_SATURDAY)
    too_early = client.get(way).content.decode()
    some_minutes("frozen", sitting=decision.sitting)
    assert ("/publish/" in too_early, "/publish/" in client.get(way).content.decode()) == (
        False,
        True,
    )
    published = publish_decision(
        decision.topic.number, 7, by=a_convenor(), at=BY_SATURDAY + 4 * A_DAY
    )

    assert str(published.until) == "2026-03-18"
    next_to_do = client.get(reverse("council:topic", args=[decision.topic.number]))
    assert "决议已经公示。" in next_to_do.content.decode()
    with pytest.raises(DecidedAlready):
        publish_decision(decision.topic.number, 9, by=a_convenor(), at=BY_SATURDAY + 5 * A_DAY)


def asked(forgotten: Stakeholder, sitting: Sitting, at: datetime) -> None:
    tried = {"channel": "door", "outcome": "declined", "by": a_convenor(), "at": at}
    Invitation.objects.create(roster=sitting.roster, stakeholder=forgotten, **tried)


def a_second(sitting: Sitting) -> Sitting:
    called = what_is_called(begins_at=SATURDAY + 8 * A_DAY)
    at = BY_SATURDAY + A_DAY
    return convene_sitting(sitting.topic.number, called, key=a_key(), by=a_convenor(), at=at)


def test_who_was_asked_before_it_began_is_not_missing() -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))
    before = verdict_on(sitting)

    asked(forgotten, sitting, SATURDAY - AN_HOUR)

    assert [one.number for one in before.missing] == [forgotten.number]
    assert verdict_on(sitting).missing == ()


def test_nobody_is_asked_to_a_sitting_that_has_begun() -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))

    asked(forgotten, sitting, BY_SATURDAY + AN_HOUR)

    with pytest.raises(NotBinding, match="再开一次会"):
        decide(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)


def test_for_a_second_sitting_everybody_is_asked_again() -> None:
    sitting = a_sitting("closed", opponents=2)
    first = verdict_on(sitting).missing

    second = a_second(sitting)

    assert (first, len(verdict_on(second).missing)) == ((), 2)
    for one in sitting.topic.stakeholders.opponents():
        asked(one, sitting, BY_SATURDAY + A_DAY)
    assert verdict_on(second).missing == ()


def test_who_came_was_reached_however_they_heard_of_it() -> None:
    sitting = a_sitting("open")
    late = against(a_late_comer(sitting))

    signed(sitting, late)

    assert verdict_on(sitting).missing == ()


def test_seats_that_are_lost_afterwards_make_none_enough() -> None:
    sitting = a_sitting("open", seats=9, opponents=1)
    came = {
        one_of(sitting).pk,
        *sitting.topic.stakeholders.opponents().values_list("pk", flat=True),
    }
    sitting.attendances.exclude(stakeholder__in=came).delete()
    close_sitting(sitting.topic.number, 1, by=a_convenor(), at=BY_SATURDAY)

    for seat in sitting.roster.seats.exclude(stakeholder__in=came):
        which = seat.stakeholder.number
        lose_seat(sitting.topic.number, which, "没有来", by=a_convenor(), at=BY_SATURDAY)

    with pytest.raises(NotBinding, match="到会席位 2 个，需要 5 个"):
        decide(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)


def test_nobody_who_was_drawn_when_it_was_over_makes_it_enough() -> None:
    sitting, late = a_sitting("open", seats=4), BY_SATURDAY + AN_HOUR
    lost = sitting.roster.seats.order_by("pk")[1]
    newcomer = a_late_comer(sitting)
    sitting.attendances.filter(stakeholder=lost.stakeholder_id).delete()
    where = (sitting.topic.number, 1)
    close_sitting(*where, by=a_convenor(), at=BY_SATURDAY)
    lose_seat(where[0], lost.stakeholder.number, "没有来", by=a_convenor(), at=late)
    a_seat(sitting.roster, stakeholder=newcomer, why="refill", refills=lost, at=late)

    there = sign_in_on_paper(*where, newcomer.number, by=a_convenor(), at=late)

    assert there.seat is None
    assert room_of(sitting_of(sitting.topic, 1)).counted.seats_present == 3


def test_a_sitting_after_which_another_was_called_decides_nothing() -> None:
    sitting = a_sitting("closed")
    a_second(sitting)

    with pytest.raises(LaterSitting, match="第 2 次"):
        decide(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)


def test_the_opinion_of_who_came_holds_no_promise() -> None:
    sitting = a_sitting("closed")

    with pytest.raises(OpinionPromisesNothing):
        advise(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)


def test_a_topic_is_closed_when_its_notice_is_over_and_nothing_is_left_to_look_at() -> None:
    decision = a_decision(published=True)
    topic, by = decision.topic.number, a_convenor()
    last_day = BY_SATURDAY + 11 * A_DAY

    with pytest.raises(NoticeStillRuns, match="2026年3月18日"):
        close_topic(topic, by=by, at=last_day)
    with pytest.raises(ChecksWait, match="1 次检查"):
        close_topic(topic, by=by, at=last_day + A_DAY)
    Check.objects.all().delete()

    assert close_topic(topic, by=by, at=last_day + A_DAY).state == "closed"


def test_minutes_of_a_sitting_that_decided_nothing_are_final_before_a_topic_is_closed(
    client: Client,
) -> None:
    sitting = a_sitting("closed")
    decision = a_decision_of_the_next(sitting)
    some_minutes("frozen", sitting=decision.sitting)
    posted = by_the_convenor(SATURDAY + 12 * A_DAY)
    publish_decision(sitting.topic.number, 7, **posted)
    client.force_login(a_convenor())
    way = reverse("council:decision_desk", args=[sitting.topic.number])

    with pytest.raises(MinutesWait, match="第 1 次会议"):
        close_topic(sitting.topic.number, **by_the_convenor(SATURDAY + 30 * A_DAY))
    left = client.get(way).content.decode()
    some_minutes("frozen", sitting=sitting)

    assert "第 1 次会议的记录还没有定稿" in left
    assert "/do/close/" not in left
    assert "办结以前还要做的" not in client.get(way).content.decode()
    closed = close_topic(sitting.topic.number, **by_the_convenor(SATURDAY + 30 * A_DAY))
    assert closed.state == "closed"


def test_a_decision_nobody_could_read_is_not_over() -> None:
    decision = a_decision(promised=[])

    with pytest.raises(NotPublishedYet):
        close_topic(decision.topic.number, by=a_convenor(), at=TEN_DAYS_ON)


@pytest.mark.parametrize("days", [6, 61])
def test_a_notice_hangs_for_a_week_at_least(days: int) -> None:
    decision = a_decision()
    some_minutes("frozen", sitting=decision.sitting)

    with pytest.raises(NoticeOfOtherLength, match="最少 7 天"):
        publish_decision(decision.topic.number, days, by=a_convenor(), at=TEN_DAYS_ON)


def test_nobody_looks_on_a_day_that_is_gone() -> None:
    sitting = a_sitting("closed")
    gone = what_was_promised(first_on=SATURDAY.date(), last_on=SATURDAY.date())
    decided = what_was_decided(promised=[gone])

    with pytest.raises(DayGoneBy):
        decide(sitting.topic.number, 1, decided, by=a_convenor(), at=BY_SATURDAY)


@pytest.mark.parametrize("rhythm", ["once", "yearly"])
def test_nobody_promises_for_the_end_of_days(rhythm: str) -> None:
    sitting = a_sitting("closed")
    never = what_was_promised(
        first_on=date(9999, 12, 31), last_on=date(9999, 12, 31), rhythm=rhythm
    )

    with pytest.raises(DayTooFar, match="2036年3月"):
        decide(
            sitting.topic.number,
            1,
            what_was_decided(promised=[never]),
            **by_the_convenor(BY_SATURDAY),
        )


def test_a_promise_is_looked_at_no_more_often_than_anybody_can() -> None:
    sitting = a_sitting("closed")
    endless = what_was_promised(rhythm="weekly", last_on=IN_APRIL.replace(year=2030))
    decided = what_was_decided(promised=[endless])

    with pytest.raises(ChecksTooMany, match="120"):
        decide(sitting.topic.number, 1, decided, by=a_convenor(), at=BY_SATURDAY)


def test_a_promise_keeps_the_condition_it_answers() -> None:
    sitting = a_sitting("closed")
    wanted = Wanted(1, "if", text="晚上十点以后熄灯。")
    say_position(one_of(sitting).code, wanted, at=SATURDAY)

    decided = what_was_decided(promised=[what_was_promised(condition=(1, 1))])
    decision = decide(sitting.topic.number, 1, decided, by=a_convenor(), at=BY_SATURDAY)

    condition = decision.commitments.get().condition
    assert condition is not None
    assert condition.text == "晚上十点以后熄灯。"


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([Counting(1, "hands", 3)], "做法 2 没有表决过。"),
        (
            [Counting(1, "hands", 3), Counting(2, "hands", 1, 2)],
            "做法 2 没有表决通过：同意 1，不同意 2。",
        ),
        ([Counting(1, "hands", 3), Counting(2, "hands", 1, 1)], "没有表决通过"),
        ([Counting(1, "hands", 3), Counting(2, "hands", 0, 0, 3)], "没有表决通过"),
    ],
)
def test_nothing_binds_that_the_room_did_not_vote_for(votes: list[Counting], said: str) -> None:
    sitting = a_sitting("closed", seats=3)
    count(sitting, *votes)

    with pytest.raises(NotCarried) as refused:
        decide_on(sitting, 2)

    assert said in str(refused.value)
    assert not Decision.objects.exists()


def count(sitting: Sitting, *votes: Counting) -> None:
    for vote in votes:
        said = vote._replace(voted_at=SATURDAY + AN_HOUR)
        count_vote(sitting.topic.number, 1, said, by=a_convenor(), at=BY_SATURDAY)


def decide_on(sitting: Sitting, *options: int) -> Decision:
    chosen = what_was_decided(options=list(options))
    return decide(sitting.topic.number, sitting.number, chosen, by=a_convenor(), at=BY_SATURDAY)


def test_what_was_agreed_by_some_and_refused_by_nobody_binds() -> None:
    sitting = a_sitting("closed", seats=3)
    count(sitting, Counting(2, "agreed", 1, 0, 2))

    assert decide_on(sitting, 1, 2).force == "binding"


def test_a_decision_chooses_something() -> None:
    with pytest.raises(NothingChosen):
        decide_on(a_sitting("closed"))


def test_without_any_vote_there_is_nothing_to_decide_and_it_is_said() -> None:
    sitting = a_sitting("closed")
    sitting.minutes.votes.all().delete()

    with pytest.raises(NotBinding, match="还没有表决通过的做法"):
        decide_on(sitting, 1)


def test_the_opinion_of_who_came_needs_no_vote() -> None:
    sitting = a_sitting("closed")
    sitting.minutes.votes.all().delete()

    opinion = what_was_decided(promised=[])
    decision = advise(sitting.topic.number, 1, opinion, by=a_convenor(), at=BY_SATURDAY)

    assert decision.force == "opinion"


@pytest.mark.parametrize(("opponents", "counts"), [(1, {1}), (0, set())])
def test_a_vote_of_an_earlier_sitting_counts_where_that_one_could_decide(
    opponents: int, counts: set[int]
) -> None:
    sitting = a_sitting("closed", opponents=1)
    if not opponents:
        against(a_late_comer(sitting))

    second = a_second(sitting)

    assert verdict_on(second).carried == counts


def test_what_people_asked_for_and_nobody_promised_stands_in_the_record() -> None:
    sitting = a_sitting("closed")
    for who, text in zip(
        sitting.topic.stakeholders.all(), ("晚上十点以后熄灯。", "先装烟感。"), strict=False
    ):
        say_position(who.code, Wanted(1, "if", text=text), at=SATURDAY)

    kept = what_was_decided(promised=[what_was_promised(condition=(1, 1))])
    decide(sitting.topic.number, 1, kept, by=a_convenor(), at=BY_SATURDAY)

    left = record_of(minutes_of(sitting))["unanswered"]
    assert left == [{"option": 1, "number": 2, "text": "先装烟感。"}]


def test_an_opinion_owes_no_answer_to_conditions() -> None:
    sitting = a_sitting("closed")
    say_position(one_of(sitting).code, Wanted(1, "if", text="先装烟感。"), at=SATURDAY)

    opinion = what_was_decided(promised=[])
    advise(sitting.topic.number, 1, opinion, by=a_convenor(), at=BY_SATURDAY)

    assert record_of(minutes_of(sitting))["unanswered"] == []


def test_a_sitting_called_too_late_decides_nothing_that_binds() -> None:
    sitting = a_sitting("closed")
    Sitting.objects.filter(pk=sitting.pk).update(at=SATURDAY - 6 * A_DAY)

    with pytest.raises(NotBinding, match="只提前 6 天通知，要提前 7 天"):
        decide_on(sitting_of(sitting.topic, 1), 1)


def test_a_sitting_moved_on_its_eve_was_called_too_late() -> None:
    sitting = a_sitting()
    early = verdict_on(sitting).warned

    move_sitting(
        sitting.topic.number,
        1,
        begins_at=SATURDAY + A_DAY,
        place=sitting.place,
        by=a_convenor(),
        at=SATURDAY - A_DAY,
    )

    late = verdict_on(sitting_of(sitting.topic, 1))
    assert (early.is_late, late.warned.is_late, late.may_decide) == (False, True, False)


def test_how_early_people_must_know_is_for_the_house_to_say(settings: Settings) -> None:
    sitting = a_sitting("closed")
    settings.INVITE = settings.INVITE._replace(notice=8)
    asks_for_more = verdict_on(sitting).may_decide

    settings.INVITE = settings.INVITE._replace(notice=0)

    assert (asks_for_more, verdict_on(sitting).may_decide) == (False, True)


def test_minutes_count_who_objects_and_was_duly_invited_and_not_who_was_tried_once() -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))
    once = {"channel": "sms", "outcome": "left", "by": a_convenor(), "at": SATURDAY - A_DAY}
    Invitation.objects.create(roster=sitting.roster, stakeholder=forgotten, **once)

    invited = record_of(minutes_of(sitting))["invited"]

    assert (invited["objectors"], invited["objectors_invited"]) == (2, 1)  # type: ignore[call-overload,index]
    assert forgotten.number in invited["people"]  # type: ignore[call-overload,index,operator]
