"""Many people, one matter: groups of like cases, and how a group grows."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)

# Tuned on real messages: docs/rooms/hot-topics.md tells how, and what it misses.
HOT = 0.20  # two cases as alike as this, or more, belong to one topic
SURE = 0.25  # so much must be shared before a resident is asked whether it is the same
PERHAPS = 0.12  # so little is still shown to a dispatcher
MOST_LIKE = 3  # a case is tied to so many earlier ones at most; more would only chain
WINDOWS = (7, 30, 90)  # days
BARS = 12


def how_like(score: float) -> str:
    """Return in which of three words a score is told: `much`, `fairly`, `little`."""
    if score >= 2 * HOT:
        return "much"
    return "fairly" if score >= HOT else "little"


def groups(pairs: Iterable[tuple[T, T]]) -> list[list[T]]:
    """Return the connected components over these pairs, each in the order it was first named."""
    root: dict[T, T] = {}

    def top(one: T) -> T:
        root.setdefault(one, one)
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, other in pairs:
        root[top(one)] = top(other)
    members: dict[T, list[T]] = defaultdict(list)
    for one in list(root):
        members[top(one)].append(one)
    return list(members.values())


class Trend(NamedTuple):
    """How many came in the earlier and in the later half of a window, and in each part of it."""

    earlier: int
    later: int
    parts: Sequence[int]

    @property
    def word(self) -> str:
        """`rising`, `falling` or `steady`: by at least half as many again, and two or more."""
        more, less = max(self.earlier, self.later), min(self.earlier, self.later)
        if more - less < 2 or more < 1.5 * less:
            return "steady"
        return "rising" if self.later > self.earlier else "falling"


def trend(moments: Iterable[datetime], *, end: datetime, days: int) -> Trend:
    """Count what came in the `days` before `end`, by halves and in equal parts."""
    length = timedelta(days=days)
    inside = [at - (end - length) for at in moments if end - length < at <= end]
    parts = [0] * BARS
    for since in inside:
        parts[min(BARS - 1, int(since / length * BARS))] += 1
    later = sum(since > length / 2 for since in inside)
    return Trend(len(inside) - later, later, parts)


def heads(phones: Iterable[str]) -> tuple[int, int]:
    """Return how many different phones asked, and how many words came without one (“”).

    A phone is one person however often it called; without a phone nobody can be told apart.
    """
    left = list(phones)
    return len({phone for phone in left if phone}), left.count("")
