"""A lottery of a topic: planned beside the pages, promised, thrown, refilled (P12)."""

import json
from dataclasses import replace

import pytest

from mingchuang.council.actions.lotteries import (
    ask_lottery,
    commit_lottery,
    draw_lottery,
    void_lottery,
)
from mingchuang.council.actions.own import withdraw
from mingchuang.council.actions.refills import ask_refill
from mingchuang.council.actions.topics import reopen_register
from mingchuang.council.errors.lottery import (
    AlreadyCommitted,
    AlreadyDrawn,
    NotCommitted,
    NothingToRefill,
    NotPlanned,
    RefillWaits,
    TooManyMusts,
)
from mingchuang.council.errors.topics import WrongTopicStep
from mingchuang.council.models import Lottery, Seat
from mingchuang.council.queries.lotteries import lotteries_of, named_in, plan_in
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import name_in_plan
from mingchuang.council.rules.lottery.check import untruths
from mingchuang.council.rules.lottery.pool import Quota
from mingchuang.ledger.models import Entry
from tests.build import MONDAY
from tests.council.build import a_convenor, a_topic
from tests.council.neighbours import (
    DUE,
    PLACE,
    TERMS,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_neighbourhood,
    a_planned_lottery,
    a_promised_lottery,
    a_thrown_lottery,
)

pytestmark = pytest.mark.django_db


def test_a_plan_is_made_beside_the_pages_and_holds() -> None:
    lottery = a_planned_lottery()

    plan = plan_in(lottery)
    assert untruths(plan) == []
    assert len(plan["people"]) == 80
    assert lottery.made_at == MONDAY


def test_nobody_is_named_in_a_plan_who_does_not_hold_their_code() -> None:
    lottery = a_planned_lottery()

    who = lottery.roster.topic.stakeholders.all()[5]
    assert name_in_plan(lottery.subject, who.code) in plan_in(lottery)["people"]
    assert who.code not in lottery.plan
    assert who.requester.name not in lottery.plan


def test_every_ticket_seats_who_must_be_there_and_a_third_of_opponents() -> None:
    lottery = a_planned_lottery()

    plan, people = plan_in(lottery), named_in(lottery)
    for ticket in plan["tickets"]:
        seated = [people[name] for name in ticket]
        assert sum(one.is_direct for one in seated) == 1
        assert sum(one.is_opponent for one in seated) >= 3
        assert len({one.household_id for one in seated}) == TERMS.size


def test_quotas_nobody_can_keep_are_named_and_nothing_breaks() -> None:
    asked = replace(TERMS, quotas=[Quota("age", "70+", 8, 8)])

    lottery = a_planned_lottery(asked)

    assert lottery.plan == ""
    assert lottery.impossible is not None
    assert {one["feature"] for one in lottery.impossible["relaxation"]} == {"70+"}


def test_a_topic_whose_register_is_open_is_not_drawn_for() -> None:
    with pytest.raises(WrongTopicStep):
        ask_lottery(a_topic("gathering").number, TERMS, by=a_convenor(), at=MONDAY)


def test_seats_for_who_must_be_there_alone_need_no_lottery() -> None:
    topic = a_neighbourhood()

    with pytest.raises(TooManyMusts, match="1"):
        ask_lottery(topic.number, replace(TERMS, size=1), by=a_convenor(), at=MONDAY)


def test_what_was_tried_before_stays_to_be_seen() -> None:
    lottery = a_planned_lottery()
    topic = lottery.roster.topic

    same = ask_lottery(topic.number, TERMS, by=a_convenor(), at=TUESDAY)
    for _twice in range(2):
        ask_lottery(topic.number, replace(TERMS, size=9), by=a_convenor(), at=TUESDAY)

    second, first = lotteries_of(topic)
    assert first.pk == lottery.pk == same.pk
    assert first.voided_because == "terms_changed"
    assert second.voided_at is None
    assert Entry.objects.filter(verb="lottery.voided").count() == 1


def test_the_same_terms_are_planned_anew_once_somebody_left() -> None:
    topic = a_neighbourhood()
    first = ask_lottery(topic.number, TERMS, by=a_convenor(), at=MONDAY)
    plan_lotteries(lambda: MONDAY)
    withdraw(topic.stakeholders.get(number=9).code, at=TUESDAY)

    second = ask_lottery(topic.number, TERMS, by=a_convenor(), at=TUESDAY)

    first.refresh_from_db()
    assert (second.number, first.voided_because) == (first.number + 1, "asked_again")


def test_what_was_promised_is_not_planned_anew_in_silence() -> None:
    lottery = a_promised_lottery()
    number = lottery.roster.topic.number

    with pytest.raises(AlreadyCommitted):
        ask_lottery(number, TERMS, by=a_convenor(), at=WEDNESDAY)
    void_lottery(number, "名册漏了一户。", by=a_convenor(), at=WEDNESDAY)
    again = ask_lottery(number, TERMS, by=a_convenor(), at=THURSDAY)

    assert again.number == lottery.number + 1
    assert [one.voided_because for one in lotteries_of(lottery.roster.topic)] == [
        "",
        "名册漏了一户。",
    ]


def test_what_is_not_planned_is_not_promised() -> None:
    topic = a_neighbourhood()
    ask_lottery(topic.number, TERMS, by=a_convenor(), at=MONDAY)

    with pytest.raises(NotPlanned):
        commit_lottery(topic.number, "dice", DUE, PLACE, by=a_convenor(), at=TUESDAY)


