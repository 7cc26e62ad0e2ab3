"""The public notice period of a decision (公示), and what is said against it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

# A week is what local rules give people to read it (四议两公开: seven days at the least).
SHORTEST, LONGEST = 7, 60


class Stage(StrEnum):
    """How an objection stands."""

    RECEIVED = "received"
    REVIEWED = "reviewed"
    UPHELD = "upheld"
    ANSWERED = "answered"


# An objection is answered at once, or reviewed; upheld, it has led to an additional measure.
LIFE: Mapping[str, Mapping[Stage | None, Stage]] = {
    "objection.received": {None: Stage.RECEIVED},
    "objection.reviewed": {Stage.RECEIVED: Stage.REVIEWED},
    "objection.answered": {Stage.RECEIVED: Stage.ANSWERED, Stage.REVIEWED: Stage.ANSWERED},
    "objection.upheld": {Stage.REVIEWED: Stage.UPHELD},
}
WAITING = frozenset({Stage.RECEIVED, Stage.REVIEWED})


def may_step(stage: Stage, verb: str) -> bool:
    """Say whether this can happen to an objection that stands so."""
    return stage in LIFE[verb]


def stage_told(verbs: Iterable[str]) -> Stage | None:
    """Return the stage once all this happened in this order; None of what cannot have been."""
    stage: Stage | None = None
    for verb in verbs:
        if (stage := LIFE[verb].get(stage)) is None:
            return None
    return stage


def last_day(published: date, days: int) -> date:
    """Return the last day of the notice; the day it was posted is not counted (Civil Code 201)."""
    return published + timedelta(days=days)


def is_running(until: date | None, today: date) -> bool:
    """Say whether the notice still hangs; its last day is one of it."""
    return until is not None and today <= until


def is_late(until: date, said: date) -> bool:
    """Say whether somebody objected after the notice: they are heard all the same."""
    return said > until
