"""The lottery of a topic for its convenor: quotas and their price, the plan, the promise, dice."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.council.actions import lotteries, refills
from mingchuang.council.forms.lottery import TermsForm, used_in
from mingchuang.council.forms.promise import DiceForm, NothingForm, PromiseForm, VoidForm
from mingchuang.council.queries.doubles import doubles_in
from mingchuang.council.queries.lotteries import (
    lotteries_of,
    lottery_of,
    register_seen,
    terms_of,
)
from mingchuang.council.queries.refills import refills_of, seats_to_refill, way_out
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by, topic_for
from mingchuang.council.rules.asking import Registered, counted, opponents_short
from mingchuang.council.rules.life import CALLING, State
from mingchuang.council.rules.looking import looked_at
from mingchuang.council.views.asked import form_of, sent_form
from mingchuang.council.views.lots import plan_shown, price_shown, told_apart
from mingchuang.council.views.rounds import round_sentences
from mingchuang.council.words.doubles import told_doubles
from mingchuang.council.words.lottery import STAGES, rotation_sentence
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import Lottery, Topic

HERE = {"here": "council"}


class Deed(NamedTuple):
    """A step of a lottery with its button; the page follows the table."""

    name: str
    label: Text
    key: str
    run: Callable[..., object]
    form: type[forms.Form] = NothingForm


ALL = (
    Deed(
        "promise",
        pgettext_lazy("lottery", "公开承诺"),
        "p",
        lotteries.commit_lottery,
        PromiseForm,
    ),
    Deed("draw", pgettext_lazy("lottery", "记下骰子，抽签"), "d", lotteries.draw_lottery, DiceForm),
    Deed("void", pgettext_lazy("lottery", "作废，重新来"), "x", lotteries.void_lottery, VoidForm),
    Deed("refill", pgettext_lazy("lottery", "补抽空缺"), "f", refills.ask_refill),
    Deed(
        "relax",
        pgettext_lazy("lottery", "放宽这些名额，再补抽"),
        "r",
        refills.ask_relaxed_refill,
    ),
)
DEEDS = {one.name: one for one in ALL}


@holds(*READERS)
@require_safe
def lottery(request: PersonRequest, number: str) -> HttpResponse:
    """How the lottery of a topic stands, and the next step."""
    return _page(request, topic_for(request.user, number))


def _page(
    request: PersonRequest, topic: "Topic", *, form: forms.Form | None = None
) -> HttpResponse:
    found, may_act = lottery_of(topic), convenes(request.user, topic)
    asks = may_act and topic.state == State.DRAWING and not (found and found.committed_at)
    people = register_seen(topic, now()) if asks else []
    shown: dict[str, Any] = {
        **HERE,
        "topic": topic,
        "lottery": found,
        "earlier": [one for one in lotteries_of(topic) if one.voided_at],
        "stage": STAGES.get(found.stage, "") if found else "",
        "form": form,
        "rotation": rotation_sentence(),
        "deeds": _offered(topic, found, form) if may_act else [],
        "terms": _terms_form(people, found, form) if asks else None,
        "doubles": told_doubles(doubles_in(topic)) if asks else (),
    }
    if found and not found.is_waiting:
        shown |= plan_shown(found)
        shown["rounds"] = [round_sentences(one) for one in refills_of(found)]
        if asks and found.plan:
            shown |= told_apart(people, terms_of(found))
    return render(request, "council/lottery.html", shown, status=422 if form else 200)


def _terms_form(
    people: Sequence[Registered], found: "Lottery | None", form: forms.Form | None
) -> TermsForm:
    if isinstance(form, TermsForm):
        return form
    counts = counted(people)
    initial = used_in(terms_of(found), counts) if found else {}
    return TermsForm(counts=counts, initial=initial)


def _offered(
    topic: "Topic", found: "Lottery | None", form: forms.Form | None
) -> list[tuple[Deed, forms.Form]]:
    if found is None or found.is_waiting:
        return []
    names = []
    if found.is_drawn:
        free = topic.state in CALLING and seats_to_refill(found.roster)
        is_asked = free and found.refills.filter(made_at=None).exists()
        may = free and not is_asked
        names = ["refill", *(["relax"] if way_out(found) else [])] if may else []
    elif found.committed_at:
        names = ["draw", "void"]
    elif found.plan:
        names = ["promise"]
    return [(DEEDS[name], form_of(name, DEEDS[name].form, form)) for name in names]


@holds(Role.CONVENOR)
@sent_from("lottery", "number")
def ask(request: PersonRequest, number: str) -> HttpResponse:
    """Have the fairest lottery of these seats and quotas reckoned."""
    topic = topic_convened_by(request.user, number)
    form = TermsForm(sent(request), counts=counted(register_seen(topic, now())))
    if form.is_valid() and form.is_resized:
        messages.warning(request, _("席位改了，名额已经按新的席位重排。请核对后再计算。"))
        return _page(request, topic, form=form.resized())
    if form.is_valid():
        with refusal_on(form):
            found = lotteries.ask_lottery(number, form.terms(), by=request.user, at=now())
            if not found.is_waiting:
                messages.info(request, _("条件没有改，还是这一份方案。"))
            return redirect("council:lottery", number)
    return _page(request, topic, form=form)


@holds(Role.CONVENOR)
@sent_from("lottery", "number")
def price(request: PersonRequest, number: str) -> HttpResponse:
    """Say what the quotas that are being moved would cost: nothing is written."""
    people = register_seen(topic_convened_by(request.user, number), now())
    form = TermsForm(sent(request), counts=counted(people))
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        if form.is_resized:
            form = form.resized()
            shown |= {"terms": form, "resized": True}
        terms = form.terms()
        shown |= price_shown(looked_at(people, terms)) | told_apart(people, terms)
        shown["short"] = opponents_short(people, terms)
    return render(request, "council/_price.html", shown)


@holds(Role.CONVENOR)
@sent_from("lottery", "number")
def deed(request: PersonRequest, number: str, name: str) -> HttpResponse:
    """Take one step; what is not the next step any more is refused in words."""
    wanted, topic = DEEDS.get(name), topic_convened_by(request.user, number)
    if wanted is None:
        raise NotFound
    form, at = sent_form(request, name, wanted.form), now()
    if form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data.values()
            run = partial(wanted.run, number, *given, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _("%(deed)s：已记下。") % {"deed": wanted.label})
            return redirect("council:lottery", number)
    return _page(request, topic, form=form)
