"""What is still to do until a topic can be closed, and why one was whose owners never voted."""

from collections.abc import Iterator, Sequence
from datetime import date

from mingchuang.base.errors import Refused
from mingchuang.base.templatetags.words import day
from mingchuang.council.errors.decisions import NoticeStillRuns, NotPublishedYet
from mingchuang.council.errors.topics import (
    BallotStillRuns,
    BallotWanted,
    ChecksWait,
    MinutesWait,
    ObjectionsWait,
)
from mingchuang.council.models import Decision, Topic
from mingchuang.council.queries.decisions import checks_left, objections_left
from mingchuang.council.queries.kept import last_entry
from mingchuang.council.rules.binding import Force
from mingchuang.council.rules.life import State
from mingchuang.council.rules.minutes import Stage
from mingchuang.council.rules.notice import is_running
from mingchuang.council.rules.polling import COUNTING, BallotState


def left_to_do(decision: Decision, today: date) -> Iterator[Refused]:
    """Yield, as the sentences that closing is refused with, what is left of a topic: its notice,
    the minutes of each sitting, whether it decided something or not, votes, where the owners have
    to vote one that was published, checks, objections."""
    if decision.until is None:
        yield NotPublishedYet()
    elif is_running(decision.until, today):
        yield NoticeStillRuns(until=day(decision.until))
    unread = decision.topic.sittings.held().exclude(minutes__stage=Stage.FROZEN)
    for number in unread.order_by("number").values_list("number", flat=True):
        yield MinutesWait(number=number)
    ballots = set(decision.topic.ballots.values_list("state", flat=True))
    if ballots & COUNTING:
        yield BallotStillRuns()
    elif decision.force == Force.PROPOSAL and BallotState.PUBLISHED not in ballots:
        yield BallotWanted()
    if many := checks_left(decision):
        yield ChecksWait(many=many)
    if many := objections_left(decision):
        yield ObjectionsWait(many=many)


def waits_for_a_ballot_alone(left: Sequence[Refused]) -> bool:
    """Say whether nothing is left to do but to let the owners vote."""
    return [type(one) for one in left] == [BallotWanted]


def why_unvoted(topic: Topic) -> str:
    """Return why a topic was closed though its owners never voted; nothing of any other."""
    if topic.state != State.CLOSED or not topic.needs_ballot:
        return ""
    closed = last_entry(topic.subject, "topic.closed")
    return str(closed.facts.get("reason", "")) if closed else ""
