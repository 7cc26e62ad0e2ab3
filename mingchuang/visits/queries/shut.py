"""What is of a day on which the hall stays shut, whatever was planned or booked before."""

from django.db.models import Exists, OuterRef

from mingchuang.hall.models import SpecialHours
from mingchuang.hall.rules.hours import HoursKind


def _shut_at(site: str) -> Exists:
    closed = SpecialHours.objects.filter(kind=HoursKind.CLOSED)
    return Exists(closed.filter(site=OuterRef(site), day=OuterRef("day")))


# Asked in the statement that finds the visits, the slots, or what is told of them.
SHUT = _shut_at("site")
SLOT_SHUT = _shut_at("line__site")
NOTE_SHUT = _shut_at("visit__site")
