"""What is still to do until a topic can be closed, and why one was with something undone."""

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
    PromiseBroken,
)
from mingchuang.council.models import Decision, Topic
from mingchuang.council.queries.decisions import objections_left, standings_on
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
    yield from _promises_left(decision.topic)
    if many := objections_left(decision):
        yield ObjectionsWait(many=many)


def _promises_left(topic: Topic) -> Iterator[Refused]:
    standings = standings_on(topic)
    if many := sum(one.due for one in standings):
        yield ChecksWait(many=many)
    yield from (PromiseBroken(number=one.number) for one in standings if one.is_given_up)


# What may never be done, whoever convenes it: a topic is then closed with a reason.
MAY_STAY_UNDONE = (BallotWanted, PromiseBroken)


def first_to_do(left: Sequence[Refused]) -> Refused | None:
    """Return the first that has to be done, whatever reason is given."""
    return next((one for one in left if not isinstance(one, MAY_STAY_UNDONE)), None)


def was_unvoted(topic: Topic) -> bool:
    """Say whether a topic was closed though its owners never voted."""
    published = topic.ballots.filter(state=BallotState.PUBLISHED)
    return topic.needs_ballot and not published.exists()


def why_undone(topic: Topic) -> str:
    """Return why a topic was closed though its owners never voted, or a promise was never kept;
    nothing of any other."""
    if topic.state != State.CLOSED:
        return ""
    closed = last_entry(topic.subject, "topic.closed")
    return str(closed.facts.get("reason", "")) if closed else ""
