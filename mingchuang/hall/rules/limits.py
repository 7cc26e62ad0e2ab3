"""Deadlines: from a moment and a span to the moment a promise ends. Same inputs, same answer.

The law: hours run from the moment; by days the first day is not counted (Civil Code art. 201);
a last day that is a holiday moves to the next working day, and a last day ends at closing time
where there are business hours, else at 24:00 (art. 203). All of it in Beijing time.

The end of a day, 24:00, is the next midnight: a deadline is the first moment that is too late,
so `now >= at` means late, whatever the precision of the clock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mingchuang.hall.rules.days import BEIJING, ONE_DAY, WorkCalendar, years_touched
from mingchuang.hall.rules.spans import Closing, Deadline, Measure, Pause, Span, StartRule


@dataclass(frozen=True)
class Stretch:
    """Days counted: those after `after`, up to and with `through`."""

    after: date
    through: date


@dataclass(frozen=True)
class Replay:
    """A deadline and how it came about; `raw` is the last day before art. 203 moved it."""

    deadline: Deadline
    measure: Measure
    raw: date
    counted: tuple[Stretch, ...]


def deadline(
    start: datetime,
    span: Span,
    *,
    calendar: WorkCalendar,
    closing: Closing | None = None,
    pauses: Sequence[Pause] = (),
    added: Sequence[Span] = (),
) -> Deadline:
    """Return the moment the span ends when it starts at `start`, in O(log n) per span and pause.

    `added` are extensions, each counted on from the end so far. A finished pause in hours adds
    the time that passed; in days, the days left when it began are counted on again from the day
    of resuming. A pause that still lasts changes nothing yet.
    """
    how = replay(start, span, calendar=calendar, closing=closing, pauses=pauses, added=added)
    return how.deadline


def replay(
    start: datetime,
    span: Span,
    *,
    calendar: WorkCalendar,
    closing: Closing | None = None,
    pauses: Sequence[Pause] = (),
    added: Sequence[Span] = (),
) -> Replay:
    """Lay the span, then the extensions, then take out the pauses; keep the days counted."""
    ruler = _Ruler(calendar, closing)
    start = start.astimezone(BEIJING)
    end = ruler.lay(start, span)
    origin = ruler.day_before_counting(start, span)
    for extension in added:
        origin = origin if extension.measure == end.measure else end.day
        end = ruler.extend(end, extension)
    counted: list[Stretch] = []
    for since, until in _finished(pauses, start):
        if since < end.at:
            counted.append(Stretch(origin, min(since.date(), end.raw)))
            end, origin = ruler.resume(end, since, until), until.date()
    counted.append(Stretch(origin, end.raw))
    in_days = any(s.measure != Measure.HOUR for s in (span, *added))
    years = years_touched(start.date(), end.day)
    provisional = in_days and any(map(calendar.is_provisional, years))
    return Replay(Deadline(end.at, end.day, provisional), end.measure, end.raw, tuple(counted))


@dataclass(frozen=True)
class _End:
    measure: Measure
    raw: date
    day: date
    at: datetime


@dataclass(frozen=True)
class _Ruler:
    """Lays hours and days end to end."""

    calendar: WorkCalendar
    closing: Closing | None

    def lay(self, start: datetime, span: Span) -> _End:
        if span.measure == Measure.HOUR:
            return _hours_end(start + timedelta(hours=span.amount))
        origin = self.day_before_counting(start, span)
        return self._days_end(self._on(origin, span.amount, span.measure), span.measure)

    def extend(self, end: _End, span: Span) -> _End:
        if span.measure == Measure.HOUR:
            return _hours_end(end.at + timedelta(hours=span.amount))
        return self._days_end(self._on(end.day, span.amount, span.measure), span.measure)

    def resume(self, end: _End, since: datetime, until: datetime) -> _End:
        if end.measure == Measure.HOUR:
            return _hours_end(end.at + (until - since))
        raw = self._on(until.date(), self._left(since.date(), end), end.measure)
        return self._days_end(raw, end.measure, not_before=until)

    def day_before_counting(self, start: datetime, span: Span) -> date:
        """The same day counts only while it is not over."""
        today = start.date()
        counts = span.start == StartRule.SAME_DAY and start < self._close_of(today)
        return today - ONE_DAY if counts else today

    def _on(self, day: date, n: int, measure: Measure) -> date:
        in_working_days = measure == Measure.WORKING_DAY
        return self.calendar.after(day, n) if in_working_days else day + n * ONE_DAY

    def _left(self, day: date, end: _End) -> int:
        if end.measure == Measure.WORKING_DAY:
            return max(0, self.calendar.working_days_between(day, end.raw))
        return max(0, (end.raw - day).days)

    def _days_end(self, raw: date, measure: Measure, *, not_before: datetime | None = None) -> _End:
        """Move a last day on which nobody works, or on which work is over when it is resumed."""
        day = self.calendar.next_working(raw)
        if not_before and self._close_of(day) <= not_before:
            day = self.calendar.after(day, 1)
        return _End(measure, raw, day, self._close_of(day))

    def _close_of(self, day: date) -> datetime:
        closes = self.closing.on(day) if self.closing else None
        if closes is None:
            return datetime.combine(day + ONE_DAY, time(), BEIJING)
        return datetime.combine(day, closes, BEIJING)


def last_day(at: datetime) -> date:
    """Return the day a deadline belongs to: midnight is 24:00 of the day before."""
    return (at.astimezone(BEIJING) - timedelta(microseconds=1)).date()


def _hours_end(at: datetime) -> _End:
    return _End(Measure.HOUR, last_day(at), last_day(at), at)


def _finished(pauses: Sequence[Pause], start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield what each finished pause adds to those before it, in order."""
    running = start
    for pause in sorted(pauses, key=lambda p: p.since):
        if pause.until is not None and pause.until > running:
            since = max(pause.since.astimezone(BEIJING), running)
            running = pause.until.astimezone(BEIJING)
            yield since, running
