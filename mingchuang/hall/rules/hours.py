"""When a hall is open. Its hours are its own: never the legal calendar that drives time limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from mingchuang.hall.rules.days import WorkCalendar
from mingchuang.hall.rules.spans import Closing

Shift = tuple[time, time]
DAY_OFF, MAKEUP = "day_off", "makeup"


class HoursKind(StrEnum):
    """Why a day has hours of its own: 延时, 错时, 节假日, or shut."""

    EXTENDED = "extended"
    STAGGERED = "staggered"
    HOLIDAY = "holiday"
    CLOSED = "closed"


@dataclass(frozen=True)
class Special:
    """One day with hours of its own; no shifts where the hall stays shut."""

    kind: HoursKind
    shifts: tuple[Shift, ...] = ()
    note: str = ""


SpecialRow = tuple[date, HoursKind, time | None, time | None, str]


def specials(rows: Iterable[SpecialRow]) -> dict[date, Special]:
    """Join the shifts of each day; one word that the day is shut outweighs any shift."""
    days: dict[date, Special] = {}
    for day, kind, opens, closes, note in rows:
        known = days.get(day, Special(kind))
        shift = ((opens, closes),) if opens and closes else ()
        if HoursKind.CLOSED in {kind, known.kind}:
            days[day] = Special(HoursKind.CLOSED, (), note or known.note)
        else:
            days[day] = Special(kind, known.shifts + shift, note or known.note)
    return days


@dataclass(frozen=True)
class OpenDay:
    """What the door says about one day.

    `kind` is a HoursKind, or `day_off` on a statutory holiday, `makeup` on a make-up day, or
    empty on an ordinary day.
    """

    day: date
    shifts: tuple[Shift, ...]
    kind: str = ""
    note: str = ""

    @property
    def like(self) -> int | None:
        """Return the weekday it is like (0 is Monday): none where it has hours of its own or is
        made up for, so that what is agreed for a weekday does not hold."""
        is_its_own = self.kind == MAKEUP or self.kind in set(HoursKind)
        return None if is_its_own else self.day.weekday()

    def change_after(self, now: time) -> tuple[bool, time] | None:
        """Return whether the doors are open at `now` and until when; None: shut until tomorrow."""
        for opens, closes in sorted(self.shifts):
            if now < closes:
                return (True, closes) if opens <= now else (False, opens)
        return None


@dataclass(frozen=True)
class Hours:
    """The ordinary week (0 is Monday) and the days that differ from it."""

    week: Mapping[int, tuple[Shift, ...]] = field(default_factory=dict)
    special: Mapping[date, Special] = field(default_factory=dict)

    def on(self, day: date, calendar: WorkCalendar) -> OpenDay:
        """Return the shifts of `day`: its own, else none on a statutory holiday, else the week's.

        A make-up day the week does not name keeps the hours of the first day it does.
        """
        if own := self.special.get(day):
            return OpenDay(day, own.shifts, own.kind, own.note)
        mark = calendar.marks.get(day)
        name = mark.name if mark else ""
        if not calendar.is_working_day(day) and mark:
            return OpenDay(day, (), DAY_OFF, name)
        shifts = self.week.get(day.weekday(), ())
        if mark and not shifts and self.week:
            shifts = self.week[min(self.week)]
        return OpenDay(day, shifts, MAKEUP if mark else "", name)

    @property
    def closing(self) -> Closing | None:
        """When the ordinary days end, for deadlines (Civil Code art. 203)."""
        ends = [max((ends for _, ends in self.week.get(d, ())), default=None) for d in range(7)]
        return Closing(tuple(ends)) if any(ends) else None
