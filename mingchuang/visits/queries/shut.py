"""What is of a day on which the hall stays shut, whatever was planned or booked before; and what
is of a holiday whose places nobody released yet."""

from django.db.models import Exists, OuterRef, Q

from mingchuang.hall.models import SpecialHours
from mingchuang.hall.rules.hours import HoursKind
from mingchuang.visits.models import Release


def _is_at(site: str, kind: HoursKind) -> Exists:
    special = SpecialHours.objects.filter(kind=kind)
    return Exists(special.filter(site=OuterRef(site), day=OuterRef("day")))


def _unreleased() -> Q:
    released = Release.objects.filter(line=OuterRef("line"), day=OuterRef("day"))
    return Q(_is_at("line__site", HoursKind.HOLIDAY)) & ~Q(Exists(released))


# Asked in the statement that finds the visits, the slots, or what is told of them.
SHUT = _is_at("site", HoursKind.CLOSED)
SLOT_SHUT = _is_at("line__site", HoursKind.CLOSED)
NOTE_SHUT = _is_at("visit__site", HoursKind.CLOSED)
SLOT_UNRELEASED = _unreleased()
