"""The same matter said twice: what may be joined, and hot topics."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_once
from mingchuang.cases.actions import alike as actions
from mingchuang.cases.actions import many, merging, proactive
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms import alike as f
from mingchuang.cases.queries.alike import like_cases
from mingchuang.cases.queries.desk import case_for, duties_of
from mingchuang.cases.queries.leading import lead_first
from mingchuang.cases.queries.many import bulk_asked
from mingchuang.cases.queries.topics import HotTopic, case_raised, hot_topics, topic_of
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.groups import WINDOWS
from mingchuang.people.http import PersonRequest, holds, staff_required
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

WATCHERS = (Role.DISPATCHER, Role.SUPERVISOR, Role.AUDITOR, Role.CONVENOR)


@staff_required
def alike(request: PersonRequest, number: str) -> HttpResponse:
    """Show what may be the same matter; join it, count it as a reminder, or tell it apart."""
    form, case = f.SettleForm(sent(request)), case_for(request.user, number)
    may_dispatch = Duty.DISPATCH in duties_of(request.user, case)
    if request.method == "POST" and not may_dispatch:
        raise NotFound
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            run = partial(SETTLED[given["deed"]], request, number, given["other"])
            do_once(run, **sent_once(request), at=now())
            messages.success(request, _("已办好，记入台账。"))
            return redirect("cases:case", number)
    likes = like_cases(request.user, case)
    shown = {"case": case, "likes": likes, "form": form, "here": "inbox"}
    shown["may_dispatch"] = may_dispatch
    return render(request, "cases/alike.html", shown, status=422 if form.errors else 200)


def _join(request: PersonRequest, number: str, other: str) -> object:
    later, into = lead_first(request.user, number, other)
    return merging.merge_case(later, into, by=request.user, at=now())


def _remind(request: PersonRequest, number: str, other: str) -> object:
    later, into = lead_first(request.user, number, other)
    return merging.join_as_reminder(later, into, by=request.user, at=now())


def _apart(request: PersonRequest, number: str, other: str) -> object:
    return actions.tell_apart(number, other, by=request.user, at=now())


SETTLED: dict[str, Callable[[PersonRequest, str, str], object]] = {
    "join": _join,
    "remind": _remind,
    "apart": _apart,
}


@holds(*WATCHERS)
@require_safe
def topics(request: PersonRequest) -> HttpResponse:
    days = _days(request)
    shown = {"topics": hot_topics(request.user, days=days, now=now()), "here": "topics"}
    return render(request, "cases/topics.html", {**shown, "days": days, "windows": WINDOWS})


@holds(*WATCHERS)
def topic(request: PersonRequest, number: str) -> HttpResponse:
    """One topic: its cases, and what may be done about all of them at once."""
    may_join = scope_of(request.user).holds(Role.DISPATCHER)
    if request.method == "POST":
        if not may_join:
            raise NotFound
        return redirect("cases:bulk", bulk_asked(request.user, _join_all(request)).pk)
    found = topic_of(request.user, number, days=_days(request), now=now())
    shown = {
        "topic": found,
        "days": _days(request),
        "may_join": may_join,
        "council": _council_path(request, found),
        "here": "topics",
    }
    return render(request, "cases/topic.html", shown)


def _join_all(request: PersonRequest) -> datetime:
    """Ask that the cases that were shown be joined to the one that was named, whatever has come
    in since; the follower does it one by one."""
    at = now()
    numbers, given = request.POST.getlist("case"), {"into": request.POST.get("into", "")}
    run = partial(many.ask_bulk, "merge", numbers, given, by=request.user, at=at)
    return do_once(run, **sent_once(request), at=at)


@holds(Role.DISPATCHER)
def raise_proactively(request: PersonRequest, number: str) -> HttpResponse:
    """Take a hot topic up before more people have to ask (未诉先办)."""
    found = topic_of(request.user, number, days=_days(request), now=now())
    form = f.ProactiveForm(sent(request), initial=_proposed(found))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            at, given = now(), {**form.cleaned_data, "by": request.user}
            run = partial(proactive.raise_proactively, found.lead.number, **given, at=at)
            done_at = do_once(run, **sent_once(request), at=at)
            messages.success(request, _("已主动立项，记入台账。"))
            return redirect("cases:case", case_raised(request.user, done_at).number)
    shown = {"topic": found, "days": _days(request), "form": form, "here": "topics"}
    return render(request, "cases/proactive.html", shown, status=422 if form.errors else 200)


def _proposed(found: HotTopic) -> dict[str, str]:
    return {"title": found.lead.title, "place": found.place, "kind": "suggestion"}


def _days(request: PersonRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, WINDOWS) else WINDOWS[1]


def _council_path(request: PersonRequest, found: HotTopic) -> str:
    """Where a convenor takes up a topic in the residents' council."""
    if not scope_of(request.user).holds(Role.CONVENOR):
        return ""
    return f"{reverse('council:propose')}?case={found.lead.number}"
