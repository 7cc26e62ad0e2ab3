"""What becomes of a bad rating: which step may follow which, and who may say what of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple


class State(StrEnum):
    WAITING = "waiting"
    FOUND = "found"
    CONTESTED = "contested"
    RECTIFYING = "rectifying"
    CLOSED = "closed"


class Finding(StrEnum):
    """What came out when it was verified."""

    SUBSTANTIATED = "true"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    MISTAKEN = "mistaken"
    MALICIOUS = "malicious"


class Deed(StrEnum):
    """What is done about a bad rating, by verbs of the ledger."""

    CALL = "phoned"
    FIND = "verified"
    AGREE = "agreed"
    CONTEST = "appealed"
    DECIDE = "settled"
    HAND_OVER = "entrusted"
    CLOSE = "concluded"


class Step(NamedTuple):
    start: frozenset[State]
    end: State | None


def _from(*states: State, to: State | None) -> Step:
    return Step(frozenset(states), to)


# Where no end stands, the state stays: a try to call, an agreement.
LIFE: Mapping[Deed, Step] = {
    Deed.CALL: _from(State.WAITING, to=None),
    Deed.FIND: _from(State.WAITING, to=State.FOUND),
    Deed.AGREE: _from(State.FOUND, to=None),
    Deed.CONTEST: _from(State.FOUND, to=State.CONTESTED),
    Deed.DECIDE: _from(State.CONTESTED, to=State.FOUND),
    Deed.HAND_OVER: _from(State.FOUND, to=State.RECTIFYING),
    Deed.CLOSE: _from(State.FOUND, State.RECTIFYING, to=State.CLOSED),
}
# What is to be put right; everything else ends with a word to who rated.
TO_RECTIFY = frozenset({Finding.SUBSTANTIATED, Finding.PARTLY})
# What does not count in a rate, for all to see: each with its reason.
EXCLUDED = frozenset({Finding.MISTAKEN, Finding.MALICIOUS})
# What the rated office may argue for; that somebody meant harm is never found by one person alone.
UPHELD = (Finding.UNFOUNDED, Finding.MISTAKEN, Finding.MALICIOUS)
FIRST_FOUND = (Finding.SUBSTANTIATED, Finding.PARTLY, Finding.UNFOUNDED, Finding.MISTAKEN)
# So long the rated office may object to a finding. Our own choice.
TO_CONTEST = timedelta(days=5)
# So long an office has for its next step once nothing keeps it: our own choice, too.
TO_GO_ON = timedelta(days=3)
TO_DECIDE = timedelta(days=5)
# By when the next step is due after each deed; what is put right has the clock of its case.
DUE_AFTER: Mapping[Deed, timedelta | None] = {
    Deed.CALL: TO_GO_ON,
    Deed.FIND: TO_CONTEST + TO_GO_ON,
    Deed.AGREE: TO_GO_ON,
    Deed.CONTEST: TO_DECIDE,
    Deed.DECIDE: TO_GO_ON,
    Deed.HAND_OVER: None,
    Deed.CLOSE: None,
}
# A day after it was due, it is handed over to whoever supervises.
SUPERVISED_AFTER = timedelta(days=1)


class Watch(IntEnum):
    """How often a bad rating that nobody gets on with was called to mind."""

    CALM = 0
    REMINDED = 1
    SUPERVISED = 2


def may_step(state: State, deed: Deed) -> bool:
    """Say whether the deed may be done to a bad rating that stands so."""
    return state in LIFE[deed].start


def after(state: State, deed: Deed) -> State:
    """Return how it stands after the deed."""
    return LIFE[deed].end or state


def due_after(deed: Deed, at: datetime) -> datetime | None:
    """Return by when somebody has to get on with it after this deed; None where its case tells."""
    span = DUE_AFTER[deed]
    return None if span is None else at + span


def findings_open(*, was_heard: bool) -> tuple[Finding, ...]:
    """Return what may be found: that it was a slip of the hand only who rated can say, when they
    are called or on the page of their rating."""
    return FIRST_FOUND if was_heard else FIRST_FOUND[:-1]


def was_heard(found_at: datetime, at: datetime, *, agreed: bool, decided: bool) -> bool:
    """Say whether the rated office had its say: it agreed, it objected, or its time is over."""
    return agreed or decided or at >= found_at + TO_CONTEST


def may_contest(found_at: datetime, at: datetime, *, agreed: bool, decided: bool) -> bool:
    """Say whether the rated office may still object: once, in time, and not after it agreed."""
    return not was_heard(found_at, at, agreed=agreed, decided=decided)
