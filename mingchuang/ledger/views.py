"""The book on the wall: its page for people, and the addresses of C2SP tlog-tiles for machines."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from mingchuang.base.errors import NotFound, Refused
from mingchuang.ledger import queries
from mingchuang.ledger.errors import WrongNumbers
from mingchuang.ledger.forms import ConsistencyForm, InclusionForm
from mingchuang.ledger.rules.note import base64_text
from mingchuang.ledger.rules.tiles import place_in
from mingchuang.ledger.words.facts import FACTS
from mingchuang.ledger.words.faults import FLAWS
from mingchuang.ledger.words.spoken import SPOKEN
from mingchuang.ledger.words.verbs import DEEDS, NOUNS

Q = ParamSpec("Q")
FOREVER = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=5"


def for_machines(
    view: Callable[Concatenate[HttpRequest, Q], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Q], HttpResponse]:
    """Let the pages of any host read the answer, and refuse in JSON unless a page is asked for."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Q.args, **given: Q.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **given)
        except Refused as refused:
            if "text/html" in request.headers.get("Accept", ""):
                raise
            told = {"code": refused.code, "message": str(refused)}
            response = JsonResponse(told, status=refused.status)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    checkpoint = queries.last_checkpoint()
    tables = {"nouns": NOUNS, "deeds": DEEDS, "facts": FACTS}
    facts = {
        "checkpoint": checkpoint,
        "root": checkpoint and base64_text(bytes(checkpoint.root)),
        "key": str(queries.public_key()),
        "spoken": {**SPOKEN, **FLAWS, **tables},
    }
    return render(request, "ledger/page.html", facts)


@for_machines
@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    return _plain(queries.newest_checkpoint().note)


@for_machines
@require_safe
def key(_request: HttpRequest) -> HttpResponse:
    return _plain(f"{queries.public_key()}\n")


@for_machines
@require_safe
def tile(_request: HttpRequest, level: int, place: str) -> HttpResponse:
    position, width = _place(place)
    return _octets(queries.tile_bytes(level, position, width))


@for_machines
@require_safe
@gzip_page
def bundle(_request: HttpRequest, place: str) -> HttpResponse:
    position, width = _place(place)
    return _octets(queries.bundle_bytes(position, width))


@for_machines
@require_safe
def inclusion(request: HttpRequest) -> HttpResponse:
    form = InclusionForm(request.GET)
    if not form.is_valid():
        raise WrongNumbers(wrong=_wrong(form))
    return JsonResponse(queries.inclusion(**form.cleaned_data))


@for_machines
@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    form = ConsistencyForm(request.GET)
    if not form.is_valid():
        raise WrongNumbers(wrong=_wrong(form))
    return JsonResponse(queries.consistency(**form.cleaned_data))


@for_machines
@require_safe
def receipt(_request: HttpRequest, index: int) -> HttpResponse:
    response = JsonResponse(
        queries.receipt_of(index).as_json(),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response.headers["Content-Disposition"] = f'inline; filename="receipt-{index}.json"'
    response.headers["Cache-Control"] = A_MOMENT
    return response


@for_machines
@require_safe
def nowhere(_request: HttpRequest, place: str) -> HttpResponse:
    """An address that is written like none of ours."""
    raise NotFound


def _place(text: str) -> tuple[int, int]:
    if not (place := place_in(text)):
        raise NotFound
    return place


def _plain(text: str) -> HttpResponse:
    headers = {"Cache-Control": A_MOMENT}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _octets(content: bytes) -> HttpResponse:
    """Answer with bytes that never change: what is sealed stays, so any cache may keep it."""
    headers = {"Cache-Control": FOREVER}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


def _wrong(form: Form) -> str:
    return " ".join(f"{name}: {errors[0]}" for name, errors in form.errors.items())
