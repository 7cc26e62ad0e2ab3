"""The way a topic goes, as a line of steps: on the desk each leads to its part of the topic."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.queries.decisions import decision_of
from mingchuang.council.queries.inviting import has_roster
from mingchuang.council.queries.lotteries import is_promised
from mingchuang.council.queries.sittings import is_called_off
from mingchuang.council.rules.life import REGISTERING, State
from mingchuang.council.words.told import NEXT, NEXT_CALLED_OFF, NEXT_POSTED, WAY

if TYPE_CHECKING:
    from mingchuang.council.models import Topic


class Part(NamedTuple):
    """The page of a step: its name, its key, and what its button says while it is the next."""

    page: str
    key: str
    button: Text


class Step(NamedTuple):
    """One step as the line shows it: done before, now, or ahead; with a page or without one."""

    word: Text
    ahead: int
    way: str = ""
    key: str = ""


PARTS: Mapping[State, Part] = {
    State.GATHERING: Part("council:register", "n", pgettext_lazy("council", "打开名册")),
    State.DRAWING: Part("council:lottery", "l", pgettext_lazy("council", "安排抽签")),
    State.INVITING: Part("council:inviting", "v", pgettext_lazy("council", "邀请名单上的人")),
    State.SITTING: Part("council:sittings", "s", pgettext_lazy("council", "打开会议")),
    State.DECIDED: Part("council:decision_desk", "d", pgettext_lazy("council", "打开决议")),
}
CONVENE = Part("council:convene", "s", pgettext_lazy("council", "召集会议"))
PUBLIC: Mapping[State, tuple[str, Text]] = {
    State.GATHERING: ("council:join", pgettext_lazy("council", "登记：这件事关系到我")),
    State.SITTING: ("council:public_sittings", pgettext_lazy("council", "看会议的时间和地点")),
}
POSTED = ("council:decision", pgettext_lazy("council", "看决议和检查结果"))


def way_of(state: State) -> Iterator[Step]:
    """Yield the steps of a topic for everybody."""
    now = _place(state)
    for n, (_state, word) in enumerate(WAY):
        yield Step(word, n - now)


def desk_way(topic: "Topic") -> Iterator[Step]:
    """Yield the steps with their pages, as far as there are any."""
    now, there = _place(State(topic.state)), _pages(topic)
    for n, (state, word) in enumerate(WAY):
        part = PARTS.get(state)
        if part and there[state]:
            yield Step(word, n - now, reverse(part.page, args=[topic.number]), part.key)
        else:
            yield Step(word, n - now)


def next_part(topic: "Topic") -> Part | None:
    """Return the part of the topic in which something is to do now."""
    if is_called_off(topic):
        return CONVENE
    return PARTS.get(State(topic.state))


def next_told(topic: "Topic") -> Text:
    """Return what its convenor does next; a decision that was posted is not posted again, and a
    sitting that was called off is not held."""
    if is_called_off(topic):
        return NEXT_CALLED_OFF
    decision = decision_of(topic) if topic.state == State.DECIDED else None
    is_posted = decision is not None and decision.published_at is not None
    return NEXT_POSTED if is_posted else NEXT[State(topic.state)]


def public_way_on(topic: "Topic") -> tuple[str, Text] | None:
    """Return the page that matters most to a resident now, and what its button says."""
    decision = decision_of(topic)
    if decision and decision.published_at:
        return POSTED
    return PUBLIC.get(State(topic.state))


def _place(state: State) -> int:
    """Return where a state stands in the line; before it, and where it was left, nothing is."""
    return [one for one, _word in WAY].index(state) if state in dict(WAY) else -1


def _pages(topic: "Topic") -> Mapping[State, bool]:
    seated = has_roster(topic)
    return {
        State.GATHERING: True,
        State.DRAWING: topic.state not in REGISTERING or is_promised(topic),
        State.INVITING: seated,
        State.SITTING: seated,
        State.DECIDED: decision_of(topic) is not None,
        State.CLOSED: False,
    }
