"""Lotteries: who could be drawn, what waits to be planned, what was drawn. Fetching is
authorising."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Prefetch

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Lottery, Refill, Stakeholder, Topic
from mingchuang.council.queries.rotation import turns_of
from mingchuang.council.queries.topics import lock_topics, public_topic
from mingchuang.council.rules.asking import Registered, Terms, name_in_plan
from mingchuang.council.rules.doubles import homes_joined
from mingchuang.council.rules.lottery.dice import record_of
from mingchuang.council.rules.lottery.pool import Quota
from mingchuang.council.rules.register import known_features
from mingchuang.ledger.queries import entries_of
from mingchuang.ledger.rules.canonical import moment_text


def lottery_of(topic: Topic) -> Lottery | None:
    """Return the lottery that counts for the newest roster of a topic, if one was asked for."""
    live = Lottery.objects.live().filter(roster__topic=topic)
    return live.select_related("roster__topic").order_by("-roster__number").first()


def lotteries_of(topic: Topic) -> Sequence[Lottery]:
    """Return all lotteries of a topic, the newest first: void ones too, for ever (P12)."""
    found = Lottery.objects.filter(roster__topic=topic).select_related("roster__topic")
    return list(found.order_by("-roster__number", "-number").defer("plan"))


def promised_lotteries(topic: Topic) -> Sequence[Lottery]:
    """Return those anybody may check, the newest first, with their plans and rounds of refilling
    (`refills.all()`, the newest first)."""
    found = Lottery.objects.filter(roster__topic=topic, committed_at__isnull=False)
    rounds = Prefetch("refills", Refill.objects.defer("plan").order_by("-round"))
    found = found.select_related("roster__topic").prefetch_related(rounds)
    return list(found.order_by("-roster__number", "-number"))


def void_before_a_promise(topic: Topic) -> Sequence[tuple[int, int]]:
    """Return by roster and number those that are void and that nobody was promised."""
    found = Lottery.objects.filter(roster__topic=topic, committed_at=None, voided_at__isnull=False)
    return list(found.values_list("roster__number", "number"))


def public_lottery(number: str, roster: int, which: int) -> Lottery:
    """Return a lottery as everybody may check it: once it was committed to."""
    found = Lottery.objects.filter(roster__topic=public_topic(number), committed_at__isnull=False)
    lottery = found.filter(roster__number=roster, number=which).select_related("roster__topic")
    if (one := lottery.first()) is None:
        raise NotFound
    return one


def next_to_plan() -> Lottery | Refill | None:
    """Return what waits longest to be planned; asked for in one moment, what was first."""
    lottery = Lottery.objects.live().filter(made_at=None).select_related("roster__topic")
    refill = Refill.objects.filter(made_at=None).select_related("lottery__roster__topic")
    first = [found.order_by("at", "pk").first() for found in (lottery, refill)]
    return min((one for one in first if one), key=lambda one: one.at, default=None)


def lottery_to_keep(pk: int) -> Lottery:
    """Return the lottery whose plan is kept, locked; its topic is locked first."""
    lock_topics(Topic.objects.filter(rosters__lotteries=pk))
    list(Lottery.objects.select_for_update().filter(pk=pk).values_list("pk"))
    return Lottery.objects.select_related("roster__topic").get(pk=pk)


def registered(lottery: Lottery) -> list[Registered]:
    """Return everybody on the register of a lottery's topic as it looks at them, by their names
    in the plan."""
    people = _people(lottery.roster.topic)
    named = [(name_in_plan(lottery.subject, one.code), one) for one in people]
    # A published plan must not tell the numbers of the register by the order people stand in.
    return sorted(_registered(named, lottery.at), key=lambda one: one.id)


def register_seen(topic: Topic, at: datetime) -> list[Registered]:
    """The same before a lottery was asked for: by their numbers."""
    return _registered([(str(one.number), one) for one in _people(topic)], at)


def _registered(named: Sequence[tuple[str, Stakeholder]], at: datetime) -> list[Registered]:
    turns = turns_of([one for _name, one in named], at)
    homes = homes_joined((str(one.household_id), _phone_left(one)) for _name, one in named)
    return [
        Registered(
            id=name,
            household=homes[str(one.household_id)],
            camp=one.camp,
            features=known_features(one.features),
            because=one.must_because,
            sittings=turns.times[one.phone_index] if one.phone_index else 0,
            rests=one.phone_index in turns.lately,
        )
        for name, one in named
    ]


def _people(topic: Topic) -> Sequence[Stakeholder]:
    people = topic.stakeholders.present().annotate(left_phone=F("requester__phone_index"))
    return list(people.order_by("number"))


def _phone_left(one: Stakeholder) -> str:
    """Return by which phone somebody may be one with another, who were not told apart."""
    return "" if one.apart_at else str(vars(one)["left_phone"])


def named_in(lottery: Lottery) -> dict[str, Stakeholder]:
    """Return everybody by their name in the plan of this lottery."""
    people = lottery.roster.topic.stakeholders.all()
    return {name_in_plan(lottery.subject, one.code): one for one in people}


def names_of(lottery: Lottery) -> tuple[list[str], list[str]]:
    """Return by their names in the plan who holds a seat, and whose seat came free."""
    held: list[str] = []
    free: list[str] = []
    for seat in lottery.roster.seats.select_related("stakeholder").order_by("pk"):
        name = name_in_plan(lottery.subject, seat.stakeholder.code)
        (held if seat.is_held else free).append(name)
    return held, free


def terms_of(planned: Lottery | Refill) -> Terms:
    """Return what was asked of a lottery, and what gave way in a refill of it."""
    if isinstance(planned, Lottery):
        return Terms(planned.size, planned.share, _quotas(planned.quotas))
    return replace(terms_of(planned.lottery), relaxed=_quotas(planned.relaxed))


def _quotas(told: Iterable[Mapping[str, Any]]) -> list[Quota]:
    return [Quota(one["category"], one["feature"], one["min"], one["max"]) for one in told]


class Lot(NamedTuple):
    """Where one stands in a plan everybody may read."""

    name: str
    must: bool
    tickets: int
    chance: float
    beside: bool
    rests: bool
    is_lighter: bool
    is_drawn: bool


def lot_of(who: Stakeholder) -> Lot | None:
    """Return where somebody stands in the lottery that counts, once it was committed to."""
    lottery = lottery_of(who.topic)
    if lottery is None or not lottery.committed_at:
        return None
    plan, name = plan_in(lottery), name_in_plan(lottery.subject, who.code)
    if name not in plan["people"]:
        return None
    told, mine = plan["marginals"][name], plan["people"][name]
    must, weight = mine["must"] is not None, mine["weight"]
    beside = bool(mine["class"] is None and not must and weight)
    lighter = mine["class"] is not None and weight < 1
    rests, thrown = not (must or weight), lottery.is_drawn
    return Lot(name, must, told["tickets"], told["chance"], beside, rests, lighter, thrown)


def is_promised(topic: Topic) -> bool:
    """Say whether a lottery of the topic can be checked by everybody."""
    return Lottery.objects.filter(roster__topic=topic, committed_at__isnull=False).exists()


def public_draw(number: str, roster: int, which: int) -> dict[str, Any]:
    """Return the record of what was thrown, as everybody may check it against the plan."""
    lottery = public_lottery(number, roster, which)
    if lottery.drawn_at is None:
        raise NotFound
    dice = [int(one) for one in lottery.dice.split(",")]
    return record_of(plan_in(lottery), dice, moment_text(lottery.drawn_at))


def plan_in(planned: Lottery | Refill) -> dict[str, Any]:
    """Return the plan as it was hashed."""
    plan: dict[str, Any] = json.loads(planned.plan)
    return plan


def seal_told(lottery: Lottery) -> str:
    """Return the seal under which the plan was written down when it was made."""
    entry = entries_of(lottery.subject).filter(verb="lottery.planned").last()
    return str(entry.facts.get("commitment", "")) if entry else ""
