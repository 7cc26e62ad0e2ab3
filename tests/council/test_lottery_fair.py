"""The fairest lottery, held against brute force: every panel, and programmes in fractions."""

from fractions import Fraction
from itertools import combinations
from time import perf_counter

import numpy as np
import pytest

from mingchuang.council.rules.lottery.classes import outside, problem_of
from mingchuang.council.rules.lottery.columns import Proved, generated
from mingchuang.council.rules.lottery.fair import fairest
from mingchuang.council.rules.lottery.peel import average
from mingchuang.council.rules.lottery.pool import Pool, Quota
from mingchuang.council.rules.lottery.relax import smallest_relaxation
from mingchuang.council.rules.lottery.solve import Answer, Impossible, solved
from mingchuang.council.rules.lottery.top import lowest_top
from mingchuang.council.rules.lottery.watch import Watch
from mingchuang.council.words.lottery import impossible_sentences
from tests.council.exact import exact_leximin, homes_are_apart, off_by, panels_of
from tests.council.lots import a_house, a_tight_pool, any_pool, people_of

SEEDS = range(400)
BLOCKS = [SEEDS[start : start + 20] for start in range(0, len(SEEDS), 20)]
CLOSE = 1e-6
RELAXED = {
    "category": "age",
    "feature": "old",
    "min": 1,
    "max": 3,
    "to_min": 0,
    "to_max": 3,
}


def can_be_drawn(pool: Pool) -> bool:
    return len(outside(pool)) < len(pool.people)


def exact_chances(pool: Pool) -> dict[int, float]:
    """Return the fairest chance of everybody who may be drawn, by brute force."""
    chances = exact_leximin(pool, panels_of(pool))
    return {
        place: float(chances[place])
        for place, one in enumerate(pool.people)
        if one.id not in outside(pool)
    }


def chances_of(answer: Answer) -> dict[int, float]:
    pairs = zip(answer.problem.classes, answer.chances, strict=True)
    return {place: float(chance) for one, chance in pairs for place in one.members}


def exact_relaxation(pool: Pool) -> int | None:
    """Return the fewest seats by which any set of people oversteps the quotas."""
    musts = {place for place, one in enumerate(pool.people) if one.id in pool.musts}
    chosen = (
        [pool.people[place] for place in some]
        for some in combinations(range(len(pool.people)), pool.size)
        if musts <= set(some)
    )
    return min((off_by(pool, some) for some in chosen if homes_are_apart(some)), default=None)


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: f"from_{seeds[0]}")
def test_nobody_finds_a_fairer_lottery(seeds: range) -> None:
    pools = [pool for pool in map(any_pool, seeds) if can_be_drawn(pool) and panels_of(pool)]

    answers = [solved(pool, Watch()) for pool in pools]

    for pool, answer in zip(pools, answers, strict=True):
        assert isinstance(answer, Answer)
        assert answer.proved is Proved.ALL
        assert chances_of(answer) == pytest.approx(exact_chances(pool), abs=CLOSE)
        assert 0 <= answer.bound - answer.floor <= CLOSE


@pytest.mark.parametrize("seeds", BLOCKS[::3], ids=lambda seeds: f"from_{seeds[0]}")
def test_column_by_column_it_is_as_fair_as_taken_apart(seeds: range) -> None:
    pools = [pool for pool in map(any_pool, seeds) if can_be_drawn(pool) and panels_of(pool)]

    for pool in pools:
        problem = problem_of(pool)
        panel = smallest_relaxation(problem)
        assert panel
        made = generated(problem, [panel.panel], Watch())
        chances = average(made.taken, len(problem.classes)) / problem.sizes
        exact = exact_chances(pool)
        told = {p: float(chances[at]) for at, c in enumerate(problem.classes) for p in c.members}
        assert made.proved is Proved.ALL
        assert told == pytest.approx(exact, abs=CLOSE)
        unseated = {place for one in made.never for place in problem.classes[one].members}
        assert unseated == {place for place, chance in exact.items() if not chance}


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: f"from_{seeds[0]}")
def test_quotas_nobody_can_keep_are_relaxed_as_little_as_can_be(seeds: range) -> None:
    pools = [pool for pool in map(any_pool, seeds) if can_be_drawn(pool) and not panels_of(pool)]

    for pool in pools:
        answer = solved(pool, Watch())
        assert isinstance(answer, Impossible)
        seats = exact_relaxation(pool)
        given = answer.relaxation and sum(
            one.quota.least - one.least + one.most - one.quota.most
            for one in answer.relaxation.quotas
        )
        assert given == seats


