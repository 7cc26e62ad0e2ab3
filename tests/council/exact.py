"""The fairest lottery by brute force: every panel, and a simplex in fractions. Slow and sure."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from mingchuang.council.rules.lottery.classes import outside
from mingchuang.council.rules.lottery.pool import Person, Pool

Row = list[Fraction]


def panels_of(pool: Pool) -> list[tuple[int, ...]]:
    """Return every set of people that keeps size, quotas, must-ins and households."""
    musts = {place for place, one in enumerate(pool.people) if one.id in pool.musts}
    return [
        chosen
        for chosen in combinations(range(len(pool.people)), pool.size)
        if musts <= set(chosen) and _is_panel(pool, [pool.people[place] for place in chosen])
    ]


def _is_panel(pool: Pool, chosen: Sequence[Person]) -> bool:
    return homes_are_apart(chosen) and not off_by(pool, chosen)


def homes_are_apart(chosen: Sequence[Person]) -> bool:
    homes = [one.household for one in chosen if one.household]
    return len(homes) == len(set(homes))


def off_by(pool: Pool, chosen: Sequence[Person]) -> int:
    """Return by how many seats these people overstep the quotas."""
    told = [pair for one in chosen for pair in zip(pool.categories, one.features, strict=True)]
    counts = [(quota, told.count(quota.key)) for quota in pool.quotas]
    return sum(max(0, quota.least - n, n - quota.most) for quota, n in counts)


def exact_leximin(pool: Pool, panels: Sequence[tuple[int, ...]]) -> list[Fraction]:
    """Return the chance of everybody in the fairest lottery over these panels."""
    out = outside(pool)
    loose = [place for place, one in enumerate(pool.people) if one.id not in out]
    levels: dict[int, Fraction] = {}
    while loose:
        level = _highest(pool, panels, loose, levels)
        held = [one for one in loose if not _may_rise(pool, panels, one, loose, levels, level)]
        levels |= dict.fromkeys(held, level)
        loose = [one for one in loose if one not in levels]
    return [
        levels[place] * one.weight if place in levels else Fraction(one.id in pool.musts)
        for place, one in enumerate(pool.people)
    ]


def _chances(pool: Pool, panels: Sequence[tuple[int, ...]], place: int) -> Row:
    weight = pool.people[place].weight
    return [Fraction(place in panel) / weight for panel in panels]


def _highest(
    pool: Pool, panels: Sequence[tuple[int, ...]], loose: Sequence[int], levels: dict[int, Fraction]
) -> Fraction:
    """Return the highest level at which all who are loose can be."""
    one, zero = Fraction(1), Fraction(0)
    rows = [([*_chances(pool, panels, place), -one], zero) for place in loose]
    rows += [([*_chances(pool, panels, place), zero], levels[place]) for place in levels]
    return maximum([zero] * len(panels) + [one], rows, [one] * len(panels) + [zero])


def _may_rise(
    pool: Pool,
    panels: Sequence[tuple[int, ...]],
    who: int,
    loose: Sequence[int],
    levels: dict[int, Fraction],
    level: Fraction,
) -> bool:
    """Return whether this one may be above the level while nobody is below theirs."""
    kept = dict.fromkeys(loose, level) | levels
    rows = [(_chances(pool, panels, place), kept[place]) for place in kept]
    return maximum(_chances(pool, panels, who), rows, [Fraction(1)] * len(panels)) > level


def maximum(cost: Row, at_least: list[tuple[Row, Fraction]], weights: Row) -> Fraction:
    """Maximise cost · x over x ≥ 0 with row · x ≥ bound for each and weights · x = 1.

    The simplex with two phases and Bland's rule, so that it ends; all in fractions.
    """
    n, m = len(cost), len(at_least)
    zero, one = Fraction(0), Fraction(1)
    table: list[Row] = []
    for i, (row, bound) in enumerate(at_least):
        surplus = [-one if i == j else zero for j in range(m)]
        made = [one if i == j else zero for j in range(m + 1)]
        table.append([*row, *surplus, *made, bound])
    table.append([*weights, *[zero] * m, *[one if j == m else zero for j in range(m + 1)], one])
    width = n + 2 * m + 1
    basis = [n + m + i for i in range(m + 1)]
    _climb(table, basis, [zero] * (n + m) + [-one] * (m + 1), width)
    _drive_out(table, basis, n + m)
    return _climb(table, basis, [*cost, *[zero] * m], n + m)


def _drive_out(table: list[Row], basis: list[int], real: int) -> None:
    """Let no made-up column stay in the basis."""
    for i, held in enumerate(basis):
        if held >= real:
            assert table[i][-1] == 0, "infeasible"
            into = next((j for j in range(real) if table[i][j]), None)
            if into is not None:
                _pivot(table, basis, i, into)


def _climb(table: list[Row], basis: list[int], cost: Row, width: int) -> Fraction:
    cost = [*cost, *[Fraction(0)] * (len(table[0]) - 1 - len(cost))]
    while True:
        into = next(_gains(table, basis, cost, width), None)
        if into is None:
            pairs = zip(basis, table, strict=True)
            return sum((cost[held] * row[-1] for held, row in pairs), Fraction(0))
        ratios = [
            (row[-1] / row[into], basis[i], i) for i, row in enumerate(table) if row[into] > 0
        ]
        _pivot(table, basis, min(ratios)[2], into)


def _gains(table: list[Row], basis: list[int], cost: Row, width: int) -> Iterator[int]:
    priced = [(cost[held], row) for held, row in zip(basis, table, strict=True) if cost[held]]
    for j in range(width):
        if j not in basis and cost[j] > sum((price * row[j] for price, row in priced), Fraction(0)):
            yield j


def _pivot(table: list[Row], basis: list[int], at: int, into: int) -> None:
    pivot = table[at][into]
    table[at] = [value / pivot for value in table[at]]
    for i, row in enumerate(table):
        if i != at and row[into]:
            factor = row[into]
            pairs = zip(row, table[at], strict=True)
            table[i] = [value - factor * other for value, other in pairs]
    basis[at] = into
