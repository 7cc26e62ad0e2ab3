"""The register of thanks for staff: the list, one entry, what is done about it, print, import."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from, sent_once
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.receipt import send_photo
from mingchuang.people.http import PersonRequest, holds
from mingchuang.reviews.actions import settling_thanks as does
from mingchuang.reviews.forms import settling_thanks as f
from mingchuang.reviews.queries.thanks import (
    READERS,
    SETTLERS,
    Opened,
    draft_of,
    opened,
    photo_for,
    register_of,
    years_of,
)
from mingchuang.reviews.queries.thanks_counted import may_import, may_record
from mingchuang.reviews.rules.thanks import Deed
from mingchuang.reviews.views.thanks import figures

if TYPE_CHECKING:
    from mingchuang.people.models import Person

HERE = {"here": "thanks"}


@dataclass(frozen=True)
class Button:
    """A deed as it is offered: what it is called, what it asks, what it does, what is told."""

    deed: Deed
    label: Text
    form: type[forms.Form]
    run: "Callable[[int, Mapping[str, Any], Person], object]"
    told: Text


BUTTONS: tuple[Button, ...] = (
    Button(
        Deed.HANG, gettext_lazy("挂上感谢墙"), f.HangForm,
        lambda pk, given, by: does.hang_thanks(pk, **given, by=by, at=now()),
        gettext_lazy("已经挂上感谢墙，谁都能看到。"),
    ),
    Button(
        Deed.KEEP, gettext_lazy("只登记，不上墙"), f.NothingForm,
        lambda pk, given, by: does.keep_thanks(pk, by=by, at=now()),
        gettext_lazy("已登记，计入件数。"),
    ),
    Button(
        Deed.DECLINE, pgettext_lazy("thanks", "不登记"), f.WhyForm,
        lambda pk, given, by: does.decline_thanks(pk, given["text"], by=by, at=now()),
        gettext_lazy("没有登记。看错了可以恢复。"),
    ),
    Button(
        Deed.TAKE_DOWN, gettext_lazy("从墙上取下"), f.WhyForm,
        lambda pk, given, by: does.take_down(pk, given["text"], by=by, at=now()),
        gettext_lazy("已经取下，登记还在。"),
    ),
    Button(
        Deed.JOIN, gettext_lazy("并到同一件事"), f.JoinForm,
        lambda pk, given, by: does.join_thanks(pk, given["to"], given["text"], by=by, at=now()),
        gettext_lazy("已经并在一起，只算一件。"),
    ),
    Button(
        Deed.PART, gettext_lazy("重新分开"), f.WhyForm,
        lambda pk, given, by: does.part_thanks(pk, given["text"], by=by, at=now()),
        gettext_lazy("已经分开，各算一件。"),
    ),
    Button(
        Deed.WITHDRAW, gettext_lazy("撤销登记"), f.WhyForm,
        lambda pk, given, by: does.withdraw_thanks(pk, given["text"], by=by, at=now()),
        gettext_lazy("已撤销，不再计入件数。撤错了可以恢复。"),
    ),
    Button(
        Deed.RESTORE, pgettext_lazy("thanks", "恢复"), f.WhyForm,
        lambda pk, given, by: does.restore_thanks(pk, given["text"], by=by, at=now()),
        gettext_lazy("已恢复。"),
    ),
)  # fmt: skip
BY_NAME = {button.deed.value: button for button in BUTTONS}


@holds(*READERS)
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """What waits to be looked at, and the register below, the newest first."""
    year = _year(request)
    shown = {
        **HERE,
        "waiting": register_of(request.user, waiting=True)[:50],
        "page": page_ahead(request, register_of(request.user, year=year)),
        "years": years_of(request.user),
        "year": year,
        "may_record": may_record(request.user),
        "may_import": may_import(request.user),
    }
    return render(request, "reviews/thanks_desk.html", shown)


def _year(request: PersonRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0


@holds(*READERS)
@require_safe
def print_register(request: PersonRequest) -> HttpResponse:
    """The register of one year as it is filed; who gave something stays masked."""
    year = _year(request) or localdate().year
    rows = [(item, draft_of(item)) for item in register_of(request.user, year=year)]
    shown = {**HERE, "rows": rows, **figures(year)}
    return render(request, "reviews/thanks_print.html", {**shown, "today": localdate()})


@holds(*READERS)
@require_safe
def thanks(request: PersonRequest, pk: int) -> HttpResponse:
    return render(request, "reviews/thanks.html", opened_page(opened(request.user, pk)))


def opened_page(found: Opened) -> dict[str, object]:
    buttons = [button for button in BUTTONS if button.deed in found.deeds]
    return {
        **HERE,
        "found": found,
        "item": found.item,
        "buttons": buttons,
        "may_correct": Deed.CORRECT in found.deeds,
    }


@holds(*SETTLERS)
def deed(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Ask what a deed needs, do it, and tell so."""
    found, button = opened(request.user, pk), BY_NAME.get(name)
    if button is None or button.deed not in found.deeds:
        raise NotFound
    form = button.form(sent(request), initial={"shown": draft_of(found.item)})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            run = button.run
            do_once(lambda: run(pk, given, request.user), **sent_once(request), at=now())
            messages.success(request, str(button.told))
            return redirect("reviews:thanks", pk)
    shown = {**opened_page(found), "form": form, "button": button}
    return render(request, "reviews/thanks_deed.html", shown, status=422 if form.errors else 200)


@holds(*SETTLERS)
@sent_from("thanks", "pk")
def reveal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show who gave it, once, and write down that it was shown."""
    giver = does.reveal_giver(pk, reason="check_identity", by=request.user, at=now())
    shown = {**opened_page(opened(request.user, pk)), "giver": giver}
    return render(request, "reviews/thanks.html", shown)


@holds(*SETTLERS)
@require_POST
def forget(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget who gave it and what they wrote, as they asked."""
    does.forget_giver(pk, by=request.user, at=now())
    messages.success(request, _("已经删除，也不再挂在墙上。"))
    return redirect("reviews:thanks", pk)


@holds(*SETTLERS)
@require_POST
def drop_photo(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget one photo that should not be kept."""
    item = does.forget_thanks_photo(pk, by=request.user, at=now())
    messages.success(request, _("照片已删除。"))
    return redirect("reviews:thanks", item.pk)


@holds(*READERS)
@require_safe
def photo(request: PersonRequest, pk: int) -> FileResponse:
    return send_photo(photo_for(request.user, pk).path)
