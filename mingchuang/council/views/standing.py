"""How a topic stands, as residents read it on its page and on their own."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from mingchuang.council.queries.closing import was_unvoted, why_undone
from mingchuang.council.queries.decisions import decision_of, standings_on
from mingchuang.council.queries.minutes import minutes_if_any
from mingchuang.council.queries.sittings import has_result, last_sitting
from mingchuang.council.rules.binding import Force
from mingchuang.council.rules.life import State
from mingchuang.council.rules.notice import is_running
from mingchuang.council.rules.sitting import Stage
from mingchuang.council.words.inviting import in_a_row
from mingchuang.council.words.told import (
    AFTER_NOTICE,
    AS_OPINION,
    ON_NOTICE,
    OPINION_READ,
    PROPOSAL_AFTER_NOTICE,
    PROPOSAL_ON_NOTICE,
    PROPOSED,
    SITTING_TOLD,
    TOLD,
    UNVOTED,
    Told,
    how_kept,
)

if TYPE_CHECKING:
    from mingchuang.council.models import Decision, Sitting, Topic

# What is said of it before its notice, while it hangs, and afterwards.
SAID_OF: Mapping[Force, tuple[Told, Told, Told]] = {
    Force.BINDING: (TOLD[State.DECIDED], ON_NOTICE, AFTER_NOTICE),
    Force.PROPOSAL: (PROPOSED, PROPOSAL_ON_NOTICE, PROPOSAL_AFTER_NOTICE),
}


def standing_of(topic: "Topic", *, today: date) -> Told:
    """Return how it stands and what comes next: whether they sit or only will, and whether the
    notice of a decision still hangs."""
    state = State(topic.state)
    if state == State.SITTING and (sitting := last_sitting(topic)):
        return (
            _sat(sitting) if sitting.stage == Stage.CLOSED else SITTING_TOLD[Stage(sitting.stage)]
        )
    if state == State.CLOSED:
        return ended_as(topic)
    decision = decision_of(topic) if state == State.DECIDED else None
    return _came_of_it(decision, today) if decision else TOLD[state]


def _sat(sitting: "Sitting") -> Told:
    """Return what is said of a sitting that is over while its topic is not decided."""
    written = minutes_if_any(sitting)
    if written and written.is_frozen:
        return AS_OPINION
    return OPINION_READ if has_result(sitting) else SITTING_TOLD[Stage.CLOSED]


def ended_as(topic: "Topic") -> Told:
    """Return what became of a topic that is closed: what was promised and kept, and, where
    something stays undone, why."""
    ended = TOLD[State.CLOSED]
    standings, why = standings_on(topic), why_undone(topic)
    kept = how_kept(standings) if standings else ended.now
    if was_unvoted(topic):
        return Told(UNVOTED, in_a_row([kept + gettext("。"), why or str(ended.next)]))
    return Told(kept, why or ended.next)


def _came_of_it(decision: "Decision", today: date) -> Told:
    made, on_notice, after_notice = SAID_OF[Force(decision.force)]
    if decision.until is None:
        return made
    return on_notice if is_running(decision.until, today) else after_notice
