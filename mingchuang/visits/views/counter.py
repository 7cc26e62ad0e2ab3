"""The counter: a number for somebody who stands there, a booking taken in, the slip."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent, sent_from
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.actions.remote import arrive
from mingchuang.visits.forms.numbers import CodeForm, CounterForm
from mingchuang.visits.queries.closing import shut_now
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.forecasts import how_long_in
from mingchuang.visits.queries.halls import (
    line_of,
    several_done_in,
    sites_of,
    waiting_at,
    waiting_in,
)
from mingchuang.visits.queries.tickets import code_meant, ticket_at_counter
from mingchuang.visits.queries.wanted import items_named
from mingchuang.visits.templatetags.shares import how_long_inside
from mingchuang.visits.words.tickets import with_waiting

if TYPE_CHECKING:
    from mingchuang.visits.models import Line
    from mingchuang.visits.rules.forecast.shown import Wait


@holds(*CLERKS)
def numbers(request: PersonRequest) -> HttpResponse:
    """Give a number at the counter."""
    form = _form(request, sent(request))
    if form.is_valid():
        with refusal_on(form):
            given, by = form.cleaned_data, request.user
            line = line_of(by, int(given.pop("line")))
            given["items"] = items_named(line, given.get("items", []))
            visit = issue_visit(line, origin="counter", by=by, at=now(), **given)
            return redirect("visits:number_slip", visit.code)
    if form.errors:
        form.renew_key()
    return _page(request, form, CodeForm())


@holds(*CLERKS)
@sent_from("numbers")
def check_in(request: PersonRequest) -> HttpResponse:
    """Take in who has booked, or has taken a number on the phone, by their code."""
    form, giving = CodeForm(request.POST), _form(request)
    if form.is_valid():
        with refusal_on(form):
            sites = sites_of(request.user)
            code = code_meant(form.cleaned_data["typed"], sites, localdate())
            return redirect("visits:number_slip", arrive(code, at=now()).code)
    return _page(request, giving, form)


@holds(*CLERKS)
@require_safe
def slip(request: PersonRequest, code: str) -> HttpResponse:
    """The slip to print, for today's visits of one's own counter."""
    ticket = ticket_at_counter(request.user, code, now())
    link = request.build_absolute_uri(reverse("visits:visit", args=[code]))
    shown = {"ticket": ticket, "visit": ticket.visit, "qr": qr_svg(link), "wait": ticket.wait}
    return render(request, "visits/number_slip.html", {**shown, "here": "numbers"})


def _form(request: PersonRequest, data: QueryDict | None = None) -> CounterForm:
    """Return the form for the lines of their counters."""
    lines = list(waiting_at(request.user, localdate()))
    items, first = several_done_in(lines), {"key": new_key()}
    return CounterForm(data, lines=_choices(lines), items=items, initial=first)


def _choices(lines: "Iterable[Line]") -> list[tuple[str, str]]:
    """Name each line; the site only for who stands at the counters of several."""
    lines = list(lines)
    at = now()
    waits = how_long_in(lines, at) if lines else {}
    named = [(line, _named(line, waits.get(line.pk), at)) for line in lines]
    many = len({line.site_id for line, _name in named}) > 1
    return [(str(line.pk), f"{line.site} · {name}" if many else name) for line, name in named]


def _named(line: "Line", wait: "Wait | None", at: datetime) -> str:
    """Name a line with how long it takes; behind shut doors no window is free."""
    many, (is_shut, _until) = waiting_in(line), shut_now(line.site_id, at)
    told = _("大厅现在不开门") if is_shut else how_long_inside(wait and wait.behind(many))
    return with_waiting(str(line), many, told)


def _page(request: PersonRequest, form: CounterForm, code: CodeForm) -> HttpResponse:
    sites = sites_of(request.user)
    shown = {"form": form, "code": code, "sites": sites, "here": "numbers"}
    wrong = form.errors or code.errors
    return render(request, "visits/numbers.html", shown, status=422 if wrong else 200)
