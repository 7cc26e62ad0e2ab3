"""Standing by for a full day: asked for without an account, a page of one's own, taken or left."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.views.limits import may_send, unlisted
from mingchuang.visits.actions import standby as actions
from mingchuang.visits.forms.places import WhoWaitsForm
from mingchuang.visits.queries import standby as queries
from mingchuang.visits.queries.lines import line_at
from mingchuang.visits.queries.wanted import items_named
from mingchuang.visits.rules.booking import MOST_PERSONS
from mingchuang.visits.rules.standby import STILL, StandbyState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingchuang.hall.models import ServiceItem
    from mingchuang.visits.models import Line

PERSONS = {str(many) for many in range(1, MOST_PERSONS + 1)}


@unlisted
def stand_by(request: HttpRequest, site: str, prefix: str, day: str) -> HttpResponse:
    """Ask who would come if a place of this full day came free."""
    line, on = line_at(site, prefix), _date_in(day)
    items = items_named(line, request.GET.getlist("item"))
    many = request.GET.get("persons", "1")
    if on < localdate():
        return _over(request, line, on, items)
    if request.method != "POST":
        persons = int(many) if many in PERSONS else 1
        if why := queries.why_not(line, on, persons, items, at=now()):
            return _over(request, line, on, items, why=why)
    halves = queries.halves_on(line.pk, on, at=now())
    start = {"key": new_key(), "persons": many}
    form = WhoWaitsForm(sent(request), halves=halves, initial=start)
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            standby = actions.stand_by(line, on, **form.cleaned_data, items=items, at=now())
            messages.success(request, _("登记好了。请保存这一页，有位子时在这里确认。"))
            return redirect("visits:standby", standby.code)
    shown = {"form": form, "line": line, "day": on, "items": items}
    return render(request, "visits/stand_by.html", shown, status=422 if form.errors else 200)


def _over(
    request: HttpRequest, line: "Line", on: date, items: "Sequence[ServiceItem]", *, why: str = ""
) -> HttpResponse:
    """Say that this day is past, or why nobody need stand by for it, and what to do instead."""
    status = 422 if request.method == "POST" else 200
    shown = {"line": line, "day": on, "items": items, "why": why}
    return render(request, "visits/standby_over.html", shown, status=status)


@unlisted
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """In which place one stands, what is held, until when, and everything that happened."""
    standby = queries.standby_of(code)
    link = request.build_absolute_uri(reverse("visits:standby", args=[code]))
    day = standby.visit.day if standby.visit else standby.day
    is_late = standby.held_until is not None and standby.held_until <= now()
    shown = {
        "standby": standby,
        "items": standby.items.order_by("code"),
        "state": StandbyState.LAPSED if is_late else standby.state,
        "place": queries.ahead_of(standby) + 1,
        "story": queries.story_of(standby),
        "may_leave": StandbyState(standby.state) in STILL,
        "is_over": day < localdate(),
        "texts": bool(settings.SMS_GATEWAY),
        "link": link,
        "qr": qr_svg(link),
    }
    return render(request, "visits/standby.html", shown)


@unlisted
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take the place that is held; pressed twice it is the same booking."""
    actions.take_offer(code, at=now())
    messages.success(request, _("约好了。"))
    return redirect("visits:standby", code)


@unlisted
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once more, and let somebody else have the place."""
    if request.method == "POST":
        actions.leave_standby(code, at=now())
        messages.success(request, _("已退出候补。"))
        return redirect("visits:standby", code)
    standby = queries.standby_of(code)
    shown = {"standby": standby, "back": reverse("visits:standby", args=[code])}
    return render(request, "visits/leave_standby.html", shown)


def _date_in(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise NotFound
    return day
