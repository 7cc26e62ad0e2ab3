"""What the ledger tells of topics, of who stands on a register, and of their seats and tries."""

from collections.abc import Collection, Iterable
from typing import Any

from mingchuang.council.models import Invitation, Lottery, Refill, Roster, Seat, Stakeholder, Topic
from mingchuang.council.queries.told.line import Facts, Key, Line, by_badge
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.inviting import Channel
from mingchuang.council.rules.life import LIFE
from mingchuang.council.rules.register import SeatState
from mingchuang.ledger.rules.canonical import moment_text

REGISTERED = ("stakeholder.added", "stakeholder.changed")


def topics_in(topics: Collection[int]) -> Iterable[Topic]:
    return Topic.objects.filter(pk__in=topics).select_related("follows").prefetch_related("options")


def topic_subjects(topics: Collection[int]) -> Iterable[str]:
    return (topic.subject for topic in topics_in(topics))


def stakeholders_in(topics: Collection[int]) -> Iterable[Stakeholder]:
    found = Stakeholder.objects.filter(topic__in=topics)
    return found.select_related("topic", "paper", "added_by", "taken_out_by")


def stakeholder_subjects(topics: Collection[int]) -> Iterable[str]:
    return (who.subject for who in stakeholders_in(topics))


def rosters_in(topics: Collection[int]) -> Iterable[Roster]:
    return Roster.objects.filter(topic__in=topics).select_related("topic")


def seats_in(topics: Collection[int]) -> Iterable[Seat]:
    found = Seat.objects.filter(roster__topic__in=topics)
    return found.select_related("roster__topic", "stakeholder")


def _tries_in(topics: Collection[int]) -> Iterable[Invitation]:
    found = Invitation.objects.filter(roster__topic__in=topics)
    return found.select_related("roster__topic", "stakeholder__topic", "picture", "by")


def _tries(topics: Collection[int]) -> Iterable[Invitation]:
    return (one for one in _tries_in(topics) if one.channel != Channel.NOTICE)


def _notices(topics: Collection[int]) -> Iterable[Invitation]:
    return (one for one in _tries_in(topics) if one.channel == Channel.NOTICE)


def lotteries_in(topics: Collection[int]) -> Iterable[Lottery]:
    found = Lottery.objects.filter(roster__topic__in=topics)
    return found.select_related("roster__topic").defer("plan")


def lottery_subjects(topics: Collection[int]) -> Iterable[str]:
    return (lottery.subject for lottery in lotteries_in(topics))


def _refills_in(topics: Collection[int]) -> Iterable[Refill]:
    found = Refill.objects.filter(lottery__roster__topic__in=topics)
    return found.select_related("lottery__roster__topic")


def _subject(row: Any) -> Key:
    return (row.subject,)


def _camp(who: Stakeholder) -> Facts | None:
    """Since when a camp is known; of who declared none nothing is told."""
    return {"at": moment_text(who.camp_at)} if who.camp_at else None


def _stands(who: Stakeholder) -> Facts:
    """Whether somebody stands on the register, or was struck out, when and by whom."""
    if who.taken_out_at is None:
        return {"state": "standing"}
    told = {"state": "taken_out", "at": moment_text(who.taken_out_at)}
    return {**told, **by_badge(who.taken_out_by)}


def _apart(who: Stakeholder) -> Facts | None:
    """Whether somebody was told apart from who looks like them, and since when; or no more."""
    if who.apart_at is not None:
        return {"state": "apart", "at": moment_text(who.apart_at)}
    return {"state": "alike"} if who.alike_because else None


def _seat(seat: Seat) -> Facts | None:
    if seat.state == SeatState.DRAWN or seat.answered_at is None:
        return None
    return {"state": seat.state, "at": moment_text(seat.answered_at)}


def _try(one: Invitation) -> Facts:
    photo = {"photo": one.picture.fingerprint} if one.picture else {}
    told = {"outcome": one.outcome, "tried_at": moment_text(one.when)}
    return {**told, **photo, **by_badge(one.by)}


def _drawn(lottery: Lottery) -> Facts | None:
    if lottery.drawn_at is None:
        return None
    dice = [int(one) for one in lottery.dice.split(",")]
    told = {"dice": dice, "ticket": lottery.ticket, "commitment": lottery.commitment}
    return {**told, "at": moment_text(lottery.drawn_at)}


def _promised(lottery: Lottery) -> Facts | None:
    if lottery.committed_at is None:
        return None
    told = {"commitment": lottery.commitment, "at": moment_text(lottery.committed_at)}
    return {**told, "randomness": lottery.randomness, "announced": lottery.announced}


LINES = (
    Line(LIFE, topic_subjects, topics_in, _subject, lambda topic: {"state": topic.state}),
    Line(("topic.proposed", "topic.changed"), topic_subjects, topics_in, _subject,
        lambda topic: {"legal": topic.legal, "text": fingerprint(topic.wording)}),
    Line(("topic.proposed",), topic_subjects, topics_in, _subject,
        lambda topic: {"follows": topic.follows.number} if topic.follows else {}),
    Line(REGISTERED, stakeholder_subjects, stakeholders_in, _subject,
        lambda who: {"affected": who.affected}),
    Line(("stakeholder.added",), stakeholder_subjects, stakeholders_in, _subject,
        lambda who: {"at": moment_text(who.at), **by_badge(who.added_by)}),
    Line(("stakeholder.added", "stakeholder.taken_out", "stakeholder.put_back"),
        stakeholder_subjects, stakeholders_in, _subject, _stands),
    Line(("stakeholder.found_apart", "stakeholder.found_alike"), stakeholder_subjects,
        stakeholders_in, _subject, _apart),
    Line((*REGISTERED, "stakeholder.declared", "stakeholder.corrected"), stakeholder_subjects,
        stakeholders_in, _subject, lambda who: {"witness": who.witness} if who.salt else {}),
    Line(("stakeholder.declared",), stakeholder_subjects, stakeholders_in, _subject, _camp),
    Line(("stakeholder.withdrawn",), stakeholder_subjects, stakeholders_in, _subject,
        lambda who: {"at": moment_text(who.withdrawn_at)} if who.withdrawn_at else None),
    Line(("seat.taken", "seat.given_up", "seat.lost"),
        lambda topics: (seat.subject for seat in seats_in(topics)), seats_in, _subject, _seat),
    Line(("stakeholder.invited",), stakeholder_subjects, _tries,
        lambda one: (one.stakeholder.subject, one.channel, moment_text(one.at)), _try,
        ("channel", "at")),
    Line(("roster.notice_posted",),
        lambda topics: (roster.subject for roster in rosters_in(topics)), _notices,
        lambda one: (one.roster.subject, moment_text(one.at)), _try, ("at",)),
    Line(("lottery.committed",), lottery_subjects, lotteries_in, _subject, _promised),
    Line(("lottery.drawn",), lottery_subjects, lotteries_in, _subject, _drawn),
    Line(("lottery.voided",), lottery_subjects, lotteries_in, _subject,
        lambda one: {"reason": one.voided_because} if one.voided_at else None),
    Line(("lottery.refilled",), lottery_subjects, _refills_in,
        lambda one: (one.lottery.subject, one.round),
        lambda one: {"ticket": one.ticket, "at": moment_text(one.made_at)} if one.plan else
        {"possible": False} if one.made_at else None, ("round",)),
)  # fmt: skip
