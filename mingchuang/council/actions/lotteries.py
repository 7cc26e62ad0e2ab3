"""A lottery: asked for, planned, committed to, drawn by dice thrown in public; or void, for ever
visible."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from mingchuang.base.templatetags.words import moment
from mingchuang.council.actions._drawn import seat_drawn
from mingchuang.council.actions._steps import next_number, take_step
from mingchuang.council.actions._voiding import let_go, void
from mingchuang.council.errors.lottery import (
    AlreadyCommitted,
    AlreadyDrawn,
    DueBefore,
    NotCommitted,
    NotIssuedYet,
    NotPlanned,
    PlanChanged,
    TermsRefused,
    TooEarly,
    TooManyMusts,
)
from mingchuang.council.errors.topics import WrongTopicStep
from mingchuang.council.models import Lottery, Roster, Topic
from mingchuang.council.queries.lotteries import (
    lottery_of,
    lottery_to_keep,
    plan_in,
    register_seen,
    registered,
    seal_told,
)
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.asking import Terms, musts_among, pool_of
from mingchuang.council.rules.life import State
from mingchuang.council.rules.lottery.commitment import SEAL, due_of, is_sealed, promised
from mingchuang.council.rules.lottery.dice import drawn
from mingchuang.council.rules.lottery.reports import quota_facts
from mingchuang.council.rules.lottery.terms import faults_of_terms
from mingchuang.council.words.lottery import fault_sentence
from mingchuang.council.words.reasons import ASKED_AGAIN, TERMS_CHANGED
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.people.models import Person

TOO_EARLY: Mapping[str, type[TooEarly]] = {"dice": TooEarly, "issue": NotIssuedYet}


@transaction.atomic
def ask_lottery(number: str, terms: Terms, *, by: Person, at: datetime) -> Lottery:
    """Ask for the fairest lottery of these seats and quotas; it is reckoned beside the pages.

    The same terms asked for twice are one lottery, as long as it is the lottery of who stands on
    the register. Asked anew with other quotas before anybody committed to it, the one before is
    void, and stays to be seen: nobody tries in secret until a lottery pleases them.
    """
    topic = topic_convened_by(by, number, lock=True)
    if topic.state != State.DRAWING:
        raise WrongTopicStep(state=topic.get_state_display())
    _must_be_possible(topic, terms, at=at)
    quotas = [quota_facts(quota) for quota in terms.quotas]
    found = lottery_of(topic)
    is_same = found is not None and _told(found) == (terms.size, terms.share, quotas)
    if found is not None and is_same and _stands(found):
        return found
    let_go(topic, ASKED_AGAIN if is_same else TERMS_CHANGED, by=by, at=at)
    roster = _roster_of(topic, at=at)
    lottery = Lottery.objects.create(
        roster=roster,
        number=next_number(roster.lotteries),
        size=terms.size,
        share=terms.share,
        quotas=quotas,
        at=at,
    )
    told = {"size": terms.size, "share": terms.share, "quotas": lottery.quotas}
    record("lottery.asked", lottery.subject, at=at, digest="", by=by.badge, **told)
    return lottery


def _told(lottery: Lottery) -> tuple[int, int, Any]:
    return lottery.size, lottery.share, lottery.quotas


def _stands(lottery: Lottery) -> bool:
    """Say whether a lottery is still reckoned, or has a plan of who stands on the register now."""
    if lottery.is_waiting or lottery.committed_at or not lottery.plan:
        return lottery.is_waiting
    plan, people = plan_in(lottery), registered(lottery)
    musts = musts_among(people, ())
    are_same = {one.id: musts.get(one.id) for one in people} == {
        name: one["must"] for name, one in plan["people"].items()
    }
    return are_same and is_sealed(plan, seal_told(lottery))


def _must_be_possible(topic: Topic, terms: Terms, *, at: datetime) -> None:
    pool = pool_of(register_seen(topic, at), terms)
    if len(pool.musts) >= terms.size:
        raise TooManyMusts(musts=len(pool.musts), size=terms.size)
    if faults := faults_of_terms(pool.people, pool.size, pool.musts):
        raise TermsRefused(why=fault_sentence("terms", faults[0]))


def _roster_of(topic: Topic, *, at: datetime) -> Roster:
    """Return the roster nobody was drawn for yet, or a new one."""
    if empty := topic.rosters.filter(seats=None).order_by("number").last():
        return empty
    return Roster.objects.create(topic=topic, number=next_number(topic.rosters), at=at)


@transaction.atomic
def keep_plan(
    lottery: Lottery, text: str, impossible: Mapping[str, Any] | None, *, at: datetime
) -> Lottery:
    """Keep the plan of a lottery, or why there is none."""
    found = lottery_to_keep(lottery.pk)
    if found.made_at or found.voided_at:
        return found
    found.plan, found.impossible, found.made_at = text, impossible, at
    found.save(update_fields=["plan", "impossible", "made_at"])
    told: dict[str, Any] = {"possible": impossible is None}
    if text:
        plan = plan_in(found)
        told |= {name: str(plan[name]) for name in ("floor", "bound", "gap", "commitment")}
    record("lottery.planned", found.subject, at=at, digest="", **told)
    return found


@transaction.atomic
def commit_lottery(
    number: str, randomness: str, due_at: datetime, announced: str, *, by: Person, at: datetime
) -> Lottery:
    """Commit to a plan before its randomness exists: the hash of all of it, which dice thrown
    where and when will pick the ticket among it (P12). Nothing is drawn before that moment."""
    if due_at <= at:
        raise DueBefore
    lottery = _live(topic_convened_by(by, number, lock=True))
    if lottery.committed_at:
        raise AlreadyCommitted
    if not lottery.plan:
        raise NotPlanned
    plan = plan_in(lottery)
    if not is_sealed(plan, seal_told(lottery)):
        raise PlanChanged
    plan = promised(plan, randomness, moment_text(due_at), announced)
    lottery.plan = json.dumps(plan, ensure_ascii=False)
    lottery.commitment, lottery.committed_at = plan[SEAL], at
    lottery.randomness, lottery.announced = randomness, announced
    lottery.save()
    told = {name: plan[name] for name in ("commitment", "randomness", "due", "announced")}
    record("lottery.committed", lottery.subject, at=at, digest="", by=by.badge, **told)
    return lottery


@transaction.atomic
def draw_lottery(number: str, dice: Sequence[int], *, by: Person, at: datetime) -> Lottery:
    """Write down the dice that were thrown: they pick the ticket, and who is on it is asked."""
    topic = topic_convened_by(by, number, lock=True)
    lottery = _live(topic)
    if lottery.drawn_at:
        raise AlreadyDrawn
    if lottery.committed_at is None or lottery.committed_at >= at:
        raise NotCommitted
    plan = plan_in(lottery)
    if not is_sealed(plan, lottery.commitment):
        raise PlanChanged
    if moment_text(at) < plan.get("due", ""):
        raise TOO_EARLY[lottery.randomness](due=moment(due_of(plan)))
    draw = drawn(plan, dice)
    lottery.dice, lottery.ticket = ",".join(map(str, dice)), draw["ticket"]
    lottery.drawn_at = at
    lottery.save()
    record("lottery.drawn", lottery.subject, at=at, digest="", by=by.badge, **draw)
    seat_drawn(lottery, draw["people"], at=at)
    take_step(topic, "topic.drawn", at=at, by=by.badge)
    return lottery


@transaction.atomic
def void_lottery(number: str, reason: str, *, by: Person, at: datetime) -> Lottery:
    """Give up a lottery before its dice are thrown; it stays to be seen, with the reason."""
    lottery = _live(topic_convened_by(by, number, lock=True))
    if lottery.drawn_at:
        raise AlreadyDrawn
    return void(lottery, reason, by=by, at=at)


def _live(topic: Topic) -> Lottery:
    lottery = lottery_of(topic)
    if lottery is None:
        raise NotPlanned
    return lottery
