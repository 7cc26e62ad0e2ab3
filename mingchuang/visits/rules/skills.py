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

    def lacking(self, line: K, window: K) -> frozenset[int]:
        """Return what of a line a window does not take in."""
        return self.lines.get(line, frozenset()) - self.windows.get(window, frozenset())
