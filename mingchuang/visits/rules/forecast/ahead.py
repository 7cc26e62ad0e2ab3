"""How many will be called before somebody who joins a line: the line played on, as it goes now.

The windows call one after the other, each whom the rule of the real line says. Whoever may still
come in the meantime and go first is counted too: as many as come now.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import count, cycle

from mingchuang.visits.rules.windows import Stands, Windows, serving

# Who has no number yet stands behind everybody who came at the same moment.
NO_NUMBER = 2**63


@dataclass(frozen=True, slots=True)
class Flow:
    """How a line goes now: the minutes from one call of its windows to the next, and, of each
    line and class, from one who comes to the next."""

    call: float
    comes: Mapping[tuple[int, int], float] = field(default_factory=dict)


def called_before(me: Stands, others: Collection[Stands], hall: Windows, flow: Flow) -> int:
    """Return how many the windows of the line call before `me`: where they serve other lines too,
    those as well; whom windows of other lines call is not their work. Now is minute 0."""
    for one in (*others, me):
        hall.stand(one)
    mine = serving(me.line, hall.serves)
    apart = flow.call * len(mine) / len(hall.serves)
    coming = dict(flow.comes)
    before = 0
    for n, window in zip(count(), cycle(sorted(hall.serves)), strict=False):
        for (line, kind), at in coming.items():
            coming[line, kind] = _joined(hall, Stands(line, kind, (at, NO_NUMBER)), flow, n * apart)
        called = hall.call(window, n * apart)
        if called and called[:3] == me[:3]:
            return before
        before += called is not None and window in mine
    raise AssertionError("whoever asks still stands there")


def _joined(hall: Windows, one: Stands, flow: Flow, now: float) -> float:
    """Let in who has come by now; return when the next one comes."""
    at, number = one.head
    while at <= now:
        hall.stand(one._replace(head=(at, number)))
        at += flow.comes[one.line, one.kind]
    return at
