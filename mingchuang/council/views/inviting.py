"""Inviting, for who convenes: who is missing, what is still to do, each try, the notice to post."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.qr import qr_svg
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.council.actions import inviting as actions
from mingchuang.council.forms.inviting import LoseForm, NoticeForm, ProxyForm, TriedForm
from mingchuang.council.queries.inviting import (
    Invitee,
    ever_tried,
    has_roster,
    invitee,
    invitees,
    roster_now,
)
from mingchuang.council.queries.refills import empty_seats
from mingchuang.council.queries.register import stakeholder_convened_by, stakeholder_for
from mingchuang.council.queries.sittings import sitting_ahead, sittings_of, without_result
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by, topic_for
from mingchuang.council.rules.life import CALLING
from mingchuang.council.views.asked import form_of, sent_form
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import Stakeholder, Topic
    from mingchuang.people.models import Person

HERE = {"here": "council"}


class InviteDeed(NamedTuple):
    """A form under a summary; those of a seat are offered to who holds one."""

    name: str
    label: Text
    key: str
    form: type[forms.Form]
    run: Callable[..., object]
    needs_seat: bool = False


def _invite(number: str, which: int, form: TriedForm, *, by: "Person", at: datetime) -> object:
    return actions.invite(number, which, form.tried(), by=by, at=at)


def _proxy(number: str, which: int, form: forms.Form, *, by: "Person", at: datetime) -> object:
    return actions.seat_proxy(number, which, **form.cleaned_data, by=by, at=at)


def _lose(number: str, which: int, form: forms.Form, *, by: "Person", at: datetime) -> object:
    return actions.lose_seat(number, which, form.cleaned_data["reason"], by=by, at=at)


DEEDS = (
    InviteDeed("try", pgettext_lazy("council", "记一次邀请"), "r", TriedForm, _invite),
    InviteDeed("proxy", pgettext_lazy("council", "登记家属代表"), "p", ProxyForm, _proxy, True),
    InviteDeed("lose", pgettext_lazy("council", "席位空缺"), "x", LoseForm, _lose, True),
)
BY_NAME = {deed.name: deed for deed in DEEDS}


@holds(*READERS)
@require_safe
def inviting(request: PersonRequest, number: str) -> HttpResponse:
    """Who is missing stands first, with what is still to do."""
    return _list(request, topic_for(request.user, number))


def _list(
    request: PersonRequest, topic: "Topic", *, form: forms.Form | None = None
) -> HttpResponse:
    """Before the draw there is nobody to invite, and the page says so; once it is decided, it
    leads to who was invited to each sitting. Of a sitting that is over the result comes first."""
    is_calling, is_drawn, ahead = topic.state in CALLING, has_roster(topic), sitting_ahead(topic)
    may_act = convenes(request.user, topic) and is_calling
    asks = is_drawn and is_calling
    everybody = invitees(roster_now(topic), sitting=ahead) if asks else []
    held = list(sittings_of(topic).held())
    shown = {
        **HERE,
        "topic": topic,
        "sitting": ahead,
        "is_over": is_drawn and not is_calling,
        "held": held,
        "unrecorded": None if ahead else without_result(topic, held),
        "free": empty_seats(topic),
        "people": everybody,
        "missing": [one for one in everybody if ahead and one.is_missing],
        "may_act": may_act,
        "form": form,
        "notice": form or NoticeForm(),
    }
    return render(request, "council/inviting.html", shown, status=422 if form else 200)


@holds(Role.CONVENOR)
@sent_from("inviting", "number")
def post_notice(request: PersonRequest, number: str) -> HttpResponse:
    """Write down that the notice hangs: one try for everybody."""
    topic, at = topic_convened_by(request.user, number), now()
    form = NoticeForm(sent(request), request.FILES or None)
    if form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            run = partial(actions.post_notice, number, **given, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("已记下张贴，对每一位都算一次邀请。"))
            return redirect("council:inviting", number)
    return _list(request, topic, form=form)


@holds(*READERS)
@require_safe
def invitation(request: PersonRequest, number: str, which: int) -> HttpResponse:
    return _page(request, stakeholder_for(request.user, number, which))


def _page(
    request: PersonRequest, who: "Stakeholder", *, form: forms.Form | None = None
) -> HttpResponse:
    ahead = sitting_ahead(who.topic)
    found = invitee(roster_now(who.topic), who, sitting=ahead)
    may_act = convenes(request.user, who.topic) and who.topic.state in CALLING
    shown = {
        **HERE,
        "topic": who.topic,
        "one": found,
        "who": who,
        "form": form,
        "may_act": may_act,
        "is_calling": who.topic.state in CALLING,
        "tried": ever_tried(who),
        "deeds": [(one, form_of(one.name, one.form, form)) for one in _offered(found, may_act)],
    }
    return render(request, "council/invitation.html", shown, status=422 if form else 200)


def _offered(found: Invitee, may_act: bool) -> list[InviteDeed]:
    has_seat = found.seat is not None and found.seat.is_held
    if not may_act or found.who.is_gone:
        return []
    return [deed for deed in DEEDS if has_seat or not deed.needs_seat]


@holds(Role.CONVENOR)
@sent_from("invitation", "number", "which")
def invitation_deed(request: PersonRequest, number: str, which: int, name: str) -> HttpResponse:
    wanted, at = BY_NAME.get(name), now()
    who = stakeholder_convened_by(request.user, number, which)
    if wanted is None:
        raise NotFound
    form: Any = sent_form(request, wanted.name, wanted.form)
    if form.is_valid():
        with refusal_on(form):
            run = partial(wanted.run, number, which, form, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("%(deed)s：已记下。") % {"deed": wanted.label})
            return redirect("council:inviting", number)
    return _page(request, who, form=form)


@holds(*READERS)
@require_safe
def notice(request: PersonRequest, number: str) -> HttpResponse:
    """The notice as it is posted, for print; when and where as far as a sitting is called."""
    topic = topic_for(request.user, number)
    way = request.build_absolute_uri(reverse("council:public_topic", args=[topic.number]))
    shown = {**HERE, "topic": topic, "sitting": sitting_ahead(topic), "qr": qr_svg(way)}
    return render(request, "council/notice.html", {**shown, "way": way})
