"""The life of a case: which step may follow which. The one table that everything else obeys."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    RECEIVED = "received"
    NEEDS_INFO = "needs_info"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    RETURNED = "returned"
    HANDLING = "handling"
    PAUSED = "paused"
    REPLIED = "replied"
    ARCHIVED = "archived"
    DECLINED = "declined"
    REFERRED = "referred"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


OPEN = frozenset(
    {
        State.RECEIVED,
        State.NEEDS_INFO,
        State.ACCEPTED,
        State.DISPATCHED,
        State.RETURNED,
        State.HANDLING,
        State.PAUSED,
        State.REPLIED,
    }
)
# A promise to answer is running and not yet kept.
RUNNING = OPEN - {State.PAUSED, State.REPLIED}
# Who asked is still waiting for the answer: only here others may join, for it will reach them too.
WAITING = RUNNING | {State.PAUSED}
# Nothing more is owed. A merged case ends with its master.
ENDED = frozenset({State.ARCHIVED, State.DECLINED, State.REFERRED, State.WITHDRAWN})
# The answer stands on the receipt page.
ANSWERED = frozenset({State.REPLIED, State.ARCHIVED})


class Step(NamedTuple):
    """From which states a verb may lead, and where to."""

    start: frozenset[State]
    end: State


def _from(*states: State, to: State) -> Step:
    return Step(frozenset(states), to)


# Verbs are ledger verbs. Where `case.unmerged` leads stands in its fact `state`.
LIFE: Mapping[str, Step] = {
    "case.accepted": _from(State.RECEIVED, State.NEEDS_INFO, to=State.ACCEPTED),
    "case.asked": _from(State.RECEIVED, to=State.NEEDS_INFO),
    "case.supplied": _from(State.NEEDS_INFO, to=State.RECEIVED),
    "case.answered_at_once": _from(State.RECEIVED, State.NEEDS_INFO, to=State.REPLIED),
    "case.declined": _from(State.RECEIVED, State.NEEDS_INFO, to=State.DECLINED),
    "case.contested": _from(State.DECLINED, State.REFERRED, to=State.RECEIVED),
    "case.referred": _from(State.RECEIVED, State.NEEDS_INFO, to=State.REFERRED),
    "case.dispatched": _from(State.ACCEPTED, to=State.DISPATCHED),
    "case.acknowledged": _from(State.DISPATCHED, to=State.HANDLING),
    "case.returned": _from(State.DISPATCHED, to=State.RETURNED),
    "case.redispatched": _from(State.RETURNED, State.DISPATCHED, to=State.DISPATCHED),
    "case.paused": _from(State.HANDLING, to=State.PAUSED),
    "case.resumed": _from(State.PAUSED, to=State.HANDLING),
    "case.replied": _from(State.HANDLING, to=State.REPLIED),
    "case.reopened": _from(State.REPLIED, to=State.HANDLING),
    "case.reaccepted": _from(State.REPLIED, to=State.ACCEPTED),
    "case.archived": _from(State.REPLIED, to=State.ARCHIVED),
    "case.merged": Step(OPEN, State.MERGED),
    "case.withdrawn": Step(OPEN, State.WITHDRAWN),
}
UNMERGED = "case.unmerged"
RECEIVED = "submission.received"


def may_step(old: State, verb: str) -> bool:
    """Say whether `verb` may happen to a case in state `old`."""
    return old in LIFE[verb].start


def takes_others(state: str, *, answers: int, confidential: bool) -> bool:
    """Say whether others may be joined to a case: an answer is to come that will reach them, and
    none was written in confidence before they came."""
    return state in WAITING and not (answers and confidential)


def steps_from(state: State) -> frozenset[str]:
    """Return the verbs that may come next."""
    return frozenset(verb for verb, step in LIFE.items() if state in step.start)


def state_told(entries: Iterable[tuple[str, Mapping[str, object]]]) -> State | None:
    """Return the state that a case's entries (verb, facts), in order, add up to.

    Entries that move nothing are passed over. `None` means: these entries tell of a step
    that the table forbids, or of no case at all.
    """
    state: State | None = None
    for verb, facts in entries:
        if verb == RECEIVED:
            state = state or State.RECEIVED
        elif verb == UNMERGED:
            state = State(str(facts["state"])) if state == State.MERGED else None
        elif verb in LIFE:
            state = LIFE[verb].end if state and may_step(state, verb) else None
        else:
            continue
        if state is None:
            return None
    return state
