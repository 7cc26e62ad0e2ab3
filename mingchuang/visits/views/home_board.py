"""The desk of home visits: taken in on the phone, arranged for two, shown to these two alone."""

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.cases.actions.once import do_once
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions import homes
from mingchuang.visits.forms.homes import ArrangeForm, AskHomeForm
from mingchuang.visits.queries.assists import colleagues_at, leads, sites_led_by
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.home_visits import (
    goes_there,
    home_visit_for,
    home_visits_of,
    items_done_by,
    may_call,
)
from mingchuang.visits.rules.homes import State, may_step

HERE = {"here": "homes"}
DEEDS: Mapping[str, Callable[..., object]] = {
    "finish": homes.finish_home_visit,
    "cancel": homes.cancel_home_visit_for,
}


@holds(*CLERKS)
@require_safe
def board(request: PersonRequest) -> HttpResponse:
    """What is to be agreed on first, then what is agreed on."""
    halls = sites_led_by(request.user).order_by("code")
    page = page_of(request, home_visits_of(request.user))
    shown = {**HERE, "page": page, "halls": halls[:100], "today": localdate()}
    return render(request, "visits/home_board.html", shown)


@holds(*CLERKS)
def take_in(request: PersonRequest, site: str) -> HttpResponse:
    """Write down what somebody asks on the phone or at the counter."""
    hall = sites_led_by(request.user).filter(code=site).first()
    if hall is None:
        raise NotFound
    items = [(item.code, item.name) for item in items_done_by(hall)]
    form = AskHomeForm(sent(request), items=items, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given, by = form.cleaned_data, request.user
            made = homes.ask_for_home_visit(
                hall, given["item"], form.wanted(), key=given["key"], at=now(), by=by
            )
            messages.success(request, _("已登记。请约好时间，派两位同事去。"))
            return redirect("visits:home", made.pk)
    shown = {**HERE, "site": hall, "form": form, "items": items}
    return render(request, "visits/home_new.html", shown, status=422 if form.errors else 200)


@holds(*CLERKS)
def show(request: PersonRequest, pk: int) -> HttpResponse:
    """One home visit: who goes and when is agreed on here."""
    found = home_visit_for(request.user, pk)
    start: dict[str, object] = {"day": found.day, "since": found.since, "until": found.until}
    start |= {"first": found.first_id, "second": found.second_id}
    colleagues = {"colleagues": colleagues_at(found.site)}
    form = ArrangeForm(sent(request), initial={**start, **colleagues})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            pair = homes.Pair(given["first"].pk, given["second"].pk)
            run = partial(homes.arrange, pk, pair, form.window(), by=request.user, at=now())
            do_once(run, **sent_once(request), at=now())
            messages.success(request, _("已约定。对方的页面上写着两位的工号。"))
            return redirect("visits:home", pk)
    state, leading = State(found.state), leads(request.user, found.site)
    shown = {
        **HERE,
        "visit": found,
        "form": form if leading and may_step(state, "home.arranged") else None,
        "may_know": goes_there(request.user, found),
        "may_call": may_call(request.user, found),
        "may_cancel": leading and may_step(state, "home.cancelled"),
        "today": localdate(),
    }
    return render(request, "visits/home.html", shown, status=422 if form.errors else 200)


@holds(*CLERKS)
@sent_from("home", "pk")
def deed(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Say that it is done, or that nobody is to come."""
    if name not in DEEDS:
        raise NotFound
    at = now()
    do_once(partial(DEEDS[name], pk, by=request.user, at=at), **sent_once(request), at=at)
    messages.success(request, _("已记下。"))
    return redirect("visits:homes")


@holds(*CLERKS)
@sent_from("home", "pk")
def reveal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show name, phone and door to one of the two who go, name and phone to who calls to agree on
    a time; each look is an entry."""
    who = homes.reveal_home(pk, by=request.user, at=now())
    shown = {**HERE, "visit": home_visit_for(request.user, pk), "who": who}
    return render(request, "visits/home_revealed.html", shown)
