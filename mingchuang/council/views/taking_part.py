"""The pages of who takes part in a sitting, on their own phone: sign in, say, read, correct."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.limits import count, may_send, unlisted
from mingchuang.cases.views.receipt import send_photo
from mingchuang.council.actions import attending, positions, reading_minutes
from mingchuang.council.forms.attending import CorrectionForm, SignInForm, WantForm
from mingchuang.council.forms.steps import ConfirmForm
from mingchuang.council.queries.minutes import minutes_if_any, record_of, shot_of
from mingchuang.council.queries.positions import MyOption, my_options
from mingchuang.council.queries.register import stakeholder_of
from mingchuang.council.queries.sittings import Mine, mine_at, sitting_of, sittings_open_to
from mingchuang.council.rules.minutes import Stage, is_window_open
from mingchuang.council.rules.sitting import SPEAKING

if TYPE_CHECKING:
    from mingchuang.council.models import Stakeholder


@unlisted
@require_safe
def wants(request: HttpRequest, code: str) -> HttpResponse:
    """What one wants of each option, before a sitting and at it."""
    return _wants(request, stakeholder_of(code))


def _wants(
    request: HttpRequest, me: "Stakeholder", *, form: WantForm | None = None, said: int = 0
) -> HttpResponse:
    """The form that was refused comes back with what was said in it."""
    may_say = me.topic.state in SPEAKING
    options = [
        (one, form if form and one.option.number == said else _want_form(one))
        for one in my_options(me)
    ]
    shown = {"me": me, "topic": me.topic, "options": options, "may_say": may_say, "form": form}
    shown["sittings"] = sittings_open_to(me)
    return render(request, "council/wants.html", shown, status=422 if form else 200)


def _want_form(one: MyOption, data: Any = None) -> WantForm:
    position = one.mine
    start = {"stance": position.stance if position else ""}
    if position and position.condition:
        start["joins"] = str(position.condition.number)
    auto_id = f"option-{one.option.number}-%s"
    return WantForm(data, conditions=one.conditions, initial=start, auto_id=auto_id)


@unlisted
@sent_from("wants", "code")
def say(request: HttpRequest, code: str, option: int) -> HttpResponse:
    """Say how one stands to an option; one may change one's mind."""
    me = stakeholder_of(code)
    one = next((one for one in my_options(me) if one.option.number == option), None)
    if one is None:
        raise NotFound
    form = _want_form(one, sent(request))
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            wanted = positions.Wanted(
                option, given["stance"], given.get("joins") or 0, given["text"]
            )
            run = partial(positions.say_position, code, wanted, at=now())
            do_once(run, **sent_once(request), at=now())
            messages.success(request, _("已记下您的立场。改主意了可以再改。"))
            return redirect("council:wants", code)
    return _wants(request, me, form=form, said=option)


@unlisted
@sent_from("wants", "code")
def join_condition(request: HttpRequest, code: str, option: int, condition: int) -> HttpResponse:
    """Ask for the same as a neighbour, for or against as one may be."""
    count(request, "say")
    run = partial(positions.join_condition, code, option, condition, at=now())
    do_once(run, **sent_once(request), at=now())
    messages.success(request, _("已记下您也要求这一条。"))
    return redirect("council:wants", code)


@unlisted
@require_safe
def my_sitting(request: HttpRequest, code: str, n: int) -> HttpResponse:
    """Where and when, signing in, and the minutes to read."""
    return _page(request, stakeholder_of(code), n)


@unlisted
@require_safe
def my_shot(_request: HttpRequest, code: str, n: int, which: int) -> FileResponse:
    """A photo of the minutes, for whoever on the register reads them before they are final."""
    written = minutes_if_any(sitting_of(stakeholder_of(code).topic, n))
    if written is None or written.is_draft:
        raise NotFound
    return send_photo(shot_of(written, which).picture.path)


def _page(
    request: HttpRequest, me: "Stakeholder", n: int, *, form: forms.Form | None = None
) -> HttpResponse:
    sitting = sitting_of(me.topic, n)
    mine, written = mine_at(sitting, me), minutes_if_any(sitting)
    shown = {
        "me": me,
        "topic": me.topic,
        "sitting": sitting,
        "mine": mine,
        "written": written,
        "record": record_of(written) if written and not written.is_draft else None,
        "may_read": _may_read(mine, written),
        "may_sign_in": sitting.is_open and not mine.is_there,
        "form": form,
        "sign_in": form
        if isinstance(form, SignInForm)
        else SignInForm(initial={"word": request.GET.get("word", "")}),
        "correct": form
        if isinstance(form, CorrectionForm)
        else CorrectionForm(statements=mine.statements, auto_id="correct-%s"),
    }
    return render(request, "council/my_sitting.html", shown, status=422 if form else 200)


def _may_read(mine: Mine, written: Any) -> bool:
    is_out = written is not None and is_window_open(
        Stage(written.stage), until=written.until, now=now()
    )
    return is_out and mine.attendance is not None


def _sign(code: str, n: int, given: Mapping[str, Any], at: datetime) -> object:
    action = attending.sign_in_as_proxy if given["proxy"] else attending.sign_in
    return action(code, n, given["word"], at=at)


def _confirm(code: str, n: int, given: Mapping[str, Any], at: datetime) -> object:
    return reading_minutes.confirm_minutes(code, n, at=at)


def _correct(code: str, n: int, given: Mapping[str, Any], at: datetime) -> object:
    statement = given["statement"] or 0
    return reading_minutes.correct_minutes(code, n, given["text"], statement=statement, at=at)


DEEDS: Mapping[str, tuple[Callable[..., object], Text]] = {
    "sign-in": (_sign, gettext_lazy("签到好了。")),
    "confirm": (_confirm, gettext_lazy("谢谢您核对。")),
    "correct": (_correct, gettext_lazy("您的更正已收到，记录人会答复。")),
}


@unlisted
@sent_from("my_sitting", "code", "n")
def my_deed(request: HttpRequest, code: str, n: int, name: str) -> HttpResponse:
    """Sign in, or say of the minutes that they are right, or what is not."""
    me = stakeholder_of(code)
    if name not in DEEDS:
        raise NotFound
    run, told = DEEDS[name]
    form = _form(name, request, me, n)
    if may_send(request, form) and form.is_valid():
        with refusal_on(form):
            do_once(lambda: run(code, n, form.cleaned_data, now()), **sent_once(request), at=now())
            messages.success(request, told)
            return redirect("council:my_sitting", code, n)
    return _page(request, me, n, form=form)


def _form(name: str, request: HttpRequest, me: "Stakeholder", n: int) -> forms.Form:
    if name == "correct":
        said = mine_at(sitting_of(me.topic, n), me).statements
        return CorrectionForm(sent(request), statements=said, auto_id="correct-%s")
    return (SignInForm if name == "sign-in" else ConfirmForm)(sent(request))
