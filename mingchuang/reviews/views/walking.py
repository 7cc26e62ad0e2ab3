"""Walking through a hall with a phone: clause by clause, with or without a line to the house."""

from collections.abc import Mapping
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingchuang.base.errors import NotFound, Refused
from mingchuang.base.http import refusal_on, sent_from, sent_once
from mingchuang.cases.actions.once import do_once
from mingchuang.cases.views.receipt import send_photo
from mingchuang.people.http import PersonRequest, holds
from mingchuang.reviews.actions.inspecting import Found, finish_inspection, mark_clause
from mingchuang.reviews.actions.inspections_keeping import forget_shot
from mingchuang.reviews.forms.inspections import MarkForm
from mingchuang.reviews.queries import inspections as asks
from mingchuang.reviews.queries.seen import shot_for
from mingchuang.reviews.rules.inspections import State
from mingchuang.reviews.views.standards import READERS

JSON = "application/json"
WORKER = Path(__file__).parents[1] / "static/reviews/worker.js"


def _form(looked: asks.Looked, **given: object) -> MarkForm:
    """Return the form of a clause as it stands; each has names of its own on the page."""
    mark, number = looked.mark, looked.item.number
    start = {"answer": mark.answer, "times": mark.times or 1, "note": mark.note} if mark else {}
    given |= {"auto_id": f"c{number}_%s", "initial": start, "has_shots": bool(looked.shots)}
    return MarkForm(**given)  # type: ignore[arg-type]


@holds(*READERS)
@require_safe
def walk(request: PersonRequest, pk: int) -> HttpResponse:
    """Every clause of the list with its own form; the first one without an answer stands open."""
    return _page(request, pk, {})


def _page(
    request: PersonRequest, pk: int, sent_back: Mapping[int, MarkForm], *, refused: str = ""
) -> HttpResponse:
    inspection = asks.walk_for(request.user, pk)
    if inspection.state != State.PLANNED:
        return redirect("reviews:inspection", pk)
    looked = asks.walk_of(inspection)
    opened = sent_back or [one.item.number for one in looked if one.mark is None][:1]
    clauses = [
        (one, sent_back.get(one.item.number) or _form(one), one.item.number in opened)
        for one in looked
    ]
    done = sum(one.mark is not None for one in looked)
    shown = {
        "inspection": inspection,
        "clauses": clauses,
        "done": done,
        "refused": refused,
        "here": "inspections",
    }
    status = 422 if refused or sent_back else 200
    return render(request, "reviews/walk.html", shown, status=status)


@holds(*READERS)
@sent_from("walk", "pk")
def mark(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Note one clause. A phone that kept it while there was no line is answered in short."""
    looked = _looked(request, pk, number)
    form = _form(looked, data=request.POST, files=request.FILES)
    if form.is_valid():
        with refusal_on(form):
            _note(request, pk, number, form)
            return _noted(request, pk, number)
    if _is_from_store(request):
        now_stands = _looked(request, pk, number).mark
        key = now_stands.key if now_stands else ""
        told = [str(one) for errors in form.errors.values() for one in errors]
        return JsonResponse({"told": " ".join(told), "stands": key}, status=409)
    return _page(request, pk, {number: form})


def _looked(request: PersonRequest, pk: int, number: int) -> asks.Looked:
    inspection = asks.walk_for(request.user, pk)
    found = [one for one in asks.walk_of(inspection) if one.item.number == number]
    if not found:
        raise NotFound
    return found[0]


def _note(request: PersonRequest, pk: int, number: int, form: MarkForm) -> None:
    once = sent_once(request)
    if not once["key"]:
        raise NotFound
    found = Found(**form.cleaned_data, key=once["key"])
    do_once(lambda: mark_clause(pk, number, found, by=request.user, at=now()), **once, at=now())


def _noted(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    if _is_from_store(request):
        return JsonResponse({"told": "", "stands": sent_once(request)["key"]})
    messages.success(request, _("第 %(n)s 条已记下。") % {"n": number})
    return redirect(reverse("reviews:walk", args=[pk]) + "#next")


def _is_from_store(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == JSON


@holds(*READERS)
@sent_from("walk", "pk")
def finish(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand in what was found, once every clause has its answer."""
    asks.walk_for(request.user, pk)
    try:
        finish_inspection(pk, by=request.user, at=now())
    except NotFound:
        raise
    except Refused as refused:
        return _page(request, pk, {}, refused=str(refused))
    messages.success(request, _("已经查完，得分算好了。被检查单位现在看得到。"))
    return redirect("reviews:inspection", pk)


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """What lets the page of a walk open again without a line: it stands among the inspections,
    since it may speak for no other page."""
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript")


@holds(*READERS)
@require_safe
def shot(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A photo, for whoever may see the inspection."""
    return send_photo(shot_for(request.user, pk).path)


@holds(*READERS)
@require_POST
def drop_shot(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget a photo on which somebody can be known."""
    found = forget_shot(pk, by=request.user, at=now())
    messages.success(request, _("照片已删除。"))
    return redirect("reviews:inspection", found.mark.inspection_id)
