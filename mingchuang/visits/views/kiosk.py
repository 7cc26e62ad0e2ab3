"""The machine at the door: what for, who, sure? and the number; or a booking handed to it."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound, Refused
from mingchuang.base.http import refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.views.limits import count
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.actions.remote import arrive
from mingchuang.visits.forms.numbers import CodeForm, KioskManyForm, NumberForm
from mingchuang.visits.queries.halls import Hall, hall_at, hall_lately, several_done_in
from mingchuang.visits.queries.tickets import code_meant, ticket_of, word_today
from mingchuang.visits.queries.wanted import items_named
from mingchuang.visits.views.guards import back_to_start, is_kiosk
from mingchuang.visits.words.tables import green_offered

if TYPE_CHECKING:
    from mingchuang.visits.models import Line

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Asked = Callable[[QueryDict | None, "Line"], NumberForm]
# Seconds until the machine belongs to the next visitor again.
START, ASKED, SHOWN = 60, 60, 25
ORDINARY = "ordinary"


def at_kiosk(seconds: int) -> Callable[[View[P]], View[P]]:
    """Go back to the start by itself, also after a refusal, and never to a page outside.

    Whoever is not at a machine takes a number from outside.
    """

    def machine(view: View[P]) -> View[P]:
        @never_cache
        @wraps(view)
        def door(request: HttpRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponse:
            site = str(given["site"])
            if not is_kiosk(request):
                return redirect("visits:number_at", site)
            try:
                response = view(request, *args, **given)
            except Refused as refused:
                shown = {"site_code": site, "error": refused}
                response = render(request, "visits/kiosk_no.html", shown, status=refused.status)
            back_to_start(response, site, seconds=seconds)
            return response

        return door

    return machine


@at_kiosk(START)
@require_safe
def start(request: HttpRequest, site: str) -> HttpResponse:
    """What for? Or: here is my booking."""
    hall = hall_at(site, now())
    return render(request, "visits/kiosk.html", {**_around(request, hall), "form": CodeForm()})


@at_kiosk(ASKED)
@require_safe
def who(request: HttpRequest, site: str, prefix: str) -> HttpResponse:
    """Who? Ordinary, or the green channel by one's own word."""
    hall = hall_at(site, now())
    shown = {**_around(request, hall), "line": hall.line(prefix), "kinds": green_offered()}
    return render(request, "visits/kiosk_who.html", {**shown, "ordinary": ORDINARY})


@at_kiosk(ASKED)
def sure(request: HttpRequest, site: str, prefix: str, who: str) -> HttpResponse:
    """Sure? Then the number; a second tap on the same page is the same number."""
    return _number_page(request, site, prefix, who, _for_one, page="visits/kiosk_sure.html")


@at_kiosk(ASKED)
def many(request: HttpRequest, site: str, prefix: str, who: str) -> HttpResponse:
    """The same for who does not come alone, or not for one thing alone."""
    return _number_page(request, site, prefix, who, _for_many, page="visits/kiosk_many.html")


def _number_page(
    request: HttpRequest, site: str, prefix: str, who: str, asked: Asked, *, page: str
) -> HttpResponse:
    """Ask for what a number is given on, and give it."""
    asks = request.method == "POST"
    kinds, hall = (
        {ORDINARY: "", **dict(green_offered())},
        (hall_lately if asks else hall_at)(site, now()),
    )
    if who not in kinds:
        raise NotFound
    offered = hall.offered(prefix)
    form = asked(sent(request), offered.line)
    if form.is_valid():
        # A machine that is known by its address serves a whole hall.
        if not settings.KIOSKS:
            count(request, "say")
        given = {**form.cleaned_data, "green": "" if who == ORDINARY else who}
        given["items"] = items_named(offered.line, given.get("items", []))
        visit = issue_visit(offered.line, **given, origin="kiosk", at=now())
        return redirect("visits:kiosk_number", site, visit.code)
    if form.errors:
        form.renew_key()
    told = {"line": offered.line, "wait": offered.wait, "kind": kinds[who], "form": form}
    shown = {**_around(request, hall), **told, "who": who}
    return render(request, page, shown, status=422 if form.errors else 200)


def _for_one(data: QueryDict | None, _line: "Line") -> NumberForm:
    return NumberForm(data, initial={"key": new_key()})


def _for_many(data: QueryDict | None, line: "Line") -> NumberForm:
    first = {"key": new_key(), "persons": "1"}
    return KioskManyForm(data, items=several_done_in([line]), initial=first)


@at_kiosk(ASKED)
def booked(request: HttpRequest, site: str) -> HttpResponse:
    """Take a booking, or a number taken on the phone: scanned, or typed as eight digits."""
    hall, form = hall_at(site, now()), CodeForm(sent(request))
    if form.is_valid():
        with refusal_on(form):
            count(request, "look")
            code = code_meant(form.cleaned_data["typed"], [hall.site], localdate())
            return redirect("visits:kiosk_number", site, arrive(code, at=now()).code)
    shown = {**_around(request, hall), "form": form}
    return render(request, "visits/kiosk_booked.html", shown, status=422 if form.errors else 200)


@at_kiosk(SHOWN)
@require_safe
def number(request: HttpRequest, site: str, code: str) -> HttpResponse:
    """The number, where it is told how it goes on, and a slip to print."""
    ticket = ticket_of(code, now())
    if ticket.visit.site.code != site:
        raise NotFound
    link = request.build_absolute_uri(reverse("visits:visit", args=[code]))
    shown = {"ticket": ticket, "visit": ticket.visit, "qr": qr_svg(link), "wait": ticket.wait}
    return render(request, "visits/kiosk_number.html", {**shown, "site_code": site})


def _around(request: HttpRequest, hall: Hall) -> dict[str, object]:
    """Return what every page of the machine shows: the hall, and the word of the day."""
    word = word_today(hall.site, hall.now.date())
    link = request.build_absolute_uri(reverse("visits:here", args=[hall.site.code, word]))
    return {"hall": hall, "site_code": hall.site.code, "word": word, "here": qr_svg(link)}
