"""Lines and the week of each window, for who keeps them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent, sent_from
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions import lines as actions
from mingchuang.visits.errors import LineStillNeeded
from mingchuang.visits.forms.lines import LineForm, NewLineForm, RotaForm
from mingchuang.visits.queries.kept import (
    KEEPERS,
    done_at_few,
    items_at,
    kept_line,
    kept_site,
    kept_sites,
    kept_window,
    minutes_measured,
    week_of,
)

if TYPE_CHECKING:
    from django.forms import Form

TERMS = ("name", "minutes", "step", "share", "days_ahead", "overbooks")


@holds(*KEEPERS)
@require_safe
def lines(request: PersonRequest) -> HttpResponse:
    return _list(request)


def _list(request: PersonRequest, *, refused: str = "") -> HttpResponse:
    sites = list(kept_sites(request.user))
    known = [line for site in sites for line in site.lines.all()]
    measured = minutes_measured(known, now())
    told = [(site, [(one, measured.get(one.pk)) for one in site.lines.all()]) for site in sites]
    shown = {"sites": told, "refused": refused, "here": "lines"}
    return render(request, "visits/lines.html", shown, status=422 if refused else 200)


@holds(*KEEPERS)
def new_line(request: PersonRequest, site: str) -> HttpResponse:
    place = kept_site(request.user, site)
    form = NewLineForm(sent(request), offered=items_at(place))

    def save() -> object:
        given = dict(form.cleaned_data)
        prefix = given.pop("letters")
        return actions.set_up_line(site, prefix, given, by=request.user, at=now())

    return _asked(request, form, save, title=_("增加队列"), under=place.name)


@holds(*KEEPERS)
def line(request: PersonRequest, pk: int) -> HttpResponse:
    kept = kept_line(request.user, pk)
    stands = {name: getattr(kept, name) for name in TERMS} | {"items": kept.items.all()}
    form = LineForm(sent(request), offered=items_at(kept.site), initial=stands)

    def save() -> object:
        return actions.change_line(pk, form.cleaned_data, by=request.user, at=now())

    measured = minutes_measured([kept], now()).get(kept.pk)
    told: dict[str, object] = {"measured": measured, "few": done_at_few(kept)}
    title = {"title": kept, "under": kept.site.name}
    return _asked(request, form, save, page="visits/line.html", line=kept, **title, **told)


@holds(*KEEPERS)
@sent_from("lines")
def close_line(request: PersonRequest, pk: int) -> HttpResponse:
    """End a line, or say who still needs it."""
    try:
        actions.close_line(pk, by=request.user, at=now())
    except LineStillNeeded as why:
        return _list(request, refused=str(why))
    messages.success(request, _("已停用。"))
    return redirect("visits:lines")


@holds(*KEEPERS)
@sent_from("lines")
def reopen_line(request: PersonRequest, pk: int) -> HttpResponse:
    actions.reopen_line(pk, by=request.user, at=now())
    messages.success(request, _("已重新启用。"))
    return redirect("visits:lines")


@holds(*KEEPERS)
def rota(request: PersonRequest, pk: int) -> HttpResponse:
    """When a window is on duty in the ordinary week."""
    window = kept_window(request.user, pk)
    form = RotaForm(sent(request), week=week_of(window))

    def save() -> object:
        return actions.set_rota(pk, form.cleaned_data["week"], by=request.user, at=now())

    return _asked(request, form, save, page="visits/rota.html", window=window)


def _asked(
    request: PersonRequest,
    form: "Form",
    save: Callable[[], object],
    *,
    page: str = "visits/line.html",
    **words: object,
) -> HttpResponse:
    """Show a form of the lines, or keep what it says and go back to the list."""
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            save()
            messages.success(request, _("已保存，今后的时段已跟着更新。"))
            return redirect("visits:lines")
    shown = {"form": form, "here": "lines", **words}
    return render(request, page, shown, status=422 if form.errors else 200)
