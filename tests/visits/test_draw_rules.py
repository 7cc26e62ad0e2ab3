"""A draw is the same for whoever makes it again, and equally likely to fall any way."""

import hashlib
import math
from collections import Counter
from datetime import time
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.visits.rules.draw import Entrant, drawn, listed, lot_of, mark_of, outcome, sha256
from mingchuang.visits.rules.standby import Free, Part

SEED, BEACON = "5eed", "bea0"
CODES = ("a1", "b2", "c3", "d4")
# Chi-square with 23 degrees of freedom passes 55.2 once in five thousand.
UNLIKELY = 55.2

entrants = st.lists(
    st.builds(
        lambda n, persons, part: Entrant(mark_of(str(n)), persons, part),
        st.integers(0, 10**6),
        st.integers(1, 5),
        st.sampled_from(Part),
    ),
    unique_by=lambda one: one.mark,
    max_size=12,
)
slots = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 6)), max_size=5).map(
    lambda found: [Free(n, time(hour), places) for n, (hour, places) in enumerate(found)]
)


def an_entrant(code: str, persons: int = 1, part: Part = Part.ANY) -> Entrant:
    return Entrant(mark_of(code), persons, part)


def test_the_lots_are_those_that_any_sha256_gives() -> None:
    by_hand = hashlib.sha256(b"5eed|bea0|" + hashlib.sha256(b"a1").hexdigest().encode())

    assert mark_of("a1") == "f55ff16f66f43360266b95db6f8fec01d76031054306ae4a4b380598f6cfd114"
    assert lot_of(mark_of("a1"), seed=SEED, beacon=BEACON) == by_hand.hexdigest()


def test_the_list_is_sorted_and_says_how_many_come_and_when() -> None:
    entrants = [an_entrant("b2", 2, Part.MORNING), an_entrant("a1")]

    lines = listed(entrants).splitlines()

    assert lines == sorted([f"{mark_of('b2')} 2 am", f"{mark_of('a1')} 1 any"])
    assert sha256(listed(entrants)) == sha256(listed(reversed(entrants)))


def test_each_order_is_equally_likely() -> None:
    dice, rounds = Random(1), 24_000
    people = [an_entrant(code) for code in CODES]

    found = Counter(
        tuple(
            one.mark for one in drawn(people, seed=f"{dice.getrandbits(256):064x}", beacon=BEACON)
        )
        for _ in range(rounds)
    )

    orders, mean = list(permutations(mark_of(code) for code in CODES)), rounds / math.factorial(4)
    assert sum((found[order] - mean) ** 2 / mean for order in orders) < UNLIKELY


def test_the_beacon_alone_turns_the_order_as_the_seed_does() -> None:
    people = [an_entrant(code) for code in CODES]

    firsts = Counter(drawn(people, seed=SEED, beacon=str(n))[0].mark for n in range(8000))

    assert all(1800 < firsts[mark_of(code)] < 2200 for code in CODES)


@given(entrants, st.randoms(use_true_random=False))
def test_the_order_of_signing_up_plays_no_part(people: list[Entrant], dice: Random) -> None:
    shuffled = dice.sample(people, len(people))

    assert drawn(shuffled, seed=SEED, beacon=BEACON) == drawn(people, seed=SEED, beacon=BEACON)
    assert listed(shuffled) == listed(people)


@given(entrants, slots, st.integers(0, 20))
def test_a_group_gets_a_place_in_turn_if_it_still_fits(
    people: list[Entrant], free: list[Free[int]], quota: int
) -> None:
    found = outcome(people, free, quota=quota, seed=SEED, beacon=BEACON)

    persons = {one.mark: one.persons for one in people}
    places = {slot.key: slot.places for slot in free}
    for one in found.order:
        fits = quota >= one.persons and max(places.values(), default=0) >= one.persons
        assert (one.mark in found.slots) == fits
        quota -= persons[one.mark] * fits
        if fits:
            places[found.slots[one.mark]] -= one.persons
    assert sorted(found.order) == sorted(people)


def test_the_half_of_the_day_somebody_likes_is_kept_where_there_is_room() -> None:
    free = [Free("9:00", time(9), 1), Free("14:00", time(14), 1)]
    people = [an_entrant(code, part=Part.AFTERNOON) for code in CODES[:2]]

    first, second = outcome(people, free, quota=2, seed=SEED, beacon=BEACON).order

    slots = outcome(people, free, quota=2, seed=SEED, beacon=BEACON).slots
    assert (slots[first.mark], slots[second.mark]) == ("14:00", "9:00")
