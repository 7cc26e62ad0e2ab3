"""Who looks again and again sees every entry once, in whatever order it is committed."""

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.rules.arrivals import LOOK_BACK, PATIENCE, Arrivals


@given(st.permutations(range(1, 30)), st.lists(st.integers(0, 6), min_size=40, max_size=40))
def test_every_number_is_seen_once_in_whatever_order_it_appears(
    order: list[int], paces: list[int]
) -> None:
    arrivals, there, seen = Arrivals(0), set[int](), list[int]()
    coming = list(order)

    for moment, pace in enumerate([*paces, len(order)]):
        there |= {coming.pop(0) for _ in range(min(pace, len(coming)))}
        asked = {n for n in there if n > arrivals.last or n in arrivals.missing}
        seen += arrivals.take(asked, now=float(moment))

    assert sorted(seen) == sorted(order)


def test_what_was_written_just_before_somebody_began_is_waited_for() -> None:
    arrivals = Arrivals(1000)
    arrivals.take([997, 998, 1000], now=0.0)

    assert 999 in arrivals.missing
    assert arrivals.take([999], now=1.0) == [999]
    assert min(arrivals.missing) == 1000 - LOOK_BACK + 1


def test_a_number_that_never_comes_is_not_waited_for_for_ever() -> None:
    arrivals = Arrivals(0)
    arrivals.take([1, 3], now=0.0)

    arrivals.take([4], now=PATIENCE)

    assert arrivals.missing == []
