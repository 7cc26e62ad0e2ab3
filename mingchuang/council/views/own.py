"""The pages of who registers themselves, on a phone and without an account."""

from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import key_of, new_key
from mingchuang.base.qr import qr_svg
from mingchuang.base.templatetags.words import moment
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.errors import AlreadySent
from mingchuang.cases.views.limits import may_send, unlisted
from mingchuang.council.actions import inviting
from mingchuang.council.actions import own as actions
from mingchuang.council.errors.topics import JoinedBefore, RegisterShut
from mingchuang.council.forms.own import AnswerForm, CampForm, CorrectForm, JoinForm
from mingchuang.council.queries.decisions import decision_of
from mingchuang.council.queries.inviting import has_answered, seat_held_by
from mingchuang.council.queries.lotteries import Lot, lot_of
from mingchuang.council.queries.register import holder_of, stakeholder_of, topic_behind
from mingchuang.council.queries.sittings import sitting_ahead
from mingchuang.council.queries.topics import topic_to_join
from mingchuang.council.rules.inviting import Outcome
from mingchuang.council.rules.life import CALLING, DECIDED, REGISTERING
from mingchuang.council.rules.register import Why
from mingchuang.council.rules.sitting import SPEAKING
from mingchuang.council.views.asked import form_of, sent_form
from mingchuang.council.views.standing import standing_of
from mingchuang.council.words.features import said
from mingchuang.council.words.told import NOT_DRAWN, SEATED
from mingchuang.people.fields import phone_index

if TYPE_CHECKING:
    from mingchuang.council.models import Seat, Sitting, Stakeholder

MEETING = gettext_lazy("谢谢您。会议时间：%(when)s，地点：%(where)s，到时见。")
LATER = gettext_lazy("谢谢您。会议的时间和地点还没有定，定了再通知您。")
NOT_COMING = gettext_lazy("已记下您不参加，席位会补抽给别人。")


def join(request: HttpRequest, number: str) -> HttpResponse:
    """Register as somebody the topic concerns. Refused or faulty, the form comes back."""
    try:
        topic = topic_to_join(number)
    except RegisterShut as shut:
        messages.warning(request, shut.told)
        return redirect("council:public_topic", number)
    form = JoinForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and may_send(request, form) and form.is_valid():
        with refusal_on(form):
            mine = _registered(request, number, form)
            messages.success(request, _("登记好了。请留好这个页面，以后都从这里看和改。"))
            return redirect("council:me", mine.code)
    shown = {"topic": topic, "form": form}
    return render(request, "council/join.html", shown, status=422 if form.errors else 200)


def _registered(request: HttpRequest, number: str, form: JoinForm) -> "Stakeholder":
    """Who goes back to a form that was taken, and sends other words under the same phone, would
    stand on the register twice."""
    given, at = form.cleaned_data, now()
    said = {name: given[name] for name in ("key", "camp", "claim")}
    run = partial(actions.register_oneself, number, form.named(), **said, at=at)
    once = {**sent_once(request), "key": key_of(given["key"], phone_index(given["phone"]))}
    try:
        do_once(run, **once, at=at)
    except AlreadySent:
        raise JoinedBefore from None
    return run()


@unlisted
@require_safe
def me(request: HttpRequest, code: str) -> HttpResponse:
    """Where one stands, and what one may still change."""
    return _page(request, holder_of(code))


def _page(
    request: HttpRequest, mine: "Stakeholder", *, form: forms.Form | None = None
) -> HttpResponse:
    seat, sitting, lot = seat_held_by(mine), sitting_ahead(mine.topic), lot_of(mine)
    may_answer = seat is not None and seat.is_held and mine.topic.state in CALLING
    shown = {
        "me": mine,
        "seat": seat,
        "sitting": sitting,
        "may_answer": may_answer,
        "may_accept": may_answer and _may_accept(mine, seat, sitting),
        "topic": mine.topic,
        "told": standing_of(mine.topic, today=localdate()),
        "drawn": _drawn(seat, lot) if mine.topic.state in CALLING else "",
        "may_say": mine.topic.state in SPEAKING,
        "decision": decision_of(mine.topic) if mine.topic.state in DECIDED else None,
        "may_change": mine.topic.state in REGISTERING and not mine.is_taken_out,
        "features": said(mine.features),
        "lot": lot,
        "camp": form_of("camp", CampForm, form, camp=mine.camp),
        "correct": form_of("correct", CorrectForm, form, **mine.features),
        "form": form,
        "qr": qr_svg(request.build_absolute_uri(request.path)),
    }
    return render(request, "council/me.html", shown, status=422 if form else 200)


def _may_accept(mine: "Stakeholder", seat: "Seat | None", sitting: "Sitting | None") -> bool:
    """Who took the seat before they could know when and where to come, says so once more."""
    is_open = seat is not None and not seat.is_accepted
    return is_open or (sitting is not None and not has_answered(sitting, mine))


def _drawn(seat: "Seat | None", lot: Lot | None) -> Text:
    """Say whether one was drawn, once the dice were thrown."""
    if seat and seat.is_held:
        return SEATED[Why(seat.why)]
    return NOT_DRAWN if lot and lot.is_drawn and not seat else ""


@unlisted
@sent_from("me", "code")
def camp(request: HttpRequest, code: str) -> HttpResponse:
    """Say for oneself where one stands; nobody else can."""
    mine, form = stakeholder_of(code), sent_form(request, "camp", CampForm)
    if form.is_valid():
        with refusal_on(form):
            wanted = form.cleaned_data["camp"]
            run = partial(actions.declare_camp, code, wanted, at=now())
            do_once(run, **sent_once(request), at=now())
            messages.success(request, _("已记下您的态度。截止以前随时可以改。"))
            return redirect("council:me", code)
    return _page(request, mine, form=form)


@unlisted
@sent_from("me", "code")
def correct(request: HttpRequest, code: str) -> HttpResponse:
    mine, form = stakeholder_of(code), sent_form(request, "correct", CorrectForm)
    if form.is_valid():
        with refusal_on(form):
            actions.correct_oneself(code, **form.corrections(), at=now())
            messages.success(request, _("已改好。"))
            return redirect("council:me", code)
    return _page(request, mine, form=form)


@unlisted
@sent_from("me", "code")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether one takes the seat one was drawn for."""
    mine, form = stakeholder_of(code), AnswerForm(sent(request))
    if form.is_valid():
        with refusal_on(form):
            outcome = form.cleaned_data["answer"]
            run = partial(inviting.answer_by_link, code, outcome, at=now())
            do_once(run, **sent_once(request), at=now())
            messages.success(request, _thanks(outcome, sitting_ahead(mine.topic)))
            return redirect("council:me", code)
    return _page(request, mine, form=form)


def _thanks(outcome: str, sitting: "Sitting | None") -> Text:
    """Whoever comes is told when and where, as far as that is known."""
    if outcome == Outcome.DECLINED:
        return NOT_COMING
    if sitting is None:
        return LATER
    return MEETING % {"when": moment(sitting.begins_at), "where": sitting.place}


@unlisted
@sent_from("me", "code")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take oneself off the register; name and phone are deleted at once. Sent twice it thanks
    twice."""
    do_once(lambda: actions.withdraw(code, at=now()), **sent_once(request), at=now())
    messages.success(request, _("已退出，您的姓名和电话已经删除。"))
    return redirect("council:public_topic", topic_behind(code).number)
