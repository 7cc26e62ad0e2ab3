"""Moving a booking, cancelling it or a number: one page for its holder and for staff who help."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.http import refusal_on, sent
from mingchuang.visits.actions.booking import as_shown, cancel_visit, move_visit
from mingchuang.visits.errors import NoSuchSlot
from mingchuang.visits.forms.booking import SeenForm, SlotForm
from mingchuang.visits.queries.assists import accompanying
from mingchuang.visits.queries.booked import items_of
from mingchuang.visits.queries.free import free_days, times_on
from mingchuang.visits.queries.wanted import Wanted, lines_to_move
from mingchuang.visits.rules.life import State, may_step
from mingchuang.visits.views.book import day_chosen

if TYPE_CHECKING:
    from mingchuang.people.models import Person
    from mingchuang.visits.models import Visit


@dataclass(frozen=True)
class Door:
    """Through which door somebody came: what the page looks like, where it leads back to, and
    who acts, where it is not the holder."""

    shell: str
    back: str
    by: "Person | None" = None

    @property
    def shown(self) -> Mapping[str, object]:
        return {"shell": self.shell, "back": self.back, "here": "bookings"}


def move(request: HttpRequest, visit: "Visit", door: Door) -> HttpResponse:
    """Show the days and times, and take another one; who finds it gone keeps the one they have."""
    if not may_step(State(visit.state), "visit.moved"):
        return redirect(door.back)
    form = SlotForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            to = partial(move_visit, slot=form.cleaned_data["slot"])
            as_shown(to, visit.code, form.cleaned_data["seen"], by=door.by, at=now())
            messages.success(request, _moved(visit))
            return redirect(door.back)
    if form.errors:
        # Pressed twice: the first did it, and the second is led to what it did.
        visit.refresh_from_db(fields=["slot"])
        if visit.slot_id and visit.slot_id == form.cleaned_data.get("slot"):
            return redirect(door.back)
    wanted = Wanted(items_of(visit), visit.persons)
    lines = lines_to_move(visit, wanted)
    if not lines:
        raise NoSuchSlot
    days = free_days(lines, wanted, now=now())
    chosen = day_chosen(request, days)
    shown = {"visit": visit, "form": form, "days": days, "chosen": chosen, **door.shown}
    shown["times"] = times_on(lines, wanted, chosen.day, now=now())
    return render(request, "visits/move.html", shown, status=422 if form.errors else 200)


def cancel(request: HttpRequest, visit: "Visit", door: Door) -> HttpResponse:
    """Ask once more, and give back the time of a booking or the place of a number."""
    if not may_step(State(visit.state), "visit.cancelled"):
        return redirect(door.back)
    form = SeenForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            seen = form.cleaned_data["seen"]
            as_shown(cancel_visit, visit.code, seen, by=door.by, at=now())
            messages.success(request, _cancelled(visit))
            return redirect(door.back)
    shown = {"visit": visit, "form": form, **door.shown}
    return render(request, "visits/cancel.html", shown, status=422 if form.errors else 200)


def _moved(visit: "Visit") -> str:
    """Say what was left, and that a companion still comes when they were asked for."""
    left = _("改好了，原来的时间已经让出。")
    then = _("陪办还是原来的时间，要改请先取消，再重新约。")
    return left + then if accompanying(visit).exists() else left


def _cancelled(visit: "Visit") -> str:
    """Say what was given back: the time of a booking, or the place of a number."""
    return _("已经取消，号作废了。") if visit.number else _("已经取消，这个时间让出来了。")
