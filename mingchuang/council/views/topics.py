"""Topics for who convenes them: the list, one topic, proposing and changing one."""

from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.queries.desk import case_for, duties_of
from mingchuang.cases.rules.duties import Duty
from mingchuang.council.actions import topics as actions
from mingchuang.council.forms.topics import ProposeForm
from mingchuang.council.queries.counts import register_counts
from mingchuang.council.queries.refills import empty_seats
from mingchuang.council.queries.rounds import topics_to_follow
from mingchuang.council.queries.topics import (
    READERS,
    convenes,
    topic_convened_by,
    topic_for,
    topics_of,
)
from mingchuang.council.rules.life import State
from mingchuang.council.rules.proposing import Surveyed, place_line
from mingchuang.council.views.asked import form_of, sent_form
from mingchuang.council.views.deeds import BY_NAME, given_to, offered
from mingchuang.council.views.steps import desk_way, next_part, next_told
from mingchuang.council.words.told import before_closing
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.queries import units_held
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.cases.models import Case
    from mingchuang.council.models import Topic
    from mingchuang.council.queries.counts import Counts

HERE = {"here": "council"}
# So many topics with a decision are offered to be talked about once more, the newest first.
MOST_ROUNDS = 50


@holds(*READERS)
@require_safe
def topics(request: PersonRequest) -> HttpResponse:
    """What is being talked about first, then what is over."""
    return render(
        request, "council/desk.html", {**HERE, "page": page_of(request, topics_of(request.user))}
    )


@holds(*READERS)
@require_safe
def topic(request: PersonRequest, number: str) -> HttpResponse:
    return _page(request, topic_for(request.user, number))


def _page(
    request: PersonRequest, found: "Topic", *, form: forms.Form | None = None
) -> HttpResponse:
    may_act = convenes(request.user, found)
    deeds, counts = offered(found) if may_act else [], register_counts(found)
    shown = {
        **HERE,
        "topic": found,
        "counts": counts,
        "way": desk_way(found),
        "next": next_told(found),
        "part": next_part(found),
        "may_act": may_act,
        "may_change": may_act and found.state == State.PROPOSED,
        "form": form,
        "free": empty_seats(found) if may_act else 0,
        "deeds": [
            (deed, form_of(deed.name, deed.form, form, **_start_of(deed.name, found, counts)))
            for deed in deeds
        ],
    }
    return render(request, "council/topic.html", shown, status=422 if form else 200)


def _start_of(name: str, found: "Topic", counts: "Counts") -> dict[str, str]:
    """Before a register is closed, how long it was open and who is on it is read."""
    if name != "close":
        return {}
    return {"told": before_closing(found.opened_at, counts.oppose, now())}


@holds(Role.CONVENOR)
@sent_from("topic", "number")
def deed(request: PersonRequest, number: str, name: str) -> HttpResponse:
    """Take one step. What is not the next step any more is refused in words, on the page."""
    wanted, found = BY_NAME.get(name), topic_convened_by(request.user, number)
    if wanted is None:
        raise NotFound
    start, at = _start_of(name, found, register_counts(found)), now()
    form = sent_form(request, name, wanted.form, **start)
    if form.is_valid():
        with refusal_on(form):
            run = partial(wanted.run, number, *given_to(form), by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("%(deed)s：已记下。") % {"deed": wanted.label})
            return redirect("council:topic", number)
    return _page(request, found, form=form)


@holds(Role.CONVENOR)
def propose(request: PersonRequest) -> HttpResponse:
    """Propose a topic, by itself or from a case whose title it begins with."""
    number, units = request.GET.get("case", ""), units_held(request.user, Role.CONVENOR)
    case = case_for(request.user, number) if number else None
    form = ProposeForm(
        sent(request),
        units=units,
        decided=[(one.number, one.title) for one in topics_to_follow(request.user)[:MOST_ROUNDS]],
        may_pause=case is not None and _may_pause(request, case),
        initial={"key": new_key(), **_start(case), **_only(units)},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            made = actions.propose_topic(
                form.proposed(),
                given["unit"],
                key=given["key"],
                by=request.user,
                at=now(),
                case=number,
                follows=given.get("follows", ""),
                review_on=given.get("review_on"),
            )
            messages.success(request, _("议题已提出。核对无误后再公开。"))
            return redirect("council:topic", made.number)
    shown = {**HERE, "form": form, "case": case, "title": _("提请居民议事")}
    return render(request, "council/propose.html", shown, status=422 if form.errors else 200)


def _may_pause(request: PersonRequest, case: "Case") -> bool:
    """Whoever handles a case may ask in the same breath that it rests meanwhile."""
    return case.state == "handling" and Duty.HANDLE in duties_of(request.user, case)


def _start(case: "Case | None") -> dict[str, object]:
    return {"title": case.title, "place": case.place} if case else {}


def _only(units: object) -> dict[str, object]:
    """Where there is only one unit it need not be chosen."""
    some = list(units[:2])  # type: ignore[index]
    return {"unit": some[0]} if len(some) == 1 else {}


@holds(Role.CONVENOR)
def change(request: PersonRequest, number: str) -> HttpResponse:
    """Write anew what is proposed, as long as nobody outside has read it."""
    found = topic_convened_by(request.user, number)
    units = units_held(request.user, Role.CONVENOR).filter(pk=found.unit_id)
    form = ProposeForm(sent(request), units=units, initial=_as_typed(found))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.change_topic(number, form.proposed(), by=request.user, at=now())
            messages.success(request, _("已改好。"))
            return redirect("council:topic", number)
    shown = {**HERE, "form": form, "case": None, "topic": found, "title": _("修改议题")}
    return render(request, "council/propose.html", shown, status=422 if form.errors else 200)


def _as_typed(found: "Topic") -> dict[str, object]:
    places = [Surveyed(one.name, one.many, one.note) for one in found.places.all()]
    return {
        "title": found.title,
        "background": found.background,
        "place": found.place,
        "options": "\n".join(option.text for option in found.options.all()),
        "places": "\n".join(map(place_line, places)),
        "legal": found.legal,
        "unit": found.unit_id,
        "key": new_key(),
    }
