"""The lost property office: what lies there, one page for each thing, its label and its slip."""

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions import found as actions
from mingchuang.cases.actions import found_keeping
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms.found import RegisterForm
from mingchuang.cases.forms.lost import NoticeForm
from mingchuang.cases.found_words import SHELVES
from mingchuang.cases.queries.found import (
    CLERKS,
    claims_of,
    granted_claim,
    is_time_over,
    item_for,
    items_of,
    last_day_of,
    returned_in,
    sites_kept_by,
    story_of,
)
from mingchuang.cases.queries.lost import likely_reports, reports_about
from mingchuang.cases.views.found_deeds import BY_NAME, Deed, offered
from mingchuang.people.http import PersonRequest, holds

if TYPE_CHECKING:
    from mingchuang.cases.models import FoundItem


@holds(*CLERKS)
@require_safe
def items(request: PersonRequest) -> HttpResponse:
    """What lies here; what is to be done about it stands in its own view."""
    shelf = request.GET.get("view", "kept")
    form = NoticeForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    page = page_ahead(request, items_of(request.user, shelf, now=now(), kind=kind))
    shown = {
        "form": form,
        "kind": kind,
        "page": page,
        "shelf": shelf if shelf in SHELVES else "kept",
        "shelves": SHELVES,
        "unannounced": items_of(request.user, "unannounced", now=now(), kind=kind).count(),
        "returned": returned_in(localdate().year, kept := sites_kept_by(request.user)),
        "sites": kept,
        "now": now(),
        "here": "found",
    }
    return render(request, "cases/found/items.html", shown)


@holds(*CLERKS)
def register(request: PersonRequest) -> HttpResponse:
    """Write down what was handed in; its label is printed next."""
    kept = sites_kept_by(request.user)
    form = RegisterForm(sent(request), kept=kept, now=now(), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            who = {"key": given["key"], "witness": given["witness"], "by": request.user}
            item = actions.register_item(given["site"], form.found(), **who, at=now())
            messages.success(request, _("已登记。请打印标签，贴在东西上。"))
            return redirect("cases:found_label", item.number)
    shown = {"form": form, "has_sites": kept.exists(), "here": "found"}
    status = 422 if form.errors else 200
    return render(request, "cases/found/register.html", shown, status=status)


@holds(*CLERKS)
@require_safe
def show(request: PersonRequest, number: str) -> HttpResponse:
    return _page(request, item_for(request.user, number))


def _page(
    request: PersonRequest,
    item: "FoundItem",
    *,
    form: forms.Form | None = None,
    wrong: Deed | None = None,
) -> HttpResponse:
    deeds = offered(item)
    may_be_claimed = item.may_be_claimed
    maybe = likely_reports(request.user, item) if item.may_be_asked_for else []
    reports = reports_about(request.user, item) if may_be_claimed else []
    told = [one.number for one in reports if one.match_id == item.pk]
    start = {"reports": reports, **_written(item)}
    start |= {"told": told[0]} if len(told) == 1 else {}
    shown = {
        "item": item,
        "deeds": [
            (deed, form if deed == wrong else deed.form(initial=start, auto_id=f"{deed.name}-%s"))
            for deed in deeds
        ],
        "form": form,
        "wrong": wrong,
        "keyed": deeds,
        "maybe": maybe,
        "claims": claims_of(item),
        "story": story_of(item),
        "last_day": last_day_of(item),
        "is_over": item.may_be_claimed and is_time_over(item, now=now()),
        "here": "found",
    }
    return render(request, "cases/found/item.html", shown, status=422 if form else 200)


def _written(item: "FoundItem") -> dict[str, object]:
    """Return what stands in the register, for who puts it right."""
    at = localtime(item.found_at)
    kept = {name: getattr(item, name) for name in ("kind", "care", "place", "features")}
    return {**kept, "day": at.date(), "clock": at.time(), "cents": _yuan(item)}


def _yuan(item: "FoundItem") -> Decimal | None:
    return Decimal(item.cents) / 100 if item.cents else None


@holds(*CLERKS)
@sent_from("found_item", "number")
def deed(request: PersonRequest, number: str, name: str) -> HttpResponse:
    """Take one step. What is not the next step any more is refused in words, on the page."""
    wanted, item = BY_NAME.get(name), item_for(request.user, number)
    if wanted is None:
        raise NotFound
    start = {"reports": reports_about(request.user, item)}
    files = request.FILES or None
    form = wanted.form(sent(request), files, initial=start, auto_id=f"{name}-%s")
    if form.is_valid():
        with refusal_on(form):
            run = partial(wanted.run, number, form, by=request.user, at=now())
            do_once(run, **sent_once(request), at=now())
            messages.success(request, str(wanted.told))
            return redirect("cases:found_item", number)
    return _page(request, item_for(request.user, number), form=form, wrong=wanted)


@holds(*CLERKS)
@require_safe
def label(request: PersonRequest, number: str) -> HttpResponse:
    """The label that hangs on the thing: number, kind, day, shelf, and a code for staff."""
    item = item_for(request.user, number)
    link = request.build_absolute_uri(reverse("cases:found_item", args=[number]))
    shown = {"item": item, "qr": qr_svg(link), "here": "found"}
    return render(request, "cases/found/label.html", shown)


@holds(*CLERKS)
@require_safe
def slip(request: PersonRequest, number: str) -> HttpResponse:
    """What the claimant signs: empty lines before, how it went afterwards."""
    item = item_for(request.user, number)
    shown = {"item": item, "claim": granted_claim(item), "today": localdate(), "here": "found"}
    return render(request, "cases/found/slip.html", shown)


@holds(*CLERKS)
@sent_from("found_item", "number")
def reveal(request: PersonRequest, number: str) -> HttpResponse:
    """Show who handed a thing in; that somebody looked is recorded."""
    item = item_for(request.user, number)
    person = found_keeping.reveal_finder(number, by=request.user, at=now())
    shown = {"item": item, "person": person, "here": "found"}
    return render(request, "cases/found/revealed.html", shown)


@holds(*CLERKS)
@sent_from("found_item", "number")
def reveal_claim(request: PersonRequest, number: str, claim: int) -> HttpResponse:
    """Show who came for a thing and what they told; that somebody looked is recorded."""
    item = item_for(request.user, number)
    came = found_keeping.reveal_claimant(number, claim, by=request.user, at=now())
    shown = {"item": item, "person": came.claimant, "claim": came, "papers": came.papers.all()}
    return render(request, "cases/found/revealed.html", {**shown, "here": "found"})
