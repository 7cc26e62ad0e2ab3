"""Asking that somebody comes home; and the page of whoever asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.http import refusal_on, sent, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.limits import may_send, unlisted
from mingchuang.hall.queries import site_for
from mingchuang.visits.actions import homes
from mingchuang.visits.forms.homes import AskHomeForm
from mingchuang.visits.queries.home_visits import home_visit_of, items_done_by
from mingchuang.visits.rules.homes import State, may_step
from mingchuang.visits.words.homes import HOME_NEXT, HOME_TOLD


def ask(request: HttpRequest, site: str) -> HttpResponse:
    """Take in that somebody cannot come. Refused or faulty, the form comes back."""
    hall = site_for(site)
    items = [(item.code, item.name) for item in items_done_by(hall)]
    form = AskHomeForm(sent(request), items=items, initial={"key": new_key()})
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            made = homes.ask_for_home_visit(
                hall, given["item"], form.wanted(), key=given["key"], at=now()
            )
            return redirect("visits:home_visit", made.code)
    shown = {"site": hall, "form": form, "items": items}
    return render(request, "visits/ask_home.html", shown, status=422 if form.errors else 200)


@unlisted
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Who comes, and when; never where: who holds the page knows that."""
    found = home_visit_of(code)
    state = State(found.state)
    badges = {"first": found.first.badge if found.first else ""}
    badges["second"] = found.second.badge if found.second else ""
    shown = {
        "visit": found,
        "told": HOME_TOLD[state] % badges,
        "next": HOME_NEXT[state],
        "may_cancel": may_step(state, "home.cancelled"),
        "qr": qr_svg(request.build_absolute_uri(request.path)),
    }
    return render(request, "visits/home_visit.html", shown)


@unlisted
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    at = now()
    do_once(lambda: homes.cancel_home_visit(code, at=at), **sent_once(request), at=at)
    messages.success(request, _("已取消，不会有人上门。"))
    return redirect("visits:home_visit", code)
