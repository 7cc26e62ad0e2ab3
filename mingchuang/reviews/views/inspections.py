"""The desk of inspections: what is planned, what was found, and what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound
from mingchuang.base.http import page_of, refusal_on, sent, sent_once
from mingchuang.base.typing import Text
from mingchuang.cases.actions.once import do_once
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions import inspected as follows
from mingchuang.reviews.actions import inspecting as does
from mingchuang.reviews.forms.inspections import PlanForm, SayForm
from mingchuang.reviews.queries import inspections as asks
from mingchuang.reviews.queries.seen import trend_of
from mingchuang.reviews.queries.standards import checklists
from mingchuang.reviews.rules.inspections import Deed, Duty, Manner
from mingchuang.reviews.templatetags.inspections import trend_chart
from mingchuang.reviews.views.standards import READERS

if TYPE_CHECKING:
    from mingchuang.hall.models import Site
    from mingchuang.people.models import Person
    from mingchuang.reviews.models import Inspection


@dataclass(frozen=True)
class Button:
    """A deed as it is offered: what it is called, what it does, what is told."""

    label: Text
    run: "Callable[[int, str, Person], object]"
    told: Text
    main: bool = True


ARRANGED: Mapping[Manner, Text] = {
    Manner.OPEN: gettext_lazy("已安排。被检查单位现在就看得到哪一天、照哪张表查。"),
    Manner.MYSTERY: gettext_lazy("已安排。查完以前，被检查单位看不到。"),
}
BUTTONS: Mapping[str, Button] = {
    Deed.HAND_OVER: Button(
        gettext_lazy("交办整改"),
        lambda pk, text, by: follows.hand_over_findings(pk, text, by=by, at=now()),
        gettext_lazy("已交办：每个问题一件整改工单，时限开始计算。"),
    ),
    Deed.ANSWER: Button(
        gettext_lazy("说明情况"),
        lambda pk, text, by: follows.answer_inspection(pk, text, by=by, at=now()),
        gettext_lazy("说明已记下。"),
    ),
    Deed.UNDO: Button(
        gettext_lazy("撤销这次检查"),
        lambda pk, text, by: follows.undo_inspection(pk, text, by=by, at=now()),
        gettext_lazy("已撤销：留在这里可以看，不再计入；已经交办的整改，工单上写明了。"),
        main=False,
    ),
    Deed.CALL_OFF: Button(
        gettext_lazy("不查了"),
        lambda pk, text, by: does.call_off_inspection(pk, text, by=by, at=now()),
        gettext_lazy("已记下，不查了。"),
        main=False,
    ),
}


@holds(*READERS)
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """What is planned, and what was found; no hall is set above another."""
    mine = asks.rights(request.user)
    page = page_of(request, asks.inspections_of(request.user, mine))
    shown = {"page": page, "plans": bool(mine.plans), "here": "inspections"}
    return render(request, "reviews/inspections.html", shown)


@holds(Role.SUPERVISOR)
def plan(request: PersonRequest) -> HttpResponse:
    """Send somebody to a hall, for the first time or to look again."""
    sites = {one.code: one for one in asks.sites_planned_by(request.user)}
    if not sites:
        raise NotFound
    lists = [(one.pk, one.name) for one in checklists()]
    again = _before(request)
    choices = {"sites": [(code, str(one)) for code, one in sites.items()], "checklists": lists}
    form = PlanForm(sent(request), initial=_start(again), **choices)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            do_once(lambda: _planned(request, form, sites), **sent_once(request), at=now())
            messages.success(request, ARRANGED[Manner(form.cleaned_data["manner"])])
            return redirect("reviews:inspections")
    shown = {"form": form, "again": again, "lists": lists, "here": "inspections"}
    return render(
        request, "reviews/inspection_plan.html", shown, status=422 if form.errors else 200
    )


def _before(request: PersonRequest) -> "Inspection | None":
    asked = request.GET.get("again", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        return None
    return asks.inspection_for(request.user, int(asked), duty=Duty.PLAN)


def _start(again: "Inspection | None") -> dict[str, object]:
    start: dict[str, object] = {"day": localdate()}
    if again:
        start |= {"site": again.site.code, "checklist": again.checklist_id, "manner": again.manner}
    return start


def _planned(request: PersonRequest, form: PlanForm, sites: "Mapping[str, Site]") -> object:
    given, again = dict(form.cleaned_data), _before(request)
    site, pk = sites[given.pop("site")], again.pk if again else None
    return does.plan_inspection(site, **given, again=pk, by=request.user, at=now())


@holds(*READERS)
@require_safe
def inspection(request: PersonRequest, pk: int) -> HttpResponse:
    """One inspection: what was found, what follows, what came before and after."""
    return render(request, "reviews/inspection.html", _shown(asks.opened(request.user, pk)))


def _shown(found: asks.Opened) -> dict[str, object]:
    buttons = [(deed, BUTTONS[deed]) for deed in found.deeds]
    return {
        "found": found,
        "inspection": found.inspection,
        "buttons": buttons,
        "here": "inspections",
    }


@holds(*READERS)
def deed(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Ask what a deed needs, do it, and tell so."""
    found = asks.opened(request.user, pk)
    if name not in found.deeds:
        raise NotFound
    button, form = BUTTONS[name], SayForm(sent(request), deed=name)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            text = form.cleaned_data["text"]
            do_once(lambda: button.run(pk, text, request.user), **sent_once(request), at=now())
            messages.success(request, str(button.told))
            return redirect("reviews:inspection", pk)
    shown = {**_shown(found), "form": form, "button": button}
    return render(
        request, "reviews/inspection_deed.html", shown, status=422 if form.errors else 200
    )


@holds(*READERS)
@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """The form for print: blank before, filled in afterwards."""
    found = asks.opened(request.user, pk)
    lines = [(one.item, one.mark, one.shots) for one in found.walk]
    shown = {**_shown(found), "checklist": found.inspection.checklist, "lines": lines}
    return render(request, "reviews/inspection_paper.html", shown)


@holds(*READERS)
@require_safe
def trend(request: PersonRequest, site: str) -> HttpResponse:
    """One hall over time, compared with nobody but itself."""
    place, found = trend_of(request.user, site)
    shown = {
        "site": place,
        "found": found[::-1],
        "chart": trend_chart(found),
        "here": "inspections",
    }
    return render(request, "reviews/inspection_trend.html", shown)


@holds(*READERS)
@require_safe
def behind(request: PersonRequest, number: str) -> HttpResponse:
    """Lead from a rectification to the inspection it comes from."""
    return redirect("reviews:inspection", asks.inspection_behind(request.user, number).pk)
