"""Calling: who is next, come again, passed over, put aside, passed on, done."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Window
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import choose_next, join_line, take_step
from mingchuang.visits.actions._window import AtWindow, at_window, window_of
from mingchuang.visits.errors import IsAway, NobodyWaits, ReasonNeeded, StillServing
from mingchuang.visits.models import Call, Desk, Line, Visit
from mingchuang.visits.queries.desks import desk_of, visit_near
from mingchuang.visits.queries.waiting import (
    favoured_in_a_row,
    heads_of,
    lines_of,
    may_be_called,
    still_waiting,
)
from mingchuang.visits.rules.life import ENDED, State
from mingchuang.visits.rules.line import GREEN_CHANNEL, minute_of, next_class


@transaction.atomic
@at_window
def call_next(here: AtWindow, *, at: datetime) -> Visit:
    """Call who is next to one's window, as the one rule of the line says."""
    desk = _free(here)
    lines = lines_of(desk.window)
    choose_next(desk.window.site_id)
    visit = _next_in(desk.window, lines, at=at)
    if visit is None:
        raise NobodyWaits
    return _call(visit, desk, at=at)


@transaction.atomic
def call_out_of_turn(visit: int, reason: str, *, by: Person, at: datetime) -> Visit:
    """Call somebody before their turn; the reason stands in the ledger for ever (promise P9)."""
    if not reason.strip():
        raise ReasonNeeded
    desk = _free(window_of(by))
    choose_next(desk.window.site_id)
    found = visit_near(desk, visit, on=localdate(at))
    if found.state == State.WAITING and not may_be_called(found, desk):
        raise NotFound
    return _call(found, desk, at=at, reason=reason.strip())


def _free(here: AtWindow) -> Desk:
    if here.desk.away_since is not None:
        raise IsAway
    if here.visit:
        raise StillServing(number=here.visit.shown)
    return here.desk


def _next_in(window: Window, lines: Sequence[Line], *, at: datetime) -> Visit | None:
    """Return who this window calls next in these lines, locked."""
    today = localdate(at)
    row = favoured_in_a_row(lines, today)
    while True:
        heads = heads_of(window, lines, today)
        which = next_class(heads, minute_of(at), GREEN_CHANNEL, row=row)
        chosen = None if which is None else heads[which]
        if chosen is None:
            return None
        _since, visit = chosen
        if held := still_waiting(visit):
            return held


def _call(visit: Visit, desk: Desk, *, at: datetime, reason: str = "") -> Visit:
    take_step(visit, "visit.called")
    visit.window, visit.called_at = desk.window, at
    visit.save(update_fields=["state", "window", "called_at"])
    Call.objects.create(visit=visit, window=desk.window, by=desk.person, at=at, reason=reason)
    told = {"window": desk.window.subject, "by": desk.person.badge}
    if reason:
        told["reason"] = reason
    record("visit.called", visit.subject, at=at, digest="", **told)
    return visit


@transaction.atomic
@at_window
def recall(here: AtWindow, *, at: datetime) -> Visit:
    """Call the same number once more: who is called may not have heard."""
    return _keep(here.held, here.desk, "visit.recalled", at=at)


@transaction.atomic
@at_window
def skip(here: AtWindow, *, at: datetime) -> Visit:
    """Pass over somebody who did not come; they may come back to the line."""
    return _keep(here.held, here.desk, "visit.skipped", at=at)


@transaction.atomic
@at_window
def start(here: AtWindow, *, at: datetime) -> Visit:
    """Begin with who has come to the window."""
    return _keep(here.held, here.desk, "visit.started", at=at)


@transaction.atomic
@at_window
def finish(here: AtWindow, *, at: datetime) -> Visit:
    """Say that what somebody came for is done; who was only called has been served too."""
    begun = ["visit.started"] if here.held.state == State.CALLED else []
    return _keep(here.held, here.desk, *begun, "visit.finished", at=at)


@transaction.atomic
@at_window
def park(here: AtWindow, *, at: datetime) -> Visit:
    """Put a visit aside while somebody fills in a form; the window is free meanwhile."""
    return _keep(here.held, here.desk, "visit.parked", at=at)


@transaction.atomic
def take_up(visit: int, *, by: Person, at: datetime) -> Visit:
    """Go on with a visit that was put aside."""
    desk = _free(window_of(by))
    found = visit_near(desk, visit, on=localdate(at))
    found.window = desk.window
    return _keep(found, desk, "visit.taken_up", at=at)


@transaction.atomic
def bring_back(visit: int, *, by: Person, at: datetime) -> Visit:
    """Let somebody who was passed over wait again, for any window of their line; they keep their
    number."""
    desk = desk_of(by)
    join_line(desk.window.site_id)
    found = visit_near(desk, visit, on=localdate(at))
    take_step(found, "visit.came_back")
    found.window = found.for_window = None
    found.save(update_fields=["state", "window", "for_window"])
    record("visit.came_back", found.subject, at=at, by=by.badge)
    return found


def _keep(visit: Visit, desk: Desk, *verbs: str, at: datetime) -> Visit:
    """Take these steps at a window, one after the other."""
    for verb in verbs:
        take_step(visit, verb)
        if visit.state == State.SERVING and visit.started_at is None:
            visit.started_at = at
    if visit.state in ENDED:
        visit.ended_at = at
    visit.save(update_fields=["state", "window", "started_at", "ended_at"])
    for verb in verbs:
        record(verb, visit.subject, at=at, window=desk.window.subject, by=desk.person.badge)
    return visit
