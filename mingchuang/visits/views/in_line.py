"""Who stands in line, for the staff of a hall: found by their number, and by which channel."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions import green as actions
from mingchuang.visits.forms.green import ChannelForm
from mingchuang.visits.queries.board import site_shown, sites_of
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.queries.in_line import InLine, visit_in_hall


@holds(*CLERKS)
@require_safe
def in_line(request: PersonRequest) -> HttpResponse:
    return _shown(request, "visits/in_line.html")


@holds(*CLERKS)
@require_safe
def in_line_now(request: PersonRequest) -> HttpResponse:
    """The list alone, for who shows it already."""
    return _shown(request, "visits/_in_line.html")


@holds(*CLERKS)
def change_channel(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody in line go by the green channel from now on, or by it no longer."""
    visit = visit_in_hall(request.user, pk, on=localdate())
    form, back = ChannelForm(sent(request), had=visit.green), _back(request, visit.site.code)
    if form.is_valid():
        with refusal_on(form):
            changed = actions.change_channel(pk, **form.cleaned_data, by=request.user, at=now())
            how = changed.get_green_display() if changed.green else _("普通")
            messages.success(request, _("%(number)s：%(how)s") % {"number": changed, "how": how})
            return redirect(back)
    shown = {"form": form, "visit": visit, "back": back, "here": "board"}
    return render(request, "visits/green.html", shown, status=422 if form.errors else 200)


def _back(request: PersonRequest, site: str) -> str:
    """Return the page somebody came from: their window, or the list of the hall."""
    if request.GET.get("from") == "window":
        return reverse("visits:console")
    return f"{reverse('visits:in_line')}?site={site}"


def _shown(request: PersonRequest, page: str) -> HttpResponse:
    site = site_shown(sites_of(request.user), request.GET.get("site", ""))
    if site is None:
        raise NotFound
    shown = InLine(site, now(), request.GET.get("number", "").strip())
    return render(request, page, {"shown": shown, "here": "board"})
