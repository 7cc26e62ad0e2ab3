"""The register of thanks is written: by hand, from an old one; corrected; how it names staff."""

from base64 import b64encode
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
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.workbook.tables import KINDS, table_bytes
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions import thanking
from mingchuang.reviews.forms import settling_thanks as settling
from mingchuang.reviews.forms import thanks as f
from mingchuang.reviews.forms.gifts import OldRegisterForm
from mingchuang.reviews.old_register import Taken, take_in
from mingchuang.reviews.queries.thanks import (
    RECORDERS,
    SETTLERS,
    Opened,
    namings_of,
    opened,
    units_settled,
)
from mingchuang.reviews.rules.thanks import Deed, Kind, Naming
from mingchuang.reviews.rules.thanks_sheet import COLUMNS
from mingchuang.reviews.views.thanks_desk import HERE, opened_page

if TYPE_CHECKING:
    from mingchuang.people.models import Person


@holds(*RECORDERS)
def register(request: PersonRequest) -> HttpResponse:
    """Write one down, and go on to it. What was taken in as a matter stands in the form."""
    carried = f.carried_over(request.POST)
    given = None if carried else sent(request)
    start = {"given_on": localdate(), **({"kind": Kind.WORDS, **carried} if carried else {})}
    form = f.RegisterForm(given, request.FILES or None if given else None, initial=start)
    if given is not None and form.is_valid():
        with refusal_on(form):
            kept = _kept(request, form)
            messages.success(request, _("已登记。"))
            return redirect("reviews:thanks", kept) if kept else redirect("reviews:thanks_desk")
    moved = {"is_carried": bool(carried), "has_photos": bool(request.FILES)}
    shown = {**HERE, "form": form, **moved}
    return render(request, "reviews/thanks_new.html", shown, status=422 if form.errors else 200)


def _kept(request: PersonRequest, form: forms.Form) -> int:
    given = dict(form.cleaned_data)
    photos, kept = given.pop("photos"), []
    said = thanking.Thanked(**given)
    do_once(
        lambda: kept.append(
            thanking.register_thanks(said, photos=photos, by=request.user, at=now()).pk
        ),
        **sent_once(request),
        at=now(),
    )
    return kept[0] if kept else 0


@holds(*SETTLERS)
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Put right what is wrong; a giver who is not named anew stays."""
    found = opened(request.user, pk)
    if Deed.CORRECT not in found.deeds:
        raise NotFound
    form = f.CorrectForm(sent(request), request.FILES or None, initial=_stands(found))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            do_once(lambda: _correct(pk, form, request.user), **sent_once(request), at=now())
            messages.success(request, _("已更正。原来挂在墙上的，请再读一遍，重新挂上。"))
            return redirect("reviews:thanks", pk)
    shown = {**opened_page(found), "form": form}
    return render(request, "reviews/thanks_new.html", shown, status=422 if form.errors else 200)


def _stands(found: Opened) -> dict[str, object]:
    item = found.item
    badge = item.person.badge if item.person else ""
    fields = ("kind", "given_on", "unit", "whom", "words", "shown_as", "hangs")
    return {**{name: getattr(item, name) for name in fields}, "badge": badge}


def _correct(pk: int, form: forms.Form, by: "Person") -> None:
    given = dict(form.cleaned_data)
    photos, because = given.pop("photos"), given.pop("because")
    said = thanking.Thanked(**given)
    thanking.correct_thanks(pk, said, because=because, photos=photos, by=by, at=now())


@holds(Role.SUPERVISOR)
def take_in_register(request: PersonRequest) -> HttpResponse:
    """Take in an old register: good rows go on, the others come back marked in a copy."""
    form, taken = OldRegisterForm(sent(request), request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            workbook = form.cleaned_data["workbook"].read()
            taken = take_in(workbook, by=request.user, at=now())
    shown = {**HERE, "form": form, "taken": taken, "copy": _marked(taken)}
    return render(request, "reviews/thanks_import.html", shown, status=422 if form.errors else 200)


def _marked(taken: Taken | None) -> str:
    """Return the marked copy as an address of its own: it holds names and is kept nowhere."""
    if taken is None or not taken.marked:
        return ""
    return f"data:{KINDS['xlsx']};base64,{b64encode(taken.marked).decode()}"


@holds(Role.SUPERVISOR)
@require_safe
def blank_register(_request: PersonRequest) -> HttpResponse:
    """An empty workbook with the columns there are."""
    answer = HttpResponse(table_bytes([COLUMNS], "xlsx"), content_type=KINDS["xlsx"])
    answer["Content-Disposition"] = 'attachment; filename="thanks.xlsx"'
    return answer


@holds(Role.SUPERVISOR)
def naming(request: PersonRequest) -> HttpResponse:
    """Settle how the wall calls who works in a unit."""
    units = units_settled(request.user)
    form = settling.NamingForm(sent(request), units=units)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            unit, said = form.cleaned_data["unit"], Naming(form.cleaned_data["naming"])
            thanking.settle_naming(unit, said, by=request.user, at=now())
            messages.success(request, _("已定下，墙上马上照这样写。"))
            return redirect("reviews:thanks_naming")
    shown = {**HERE, "form": form, "settled": namings_of(request.user)}
    return render(request, "reviews/thanks_naming.html", shown, status=422 if form.errors else 200)
