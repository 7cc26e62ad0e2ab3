"""The forecaster of this process: as the last night left it, and what ended since."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from threading import Lock
from typing import TypeAlias

from django.db.models import Exists, Min, OuterRef
from django.utils.timezone import localdate

from mingchuang.base.memory import remembered, remembered_of_each, remembered_while_same
from mingchuang.visits.models import Call, Forecast, Known, Line, Visit
from mingchuang.visits.queries.closing import doors_of, shut_now
from mingchuang.visits.queries.moments import PHONE, days_so_far, kind_of, minute_of
from mingchuang.visits.queries.skills import only_windows, skills_lately
from mingchuang.visits.rules.forecast.forecaster import Forecaster, Said
from mingchuang.visits.rules.forecast.kept import said_again
from mingchuang.visits.rules.forecast.log import Day, moment_of
from mingchuang.visits.rules.forecast.shown import Wait, shown
from mingchuang.visits.rules.forecast.stored import restored
from mingchuang.visits.rules.turn import Turn
from mingchuang.visits.rules.windows import ANY, serving

A_MINUTE, SOME_SECONDS, FEW_SECONDS = 60.0, 10.0, 3.0
# The items somebody comes for, and the lines they may join.
Asked: TypeAlias = tuple[frozenset[int], tuple[int, ...]]


class Live:
    """A forecaster that also hears what ends today; many threads ask it."""

    def __init__(self, forecaster: Forecaster) -> None:
        self.forecaster, self._upto, self._turn = forecaster, 0, Lock()

    def hear(self, day: date) -> Forecaster:
        """Hear what ended since the last time.

        Who commits late may be passed over here; the night hears everybody.
        """
        with self._turn:
            for call, said, wait in _ended(day, after=self._upto):
                self.forecaster.hear(said, wait)
                self._upto = call
        return self.forecaster


@remembered(A_MINUTE)
def _newest() -> int:
    """Return which of those stored is the newest; 0 for none."""
    return Known.objects.order_by("-day").values_list("pk", flat=True).first() or 0


@remembered_while_same(_newest)
def live(pk: int) -> Live:
    """Return the forecaster of this process. The formula serves where nothing is stored yet."""
    known = Known.objects.filter(pk=pk).first()
    return Live(restored(bytes(known.content)) if known else Forecaster())


def _ended(day: date, *, after: int) -> Iterator[tuple[int, Said, float]]:
    """Yield the first calls of that day of whoever was told, as they came."""
    earlier = Call.objects.filter(visit=OuterRef("visit"), pk__lt=OuterRef("pk"))
    # Along one index or the other, never through all that was ever called.
    since = {"pk__gt": after} if after else {"visit__forecast__day": day}
    calls = Call.objects.filter(~Exists(earlier), visit__forecast__isnull=False, **since)
    calls = calls.exclude(visit__origin=PHONE).select_related("visit__forecast")
    for call in calls.order_by("pk"):
        told = call.visit.forecast
        if told.day == day and told.known:
            yield call.pk, *_outcome(told, call.at)


def _outcome(told: Forecast, called: datetime) -> tuple[Said, float]:
    wait = max(0.0, (called - told.at).total_seconds() / 60)
    return said_again(told.interval, told.known), wait


def outcomes_of(day: date) -> list[tuple[Said, float]]:
    """Return what was told on that day to whoever was called, and how long each has waited, in
    the order in which it was known. Who left before is no outcome, nor who came when they liked.
    """
    told = Forecast.objects.filter(day=day).exclude(known={}).exclude(visit__origin=PHONE)
    ended = told.annotate(called=Min("visit__calls__at")).filter(called__isnull=False)
    return [_outcome(one, one.called) for one in ended.order_by("called", "pk")]


def said_now(visit: Visit, at: datetime) -> Said:
    """Return what is to be said now to this visit, which waits in its line."""
    day = days_so_far([visit.line], at)[visit.line_id]
    return live().hear(localdate(at)).say(moment_of(day, minute_of(at), visit.pk))


@remembered_of_each(FEW_SECONDS)
def said_of(_which: tuple[int, bool], at: datetime, visit: Visit) -> Said:
    """Return what is said to whoever joins a line at about that time, by the green channel or not:
    a crowd at the door is told the same."""
    return said_now(visit, at)


def wait_of(visit: Visit, at: datetime) -> Wait | None:
    """Return how long this visit will still wait, as it is said; None while no window calls it."""
    day = days_so_far([visit.line], at)[visit.line_id]
    only = next((one.only for one in day.stood if one.row == visit.pk), ANY)
    if not _is_called(day, only):
        return None
    said = live().hear(localdate(at)).say(moment_of(day, minute_of(at), visit.pk))
    is_first = not said.moment.ahead
    free = is_first and day.desks.turn(visit.line_id, only=only) == Turn.FREE
    return shown(said.middle, said.high, free=free, doors=doors_of(visit.site_id, at))


def _is_called(day: Day, only: frozenset[int]) -> bool:
    """Say whether a window is there that calls whoever only these windows of the line call."""
    theirs = serving(day.key, day.serves)
    return bool(day.windows) and not (only and theirs.isdisjoint(only))


def soonest_of(line: Line, at: datetime, green: str = "") -> timedelta | None:
    """Return how long nine in ten who join the line now will wait at least; None where no window
    calls it, or no night has taught anything yet."""
    day = days_so_far([line], at)[line.pk]
    if not day.windows or not _newest():
        return None
    moment = moment_of(day, minute_of(at), kind=kind_of(green))
    return timedelta(minutes=live().hear(localdate(at)).say(moment).low)


def how_long(line: Line, at: datetime) -> Wait | None:
    """Return how long whoever comes now will wait in this line, as it is said; None while no
    window calls it."""
    return how_long_in([line], at).get(line.pk)


def how_long_in(
    lines: Collection[Line], at: datetime, *, items: Collection[int] = ()
) -> dict[int, Wait]:
    """Return the same of several lines with their sites, by their keys, for whoever comes for
    these items; asked anew every few seconds."""
    key = frozenset(items), tuple(sorted(line.pk for line in lines))
    return _how_long_in(key, at, lines)


@remembered_of_each(SOME_SECONDS)
def _how_long_in(which: Asked, at: datetime, lines: Collection[Line]) -> dict[int, Wait]:
    days, minute = days_so_far(lines, at), minute_of(at)
    forecaster, only = live().hear(localdate(at)), _only(which, at, lines)
    called = {pk: day for pk, day in days.items() if _is_called(day, only[pk])}
    said = {pk: forecaster.say(moment_of(day, minute, only=only[pk])) for pk, day in called.items()}
    turns = {pk: days[pk].desks.turn(pk, only=only[pk]) for pk in said if not said[pk].moment.ahead}
    doors = {line.pk: doors_of(line.site_id, at) for line in lines if line.pk in said}
    return {
        pk: shown(one.middle, one.high, free=turns.get(pk) == Turn.FREE, doors=doors[pk])
        for pk, one in said.items()
    }


def how_long_behind_doors(lines: Collection[Line], at: datetime) -> dict[int, Wait]:
    """Return the same without what calls a window free while the doors are shut: it is nobody's."""
    waits = how_long_in(lines, at)
    free = [line for line in lines if line.pk in waits and waits[line.pk].free]
    shut = {line.pk for line in free if shut_now(line.site_id, at)[0]}
    return {pk: wait for pk, wait in waits.items() if pk not in shut}


def _only(which: Asked, at: datetime, lines: Collection[Line]) -> dict[int, frozenset[int]]:
    """Return the windows that call whoever comes for these items to each line, if not all do."""
    items, _lines = which
    sites = tuple(sorted({line.site_id for line in lines})) if items else ()
    skills = skills_lately(sites, at) if sites else {}
    return {line.pk: only_windows(skills.get(line.site_id), line.pk, items, None) for line in lines}


def newest_known() -> Known | None:
    """Return what the last night left."""
    return Known.objects.order_by("-day").first()


def day_to_learn(now: datetime, *, after: date | None = None) -> date | None:
    """Return the first day that is over, on which somebody was told, and that taught nothing yet;
    the next one after a day if one is named.

    How far back that reaches is how long what was known is kept with what was told.
    """
    told = Forecast.objects.filter(day__lt=localdate(now)).exclude(known={})
    newest = after or Known.objects.order_by("-day").values_list("day", flat=True).first()
    told = told.filter(day__gt=newest) if newest else told
    return told.order_by("day").values_list("day", flat=True).first()
