"""Who is to be told of a place now."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mingchuang.visits.models import PlaceNote, Visit
from mingchuang.visits.queries.shut import NOTE_SHUT, SHUT
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.place_notes import Kind
from mingchuang.visits.rules.standby import StandbyState


def place_note_to_send(at: datetime) -> PlaceNote | None:
    """Return a message to be tried by now, the oldest first, with whom it tells of what."""
    return _to_send(at).first()


def place_note_still_to_send(pk: int, at: datetime) -> bool:
    """Say whether it still is to be tried: another process may have done so, or the place gone."""
    return _to_send(at).filter(pk=pk).exists()


def booked_behind_shut_doors(at: datetime) -> QuerySet[Visit]:
    """Return who booked a day the hall has shut since, can be reached, and has no message of it."""
    noted = PlaceNote.objects.filter(kind=Kind.SHUT, visit=OuterRef("pk"), day=OuterRef("day"))
    visits = Visit.objects.filter(SHUT, ~Exists(noted), state=State.BOOKED, slot__starts_at__gt=at)
    return visits.filter(requester__phone_index__gt="").order_by("pk")


def _to_send(at: datetime) -> QuerySet[PlaceNote]:
    """Return what is due and still true: what is held no longer, was given back, or is open again,
    is not told."""
    held = Q(kind=Kind.OFFERED, standby__state=StandbyState.OFFERED, standby__held_until__gt=at)
    lost = Q(kind=Kind.MISSED, standby__state=StandbyState.WAITING, standby__day__gte=at.date())
    comes = Q(visit__state=State.BOOKED, visit__slot__starts_at__gt=at)
    won = comes & Q(kind=Kind.DRAWN)
    shut = comes & Q(NOTE_SHUT, kind=Kind.SHUT, day=F("visit__day"))
    reached = Q(standby__requester__phone_index__gt="") | Q(visit__requester__phone_index__gt="")
    found = PlaceNote.objects.filter(held | lost | won | shut, reached, next_at__lte=at)
    with_whom = ("standby__requester", "standby__slot", "standby__line__site")
    with_visit = ("visit__requester", "visit__slot", "visit__site")
    return found.select_related(*with_whom, *with_visit).order_by("next_at", "pk")
