"""Why this day? A deadline with everything it depends on, as plain JSON a person can be shown."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypedDict

from mingchuang.hall.rules.days import BEIJING, ONE_DAY, DayKind, WorkCalendar, years_touched
from mingchuang.hall.rules.kinds import Beginning
from mingchuang.hall.rules.limits import Replay, Stretch, replay
from mingchuang.hall.rules.spans import Closing, Measure, Pause, Span

WEEKEND = "weekend"
LISTED = 40


class SpanTrace(TypedDict):
    amount: int
    measure: str


class PauseTrace(TypedDict):
    since: str
    until: str | None


class Skipped(TypedDict):
    """Neighbouring days that did not count, and why: `weekend` or the name of the holiday."""

    since: str
    until: str
    reason: str


class Named(TypedDict):
    day: str
    name: str


class YearTrace(TypedDict):
    """One year of the statutory calendar; an empty version where it is not loaded."""

    year: int
    version: str
    source: str


class DaysTrace(TypedDict):
    """What counted and what did not; `counted` lists at most 40 days, `all` says how many."""

    counted: list[str]
    all: int
    skipped: list[Skipped]
    makeup: list[Named]
    moved_from: str | None


class Trace(TypedDict):
    """Days and moments are ISO text, moments in Beijing time."""

    kind: str
    beginning: str
    start: str
    start_rule: str
    span: SpanTrace
    days: DaysTrace
    pauses: list[PauseTrace]
    added: list[SpanTrace]
    closing: str | None
    due: str
    day: str
    provisional: bool
    calendar: list[YearTrace]
    source: str
    assumed: bool


def explain(
    start: datetime,
    span: Span,
    *,
    calendar: WorkCalendar,
    closing: Closing | None = None,
    pauses: Sequence[Pause] = (),
    added: Sequence[Span] = (),
    kind: str = "",
    beginning: Beginning = Beginning.ACCEPTED,
    source: str = "",
    assumed: bool = False,
) -> Trace:
    """Return the trace of `deadline(start, span, …)`: the same replay, told step by step.

    `kind` is the kind of submission, `beginning` what set the clock going, `source` the text
    the limit comes from, which is `assumed` where the text is silent about it.
    """
    how = replay(start, span, calendar=calendar, closing=closing, pauses=pauses, added=added)
    due = how.deadline
    years = years_touched(start.astimezone(BEIJING).date(), due.day)
    in_days = how.measure != Measure.HOUR
    closes = closing.on(due.day) if closing and in_days else None
    return Trace(
        kind=kind,
        beginning=beginning,
        start=_iso(start),
        start_rule=span.start,
        span=_span(span),
        days=_days(how, calendar),
        pauses=[_pause(pause) for pause in pauses],
        added=[_span(extension) for extension in added],
        closing=f"{closes:%H:%M}" if closes else None,
        due=_iso(due.at),
        day=str(due.day),
        provisional=due.provisional,
        calendar=[_year(year, calendar) for year in years] if in_days else [],
        source=source,
        assumed=assumed,
    )


def _days(how: Replay, calendar: WorkCalendar) -> DaysTrace:
    passed = [] if how.measure == Measure.HOUR else list(_passed(how.counted))
    counts = [d for d in passed if how.measure == Measure.DAY or calendar.is_working_day(d)]
    return DaysTrace(
        counted=[str(day) for day in counts[:LISTED]],
        all=len(counts),
        skipped=_skipped(sorted({*passed} - {*counts}), calendar),
        makeup=_makeup(counts, calendar),
        moved_from=str(how.raw) if how.raw != how.deadline.day else None,
    )


def _passed(stretches: Iterable[Stretch]) -> Iterator[date]:
    for stretch in stretches:
        day = stretch.after
        while day < stretch.through:
            day += ONE_DAY
            yield day


def _skipped(days: Iterable[date], calendar: WorkCalendar) -> list[Skipped]:
    """Join neighbouring days that did not count for the same reason."""
    runs: list[Skipped] = []
    for day in days:
        mark = calendar.marks.get(day)
        reason = mark.name if mark else WEEKEND
        if runs and runs[-1]["reason"] == reason and runs[-1]["until"] == str(day - ONE_DAY):
            runs[-1]["until"] = str(day)
        else:
            runs.append(Skipped(since=str(day), until=str(day), reason=reason))
    return runs


def _makeup(counts: Iterable[date], calendar: WorkCalendar) -> list[Named]:
    marked = ((day, calendar.marks[day]) for day in counts if day in calendar.marks)
    return [Named(day=str(d), name=m.name) for d, m in marked if m.kind == DayKind.MAKEUP]


def _year(year: int, calendar: WorkCalendar) -> YearTrace:
    loaded = calendar.years.get(year)
    if loaded is None:
        return YearTrace(year=year, version="", source="")
    return YearTrace(year=year, version=loaded.version, source=loaded.source)


def _pause(pause: Pause) -> PauseTrace:
    return PauseTrace(since=_iso(pause.since), until=_iso(pause.until) if pause.until else None)


def _span(span: Span) -> SpanTrace:
    return SpanTrace(amount=span.amount, measure=span.measure)


def _iso(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat(timespec="minutes")
