"""The line played again from what was recorded: was everybody called as the one rule says? Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline, Head, minute_of, next_class


class Joined(NamedTuple):
    """Somebody stands in a line, as if since then; the lower number goes first where that ties."""

    visit: str
    line: str
    green: bool
    since: datetime
    number: int
    # The windows that may call them, where not all of the line may.
    only: frozenset[str] | None = None

    def may_come_to(self, window: str) -> bool:
        return self.only is None or window in self.only


class Changed(NamedTuple):
    """Somebody goes by the green channel from now on, or no longer; so do the calls they had."""

    visit: str
    green: bool


class Called(NamedTuple):
    """A window that calls these lines has called somebody; out of turn only for a reason."""

    visit: str
    window: str
    lines: frozenset[str]
    at: datetime
    for_a_reason: bool = False


class Left(NamedTuple):
    """Somebody stands in no line any more."""

    visit: str


Told: TypeAlias = Joined | Changed | Called | Left


def out_of_turn(told: Iterable[Told], rule: Discipline = GREEN_CHANNEL) -> list[str]:
    """Return who was called though somebody else was next, in the order of these calls."""
    waiting: dict[str, Joined] = {}
    calls: list[Joined] = []
    wrong = []
    for one in told:
        match one:
            case Joined():
                waiting[one.visit] = one
            case Left():
                waiting.pop(one.visit, None)
            case Changed():
                waiting = {who: _now(joined, one) for who, joined in waiting.items()}
                calls = [_now(call, one) for call in calls]
            case Called():
                first = _next(waiting.values(), calls, one, rule)
                if first != one.visit and not one.for_a_reason:
                    wrong.append(one.visit)
                if called := waiting.pop(one.visit, None):
                    calls.append(called)
    return wrong


def _now(joined: Joined, changed: Changed) -> Joined:
    """Return how somebody stands once this was changed: the line counts everybody, also in calls
    that were, as they go by now."""
    return joined._replace(green=changed.green) if joined.visit == changed.visit else joined


def _next(
    waiting: Iterable[Joined], calls: list[Joined], call: Called, rule: Discipline
) -> str | None:
    here = [one for one in waiting if one.line in call.lines and one.may_come_to(call.window)]
    heads = [
        min((one for one in here if one.green is green), key=_place, default=None)
        for green in (True, False)
    ]
    told = [_head(head) for head in heads]
    which = next_class(told, minute_of(call.at), rule, row=_row(calls, call.lines))
    chosen = None if which is None else heads[which]
    return chosen.visit if chosen else None


def _place(joined: Joined) -> tuple[datetime, int]:
    return joined.since, joined.number


def _head(joined: Joined | None) -> Head | None:
    return joined and (minute_of(joined.since), joined.number)


def _row(calls: list[Joined], lines: frozenset[str]) -> int:
    """Return how many of these lines' newest calls went to the favoured, one after the other."""
    row = 0
    for one in reversed(calls):
        if one.line in lines:
            if not one.green:
                break
            row += 1
    return row
