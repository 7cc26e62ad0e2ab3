"""Those of many matters that are most like one; few of them are compared letter by letter."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from mingchuang.cases.rules.likeness import (
    Commonness,
    Matter,
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


def most_alike(
    matter: Matter, others: Mapping[K, Matter], common: Commonness, *, least: float
) -> list[tuple[float, K]]:
    """Return how alike the likeliest of the others are, 0 to 1, the most alike first, down to
    `least`; where the places differ, half as much."""
    mine, heard = sketch(matter, common), _heard(others)
    found = []
    for key in _fullest(telling(matter, common, mine=mine), heard, most=COMPARED):
        at_most = most_possible(mine, heard[key])
        if at_most < least:
            continue
        factor = ELSEWHERE if are_apart(matter, others[key]) else 1.0
        if factor * at_most >= least:
            score = factor * likeness(mine, sketch(others[key], common))
            found += [(score, key)] if score >= least else []
    return sorted(found, key=lambda one: one[0], reverse=True)


def nearest(
    matter: Matter, others: Mapping[K, Matter], common: Commonness, *, most: int
) -> list[K]:
    """Return the keys of those others that hold most of the matter's telling runs.

    To look for runs costs next to nothing; comparing letter by letter comes after.
    """
    return _fullest(telling(matter, common), _heard(others), most=most)


def _heard(others: Mapping[K, Matter]) -> dict[K, str]:
    return {key: letters(other.whole) for key, other in others.items()}


def _fullest(wanted: Sequence[str], heard: Mapping[K, str], *, most: int) -> list[K]:
    held = {key: sum(run in said for run in wanted) for key, said in heard.items()}
    return sorted((key for key in held if held[key]), key=held.__getitem__, reverse=True)[:most]
