"""Who sits at which window: on duty, away for a while, off duty."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.locks import wait_for_turn
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.actions._steps import choose_next
from mingchuang.visits.actions._window import AtWindow, at_window
from mingchuang.visits.errors import AtAnotherWindow, StillServing, WindowTaken
from mingchuang.visits.models import Desk
from mingchuang.visits.queries.desks import window_for
from mingchuang.visits.queries.waiting import waiting_for_alone


@transaction.atomic
def sign_on(
    window: int, *, by: Person, at: datetime, shows_name: bool = False, languages: str = ""
) -> Desk:
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
    desk = Desk.objects.create(
        window=place, person=by, since=at, shows_name=shows_name, languages=languages
    )
    record("desk.signed_on", place.subject, at=at, by=by.badge)
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
    for visit in waiting_for_alone(desk.window, localdate(at)):
        visit.for_window = None
        visit.save(update_fields=["for_window"])
        told = {"line": visit.line.subject, "window": desk.window.subject}
        record("visit.freed", visit.subject, at=at, digest="", **told)
    desk.until, desk.away_since = at, None
    desk.save(update_fields=["until", "away_since"])
    record("desk.signed_off", desk.window.subject, at=at, by=desk.person.badge)
    return desk


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
