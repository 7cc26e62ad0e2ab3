"""Which unit a matter belongs to, by what became of answered cases that are like it: pure.

The nearest neighbours vote (Cover & Hart 1967), the more alike the louder (Dudani 1976). A unit
that gets a bit of everything would outvote the one that has this matter alone, so a vote is worth
less the more cases of its unit were looked at: the square root, half-way between not at all and
every unit alike. A case that came back from a unit speaks against that unit.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from mingchuang.cases.rules.likeness import (
    Commonness,
    Matter,
    likeness,
    sketch,
)

# Chosen by cross-validation (`mingchuang bench dispatch`, ADR 8).
VOTERS, LOUDNESS, EVENNESS = 30, 1.5, 0.5
# A shared greeting is no likeness.
LEAST = 0.01
# So many are compared letter by letter: those that hold the weightiest of the runs looked for.
COMPARED, LOOKED_FOR = 40, 48
# Filled in for the dispatcher only where so much of the vote and so many cases stand behind it.
SURE, ENOUGH = 0.5, 3

U = TypeVar("U", bound=int | str)
K = TypeVar("K", bound=int)


@dataclass(frozen=True)
class Voter(Generic[U]):
    """A case that is like the matter, how much (0 to 1), who answered it, who sent it back.

    `unit` is None where nobody has answered it yet.
    """

    likeness: float
    unit: U | None
    against: Collection[U] = ()


@dataclass(frozen=True)
class Choice(Generic[U]):
    """A unit, its share of the vote (0 to 1), and how many of `of` like cases it answered."""

    unit: U
    share: float
    cases: int
    of: int

    @property
    def is_sure(self) -> bool:
        """Whether enough stands behind it to be filled in; it stays the dispatcher's choice."""
        return self.share >= SURE and self.cases >= ENOUGH


def ranked(like_ones: Iterable[Voter[U]], held: Mapping[U, int] | None = None) -> list[Choice[U]]:
    """Return the units like cases went to, the likeliest first; the shares add up to 1.

    `held` says how many cases of each unit were looked at, whether alike or not.
    """
    like = (one for one in like_ones if one.likeness >= LEAST)
    voters = sorted(like, key=lambda one: one.likeness, reverse=True)[:VOTERS]
    votes: defaultdict[U, list[float]] = defaultdict(list)
    for one in voters:
        loud = one.likeness**LOUDNESS
        if one.unit is not None:
            votes[one.unit].append(loud)
        for unit in set(one.against) - {one.unit}:
            votes[unit].append(-loud)
    sizes = held or {}
    weights = {
        unit: math.fsum(loud) / max(1, sizes.get(unit, 1)) ** EVENNESS
        for unit, loud in votes.items()
    }
    answered = Counter(one.unit for one in voters if one.unit is not None)
    return _shared_out(weights, answered)


def _shared_out(weights: Mapping[U, float], answered: Mapping[U, int]) -> list[Choice[U]]:
    """Return the choices behind which more stands than against them."""
    all_weights, of = math.fsum(w for w in weights.values() if w > 0), sum(answered.values())
    choices = [
        Choice(unit, weight / all_weights, answered[unit], of)
        for unit, weight in weights.items()
        if weight > 0
    ]
    return sorted(choices, key=lambda choice: (-choice.share, str(choice.unit)))


def looked_for(matter: Matter, common: Commonness, *, most: int = LOOKED_FOR) -> dict[str, float]:
    """Return the weightiest runs of a matter, to find like cases by: those that other texts are
    known to hold first, because what nobody else ever wrote leads to nobody. Nor is the stock of
    every letter looked for, which leads to everybody."""
    mine = sketch(matter, common)
    telling = (run for run in mine if not common.is_stock(run))
    best = sorted(telling, key=lambda run: (run not in common.seen, -mine[run], run))
    return {run: mine[run] for run in best[:most]}


def likeliest(matter: Matter, others: Mapping[K, Matter], common: Commonness) -> dict[K, float]:
    """Return how alike the likeliest of the others are.

    To see which runs a text holds costs next to nothing, punctuation and all; only the best are
    compared in full.
    """
    runs, mine = looked_for(matter, common), sketch(matter, common)
    held = {key: _weight_held(other.whole.casefold(), runs) for key, other in others.items()}
    best = sorted((key for key in held if held[key]), key=lambda key: (-held[key], -key))
    return {key: likeness(mine, sketch(others[key], common)) for key in best[:COMPARED]}


def _weight_held(said: str, runs: Mapping[str, float]) -> float:
    return math.fsum(weight for run, weight in runs.items() if run in said)
