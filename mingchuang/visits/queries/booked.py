"""What is booked, and whose code opens it."""

from datetime import date

from mingchuang.base.errors import NotFound
from mingchuang.people.fields import phone_index
from mingchuang.visits.errors import NoSuchSlot
from mingchuang.visits.models import Slot, Visit
from mingchuang.visits.rules.life import State


def slot_for(pk: int) -> Slot:
    """Return a slot of a line in use."""
    slot = Slot.objects.filter(pk=pk, line__active=True).select_related("line__site").first()
    if slot is None:
        raise NoSuchSlot
    return slot


def visit_of(code: str, *, lock: bool = False) -> Visit:
    """Return the visit whose holder knows its code; lock it if it changes."""
    # What is locked is read alone: PostgreSQL gives the newest row with the neighbours of the old,
    # and a visit moved meanwhile would seem to have no slot.
    visits = Visit.objects.filter(code=code)
    near = visits.select_related("line__site", "slot")
    visit = (visits.select_for_update() if lock else near).first()
    if visit is None:
        raise NotFound
    return visit


def booked_by(phone: str, day: date) -> int:
    """Return how many visits on that day are booked under this phone."""
    index = phone_index(phone)
    booked = Visit.objects.filter(state=State.BOOKED, day=day, requester__phone_index=index)
    return booked.count() if index else 0
