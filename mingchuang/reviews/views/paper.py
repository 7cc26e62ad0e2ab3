"""Entering a sheet of paper."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent, sent_once
from mingchuang.cases.actions.once import do_once
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions.rating import enter_case_paper, enter_visit_paper
from mingchuang.reviews.forms.paper import PaperForm
from mingchuang.reviews.queries.paper import window_choices, window_reviewed
from mingchuang.reviews.rules.tags import CURRENT
from mingchuang.reviews.words.tables import GRADES
from mingchuang.reviews.words.tags import tags_offered

if TYPE_CHECKING:
    from mingchuang.people.models import Person


@holds(Role.CALLBACK)
def paper(request: PersonRequest) -> HttpResponse:
    """Type what stands on a sheet, and go on with the next."""
    form = PaperForm(sent(request), windows=window_choices(request.user))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            do_once(lambda: _enter(form, request.user), **sent_once(request), at=now())
            messages.success(request, _("已录入。它单独列出，不计入各项比率；是差评的，照样核实。"))
            return redirect("reviews:paper")
    shown = {"form": form, "here": "ratings"}
    return render(request, "reviews/paper.html", shown, status=422 if form.errors else 200)


@holds(Role.CALLBACK)
@require_safe
def blank(request: PersonRequest) -> HttpResponse:
    """The sheet for print, with the codes that are typed from it."""
    grades = [(words, tags_offered(grade)) for grade, words in GRADES]
    shown = {"grades": grades, "version": CURRENT, "here": "ratings"}
    return render(request, "reviews/paper_blank.html", shown)


def _enter(form: PaperForm, by: "Person") -> None:
    said = dict(form.cleaned_data)
    number, window, day, grade = (said.pop(one) for one in ("number", "window", "day", "grade"))
    if form.is_case:
        enter_case_paper(number, grade, **said, by=by, at=now())
    else:
        enter_visit_paper(window_reviewed(by, window), number, day, grade, **said, by=by, at=now())
