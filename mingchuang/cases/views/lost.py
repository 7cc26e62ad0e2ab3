"""The public side of lost and found: the notice, a report without an account, its page."""

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.http import page_ahead, refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions import lost as actions
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.forms.lost import MoreForm, NoticeForm, ReportForm
from mingchuang.cases.found_words import SEARCH_NEXT, SEARCH_TOLD
from mingchuang.cases.queries.found import notice_of, returned_in, storage_times
from mingchuang.cases.queries.lost import code_of, likely_by_notice, lost_of, went_to_another
from mingchuang.cases.rules.lost import MOST_ADDED, Search, times_added
from mingchuang.cases.views.limits import guarded, may_send, unlisted
from mingchuang.cases.views.receipt import lost_path

if TYPE_CHECKING:
    from mingchuang.cases.models import LostItem


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What lies here and waits for its owner: kind, place and day, nothing else."""
    form = NoticeForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    page = page_ahead(request, notice_of(kind), size=20)
    shown = {"form": form, "page": page, "kind": kind, "returned": returned_in(localdate().year)}
    shown["storage"] = storage_times()
    return render(request, "cases/found/notice.html", shown, status=200 if form.is_valid() else 422)


@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Take in what somebody lost. Refused or faulty, the form comes back filled in."""
    start = {"key": new_key(), "kind": request.GET.get("kind", "")}
    form = ReportForm(sent(request), now=now(), initial=start)
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            site, key = form.cleaned_data["site"], form.cleaned_data["key"]
            lost = actions.report_lost(form.lost(), site=site, key=key, at=now())
            return redirect(lost_path(lost))
    status = 422 if form.errors else 200
    return render(request, "cases/found/report.html", {"form": form}, status=status)


@unlisted
@require_safe
@guarded
def show(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """How the search stands, and where to come."""
    return _page(request, lost_of(number, code))


def _page(request: HttpRequest, lost: "LostItem", form: MoreForm | None = None) -> HttpResponse:
    state = Search(lost.state)
    link = request.build_absolute_uri(lost_path(lost))
    shown = {
        "lost": lost,
        "code": code_of(lost),
        "told": SEARCH_TOLD[state],
        "next": SEARCH_NEXT[state],
        "maybe": likely_by_notice(lost) if state == Search.SEARCHING else [],
        "went_to_another": went_to_another(lost),
        "may_add": lost.is_open and times_added(lost.description) < MOST_ADDED,
        "form": form,
        "more_form": form or MoreForm(),
        "may_forget": not lost.is_open and not lost.is_erased,
        "link": link,
        "qr": qr_svg(link),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "cases/found/lost.html", shown, status=status)


@unlisted
@sent_from("lost", "number", "code")
@guarded
def add(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Take in what they remembered later."""
    lost, form = lost_of(number, code), MoreForm(request.POST)
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            more, at = form.cleaned_data["more"], now()
            run = partial(actions.add_to_report, number, code, more, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("已补充，工作人员核对时会看到。"))
            return redirect("cases:lost", number, code)
    return _page(request, lost, form)


@unlisted
@require_POST
@guarded
def withdraw(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Say that nobody need look any more."""
    at = now()
    do_once(lambda: actions.withdraw_report(number, code, at=at), **sent_once(request), at=at)
    messages.success(request, _("已撤回，我们不再替您找。"))
    return redirect("cases:lost", number, code)


@unlisted
@require_POST
@guarded
def forget(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Forget who lost it and what they wrote, once it is over."""
    at = now()
    do_once(lambda: actions.forget_loser(number, code, at=at), **sent_once(request), at=at)
    messages.success(request, _("姓名、电话和您写的描述已经删除。"))
    return redirect("cases:lost", number, code)
