"""Pools small enough for brute force, and one small house for the rest."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from mingchuang.council.rules.lottery.pool import Person, Pool, Quota

# So often a pool of any quotas has a least far above all its seats.
FAR = 0.05
SHARES = (Fraction(1), Fraction(1, 2), Fraction(1, 4))


def people_of(told: Sequence[str], *, homes: Mapping[int, str] | None = None) -> list[Person]:
    """Return people p0, p1 … by their features: "old oppose"."""
    homes = homes or {}
    return [
        Person(f"p{n}", tuple(features.split()), homes.get(n, ""))
        for n, features in enumerate(told)
    ]


def a_house(size: int = 4) -> Pool:
    """Twelve people in nine homes, of whom five are against."""
    told = ["old oppose", "old support", "young support", "young oppose"] * 2
    told += ["old support", "young oppose", "young support", "old support"]
    homes = {1: "A", 2: "A", 5: "B", 6: "B", 10: "C", 11: "C"}
    quotas = [
        Quota("age", "old", 1, 3),
        Quota("age", "young", 1, 3),
        Quota("camp", "oppose", 2, size),
        Quota("camp", "support", 0, size),
    ]
    return Pool(people_of(told, homes=homes), ("age", "camp"), quotas, size)


def a_shed() -> Pool:
    """Six people for three seats: one must be there, two share a home, a child is in no panel."""
    told = ["old oppose", "old support", "young oppose", "young support", "old support"]
    quotas = [
        Quota("age", "old", 1, 3),
        Quota("age", "young", 0, 2),
        Quota("age", "child", 0, 0),
        Quota("camp", "oppose", 1, 2),
        Quota("camp", "support", 0, 2),
    ]
    people = people_of([*told, "child support"], homes={1: "A", 2: "A"})
    return Pool(people, ("age", "camp"), quotas, 3, {"p0": "住在车棚里"})


def without(pool: Pool, quota: Quota) -> Pool:
    """Return the same pool as if this quota had not been asked for."""
    free = replace(quota, least=0, most=pool.size)
    return replace(pool, quotas=[free if one == quota else one for one in pool.quotas])


def any_pool(seed: int) -> Pool:
    """Return a pool of at most nine: quotas around a panel, or any; homes, weights, a must-in."""
    chance = random.Random(seed)
    count, size = chance.randint(4, 9), chance.randint(2, 3)
    features = [
        [f"{kind}{n}" for n in range(chance.randint(2, 3))]
        for kind in "abcd"[: chance.randint(1, 4)]
    ]
    people = [
        Person(
            f"p{n}",
            tuple(chance.choice(some) for some in features),
            chance.choice(["", "H1", "H2", "H3"]) if seed % 2 else "",
            chance.choice(SHARES) if seed % 3 == 0 else Fraction(1),
        )
        for n in range(count)
    ]
    near = chance.sample(people, size) if seed % 4 else None
    quotas = [
        Quota(str(kind), one, *_bounds(chance, near, kind, one))
        for kind, some in enumerate(features)
        for one in some
    ]
    musts = {"p0": "lives there"} if seed % 5 == 0 else {}
    return Pool(people, tuple(map(str, range(len(features)))), quotas, size, musts)


def _bounds(
    chance: random.Random, near: Sequence[Person] | None, kind: int, feature: str
) -> tuple[int, int]:
    if near is None:
        least = chance.randint(0, 1)
        least += 20 * (chance.random() < FAR)
        return least, least + chance.randint(0, 3)
    there = sum(one.features[kind] == feature for one in near)
    return max(0, there - chance.choice([0, 0, 1])), there + chance.choice([0, 0, 1])


def a_tight_pool(count: int, size: int, *, seed: int, slack: int) -> Pool:
    """Return a pool with eight categories whose quotas leave hardly any choice."""
    chance = random.Random(seed)
    features = [[f"{kind}-{n}" for n in range(chance.randint(2, 5))] for kind in range(8)]
    weights = [[chance.random() + 0.2 for _ in some] for some in features]
    people = [
        Person(
            f"p{n}",
            tuple(chance.choices(some, of)[0] for some, of in zip(features, weights, strict=True)),
            f"H{chance.randrange(count * 6 // 10)}",
        )
        for n in range(count)
    ]
    homes = {one.household: one for one in chance.sample(people, count)}
    near = chance.sample(list(homes.values()), size)
    quotas = []
    for kind, some in enumerate(features):
        for feature in some:
            there = sum(one.features[kind] == feature for one in near)
            quotas.append(Quota(str(kind), feature, max(0, there - slack), there + slack))
    return Pool(people, tuple(map(str, range(8))), quotas, size)
