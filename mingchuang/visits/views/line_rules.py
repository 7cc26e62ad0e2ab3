"""The rules of the line on one page, for everybody and for the wall (排队规则)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingchuang.hall.queries import site_for
from mingchuang.visits.rules.line import GREEN_CHANNEL
from mingchuang.visits.rules.remote import GRACE

A_MINUTE = 60


@require_safe
def line_rules(request: HttpRequest, site: str) -> HttpResponse:
    """Who is called next, and what becomes of a number that was passed over: the very numbers by
    which the house calls."""
    shown = {
        "site": site_for(site),
        "head_start": int(GREEN_CHANNEL.favours[0].head_start),
        "in_a_row": int(GREEN_CHANNEL.in_a_row),
        "longest": int(GREEN_CHANNEL.longest),
        "grace": int(GRACE.total_seconds()) // A_MINUTE,
    }
    return render(request, "visits/line_rules.html", shown)
