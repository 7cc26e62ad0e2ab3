"""A topic of the demo town that was decided a while ago: parking spaces or greenery, and what a
later objection added to it. Every person in it is invented."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from mingchuang.council.actions import attending, checking, minutes, objecting, positions
from mingchuang.council.actions import reading_minutes as reading
from mingchuang.council.actions import sittings as sits
from mingchuang.council.actions._promises import Promised
from mingchuang.council.actions._register import Named
from mingchuang.council.actions._steps import take_step
from mingchuang.council.actions.decisions import Decided, decide, publish_decision
from mingchuang.council.actions.inviting import Tried, invite
from mingchuang.council.actions.own import declare_camp
from mingchuang.council.actions.register import add_stakeholder
from mingchuang.council.actions.topics import close_register, open_register, propose_topic
from mingchuang.council.models import Check, Roster, Seat, Stakeholder, Topic
from mingchuang.council.rules.proposing import Proposed
from mingchuang.people.models import Person, Unit

PLAN: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "greenery.json").read_text(encoding="utf-8")
)
FEATURES = ("age", "tenure", "mobility", "building")
PLACE = "舟山里社区居委会二楼议事厅"
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


def tell_of_greenery(
    units: Mapping[str, Unit], staff: Mapping[str, Person], *, at: datetime
) -> Topic:
    """Let a topic be proposed, drawn, talked over, decided, kept, objected to and added to."""
    by = staff[PLAN["by"]]
    topic = _begun(units[PLAN["unit"]], by, at=at - 100 * A_DAY)
    _seated(topic, by, at=at - 92 * A_DAY)
    _sat(topic.number, by, at=at - 85 * A_DAY, now=at)
    _read(topic.number, by, at=at - 85 * A_DAY + 3 * AN_HOUR)
    publish_decision(topic.number, 7, by=by, at=at - 81 * A_DAY)
    _objected(topic.number, by, at=at - 40 * A_DAY, now=at)
    _checked(topic, by, now=at)
    return topic


def _begun(unit: Unit, by: Person, *, at: datetime) -> Topic:
    """Proposed and opened; who it concerns stands on the register and says where they stand."""
    topic = propose_topic(Proposed(**PLAN["topic"]), unit, key="demo-greenery", by=by, at=at)
    Topic.objects.filter(pk=topic.pk).update(invented=True)
    number = topic.number
    open_register(number, by=by, at=at + AN_HOUR)
    for n, (household, name, phone, affected, why, *rest) in enumerate(PLAN["people"]):
        *features, camp = rest
        named = dict(zip(FEATURES, features, strict=True))
        who = Named(affected, name, phone, household, why, named)
        then = at + (2 + n) * AN_HOUR
        made = add_stakeholder(number, who, key=f"demo-greenery-{n}", by=by, at=then)
        declare_camp(made.code, camp, at=then + A_DAY)
    return close_register(number, by=by, at=at + 5 * A_DAY)


def _seated(topic: Topic, by: Person, *, at: datetime) -> None:
    """Everybody is drawn, called and visited: so few were there that all of them fit."""
    roster = Roster.objects.create(topic=topic, number=1, at=at)
    people = list(topic.stakeholders.order_by("number"))
    Seat.objects.bulk_create(_seat(roster, who, at) for who in people)
    take_step(topic, "topic.drawn", at=at, by=by.badge)
    for who in people:
        invite(topic.number, who.number, Tried("call", "reached"), by=by, at=at + A_DAY)
        invite(topic.number, who.number, Tried("door", "accepted"), by=by, at=at + 2 * A_DAY)


def _seat(roster: Roster, who: Stakeholder, at: datetime) -> Seat:
    why = "must" if who.is_direct else "drawn"
    return Seat(
        roster=roster,
        stakeholder=who,
        household=who.household,
        why=why,
        state="drawn",
        at=at,
    )


def _sat(number: str, by: Person, *, at: datetime, now: datetime) -> None:
    """They look at the place, speak, say what they want, and decide."""
    called = sits.Called(at, PLACE, PLAN["agenda"], by, by, "会前半小时，在中心绿地东侧集合")
    sits.convene_sitting(number, called, key="demo-greenery-1", by=by, at=at - 6 * A_DAY)
    told: dict[str, Any] = {"by": by, "at": at}
    sits.open_sitting(number, 1, **told)
    for who in range(1, len(PLAN["people"]) + 1):
        attending.sign_in_on_paper(number, 1, who, **told)
    for who, text, *guest in PLAN["statements"]:
        said = minutes.Spoken(text, who, *guest)
        minutes.add_statement(number, 1, said, **told)
    for who, stance, condition in PLAN["positions"]:
        positions.note_position(number, 1, who, _wanted(stance, condition), **told)
    minutes.count_vote(number, 1, minutes.Counting(*PLAN["vote"]), **told)
    sits.close_sitting(number, 1, by=by, at=at + 2 * AN_HOUR)
    decided = Decided(PLAN["decision"], [1], list(_promised(PLAN["promised"], now)))
    decide(number, 1, decided, by=by, at=at + 2 * AN_HOUR)


def _wanted(stance: str, condition: str | int) -> positions.Wanted:
    """A condition in one's own words, or the number of one that stands there."""
    if isinstance(condition, int):
        return positions.Wanted(1, stance, joins=condition)
    return positions.Wanted(1, stance, text=condition)


def _promised(rows: Iterable[Sequence[Any]], now: datetime) -> Iterable[Promised]:
    """Days are counted from today: a demo town never grows old."""
    for text, obligor, how, first, last, rhythm, condition in rows:
        days = (localdate(now + first * A_DAY), localdate(now + last * A_DAY))
        asked = tuple(condition) if condition else None
        yield Promised(text, obligor, how, *days, rhythm, asked)


def _read(number: str, by: Person, *, at: datetime) -> None:
    """The minutes go out, two confirm, and they are frozen."""
    texts = {name: PLAN[name] for name in ("seen", "outcome", "dissent")}
    minutes.write_minutes(number, 1, **texts, by=by, at=at)
    minutes.send_minutes(number, 1, at + 3 * A_DAY, by=by, at=at)
    for who in Stakeholder.objects.filter(topic__key="demo-greenery", number__in=(2, 3)):
        reading.confirm_minutes(who.code, 1, at=at + A_DAY)
    reading.freeze_minutes(number, 1, by=by, at=at + 3 * A_DAY)


def _objected(number: str, by: Person, *, at: datetime, now: datetime) -> None:
    """A hot summer later somebody objects; it is reviewed, and walls become green."""
    plan = PLAN["objection"]
    said = objecting.Against(plan["text"])
    objecting.object_to(number, said, key="demo-greenery-objection", at=at)
    objecting.review_objection(number, 1, by=by, at=at + 2 * A_DAY)
    measured = objecting.Measured(plan["measure"], list(_promised(plan["promised"], now)))
    objecting.uphold_objection(number, 1, plan["gist"], measured, by=by, at=at + 5 * A_DAY)


def _checked(topic: Topic, by: Person, *, now: datetime) -> None:
    """Everything that was due so far was looked at, and kept."""
    due = Check.objects.due().filter(commitment__decision__topic=topic)
    for check in due.filter(due_on__lt=localdate(now)).order_by("due_on"):
        then = now - (localdate(now) - check.due_on).days * A_DAY
        checking.pass_check(check.pk, "看过了，做到了。", by=by, at=then)
