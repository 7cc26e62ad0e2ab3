"""The page of a window: what is done there, who is on duty, the last number, how to rate it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from mingchuang.base.qr import qr_svg
from mingchuang.hall.queries import week_of
from mingchuang.hall.words.times import doors_words
from mingchuang.visits.queries.cards import last_call_to, on_duty_at, window_at
from mingchuang.visits.queries.closing import is_shut


@require_safe
def card(request: HttpRequest, site: str, number: int) -> HttpResponse:
    window, now = window_at(site, number), localtime()
    today = week_of(window.site, now.date())[0]
    link = request.build_absolute_uri(reverse("reviews:rate_window", args=[site, number]))
    shown = {
        "window": window,
        "desk": on_duty_at(window),
        "call": last_call_to(window, now.date()),
        "is_shut": is_shut(window.site, today, now.time()),
        "doors": doors_words(today, now.time()),
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, "visits/window.html", shown)
