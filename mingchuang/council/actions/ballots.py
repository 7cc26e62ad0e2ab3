"""Owners' ballots: called, closed and counted, published; or called off."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.once import sent_twice_taken_once
from mingchuang.council.actions._steps import next_number
from mingchuang.council.actions._twice import key_said, made_with
from mingchuang.council.errors.owners import (
    ClosesTooSoon,
    NoFlats,
    NotAnOwnersMatter,
    NotPublicYet,
    OpensTooEarly,
    StillVoting,
    WrongBallotStep,
)
from mingchuang.council.errors.topics import WrongTopicStep
from mingchuang.council.models import Flat, OwnersBallot, Paper, Topic
from mingchuang.council.queries.ballots import ballot_run_by, progress_of, result_of
from mingchuang.council.queries.topics import topic_convened_by
from mingchuang.council.rules.polling import (
    LIFE,
    SHORTEST_DAYS,
    BallotState,
    lasts_long_enough,
    may_close,
    may_step,
)
from mingchuang.council.words.ballots import BALLOT_STATES
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import new_salt
from mingchuang.ledger.rules.canonical import JSON, salted_digest
from mingchuang.people.models import Person


class Called(NamedTuple):
    """What the owners are asked, under which matter of the law, from when to when."""

    question: str
    matter: str
    opens_at: datetime
    closes_at: datetime


@sent_twice_taken_once
@transaction.atomic
def call_ballot(number: str, said: Called, *, key: str, by: Person, at: datetime) -> OwnersBallot:
    """Ask all owners of the register; each head gets one paper for all its flats.

    Called twice with one key, it is one ballot.
    """
    topic = topic_convened_by(by, number, lock=True)
    key = key_said(key, topic.number, said)
    if earlier := made_with(OwnersBallot, key):
        return earlier
    _must_be_for_owners(topic)
    _must_leave_time(said, at)
    ballot = OwnersBallot.objects.create(
        topic=topic,
        number=next_number(topic.ballots),
        key=key,
        state=BallotState.CALLED,
        at=at,
        **said._asdict(),
    )
    told: dict[str, JSON] = {"matter": said.matter, **_lay_out(ballot)}
    told |= {"since": said.opens_at.isoformat(), "until": said.closes_at.isoformat()}
    record("ballot.opened", ballot.subject, at=at, digest="", **told, by=by.badge)
    return ballot


def _must_be_for_owners(topic: Topic) -> None:
    if topic.legal != "ballot":
        raise NotAnOwnersMatter
    if not topic.is_open:
        raise WrongTopicStep(state=topic.get_state_display())
    if topic.opened_at is None:
        raise NotPublicYet
    if not topic.flats.counted().exists():
        raise NoFlats


def _must_leave_time(said: Called, at: datetime) -> None:
    if localdate(said.opens_at) < localdate(at):
        raise OpensTooEarly
    if not lasts_long_enough(said.opens_at, said.closes_at):
        raise ClosesTooSoon(days=SHORTEST_DAYS)


def _lay_out(ballot: OwnersBallot) -> dict[str, JSON]:
    """Make one paper for each head, with what it counts; return how many and how much."""
    held: dict[int, list[Flat]] = defaultdict(list)
    for flat in ballot.topic.flats.counted().order_by("owner", "number").defer("label"):
        held[flat.owner_id].append(flat)
    papers = Paper.objects.bulk_create(
        Paper(ballot=ballot, owner_id=one, flats=len(some), area=sum(flat.area for flat in some))
        for one, some in held.items()
    )
    part = Paper.parts.through
    part.objects.bulk_create(
        part(paper_id=paper.pk, flat_id=flat.pk)
        for paper in papers
        for flat in held[paper.owner_id]
    )
    return {"heads": len(papers), "hundredths": sum(paper.area for paper in papers)}


@transaction.atomic
def close_ballot(number: str, n: int, *, by: Person, at: datetime) -> OwnersBallot:
    """Count the votes: once the time is over, or everybody has voted. What was counted is bound
    by a salted digest, and told with its salt when it is published."""
    ballot = ballot_run_by(by, number, n)
    _must_step(ballot, "ballot.closed")
    progress = progress_of(ballot)
    if not may_close(ballot.closes_at, at, out=progress.out):
        raise StillVoting(out=progress.out)
    counts = result_of(progress)
    salt = new_salt()
    ballot.result, ballot.closed_at = {**counts, "salt": salt.hex()}, at
    told: dict[str, JSON] = {"witness": salted_digest(salt, counts)}
    told["took_part"] = counts["took_part"]
    return _stepped(ballot, "ballot.closed", at=at, by=by, **told)


@transaction.atomic
def publish_ballot(number: str, n: int, *, by: Person, at: datetime) -> OwnersBallot:
    """Let everybody read what was decided."""
    ballot = ballot_run_by(by, number, n)
    ballot.published_at = at
    return _stepped(ballot, "ballot.published", at=at, by=by, **ballot.result)


@transaction.atomic
def revoke_ballot(number: str, n: int, reason: str, *, by: Person, at: datetime) -> OwnersBallot:
    """Call a ballot off; what was voted counts for nothing, and why is told to everybody. What
    was counted already is told too: nobody calls off in silence what they do not like."""
    ballot = ballot_run_by(by, number, n)
    ballot.revoked_at, ballot.revoked_because = at, reason
    return _stepped(ballot, "ballot.revoked", at=at, by=by, **ballot.result)


@transaction.atomic
def print_papers(number: str, n: int, *, by: Person, at: datetime) -> OwnersBallot:
    """Print the papers with the links on them: whoever holds one may vote, so that it is told."""
    ballot = ballot_run_by(by, number, n)
    _must_be(ballot, BallotState.CALLED)
    record("ballot.printed", ballot.subject, at=at, digest="", by=by.badge)
    return ballot


def _must_be(ballot: OwnersBallot, state: BallotState) -> None:
    if ballot.state != state:
        raise WrongBallotStep(state=dict(BALLOT_STATES)[BallotState(ballot.state)])


def _must_step(ballot: OwnersBallot, verb: str) -> None:
    state = BallotState(ballot.state)
    if not may_step(state, verb):
        raise WrongBallotStep(state=dict(BALLOT_STATES)[state])


def _stepped(
    ballot: OwnersBallot, verb: str, *, at: datetime, by: Person, **told: JSON
) -> OwnersBallot:
    _must_step(ballot, verb)
    ballot.state = LIFE[verb][BallotState(ballot.state)]
    ballot.save()
    record(verb, ballot.subject, at=at, digest="", **told, by=by.badge)
    return ballot
