"""Passing on and giving up: to another line or window, or not here after all."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.hall.models import Window
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import join_line, take_step
from mingchuang.visits.errors import (
    AtTheirWindow,
    NobodySitsThere,
    NotTakenInThere,
    StillWaits,
)
from mingchuang.visits.models import Desk, Line, Visit
from mingchuang.visits.queries.desks import desk_of, visit_near
from mingchuang.visits.queries.lines import line_near, window_near
from mingchuang.visits.queries.waiting import lines_of
from mingchuang.visits.rules.life import AT_WINDOW, State


@transaction.atomic
def pass_on(visit: int, line: int, *, by: Person, at: datetime, window: int | None = None) -> Visit:
    """Send somebody on to another line, or to one window of it. They keep their number and the
    time they have stood: nobody queues twice for one coming."""
    desk = desk_of(by, lock=True)
    join_line(desk.window.site_id)
    found = visit_near(desk, visit, on=localdate(at))
    if found.state in AT_WINDOW and found.window_id != desk.window_id:
        raise AtTheirWindow(number=found.shown)
    to = line_near(desk, line)
    take_step(found, "visit.passed_on")
    found.line, found.window, found.started_at = to, None, None
    found.for_window = None if window is None else window_near(desk, window)
    if found.for_window is not None:
        _refuse_in_vain(found.for_window, to)
    found.save(update_fields=["state", "line", "window", "for_window", "started_at"])
    told = {"line": to.subject, "by": by.badge}
    if found.for_window is not None:
        told["window"] = found.for_window.subject
    record("visit.passed_on", found.subject, at=at, digest="", **told)
    return found


def _refuse_in_vain(window: Window, line: Line) -> None:
    """Nobody is sent to wait for a window that will not call them."""
    if line not in lines_of(window):
        raise NotTakenInThere(window=window.number, line=line.name)
    if not Desk.objects.filter(window=window, until__isnull=True).exists():
        raise NobodySitsThere(window=window.number)


@transaction.atomic
def miss(visit: int, *, by: Person, at: datetime) -> Visit:
    """Say that somebody who was called did not come; their place is nobody's any more."""
    found = visit_near(desk_of(by), visit, on=localdate(at))
    if found.state == State.WAITING:
        raise StillWaits(number=found.shown)
    take_step(found, "visit.missed")
    found.ended_at = at
    found.save(update_fields=["state", "ended_at"])
    record("visit.missed", found.subject, at=at, by=by.badge)
    return found
