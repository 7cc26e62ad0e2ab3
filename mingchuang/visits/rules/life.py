"""The life of a visit: one noun, booked or walking in, one table of steps. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    BOOKED = "booked"
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    SKIPPED = "skipped"
    FINISHED = "finished"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Step(NamedTuple):
    """From which states a verb may lead, and where to."""

    start: frozenset[State]
    end: State


def _from(*states: State, to: State) -> Step:
    return Step(frozenset(states), to)


# Verbs are ledger verbs. A booked visit that checks in is a number like any other.
LIFE: Mapping[str, Step] = {
    "visit.booked": _from(to=State.BOOKED),
    "visit.issued": _from(to=State.WAITING),
    "visit.moved": _from(State.BOOKED, to=State.BOOKED),
    "visit.checked_in": _from(State.BOOKED, to=State.WAITING),
    "visit.arrived": _from(State.WAITING, to=State.WAITING),
    "visit.channel_changed": _from(State.WAITING, to=State.WAITING),
    "visit.called": _from(State.WAITING, to=State.CALLED),
    "visit.recalled": _from(State.CALLED, to=State.CALLED),
    "visit.skipped": _from(State.CALLED, to=State.SKIPPED),
    "visit.came_back": _from(State.SKIPPED, to=State.WAITING),
    "visit.started": _from(State.CALLED, to=State.SERVING),
    "visit.parked": _from(State.SERVING, to=State.PARKED),
    "visit.taken_up": _from(State.PARKED, to=State.SERVING),
    "visit.passed_on": _from(State.CALLED, State.SERVING, State.PARKED, to=State.WAITING),
    "visit.finished": _from(State.SERVING, to=State.FINISHED),
    "visit.missed": _from(State.BOOKED, State.WAITING, State.SKIPPED, to=State.MISSED),
    "visit.cancelled": _from(State.BOOKED, State.WAITING, State.SKIPPED, to=State.CANCELLED),
}
BEGIN = frozenset({"visit.booked", "visit.issued"})

# In these a person is in the hall.
PRESENT = frozenset(
    {State.WAITING, State.CALLED, State.SERVING, State.PARKED, State.SKIPPED},
)
# In these a window has the visit, and no other window may have it (promise P8).
AT_WINDOW = frozenset({State.CALLED, State.SERVING})
ENDED = frozenset({State.FINISHED, State.MISSED, State.CANCELLED})


# What the night does to a visit its day has left open: nobody waits for it any more.
LEFT_OPEN: Mapping[State, tuple[str, ...]] = {
    State.BOOKED: ("visit.missed",),
    State.WAITING: ("visit.missed",),
    State.SKIPPED: ("visit.missed",),
    State.CALLED: ("visit.skipped", "visit.missed"),
    State.SERVING: ("visit.finished",),
    State.PARKED: ("visit.taken_up", "visit.finished"),
}


def may_step(state: State, verb: str) -> bool:
    """Say whether this can happen to a visit that stands so."""
    return state in LIFE[verb].start


def state_told(verbs: Iterable[str]) -> State | None:
    """Return the state a visit is in once all this happened in this order; none of nothing, and
    of what cannot have happened so. A verb that is no step of its life says nothing."""
    state: State | None = None
    for verb in verbs:
        if (step := LIFE.get(verb)) is None:
            continue
        if (state is None and verb not in BEGIN) or (state is not None and state not in step.start):
            return None
        state = step.end
    return state
