"""From numbers of each class to people by name, each of a class as often as the others. Pure."""

from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from mingchuang.council.rules.lottery.classes import Counts, Problem


def seated(
    problem: Problem, panels: Sequence[Counts], homes: Mapping[int, object]
) -> list[list[int]]:
    """Return the people of each panel by their place in the pool, one of each home at most.

    Everybody of a class takes their turn. Where a home is seated already its next in turn waits
    for the next panel, so that nobody loses more than a turn.
    """
    turns = [deque(one.members) for one in problem.classes]
    return [_one_panel(panel, turns, homes) for panel in panels]


def _one_panel(
    panel: Counts, turns: Sequence[deque[int]], homes: Mapping[int, object]
) -> list[int]:
    chosen: list[int] = []
    busy: set[object] = set()
    # Who has the fewest others to be replaced by chooses first.
    for one in sorted(np.flatnonzero(panel).tolist(), key=lambda each: len(turns[each])):
        for _ in range(int(panel[one])):
            person = _next_free(turns[one], homes, busy)
            busy.add(homes[person])
            chosen.append(person)
    return sorted(chosen)


def _next_free(turn: deque[int], homes: Mapping[int, object], busy: set[object]) -> int:
    """Take the first whose home is free; who had to wait stays in front."""
    waiting: list[int] = []
    while homes[turn[0]] in busy:
        waiting.append(turn.popleft())
    person = turn.popleft()
    turn.extendleft(reversed(waiting))
    turn.append(person)
    return person
