"""The page of a visit: one for all states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on
from mingchuang.base.qr import qr_svg
from mingchuang.base.templatetags.words import clock, moment
from mingchuang.cases.views.limits import count, unlisted
from mingchuang.visits.actions.remote import arrive
from mingchuang.visits.forms.numbers import WordForm
from mingchuang.visits.queries.assists import accompanying
from mingchuang.visits.queries.supplements import told_on
from mingchuang.visits.queries.tickets import Ticket, must_know_word, ticket_of
from mingchuang.visits.views.booked import booked_shown
from mingchuang.visits.views.guards import remember, word
from mingchuang.visits.words.tickets import TICKETS


@unlisted
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """How it stands: the number, who goes before, where to go."""
    ticket = ticket_of(code, now())
    link = request.build_absolute_uri(reverse("visits:visit", args=[code]))
    shown = {**told(ticket), "qr": qr_svg(link) if ticket.may_arrive else ""}
    # Something can be missing only for who has stood at a window.
    shown["missing"] = told_on(ticket.visit) if ticket.visit.called_at else ()
    # Asked in the statement of the ticket; who they are only where there is somebody.
    is_accompanied = vars(ticket.visit)["is_accompanied"]
    shown["companions"] = accompanying(ticket.visit) if is_accompanied else ()
    if ticket.is_of_booking:
        shown |= booked_shown(request, ticket.visit)
    response = render(request, "visits/visit.html", shown)
    if ticket.may_arrive:
        remember(request, response, code)
    return response


def told(ticket: Ticket) -> dict[str, object]:
    """Return what a ticket says: its words with the window and the time in them."""
    visit = ticket.visit
    words = TICKETS[ticket.part]
    is_today = visit.back_by is None or localdate(visit.back_by) == visit.day
    by = clock(visit.back_by) if is_today else moment(visit.back_by)
    facts = {"window": visit.window.number if visit.window else "", "by": by}
    return {
        "ticket": ticket,
        "visit": visit,
        "headline": str(words.headline) % facts,
        "advice": str(words.advice) % facts,
        "arrive": words.arrive,
        "wait": ticket.wait,
    }


@unlisted
def arrived(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one is here: believed to who scanned the poster or types the word on it."""
    ticket = ticket_of(code, now())
    site, today = ticket.visit.site, localdate()
    known = {"word": word(request)} if request.method == "POST" and word(request) else None
    form = WordForm(request.POST if "word" in request.POST else known)
    if form.is_valid():
        with refusal_on(form):
            count(request, "look")
            must_know_word(form.cleaned_data["word"], site, today)
            arrive(code, at=now())
            return redirect("visits:visit", code)
    shown = {**told(ticket), "form": form}
    return render(request, "visits/arrive.html", shown, status=422 if form.errors else 200)
