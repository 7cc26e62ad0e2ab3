"""What was promised stays: order, seal, randomness; and one plan that fails holds nobody up."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError, InternalError

from mingchuang.council import sealed
from mingchuang.council.actions.lotteries import ask_lottery, commit_lottery, draw_lottery
from mingchuang.council.actions.own import withdraw
from mingchuang.council.actions.refills import ask_refill, ask_relaxed_refill, keep_refill
from mingchuang.council.errors.lottery import DueBefore, NothingToRelax, PlanChanged, TooEarly
from mingchuang.council.models import Attendance, Lottery, Refill
from mingchuang.council.queries.lotteries import (
    named_in,
    names_of,
    plan_in,
    public_draw,
    registered,
)
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import Terms
from mingchuang.council.rules.lottery.check import untruths, untruths_of_draw
from mingchuang.council.rules.lottery.commitment import commitment_of, is_sealed, promised
from mingchuang.council.rules.lottery.terms import months_before
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import moment_text
from tests.build import A_DAY, AN_HOUR, MONDAY
from tests.council.build import a_convenor
from tests.council.neighbours import (
    DUE,
    PLACE,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_neighbourhood,
    a_small_lottery,
    a_small_promise,
    decline,
)
from tests.council.sittings import a_sitting

pytestmark = pytest.mark.django_db


def a_small_draw() -> Lottery:
    number = a_small_promise().roster.topic.number
    return draw_lottery(number, (4, 7, 1), by=a_convenor(), at=WEDNESDAY)


def altered(lottery: Lottery) -> str:
    """Return the plan with one ticket exchanged."""
    plan = plan_in(lottery)
    plan["tickets"][471] = plan["tickets"][470]
    return json.dumps(plan)


def test_a_plan_does_not_tell_the_numbers_of_the_register() -> None:
    lottery = a_small_lottery()
    lottery.refresh_from_db()

    names = [*plan_in(lottery)["people"]]

    assert names == sorted(names)
    assert [one.id for one in registered(lottery)] == names
    assert names != [*named_in(lottery)]


def test_a_plan_that_was_changed_is_not_promised() -> None:
    lottery = a_small_lottery()
    lottery.refresh_from_db()
    plan = json.loads(altered(lottery))
    text = json.dumps({**plan, "commitment": commitment_of(plan)})
    Lottery.objects.update(plan=text)

    with pytest.raises(PlanChanged):
        commit_lottery(lottery.roster.topic.number, "dice", DUE, PLACE, by=a_convenor(), at=TUESDAY)


def test_a_plan_that_was_changed_after_the_promise_is_not_drawn_from() -> None:
    lottery = a_small_promise()
    with connection.cursor() as cursor:
        cursor.execute(sealed.lifting(connection.vendor))
    Lottery.objects.update(plan=altered(lottery))

    with pytest.raises(PlanChanged):
        draw_lottery(lottery.roster.topic.number, (4, 7, 1), by=a_convenor(), at=WEDNESDAY)


CHANGES: list[dict[str, Any]] = [
    {"plan": "{}"},
    {"commitment": f"sha256:{'0' * 64}"},
    {"committed_at": TUESDAY},
    {"randomness": "issue"},
    {"announced": "改天再掷。"},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(*change))
def test_the_database_lets_nobody_change_what_was_promised(change: dict[str, Any]) -> None:
    a_small_promise()

    with pytest.raises((IntegrityError, InternalError), match=sealed.NAME):
        Lottery.objects.update(**change)


def test_what_was_promised_may_still_be_given_up() -> None:
    a_small_promise()

    assert Lottery.objects.update(voided_at=TUESDAY, voided_because="名册漏了一户。") == 1


@pytest.mark.parametrize("randomness", ["dice", "issue"])
def test_the_seal_covers_which_randomness_was_promised(randomness: str) -> None:
    number = a_small_lottery().roster.topic.number

    lottery = commit_lottery(number, randomness, DUE, PLACE, by=a_convenor(), at=TUESDAY)

    plan = plan_in(lottery)
    assert (plan["randomness"], plan["announced"]) == (randomness, PLACE)
    assert is_sealed(plan, lottery.commitment)
    assert untruths(plan) == []
    assert untruths({**plan, "announced": "改天再掷。"})
    assert untruths({**plan, "randomness": "words"})


def test_a_plan_that_fails_is_told_so_and_holds_nobody_up() -> None:
    asked = [
        ask_lottery(a_neighbourhood(4).number, Terms(3, 30, []), by=a_convenor(), at=MONDAY)
        for _ in range(2)
    ]
    Lottery.objects.filter(pk=asked[0].pk).update(quotas=[{"category": "age"}])

    done = plan_lotteries(lambda: TUESDAY)

    broken, good = Lottery.objects.filter(pk__in=[one.pk for one in asked]).order_by("pk")
    assert done["lotteries"] == 2
    assert broken.impossible == {"failed": True}
    assert good.plan
    planned = Entry.objects.filter(verb="lottery.planned").order_by("pk")
    assert sorted(one.facts["possible"] for one in planned) == [False, True]


def test_a_refill_whose_seats_changed_meanwhile_is_planned_anew() -> None:
    lottery = a_small_draw()
    decline(lottery)
    refill = ask_refill(lottery.roster.topic.number, by=a_convenor(), at=THURSDAY)
    before = names_of(lottery)
    mine = lottery.roster.seats.held().exclude(why="must").first()
    assert mine is not None
    withdraw(mine.stakeholder.code, at=THURSDAY)

    kept = keep_refill(refill, "{}", None, seats=before, at=THURSDAY)

    assert kept.is_waiting
    assert not Entry.objects.filter(verb="lottery.refilled").exists()


def test_where_nobody_can_be_drawn_what_was_named_gives_way_by_name() -> None:
    lottery = a_small_draw()
    number = lottery.roster.topic.number
    decline(lottery)
    with pytest.raises(NothingToRelax):
        ask_relaxed_refill(number, by=a_convenor(), at=THURSDAY)
    named = {"category": "camp", "feature": "silent", "min": 0, "max": 1}
    Refill.objects.create(
        lottery=lottery,
        round=1,
        at=THURSDAY,
        made_at=THURSDAY,
        impossible={"relaxation": [{**named, "to_min": 0, "to_max": 2}], "homes": 9},
    )

    refill = ask_relaxed_refill(number, by=a_convenor(), at=THURSDAY)
    plan_lotteries(lambda: THURSDAY)

    refill.refresh_from_db()
    told = Entry.objects.filter(verb="lottery.refill_asked").get().facts
    assert told["relaxed"] == refill.relaxed == [{**named, "max": 2}]
    asked = {(one["feature"], one["min"], one["max"]) for one in plan_in(refill)["quotas"]}
    assert asked == {("oppose", 2, 3), ("silent", 0, 2)}


def test_only_who_came_lately_by_the_calendar_stands_back() -> None:
    lottery = a_small_lottery()
    who = lottery.roster.topic.stakeholders.all()[2]
    sitting = a_sitting()
    seat = sitting.roster.seats.select_related("stakeholder").filter(state="accepted")[0]
    who.phone_index = seat.stakeholder.phone_index
    who.save()

    assert {one.sittings for one in registered(lottery)} == {0}
    Attendance.objects.create(
        sitting=sitting, stakeholder=seat.stakeholder, seat=seat, way="link", at=MONDAY
    )
    for opened, times in (
        (lottery.at - A_DAY, {0, 1}),
        (months_before(lottery.at, 24), {0, 1}),
        (months_before(lottery.at, 24) - A_DAY, {0}),
    ):
        type(sitting).objects.filter(pk=sitting.pk).update(stage="open", opened_at=opened)
        assert {one.sittings for one in registered(lottery)} == times


@pytest.mark.parametrize("due", [TUESDAY - A_DAY, TUESDAY])
def test_what_was_thrown_already_cannot_be_promised(due: datetime) -> None:
    number = a_small_lottery().roster.topic.number

    with pytest.raises(DueBefore, match="还没有到的时间"):
        commit_lottery(number, "issue", due, "第 2026123 期", by=a_convenor(), at=TUESDAY)

    assert not Entry.objects.filter(verb="lottery.committed").exists()


@pytest.mark.parametrize(
    ("randomness", "when"), [("dice", "到时候当众掷骰子"), ("issue", "开奖以后")]
)
def test_nothing_is_drawn_before_the_moment_that_was_promised(randomness: str, when: str) -> None:
    number = a_small_lottery().roster.topic.number
    lottery = commit_lottery(number, randomness, DUE, PLACE, by=a_convenor(), at=TUESDAY)

    with pytest.raises(TooEarly, match=f"2026年3月4日.*{when}"):
        draw_lottery(number, (4, 7, 1), by=a_convenor(), at=DUE - AN_HOUR)

    told = Entry.objects.get(verb="lottery.committed").facts["due"]
    assert told == plan_in(lottery)["due"] == moment_text(DUE)
    assert draw_lottery(number, (4, 7, 1), by=a_convenor(), at=DUE).is_drawn


def test_who_checks_is_told_of_a_draw_before_the_moment_promised() -> None:
    lottery = a_small_draw()
    roster, plan = lottery.roster, plan_in(lottery)
    record = public_draw(roster.topic.number, roster.number, lottery.number)

    assert untruths_of_draw(plan, record) == []
    early = {**record, "at": moment_text(MONDAY)}
    assert [one.code for one in untruths_of_draw(plan, early)] == ["early"]
    for change in ({"at": "Wednesday"}, {"at": None}):
        assert [one.what for one in untruths_of_draw(plan, {**record, **change})] == ["at"]


@pytest.mark.parametrize("due", ["", "改天", "2026-13-04T01:00:00.000000Z"])
def test_a_promise_without_its_moment_is_found(due: str) -> None:
    plan = promised(plan_in(a_small_promise()), "dice", due, PLACE)

    assert [one.code for one in untruths(plan)] == ["due"]
