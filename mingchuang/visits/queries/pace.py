"""How quickly a line moves: what it has shown today, and who stands before whom."""

from datetime import datetime, timedelta
from statistics import fmean

from django.utils.timezone import localdate

from mingchuang.hall.models import Window
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.waiting import favoured_in_a_row
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.order import as_called
from mingchuang.visits.rules.remote import soonest_wait, stands_since

# So many visits that ended last tell how long one takes now; fewer tell too little.
LATELY, ENOUGH = 15, 5
# Behind every visit there is.
LAST = 2**63


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


def soonest_call(line: Line, at: datetime) -> timedelta:
    """Return how long who takes a number of this line now waits at least, by its own pace."""
    ahead = _called_before(line, green="", stands=at, row=0, at=at)
    each, windows = minutes_each(line, at), windows_on_duty(line)
    return soonest_wait(ahead, minutes=each, windows=windows)


def place_of(visit: Visit, at: datetime) -> int:
    """Return how many of its line would be called before this visit, by the rule of the line, if
    its holder were here and nobody else came."""
    stands = visit.stands_since or at
    if visit.here_at is None and visit.back_by:
        stands = stands_since(visit.at, visit.back_by, at)
    return _called_before(visit.line, green=visit.green, stands=stands, row=visit.pk, at=at)


def _called_before(line: Line, *, green: str, stands: datetime, row: int, at: datetime) -> int:
    """Return how many of the line go before somebody who stands since then; `row` (0: not there
    yet, so behind everybody of the same moment) breaks a tie."""
    today, mine = localdate(at), row or LAST
    others = Visit.objects.waiting().filter(line=line, day=today)
    standing = list(others.exclude(pk=row).values_list("green", "stands_since", "pk"))
    order = as_called([*standing, (green, stands, mine)], at, row=favoured_in_a_row([line], today))
    return list(order).index(mine)
