"""What anybody may know of a window: what is done there, who serves it, whose turn it is."""

from datetime import date

from django.db.models import OuterRef, Prefetch, Subquery

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import ServiceItem, Window
from mingchuang.visits.models import Call, Desk, Visit
from mingchuang.visits.rules.life import AT_WINDOW


def window_at(site: str, number: int) -> Window:
    """Return a window by what stands above it, with what it takes in and the guides to that."""
    items = Prefetch("items", ServiceItem.objects.select_related("guide"))
    windows = Window.objects.select_related("site__unit").prefetch_related(items)
    window = windows.filter(site__code=site, number=number).first()
    if window is None:
        raise NotFound
    return window


def on_duty_at(window: Window) -> Desk | None:
    """Return who serves the window now: the card that hangs there (亮牌上岗), and how who stands
    before it stands (`held`)."""
    held = Visit.objects.filter(window=OuterRef("window"), state__in=sorted(map(str, AT_WINDOW)))
    desks = window.desks.filter(until__isnull=True).select_related("person")
    return desks.annotate(held=Subquery(held.values("state")[:1])).first()


def last_call_to(window: Window, on: date) -> Call | None:
    """Return the newest call of that day's visits to this window."""
    calls = window.calls.filter(visit__day=on).select_related("visit")
    return calls.order_by("-pk").first()
