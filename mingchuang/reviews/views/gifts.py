"""The register of gifts that were not kept."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from, sent_once
from mingchuang.cases.actions.once import do_once
from mingchuang.people.http import PersonRequest, holds
from mingchuang.reviews.actions import gifts as does
from mingchuang.reviews.forms.gifts import GiftForm
from mingchuang.reviews.forms.settling_thanks import WhyForm
from mingchuang.reviews.queries.thanks import READERS, RECORDERS, SETTLERS
from mingchuang.reviews.queries.thanks_counted import gifts_of, may_record, opened_gift
from mingchuang.reviews.rules.gifts import Deed

HERE = {"here": "thanks"}
DOES = {Deed.WITHDRAW: does.withdraw_gift, Deed.RESTORE: does.restore_gift}


@holds(*READERS)
@require_safe
def gifts(request: PersonRequest) -> HttpResponse:
    """What was offered and not kept, the newest first."""
    page = page_ahead(request, gifts_of(request.user))
    shown = {**HERE, "page": page, "may_record": may_record(request.user)}
    return render(request, "reviews/gifts.html", shown)


@holds(*RECORDERS)
def record(request: PersonRequest) -> HttpResponse:
    """Write one down."""
    today = localdate()
    form = GiftForm(sent(request), initial={"offered_on": today, "settled_on": today})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            do_once(lambda: _record(request, form), **sent_once(request), at=now())
            messages.success(request, _("已记下。"))
            return redirect("reviews:gifts")
    shown = {**HERE, "form": form}
    return render(request, "reviews/gift_new.html", shown, status=422 if form.errors else 200)


def _record(request: PersonRequest, form: forms.Form) -> None:
    does.record_gift(does.Offered(**form.cleaned_data), by=request.user, at=now())


@holds(*READERS)
@require_safe
def gift(request: PersonRequest, pk: int) -> HttpResponse:
    return render(request, "reviews/gift.html", {**HERE, "found": opened_gift(request.user, pk)})


@holds(*SETTLERS)
def deed(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Ask why, withdraw or restore, and tell so."""
    found = opened_gift(request.user, pk)
    wanted = next((one for one in found.deeds if one.value == name), None)
    if wanted is None:
        raise NotFound
    form = WhyForm(sent(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            run, why = DOES[wanted], form.cleaned_data["text"]
            do_once(lambda: run(pk, why, by=request.user, at=now()), **sent_once(request), at=now())
            messages.success(request, _("已记下。"))
            return redirect("reviews:gift", pk)
    shown = {**HERE, "found": found, "form": form, "deed": wanted}
    return render(request, "reviews/gift_deed.html", shown, status=422 if form.errors else 200)


@holds(*SETTLERS)
@sent_from("gift", "pk")
def reveal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show who offered it, once, and write down that it was shown."""
    giver = does.reveal_gift(pk, reason="check_identity", by=request.user, at=now())
    shown = {**HERE, "found": opened_gift(request.user, pk), "giver": giver}
    return render(request, "reviews/gift.html", shown)
