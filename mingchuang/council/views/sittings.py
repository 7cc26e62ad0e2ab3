"""Sittings for who convenes them: called, led, written down; and what is printed for them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.qr import qr_svg
from mingchuang.cases.actions.once import do_once
from mingchuang.council.actions import attending, reading_minutes
from mingchuang.council.actions.sittings import adjourn_topic, convene_sitting
from mingchuang.council.forms.minutes import RefusalForm, TakeInForm
from mingchuang.council.forms.sittings import ConveneForm
from mingchuang.council.queries.binding import verdict_on
from mingchuang.council.queries.inviting import invitees, told_in_vain
from mingchuang.council.queries.letters import readers_of
from mingchuang.council.queries.minutes import minutes_if_any, record_of, waiting_corrections
from mingchuang.council.queries.room import room_of
from mingchuang.council.queries.sittings import (
    colleagues,
    sitting_convened_by,
    sitting_for,
    sittings_of,
)
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by, topic_for
from mingchuang.council.rules.life import State, may_step
from mingchuang.council.views.asked import form_of, sent_form
from mingchuang.council.views.sitting_deeds import BY_NAME, offered, start_of
from mingchuang.council.words.missing import what_is_missing
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import Sitting

HERE = {"here": "council"}
CORRECTING: Mapping[str, tuple[type[forms.Form], Callable[..., object]]] = {
    "take": (TakeInForm, reading_minutes.take_in_correction),
    "leave": (RefusalForm, reading_minutes.leave_correction),
}


@holds(*READERS)
@require_safe
def sittings(request: PersonRequest, number: str) -> HttpResponse:
    """Every sitting of a topic, and what came of it."""
    topic = topic_for(request.user, number)
    may_act = convenes(request.user, topic)
    shown = {
        "topic": topic,
        "sittings": sittings_of(topic),
        "may_convene": may_act and topic.state in {State.INVITING, State.SITTING},
        "may_adjourn": may_act and may_step(State(topic.state), "topic.adjourned"),
    }
    return render(request, "council/sittings.html", {**HERE, **shown})


@holds(Role.CONVENOR)
def convene(request: PersonRequest, number: str) -> HttpResponse:
    """Call a sitting for a day."""
    topic = topic_convened_by(request.user, number)
    people = colleagues(topic)
    start = {"key": new_key(), "moderator": request.user.pk, "recorder": request.user.pk}
    form = ConveneForm(sent(request), people=people, initial=start)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            key = form.cleaned_data["key"]
            made = convene_sitting(number, form.called(), key=key, by=request.user, at=now())
            messages.success(request, _("已召集第 %(n)s 次会议。") % {"n": made.number})
            return redirect("council:sitting", number, made.number)
    shown = {**HERE, "topic": topic, "form": form, "days": settings.INVITE.notice}
    return render(request, "council/convene.html", shown, status=422 if form.errors else 200)


@holds(Role.CONVENOR)
@sent_from("sittings", "number")
def adjourn(request: PersonRequest, number: str) -> HttpResponse:
    run = partial(adjourn_topic, number, by=request.user, at=now())
    do_once(run, **sent_once(request), at=now())
    messages.success(request, _("已改日再议，可以重新邀请。"))
    return redirect("council:sittings", number)


@holds(*READERS)
@require_safe
def sitting(request: PersonRequest, number: str, n: int) -> HttpResponse:
    return _page(request, sitting_for(request.user, number, n))


@holds(*READERS)
@require_safe
def sitting_now(request: PersonRequest, number: str, n: int) -> HttpResponse:
    """Who is in the room, and whether they are enough: the part of the page that changes."""
    found = sitting_for(request.user, number, n)
    shown = {"sitting": found, "topic": found.topic, "room": room_of(found)}
    return render(
        request, "council/_room.html", {**shown, "may_act": convenes(request.user, found.topic)}
    )


def _page(
    request: PersonRequest, found: "Sitting", *, form: forms.Form | None = None
) -> HttpResponse:
    written, may_act = minutes_if_any(found), convenes(request.user, found.topic)
    room, asked = room_of(found), invitees(found.roster, sitting=found)
    verdict = verdict_on(found, room, asked)
    deeds = offered(found, written, now=now()) if may_act else []
    shown = {
        **HERE,
        "topic": found.topic,
        "sitting": found,
        "room": room,
        "asked": asked,
        "told": told_in_vain(found, asked),
        "missing": what_is_missing(verdict),
        "verdict": verdict,
        "written": written,
        "record": record_of(written) if written else None,
        "readers": readers_of(written, texts=bool(settings.SMS_GATEWAY)) if written else None,
        "corrections": _corrections(found, form) if written and may_act else (),
        "may_act": may_act,
        "is_early": found.is_open and now() < found.begins_at,
        "may_decide": may_act and found.may_be_decided,
        "form": form,
        "deeds": [
            (one, form_of(one.name, one.form, form, **start_of(one, found, written)))
            for one in deeds
        ],
    }
    return render(request, "council/sitting.html", shown, status=422 if form else 200)


def _corrections(
    found: "Sitting", form: forms.Form | None
) -> list[tuple[object, forms.Form, forms.Form]]:
    return [
        (
            one,
            form_of(f"take-{one.pk}", TakeInForm, form),
            form_of(f"leave-{one.pk}", RefusalForm, form),
        )
        for one in waiting_corrections(found)
    ]


@holds(Role.CONVENOR)
@sent_from("sitting", "number", "n")
def sitting_deed(request: PersonRequest, number: str, n: int, name: str) -> HttpResponse:
    """Do one thing at a sitting; refused or faulty, the page comes back and says why."""
    wanted, found = BY_NAME.get(name), sitting_convened_by(request.user, number, n)
    if wanted is None:
        raise NotFound
    form, at = sent_form(request, name, wanted.form), now()
    if form.is_valid():
        with refusal_on(form):
            run = partial(wanted.run, number, n, form.cleaned_data, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("%(deed)s：已记下。") % {"deed": wanted.label})
            return redirect("council:sitting", number, n)
    return _page(request, found, form=form)


@holds(Role.CONVENOR)
@sent_from("sitting", "number", "n")
def correction(request: PersonRequest, number: str, n: int, pk: int, name: str) -> HttpResponse:
    """Take a correction in, or leave the minutes and say why."""
    found, at = sitting_convened_by(request.user, number, n), now()
    if name not in CORRECTING:
        raise NotFound
    kind, action = CORRECTING[name]
    form = sent_form(request, f"{name}-{pk}", kind)
    if form.is_valid():
        with refusal_on(form):
            run = partial(action, number, n, pk, **form.cleaned_data, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("已答复。"))
            return redirect("council:sitting", number, n)
    return _page(request, found, form=form)


@holds(Role.CONVENOR)
@sent_from("sitting", "number", "n")
def sign_in_code(request: PersonRequest, number: str, n: int, which: int) -> HttpResponse:
    """One person's own link as a large code, with the word of the room in it: they scan and are
    there."""
    found = sitting_convened_by(request.user, number, n)
    who = attending.show_code(number, n, which, by=request.user, at=now())
    way = reverse("council:my_sitting", args=[who.code, n])
    link = request.build_absolute_uri(f"{way}?word={found.word}")
    shown = {**HERE, "topic": found.topic, "sitting": found, "who": who, "qr": qr_svg(link)}
    return render(request, "council/sign_in_code.html", shown)


@holds(*READERS)
@require_safe
def sheet(request: PersonRequest, number: str, n: int) -> HttpResponse:
    """The sheet on which people sign in, for print."""
    found = sitting_for(request.user, number, n)
    shown = {**HERE, "topic": found.topic, "sitting": found, "room": room_of(found)}
    return render(request, "council/sheet.html", shown)
