"""Booking without an account, one question a page: what and how many, where, when, who."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.cases.views.limits import may_send
from mingchuang.visits.actions.booking import book_visit
from mingchuang.visits.errors import SlotOver
from mingchuang.visits.forms.booking import WantedForm, WhoForm
from mingchuang.visits.queries.booked import slot_for, slot_sent
from mingchuang.visits.queries.free import (
    Day,
    free_days,
    free_places,
    most_together,
    times_near,
    times_on,
)
from mingchuang.visits.queries.wanted import (
    Wanted,
    done_with,
    item_booked,
    item_sent,
    lines_at,
    lines_for,
)

if TYPE_CHECKING:
    from mingchuang.hall.models import ServiceItem
    from mingchuang.visits.models import Line, Slot

SOME = 4


@never_cache
@require_safe
def book(request: HttpRequest, item: str) -> HttpResponse:
    """Ask by how many and what else; once that is said, where."""
    form, wanted = _wanted(request, item)
    if not form.is_bound or form.errors:
        return _asked(request, form, wanted)
    shown = {"wanted": wanted, "item": wanted.items[0], "places": free_places(wanted, now=now())}
    return render(request, "visits/book_places.html", shown)


@never_cache
@require_safe
def times(request: HttpRequest, item: str, site: str) -> HttpResponse:
    """Ask on which day and when; full days and closed ones say so."""
    form, wanted = _wanted(request, item)
    if form.errors:
        return _asked(request, form, wanted)
    lines = lines_at(site, wanted)
    days = free_days(lines, wanted, now=now())
    chosen, fitting = day_chosen(request, days), [day for day in days if day.left]
    shown = {
        "wanted": wanted,
        "item": wanted.items[0],
        "site": lines[0].site,
        "lines": lines,
        "days": days,
        "chosen": chosen,
        "times": times_on(lines, wanted, chosen.day, now=now()),
        "nearest": fitting[0] if fitting else None,
        "together": 0 if fitting else most_together(lines, wanted, now=now()),
    }
    return render(request, "visits/book_times.html", shown)


@never_cache
def who(request: HttpRequest, item: str, site: str, slot: int) -> HttpResponse:
    """Ask who comes, and book. A time that is gone meanwhile, or whose line has ended, names
    others; nothing is lost."""
    is_sent = request.method == "POST"
    wish, wanted = _wanted(request, item, find=item_sent if is_sent else item_booked)
    if wish.errors:
        return _asked(request, wish, wanted)
    place = slot_sent(slot) if is_sent else slot_for(slot)
    lines = _lines_of(place, site, wanted)
    if place.starts_at <= now() and not is_sent:
        return _back_to_times(request, item, site)
    form = WhoForm(sent(request), initial={"key": new_key()})
    if is_sent and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given = {**form.cleaned_data, "items": wanted.items, "persons": wanted.persons}
            visit = book_visit(slot, **given, at=now())
            messages.success(request, _("约好了。请保存这一页，凭它改约、取消和取号。"))
            return redirect("visits:visit", visit.code)
    shown = {"wanted": wanted, "item": wanted.items[0], "site": place.line.site, "slot": place}
    shown |= {"form": form}
    if form.non_field_errors():
        shown["others"] = times_near(lines, wanted, place, many=SOME, now=now())
    return render(request, "visits/book_who.html", shown, status=422 if form.errors else 200)


def _lines_of(place: "Slot", site: str, wanted: Wanted) -> "list[Line]":
    """Return the lines of this place for what is wanted; the one of the slot must be among them,
    unless it has ended."""
    if place.line.active:
        lines = lines_at(site, wanted)
        if place.line not in lines:
            raise NotFound
        return lines
    if place.line.site.code != site:
        raise NotFound
    return [line for line in lines_for(wanted) if line.site_id == place.line.site_id]


def _back_to_times(request: HttpRequest, item: str, site: str) -> HttpResponse:
    """Say that the time is over before anybody fills in a form for it."""
    messages.warning(request, str(SlotOver.reason))
    wish = request.GET.copy()
    wish.pop("day", None)
    way = reverse("visits:book_times", args=[item, site])
    return redirect(f"{way}?{wish.urlencode()}" if wish else way)


def day_chosen(request: HttpRequest, days: Sequence[Day]) -> Day:
    """Return the day the address asks for; else the first with a free place, or today."""
    asked = _date_in(request.GET.get("day", ""))
    named = [day for day in days if day.day == asked]
    if "day" in request.GET and not named:
        messages.warning(request, _("这一天不能约：已经过去，或者还没有开放。请从下面选一天。"))
    return next(iter([*named, *(day for day in days if day.left), *days]))


def _date_in(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _wanted(
    request: HttpRequest, code: str, *, find: "Callable[[str], ServiceItem]" = item_booked
) -> tuple[WantedForm, Wanted]:
    """Read what is wanted from the address; an address that says nothing wants one for one."""
    item = find(code)
    form = WantedForm(request.GET if "persons" in request.GET else None)
    form.offer(done_with(item))
    return form, Wanted([item, *form.chosen], form.persons_said)


def _asked(request: HttpRequest, form: WantedForm, wanted: Wanted) -> HttpResponse:
    shown = {"form": form, "item": wanted.items[0]}
    return render(request, "visits/book.html", shown, status=422 if form.errors else 200)
