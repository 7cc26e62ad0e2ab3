"""Equal people are one class: the same features, the same weight, the like household. Pure.

What a panel must keep is told in rows, each with the fewest and the most of its people: one for
each quota, one for each kind of household (at most as many people as there are such households),
one for all seats. A class counts once in one row of each category, so that a panel is a whole
number of people of each class. Any such numbers can be seated: of n people out of a kind with at
least n households each comes out of a household of their own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mingchuang.council.rules.lottery.pool import Person, Pool, Quota

Counts = NDArray[np.int64]
Reals = NDArray[np.float64]
Kind = tuple[tuple[str, ...], Fraction]


@dataclass(frozen=True)
class Class:
    """Equal people, by their place in the pool."""

    features: tuple[str, ...]
    weight: Fraction
    household: int
    members: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Problem:
    """The classes and the rows; the first rows are the quotas, the last one is all seats."""

    classes: Sequence[Class]
    quotas: Sequence[Quota]
    least: Counts
    most: Counts
    rows: Counts

    @cached_property
    def sizes(self) -> Counts:
        return np.array([len(one.members) for one in self.classes], dtype=np.int64)

    @cached_property
    def scale(self) -> Reals:
        """The seats that give each of a class a chance of 1 in proportion to their weight."""
        weights: Reals = np.array([float(one.weight) for one in self.classes])
        return self.sizes * weights

    @cached_property
    def caps(self) -> Counts:
        """The most of each class that one panel can hold."""
        caps: Counts = np.minimum(self.most[self.rows].min(axis=1), self.sizes)
        return np.maximum(caps, 0)

    @cached_property
    def caps_without_quotas(self) -> Counts:
        """The most of each class that one panel could hold were there no quotas."""
        homes = self.most[self.rows[:, -2]] if len(self.rows) else self.sizes
        return np.minimum(np.minimum(homes, self.sizes), self.seats)

    @cached_property
    def unit(self) -> float:
        """The chance of everybody were there nothing to keep: levels are reckoned in it."""
        return max(self.seats, 1) / float(self.scale.sum())

    @property
    def seats(self) -> int:
        return int(self.most[-1])

    def totals(self, seats: Counts | Reals) -> Reals:
        """Return how many of each row these numbers of each class make."""
        some = np.flatnonzero(seats)
        rows = self.rows[some]
        weights = np.repeat(seats[some], rows.shape[1])
        found = np.bincount(rows.ravel(), weights=weights, minlength=len(self.least))
        return found.astype(float, copy=False)

    def holds(self, panel: Counts) -> bool:
        """Return whether these numbers of each class are a panel."""
        totals = self.totals(panel)
        within = bool(np.all((self.least <= totals) & (totals <= self.most)))
        return within and bool(np.all((panel >= 0) & (panel <= self.caps)))


def outside(pool: Pool) -> set[str]:
    """Return who is not drawn: must-ins, who lives with one of them, who sits out."""
    seated = {one.household for one in pool.people if one.id in pool.musts and one.household}
    beside = {one.id for one in pool.people if one.household in seated or not one.weight}
    return beside | pool.musts.keys()


def problem_of(pool: Pool) -> Problem:
    """Return the classes of everybody who may be drawn, and what is left to keep of the quotas."""
    out = outside(pool)
    drawn = [place for place, one in enumerate(pool.people) if one.id not in out]
    signatures = _signatures(pool, drawn)
    kinds: dict[tuple[Kind, ...], int] = {}
    for signature in signatures.values():
        kinds.setdefault(signature, len(kinds))
    members: dict[tuple[Kind, int], list[int]] = {}
    for place in drawn:
        person = pool.people[place]
        kind = kinds[signatures[_home(person)]]
        members.setdefault((_kind(person), kind), []).append(place)
    homes = Counter(kinds[signature] for signature in signatures.values())
    return _problem(pool, members, [homes[kind] for kind in range(len(kinds))])


def _problem(
    pool: Pool, members: dict[tuple[Kind, int], list[int]], homes: Sequence[int]
) -> Problem:
    classes = [
        Class(features, weight, kind, tuple(places))
        for ((features, weight), kind), places in members.items()
    ]
    quotas = list(pool.quotas)
    row_of = {quota.key: row for row, quota in enumerate(quotas)}
    rows = [
        [
            *(row_of[told] for told in zip(pool.categories, one.features, strict=True)),
            len(quotas) + one.household,
            len(quotas) + len(homes),
        ]
        for one in classes
    ]
    seated = seated_by(pool)
    seats = pool.size - len(pool.musts)
    least = [max(0, quota.least - seated[quota.key]) for quota in quotas]
    most = [quota.most - seated[quota.key] for quota in quotas]
    return Problem(
        classes,
        quotas,
        np.array([*least, *(0 for _ in homes), seats], dtype=np.int64),
        np.array([*most, *homes, seats], dtype=np.int64),
        np.array(rows, dtype=np.int64).reshape(len(classes), len(pool.categories) + 2),
    )


def seated_by(pool: Pool) -> Counter[tuple[str, str]]:
    """Count the features of the must-ins: their seats are seats."""
    musts = (one for one in pool.people if one.id in pool.musts and one.features)
    told = (pair for one in musts for pair in zip(pool.categories, one.features, strict=True))
    counts = Counter(pool.seated)
    counts.update(told)
    return counts


def _signatures(pool: Pool, drawn: Sequence[int]) -> dict[str, tuple[Kind, ...]]:
    """Return what each household is like: who lives in it, by features and weight."""
    homes: dict[str, list[Kind]] = {}
    for place in drawn:
        homes.setdefault(_home(pool.people[place]), []).append(_kind(pool.people[place]))
    return {home: tuple(sorted(kinds)) for home, kinds in homes.items()}


def _home(person: Person) -> str:
    return f"home {person.household}" if person.household else f"alone {person.id}"


def _kind(person: Person) -> Kind:
    return person.features, person.weight
