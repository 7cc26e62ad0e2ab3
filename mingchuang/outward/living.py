"""A demo day that moves: invented people come, take numbers, are called and served, by the same
actions as real ones. Only for the demo town."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from mingchuang.base.errors import Refused
from mingchuang.hall.models import Window
from mingchuang.ledger.models import Entry
from mingchuang.outward.errors import NotTheDemoTown
from mingchuang.people.models import Person
from mingchuang.visits.actions import calling, passing
from mingchuang.visits.actions.desks import sign_on
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.errors import NobodyWaits
from mingchuang.visits.models import Desk, Line

# The last window stays free for whoever wants to try it.
SITE, CLERKS = "civic-centre", ("chuang1", "chuang2", "chuang3")
# The windows are busy for so much of the day: a line that moves, and does not grow for ever.
BUSY = 0.85
# One in seven by the green channel, one in twelve does not come when called.
GREEN, ABSENT = 1 / 7, 1 / 12
# Two in three of those passed over are only late.
LATE = 2 / 3
KINDS = ("elderly", "elderly", "pregnant", "disabled", "infant", "soldier")
# So many seconds from the call to the window, and until somebody who is not there is called again.
ON_THE_WAY, NOT_HEARD = 20.0, 45.0
# And so many until who was passed over is at the window after all, or given up.
GIVEN_UP = 90.0


@dataclass
class Place:
    """A window, its clerk, and what happens there next, and when."""

    clerk: Person
    next_at: datetime
    next: str = "call"
    passed_over: int = 0


@dataclass
class LivingHall:
    """So fast: at `speed` 1 as in life, at 10 ten times as fast."""

    dice: Random
    speed: float
    lines: Sequence[Line]
    places: list[Place] = field(default_factory=list)
    next_visit: datetime | None = None

    def live(self, now: datetime) -> Iterator[str]:
        """Let everything happen that is due by now; yield what did, in words of the ledger."""
        if self.next_visit is None or self.next_visit <= now:
            yield self._somebody_comes(now)
        for place in self.places:
            if place.next_at <= now:
                yield self._something_at(place, now)

    def later(self, now: datetime, seconds: float) -> datetime:
        """Return a moment about so many seconds of the hall later; never the same twice."""
        return now + timedelta(seconds=self.dice.expovariate(1 / seconds) / self.speed)

    def _something_at(self, place: Place, now: datetime) -> str:
        """Do what is next at a window; where somebody else did it meanwhile, begin anew."""
        try:
            return DOINGS[place.next](self, place, now)
        except NobodyWaits:
            return self._then(place, "call", 10, now)
        except Refused as refused:
            self._then(place, "finish" if place.next == "call" else "call", 5, now)
            return refused.code

    def call(self, place: Place, now: datetime) -> str:
        visit = calling.call_next(by=place.clerk, at=now)
        is_absent = self.dice.random() < ABSENT
        self._then(place, "recall" if is_absent else "start", ON_THE_WAY, now)
        return f"visit.called {visit}"

    def recall(self, place: Place, now: datetime) -> str:
        self._then(place, "skip", NOT_HEARD, now)
        return f"visit.recalled {calling.recall(by=place.clerk, at=now)}"

    def skip(self, place: Place, now: datetime) -> str:
        visit = calling.skip(by=place.clerk, at=now)
        place.passed_over = visit.pk
        self._then(place, "look_after", GIVEN_UP, now)
        return f"visit.skipped {visit}"

    def look_after(self, place: Place, now: datetime) -> str:
        """Let who was passed over wait again, or give them up."""
        self._then(place, "call", 5, now)
        visit, by = place.passed_over, place.clerk
        if self.dice.random() < LATE:
            return f"visit.came_back {calling.bring_back(visit, by=by, at=now)}"
        return f"visit.missed {passing.miss(visit, by=by, at=now)}"

    def start(self, place: Place, now: datetime) -> str:
        visit = calling.start(by=place.clerk, at=now)
        self._then(place, "finish", visit.line.minutes * 60, now)
        return f"visit.started {visit}"

    def finish(self, place: Place, now: datetime) -> str:
        self._then(place, "call", 10, now)
        return f"visit.finished {calling.finish(by=place.clerk, at=now)}"

    def _then(self, place: Place, doing: str, seconds: float, now: datetime) -> str:
        place.next, place.next_at = doing, self.later(now, seconds)
        return ""

    def _somebody_comes(self, now: datetime) -> str:
        line = self.dice.choice(self.lines)
        seconds = line.minutes * 60 / (BUSY * len(self.places))
        self.next_visit = self.later(now, seconds)
        green = self.dice.choice(KINDS) if self.dice.random() < GREEN else ""
        key = f"living-{uuid.UUID(int=self.dice.getrandbits(128))}"
        return f"visit.issued {issue_visit(line, key=key, origin='kiosk', green=green, at=now)}"


DOINGS: Mapping[str, Callable[[LivingHall, Place, datetime], str]] = {
    "call": LivingHall.call,
    "recall": LivingHall.recall,
    "skip": LivingHall.skip,
    "look_after": LivingHall.look_after,
    "start": LivingHall.start,
    "finish": LivingHall.finish,
}


def living_hall(*, speed: float, seed: int, now: datetime) -> LivingHall:
    """Return the hall of the demo town with a clerk at each window; refused in any other town."""
    if not Entry.objects.filter(subject="town:demo", verb="town.built").exists():
        raise NotTheDemoTown
    lines = list(Line.objects.filter(site__code=SITE, active=True).select_related("site"))
    hall = LivingHall(Random(seed), speed, lines)  # noqa: S311  a play
    clerks = Person.objects.filter(username__in=CLERKS).order_by("username")
    windows = Window.objects.filter(site__code=SITE).order_by("number")
    for clerk, window in zip(clerks, windows, strict=False):
        _at(window, clerk, now)
        hall.places.append(Place(clerk, hall.later(now, 10)))
    return hall


def _at(window: Window, clerk: Person, now: datetime) -> None:
    if not Desk.objects.filter(window=window, person=clerk, until__isnull=True).exists():
        sign_on(window.pk, by=clerk, at=now, shows_name=True, languages="普通话、宁波话")
