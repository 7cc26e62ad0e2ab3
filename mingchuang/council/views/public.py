"""What everybody may read of the council: topics, options, states, and how many; never who."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_of
from mingchuang.council.queries.counts import register_counts
from mingchuang.council.queries.lotteries import (
    is_promised,
    promised_lotteries,
    public_draw,
    public_lottery,
    void_before_a_promise,
)
from mingchuang.council.queries.refills import public_refill
from mingchuang.council.queries.rounds import decision_before
from mingchuang.council.queries.topics import public_topic, public_topics
from mingchuang.council.rules.life import State
from mingchuang.council.views.lots import promises_shown
from mingchuang.council.views.standing import standing_of
from mingchuang.council.views.steps import public_way_on, way_of
from mingchuang.council.words.lots import CHECKING
from mingchuang.council.words.lottery import UNTRUE, rotation_sentence
from mingchuang.council.words.told import BALLOT, DELIBERATION


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "council/public.html", {"page": page_of(request, public_topics())})


@require_safe
def public_page(request: HttpRequest, number: str) -> HttpResponse:
    """One topic: what is talked about, what could be done, how it stands, how many it concerns."""
    topic = public_topic(number)
    state = State(topic.state)
    shown = {
        "topic": topic,
        "before": decision_before(topic),
        "told": standing_of(topic, today=localdate()),
        "law": BALLOT if topic.needs_ballot else DELIBERATION,
        "way": way_of(state),
        "on": public_way_on(topic),
        "counts": register_counts(topic),
        "promised": is_promised(topic),
    }
    return render(request, "council/public_topic.html", shown)


@require_safe
def lotteries(request: HttpRequest, number: str) -> HttpResponse:
    """All lotteries of a topic that were committed to, void ones too, each to be checked; those
    that are void and nobody was promised by their number."""
    topic = public_topic(number)
    shown = {
        "topic": topic,
        "rotation": rotation_sentence(),
        "lotteries": promises_shown(promised_lotteries(topic), void_before_a_promise(topic)),
        "now": now(),
    }
    return render(request, "council/public_lottery.html", shown)


@require_safe
def plan_file(_request: HttpRequest, number: str, roster: int, which: int) -> HttpResponse:
    """The plan to the letter, as it was hashed."""
    lottery = public_lottery(number, roster, which)
    answer = HttpResponse(lottery.plan, content_type="application/json; charset=utf-8")
    name = lottery.subject.partition(":")[2]
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


@require_safe
def draw_file(_request: HttpRequest, number: str, roster: int, which: int) -> HttpResponse:
    """What was thrown, when, and who is on the ticket it picked."""
    return _record(public_draw(number, roster, which), f"{number}-{roster}-{which}-draw")


@require_safe
def refill_file(
    _request: HttpRequest, number: str, roster: int, which: int, turn: int
) -> HttpResponse:
    """A round of refilling with the plan it was drawn from: who kept theirs, and who is new."""
    record = public_refill(number, roster, which, turn)
    return _record(record, f"{number}-{roster}-{which}-{turn}")


def _record(record: Mapping[str, Any], name: str) -> HttpResponse:
    told = json.dumps(record, ensure_ascii=False)
    answer = HttpResponse(told, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Check a plan in one's own browser: no server is asked, and no solver."""
    words, said = (
        {code: str(sentence) for code, sentence in table.items()} for table in (UNTRUE, CHECKING)
    )
    return render(request, "council/check.html", {"words": words, "said": said})
