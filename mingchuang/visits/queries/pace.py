"""How quickly a line moves: what it has shown today, and who stands before whom."""

from datetime import datetime, timedelta
from statistics import fmean

from django.utils.timezone import localdate

from mingchuang.hall.models import Window
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.moments import days_so_far, kind_of, minute_of
from mingchuang.visits.queries.serving import serves_of, sitting_at
from mingchuang.visits.queries.skills import gathered, only_windows, skills_lately
from mingchuang.visits.queries.standing import Here
from mingchuang.visits.queries.waiting import favoured_from
from mingchuang.visits.rules.forecast.log import moment_of
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.remote import soonest_wait, stands_since
from mingchuang.visits.rules.windows import places_of, stood_at

# So many visits that ended last tell how long one takes now; fewer tell too little.
LATELY, ENOUGH = 15, 5


def minutes_each(line: Line, at: datetime) -> float:
    """Return how many minutes a visit of this line took lately today; else what is planned."""
    done = Visit.objects.filter(line=line, day=localdate(at), state=State.FINISHED)
    ended = done.filter(started_at__isnull=False).order_by("-ended_at")
    times = ended.values_list("called_at", "ended_at")[:LATELY]
    took = [(end - called).total_seconds() / 60 for called, end in times if called and end]
    return fmean(took) if len(took) >= ENOUGH else float(line.minutes)


def windows_on_duty(line: Line) -> int:
    """Return how many windows call this line now; a pause is over soon and counts."""
    on_duty = Window.objects.filter(site=line.site_id, desks__until__isnull=True)
    on_duty = on_duty.filter(desks__isnull=False, items__lines=line)
    return on_duty.distinct().count()


def soonest_call(line: Line, at: datetime, green: str = "") -> timedelta:
    """Return how long who takes a number of this line now waits at least, by its own pace."""
    day = days_so_far([line], at)[line.pk]
    ahead = moment_of(day, minute_of(at), kind=kind_of(green)).ahead
    each, windows = minutes_each(line, at), windows_on_duty(line)
    return soonest_wait(ahead, minutes=each, windows=windows)


def place_of(visit: Visit, at: datetime) -> int:
    """Return how many go before this visit, as the windows call that may call it, if its holder
    were here and nobody else came."""
    today, since = localdate(at), visit.stands_since or at
    if visit.here_at is None and visit.back_by:
        since = stands_since(visit.at, visit.back_by, at)
    # Whose number was taken on the phone is not called yet, and stands here all the same.
    waits = Visit.objects.waiting().filter(site=visit.site_id, day=today)
    both = waits | Visit.objects.filter(pk=visit.pk)
    there = [Here(*row) for row in gathered(both.values_list(*Here._fields))]
    skills = skills_lately((visit.site_id,), at) if any(one.items for one in there) else {}
    here = skills.get(visit.site_id)
    serves = serves_of(sitting_at([visit.site_id]))
    standing = [
        stood_at(
            one.line_id,
            one.green,
            since if one.pk == visit.pk else one.stands_since or at,
            one.pk,
            only_windows(here, one.line_id, one.items, one.for_window_id),
        )
        for one in there
    ]
    # Where all are of one class nothing is to choose between.
    mixed = len({one.kind for one in standing}) > 1
    rows = favoured_from(serves, today) if mixed else {}
    return places_of(standing, at, serves=serves, rows=rows)[visit.pk] - 1
