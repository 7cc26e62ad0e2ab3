"""The desk of bad ratings: what waits, one of them, and what is done about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_ahead, page_of, refusal_on, sent, sent_from, sent_once
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions import reviewing as does
from mingchuang.reviews.forms import reviewing as f
from mingchuang.reviews.queries.desk import objection_until, to_answer, to_review, written_about
from mingchuang.reviews.queries.raters import draft_of
from mingchuang.reviews.queries.reviewing import Opened, offices, opened
from mingchuang.reviews.rules.life import Deed
from mingchuang.reviews.rules.offices import REVIEWERS, Duty
from mingchuang.reviews.words.tags import tag_words
from mingchuang.visits.queries.supplements import told_on

if TYPE_CHECKING:
    from mingchuang.people.models import Person

READERS = (Role.RECEPTION, Role.HANDLER, Role.CALLBACK, Role.SUPERVISOR, Role.AUDITOR)


@dataclass(frozen=True)
class Button:
    """A deed as it is offered: what it is called, what it asks, what it does, what is told."""

    deed: Deed
    label: Text
    form: type[f.DeedForm]
    run: "Callable[[int, Mapping[str, Any], Person], object]"
    told: Text


def _decide(pk: int, given: Mapping[str, Any], by: "Person") -> object:
    finding, text = given["finding"], given["text"]
    return does.decide_contest(
        pk, upheld=bool(finding), finding=finding, text=text, by=by, at=now()
    )


BUTTONS: tuple[Button, ...] = (
    Button(
        Deed.CALL, _("记下回访"), f.CallForm,
        lambda pk, given, by: does.record_call(pk, **given, by=by, at=now()),
        _("回访已记下。"),
    ),
    Button(
        Deed.FIND, _("认定结果"), f.FindForm,
        lambda pk, given, by: does.settle_finding(pk, **given, by=by, at=now()),
        _("已认定。被评价单位现在可以看到，可以认可或者申诉。"),
    ),
    Button(
        Deed.AGREE, pgettext_lazy("button", "认可"), f.AgreeForm,
        lambda pk, given, by: does.agree_to_finding(pk, by=by, at=now()),
        _("已认可。评价管理部门会交办整改。"),
    ),
    Button(
        Deed.CONTEST, pgettext_lazy("button", "申诉"), f.ContestForm,
        lambda pk, given, by: does.contest_finding(pk, given["text"], by=by, at=now()),
        _("申诉已提交。由另一个单位审核；没有别的单位的，由同一单位另一人决定。"),
    ),
    Button(Deed.DECIDE, pgettext_lazy("button", "审核申诉"), f.DecideForm, _decide, _("已审核。")),
    Button(
        Deed.HAND_OVER, _("交办整改"), f.HandOverForm,
        lambda pk, given, by: does.hand_over(pk, **given, by=by, at=now()),
        _("已交办。整改的时限开始计算，办完以后照工单回访评价人。"),
    ),
    Button(
        Deed.CLOSE, _("办结并公开"), f.CloseForm,
        lambda pk, given, by: does.close_review(pk, **given, by=by, at=now()),
        _("已办结，结果已公开。"),
    ),
)  # fmt: skip
BY_NAME = {button.deed.value: button for button in BUTTONS}


@holds(*READERS)
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """What this office is to verify, and what was found about one's own."""
    mine, at = offices(request.user), now()
    if not (mine.reviewed or mine.answered):
        raise NotFound
    shown = {
        "is_office": bool(mine.reviewed),
        "may_enter": bool(mine.of[Duty.VERIFY]),
        "page": page_of(request, to_review(mine)),
        "answers": [(one, objection_until(one)) for one in to_answer(mine)[:50]],
        "now": at,
        "here": "ratings",
    }
    return render(request, "reviews/desk.html", shown)


@holds(*REVIEWERS[Duty.READ])
@require_safe
def written(request: PersonRequest) -> HttpResponse:
    """What people wrote, whatever the grade and however it came: everybody is heard."""
    mine = offices(request.user)
    if not mine.reviewed:
        raise NotFound
    page = page_ahead(request, written_about(mine))
    lines = [(one, tag_words(one.tags_version, one.tags), draft_of(one)) for one in page]
    shown = {"page": page, "lines": lines, "may_publish": bool(mine.of[Duty.VERIFY])}
    return render(request, "reviews/written.html", {**shown, "here": "ratings"})


@holds(*READERS)
@require_safe
def review(request: PersonRequest, pk: int) -> HttpResponse:
    return render(request, "reviews/review.html", _shown(opened(request.user, pk, at=now())))


def _shown(found: Opened) -> dict[str, object]:
    buttons = [button for button in BUTTONS if button.deed in found.deeds]
    told = told_on(visit) if found.is_office and (visit := found.review.rating.visit) else ()
    shown = {"found": found, "review": found.review, "buttons": buttons, "told_missing": told}
    return {**shown, "here": "ratings"}


@holds(*READERS)
def deed(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Ask what a deed needs, do it, and tell so."""
    found, button = opened(request.user, pk, at=now()), BY_NAME.get(name)
    if button is None or button.deed not in found.deeds:
        raise NotFound
    form = button.form(sent(request), stands=_stands(found))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            do_once(
                lambda: button.run(pk, form.cleaned_data, request.user),
                **sent_once(request),
                at=now(),
            )
            messages.success(request, str(button.told))
            return redirect("reviews:review", pk)
    shown = {**_shown(found), "form": form, "button": button}
    return render(request, "reviews/deed.html", shown, status=422 if form.errors else 200)


def _stands(found: Opened) -> dict[str, object]:
    draft = draft_of(found.review.rating) if found.is_office else ""
    heard, unit = found.review.rater_was_heard, found.review.unit_id
    return {"shown": draft, "was_heard": heard, "unit": unit}


@holds(Role.CALLBACK, Role.SUPERVISOR)
@sent_from("review", "pk")
def reveal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show whom to call and what they wrote, once, and write down that it was shown."""
    found = opened(request.user, pk, at=now())
    if not found.may_reveal:
        raise NotFound
    name, phone = does.reveal_rater(pk, reason="call_requester", by=request.user, at=now())
    seen = {"name": name, "phone": phone, "whole": found.review.rating.words, "is_seen": True}
    shown = {**_shown(found), **seen}
    return render(request, "reviews/review.html", shown)
