"""The life of an assistance (陪办): who asked is met, accompanied and brought to the end. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

# What anybody may read: a window, hall, gate, road, bus, floor. 号门口 may be somebody's own door.
PUBLIC = r"(?!\s*(?:[路楼层点时]|号?\s*(?:大厅|服务台|[窗厅线])|号\s*(?:门(?![口牌])|[出入]?口)))"
LETTER, CHINESE = "[A-Za-zＡ-Ｚａ-ｚ]", "零〇一二两三四五六七八九十百"
# Digits with a letter (B1204), a house by its letter (B座), Chinese numbers of a house, a stair or
# a door (三幢) and such as are read figure by figure (五〇一).
DOOR = re.compile(
    rf"{LETTER}?\d++{LETTER}?+{PUBLIC}|{LETTER}(?=\s*[座栋幢])"
    rf"|[{CHINESE}]++(?=\s*(?:[幢栋座弄室户号]|单元)){PUBLIC}|[{CHINESE[:-2]}]{{3,}}+{PUBLIC}"
)


def without_door(place: str) -> str:
    """Return a place with the numbers of house and door covered: 3号楼B501门口 is *号楼*门口."""
    return DOOR.sub("*", place)


class State(StrEnum):
    ASKED = "asked"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    MET = "met"
    FINISHED = "finished"
    MISSED = "missed"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


# Verbs are ledger verbs; each says what it makes of whom it may happen to, None being nothing yet.
# Whoever is handed over is where they were, with somebody else. The end of a day ends what is
# still open: who was met has been accompanied, to the others nobody came.
LIFE: Mapping[str, Mapping[State | None, State]] = {
    "assist.asked_for": {None: State.ASKED},
    "assist.assigned": {State.ASKED: State.ASSIGNED, State.ASSIGNED: State.ASSIGNED},
    "assist.accepted": {State.ASKED: State.ACCEPTED, State.ASSIGNED: State.ACCEPTED},
    "assist.returned": {State.ASSIGNED: State.ASKED, State.ACCEPTED: State.ASKED},
    "assist.met": {State.ACCEPTED: State.MET},
    "assist.handed_over": {State.ACCEPTED: State.ACCEPTED, State.MET: State.MET},
    "assist.finished": {State.MET: State.FINISHED},
    "assist.missed": {State.ACCEPTED: State.MISSED},
    "assist.cancelled": {
        State.ASKED: State.CANCELLED,
        State.ASSIGNED: State.CANCELLED,
        State.ACCEPTED: State.CANCELLED,
    },
    "assist.ended": {
        State.ASKED: State.LAPSED,
        State.ASSIGNED: State.LAPSED,
        State.ACCEPTED: State.LAPSED,
        State.MET: State.FINISHED,
    },
}

OPEN = frozenset({State.ASKED, State.ASSIGNED, State.ACCEPTED, State.MET})
ENDED = frozenset(State) - OPEN
# In these somebody is named who comes, or came.
ACCOMPANIED = frozenset(
    {State.ASSIGNED, State.ACCEPTED, State.MET, State.FINISHED, State.MISSED},
)
# In these they have said that they come.
PROMISED = ACCOMPANIED - {State.ASSIGNED}
# In these both have met.
TOGETHER = frozenset({State.MET, State.FINISHED})


def may_step(state: State, verb: str) -> bool:
    """Say whether this can happen to an assistance that stands so."""
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


class Wanted(NamedTuple):
    """What somebody asks for: a category and a kind, never a diagnosis."""

    category: str
    need: str
    wanted_at: datetime
    from_place: str
    to_place: str
    origin: str
    persons: int = 1
    name: str = ""
    phone: str = ""


# One is not sent to yesterday; what was filled in for now stays now for so long.
LENIENT = timedelta(minutes=15)
MOST_DAYS_AHEAD = 14
# So long before the agreed time one may have met, or have missed, whoever asked: not a day ahead.
EARLY = timedelta(minutes=15)
TIMED = frozenset({"assist.met", "assist.finished", "assist.missed"})
# Two of one visit, there and back, are so far apart.
APART = timedelta(hours=1)
HALF_AN_HOUR = timedelta(minutes=30)

Shift = tuple[time, time]


def is_time_to(verb: str, wanted_at: datetime, at: datetime) -> bool:
    """Say whether this can have happened by now to somebody who is to be met then."""
    return verb not in TIMED or at >= wanted_at - EARLY


def is_within(shifts: Iterable[Shift], clock: time) -> bool:
    """Say whether the doors are open at that time of the day."""
    return any(opens <= clock < closes for opens, closes in shifts)


def half_hours(days: Iterable[Iterable[Shift]]) -> list[time]:
    """Return each half hour at which the doors are open on any of these days, in order."""
    found: set[time] = set()
    for opens, closes in (shift for shifts in days for shift in shifts):
        moment = datetime.combine(date.min, opens)
        while moment.time() < closes and moment.date() == date.min:
            found.add(moment.time())
            moment += HALF_AN_HOUR
    return sorted(found)
