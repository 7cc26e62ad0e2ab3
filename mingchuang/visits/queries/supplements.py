"""What was told to be missing, whom it is awaited from, and who is to be reminded."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Guide, ServiceItem
from mingchuang.hall.queries import days_of
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.visits.models import Supplement, Visit
from mingchuang.visits.models.supplements import WAITED_FOR
from mingchuang.visits.queries.desks import CLERKS


def told_on(visit: Visit) -> "QuerySet[Supplement]":
    """Return what was told at once on one visit, in order."""
    return visit.supplements.select_related("item__guide", "by").order_by("pk")


def is_told(visit: Visit, item: ServiceItem) -> bool:
    """Say whether a notice of this item stands on the visit: everything is told at once."""
    return visit.supplements.filter(item=item, brought_at=None, ended_at=None).exists()


def guides_for(visit: Visit) -> Sequence[Guide]:
    """Return the guides of what a visitor may have come for: what they said, or else all that is
    done in their line."""
    said = Guide.objects.filter(item__visits=visit)
    in_line = Guide.objects.filter(item__lines=visit.line_id)
    guides = list(said.select_related("item")) or list(in_line.select_related("item"))
    return [guide for guide in guides if guide.material_list]


def awaited_by(person: Person) -> "QuerySet[Supplement]":
    """Return what is still to be brought to the sites of this person, what is due first on top."""
    units = scope_of(person).units(*CLERKS)
    found = Supplement.objects.filter(WAITED_FOR, visit__site__unit__in=units)
    return found.select_related("visit__site", "visit__requester", "item").order_by("due_on", "pk")


def supplement_for(person: Person, pk: int, *, lock: bool = False) -> Supplement:
    """Return what is awaited at a site of this person; lock it if it changes."""
    units = scope_of(person).units(*CLERKS)
    found = Supplement.objects.filter(pk=pk, visit__site__unit__in=units)
    if lock:
        # The lock first, alone: what is joined to it would be read as it was before we waited.
        list(found.select_for_update(of=("self",)).values_list("pk"))
    supplement = found.select_related("visit__site", "item").first()
    if supplement is None:
        raise NotFound
    return supplement


def is_open_on(visit: Visit, day: date) -> bool:
    """Say whether the doors of the site are open on that day."""
    return bool(days_of(visit.site, day, 1)[0].shifts)


def supplement_to_remind(at: datetime) -> Supplement | None:
    """Return what somebody is to be reminded of by now, the earliest first; of a day that is
    over nobody is."""
    due = Supplement.objects.filter(WAITED_FOR, next_at__lte=at, due_on__gte=localdate(at))
    return due.select_related("visit__requester", "visit__site", "item").order_by("next_at").first()
