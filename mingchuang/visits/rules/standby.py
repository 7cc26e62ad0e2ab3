"""Who is offered a place that came free, and until when it is kept for them. Pure.

Times are those on the wall of the site.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

W = TypeVar("W")
S = TypeVar("S")

# So long a place is kept for whoever is offered it: time to notice and to ask at home, and short
# enough that three people who do not answer cost the fourth one half a day.
ANSWER = timedelta(minutes=60)
# Counted while people are up; what is offered in the evening may be taken in the morning.
UP, DOWN = time(8), time(21)
# The way to the hall. Later than this before a slot nobody is asked any more.
WAY = timedelta(minutes=30)
# Whoever could not have this long to answer is not asked: the place is free to be booked.
LEAST = timedelta(minutes=30)
NOON = time(12)
# The portion of a slot that everybody takes from.
ALL = None


class Part(StrEnum):
    """Which half of the day somebody can come."""

    ANY = "any"
    MORNING = "am"
    AFTERNOON = "pm"


class StandbyState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    LAPSED = "lapsed"
    LEFT = "left"
    CLOSED = "closed"


# Verbs are ledger verbs: from which states each may lead, and where to.
STEPS: Mapping[str, tuple[frozenset[StandbyState], StandbyState]] = {
    "standby.offered": (frozenset({StandbyState.WAITING}), StandbyState.OFFERED),
    "standby.taken": (frozenset({StandbyState.OFFERED}), StandbyState.TAKEN),
    "standby.lapsed": (frozenset({StandbyState.OFFERED}), StandbyState.LAPSED),
    "standby.left": (frozenset({StandbyState.WAITING, StandbyState.OFFERED}), StandbyState.LEFT),
    "standby.closed": (frozenset({StandbyState.WAITING}), StandbyState.CLOSED),
}
# In these somebody still stands by.
STILL = frozenset({StandbyState.WAITING, StandbyState.OFFERED})


@dataclass(frozen=True)
class Wanted(Generic[W]):
    """What somebody asks for: places for so many, in the first of these halves of the day that has
    them; each of `halves` is a choice, the first one liked best. They are `bound` to so many
    portions of a slot, each of which must have places for all of them too."""

    key: W
    persons: int
    halves: Sequence[Part] = (Part.ANY,)
    bound: Sequence[Hashable] = ()


@dataclass(frozen=True)
class Free(Generic[S]):
    """A slot that has so many places left, and of its portions each so many."""

    key: S
    starts: time
    places: int
    portions: Mapping[Any, int] = field(default_factory=dict)


def part_of(starts: time) -> Part:
    return Part.MORNING if starts < NOON else Part.AFTERNOON


def halves_of(part: Part) -> tuple[Part, ...]:
    """Return the halves a wish for one is content with, where it is a wish and no condition."""
    return (part,) if part == Part.ANY else (part, Part.ANY)


def handed_out(
    wanted: Iterable[Wanted[W]], free: Iterable[Free[S]], *, most: int | None = None
) -> dict[W, S]:
    """Return who gets a place in which slot: in the order they are given, each the earliest slot
    that holds all of them; who does not fit is passed over, and keeps their turn.

    `most` is how many places are given in all, however many are free.
    """
    slots = sorted(free, key=lambda slot: slot.starts)
    left = {
        (slot.key, of): n for slot in slots for of, n in {ALL: slot.places, **slot.portions}.items()
    }
    rest = sum(slot.places for slot in slots) if most is None else most
    given: dict[W, S] = {}
    for one in wanted:
        slot = _first(one, slots, left) if one.persons <= rest else None
        if slot is not None:
            given[one.key] = slot.key
            for of in (ALL, *one.bound):
                left[slot.key, of] -= one.persons
            rest -= one.persons
    return given


def _first(
    one: Wanted[W], slots: Sequence[Free[S]], left: Mapping[tuple[S, Hashable], int]
) -> Free[S] | None:
    for half in one.halves:
        for slot in slots:
            most = min(left[slot.key, of] for of in (ALL, *one.bound))
            if half in {Part.ANY, part_of(slot.starts)} and one.persons <= most:
                return slot
    return None


def answer_by(at: datetime, starts: datetime) -> datetime | None:
    """Return until when a place offered at `at` is kept; None where it begins too soon to ask."""
    until = min(waking(at, ANSWER), starts - WAY)
    return until if waking(at, LEAST) <= until else None


def waking(at: datetime, long: timedelta) -> datetime:
    """Return when so much time has passed since `at` in which people are up."""
    morning, evening = (datetime.combine(at, clock, at.tzinfo) for clock in (UP, DOWN))
    begun = max(at, morning)
    if begun + long <= evening:
        return begun + long
    rest = long - max(evening - begun, timedelta(0))
    return waking(morning + timedelta(days=1), rest)
