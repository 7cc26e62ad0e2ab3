"""Shared costs for who keeps their account: tried on each basis, fixed, collected, given back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import refusal_on, sent, sent_from, sent_once
from mingchuang.base.once import new_key
from mingchuang.base.templatetags.words import moment
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.council.actions import costs as actions
from mingchuang.council.actions import money
from mingchuang.council.forms.costs import (
    CollectForm,
    CostForm,
    LabelForm,
    RefundForm,
    SpendForm,
    StrikeForm,
    WeighForm,
    as_typed,
)
from mingchuang.council.forms.steps import ConfirmForm
from mingchuang.council.queries.accounts import account_of, movement_in, movements_of
from mingchuang.council.queries.ballots import lacks_owners_word
from mingchuang.council.queries.costs import cost_for, standings_of, sums_of
from mingchuang.council.queries.flats import register_of
from mingchuang.council.queries.topics import READERS, convenes, topic_convened_by
from mingchuang.council.views.asked import form_in_row, sent_form
from mingchuang.council.words.ballots import BASES
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role

if TYPE_CHECKING:
    from mingchuang.council.models import CostShare, Movement

HERE = {"here": "council"}
Given = tuple[tuple[Any, ...], dict[str, Any]]


class CostDeed(NamedTuple):
    """Something to do to a cost before or after it is fixed, with its form and what it is told."""

    label: Text
    run: Callable[..., object]
    form: type[forms.Form]
    given: Callable[[Any], Given]
    after: bool


def _nothing(_form: forms.Form) -> Given:
    return (), {}


def _moved(form: Any) -> Given:
    return (form.moved(),), {"key": form.cleaned_data["key"]}


DEEDS: Mapping[str, CostDeed] = {
    "change": CostDeed(
        pgettext_lazy("cost", "修改"),
        actions.change_cost,
        CostForm,
        lambda form: ((form.drawn(),), {}),
        after=False,
    ),
    "weigh": CostDeed(
        pgettext_lazy("cost", "减免或调整一户"),
        actions.weigh_share,
        WeighForm,
        lambda form: ((form.weighed(),), {}),
        after=False,
    ),
    "fix": CostDeed(
        pgettext_lazy("cost", "确定分摊"), actions.fix_cost, ConfirmForm, _nothing, after=False
    ),
    "collect": CostDeed(
        pgettext_lazy("cost", "登记收款"), money.collect_payment, CollectForm, _moved, after=True
    ),
    "spend": CostDeed(
        pgettext_lazy("cost", "登记支出"), money.spend_money, SpendForm, _moved, after=True
    ),
    "refund": CostDeed(
        pgettext_lazy("cost", "登记退款"), money.refund_payment, RefundForm, _moved, after=True
    ),
    "pledge": CostDeed(
        pgettext_lazy("cost", "登记认缴"),
        money.enter_pledge,
        LabelForm,
        lambda form: ((form.cleaned_data["label"],), {}),
        after=True,
    ),
}


@holds(Role.CONVENOR)
def draw_up(request: PersonRequest, number: str) -> HttpResponse:
    """Set a cost over the register."""
    topic = topic_convened_by(request.user, number)
    form = CostForm(sent(request), initial={"key": new_key()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            key = form.cleaned_data["key"]
            made = actions.draw_up_cost(number, form.drawn(), key=key, by=request.user, at=now())
            messages.success(request, _("已按名册算好。请核对各户的份额，再确定。"))
            return redirect("council:cost", number, made.number)
    shown = {**HERE, "topic": topic, "form": form, "register": register_of(topic)}
    shown["unvoted"] = lacks_owners_word(topic)
    return render(request, "council/draw_up.html", shown, status=422 if form.errors else 200)


@holds(*READERS)
@require_safe
def cost(request: PersonRequest, number: str, n: int) -> HttpResponse:
    return _page(request, cost_for(request.user, number, n))


def _page(
    request: PersonRequest,
    found: "CostShare",
    *,
    form: forms.Form | None = None,
    name: str = "",
) -> HttpResponse:
    """Every household with its share on each basis, or with what it paid; and the account."""
    may_act = convenes(request.user, found.topic)
    offered = [d for d in DEEDS.items() if may_act and d[1].after == found.is_fixed]
    asked = [(one, d, form if one == name else _fresh(d, found)) for one, d in offered]
    rows = standings_of(found)
    shown = {
        **HERE,
        "topic": found.topic,
        "cost": found,
        "unvoted": lacks_owners_word(found.topic),
        "rows": rows,
        "too_much": [row for row in rows if row.excess] if found.is_fixed else [],
        "sums": sums_of(rows),
        "bases": [(basis, told, basis == found.basis) for basis, told in BASES],
        "account": account_of(found),
        "movements": _lines(found, form, may_act=may_act),
        "may_act": may_act,
        "form": form,
        "deeds": [(one, d, f, one == name) for one, d, f in asked],
    }
    return render(request, "council/cost.html", shown, status=422 if form else 200)


def _lines(
    found: "CostShare", came: forms.Form | None, *, may_act: bool
) -> "list[tuple[Movement, forms.Form | None]]":
    """Return each line of the account, with what is asked of who strikes it out."""
    return [
        (one, form_in_row(_striking(one.pk), StrikeForm, came, may=may_act and not one.struck_at))
        for one in movements_of(found)
    ]


def _striking(pk: int) -> str:
    return f"strike-{pk}"


def _fresh(deed: CostDeed, found: "CostShare") -> forms.Form:
    start: dict[str, Any] = {"key": new_key(), "on": localdate()}
    if deed.form is CostForm:
        start |= as_typed(found.title, found.total, found.basis, found.floors)
    return deed.form(initial=start, auto_id=f"{deed.form.__name__}-%s")


@holds(Role.CONVENOR)
@sent_from("cost", "number", "n")
def cost_deed(request: PersonRequest, number: str, n: int, name: str) -> HttpResponse:
    """Do one thing to a cost; what cannot be done is refused in words, on the page."""
    if (deed := DEEDS.get(name)) is None:
        raise NotFound
    form = deed.form(sent(request), auto_id=f"{deed.form.__name__}-%s")
    return _done(request, _kept_by(request, number, n), form, deed, name)


@holds(Role.CONVENOR)
@sent_from("cost", "number", "n")
def strike(request: PersonRequest, number: str, n: int, pk: int) -> HttpResponse:
    """Strike out a line that was written by mistake; who strikes it out again is told when and why
    it was."""
    found, at = _kept_by(request, number, n), now()
    form = sent_form(request, _striking(pk), StrikeForm)
    if form.is_valid():
        with refusal_on(form):
            reason = form.cleaned_data["reason"]
            run = partial(money.strike_movement, number, n, pk, reason, by=request.user, at=at)
            do_once(run, **sent_once(request), at=at)
            messages.success(request, _struck(movement_in(found, pk)))
            return redirect("council:cost", number, n)
    return _page(request, found, form=form)


def _struck(line: "Movement") -> str:
    told = {"paper": line.paper, "when": moment(line.struck_at), "why": line.struck_because}
    return _("单据 %(paper)s 已于 %(when)s 冲销，理由：“%(why)s”。") % told


def _kept_by(request: PersonRequest, number: str, n: int) -> "CostShare":
    topic_convened_by(request.user, number)
    return cost_for(request.user, number, n)


def _done(
    request: PersonRequest, found: "CostShare", form: forms.Form, deed: CostDeed, name: str
) -> HttpResponse:
    number, n, at = found.topic.number, found.number, now()
    if form.is_valid():
        with refusal_on(form):
            given, named = deed.given(form)
            do_once(
                lambda: deed.run(number, n, *given, **named, by=request.user, at=at),
                **sent_once(request),
                at=at,
            )
            messages.success(request, _("已记下。"))
            return redirect("council:cost", number, n)
    return _page(request, found, form=form, name=name)


@holds(*READERS)
@require_safe
def payment_slip(request: PersonRequest, number: str, n: int, pk: int) -> HttpResponse:
    """One line of the account as a paper for the household."""
    found = cost_for(request.user, number, n)
    shown = {**HERE, "cost": found, "topic": found.topic, "movement": movement_in(found, pk)}
    return render(request, "council/payment_slip.html", shown)
