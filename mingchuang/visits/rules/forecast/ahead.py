"""How many will be called before somebody who joins a line: the line played on, as it goes now.

Those who wait are called one by one by the rule of the real line. Whoever may still come in the
meantime and go first is counted too: as many as come now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import inf

from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline, Head, next_class

# Who has no number yet stands behind everybody who came at the same moment.
NO_NUMBER = 2**63


@dataclass(frozen=True, slots=True)
class Flow:
    """How a line goes now: the minutes from one call to the next, and, of each class, from one
    who comes to the next; endless where nobody comes."""

    call: float
    comes: Sequence[float] = (inf, inf)


def called_before(
    me: Head,
    kind: int,
    waiting: Sequence[Sequence[Head]],
    flow: Flow,
    *,
    rule: Discipline = GREEN_CHANNEL,
    row: int = 0,
) -> int:
    """Return how many are called before `me`, who stands in class `kind`; the others wait in
    theirs. Now is minute 0, and `row` favoured ones were called last."""
    lines = [[*heads] for heads in waiting]
    lines[kind].append(me)
    for line in lines:
        heapify(line)
    coming = [*flow.comes]
    for n in range(NO_NUMBER):
        now = n * flow.call
        for which, at in enumerate(coming):
            if at <= now:
                coming[which] = _joined(lines[which], at, flow.comes[which], now)
        which = _next(lines, now, rule, row)
        if heappop(lines[which]) == me and which == kind:
            break
        row = 0 if which == rule.ordinary else row + 1
    return n


def _joined(line: list[Head], at: float, apart: float, now: float) -> float:
    """Let in who has come by now; return when the next one comes."""
    while at <= now:
        heappush(line, (at, NO_NUMBER))
        at += apart
    return at


def _next(lines: Sequence[Sequence[Head]], now: float, rule: Discipline, row: int) -> int:
    which = next_class([line[0] if line else None for line in lines], now, rule, row=row)
    assert which is not None  # whoever asks still stands there
    return which
