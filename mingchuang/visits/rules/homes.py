"""The life of a home visit (上门服务): asked for, arranged for two to go, done. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    ASKED = "asked"
    ARRANGED = "arranged"
    DONE = "done"
    OFF = "off"


# Verbs are ledger verbs. What is arranged may be arranged anew.
LIFE: Mapping[str, Mapping[State | None, State]] = {
    "home.asked_for": {None: State.ASKED},
    "home.arranged": {State.ASKED: State.ARRANGED, State.ARRANGED: State.ARRANGED},
    "home.finished": {State.ARRANGED: State.DONE},
    "home.cancelled": {State.ASKED: State.OFF, State.ARRANGED: State.OFF},
}
OPEN = frozenset({State.ASKED, State.ARRANGED})
ENDED = frozenset(State) - OPEN
# In these it is known who goes, and when.
AGREED = frozenset({State.ARRANGED, State.DONE})

# Within so many working days it is agreed on; whoever waits at home is not kept there all day.
# Both are our own numbers.
AGREED_WITHIN = 3
LONGEST = timedelta(hours=3)


class Wanted(NamedTuple):
    """Where somebody is to be visited, and what for."""

    category: str
    name: str
    phone: str
    address: str


class Window(NamedTuple):
    """Between when and when the two will ring the bell."""

    day: date
    since: time
    until: time

    @property
    def length(self) -> timedelta:
        return datetime.combine(self.day, self.until) - datetime.combine(self.day, self.since)

    def is_possible(self, today: date) -> bool:
        """Say whether it is to come, begins before it ends, and is no whole day."""
        return self.day >= today and timedelta() < self.length <= LONGEST


def may_step(state: State, verb: str) -> bool:
    """Say whether this can happen to a home visit that stands so."""
    return state in LIFE[verb]


def are_two(first: int, second: int) -> bool:
    """Say whether two different people go: nobody stands at somebody's bed alone."""
    return first != second
