"""Decisions for who keeps them: recorded with what was promised, posted, checked, answered."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.cases.actions.once import do_once
from mingchuang.council.actions import checking, decisions, objecting
from mingchuang.council.forms import commitments as rows_of
from mingchuang.council.forms import decisions as f
from mingchuang.council.forms.objecting import ObjectByCaseForm, ReviewForm
from mingchuang.council.forms.steps import ConfirmForm, UndoneForm
from mingchuang.council.queries.binding import verdict_on
from mingchuang.council.queries.closing import first_to_do, left_to_do
from mingchuang.council.queries.decisions import check_in, decision_for, objection_in
from mingchuang.council.queries.kept import Promise, objections_to, promises_of
from mingchuang.council.queries.minutes import minutes_of
from mingchuang.council.queries.positions import conditions_of
from mingchuang.council.queries.sittings import sitting_convened_by
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by
from mingchuang.council.rules.checking import Result
from mingchuang.council.rules.life import State
from mingchuang.council.views.asked import form_in_row, form_of, sent_form
from mingchuang.council.words.missing import how_it_was_voted, what_is_missing
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import Condition, Decision

F = TypeVar("F", bound=forms.Form)
HERE = {"here": "council"}
WAYS: Mapping[str, Callable[..., object]] = {"decide": decisions.decide, "advise": decisions.advise}


@holds(Role.CONVENOR)
def decide(request: PersonRequest, number: str, n: int) -> HttpResponse:
    """Record what came of a sitting: as a decision, or as the opinion of who came."""
    found = sitting_convened_by(request.user, number, n)
    verdict, conditions = verdict_on(found), list(conditions_of(found.topic))
    voted, options = partial(how_it_was_voted, verdict), found.topic.options.all()
    ask = partial(f.DecideForm, options=options, voted=voted)
    form, rows = _asked(request, ask, conditions)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            made = decisions.Decided(given["text"], given["options"], rows_of.promised_in(rows))
            way = WAYS.get(request.POST.get("way", ""), decisions.decide)
            run = partial(way, number, n, made, by=request.user, at=now())
            do_once(run, **sent_once(request), at=now())
            messages.success(request, _("结果已记录。请把记录发给到会的人核对。"))
            return redirect("council:sitting", number, n)
    shown = {**HERE, "topic": found.topic, "sitting": found, "form": form, "rows": rows}
    shown |= {"verdict": verdict, "missing": what_is_missing(verdict), "conditions": conditions}
    return render(request, "council/decide.html", shown, status=_status(form, rows))


def _asked(
    request: PersonRequest, ask: Callable[..., F], conditions: "Iterable[Condition]"
) -> tuple[F, Any]:
    """Return a form and its rows of promises; who asks for more rows keeps what they typed."""
    named = {"conditions": conditions}
    if "more" in request.POST:
        return rows_of.as_typed(ask(), request.POST), rows_of.with_more_rows(request.POST, named)
    return ask(sent(request)), rows_of.PromiseRows(sent(request), form_kwargs=named)


def _status(form: forms.Form, rows: Any) -> int:
    return 422 if form.errors or (rows.is_bound and not rows.is_valid()) else 200


@holds(*READERS)
@require_safe
def decision(request: PersonRequest, number: str) -> HttpResponse:
    return _page(request, decision_for(request.user, number))


def _page(
    request: PersonRequest, found: "Decision", *, form: forms.Form | None = None
) -> HttpResponse:
    may_act, promises = convenes(request.user, found.topic), promises_of(found)
    is_open, is_final = found.topic.state == State.DECIDED, minutes_of(found.sitting).is_frozen
    left = [*left_to_do(found, localdate())] if is_open else []
    shown = {
        **HERE,
        "topic": found.topic,
        "decision": found,
        "promises": promises,
        "checks": _checks(promises, form),
        "objections": _objections(found, form),
        "may_act": may_act,
        "may_publish": may_act and found.published_at is None and is_final,
        "may_close": may_act and is_open and not left,
        "left": left,
        "undone": form_in_row("undone", UndoneForm, form, may=bool(left) and not first_to_do(left)),
        "today": localdate(),
        "form": form,
        "publish": form_of("publish", f.PublishForm, form),
        "look_again": form_of("again", f.LookAgainForm, form),
        "by_case": form_of("case", ObjectByCaseForm, form, key=new_key()),
    }
    return render(request, "council/decision_desk.html", shown, status=422 if form else 200)


def _checks(promises: Iterable[Promise], form: forms.Form | None) -> dict[int, forms.Form]:
    """Return what is asked of who looked, for each day that is due."""
    due = [check.pk for one in promises for check, _entry in one.checks if check.is_due]
    return {pk: form_of(_looking(pk), f.FoundForm, form) for pk in due}


def _looking(pk: int) -> str:
    return f"check-{pk}"


def _objections(found: "Decision", form: forms.Form | None) -> list[tuple[object, ...]]:
    """Return what was said against it, each with the forms of what may be done about it."""
    return [(*told, *_answers_to(told.objection.number, form)) for told in objections_to(found)]


def _answers_to(n: int, form: forms.Form | None) -> Iterable[forms.Form]:
    return [form_of(_about(name, n), kind, form) for name, (kind, _run) in ANSWERS.items()]


def _about(name: str, n: int) -> str:
    return f"{name}-{n}"


def _publish(number: str, given: Mapping[str, Any], **who: Any) -> object:
    return decisions.publish_decision(number, given["days"], **who)


def _close(number: str, given: Mapping[str, Any], **who: Any) -> object:
    return decisions.close_topic(number, **who)


def _undone(number: str, given: Mapping[str, Any], **who: Any) -> object:
    return decisions.close_undone(number, given["reason"], **who)


def _again(number: str, given: Mapping[str, Any], **who: Any) -> object:
    return checking.look_again(number, given["commitment"], given["due_on"], **who)


def _by_case(number: str, given: Mapping[str, Any], **who: Any) -> object:
    return objecting.object_by_case(number, given["case"], key=given["key"], **who)


DEEDS: Mapping[str, tuple[type[forms.Form], Callable[..., object]]] = {
    "publish": (f.PublishForm, _publish),
    "close": (ConfirmForm, _close),
    "undone": (UndoneForm, _undone),
    "again": (f.LookAgainForm, _again),
    "case": (ObjectByCaseForm, _by_case),
}
FOUND: Mapping[str, Callable[..., object]] = {
    Result.PASSED: checking.pass_check,
    Result.FAILED: checking.fail_check,
}
ANSWERS: Mapping[str, tuple[type[forms.Form], Callable[..., object]]] = {
    "answer": (f.AnswerObjectionForm, objecting.answer_objection),
    "review": (ReviewForm, objecting.review_objection),
}


@holds(Role.CONVENOR)
@sent_from("decision_desk", "number")
def decision_deed(request: PersonRequest, number: str, name: str) -> HttpResponse:
    """Post the decision, look once more, or close the topic."""
    found = decision_for(request.user, topic_convened_by(request.user, number).number)
    if name not in DEEDS:
        raise NotFound
    kind, run = DEEDS[name]
    form = sent_form(request, name, kind)
    if form.is_valid():
        with refusal_on(form):
            deed = partial(run, number, form.cleaned_data, by=request.user, at=now())
            do_once(deed, **sent_once(request), at=now())
            messages.success(request, _("已记下。"))
            return redirect("council:decision_desk", number)
    return _page(request, found, form=form)


@holds(Role.CONVENOR)
@sent_from("decision_desk", "number")
def check(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """Say what was found on a day of checking."""
    found = decision_for(request.user, topic_convened_by(request.user, number).number)
    check_in(found, pk)
    form = sent_form(request, _looking(pk), f.FoundForm)
    if form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            say = partial(FOUND[given["found"]], pk, given["note"], photo=form.photo())
            look = partial(say, by=request.user, at=now())
            do_once(look, **sent_once(request), at=now())
            messages.success(request, _("检查结果已记下。"))
            return redirect("council:decision_desk", number)
    return _page(request, found, form=form)


@holds(Role.CONVENOR)
@sent_from("decision_desk", "number")
def objection_deed(request: PersonRequest, number: str, n: int, name: str) -> HttpResponse:
    """Take an objection up for review, or answer it."""
    found = decision_for(request.user, topic_convened_by(request.user, number).number)
    objection_in(found, n)
    if name not in ANSWERS:
        raise NotFound
    kind, run = ANSWERS[name]
    form = sent_form(request, _about(name, n), kind)
    if form.is_valid():
        with refusal_on(form):
            deed = partial(run, number, n, **form.cleaned_data, by=request.user, at=now())
            do_once(deed, **sent_once(request), at=now())
            messages.success(request, _("已记下。"))
            return redirect("council:decision_desk", number)
    return _page(request, found, form=form)


@holds(Role.CONVENOR)
def uphold(request: PersonRequest, number: str, n: int) -> HttpResponse:
    """Add a measure to a decision after an objection was reviewed."""
    found = decision_for(request.user, topic_convened_by(request.user, number).number)
    objection = objection_in(found, n)
    form, rows = _asked(request, f.UpholdForm, list(conditions_of(found.topic)))
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            measured = objecting.Measured(given["text"], rows_of.promised_in(rows))
            uphold_it = partial(objecting.uphold_objection, number, n, given["gist"], measured)
            run = partial(uphold_it, by=request.user, at=now())
            do_once(run, **sent_once(request), at=now())
            messages.success(request, _("追加措施已记下，和这条意见永远连在一起。"))
            return redirect("council:decision_desk", number)
    shown = {**HERE, "topic": found.topic, "objection": objection, "form": form, "rows": rows}
    return render(request, "council/uphold.html", shown, status=_status(form, rows))
