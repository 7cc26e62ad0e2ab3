"""The life of a topic: who is affected is gathered, some are drawn, all are invited, they sit and
decide, and what they decided is kept. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class State(StrEnum):
    PROPOSED = "proposed"
    GATHERING = "gathering"
    DRAWING = "drawing"
    INVITING = "inviting"
    SITTING = "sitting"
    DECIDED = "decided"
    CLOSED = "closed"
    DROPPED = "dropped"


# Verbs are ledger verbs; each says what it makes of which state, None being nothing yet. Until it
# is opened a topic is known to the staff alone. Who sat without a decision invites again.
LIFE: Mapping[str, Mapping[State | None, State]] = {
    "topic.proposed": {None: State.PROPOSED},
    "topic.opened": {State.PROPOSED: State.GATHERING},
    "topic.gathered": {State.GATHERING: State.DRAWING},
    "topic.reopened": {State.DRAWING: State.GATHERING},
    "topic.drawn": {State.DRAWING: State.INVITING},
    "topic.convened": {State.INVITING: State.SITTING},
    "topic.adjourned": {State.SITTING: State.INVITING},
    "topic.decided": {State.SITTING: State.DECIDED},
    "topic.closed": {State.DECIDED: State.CLOSED},
    "topic.dropped": {
        State.PROPOSED: State.DROPPED,
        State.GATHERING: State.DROPPED,
        State.DRAWING: State.DROPPED,
        State.INVITING: State.DROPPED,
        State.SITTING: State.DROPPED,
    },
}

# In these something was decided, and is kept.
DECIDED = frozenset({State.DECIDED, State.CLOSED})
ENDED = frozenset({State.CLOSED, State.DROPPED})
OPEN = frozenset(State) - ENDED
# In these the register takes new names, and camps may be declared; later they stand as drawn.
REGISTERING = frozenset({State.PROPOSED, State.GATHERING})
# In these who stands on it twice is struck out, as long as no lottery was promised.
STRIKING = REGISTERING | {State.DRAWING}
# In these somebody is being invited to a sitting.
CALLING = frozenset({State.INVITING, State.SITTING})


def may_step(state: State, verb: str) -> bool:
    """Say whether this can happen to a topic that stands so."""
    return state in LIFE[verb]


def state_told(verbs: Iterable[str]) -> State | None:
    """Return the state once all this happened in this order; None of nothing, and of what cannot
    have happened so."""
    state: State | None = None
    for verb in verbs:
        state = LIFE[verb].get(state)
        if state is None:
            return None
    return state
