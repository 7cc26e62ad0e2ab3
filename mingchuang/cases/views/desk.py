"""The desk: the case page, its deeds, what a colleague asks, words taken in, the slip."""

from collections.abc import Callable, Mapping
from datetime import timedelta
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
from mingchuang.base.http import refusal_on, sent, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions import dispatch, exclusions, intake, pleas
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms import desk as f
from mingchuang.cases.forms.counter import CounterForm
from mingchuang.cases.forms.receipt import ConfirmForm
from mingchuang.cases.queries.casefile import CaseFile, case_file
from mingchuang.cases.queries.desk import (
    DECIDES,
    case_for,
    desk_unit,
    duties_of,
    plea_seen_by,
    submission_in,
)
from mingchuang.cases.queries.handlers import handlers_of, is_measured, who_may_exclude
from mingchuang.cases.queries.publishing import draft_for_all, newest_reply
from mingchuang.cases.queries.receipts import code_of
from mingchuang.cases.queries.suggestion import suggestion_for
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.escalation import DISPUTE, RETURN, RETURNED
from mingchuang.cases.views.deeds import BY_NAME, DEEDS, Deed
from mingchuang.cases.views.ready import is_still_writing, ready_beside, written
from mingchuang.cases.views.receipt import receipt_path
from mingchuang.cases.words import KINDS, PLEAS, label
from mingchuang.hall.queries import calendar_shown
from mingchuang.hall.rules.kinds import Kind
from mingchuang.people.http import PersonRequest, holds, staff_required
from mingchuang.people.rules.roles import Role
from mingchuang.people.words import REVEAL_REASONS

if TYPE_CHECKING:
    from mingchuang.cases.models import Case
    from mingchuang.people.models import Person

# What settles a plea; the others are settled by `decide_plea`.
DECIDE: Mapping[str, Callable[..., object]] = {
    RETURN: dispatch.decide_return,
    DISPUTE: dispatch.decide_return,
    "exclude": exclusions.decide_exclusion,
}
# Into these goes what the office knows.
ANSWERS = {"reply", "answer"}
# How long a receipt lies at the counter for whoever took the word in.
SLIP_LIES = timedelta(days=1)


@staff_required
@require_safe
def show(request: PersonRequest, number: str) -> HttpResponse:
    return _case_page(request, case_file(request.user, number, page=request.GET.get("page")))


def _case_page(request: PersonRequest, file: CaseFile) -> HttpResponse:
    offered = [deed for deed in DEEDS if deed.is_offered(file)]
    shown = {
        "file": file,
        "case": file.case,
        "at_once": [deed for deed in offered if deed.form is ConfirmForm],
        "with_form": [deed for deed in offered if deed.form is not ConfirmForm],
        "decides": [what for what in dict(PLEAS) if DECIDES.get(what, Duty.DECIDE) in file.duties],
        "may_dispatch": Duty.DISPATCH in file.duties,
        "may_answer_for": Duty.PRIVACY in file.duties,
        "suggests": BY_NAME["dispatch"] in offered,
        "keyed": [deed for deed in offered if deed.key],
        "reveal_reasons": REVEAL_REASONS.items(),
        "calendar": calendar_shown(),
        "now": now(),
        "here": "inbox",
    }
    return render(request, "cases/case.html", shown)


@staff_required
def deed(request: PersonRequest, number: str, name: str) -> HttpResponse:
    """Show the form of one deed, or do it. What is not offered now is refused in words."""
    wanted = BY_NAME.get(name)
    case = case_for(request.user, number)
    if wanted is None or wanted.duty not in duties_of(request.user, case):
        raise NotFound
    form = wanted.form(sent(request), initial=_initial(request, wanted, case))
    if wanted.name in ANSWERS and is_still_writing(request):
        form = wanted.form(initial=written(request))
    elif request.method == "POST" and form.is_valid():
        with refusal_on(form):
            at = now()
            run = partial(wanted.run, number, form.cleaned_data, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("%(deed)s：已办好，记入台账。") % {"deed": wanted.label})
            return redirect("cases:case", number)
    return _form_page(request, case_file(request.user, number), wanted, form)


