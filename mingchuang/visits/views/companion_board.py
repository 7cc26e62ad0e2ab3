"""The board of those who accompany: who waits, who goes, one page for each."""

from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.cases.actions.once import do_once
from mingchuang.hall.queries import days_of
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions import assisting
from mingchuang.visits.forms.assisting import TakeInForm, ToForm
from mingchuang.visits.queries.assists import (
    assist_for,
    board_of,
    colleagues_at,
    may_know,
    sites_led_by,
)
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.rules.assisting import MOST_DAYS_AHEAD
from mingchuang.visits.views.companion_deeds import BY_NAME, Deed, next_deed, offered
from mingchuang.visits.words.assisting import RANKS

if TYPE_CHECKING:
    from mingchuang.hall.models import Site
    from mingchuang.visits.models import Assist


@holds(*CLERKS)
@require_safe
def board(request: PersonRequest) -> HttpResponse:
    """Mine on top, then now, soon and later; in each, first those to whom nobody goes."""
    person, at = request.user, now()
    page = page_ahead(request, board_of(person, now=at))
    rows = [(RANKS[one.rank], one, next_deed(one, person, at)) for one in page]  # type: ignore[attr-defined]
    shown = {"page": page, "rows": rows, "today": localdate(), "here": "companions"}
    return render(request, "visits/companions.html", shown)


@holds(*CLERKS)
@require_safe
def show(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, assist_for(request.user, pk))


def _page(
    request: PersonRequest, assist: "Assist", *, form: forms.Form | None = None
) -> HttpResponse:
    deeds = offered(assist, request.user, now())
    start = {"colleagues": _others(assist)} if any(d.form is ToForm for d in deeds) else {}
    shown = {
        "assist": assist,
        "form": form,
        "deeds": [(deed, deed.form(initial=start, auto_id=f"{deed.name}-%s")) for deed in deeds],
        "may_know": may_know(request.user, assist),
        "keyed": deeds,
        "today": localdate(),
        "here": "companions",
    }
    return render(request, "visits/companion.html", shown, status=422 if form else 200)


def _others(assist: "Assist") -> object:
    return colleagues_at(assist.site).exclude(pk=assist.companion_id or 0)


@holds(*CLERKS)
@sent_from("companion", "pk")
def deed(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Take one step. What is not the next step any more is refused in words, on the page."""
    wanted, assist = BY_NAME.get(name), assist_for(request.user, pk)
    if wanted is None:
        raise NotFound
    form = wanted.form(sent(request), initial={"colleagues": colleagues_at(assist.site)})
    if form.is_valid():
        with refusal_on(form):
            _do(request, pk, wanted, form)
            messages.success(request, _("%(deed)s：已记下。") % {"deed": wanted.label})
            return redirect("visits:companions")
    return _page(request, assist_for(request.user, pk), form=form)


def _do(request: PersonRequest, pk: int, wanted: Deed, form: forms.Form) -> None:
    at = now()
    run = partial(wanted.run, pk, form.cleaned_data, by=request.user, at=at)
    do_once(run, **sent_once(request), at=at)


@holds(*CLERKS)
@sent_from("companion", "pk")
def reveal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show name and phone to whoever is sent; each look is an entry."""
    asker = assisting.reveal_asker(pk, by=request.user, at=now())
    shown = {"assist": assist_for(request.user, pk), "asker": asker, "here": "companions"}
    return render(request, "visits/companion_revealed.html", shown)


@holds(*CLERKS)
def take_in(request: PersonRequest) -> HttpResponse:
    """Write down what somebody asks on the phone or in the hall."""
    halls = list(sites_led_by(request.user)[:100])
    hall = next((one for one in halls if one.code == request.GET.get("site")), None)
    hall = halls[0] if len(halls) == 1 else hall
    if hall is None:
        return render(
            request, "visits/companion_halls.html", {"halls": halls, "here": "companions"}
        )
    return _taken_in_at(request, hall)


def _taken_in_at(request: PersonRequest, hall: "Site") -> HttpResponse:
    at = now()
    days = days_of(hall, localdate(at), MOST_DAYS_AHEAD + 1)
    form = TakeInForm(sent(request), days=days, now=at, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            wanted = form.wanted(origin=form.cleaned_data["origin"])
            key = form.cleaned_data["key"]
            assist = assisting.ask_for_companion(hall, wanted, key=key, at=at, by=request.user)
            messages.success(request, _("已登记。请派一位同事，或者自己去。"))
            return redirect("visits:companion", assist.pk)
    shown = {"site": hall, "form": form, "here": "companions"}
    return render(request, "visits/companion_new.html", shown, status=422 if form.errors else 200)
