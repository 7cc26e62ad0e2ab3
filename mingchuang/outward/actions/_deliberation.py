"""How a topic of the demo town comes to its sitting: proposed, registered for, drawn, invited to.

A plan says how many stand where; who of them has a seat only the dice know. All are invented.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime

from mingchuang.council.actions import inviting, lotteries, sittings, topics
from mingchuang.council.actions._register import Named
from mingchuang.council.actions.own import declare_camp
from mingchuang.council.actions.refills import ask_refill
from mingchuang.council.actions.register import add_stakeholder
from mingchuang.council.models import Topic
from mingchuang.council.queries.inviting import Invitee, invitees, roster_now
from mingchuang.council.queries.lotteries import register_seen
from mingchuang.council.reckoning import plan_lotteries
from mingchuang.council.rules.asking import Terms, counted, suggested
from mingchuang.council.rules.lottery.pool import Quota
from mingchuang.council.rules.proposing import Proposed, Surveyed
from mingchuang.outward.drawn import drawn as pictured
from mingchuang.people.models import Person, Unit

Plan = Mapping[str, Any]
FEATURES = ("age", "tenure", "mobility", "building")
A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
OPENING, EVENING = 9, 19


def plan_in(file: str) -> Plan:
    plan: Plan = json.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return plan


def days_ago(now: datetime, days: int, *, hour: int = OPENING) -> datetime:
    """Return an hour at which an office is open, or residents have time, so many days ago."""
    return localtime(now).replace(hour=hour, minute=0, second=0, microsecond=0) - days * A_DAY


def bring_to_the_table(plan: Plan, unit: Unit, by: Person, *, now: datetime) -> Topic:
    """Propose a topic, and go on until everybody it needs was drawn and asked."""
    topic = _gathered(plan, unit, by, at=days_ago(now, plan["proposed"]))
    drawn = days_ago(now, plan["drawn"])
    _draw(topic, plan["lottery"], by, at=drawn)
    _convene(topic, plan, by, now=now)
    if "notice" in plan:
        hung = drawn + A_DAY - AN_HOUR
        inviting.post_notice(topic.number, pictured(plan["notice"]), by=by, at=hung)
    _invite(topic, by, at=drawn + A_DAY)
    _refill(topic, by, at=drawn + 3 * A_DAY)
    return topic


def _gathered(plan: Plan, unit: Unit, by: Person, *, at: datetime) -> Topic:
    """Who it concerns stands on the register, and says by their own link where they stand."""
    places = [Surveyed(*place) for place in plan.get("places", ())]
    said = Proposed(**plan["topic"], places=places)
    topic = topics.propose_topic(said, unit, key=plan["key"], by=by, at=at)
    Topic.objects.filter(pk=topic.pk).update(invented=True)
    topics.open_register(topic.number, by=by, at=at + AN_HOUR)
    for n, (household, name, phone, affected, why, *features, camp) in enumerate(plan["people"]):
        named = dict(zip(FEATURES, features, strict=True))
        who = Named(affected, name, phone, household, why, named)
        then = at + 2 * AN_HOUR + n * A_MINUTE
        made = add_stakeholder(topic.number, who, key=f"{plan['key']}-{n}", by=by, at=then)
        if camp:
            declare_camp(made.code, camp, at=then + A_DAY)
    return topics.close_register(topic.number, by=by, at=at + 5 * A_DAY)


def _draw(topic: Topic, plan: Plan, by: Person, *, at: datetime) -> None:
    """Plan the lottery the day before, promise it, and throw the dice an hour later."""
    counts, size = counted(register_seen(topic, at)), plan["size"]
    quotas = [
        Quota(category, name, *bounds)
        for category in plan["balanced"]
        for name, bounds in suggested(counts[category], size).items()
    ]
    terms = Terms(size, plan["share"], quotas)
    lotteries.ask_lottery(topic.number, terms, by=by, at=at - A_DAY)
    plan_lotteries(lambda: at - A_DAY + A_MINUTE)
    lotteries.commit_lottery(topic.number, "dice", at, plan["announced"], by=by, at=at - AN_HOUR)
    lotteries.draw_lottery(topic.number, plan["dice"], by=by, at=at)


def _convene(topic: Topic, plan: Plan, by: Person, *, now: datetime) -> None:
    """Say when and where they will sit, before anybody is asked to come."""
    evening = days_ago(now, plan["sat"], hour=EVENING)
    called = sittings.Called(evening, moderator=by, recorder=by, **plan["sitting"])
    at = days_ago(now, plan["drawn"]) + AN_HOUR
    sittings.convene_sitting(topic.number, called, key=f"{plan['key']}-1", by=by, at=at)


def _invite(topic: Topic, by: Person, *, at: datetime) -> None:
    """Call everybody; a day later visit who was drawn, and send the others a message."""
    for one in invitees(roster_now(topic)):
        _try(topic, one, "call", "reached", by=by, at=at)
        way = ("door", "accepted") if one.seat else ("sms", "left")
        _try(topic, one, *way, by=by, at=at + A_DAY)


def _refill(topic: Topic, by: Person, *, at: datetime) -> None:
    """Somebody who was drawn cannot come after all: their seat is drawn again."""
    gone = next(one for one in invitees(roster_now(topic)) if _may_be_missed(one))
    _try(topic, gone, "call", "declined", by=by, at=at)
    ask_refill(topic.number, by=by, at=at + AN_HOUR)
    plan_lotteries(lambda: at + AN_HOUR + A_MINUTE)
    for one in invitees(roster_now(topic)):
        if one.seat and one.seat.why == "refill":
            _try(topic, one, "call", "accepted", by=by, at=at + 2 * AN_HOUR)


def _may_be_missed(one: Invitee) -> bool:
    return one.seat is not None and not one.must_be_invited


def _try(
    topic: Topic, one: Invitee, channel: str, outcome: str, *, by: Person, at: datetime
) -> None:
    tried = inviting.Tried(channel, outcome)
    inviting.invite(topic.number, one.who.number, tried, by=by, at=at)
