"""Gifts are no thanks: what is offered is refused, given back, or handed in, and written down."""

from collections.abc import Mapping
from enum import StrEnum


class Outcome(StrEnum):
    REFUSED = "refused"
    RETURNED = "returned"
    HANDED_IN = "handed_in"


class State(StrEnum):
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    WITHDRAW = "revoked"
    RESTORE = "restored"


STEPS: Mapping[tuple[State, Deed], State] = {
    (State.KEPT, Deed.WITHDRAW): State.WITHDRAWN,
    (State.WITHDRAWN, Deed.RESTORE): State.KEPT,
}


def may_step(state: State, deed: Deed) -> bool:
    return (state, deed) in STEPS


def after(state: State, deed: Deed) -> State:
    return STEPS[state, deed]
