"""Many cases at once: choosing, asking, and how far it is."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on, sent, sent_once
from mingchuang.cases.actions import many
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms.finding import InboxForm
from mingchuang.cases.forms.many import form_for
from mingchuang.cases.queries import many as queries
from mingchuang.cases.queries.handlers import handlers_of
from mingchuang.cases.queries.inbox import InboxFilter
from mingchuang.cases.rules.many import MOST
from mingchuang.cases.words import MANY, label
from mingchuang.hall.queries import calendar_shown
from mingchuang.people.http import PersonRequest, staff_required

if TYPE_CHECKING:
    from mingchuang.cases.models import Case

SHOWN = 20
# How many numbers that were left out are named.
NAMED = 10


def offered(request: PersonRequest) -> list[dict[str, object]]:
    """Return which deeds this person may ask for on many cases, for the bar of the inbox."""
    return [{"name": name, "label": label(MANY, name)} for name in queries.deeds_for(request.user)]


@staff_required
@require_safe
def bulks(request: PersonRequest) -> HttpResponse:
    page = page_of(request, queries.bulks_of(request.user), size=SHOWN)
    return render(request, "cases/bulks.html", {"page": page, "here": "inbox"})


@staff_required
def ask(request: PersonRequest) -> HttpResponse:
    """Show the form of one deed and the cases it is meant for, or ask for it."""
    deed, cases, more = _deed(request), *_chosen(request)
    handlers = handlers_of({case.responsible_unit for case in cases if case.responsible_unit})
    form = form_for(deed, len(cases), sent(request), initial={"handlers": handlers})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            done_at = _ask(request, deed, cases, form)
            if left_out := _left_out(request, cases):
                messages.warning(request, left_out)
            return redirect("cases:bulk", queries.bulk_asked(request.user, done_at).pk)
    shown: dict[str, object] = {"deed": deed, "label": label(MANY, deed), "form": form}
    shown |= {"cases": cases, "more": more, "most": MOST, "back": _back(request)}
    shown["left_out"] = _left_out(request, cases)
    shown |= {"calendar": calendar_shown(), "now": now(), "here": "inbox"}
    return render(request, "cases/ask_bulk.html", shown, status=422 if form.errors else 200)


def _ask(request: PersonRequest, deed: str, cases: list["Case"], form: forms.Form) -> datetime:
    at, by = now(), request.user
    given = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
    numbers = [case.number for case in cases]
    run = partial(many.ask_bulk, deed, numbers, given, by=by, at=at)
    return do_once(run, **sent_once(request), at=at)


def _deed(request: PersonRequest) -> str:
    """Return the deed that is asked for; nobody is told of one that none of their posts carries."""
    deeds = queries.deeds_for(request.user)
    deed = (request.POST or request.GET).get("deed") or (deeds[0] if deeds else "")
    if deed not in deeds:
        raise NotFound
    return deed


def _chosen(request: PersonRequest) -> tuple[list["Case"], bool]:
    """Return the cases marked, or all that the filter finds, and whether there are more."""
    if request.method == "POST" or "all" not in request.GET:
        return queries.cases_called(request.user, _numbers(request)), False
    asked = InboxForm(request.GET)
    if not asked.is_valid():
        return [], False
    wanted = InboxFilter(**asked.cleaned_data)
    view = request.GET.get("view", "due")
    return queries.cases_found(request.user, view=view, wanted=wanted, now=now())


def _numbers(request: PersonRequest) -> list[str]:
    return (request.POST or request.GET).getlist("case")


def _left_out(request: PersonRequest, cases: "Sequence[Case]") -> str:
    """Say which of the numbers one named are not among these cases; empty if all of them are."""
    named = [] if "all" in request.GET else _numbers(request)
    if not (missing := queries.not_called(named, cases)):
        return ""
    told = {"n": len(missing), "numbers": "、".join(missing[:NAMED])}
    if len(missing) > NAMED:
        return _("有 %(n)s 件没有列入：没有这个编号，或者已不在您这里。例如 %(numbers)s。") % told
    return _("%(numbers)s 没有列入：没有这个编号，或者已不在您这里。") % told


def _back(request: PersonRequest) -> str:
    """Return the view of the inbox one came from, with its filters."""
    kept = request.GET.copy()
    for name in ("case", "deed", "all"):
        kept.pop(name, None)
    return kept.urlencode()


@staff_required
@require_safe
def bulk(request: PersonRequest, pk: int) -> HttpResponse:
    progress = queries.progress_of(request.user, pk, now=now())
    shown = {"progress": progress, "bulk": progress.bulk, "here": "inbox"}
    return render(request, "cases/bulk.html", shown)


@staff_required
@require_POST
def stop(request: PersonRequest, pk: int) -> HttpResponse:
    at = now()
    if many.stop_bulk(pk, by=request.user, at=at).ended_at == at:
        messages.success(request, _("已停止。办好的不变，没有办的一件都不会再办。"))
    else:
        messages.warning(request, _("在您停止以前，已经全部办过了。"))
    return redirect("cases:bulk", pk)
