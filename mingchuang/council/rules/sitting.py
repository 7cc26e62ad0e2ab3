"""The life of a sitting (会议): called for a day, opened, closed; or called off. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from mingchuang.council.rules.life import State


class Stage(StrEnum):
    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    OFF = "off"


# Verbs are ledger verbs; each says what it makes of which stage, None being nothing yet.
LIFE: Mapping[str, Mapping[Stage | None, Stage]] = {
    "sitting.convened": {None: Stage.CALLED},
    "sitting.moved": {Stage.CALLED: Stage.CALLED},
    "sitting.began": {Stage.CALLED: Stage.OPEN},
    "sitting.rose": {Stage.OPEN: Stage.CLOSED},
    "sitting.cancelled": {Stage.CALLED: Stage.OFF},
}

# So long before its hour a sitting may be opened, for people to sign in: who was asked to come at
# that hour is there for whatever is voted.
EARLY = timedelta(hours=1)

# In these it is still to come, or going on.
AHEAD = frozenset({Stage.CALLED, Stage.OPEN})
# In these somebody may be written down as present: the paper is entered when it is over.
SIGNING = frozenset({Stage.OPEN, Stage.CLOSED})


# In these people say what they want: before a sitting, at it, and until something is decided.
SPEAKING = frozenset({State.GATHERING, State.DRAWING, State.INVITING, State.SITTING})


class Way(StrEnum):
    """How somebody signed in."""

    LINK = "link"
    PAPER = "paper"


class Stance(StrEnum):
    """For, against, or yes, if."""

    FOR = "for"
    AGAINST = "against"
    IF = "if"


class Method(StrEnum):
    """How a sitting finds out what it wants."""

    HANDS = "hands"
    PAPER = "paper"
    AGREED = "agreed"


class Stay(NamedTuple):
    """When somebody came, when they left for good, and from when until when they were away."""

    came: datetime
    left: datetime | None = None
    aways: Sequence[tuple[datetime, datetime]] = ()


def was_there(stay: Stay, *, voted: datetime, closed: datetime | None) -> bool:
    """Say whether somebody was in the room when it was voted: from the moment they came or came
    back, until just before they left. Whoever is copied from the sheet once it is over had signed
    it before."""
    is_copied = closed is not None and stay.came >= closed
    has_come = stay.came <= voted or is_copied
    is_gone = stay.left is not None and stay.left <= voted
    return has_come and not is_gone and not any(s <= voted < until for s, until in stay.aways)


def is_within(voted: datetime, *, opened: datetime, closed: datetime | None, now: datetime) -> bool:
    """Say whether it can have been voted then: while they sat, and not later than now. A time is
    written down to the minute, and a sitting may have been opened within it."""
    return opened.replace(second=0, microsecond=0) <= voted <= min(closed or now, now)


def may_open(now: datetime, *, hour: datetime) -> bool:
    """Say whether people can be let in: within EARLY of the hour they were called for."""
    return now >= hour - EARLY


def may_step(stage: Stage, verb: str) -> bool:
    """Say whether this can happen to a sitting that stands so."""
    return stage in LIFE[verb]


def stage_told(verbs: Iterable[str]) -> Stage | None:
    """Return the stage once all this happened in this order; None of what cannot have been. A
    verb that is no step of its life says nothing."""
    stage: Stage | None = None
    for verb in verbs:
        if verb not in LIFE:
            continue
        if (stage := LIFE[verb].get(stage)) is None:
            return None
    return stage
