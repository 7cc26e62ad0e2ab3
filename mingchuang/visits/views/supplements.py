"""At the window: a one-time notice, with a gap or without; and what is still to be brought."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on, sent, sent_once
from mingchuang.base.once import new_key
from mingchuang.cases.actions.once import do_once
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions.supplements import (
    Missing,
    end_waiting,
    note_brought,
    tell_at_once,
)
from mingchuang.visits.forms.supplements import MissingForm
from mingchuang.visits.queries.console import visit_seen
from mingchuang.visits.queries.desks import CLERKS, desk_of
from mingchuang.visits.queries.supplements import awaited_by, guides_for, told_on
from mingchuang.visits.rules.supplements import Why
from mingchuang.visits.views.window import seated
from mingchuang.visits.words.supplements import ENDED_BECAUSE

HERE = {"here": "supplements"}


@holds(*CLERKS)
@seated
def tell(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose what somebody came for, tick what is missing, and hand it over in writing."""
    visit = visit_seen(desk_of(request.user), pk, on=localdate())
    guides = guides_for(visit)
    named = request.GET.get("item", "")
    chosen = next((one for one in guides if one.item.code == named), None)
    guide = chosen or (guides[0] if len(guides) == 1 else None)
    shown = {"visit": visit, "guides": guides, "guide": guide, "given": told_on(visit)}
    if guide is None:
        return render(request, "visits/missing.html", {**shown, "here": "window"})
    form = MissingForm(sent(request), materials=guide.material_list, initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            key, rest = given.pop("key"), Missing(guide.item.code, **given)
            tell_at_once(pk, rest, key=key, by=request.user, at=now())
            messages.success(request, _("已告知，记入台账。对方在来访的页面上也看得到。"))
            return redirect(request.get_full_path())
    shown |= {"form": form, "here": "window"}
    return render(request, "visits/missing.html", shown, status=422 if form.errors else 200)


@holds(*CLERKS)
@require_safe
def awaited(request: PersonRequest) -> HttpResponse:
    """What is still to be brought, what is due first on top."""
    page = page_of(request, awaited_by(request.user))
    shown = {"page": page, "today": localdate(), "sends_texts": bool(settings.SMS_GATEWAY)}
    shown["reasons"] = ENDED_BECAUSE
    return render(request, "visits/awaited.html", {**HERE, **shown})


@holds(*CLERKS)
@require_POST
def brought(request: PersonRequest, pk: int) -> HttpResponse:
    run = partial(note_brought, pk, by=request.user, at=now())
    do_once(run, **sent_once(request), at=now())
    messages.success(request, _("已记为补齐。"))
    return redirect("visits:awaited")


@holds(*CLERKS)
@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Wait no longer, for one of the reasons there are."""
    because = request.POST.get("because", "")
    if because not in list(Why):
        raise NotFound
    run = partial(end_waiting, pk, Why(because), by=request.user, at=now())
    do_once(run, **sent_once(request), at=now())
    messages.success(request, _("不再等了，记入台账。"))
    return redirect("visits:awaited")
