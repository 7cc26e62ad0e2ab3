"""The register of flats for who keeps it: the list, many from a workbook, a new link."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from
from mingchuang.council.actions import flats as actions
from mingchuang.council.flat_book import take_in
from mingchuang.council.forms.ballots import FlatsForm, TakeOutForm
from mingchuang.council.forms.steps import ConfirmForm
from mingchuang.council.queries.flats import flats_of, register_of, stands_still
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by, topic_for
from mingchuang.council.rules.flats import COLUMNS
from mingchuang.council.views.asked import form_in_row, sent_form
from mingchuang.council.views.books import blank_book, marked_link
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import Flat, Topic

HERE = {"here": "council"}


@holds(*READERS)
@require_safe
def flats(request: PersonRequest, number: str) -> HttpResponse:
    return _page(request, topic_for(request.user, number))


def _page(
    request: PersonRequest, topic: "Topic", *, form: forms.Form | None = None
) -> HttpResponse:
    """Every flat with its owner, masked, and how large the register is."""
    may_act, page = convenes(request.user, topic), page_ahead(request, flats_of(topic), size=100)
    may_take_out = may_act and not stands_still(topic)
    shown = {
        **HERE,
        "topic": topic,
        "page": page,
        "rows": [(one, _asked(one, form, may=may_take_out)) for one in page],
        "register": register_of(topic),
        "may_act": may_act,
        "may_take_out": may_take_out,
        "form": form,
    }
    return render(request, "council/flats.html", shown, status=422 if form else 200)


def _asked(flat: "Flat", came: forms.Form | None, *, may: bool) -> forms.Form | None:
    """Return what is asked of who takes out this flat."""
    may = may and flat.taken_out_at is None
    return form_in_row(_taking_out(flat.number), TakeOutForm, came, may=may)


def _taking_out(which: int) -> str:
    return f"out-{which}"


@holds(Role.CONVENOR)
def take_in_flats(request: PersonRequest, number: str) -> HttpResponse:
    """Take in many: good rows go on, the others come back marked in a copy of the workbook."""
    topic, taken = topic_convened_by(request.user, number), None
    form = FlatsForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            book = form.cleaned_data["workbook"]
            taken = take_in(book, topic.number, by=request.user, at=now())
    shown = {**HERE, "topic": topic, "form": form, "taken": taken, "copy": marked_link(taken)}
    return render(request, "council/flats_import.html", shown, status=422 if form.errors else 200)


@holds(Role.CONVENOR)
@require_safe
def blank_flats(request: PersonRequest, number: str) -> HttpResponse:
    """An empty workbook with the columns there are."""
    topic_convened_by(request.user, number)
    return blank_book(COLUMNS, "flats.xlsx")


@holds(Role.CONVENOR)
@sent_from("flats", "number")
def take_out_flat(request: PersonRequest, number: str, which: int) -> HttpResponse:
    """Take out a flat that was entered by mistake; the page then offers to put it back."""
    topic = topic_convened_by(request.user, number)
    form = sent_form(request, _taking_out(which), TakeOutForm)
    if form.is_valid():
        with refusal_on(form):
            reason = form.cleaned_data["reason"]
            actions.take_out_flat(number, which, reason, by=request.user, at=now())
            messages.success(request, _("已划去。划错了，可以在这一行恢复。"))
            return redirect("council:flats", number)
    return _page(request, topic, form=form)


@holds(Role.CONVENOR)
@sent_from("flats", "number")
def put_back_flat(request: PersonRequest, number: str, which: int) -> HttpResponse:
    """Let a flat count again."""
    topic, form = topic_convened_by(request.user, number), ConfirmForm(sent(request))
    if form.is_valid():
        with refusal_on(form):
            actions.put_back_flat(number, which, by=request.user, at=now())
            messages.success(request, _("已恢复，照常计入。"))
            return redirect("council:flats", number)
    return _page(request, topic, form=form)


@holds(Role.CONVENOR)
@sent_from("flats", "number")
def relink(request: PersonRequest, number: str, owner: int) -> HttpResponse:
    """Make a new link where a paper was lost; the old one opens nothing from now on."""
    actions.renew_link(number, owner, by=request.user, at=now())
    messages.success(request, _("已换发，原来的链接作废。请重新打印这位业主的表决票。"))
    return redirect("council:flats", number)
