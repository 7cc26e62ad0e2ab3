"""How widely the sittings of a council are shared among the residents. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Sat(NamedTuple):
    """One person who sat once: who, under whatever name finds them again, and in which sitting."""

    person: str
    sitting: int


class Step(NamedTuple):
    """After one more sitting: how many sat in it, how many of them never before, how many in all
    different people by then."""

    sitting: int
    people: int
    new: int
    different: int


class Sharing(NamedTuple):
    """Different people out of all places taken, how often each sat, and how that grew."""

    different: int
    places: int
    often: Mapping[int, int]
    steps: tuple[Step, ...]


def sharing_of(sat: Iterable[Sat]) -> Sharing:
    """Count who sat, told in the order the sittings were opened; who came twice to one counts in it
    once."""
    rows = list(dict.fromkeys(sat))
    times = Counter(one.person for one in rows)
    often = dict(sorted(Counter(times.values()).items()))
    return Sharing(len(times), len(rows), often, tuple(_steps(rows)))


def _steps(rows: list[Sat]) -> Iterable[Step]:
    seen: set[str] = set()
    for sitting in dict.fromkeys(one.sitting for one in rows):
        there = {one.person for one in rows if one.sitting == sitting}
        new = there - seen
        seen |= there
        yield Step(sitting, len(there), len(new), len(seen))
