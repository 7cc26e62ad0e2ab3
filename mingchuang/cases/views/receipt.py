"""The receipt page: no account, a number and a code; what one may do with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.files.storage import storages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound, TooOften
from mingchuang.base.http import refusal_on, sent, sent_once
from mingchuang.base.qr import qr_svg
from mingchuang.base.typing import Text
from mingchuang.cases.actions import voice
from mingchuang.cases.actions.lost import LETTERS as LOST
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.errors import CodeRenewed, WrongReceipt
from mingchuang.cases.forms import receipt as f
from mingchuang.cases.queries.lost import code_of as lost_code_of
from mingchuang.cases.queries.lost import lost_of
from mingchuang.cases.queries.photos import own_photo
from mingchuang.cases.queries.receipts import Receipt, code_of, receipt_of, submission_for, title_of
from mingchuang.cases.rules.life import OPEN, RUNNING, State
from mingchuang.cases.rules.said import UNASKED, number_typed
from mingchuang.cases.views.limits import count, guarded, may_send, unlisted
from mingchuang.ledger.queries import receipt_for

if TYPE_CHECKING:
    from mingchuang.cases.models import LostItem, Submission


@dataclass(frozen=True)
class Wish:
    """A button on the receipt page: when it is there, what it asks, what it does."""

    name: str
    label: Text
    form: type[forms.Form]
    run: Callable[..., object]
    states: frozenset[State]
    told: Text
    quiet: bool = False


Given = Mapping[str, Any]
WISHES: tuple[Wish, ...] = (
    Wish(
        "solved", _("解决了，谢谢"), f.SolvedForm,
        lambda n, c, g, at: voice.say_solved(n, c, satisfied=g["satisfied"], at=at),
        frozenset({State.REPLIED}), _("谢谢您告诉我们。"),
    ),
    Wish(
        "not-solved", _("没有解决"), f.NotSolvedForm,
        lambda n, c, g, at: voice.say_not_solved(n, c, g["text"], at=at),
        frozenset({State.REPLIED}), _("知道了，我们重新办理。原来的答复会保留。"),
    ),
    Wish(
        "contest", _("我认为应当受理"), f.ContestForm,
        lambda n, c, g, at: voice.contest_decline(n, c, g["text"], at=at),
        frozenset({State.DECLINED, State.REFERRED}), _("已收到您的异议，我们重新审核。"),
    ),
    Wish(
        "remark", _("补充情况或照片"), f.RemarkForm,
        lambda n, c, g, at: voice.add_remark(n, c, g["text"], photos=g["photos"], at=at),
        OPEN, _("补充的内容已收到。"),
    ),
    Wish(
        "remind", _("催一催"), f.ConfirmForm,
        lambda n, c, g, at: voice.remind_case(n, c, at=at),
        RUNNING | {State.PAUSED}, _("已经替您催办，承办单位马上能看到。"),
    ),
    Wish(
        "withdraw", _("撤回"), f.ConfirmForm,
        lambda n, c, g, at: voice.withdraw_submission(n, c, at=at),
        OPEN, _("已经撤回。记录会保留，但不再办理。"), quiet=True,
    ),
)  # fmt: skip
BY_NAME = {wish.name: wish for wish in WISHES}


@unlisted
@require_safe
@guarded
def show(request: HttpRequest, number: str, code: str) -> HttpResponse:
    return _page(request, receipt_of(submission_for(number, code)), code)


def _page(request: HttpRequest, receipt: Receipt, code: str) -> HttpResponse:
    state = State(receipt.case.state)
    live = receipt.submission.withdrawn_at is None
    link = request.build_absolute_uri(receipt_path(receipt.submission))
    shown = {
        "receipt": receipt,
        "submission": receipt.submission,
        "case": receipt.case,
        "code": code,
        "wishes": [wish for wish in WISHES if live and state in wish.states],
        "may_rate": live and state == State.ARCHIVED and receipt.submission.channel not in UNASKED,
        "link": link,
        "qr": qr_svg(link),
        "now": now(),
    }
    return render(request, "cases/receipt.html", shown)


@unlisted
@guarded
def wish(request: HttpRequest, number: str, code: str, name: str) -> HttpResponse:
    """Ask what the wish needs, do it, and tell on the receipt page that it is done."""
    wanted = BY_NAME.get(name)
    submission = submission_for(number, code)
    if wanted is None:
        raise NotFound
    form = wanted.form(sent(request), request.FILES or None)
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            deed = partial(wanted.run, number, code, form.cleaned_data, now())
            do_once(deed, **sent_once(request), at=now())
            messages.success(request, wanted.told)
            return redirect(receipt_path(submission))
    shown = {"submission": submission, "title": title_of(submission), "wish": wanted}
    shown |= {"form": form, "back": receipt_path(submission)}
    return render(request, "cases/wish.html", shown, status=422 if form.errors else 200)


@unlisted
@require_safe
@guarded
def proof(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The receipt as a file that anybody can verify without us."""
    submission = submission_for(number, code)
    response = JsonResponse(
        receipt_for(submission.entry).as_json(),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response["Content-Disposition"] = f'attachment; filename="{submission.number}.json"'
    return response


@unlisted
@require_safe
@guarded
def photo(request: HttpRequest, number: str, code: str, pk: int) -> FileResponse:
    return send_photo(own_photo(number, code, pk).path)


@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Open a receipt by what is printed on it."""
    form = f.TrackForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            count(request, "look")
            return redirect(_way_to(form.cleaned_data["number"], form.cleaned_data["code"]))
        except (CodeRenewed, WrongReceipt, TooOften) as refused:
            form.add_error(None, str(refused))
    return render(request, "cases/track.html", {"form": form}, status=422 if form.errors else 200)


def _way_to(number: str, code: str) -> str:
    """Return the page that number and code open: of a word, or of something that was lost."""
    if number_typed(number).startswith(f"{LOST}-"):
        return lost_path(lost_of(number, code))
    return receipt_path(submission_for(number, code))


def lost_path(lost: "LostItem") -> str:
    return reverse("cases:lost", args=[lost.number, lost_code_of(lost)])


def receipt_path(submission: "Submission") -> str:
    return reverse("cases:receipt", args=[submission.number, code_of(submission)])


def send_photo(path: str) -> FileResponse:
    """Send a photo to somebody who may see it; no browser keeps it for others."""
    try:
        file = storages["attachments"].open(path)
    except FileNotFoundError:
        raise NotFound from None
    response = FileResponse(file, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    return response
