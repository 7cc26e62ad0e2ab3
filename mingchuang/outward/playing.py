"""A hall that moves: invented people come, take numbers, are called and served, by the same
actions as real ones. Only for the demo town."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from mingchuang.base.errors import Refused
from mingchuang.hall.models import Window
from mingchuang.ledger.models import Entry
from mingchuang.outward.errors import NotTheDemoTown
from mingchuang.people.models import Person
from mingchuang.visits.actions import calling, passing
from mingchuang.visits.actions.desks import come_back, sign_on
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.errors import NobodyWaits
from mingchuang.visits.models import Desk, Line, Visit
from mingchuang.visits.queries.waiting import lines_of

Errand = Callable[[datetime], str]
# The windows are busy for so much of the day: a line that moves, and does not grow for ever.
BUSY = 0.85
# One in seven by the green channel, one in twelve does not come when called.
GREEN, ABSENT = 1 / 7, 1 / 12
# One in twenty has a form to fill in, and is put aside for as long as the next one takes.
FORM = 1 / 20
# Two in three of those passed over are only late.
LATE = 2 / 3
KINDS = ("elderly", "elderly", "pregnant", "disabled", "infant", "soldier")
# So many seconds from the call to the window, and until somebody who is not there is called again.
ON_THE_WAY, NOT_HEARD = 20.0, 45.0
# And so many until who was passed over is at the window after all, or given up.
GIVEN_UP = 90.0
# So many from one visit to the next call; and a form takes so much of a visit.
A_BREATH, OF_A_VISIT = 10.0, 0.3


@dataclass
class Place:
    """A window, its clerk, the lines it calls, and what happens there next, and when."""

    clerk: Person
    lines: Sequence[Line]
    next_at: datetime
    next: str = "call"
    passed_over: int = 0
    put_aside: int = 0
    is_free: bool = False


@dataclass
class PlayedHall:
    """So fast: at `speed` 1 as in life, at 10 ten times as fast. A free window looks round by
    itself every so many seconds: somebody who is no part of the play may have come."""

    dice: Random
    lines: Sequence[Line]
    speed: float = 1.0
    looks_round: float = A_BREATH
    places: list[Place] = field(default_factory=list)
    errands: list[tuple[datetime, int, Errand]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def live(self, now: datetime) -> Iterator[str]:
        """Let everything happen that is due by now; yield what did, in words of the ledger."""
        while self.errands and self.errands[0][0] <= now:
            yield heappop(self.errands)[-1](now)
        for place in self.places:
            if place.next_at <= now:
                yield self._something_at(place, now)

    @property
    def next_at(self) -> datetime:
        """When something happens next."""
        return min([place.next_at for place in self.places] + [one[0] for one in self.errands[:1]])

    def plan(self, at: datetime, errand: Errand) -> None:
        """Let this happen at that time."""
        heappush(self.errands, (at, next(self._order), errand))

    def later(self, now: datetime, seconds: float) -> datetime:
        """Return a moment about so many seconds of the hall later; never the same twice."""
        return now + timedelta(seconds=self.dice.expovariate(1 / seconds) / self.speed)

    def windows_for(self, line: Line) -> int:
        return sum(line in place.lines for place in self.places)

    def walk_in(self, line: Line, now: datetime) -> Visit:
        """Let somebody take a number."""
        green = self.dice.choice(KINDS) if self.dice.random() < GREEN else ""
        visit = issue_visit(line, key=self.a_key(), origin="kiosk", green=green, at=now)
        self.has_come(line, now)
        return visit

    def has_come(self, line: Line, now: datetime) -> None:
        """Let a free window know that there is somebody in the line."""
        for place in self.places:
            if place.is_free and line in place.lines:
                self._then(place, "call", A_BREATH, now)
                return

    def a_key(self) -> str:
        return f"living-{uuid.UUID(int=self.dice.getrandbits(128))}"

    def _something_at(self, place: Place, now: datetime) -> str:
        """Do what is next at a window; where somebody else did it meanwhile, begin anew."""
        try:
            return DOINGS[place.next](self, place, now)
        except NobodyWaits:
            self._then(place, *self._in_quiet(place), now)
            place.is_free = place.next == "call"
            return ""
        except Refused as refused:
            self._then(place, "finish" if place.next == "call" else "call", 5, now)
            return str(refused)

    def _in_quiet(self, place: Place) -> tuple[str, float]:
        return ("take_up", A_BREATH) if place.put_aside else ("call", self.looks_round)

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
        has_a_form = not place.put_aside and self.dice.random() < FORM
        seconds = visit.line.minutes * 60 * (OF_A_VISIT if has_a_form else 1)
        self._serve(place, "park" if has_a_form else "finish", seconds, now)
        return f"visit.started {visit}"

    def park(self, place: Place, now: datetime) -> str:
        visit = calling.park(by=place.clerk, at=now)
        place.put_aside = visit.pk
        self._then(place, "call", A_BREATH, now)
        return f"visit.parked {visit}"

    def take_up(self, place: Place, now: datetime) -> str:
        put_aside, place.put_aside = place.put_aside, 0
        visit = calling.take_up(put_aside, by=place.clerk, at=now)
        self._serve(place, "finish", visit.line.minutes * 60 * (1 - OF_A_VISIT), now)
        return f"visit.taken_up {visit}"

    def finish(self, place: Place, now: datetime) -> str:
        self._then(place, "take_up" if place.put_aside else "call", A_BREATH, now)
        return f"visit.finished {calling.finish(by=place.clerk, at=now)}"

    def _serve(self, place: Place, doing: str, seconds: float, now: datetime) -> None:
        """Visits take about as long as they should: few of them no time at all."""
        took = self.dice.gammavariate(4, seconds / 4) / self.speed
        place.next, place.next_at = doing, now + timedelta(seconds=took)

    def _then(self, place: Place, doing: str, seconds: float, now: datetime) -> None:
        place.next, place.next_at = doing, self.later(now, seconds)
        place.is_free = False


DOINGS: Mapping[str, Callable[[PlayedHall, Place, datetime], str]] = {
    "call": PlayedHall.call,
    "recall": PlayedHall.recall,
    "skip": PlayedHall.skip,
    "look_after": PlayedHall.look_after,
    "start": PlayedHall.start,
    "park": PlayedHall.park,
    "take_up": PlayedHall.take_up,
    "finish": PlayedHall.finish,
}


def is_demo_town() -> bool:
    return Entry.objects.filter(subject="town:demo", verb="town.built").exists()


def must_be_the_demo_town() -> None:
    if not is_demo_town():
        raise NotTheDemoTown


def opened_hall(
    code: str,
    clerks: Collection[str],
    *,
    dice: Random,
    now: datetime,
    speed: float = 1.0,
    looks_round: float = A_BREATH,
) -> PlayedHall:
    """Return a hall of the demo town with these clerks at its first windows, or where they were
    left sitting; refused in any other town."""
    must_be_the_demo_town()
    lines = list(Line.objects.filter(site__code=code, active=True).select_related("site"))
    hall = PlayedHall(dice, lines, speed, looks_round)
    people = Person.objects.filter(username__in=clerks).order_by("username")
    desks = list(Desk.objects.filter(until__isnull=True).select_related("window__site", "person"))
    free = _free_windows(code, desks, many=len(clerks))
    for clerk in people:
        desk = _desk_left(desks, clerk, now) or _sit_down(next(free, None), clerk, now)
        if desk is not None and desk.window.site.code == code:
            begins = hall.later(now, A_BREATH)
            hall.places.append(Place(clerk, lines_of(desk.window), begins))
    return hall


def _free_windows(code: str, desks: Collection[Desk], *, many: int) -> Iterator[Window]:
    """Yield the first windows of a hall at which nobody sits."""
    windows = Window.objects.filter(site__code=code).select_related("site").order_by("number")
    sat_at = {desk.window_id for desk in desks}
    return (window for window in windows[:many] if window.pk not in sat_at)


def _desk_left(desks: Collection[Desk], clerk: Person, now: datetime) -> Desk | None:
    """Return where somebody was left sitting, called back from a pause."""
    left = next((desk for desk in desks if desk.person == clerk), None)
    if left is not None and left.away_since is not None:
        come_back(by=clerk, at=now)
    return left


def _sit_down(window: Window | None, clerk: Person, now: datetime) -> Desk | None:
    """Let somebody sit down, where there is a window left."""
    if window is None:
        return None
    return sign_on(window.pk, by=clerk, at=now, languages="普通话、宁波话")
