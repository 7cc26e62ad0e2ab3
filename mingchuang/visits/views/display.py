"""What hangs over the windows: the display of the hall, and that of one window."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.qr import qr_svg
from mingchuang.visits.queries.screens import hall_now
from mingchuang.visits.queries.walls import walls_of
from mingchuang.visits.rules.channels import CHINESE, ENGLISH, Channel, Kind


@require_safe
def hall(request: HttpRequest, site: str) -> HttpResponse:
    """Who is called where, how many wait, and what hangs on the wall."""
    now = localtime()
    notices, guides = walls_of(site, now.date())
    context = {
        "hall": hall_now(site, at=now),
        "channel": Channel(Kind.HALL, site, language=_language()),
        "notices": notices,
        "guides": guides,
        "now": now,
    }
    return render(request, "visits/display/hall.html", context)


@require_safe
def window(request: HttpRequest, site: str, number: int) -> HttpResponse:
    """Which number this window has, and who serves it."""
    now = localtime()
    place = hall_now(site, at=now).windows.get(number)
    if place is None:
        raise NotFound
    notices, guides = walls_of(site, now.date())
    link = _page_of_window(request, site, number)
    context = {
        "place": place,
        "notices": notices,
        "guides": guides,
        "channel": Channel(Kind.WINDOW, site, number, _language()),
        "link": link,
        "qr": qr_svg(link),
        "now": now,
    }
    return render(request, "visits/display/window.html", context)


def _language() -> str:
    return ENGLISH if get_language() == ENGLISH else CHINESE


def _page_of_window(request: HttpRequest, site: str, number: int) -> str:
    """Return the address of the window's own page; empty where this house has none."""
    try:
        return request.build_absolute_uri(reverse("visits:window", args=[site, number]))
    except NoReverseMatch:
        return ""
