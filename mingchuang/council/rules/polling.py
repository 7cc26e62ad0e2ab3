"""How an owners' ballot runs: called, voted in, closed, published; or called off. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class BallotState(StrEnum):
    CALLED = "called"
    CLOSED = "closed"
    PUBLISHED = "published"
    REVOKED = "revoked"


class Way(StrEnum):
    """How a vote came in: by one's own link, or on paper, entered by staff."""

    LINK = "link"
    PAPER = "paper"


# Verbs are ledger verbs; each says what it makes of which state, None being nothing yet.
LIFE: Mapping[str, Mapping[BallotState | None, BallotState]] = {
    "ballot.opened": {None: BallotState.CALLED},
    "ballot.closed": {BallotState.CALLED: BallotState.CLOSED},
    "ballot.published": {BallotState.CLOSED: BallotState.PUBLISHED},
    "ballot.revoked": {
        BallotState.CALLED: BallotState.REVOKED,
        BallotState.CLOSED: BallotState.REVOKED,
    },
}
# The law names no span for a ballot itself; a week is the least that people get to read a notice.
SHORTEST_DAYS = 7
# While a ballot is in one of these, nobody's flats change: what is counted is what was called.
COUNTING = frozenset({BallotState.CALLED, BallotState.CLOSED})


def may_step(state: BallotState, verb: str) -> bool:
    """Say whether this can happen to a ballot that stands so."""
    return state in LIFE[verb]


def lasts_long_enough(opens_at: datetime, closes_at: datetime) -> bool:
    """Say whether owners get the time they need."""
    return closes_at - opens_at >= timedelta(days=SHORTEST_DAYS)


def takes_votes(state: BallotState, opens_at: datetime, closes_at: datetime, at: datetime) -> bool:
    """Say whether a vote by link counts now: from its beginning until just before its end."""
    return state == BallotState.CALLED and opens_at <= at < closes_at


def takes_papers(state: BallotState, opens_at: datetime, at: datetime) -> bool:
    """Say whether staff may still enter a paper: what was handed in before the end is a vote,
    however long entering takes; until the votes are counted."""
    return state == BallotState.CALLED and opens_at <= at


def may_close(closes_at: datetime, at: datetime, *, out: int) -> bool:
    """Say whether it may be counted: once it is over, or nobody is left who could still vote."""
    return at >= closes_at or not out
