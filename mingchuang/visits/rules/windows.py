"""Windows that serve several lines: each calls who is next in all of its own, by the one rule.

How they go on is played, every window as fast as the others, one call each in turn. Pure.
"""

from bisect import bisect, insort
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline, Head, minute_of, next_class
from mingchuang.visits.rules.order import in_order

# The lines of each window, by their keys.
Serves: TypeAlias = Mapping[int, Collection[int]]
# Whom all windows of a line may call.
ANY = 0


class Stands(NamedTuple):
    """Somebody who stands in a line, there in a class; passed on to one window, `only` that one
    calls them."""

    line: int
    kind: int
    head: Head
    only: int = ANY


def stood_at(line: int, green: object, since: datetime, pk: int, only: int | None) -> Stands:
    """Return a visit as it stands since then."""
    return Stands(line, int(not green), (minute_of(since), pk), only or ANY)


def attended(serves: Serves, lines: Iterable[int]) -> dict[int, Collection[int]]:
    """Return who serves which of these lines: where nobody does, as if somebody sat there."""
    served = {line for some in serves.values() for line in some}
    return {**serves, **{-line - 1: {line} for line in lines if line not in served}}


def serving(line: int, serves: Serves) -> frozenset[int]:
    """Return the windows of a line."""
    return frozenset(window for window, lines in serves.items() if line in lines)


def bound_up(line: int, serves: Serves) -> dict[int, Collection[int]]:
    """Return the windows that decide how a line goes on: its own, those that share a line with
    them, and so on."""
    lines, found = {line}, dict[int, Collection[int]]()
    while more := {w: some for w, some in serves.items() if w not in found and lines & {*some}}:
        found.update(more)
        lines.update(*more.values())
    return found


@dataclass
class Windows:
    """The windows of a hall, and who stands there; `rows` holds for each window how many green
    ones were called last from its lines, one after the other."""

    serves: Serves
    rows: Mapping[int, int] = field(default_factory=dict)
    rule: Discipline = GREEN_CHANNEL

    def __post_init__(self) -> None:
        self._rows = {window: self.rows.get(window, 0) for window in self.serves}
        self._standing: dict[tuple[int, int, int], list[Head]] = defaultdict(list)

    def only(self, one: Stands) -> int:
        """Return the one window that calls somebody; ANY where that one serves them no longer."""
        return one.only if one.line in self.serves.get(one.only, ()) else ANY

    def stand(self, one: Stands) -> None:
        """Let somebody stand in a line from now on."""
        heappush(self._standing[one.line, self.only(one), one.kind], one.head)

    def order_of(self, window: int, standing: Iterable[Stands], now: float) -> Iterator[int]:
        """Yield of these the numbers of whom a window would call, if it were alone."""
        classes: list[list[Head]] = [[] for _ in self.rule.favours]
        for one in standing:
            if one.line in self.serves[window] and self.only(one) in (ANY, window):
                classes[one.kind].append(one.head)
        lines = [sorted(heads) for heads in classes]
        return in_order(lines, now, self.rule, row=self.rows.get(window, 0))

    def turns(self, now: float) -> Iterator[Stands]:
        """Yield all who stand there as they are called, if nobody else came."""
        windows = deque(sorted(self.serves))
        while windows:
            window = windows.popleft()
            if called := self.call(window, now):
                windows.append(window)
                yield called

    def call(self, window: int, now: float) -> Stands | None:
        """Let this window call; return whom, None where nobody stands in its lines."""
        firsts = [self._first(window, kind) for kind in range(len(self.rule.favours))]
        heads = [first and first[0] for first in firsts]
        which = next_class(heads, now, self.rule, row=self._rows[window])
        first = None if which is None else firsts[which]
        if which is None or first is None:
            return None
        head, line, only = first
        heappop(self._standing[line, only, which])
        for beside in serving(line, self.serves):
            self._rows[beside] = 0 if which == self.rule.ordinary else self._rows[beside] + 1
        return Stands(line, which, head, only)

    def _first(self, window: int, kind: int) -> tuple[Head, int, int] | None:
        """Return who of a class is first in the lines of a window."""
        found = [
            (heads[0], line, only)
            for line in self.serves[window]
            for only in (ANY, window)
            if (heads := self._standing.get((line, only, kind)))
        ]
        return min(found, default=None)


def places_of(
    standing: Collection[Stands], at: datetime, *, serves: Serves, rows: Mapping[int, int]
) -> dict[int, int]:
    """Return for each who stands in a hall their place, by the number that breaks a tie: of those
    before them in the order of a window that may call them, as many as are called before, if
    nobody else came; and themselves."""
    now = minute_of(at)
    hall = Windows(attended(serves, {one.line for one in standing}), rows)
    for one in standing:
        hall.stand(one)
    turn = {one.head[1]: n for n, one in enumerate(hall.turns(now))}
    places: dict[int, int] = dict.fromkeys(turn, 1)
    # Windows of the same lines have the same order, but for who was passed on to one of them.
    wanted = {one.only for one in standing}
    unlike = {(*sorted(hall.serves[w]), w in wanted and -w): w for w in hall.serves}
    for window in unlike.values():
        before: list[int] = []
        for number in hall.order_of(window, standing, now):
            insort(before, turn[number])
            places[number] = max(places[number], bisect(before, turn[number]))
    return places
