"""How a topic stands, as residents read it on its page and on their own."""

from datetime import date
from typing import TYPE_CHECKING

from mingchuang.council.queries.decisions import decision_of
from mingchuang.council.queries.minutes import minutes_if_any
from mingchuang.council.queries.sittings import last_sitting
from mingchuang.council.rules.life import State
from mingchuang.council.rules.notice import is_running
from mingchuang.council.rules.sitting import Stage
from mingchuang.council.words.told import (
    AFTER_NOTICE,
    AS_OPINION,
    ON_NOTICE,
    SITTING_TOLD,
    TOLD,
    Told,
)

if TYPE_CHECKING:
    from mingchuang.council.models import Topic


def standing_of(topic: "Topic", *, today: date) -> Told:
    """Return how it stands and what comes next: whether they sit or only will, and whether the
    notice of a decision still hangs."""
    state = State(topic.state)
    if state == State.SITTING and (sitting := last_sitting(topic)):
        written = minutes_if_any(sitting) if sitting.stage == Stage.CLOSED else None
        return AS_OPINION if written and written.is_frozen else SITTING_TOLD[Stage(sitting.stage)]
    decision = decision_of(topic) if state == State.DECIDED else None
    if decision and decision.until:
        return ON_NOTICE if is_running(decision.until, today) else AFTER_NOTICE
    return TOLD[state]
