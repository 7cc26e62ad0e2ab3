"""The staff board: the whole hall on one page, and the part of it that is fetched anew."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.actions import desks
from mingchuang.visits.queries.board import Board, site_shown, sites_of
from mingchuang.visits.queries.desks import CLERKS, WARDENS, keeps_windows

if TYPE_CHECKING:
    from mingchuang.hall.models import Site


@holds(*CLERKS)
@require_safe
def board(request: PersonRequest) -> HttpResponse:
    return _shown(request, "visits/board.html", sites_of(request.user))


@holds(*CLERKS)
@require_safe
def board_now(request: PersonRequest) -> HttpResponse:
    """The board alone, for who shows it already."""
    sites = sites_of(request.user)
    if not sites:
        raise NotFound
    return _shown(request, "visits/_board.html", sites)


@holds(*WARDENS)
@require_POST
def free(request: PersonRequest, pk: int) -> HttpResponse:
    """Free a window whose clerk left without signing off."""
    desk = desks.free_window(pk, by=request.user, at=now())
    left = {"window": desk.window.number, "badge": desk.person.badge}
    messages.success(request, _("%(window)s 号窗口空出来了，工号 %(badge)s 已下岗。") % left)
    return redirect(f"{reverse('visits:board')}?site={desk.window.site.code}")


def _shown(request: PersonRequest, page: str, sites: "list[Site]") -> HttpResponse:
    site = site_shown(sites, request.GET.get("site", ""))
    may_free = site is not None and keeps_windows(request.user, site.unit_id)
    shown = {"sites": sites, "board": site and Board(site, now()), "may_free": may_free}
    return render(request, page, {**shown, "here": "board"})
