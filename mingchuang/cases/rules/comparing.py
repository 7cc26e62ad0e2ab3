"""Those of many matters that are most like one; few of them are compared letter by letter."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from mingchuang.cases.rules.likeness import (
    Commonness,
    Matter,
    Sketch,
    are_apart,
    letters,
    likeness,
    most_possible,
    sketch,
    telling,
)

K = TypeVar("K", bound=Hashable)
# The same words about another place are half as alike.
ELSEWHERE = 0.5
# So many others are compared letter by letter: those that hold most of the telling runs.
COMPARED = 24


@dataclass(frozen=True)
class Sought:
    """A matter that others are compared with; what is told of it is worked out once."""

    matter: Matter
    common: Commonness

    @cached_property
    def sketch(self) -> Sketch:
        return sketch(self.matter, self.common)

    @cached_property
    def telling(self) -> Sequence[str]:
        """The runs by which like matters are looked for, the most telling first."""
        return telling(self.matter, self.common, mine=self.sketch)


def most_alike(
    sought: Sought, others: Mapping[K, Matter], *, least: float
) -> list[tuple[float, K]]:
    """Return how alike the likeliest of the others are, 0 to 1, the most alike first, down to
    `least`; where the places differ, half as much.

    To look for runs costs next to nothing; comparing letter by letter comes after.
    """
    heard = {key: letters(other.whole) for key, other in others.items()}
    found = []
    for key in _fullest(sought.telling, heard, most=COMPARED):
        at_most = most_possible(sought.sketch, heard[key])
        if at_most < least:
            continue
        factor = ELSEWHERE if are_apart(sought.matter, others[key]) else 1.0
        if factor * at_most >= least:
            score = factor * likeness(sought.sketch, sketch(others[key], sought.common))
            found += [(score, key)] if score >= least else []
    return sorted(found, key=lambda one: one[0], reverse=True)


def _fullest(wanted: Sequence[str], heard: Mapping[K, str], *, most: int) -> list[K]:
    held = {key: sum(run in said for run in wanted) for key, said in heard.items()}
    return sorted((key for key in held if held[key]), key=held.__getitem__, reverse=True)[:most]
