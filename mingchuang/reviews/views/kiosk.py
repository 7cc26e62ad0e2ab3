"""At the machine in the hall: hand in the slip, tap once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent
from mingchuang.cases.views.limits import count
from mingchuang.reviews.actions.rating import rate_visit
from mingchuang.reviews.forms.rating import KioskRatingForm
from mingchuang.reviews.queries.rated import code_served, next_of, said_of, visit_event
from mingchuang.reviews.rules.ratings import Channel, Origin
from mingchuang.reviews.words.tables import GRADES
from mingchuang.visits.forms.numbers import CodeForm
from mingchuang.visits.queries.halls import hall_at
from mingchuang.visits.views.kiosk import ASKED, SHOWN, at_kiosk


@at_kiosk(ASKED)
def start(request: HttpRequest, site: str) -> HttpResponse:
    """Which visit? Scanned from the slip, or typed as eight digits."""
    hall, form = hall_at(site, now()), CodeForm(sent(request))
    if form.is_valid():
        with refusal_on(form):
            count(request, "look")
            code = code_served(form.cleaned_data["typed"], site, localdate())
            return redirect("reviews:kiosk_visit", site, code)
    shown = {"hall": hall, "site_code": site, "form": form}
    return render(request, "reviews/kiosk.html", shown, status=422 if form.errors else 200)


@at_kiosk(SHOWN)
def visit(request: HttpRequest, site: str, code: str) -> HttpResponse:
    """How was it? One tap; whoever has said so is thanked."""
    event, form = visit_event(code), KioskRatingForm(sent(request))
    if event.window is None or event.window.site.code != site:
        raise NotFound
    if form.is_valid():
        grade = form.cleaned_data["grade"]
        rate_visit(code, grade, channel=Channel.KIOSK, at=now())
        return redirect("reviews:kiosk_visit", site, code)
    said = said_of(event)
    if not said:
        next_of(event, Origin.CITIZEN, at=now())
    shown = {"hall": hall_at(site, now()), "site_code": site, "event": event, "said": said}
    return render(request, "reviews/kiosk_visit.html", {**shown, "grades": GRADES})
