"""The bookings of the day, booking for somebody who calls, and changing it for them."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions.booking import book_visit
from mingchuang.visits.forms.booking import WantedForm
from mingchuang.visits.forms.bookings import DayForm, PhoneForm, StaffForm
from mingchuang.visits.queries.booked import slot_for
from mingchuang.visits.queries.bookings import (
    booking_for,
    bookings_on,
    bookings_under,
    line_kept_by,
    lines_kept_by,
    shut_among,
)
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.free import free_days, times_on
from mingchuang.visits.queries.overbooking import extra_on
from mingchuang.visits.queries.wanted import Wanted, done_beside
from mingchuang.visits.views import changing
from mingchuang.visits.views.book import day_chosen

SHELL = "visits/desk_booking.html"


@holds(*CLERKS)
def bookings(request: PersonRequest) -> HttpResponse:
    """Who comes on a day; by telephone number, for who lost their page: that stays out of the
    address, which is kept in too many places."""
    today, find = localdate(), PhoneForm(sent(request))
    choose = DayForm(request.GET if "day" in request.GET else None, initial={"day": today})
    day: date = choose.cleaned_data["day"] if choose.is_valid() else today
    shown = {"find": find, "choose": choose, "day": day, "here": "bookings"}
    if request.method == "POST" and find.is_valid():
        found = bookings_under(request.user, find.cleaned_data["phone"], since=today)
        shown["found"] = found[:20]
    else:
        page = page_of(request, bookings_on(request.user, day), size=50)
        shown |= {"page": page, "shut": shut_among(page)}
        shown["extra"] = extra_on(lines_kept_by(request.user), day)
    faulty = find.errors or choose.errors
    return render(request, "visits/bookings.html", shown, status=422 if faulty else 200)


@holds(*CLERKS)
@require_safe
def choose_line(request: PersonRequest) -> HttpResponse:
    """Ask for which line; where there is one, it is that one."""
    lines = list(lines_kept_by(request.user))
    if len(lines) == 1:
        return redirect("visits:book_for", lines[0].pk)
    return render(request, "visits/choose_line.html", {"lines": lines, "here": "bookings"})


@holds(*CLERKS)
def book_for(request: PersonRequest, line: int) -> HttpResponse:
    """Book for somebody who calls or stands there: by the same door, with one's badge."""
    kept = line_kept_by(request.user, line)
    ask = WantedForm(request.GET if "persons" in request.GET else None)
    ask.offer(done_beside(kept), label=_("办什么？（可不选）"))
    wanted = Wanted(ask.chosen, ask.persons_said)
    form = StaffForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid() and not ask.errors:
        with refusal_on(form):
            given = {**form.cleaned_data, "items": wanted.items, "persons": wanted.persons}
            if slot_for(given["slot"]).line != kept:
                raise NotFound
            visit = book_visit(**given, by=request.user, at=now())
            messages.success(request, _("约好了，请把时间和地点告诉对方。"))
            return redirect(f"{reverse('visits:bookings')}?day={visit.day}")
    days = free_days([kept], wanted, now=now())
    chosen = day_chosen(request, days)
    shown = {"line": kept, "ask": ask, "form": form, "days": days, "chosen": chosen}
    shown |= {"times": times_on([kept], wanted, chosen.day, now=now()), "here": "bookings"}
    faulty = form.errors or ask.errors
    return render(request, "visits/book_for.html", shown, status=422 if faulty else 200)


@holds(*CLERKS)
def move_for(request: PersonRequest, pk: int) -> HttpResponse:
    booking = booking_for(request.user, pk)
    return changing.move(request, booking, _door(request, booking.day))


@holds(*CLERKS)
def cancel_for(request: PersonRequest, pk: int) -> HttpResponse:
    booking = booking_for(request.user, pk)
    return changing.cancel(request, booking, _door(request, booking.day))


def _door(request: PersonRequest, day: date) -> changing.Door:
    return changing.Door(SHELL, f"{reverse('visits:bookings')}?day={day}", by=request.user)
