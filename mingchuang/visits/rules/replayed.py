"""The line played again from what was recorded: was everybody called as the one rule says? Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeAlias

from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline, Head, minute_of, next_class


class Joined(NamedTuple):
    """Somebody stands in a line, as if since then; the lower number goes first where that ties.
    Told again of who was called, it is where they stand now, also for the calls they had."""

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


class Unknown(NamedTuple):
    """What has to be known to say who was next is not told: the line cannot be played again."""


Told: TypeAlias = Joined | Changed | Called | Left | Unknown


class Played(NamedTuple):
    """The calls for which somebody else was next, in their order; none where it cannot be said."""

    wrong: list[Called]
    whole: bool = True


def out_of_turn(told: Iterable[Told], rule: Discipline = GREEN_CHANNEL) -> list[str]:
    """Return who was called though somebody else was next, in the order of these calls."""
    return [call.visit for call in played(told, rule).wrong]


def played(told: Iterable[Told], rule: Discipline = GREEN_CHANNEL) -> Played:
    """Play the line again and return what was wrong with it."""
    hall, wrong = _Hall(rule), []
    for one in told:
        if isinstance(one, Unknown):
            return Played([], whole=False)
        if isinstance(one, Called) and not one.for_a_reason and hall.next_for(one) != one.visit:
            wrong.append(one)
        hall.hear(one)
    return Played(wrong)


@dataclass
class _Hall:
    """How everybody who ever stood in a line stands by now, who of them waits, who was called."""

    rule: Discipline
    stands: dict[str, Joined] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)

    def hear(self, one: Told) -> None:
        match one:
            case Joined():
                self.stands[one.visit] = one
                self.waiting.add(one.visit)
            case Changed() if one.visit in self.stands:
                self.stands[one.visit] = self.stands[one.visit]._replace(green=one.green)
            case Left():
                self.waiting.discard(one.visit)
            case Called():
                self.waiting.discard(one.visit)
                self.calls.append(one.visit)

    def next_for(self, call: Called) -> str | None:
        standing = (self.stands[who] for who in self.waiting)
        here = [one for one in standing if one.line in call.lines and one.may_come_to(call.window)]
        heads = [
            min((one for one in here if one.green is green), key=_place, default=None)
            for green in (True, False)
        ]
        told = [_head(head) for head in heads]
        which = next_class(told, minute_of(call.at), self.rule, row=self._row(call.lines))
        chosen = None if which is None else heads[which]
        return chosen.visit if chosen else None

    def _row(self, lines: frozenset[str]) -> int:
        """Return how many of these lines' newest calls went to the favoured, one after the other:
        the line counts everybody as they stand by now, also in calls that were."""
        row = 0
        for who in reversed(self.calls):
            one = self.stands.get(who)
            if one and one.line in lines:
                if not one.green:
                    break
                row += 1
        return row


def _place(joined: Joined) -> tuple[datetime, int]:
    return joined.since, joined.number


def _head(joined: Joined | None) -> Head | None:
    return joined and (minute_of(joined.since), joined.number)