def test_the_random_pools_are_of_every_sort() -> None:
    pools = [pool for pool in map(any_pool, SEEDS) if can_be_drawn(pool)]

    possible = [pool for pool in pools if panels_of(pool)]

    assert len(possible) >= 200
    assert len(pools) - len(possible) >= 50
    assert sum(min(exact_chances(pool).values()) == 0 for pool in possible[:60]) >= 10


def test_a_bound_holds_for_every_lottery_and_its_proof_is_in_whole_numbers() -> None:
    answer = solved(a_house(3), Watch())

    assert isinstance(answer, Answer)
    assert all(isinstance(worth, int) for worth in answer.worths)
    exact = exact_leximin(a_house(3), panels_of(a_house(3)))
    assert answer.bound >= min(exact)
    assert float(answer.bound) == pytest.approx(float(min(exact)), abs=1e-8)


def test_who_sat_often_has_a_chance_in_proportion() -> None:
    people = a_house(3).people
    turns = {"p1": Fraction(1, 2), "p2": Fraction(1, 4)}
    weighed = [
        type(one)(one.id, one.features, "", turns.get(one.id, Fraction(1))) for one in people
    ]
    pool = Pool(weighed, ("age", "camp"), a_house(3).quotas, 3)

    answer = solved(pool, Watch())

    assert isinstance(answer, Answer)
    chances = chances_of(answer)
    assert chances[1] == pytest.approx(chances[4 + 1] / 2, abs=CLOSE)
    assert chances[2] == pytest.approx(chances[4 + 2] / 4, abs=CLOSE)


def test_the_least_top_is_never_above_the_one_of_leximin() -> None:
    problem = problem_of(a_house(3))
    fair = fairest(problem)

    top = lowest_top(problem, fair.floor * (1 - 1e-9))

    assert top is not None
    assert fair.floor - CLOSE <= top <= float(np.max(fair.seats / problem.scale)) + CLOSE


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "slack"), [(1, 1), (2, 1), (3, 1), (1, 0), (2, 0)])
def test_eight_quotas_without_play_end_in_time_with_a_certified_gap(seed: int, slack: int) -> None:
    pool, began = a_tight_pool(120, 12, seed=seed, slack=slack), perf_counter()

    answer = solved(pool, Watch(perf_counter, began + 8))

    assert perf_counter() - began < 30
    assert isinstance(answer, Answer)
    assert answer.proved is not Proved.GAP or answer.bound > answer.floor
    assert 0 <= answer.bound - answer.floor <= Fraction(1, 20)
    assert all(answer.problem.holds(panel) for _part, panel in answer.lottery.parts)
    assert all(answer.problem.holds(panel) for panel in answer.tickets)
    assert len(answer.tickets) == 1000


def test_what_is_possible_as_asked_is_never_called_impossible() -> None:
    """Each quota is met by one known panel alone, and still it is found."""
    pools = [a_tight_pool(120, 12, seed=seed, slack=0) for seed in range(1, 5)]

    for pool in pools:
        relaxation = smallest_relaxation(problem_of(pool))
        assert relaxation is not None
        assert relaxation.quotas == []


@pytest.mark.parametrize("least", [4, 9, 60, 5000])
def test_a_least_far_above_the_seats_falls_to_what_can_be_seated(least: int) -> None:
    people = people_of(["old", "old", "young", "young"])
    quotas = [Quota("age", "old", least, least), Quota("age", "young", 0, 2)]

    relaxation = smallest_relaxation(problem_of(Pool(people, ("age",), quotas, 2)))

    assert relaxation is not None
    assert relaxation.smallest
    assert [(one.quota, one.least) for one in relaxation.quotas] == [(quotas[0], 2)]


def test_where_time_is_over_nothing_is_called_the_smallest_change() -> None:
    facts = {"relaxation": [RELAXED], "homes": 6, "smallest": False}

    head, change = impossible_sentences(facts)

    assert "不一定最小" in head
    assert "把 1–3 改成 0–3" in change
