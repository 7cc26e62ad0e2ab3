"""What is still to do until a topic can be closed."""

from collections.abc import Iterator
from datetime import date

from mingchuang.base.errors import Refused
from mingchuang.council.errors.decisions import NoticeStillRuns, NotPublishedYet
from mingchuang.council.errors.topics import (
    BallotStillRuns,
    BallotWanted,
    ChecksWait,
    MinutesWait,
    ObjectionsWait,
)
from mingchuang.council.models import Decision
from mingchuang.council.queries.decisions import checks_left, objections_left
from mingchuang.council.rules.binding import Force
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
        yield NoticeStillRuns(until=decision.until.isoformat())
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
