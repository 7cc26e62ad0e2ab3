"""What everybody may read of the council: topics, options, states, and how many; never who."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_of
from mingchuang.council.queries.counts import register_counts
from mingchuang.council.queries.topics import public_topic, public_topics
from mingchuang.council.rules.life import State
from mingchuang.council.words.told import BALLOT, DELIBERATION, TOLD, WAY


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "council/public.html", {"page": page_of(request, public_topics())})


@require_safe
def public_page(request: HttpRequest, number: str) -> HttpResponse:
    """One topic: what is talked about, what could be done, how it stands, how many it concerns."""
    topic = public_topic(number)
    state = State(topic.state)
    passed = [one for one, _word in WAY].index(state) if state in dict(WAY) else -1
    shown = {
        "topic": topic,
        "told": TOLD[state],
        "law": BALLOT if topic.needs_ballot else DELIBERATION,
        "way": [(word, n - passed) for n, (_state, word) in enumerate(WAY)],
        "counts": register_counts(topic),
        "may_join": state == State.GATHERING,
    }
    return render(request, "council/public_topic.html", shown)