def _initial(request: PersonRequest, wanted: Deed, case: "Case") -> dict[str, object]:
    start: dict[str, object] = {"title": case.title, "place": case.place, "kind": case.kind}
    start["area"] = case.area
    if wanted.name == "dispatch" and request.method != "POST":
        suggestion = suggestion_for(request.user, case, on=localdate())
        start |= {"suggestion": suggestion, **suggestion.with_unit(request.GET.get("unit", ""))}
    if wanted.name == "assign" and case.responsible_unit:
        start["handlers"] = handlers_of([case.responsible_unit])
    if wanted.name == "publish" and (reply := newest_reply(case)):
        start |= {"headline": reply.headline or case.title, "text": draft_for_all(reply)}
    return start


def _form_page(
    request: PersonRequest, file: CaseFile, wanted: Deed, form: forms.Form
) -> HttpResponse:
    shown: dict[str, object] = {"file": file, "case": file.case, "deed": wanted, "form": form}
    shown |= {"calendar": calendar_shown(), "now": now(), "here": "inbox"}
    if wanted.name == "dispatch":
        known = form.initial.get("suggestion")
        shown["suggestion"] = known or suggestion_for(request.user, file.case, on=localdate())
    if wanted.name == "include":
        shown |= _barred(request, file.case)
    if wanted.name in ANSWERS:
        shown |= ready_beside(request)
    return render(request, "cases/deed.html", shown, status=422 if form.errors else 200)


def _barred(
    request: PersonRequest, case: "Case", *, asked_by: "Person | None" = None
) -> dict[str, object]:
    """Name who may decide what this person may not, because it measures their own unit."""
    if not is_measured(request.user, case):
        return {}
    return {"barred": True, "deciders": who_may_exclude(case, asked_by=asked_by)}


@staff_required
def plea(request: PersonRequest, pk: int) -> HttpResponse:
    """Decide what a colleague asked: extension, pause, type, return."""
    asked = plea_seen_by(request.user, pk)
    returning = asked.what in RETURNED
    form = (f.DecideReturnForm if returning else f.DecideForm)(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            decide = DECIDE.get(asked.what, pleas.decide_plea)
            decide(pk, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已审核，记入台账。"))
            return redirect("cases:case", asked.case.number)
    shown: dict[str, object] = {"plea": asked, "case": asked.case, "form": form}
    shown["new_kind"] = label(KINDS, asked.kind)
    if asked.what == "exclude":
        shown |= _barred(request, asked.case, asked_by=asked.asked_by)
    return render(request, "cases/plea.html", shown, status=422 if form.errors else 200)


@holds(Role.RECEPTION, Role.DISPATCHER)
def take_in(request: PersonRequest) -> HttpResponse:
    """Take in what somebody says at the counter or on the phone; thanks are sent on to their
    register."""
    if request.POST.get("kind") == Kind.PRAISE:
        return redirect("reviews:register_thanks", preserve_request=True)
    form = CounterForm(sent(request), request.FILES or None, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            said = intake.receive_submission(
                form.said(), unit=desk_unit(request.user), at=now(), taken_by=request.user
            )
            messages.success(request, _("已登记。请把回执交给诉求人。"))
            return redirect("cases:slip", said.number)
    if form.errors:
        form.renew_key()
    shown = {"form": form, "here": "take_in"}
    return render(request, "cases/take_in.html", shown, status=422 if form.errors else 200)


@staff_required
@require_safe
def slip(request: PersonRequest, number: str) -> HttpResponse:
    """The printed receipt for somebody who spoke to staff: for who took it in, for a day."""
    submission = submission_in(request.user, number)
    if submission.taken_by_id != request.user.pk or now() - submission.at > SLIP_LIES:
        raise NotFound
    link = request.build_absolute_uri(receipt_path(submission))
    shown = {"submission": submission, "code": code_of(submission), "qr": qr_svg(link)}
    return render(request, "cases/slip.html", shown)
