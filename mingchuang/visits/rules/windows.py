"""Windows that serve several lines: each calls who is next in all of its own, by the one rule.

How they go on is played, every window as fast as the others, one call each in turn. Pure.
"""

from bisect import bisect, insort
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from mingchuang.visits.rules.line import GREEN_CHANNEL, Discipline, Head, minute_of, next_class
from mingchuang.visits.rules.order import in_order

# The lines of each window, by their keys.
Serves: TypeAlias = Mapping[int, Collection[int]]
# Which windows of its line may call somebody: all of them, or none there is.
ANY: frozenset[int] = frozenset()
NOBODY = frozenset({0})


class Stands(NamedTuple):
    """Somebody who stands in a line, there in a class. Where not all windows of the line take in
    what they came for, or they were passed on to one, `only` these call them."""

    line: int
    kind: int
    head: Head
    only: frozenset[int] = ANY

    def is_left(self, serves: Serves) -> bool:
        """Say whether a line is served, and by no window that may call this one."""
        if not self.only:
            return False
        here = serving(self.line, serves)
        return bool(here) and here.isdisjoint(self.only)


def stood_at(
    line: int, green: object, since: datetime, pk: int, only: frozenset[int] = ANY
) -> Stands:
    """Return a visit as it stands since then."""
    return Stands(line, int(not green), (minute_of(since), pk), only)


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
        self._standing: dict[tuple[int, frozenset[int], int], list[Head]] = defaultdict(list)
        self._groups: dict[int, set[frozenset[int]]] = defaultdict(set)

    def only(self, one: Stands) -> frozenset[int]:
        """Return the windows that call somebody; ANY where none of these serves them any longer."""
        return ANY if one.is_left(self.serves) else one.only

    def stand(self, one: Stands) -> None:
        """Let somebody stand in a line from now on."""
        only = self.only(one)
        self._groups[one.line].add(only)
        heappush(self._standing[one.line, only, one.kind], one.head)

    def order_of(self, window: int, standing: Iterable[Stands], now: float) -> Iterator[int]:
        """Yield of these the numbers of whom a window would call, if it were alone."""
        classes: list[list[Head]] = [[] for _ in self.rule.favours]
        for one in standing:
            if one.line in self.serves[window] and _may_call(window, self.only(one)):
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

    def _first(self, window: int, kind: int) -> tuple[Head, int, frozenset[int]] | None:
        """Return who of a class is first in the lines of a window."""
        found = [
            (heads[0], line, only)
            for line in self.serves[window]
            for only in self._groups[line]
            if _may_call(window, only)
            if (heads := self._standing.get((line, only, kind)))
        ]
        return min(found, default=None, key=itemgetter(0, 1))


def _may_call(window: int, only: frozenset[int]) -> bool:
    return not only or window in only


def places_of(
    standing: Collection[Stands], at: datetime, *, serves: Serves, rows: Mapping[int, int]
) -> dict[int, int]:
    """Return for each who stands in a hall their place, by the number that breaks a tie: of those
    before them in the order of a window that may call them, as many as are called before, if
    nobody else came; and themselves. Whom no window may call now keeps nobody waiting."""
    now = minute_of(at)
    hall = Windows(attended(serves, {one.line for one in standing}), rows)
    left = [one for one in standing if one.is_left(hall.serves)]
    if left:
        known = places_of([*{*standing} - {*left}], at, serves=serves, rows=rows)
        return known | _places_of_left(left)
    for one in standing:
        hall.stand(one)
    turn = {one.head[1]: n for n, one in enumerate(hall.turns(now))}
    places: dict[int, int] = dict.fromkeys(turn, 1)
    # Windows of the same lines have the same order, but for whom not all of them call.
    groups = {one.only for one in standing}
    unlike = {
        (frozenset(lines), frozenset(only for only in groups if window in only)): window
        for window, lines in hall.serves.items()
    }
    for window in unlike.values():
        before: list[int] = []
        for number in hall.order_of(window, standing, now):
            insort(before, turn[number])
            places[number] = max(places[number], bisect(before, turn[number]))
    return places


def _places_of_left(left: Iterable[Stands]) -> dict[int, int]:
    """Return the same of those who wait for a window that is not there: they go one by one."""
    before = Counter[tuple[int, frozenset[int]]]()
    places = {}
    for one in sorted(left, key=lambda one: one.head):
        before[one.line, one.only] += 1
        places[one.head[1]] = before[one.line, one.only]
    return places
