"""What is booked, and whose code opens it."""

from datetime import date, datetime

from django.db.models import Case, Count, Max, Min, When

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.queries import entries_of
from mingchuang.people.fields import phone_index
from mingchuang.visits.errors import DayShut, NoSuchSlot, NotReleased
from mingchuang.visits.models import Slot, Visit
from mingchuang.visits.queries.shut import SLOT_SHUT, SLOT_UNRELEASED
from mingchuang.visits.rules.life import State


def slot_for(pk: int) -> Slot:
    """Return a slot of a line in use, on a day on which the doors are not shut after all, and of a
    holiday only once it was released."""
    slot = slot_sent(pk)
    if not slot.line.active:
        raise NoSuchSlot
    if vars(slot)["is_shut"]:
        raise DayShut
    if vars(slot)["is_unreleased"]:
        raise NotReleased
    return slot


def slot_sent(pk: int) -> Slot:
    """Return a slot, also of a line that ended, or of a day that was shut, while somebody filled
    in a form for it."""
    slots = Slot.objects.annotate(is_shut=SLOT_SHUT, is_unreleased=SLOT_UNRELEASED)
    slot = slots.select_related("line__site").filter(pk=pk).first()
    if slot is None:
        raise NoSuchSlot
    return slot


def visit_of(code: str, *, lock: bool = False) -> Visit:
    """Return the visit whose holder knows its code; lock it if it changes.

    What is locked is read alone: PostgreSQL looks again at a row it had to wait for, but not at
    those joined to it, and would tell of a slot that was left meanwhile.
    """
    visits = Visit.objects.filter(code=code)
    visits = visits.select_for_update() if lock else visits.select_related("line__site", "slot")
    visit = visits.first()
    if visit is None:
        raise NotFound
    return visit


def items_of(visit: Visit) -> list[ServiceItem]:
    """Return what they come for, the thing their line does first, each with its guide."""
    mine = Case(When(lines=visit.line_id, then=0), default=1)
    items = visit.items.select_related("guide").annotate(order=Min(mine))
    return list(items.order_by("order", "pk"))


def changes_of(visit: Visit) -> tuple[int, datetime]:
    """Return how often a booking was changed, and when last."""
    changes = entries_of(visit.subject).filter(verb__in=["visit.moved", "visit.cancelled"])
    found = changes.aggregate(many=Count("pk"), last=Max("at"))
    return found["many"], found["last"] or visit.at


def booked_by(phone: str, day: date) -> int:
    """Return how many visits on that day are booked under this phone."""
    index = phone_index(phone)
    booked = Visit.objects.filter(state=State.BOOKED, day=day, requester__phone_index=index)
    return booked.count() if index else 0
