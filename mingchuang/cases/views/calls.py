"""Calling people back: the work list, and one call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingchuang.base.http import page_of, refusal_on, sent
from mingchuang.cases.actions import callbacks
from mingchuang.cases.forms import desk as f
from mingchuang.cases.queries import lists
from mingchuang.cases.queries.desk import submission_in
from mingchuang.cases.rules.duties import Duty
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role


@holds(Role.CALLBACK)
@require_GET
def callback_list(request: PersonRequest) -> HttpResponse:
    shown = {
        "page": page_of(request, lists.callback_list(request.user)),
        "ready": lists.ready_to_archive(request.user)[:50],
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
            callbacks.record_callback(number, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("回访已记下。"))
            return redirect("cases:callbacks")
    shown = {
        "submission": submission,
        "case": submission.case,
        "reply": submission.case.replies.order_by("-round").first(),
        "calls": submission.callbacks.filter(round=submission.case.round).order_by("at"),
        "form": form,
    }
    return render(request, "cases/callback.html", shown, status=422 if form.errors else 200)
