"""The life of minutes (议事记录): a draft, then read by those who were there, then frozen. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Stage(StrEnum):
    DRAFT = "draft"
    OUT = "out"
    FROZEN = "frozen"


LIFE: Mapping[str, Mapping[Stage | None, Stage]] = {
    "minutes.added": {None: Stage.DRAFT},
    "minutes.sent": {Stage.DRAFT: Stage.OUT},
    "minutes.frozen": {Stage.OUT: Stage.FROZEN},
}

# Three days are what people get to read them; two is a weekend nobody noticed.
WINDOW = timedelta(days=3)
LONGEST_WINDOW = timedelta(days=30)


class Reading(StrEnum):
    """What somebody who was there said of the minutes."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


def may_step(stage: Stage, verb: str) -> bool:
    """Say whether this can happen to minutes that stand so."""
    return stage in LIFE[verb]


def is_window_open(stage: Stage, *, until: datetime | None, now: datetime) -> bool:
    """Say whether those who were there may still confirm or correct."""
    return stage == Stage.OUT and until is not None and now < until


def may_freeze(stage: Stage, *, until: datetime | None, unanswered: int, now: datetime) -> bool:
    """Say whether nothing need change any more: the window is over and each correction answered."""
    return stage == Stage.OUT and until is not None and now >= until and not unanswered


def stage_told(verbs: Iterable[str]) -> Stage | None:
    """Return the stage once all this happened in this order; None of what cannot have been. A
    verb that is no step of their life says nothing."""
    stage: Stage | None = None
    for verb in verbs:
        if verb not in LIFE:
            continue
        if (stage := LIFE[verb].get(stage)) is None:
            return None
    return stage
