"""What the figures of ratings count; none is shown without what it is a share of (promise P7)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from mingchuang.cases.rules.figures import Period
from mingchuang.reviews.rules.life import EXCLUDED, Finding
from mingchuang.reviews.rules.ratings import GRADES, Origin, is_bad

# Fewer first words than these on one service, or in a month that runs, would tell who gave them.
# Our own number.
FEWEST = 5


class Name(StrEnum):
    """The rates."""

    VOICE = "voice"
    GOOD = "good"
    BAD = "bad"
    VERIFIED = "verified"
    CALLED = "called"
    RECTIFIED = "rectified"


@dataclass(frozen=True)
class Share:
    """A part, what it is a part of, and how many are not counted yet, since their time runs."""

    name: Name
    part: int
    whole: int
    running: int = 0


class Begun(NamedTuple):
    """Of bad ratings: verified in time, had to be or are, and not yet due."""

    kept: int = 0
    due: int = 0
    running: int = 0


@dataclass(frozen=True)
class Counted:
    """Of one period: first ratings by whose word and grade, findings, events, and what was owed.

    `events` are visits that were called and cases that ended, `voiced` those of them that a
    citizen rated. `reachable` bad ratings left a way to call back, `reached` were spoken to.
    `found` tells by whose badge, too.
    `due` rectifications had to be answered by now, `kept` were in time; `begun` tells the same of
    their verification.
    """

    grades: Mapping[tuple[Origin, int], int] = field(default_factory=dict)
    found: Mapping[tuple[Finding, str], int] = field(default_factory=dict)
    events: int = 0
    voiced: int = 0
    reachable: int = 0
    reached: int = 0
    due: int = 0
    kept: int = 0
    begun: Begun = field(default_factory=Begun)
    tags: Mapping[int, int] = field(default_factory=dict)

    @property
    def voices(self) -> Counter[int]:
        """How many citizens gave which grade, the excluded ones too."""
        given = {grade: self.grades.get((Origin.CITIZEN, grade), 0) for grade in GRADES}
        return Counter(given)

    @property
    def voiced_in_all(self) -> int:
        return sum(self.voices.values())

    @property
    def excluded(self) -> dict[tuple[Finding, str], int]:
        """Why ratings do not count and who found so by their badge, and how many of each."""
        return {one: many for one, many in self.found.items() if one[0] in EXCLUDED and many}

    @property
    def others(self) -> dict[Origin, int]:
        """What was said by others than citizens, and counts in no rate."""
        totals: Counter[Origin] = Counter()
        for (origin, _grade), many in self.grades.items():
            totals[origin] += many
        return {one: many for one, many in totals.items() if one != Origin.CITIZEN and many}

    @property
    def bad(self) -> int:
        """Bad ratings that count: only bad ones are ever excluded."""
        given = sum(many for grade, many in self.voices.items() if is_bad(grade))
        return given - sum(self.excluded.values())

    @property
    def valid(self) -> int:
        return self.voiced_in_all - sum(self.excluded.values())

    @property
    def shares(self) -> list[Share]:
        return [
            Share(Name.VOICE, self.voiced, self.events),
            Share(Name.GOOD, self.valid - self.bad, self.valid),
            Share(Name.BAD, self.bad, self.valid),
            Share(Name.VERIFIED, *self.begun),
            Share(Name.CALLED, self.reached, self.reachable),
            Share(Name.RECTIFIED, self.kept, self.due),
        ]


def begun_in(steps: Iterable[tuple[datetime | None, datetime]], now: datetime) -> Begun:
    """Count bad ratings, each by when its first step was taken, None where none was, and by when
    it was due: late counts against us, taken or not, and before its time nothing does."""
    so: Counter[str] = Counter()
    for first, due in steps:
        if first is not None and first < due:
            so["kept"] += 1
        else:
            so["late" if first is not None or due <= now else "running"] += 1
    return Begun(so["kept"], so["kept"] + so["late"], so["running"])


def told_days(period: Period, today: date) -> Period:
    """Return the days of a month that may be told: all of one that is over, else those before
    today; none on the first of a month, where the last lies before the first."""
    return replace(period, last=min(period.last, today - timedelta(days=1)))


def is_told(said: Counted, period: Period, today: date) -> bool:
    """Say whether what was counted may be told: of a month that runs only where enough rated."""
    return period.last < today or said.voiced_in_all >= FEWEST


def told_apart(of_each: Mapping[int, Counted]) -> frozenset[int]:
    """Return which services may be shown by themselves: those with enough first words, while the
    others together are nobody's or enough as well, so that they cannot be reckoned out of the sum.
    """
    said = {item: one.voiced_in_all for item, one in of_each.items()}
    shown = sorted((item for item, many in said.items() if many >= FEWEST), key=lambda i: said[i])
    left = sum(said.values()) - sum(said[item] for item in shown)
    while shown and 0 < left < FEWEST:
        left += said[shown.pop(0)]
    return frozenset(shown)
