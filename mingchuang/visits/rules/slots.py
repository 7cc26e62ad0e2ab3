"""The slots of one day: from the open doors, the windows on duty, and how long a visit takes.

Pure. Times are those on the wall of the site.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from mingchuang.hall.rules.hours import Shift

# The shifts of one window: weekday (0 is Monday), from, until.
Rota = Sequence[tuple[int, time, time]]
# A stretch in which a window is on duty, and among how many lines its minutes are divided.
Part = tuple[Shift, int]

HOUR = 60
WHOLE = 100


class Shared(NamedTuple):
    """A window: its shifts, and among how many lines in use its minutes are divided."""

    rota: Rota
    lines: int = 1


class Quota(NamedTuple):
    """How many a released day holds beside those who had a place in a slot before."""

    most: int
    taken: Mapping[time, int]


@dataclass(frozen=True)
class Terms:
    """How a line is booked: minutes of one visit, minutes of one slot, and how much of the
    windows' time, in percent, is given to who books; the rest is for who comes as they are."""

    minutes: int
    step: int = 30
    share: int = WHOLE


@dataclass(frozen=True)
class Planned:
    """One slot as it should be: from, until, how many visits it holds, and how many of these
    because some who book never come (`rules.overbooking`)."""

    start: time
    end: time
    capacity: int
    extra: int = 0


@dataclass(frozen=True)
class Standing:
    """One slot as it is: how many visits it holds, how many have it, and how many of those it
    holds it does because some never come."""

    capacity: int
    taken: int
    extra: int = 0


@dataclass(frozen=True)
class Changes:
    """What makes the slots that stand into those that are planned.

    `made` are new; `resized` have another capacity by their start, or another part of it because
    some never come; none where they are not planned any more. In `crowded` more visits stand than
    are planned, by so many: they keep their place until somebody decides.
    """

    made: Sequence[Planned]
    resized: Mapping[time, Standing]
    crowded: Mapping[time, int]

    @property
    def are_none(self) -> bool:
        return not (self.made or self.resized)


def on_duty(rotas: Iterable[Rota], weekday: int | None, doors: Sequence[Shift]) -> list[Shift]:
    """Return when windows are on duty that weekday: by their rota, or, without any, with the
    doors; on a day that is like no weekday, all with the doors."""
    shifts: list[Shift] = []
    for rota in rotas:
        shifts += [(since, until) for day, since, until in rota if day == weekday]
        shifts += [] if rota and weekday is not None else doors
    return shifts


def parts_on_duty(
    windows: Iterable[Shared], weekday: int | None, doors: Sequence[Shift]
) -> list[Part]:
    """Return the same of windows that serve other lines too.

    Each line has an equal part of a window's minutes, whoever comes: what is measured of them
    changes every night, and a place once published should not go and come with it.
    """
    return [(shift, lines) for rota, lines in windows for shift in on_duty([rota], weekday, doors)]


def planned_slots(doors: Iterable[Shift], windows: Sequence[Part], terms: Terms) -> list[Planned]:
    """Return the slots of a day with these open doors and these stretches of windows on duty.

    Of each window a line has its part of the minutes, so that all lines of a window together never
    have more than it is open. What is left of one slot's time counts for the next, so that a day
    holds as many visits as that time does, less than one of them lost. A slot that holds nobody
    is none.
    """
    slots = []
    whole = lcm(*(lines for _shift, lines in windows))
    spent = given = 0
    for opens, closes in sorted(doors):
        for start, end in pairwise(_edges(opens, closes, terms.step)):
            spent += sum(_overlap(start, end, one) * whole // lines for one, lines in windows)
            capacity = spent * terms.share // (whole * WHOLE * terms.minutes) - given
            given += capacity
            if capacity:
                slots.append(Planned(_time(start), _time(end), capacity))
    return slots


def held_to(
    slots: Sequence[Planned], most: int, taken: Mapping[time, int] | None = None
) -> list[Planned]:
    """Return these slots holding, beside what was `taken` before, at most so many in all: whole
    slots, spread over the day, so that who comes together still fits."""
    before = taken or {}
    sizes = [min(slot.capacity, before.get(slot.start, 0)) for slot in slots]
    rooms = [slot.capacity - had for slot, had in zip(slots, sizes, strict=True)]
    left, stride = most, max(1, -(-sum(rooms) // most))
    for n in sorted(range(len(slots)), key=lambda n: (n % stride, n)):
        given = min(rooms[n], left)
        sizes[n] += given
        left -= given
    return [replace(slot, capacity=sizes[n]) for n, slot in enumerate(slots) if sizes[n]]


def changes(planned: Iterable[Planned], standing: Mapping[time, Standing]) -> Changes:
    """Return what has to change; no slot ever holds fewer than have it (promise P8)."""
    wanted = {slot.start: slot for slot in planned}
    kept = {start: _kept(wanted.get(start), one) for start, one in standing.items()}
    sizes = {start: wanted[start].capacity if start in wanted else 0 for start in standing}
    return Changes(
        made=[slot for start, slot in wanted.items() if start not in standing],
        resized={start: one for start, one in kept.items() if one != standing[start]},
        crowded={s: one.capacity - sizes[s] for s, one in kept.items() if one.capacity > sizes[s]},
    )


def _kept(wanted: Planned | None, now: Standing) -> Standing:
    capacity, extra = (wanted.capacity, wanted.extra) if wanted else (0, 0)
    return replace(now, capacity=max(capacity, now.taken), extra=extra)


def _edges(opens: time, closes: time, step: int) -> list[int]:
    """Return where slots begin and end, in minutes of the day; the last one may be shorter."""
    first, last = _minute(opens), _minute(closes)
    return [*range(first, last, step), last]


def _overlap(start: int, end: int, window: Shift) -> int:
    return max(0, min(end, _minute(window[1])) - max(start, _minute(window[0])))


def _minute(at: time) -> int:
    return at.hour * HOUR + at.minute


def _time(minute: int) -> time:
    return time(*divmod(minute, HOUR))
