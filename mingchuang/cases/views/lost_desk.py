"""What people look for, at the lost property office; and what is handed over to the police."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.cases.actions import lost as actions
from mingchuang.cases.actions.found_keeping import reveal_taker
from mingchuang.cases.actions.handovers import hand_over_items
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms.lost import HandOverForm
from mingchuang.cases.queries.found import CLERKS, sites_kept_by
from mingchuang.cases.queries.handovers import (
    MOST_ON_A_LIST,
    handover_for,
    handovers_of,
    may_be_handed_over,
)
from mingchuang.cases.queries.lost import likely_items, may_know_loser, report_for, reports_of
from mingchuang.people.http import PersonRequest, holds


@holds(*CLERKS)
@require_safe
def reports(request: PersonRequest) -> HttpResponse:
    """What is looked for, the newest first."""
    page = page_ahead(request, reports_of(request.user))
    return render(request, "cases/found/reports.html", {"page": page, "here": "found"})


@holds(*CLERKS)
@require_safe
def report(request: PersonRequest, number: str) -> HttpResponse:
    """One report, and what here it may be about."""
    lost = report_for(request.user, number)
    shown = {
        "lost": lost,
        "maybe": likely_items(request.user, lost) if lost.is_open else [],
        "may_know": may_know_loser(request.user, lost),
        "here": "found",
    }
    return render(request, "cases/found/lost_report.html", shown)


@holds(*CLERKS)
@sent_from("lost_report", "number")
def match(request: PersonRequest, number: str) -> HttpResponse:
    """Tell the loser that this thing may be theirs."""
    found, at = request.POST.get("found", ""), now()
    do_once(
        lambda: actions.match_report(number, found, by=request.user, at=at),
        **sent_once(request),
        at=at,
    )
    messages.success(request, _("已告诉失主：页面上写着去哪里认领。留了电话的，请打一个。"))
    return redirect("cases:lost_report", number)


@holds(*CLERKS)
@sent_from("lost_report", "number")
def part(request: PersonRequest, number: str) -> HttpResponse:
    """Say that it was not their thing after all."""
    at = now()
    do_once(
        lambda: actions.part_report(number, by=request.user, at=at), **sent_once(request), at=at
    )
    messages.success(request, _("已记下不是这一件，继续找。"))
    return redirect("cases:lost_report", number)


@holds(*CLERKS)
@sent_from("lost_report", "number")
def reveal(request: PersonRequest, number: str) -> HttpResponse:
    """Show how to reach the loser; that somebody looked is recorded."""
    lost = report_for(request.user, number)
    person = actions.reveal_loser(number, by=request.user, at=now())
    shown = {"lost": lost, "person": person, "here": "found"}
    return render(request, "cases/found/revealed.html", shown)


@holds(*CLERKS)
@require_safe
def handovers(request: PersonRequest) -> HttpResponse:
    page = page_ahead(request, handovers_of(request.user))
    return render(request, "cases/found/handovers.html", {"page": page, "here": "found"})


@holds(*CLERKS)
def hand_over(request: PersonRequest, site: str) -> HttpResponse:
    """Choose what goes to whom; what is due is marked already. The list is printed next."""
    hall = sites_kept_by(request.user).filter(code=site).first()
    if hall is None:
        raise NotFound
    due, lines = may_be_handed_over(hall, now=now())
    start = {"key": new_key(), "to": "police", "items": due}
    form = HandOverForm(sent(request), choices=lines, initial=start)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = dict(form.cleaned_data)
            numbers = given.pop("items")
            listed = hand_over_items(hall, numbers, **given, by=request.user, at=now())
            messages.success(request, _("已移交。请打印清单，双方签名。"))
            return redirect("cases:handover", listed.number)
    more = len(lines) == MOST_ON_A_LIST
    shown = {"form": form, "site": hall, "lines": lines, "more": more, "here": "found"}
    status = 422 if form.errors else 200
    return render(request, "cases/found/hand_over.html", shown, status=status)


@holds(*CLERKS)
@require_safe
def handover(request: PersonRequest, number: str) -> HttpResponse:
    """What went on a list: who took it is masked on the screen."""
    shown = {"listed": handover_for(request.user, number), "here": "found"}
    return render(request, "cases/found/handover.html", shown)


@holds(*CLERKS)
@sent_from("handover", "number")
def print_handover(request: PersonRequest, number: str) -> HttpResponse:
    """The list that goes along, whole, for three signatures; that it was printed is recorded."""
    listed = reveal_taker(number, by=request.user, at=now())
    shown = {"listed": listed, "whole": True, "here": "found"}
    return render(request, "cases/found/handover.html", shown)