def test_the_promise_stands_in_the_ledger_before_the_dice() -> None:
    lottery = a_promised_lottery()

    promised = Entry.objects.get(verb="lottery.committed")
    assert promised.facts["commitment"] == lottery.commitment == plan_in(lottery)["commitment"]
    assert promised.facts["announced"] == PLACE
    assert not Entry.objects.filter(verb="lottery.drawn").exists()


def test_dice_before_a_promise_are_no_draw() -> None:
    number = a_planned_lottery().roster.topic.number

    with pytest.raises(NotCommitted):
        draw_lottery(number, (4, 7, 1), by=a_convenor(), at=TUESDAY)


def test_the_dice_pick_the_ticket_and_its_people_have_seats() -> None:
    lottery = a_thrown_lottery()

    people = named_in(lottery)
    drawn = {people[name].pk for name in plan_in(lottery)["tickets"][471]}
    seats = Seat.objects.filter(roster=lottery.roster)
    assert set(seats.values_list("stakeholder", flat=True)) == drawn
    assert seats.filter(why="must").count() == 1
    lottery.roster.topic.refresh_from_db()
    assert lottery.roster.topic.state == "inviting"


def test_nobody_throws_again_for_one_roster() -> None:
    number = a_thrown_lottery().roster.topic.number

    with pytest.raises(AlreadyDrawn):
        draw_lottery(number, (1, 2, 3), by=a_convenor(), at=THURSDAY)
    with pytest.raises(AlreadyDrawn):
        void_lottery(number, "不满意", by=a_convenor(), at=THURSDAY)


def test_who_withdrew_after_the_promise_is_drawn_and_has_no_seat() -> None:
    lottery = a_promised_lottery()
    number, people = lottery.roster.topic.number, named_in(lottery)
    gone = next(people[one] for one in ticket(lottery, 471) if not people[one].is_direct)
    withdraw(gone.code, at=WEDNESDAY)

    draw_lottery(number, (4, 7, 1), by=a_convenor(), at=THURSDAY)

    assert lottery.roster.seats.get(stakeholder=gone).state == "lost"
    ask_refill(number, by=a_convenor(), at=THURSDAY)
    plan_lotteries(lambda: THURSDAY)
    assert_right(lottery)


def test_a_register_that_opens_again_voids_what_was_planned_from_it() -> None:
    lottery = a_planned_lottery()

    reopen_register(lottery.roster.topic.number, by=a_convenor(), at=TUESDAY)

    lottery.refresh_from_db()
    assert lottery.voided_because == "register_reopened"


def test_a_register_does_not_open_again_behind_a_promise() -> None:
    topic = a_promised_lottery().roster.topic

    with pytest.raises(AlreadyCommitted):
        reopen_register(topic.number, by=a_convenor(), at=WEDNESDAY)

    topic.refresh_from_db()
    assert topic.state == "drawing"


def test_a_free_seat_is_drawn_again_from_the_dice_that_were_thrown() -> None:
    lottery = a_thrown_lottery()
    seat = free(lottery)

    refill = ask_refill(lottery.roster.topic.number, by=a_convenor(), at=THURSDAY)
    plan_lotteries(lambda: THURSDAY)

    refill.refresh_from_db()
    seat.refresh_from_db()
    assert untruths(json.loads(refill.plan)) == []
    assert seat.refilled_by.why == "refill"
    assert_right(lottery)


def test_who_was_drawn_first_stays_when_a_seat_is_drawn_again() -> None:
    lottery = a_thrown_lottery()
    seat = free(lottery)
    before = set(lottery.roster.seats.held().values_list("stakeholder", flat=True))

    ask_refill(lottery.roster.topic.number, by=a_convenor(), at=THURSDAY)
    plan_lotteries(lambda: THURSDAY)

    after = set(lottery.roster.seats.held().values_list("stakeholder", flat=True))
    assert before < after
    assert seat.stakeholder_id not in after


def test_two_rounds_one_after_the_other_keep_everything_right() -> None:
    lottery = a_thrown_lottery()
    for _ in range(2):
        free(lottery)
        free(lottery)
        ask_refill(lottery.roster.topic.number, by=a_convenor(), at=THURSDAY)
        plan_lotteries(lambda: THURSDAY)
        assert_right(lottery)

    assert [one.round for one in lottery.refills.all()] == [1, 2]


def test_nothing_is_drawn_again_where_nothing_is_free_or_a_round_waits() -> None:
    lottery = a_thrown_lottery()
    number = lottery.roster.topic.number

    with pytest.raises(NothingToRefill):
        ask_refill(number, by=a_convenor(), at=THURSDAY)
    free(lottery)
    ask_refill(number, by=a_convenor(), at=THURSDAY)
    with pytest.raises(RefillWaits):
        ask_refill(number, by=a_convenor(), at=THURSDAY)


def ticket(lottery: Lottery, number: int) -> list[str]:
    names: list[str] = plan_in(lottery)["tickets"][number]
    return names


def free(lottery: Lottery) -> Seat:
    """Let somebody who was drawn decline."""
    seat = lottery.roster.seats.filter(state="drawn").exclude(why="must").first()
    assert seat is not None
    seat.state, seat.answered_at = "declined", WEDNESDAY
    seat.save()
    return seat


def assert_right(lottery: Lottery) -> None:
    """The roster is whole, of as many homes, with opponents and quotas as they were asked for."""
    held = list(lottery.roster.seats.held().select_related("stakeholder"))
    ages = [one.stakeholder.features["age"] for one in held]
    assert len(held) == len({one.household_id for one in held}) == lottery.size
    assert sum(one.stakeholder.is_opponent for one in held) >= 3
    assert all(1 <= ages.count(quota.feature) <= 3 for quota in TERMS.quotas if quota.most)
