"""Calling people back: the work list, and one call."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_of, refusal_on, sent, sent_once
from mingchuang.cases.actions import callbacks
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms import desk as f
from mingchuang.cases.queries import lists
from mingchuang.cases.queries.desk import submission_in
from mingchuang.cases.queries.receipts import title_of
from mingchuang.cases.rules.duties import Duty
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

READY_SHOWN = 50


@holds(Role.CALLBACK)
@require_safe
def callback_list(request: PersonRequest) -> HttpResponse:
    ready, more = lists.first(lists.ready_to_archive(request.user), READY_SHOWN)
    shown = {
        "page": page_of(request, lists.callback_list(request.user)),
        "ready": ready,
        "more_ready": more,
        "now": now(),
        "here": "callbacks",
    }
    return render(request, "cases/callbacks.html", shown)


@holds(Role.CALLBACK)
def callback(request: PersonRequest, number: str) -> HttpResponse:
    """One call: the script, the answer, two questions kept apart."""
    submission = submission_in(request.user, number, duty=Duty.CALL_BACK)
    form = f.CallbackForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            at, said = now(), form.cleaned_data
            call = partial(callbacks.record_callback, number, **said, by=request.user, at=at)
            do_once(call, **sent_once(request), at=at)
            messages.success(request, _("回访已记下。"))
            return redirect("cases:callbacks")
    shown = {
        "submission": submission,
        "case": submission.case,
        "title": title_of(submission),
        "reply": submission.case.replies.order_by("-round").first(),
        "calls": submission.callbacks.filter(round=submission.case.round).order_by("at"),
        "form": form,
    }
    return render(request, "cases/callback.html", shown, status=422 if form.errors else 200)
