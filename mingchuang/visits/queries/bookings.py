"""What clerks see of bookings: those at the sites of their units. Fetching is authorising."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.visits.errors import NoSuchLine
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.lines import lines_held_by
from mingchuang.visits.queries.shut import SHUT
from mingchuang.visits.rules.life import State


def lines_kept_by(person: Person) -> QuerySet[Line]:
    """Return the lines in use at the sites of this person's units."""
    return lines_held_by(person, *CLERKS)


def line_kept_by(person: Person, pk: int) -> Line:
    line = lines_kept_by(person).prefetch_related("items").filter(pk=pk).first()
    if line is None:
        raise NoSuchLine
    return line


def bookings_on(person: Person, day: date) -> QuerySet[Visit]:
    """Return the bookings of a day at these sites, in the order people come."""
    return _bookings(person).filter(day=day).order_by("slot__starts_at", "pk")


def shut_among(bookings: Iterable[Visit]) -> list[str]:
    """Return the names of the halls that stay shut on the day of some of these bookings, while
    somebody still means to come."""
    open_still = [one for one in bookings if one.state == State.BOOKED]
    return sorted({one.site.name for one in open_still if getattr(one, "is_shut", False)})


def bookings_under(person: Person, phone: str, *, since: date) -> QuerySet[Visit]:
    """Return the bookings under a phone number from a day on, for who lost their page."""
    index = phone_index(phone)
    found = _bookings(person).filter(requester__phone_index=index, day__gte=since)
    return found.order_by("slot__starts_at", "pk") if index else found.none()


def booking_for(person: Person, pk: int) -> Visit:
    booking = _bookings(person).filter(pk=pk).first()
    if booking is None:
        raise NotFound
    return booking


def _bookings(person: Person) -> QuerySet[Visit]:
    units = scope_of(person).units(*CLERKS)
    visits = Visit.objects.annotate(is_shut=SHUT).filter(site__unit__in=units, slot__isnull=False)
    return visits.select_related("site", "line", "slot", "requester").prefetch_related("items")
