"""The clerk's window: sign on, call, serve, put aside, send on; by key or by button."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import ParamSpec

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mingchuang.base.errors import NotFound, Refused
from mingchuang.base.http import refusal_on, sent
from mingchuang.people.http import PersonRequest, StaffView, holds
from mingchuang.visits.actions import calling, desks, passing
from mingchuang.visits.errors import AtNoWindow
from mingchuang.visits.forms.window import PassOnForm, SignOnForm, TurnForm
from mingchuang.visits.queries.console import (
    Console,
    last_desk_of,
    lines_from,
    seats_of,
    visit_seen,
    windows_from,
)
from mingchuang.visits.queries.desks import CLERKS, desk_of, left_behind
from mingchuang.visits.views.turns import BY_NAME, DEEDS, Deed

P = ParamSpec("P")
# What is done to somebody who was put aside, or is not at the window at all.
ASIDE: Mapping[str, Callable[..., object]] = {
    "take_up": calling.take_up,
    "bring_back": calling.bring_back,
    "miss": passing.miss,
}


@holds(*CLERKS)
def console(request: PersonRequest) -> HttpResponse:
    """Show the window one sits at; who sits at none is asked where."""
    if request.method == "POST":
        return _sign_on(request)
    try:
        return _page(request)
    except AtNoWindow:
        return _sign_on(request)


def seated(view: StaffView[P]) -> StaffView[P]:
    """Lead to the choice of a window who sits at none, or no longer."""

    @wraps(view)
    def door(request: PersonRequest, /, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **given)
        except AtNoWindow as why:
            messages.warning(request, str(why))
            if _swaps(request):
                return HttpResponse(headers={"HX-Redirect": reverse("visits:console")})
            return redirect("visits:console")

    return door


def _sign_on(request: PersonRequest) -> HttpResponse:
    seats, last = seats_of(request.user), last_desk_of(request.user)
    form = SignOnForm(sent(request), seats=seats)
    if last is not None:
        form.initial = {"window": last.window_id, "languages": last.languages}
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            desks.sign_on(given.pop("window"), **given, by=request.user, at=now())
            return redirect("visits:console")
    shown = {"form": form, "seats": seats, "here": "window"}
    return render(request, "visits/sign_on.html", shown, status=422 if form.errors else 200)


def _page(request: PersonRequest, *, told: str = "", refused: str = "") -> HttpResponse:
    here = Console(desk_of(request.user), now(), request.GET.get("passed", "").strip())
    offered = [deed for deed in DEEDS if deed.when(here)]
    shown = {"console": here, "deeds": offered, "told": told, "refused": refused, "here": "window"}
    page = "visits/_now.html" if _swaps(request) else "visits/console.html"
    # A page renewed by itself leaves standing what was told to who asked for something.
    shown["asked"] = _swaps(request) and request.method == "POST"
    return render(request, page, shown, status=422 if refused else 200)


def _swaps(request: PersonRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


@holds(*CLERKS)
@require_POST
@seated
def turn(request: PersonRequest, name: str) -> HttpResponse:
    """Do what a button of the console says, if the page shows what is."""
    deed = BY_NAME.get(name)
    if deed is None:
        raise NotFound
    return _answered(request, partial(_run, deed, request))


def _run(deed: Deed, request: PersonRequest, told: list[str]) -> None:
    """Do the steps one after the other; what is done stays done if the next one is refused."""
    first, *rest = deed.steps
    by, at = request.user, now()
    left = left_behind(by, on=localdate(at)) if deed.leaves else ()
    told.append(_told(first(by=by, at=at, seen=_seen(request))))
    told.extend(_told(step(by=by, at=at)) for step in rest)
    if left:
        numbers = gettext("、").join(map(str, left))
        words = gettext(
            "已下岗。%(numbers)s 稍后再办，还没有回来：票上会请他们到咨询台或任一窗口。"
        )
        told.append(words % {"numbers": numbers})


def _seen(request: PersonRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() else None


def _told(done: object) -> str:
    """A023：已叫号; of a pause nothing need be said."""
    state = getattr(done, "get_state_display", None)
    return f"{done}：{state()}" if state else ""


@holds(*CLERKS)
@require_POST
@seated
def aside(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Go on with somebody put aside, let them wait again, or let go of them."""
    deed = ASIDE.get(name)
    if deed is None:
        raise NotFound

    def run(told: list[str]) -> None:
        told.append(_told(deed(pk, by=request.user, at=now())))

    return _answered(request, run)


def _answered(request: PersonRequest, run: Callable[[list[str]], None]) -> HttpResponse:
    """Show the window as it is now, with what was done, and what was not."""
    told: list[str] = []
    refused = ""
    try:
        run(told)
    except (NotFound, AtNoWindow):
        raise
    except Refused as why:
        refused = str(why)
    done = " ".join(filter(None, told))
    if refused or _swaps(request):
        return _page(request, told=done, refused=refused)
    if done:
        messages.success(request, done)
    return redirect("visits:console")


@holds(*CLERKS)
@seated
def out_of_turn(request: PersonRequest) -> HttpResponse:
    """Call somebody before their turn; the reason is kept."""
    here = Console(desk_of(request.user), now())
    form = TurnForm(sent(request), waiting=here.waiting)

    def run() -> object:
        given = form.cleaned_data
        return calling.call_out_of_turn(
            given["visit"], given["reason"], by=request.user, at=here.at
        )

    return _asked(request, form, run, title=_("不按顺序叫号"), button=_("叫号"))


@holds(*CLERKS)
@seated
def pass_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Send somebody on to another line, or to one window of it."""
    desk = desk_of(request.user)
    visit, at = visit_seen(desk, pk, on=localdate()), now()
    lines = lines_from(visit)
    form = PassOnForm(sent(request), lines=lines, windows=windows_from(desk, visit, lines, at))

    def run() -> object:
        line, window = form.cleaned_data["to"]
        return passing.pass_on(pk, line, window=window, by=request.user, at=at)

    return _asked(
        request,
        form,
        run,
        title=_("%(number)s：转到别的队列") % {"number": visit},
        button=_("转过去"),
    )


def _asked(
    request: PersonRequest, form: Form, run: Callable[[], object], **words: object
) -> HttpResponse:
    """Show a small form of the console, or do what it says and go back."""
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            messages.success(request, _told(run()))
            return redirect("visits:console")
    shown = {"form": form, "here": "window", **words}
    return render(request, "visits/ask.html", shown, status=422 if form.errors else 200)
