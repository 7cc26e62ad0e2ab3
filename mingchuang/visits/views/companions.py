"""Asking for a companion, without an account; and the page of whoever asked."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on, sent, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.limits import may_send, unlisted
from mingchuang.hall.queries import days_of, site_for, sites
from mingchuang.visits.actions import assisting
from mingchuang.visits.forms.assisting import AskForm
from mingchuang.visits.queries.assists import assist_of, holds_anything
from mingchuang.visits.queries.booked import visit_of
from mingchuang.visits.queries.persontimes import person_times_at
from mingchuang.visits.queries.tickets import Ticket
from mingchuang.visits.rules.assisting import MOST_DAYS_AHEAD, State, may_step
from mingchuang.visits.rules.life import ENDED
from mingchuang.visits.views.guards import back_to_start, is_kiosk
from mingchuang.visits.words.assisting import CATEGORIES, NEXT, TOLD

if TYPE_CHECKING:
    from mingchuang.visits.models import Assist, Visit

# Where the page was opened, as the address says it; anything else is the web.
ORIGINS = {"kiosk": "kiosk"}
FROM_KIOSK = urlencode({"from": "kiosk"})
# Seconds at the machine: four questions take their time, and so does taking down the page.
ASKING, SHOWN = 240, 60


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the hall; who has a booking or a number has chosen already."""
    if code := request.GET.get("visit", ""):
        way = reverse("visits:ask_companion_at", args=[visit_of(code).site.code])
        return redirect(f"{way}?{urlencode({'visit': code})}")
    return render(request, "visits/choose_hall.html", {"page": page_of(request, sites())})


@never_cache
def ask(request: HttpRequest, site: str) -> HttpResponse:
    """Take in that somebody wants to be accompanied. Refused or faulty, the form comes back."""
    hall, visit, at = site_for(site), _visit_named(request, site), now()
    days = days_of(hall, localdate(at), MOST_DAYS_AHEAD + 1)
    form = AskForm(sent(request), days=days, now=at, initial=_start(visit))
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            wanted = form.wanted(origin=_origin(request, visit))
            key = form.cleaned_data["key"]
            assist = assisting.ask_for_companion(hall, wanted, key=key, at=at, visit=visit)
            way = reverse("visits:assist", args=[assist.code])
            return redirect(f"{way}?{FROM_KIOSK}" if _is_at_machine(request) else way)
    shown = {
        "site": hall,
        "form": form,
        "visit": visit,
        "is_ever_open": any(d.shifts for d in days),
    }
    shown |= {"times": person_times_at(hall, localdate(at).year)}
    status = 422 if form.errors else 200
    return _page(request, "ask_companion", shown, site=site, seconds=ASKING, status=status)


def _is_at_machine(request: HttpRequest) -> bool:
    return request.GET.get("from") == "kiosk" and is_kiosk(request)


def _page(
    request: HttpRequest,
    name: str,
    shown: dict[str, object],
    *,
    site: str,
    seconds: int,
    status: int = 200,
) -> HttpResponse:
    """Show a page as on a phone; at the machine it leads nowhere else, and back by itself."""
    is_there = _is_at_machine(request)
    shell = "visits/kiosk_page.html" if is_there else "base/page.html"
    shown |= {"shell": shell, "at_machine": is_there, "site_code": site}
    response = render(request, f"visits/{name}.html", shown, status=status)
    if is_there:
        back_to_start(response, site, seconds=seconds)
    return response


def _start(visit: "Visit | None") -> dict[str, object]:
    start: dict[str, object] = {"key": new_key()}
    if visit is not None:
        known = visit.green if visit.green in dict(CATEGORIES) else "elderly"
        start |= {"category": known, "persons": visit.persons, "to_place": visit.line.name}
    if visit is not None and visit.slot is not None:
        at = localtime(visit.slot.starts_at)
        start |= {"day": str(at.date()), "clock": f"{at:%H}:{at.minute // 30 * 30:02}"}
    return start


def _visit_named(request: HttpRequest, site: str) -> "Visit | None":
    """Return the booking or number the companion is wanted for; it must be of this hall. For one
    that is over one asks as anybody does."""
    code = request.GET.get("visit", "")
    if not code:
        return None
    visit = visit_of(code)
    if visit.site.code != site:
        raise NotFound
    is_over = visit.state in ENDED or Ticket(visit, now()).is_over
    return None if is_over else visit


def _origin(request: HttpRequest, visit: "Visit | None") -> str:
    if visit is not None and visit.origin == "booked":
        return "booking"
    return ORIGINS.get(request.GET.get("from", ""), "online")


@require_safe
def told(request: HttpRequest, site: str) -> HttpResponse:
    """One sentence for the page of the hall: how many were accompanied this year."""
    hall = site_for(site)
    shown = {"site": hall, "times": person_times_at(hall, localdate().year)}
    return render(request, "visits/companions_told.html", shown)


@unlisted
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Who comes, when and where."""
    assist = assist_of(code)
    shown = _shown(request, assist)
    return _page(request, "assist", shown, site=assist.site.code, seconds=SHOWN)


def _shown(request: HttpRequest, assist: "Assist") -> dict[str, object]:
    state = State(assist.state)
    badge = assist.companion.badge if assist.companion else ""
    return {
        "assist": assist,
        "told": TOLD[state] % {"badge": badge},
        "next": NEXT[state],
        "may_cancel": may_step(state, "assist.cancelled"),
        "may_forget": not assist.is_open and holds_anything(assist),
        "qr": qr_svg(request.build_absolute_uri(request.path)),
    }


@unlisted
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    do_once(lambda: assisting.cancel(code, at=now()), **sent_once(request), at=now())
    messages.success(request, _("已取消，没有人会等您。"))
    return redirect("visits:assist", code)


@unlisted
@require_POST
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Forget who was accompanied, once it is over."""
    do_once(lambda: assisting.forget_asker(code, at=now()), **sent_once(request), at=now())
    messages.success(request, _("姓名、电话和地点已经删除。"))
    return redirect("visits:assist", code)
