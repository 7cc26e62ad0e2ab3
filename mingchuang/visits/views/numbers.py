"""A number from outside the hall, and being in the hall: its poster, and what scanning it opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.views.limits import count, may_send, unlisted
from mingchuang.hall.queries import site_for
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions.remote import arrive, take_number_by_phone
from mingchuang.visits.errors import NotInTheHall
from mingchuang.visits.forms.numbers import CodeForm, RemoteForm
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.halls import Hall, hall_at, several_done_in, site_of
from mingchuang.visits.queries.tickets import code_meant, expected_of, must_know_word, word_today
from mingchuang.visits.queries.wanted import items_named
from mingchuang.visits.templatetags.shares import how_long_inside
from mingchuang.visits.views.guards import mine, remember, remember_word
from mingchuang.visits.words.tickets import with_waiting


@unlisted
def number_at(request: HttpRequest, site: str) -> HttpResponse:
    """Take a number before one is in the hall, and learn by when to be there."""
    hall = hall_at(site, now())
    form = _remote_form(request, hall)
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given, held = form.cleaned_data, mine(request)
            line = hall.line(given.pop("line"))
            given["items"] = items_named(line, given.get("items", []))
            visit = take_number_by_phone(line, **given, mine=held, at=now())
            response = redirect("visits:visit", visit.code)
            remember(request, response, visit.code)
            return response
    if form.errors:
        form.renew_key()
    shown = {"hall": hall, "form": form}
    return render(request, "visits/number_at.html", shown, status=422 if form.errors else 200)


def _remote_form(request: HttpRequest, hall: Hall) -> RemoteForm:
    items = several_done_in(one.line for one in hall.open_lines)
    first = {"key": new_key()}
    return RemoteForm(sent(request), lines=_choices(hall), items=items, initial=first)


def _choices(hall: Hall) -> list[tuple[str, str]]:
    return [
        (one.line.prefix, with_waiting(one.line.name, one.waiting, how_long_inside(one.wait)))
        for one in hall.open_lines
    ]


@holds(*CLERKS)
@require_safe
def poster(request: PersonRequest, site: str) -> HttpResponse:
    """The word of the day to hang up in the hall: for who keeps its counter."""
    place, today = site_of(request.user, site), localdate()
    word = word_today(place, today)
    link = request.build_absolute_uri(reverse("visits:here", args=[site, word]))
    shown = {"site": place, "today": today, "word": word, "qr": qr_svg(link)}
    return render(request, "visits/poster.html", shown)


@unlisted
def here(request: HttpRequest, site: str, word: str) -> HttpResponse:
    """Who scans the poster is in the hall; the browser keeps that in mind for today."""
    place, today, form = site_for(site), localdate(), CodeForm(sent(request))
    try:
        must_know_word(word, place, today)
    except NotInTheHall:
        count(request, "look")
        raise
    if form.is_valid():
        with refusal_on(form):
            count(request, "look")
            code = code_meant(form.cleaned_data["typed"], [place], today)
            return redirect("visits:visit", arrive(code, at=now()).code)
    shown = {"site": place, "form": form, "visits": expected_of(mine(request), place, now())}
    response = render(request, "visits/here.html", shown, status=422 if form.errors else 200)
    remember_word(response, word)
    return response
