"""Which visits are of a day on which their hall stays shut, whatever was booked before."""

from django.db.models import Exists, OuterRef

from mingchuang.hall.models import SpecialHours
from mingchuang.hall.rules.hours import HoursKind

# Asked in the statement that finds the visits.
SHUT = Exists(
    SpecialHours.objects.filter(site=OuterRef("site"), day=OuterRef("day"), kind=HoursKind.CLOSED)
)
