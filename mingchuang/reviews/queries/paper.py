"""At which windows somebody's office may enter sheets of paper."""

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Window
from mingchuang.people.models import Person
from mingchuang.reviews.queries.reviewing import offices
from mingchuang.reviews.rules.offices import Duty


def windows_reviewed(person: Person) -> "QuerySet[Window]":
    """Return the windows whose ratings this person verifies, by place and number."""
    units = offices(person).of[Duty.VERIFY]
    windows = Window.objects.filter(site__unit__in=units).select_related("site__unit")
    return windows.order_by("site__name", "number")


def window_choices(person: Person) -> list[tuple[int, str]]:
    """Return them as a list to choose from."""
    return [(one.pk, f"{one.site.name} {one}") for one in windows_reviewed(person)]


def window_reviewed(person: Person, pk: int) -> Window:
    """Return one of them."""
    window = windows_reviewed(person).filter(pk=pk).first()
    if window is None:
        raise NotFound
    return window
