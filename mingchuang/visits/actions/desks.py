"""Who sits at which window: on duty, away for a while, off duty."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.locks import wait_for_turn
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import choose_next, take_step
from mingchuang.visits.actions._window import AtWindow, at_window
from mingchuang.visits.errors import AtAnotherWindow, StillServing, WindowTaken
from mingchuang.visits.models import Desk
from mingchuang.visits.queries.desks import desk_at, visit_at, window_for, window_kept_by
from mingchuang.visits.queries.waiting import waiting_for_alone


@transaction.atomic
def sign_on(window: int, *, by: Person, at: datetime, languages: str = "") -> Desk:
    """Sit down at a window: the card stands there, and numbers may be called (亮牌上岗)."""
    place = window_for(by, window)
    wait_for_turn("desks")
    held = Desk.objects.filter(until__isnull=True).select_related("window", "person")
    mine = held.filter(person=by).first()
    if mine is not None and mine.window_id != place.pk:
        raise AtAnotherWindow(window=mine.window.number)
    if mine is not None:
        return mine
    if other := held.filter(window=place).first():
        raise WindowTaken(window=place.number, badge=other.person.badge)
    desk = Desk.objects.create(window=place, person=by, since=at, languages=languages)
    record("desk.signed_on", place.subject, at=at, by=by.badge, items=place.codes)
    return desk


@transaction.atomic
@at_window
def sign_off(here: AtWindow, *, at: datetime) -> Desk:
    """Leave the window; nobody may be left standing at it. Who waited for it alone waits for any
    window of their line."""
    desk = here.desk
    if here.visit:
        raise StillServing(number=here.visit.shown)
    choose_next(desk.window.site_id)
    _leave(desk, at=at)
    record("desk.signed_off", desk.window.subject, at=at, by=desk.person.badge)
    return desk


@transaction.atomic
def free_window(window: int, *, by: Person, at: datetime) -> Desk:
    """Sign off who left a window without doing so. Whoever stood there waits again in their line,
    with the time they have stood, and keeps their number."""
    place = window_kept_by(by, window)
    desk = desk_at(place)
    choose_next(place.site_id)
    visit = visit_at(place)
    if visit is not None:
        take_step(visit, "visit.passed_on")
        visit.window = visit.for_window = visit.started_at = None
        visit.save(update_fields=["state", "window", "for_window", "started_at"])
        told = {"line": visit.line.subject, "by": by.badge}
        record("visit.passed_on", visit.subject, at=at, digest="", **told)
    _leave(desk, at=at)
    told = {"by": by.badge, "left": desk.person.badge}
    record("desk.signed_off", place.subject, at=at, digest="", **told)
    return desk


def _leave(desk: Desk, *, at: datetime) -> None:
    """End somebody's time at a window, and let go of who waited for it alone. Needs the turn."""
    for visit in waiting_for_alone(desk.window, localdate(at)):
        visit.for_window = None
        visit.save(update_fields=["for_window"])
        told = {"line": visit.line.subject, "window": desk.window.subject}
        record("visit.freed", visit.subject, at=at, digest="", **told)
    desk.until, desk.away_since = at, None
    desk.save(update_fields=["until", "away_since"])


@transaction.atomic
@at_window
def step_away(here: AtWindow, *, at: datetime) -> Desk:
    """Pause at the window: it calls nobody, and the display says so."""
    desk = here.desk
    if desk.away_since is None:
        desk.away_since = at
        desk.save(update_fields=["away_since"])
        record("desk.stepped_away", desk.window.subject, at=at, by=desk.person.badge)
    return desk


@transaction.atomic
@at_window
def come_back(here: AtWindow, *, at: datetime) -> Desk:
    """Call again after a pause."""
    desk = here.desk
    if desk.away_since is not None:
        desk.away_since = None
        desk.save(update_fields=["away_since"])
        record("desk.came_back", desk.window.subject, at=at, by=desk.person.badge)
    return desk
