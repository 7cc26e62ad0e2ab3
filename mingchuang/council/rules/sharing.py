"""How widely the sittings of a council are shared among the residents. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

# The share of people whose seats are looked at: who came most often.
TENTH = 10


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


class Span(NamedTuple):
    """A time: how many seats were taken by how many people, how many of these seats by somebody
    who never sat before, and how many by the one, and by the tenth of people (at least one), who
    sat most often."""

    places: int
    different: int
    newcomers: int
    most: int
    tenth: int
    theirs: int


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


def years_of(sat: Iterable[Sat], days: Mapping[int, date]) -> Mapping[int, Span]:
    """Return each year in which somebody sat, the earliest first; told are the sittings in the
    order they were opened, and the day of each."""
    rows = list(dict.fromkeys(sat))
    years = sorted({days[one.sitting].year for one in rows})
    return {
        year: _span(rows, {number for number, day in days.items() if day.year == year})
        for year in years
    }


def span_since(sat: Iterable[Sat], days: Mapping[int, date], first: date) -> Span | None:
    """Return the time from this day on, if somebody sat in it."""
    rows = list(dict.fromkeys(sat))
    lately = {number for number, day in days.items() if day >= first}
    return _span(rows, lately) if any(one.sitting in lately for one in rows) else None


def _span(rows: Sequence[Sat], sittings: set[int]) -> Span:
    first = {one.person: one for one in reversed(rows)}
    there = [one for one in rows if one.sitting in sittings]
    times = sorted(Counter(one.person for one in there).values(), reverse=True)
    new = sum(first[one.person] == one for one in there)
    tenth = -(-len(times) // TENTH)
    return Span(len(there), len(times), new, times[0], tenth, sum(times[:tenth]))
