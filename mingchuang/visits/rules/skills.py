"""Which windows of a hall call whom: those that take in what somebody came for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

# How lines and windows are known: by their keys, or as the ledger calls them.
K = TypeVar("K", int, str)


@dataclass(frozen=True)
class Skills(Generic[K]):
    """The service items each line of a hall is for, and those each window takes in, by keys."""

    lines: Mapping[K, frozenset[int]]
    windows: Mapping[K, frozenset[int]]
    _known: dict[tuple[K, frozenset[int]], frozenset[K] | None] = field(default_factory=dict)
    _bound: dict[tuple[K, frozenset[int]], list[frozenset[K]]] = field(default_factory=dict)

    def taking(self, window: K, items: frozenset[int]) -> "Skills[K]":
        """Return the same once this window takes in these items."""
        if self.windows.get(window) == items:
            return self
        return Skills(self.lines, {**self.windows, window: items})

    def being_for(self, line: K, items: frozenset[int]) -> "Skills[K]":
        """Return the same once this line is for these items."""
        if self.lines.get(line) == items:
            return self
        return Skills({**self.lines, line: items}, self.windows)

    def lines_of(self, window: K) -> frozenset[K]:
        """Return the lines of a window: those with anything it takes in."""
        taken = self.windows.get(window, frozenset())
        return frozenset(line for line, items in self.lines.items() if items & taken)

    def calling(self, line: K) -> frozenset[K]:
        """Return the windows of a line."""
        items = self.lines.get(line, frozenset())
        return frozenset(window for window, taken in self.windows.items() if taken & items)

    def only(self, line: K, items: frozenset[int]) -> frozenset[K] | None:
        """Return the windows that call somebody who came for these items; None: all of the line.

        All that is done in the line has to be taken in; where no window takes in all of it, who
        takes in some does. What other lines do is done by passing on.
        """
        if (line, items) not in self._known:
            self._known[line, items] = self._only(line, items)
        return self._known[line, items]

    def _only(self, line: K, items: frozenset[int]) -> frozenset[K] | None:
        theirs, wanted = self.calling(line), self.lines.get(line, frozenset()) & items
        found = frozenset(one for one in theirs if wanted <= self.windows[one])
        found = found or frozenset(one for one in theirs if wanted & self.windows[one])
        return None if found == theirs else found

    def bound(self, line: K, items: frozenset[int]) -> list[frozenset[K]]:
        """Return to which windows somebody is bound who comes for these items: those that call
        them, and those beside them that alone take in something else of the line; none where all
        of its windows do all of it."""
        if (line, items) not in self._bound:
            self._bound[line, items] = sorted(self._bound_to(line, items), key=_size)
        return self._bound[line, items]

    def _bound_to(self, line: K, items: frozenset[int]) -> set[frozenset[K]]:
        theirs, found = self.calling(line), set[frozenset[K]]()
        for few in (items, *(frozenset({item}) for item in self.lines.get(line, frozenset()))):
            windows = self.only(line, few)
            if windows and windows < theirs and self._binds(line, items, windows):
                found.add(windows)
        return found

    def _binds(self, line: K, items: frozenset[int], windows: frozenset[K]) -> bool:
        """Say whether these windows do some of it, and every other one of the line lacks some."""
        others = self.calling(line) - windows
        done = any(items & self.doing(line, one) for one in windows)
        return done and all(items & self.lacking(line, one) for one in others)

    def doing(self, line: K, window: K) -> frozenset[int]:
        """Return what of a line a window takes in."""
        return self.lines.get(line, frozenset()) & self.windows.get(window, frozenset())

    def lacking(self, line: K, window: K) -> frozenset[int]:
        """Return what of a line a window does not take in."""
        return self.lines.get(line, frozenset()) - self.windows.get(window, frozenset())


def _size(windows: frozenset[K]) -> tuple[int, list[K]]:
    return len(windows), sorted(windows)
