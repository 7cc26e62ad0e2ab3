"""The staff board: the whole hall on one page, and the part of it that is fetched anew."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.people.http import PersonRequest, holds
from mingchuang.visits.queries.board import Board, site_shown, sites_of
from mingchuang.visits.queries.desks import CLERKS

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


def _shown(request: PersonRequest, page: str, sites: "list[Site]") -> HttpResponse:
    site = site_shown(sites, request.GET.get("site", ""))
    shown = {"sites": sites, "board": site and Board(site, now()), "here": "board"}
    return render(request, page, shown)
