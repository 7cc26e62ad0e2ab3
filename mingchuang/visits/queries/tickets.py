"""One visit as its holder sees it, and whose visit somebody means at the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.visits.errors import NoSuchBooking, NotInTheHall
from mingchuang.visits.models import Assist, Visit
from mingchuang.visits.queries.desks import CLERKS, seated_at
from mingchuang.visits.queries.forecasts import wait_of
from mingchuang.visits.queries.pace import place_of
from mingchuang.visits.queries.shut import SHUT
from mingchuang.visits.rules.codes import code_in, short, those_meant
from mingchuang.visits.rules.forecast.shown import Wait
from mingchuang.visits.rules.here import is_word, word_of
from mingchuang.visits.rules.life import ENDED, State, may_step
from mingchuang.visits.rules.screens import part_of, state_told
from mingchuang.visits.rules.turn import Turn

# Who may say that they are here: they are expected, or were called and did not hear it.
EXPECTED = Q(state__in=[State.BOOKED, State.SKIPPED]) | Q(state=State.WAITING, here_at__isnull=True)
# So many seconds a page of who is expected may be old.
AGAIN = 60


@dataclass(frozen=True)
class Ticket:
    """A visit at one moment: what is to be said of it, and what its holder may do."""

    visit: Visit
    at: datetime

    @property
    def part(self) -> str:
        """How it stands, as the words of `words.tickets` are listed."""
        visit = self.visit
        if self.is_over:
            return "over"
        if visit.state != State.WAITING or visit.here_at is not None:
            return self._state
        return "coming" if visit.back_by is None or self.at <= visit.back_by else "late"

    @cached_property
    def _state(self) -> str:
        visit = self.visit
        seated = seated_at(visit.window_id) if visit.state == State.PARKED else ()
        return state_told(visit.state, visit.window_id, seated)

    @cached_property
    def ahead(self) -> int | None:
        """How many would be called before; None where nobody waits."""
        return place_of(self.visit, self.at) if self.visit.state == State.WAITING else None

    @cached_property
    def wait(self) -> Wait | None:
        """How long it still takes, as it is said; None for who does not wait."""
        return wait_of(self.visit, self.at) if self.visit.state == State.WAITING else None

    @property
    def turn(self) -> Turn:
        """What its holder comes to once they are the first."""
        if self.wait is None:
            return Turn.SHUT
        return Turn.FREE if self.wait.free else Turn.NEXT

    @property
    def known(self) -> str:
        """What the page shows, as the live stream tells it."""
        place = self.ahead + 1 if self.ahead is not None and self.is_here else 0
        return part_of(self._state, place, self.turn)

    @property
    def within(self) -> int | None:
        """After how many seconds its page asks again without being told: for who is expected
        others move on unheard, until the moment their place was kept for has passed; and when
        the slot of a booking ends."""
        if self.part == State.BOOKED and self.visit.slot is not None:
            return int((self.visit.slot.ends_at - self.at).total_seconds()) + 1
        if self.part not in {"coming", "late"}:
            return None
        if self.part == "late" or self.visit.back_by is None:
            return AGAIN
        return min(AGAIN, int((self.visit.back_by - self.at).total_seconds()) + 1)

    @property
    def is_open(self) -> bool:
        return self.visit.state not in ENDED

    @property
    def is_live(self) -> bool:
        """Whether its page changes by itself: today, until it ends."""
        return self.is_open and self.visit.day == localdate(self.at)

    @property
    def is_over(self) -> bool:
        """Whether its slot ended before anybody came: no number is given for it any more."""
        slot = self.visit.slot if self.visit.state == State.BOOKED else None
        return slot is not None and slot.ends_at <= self.at

    @property
    def may_arrive(self) -> bool:
        is_today = self.visit.day == localdate(self.at)
        expected = self.part in {State.BOOKED, State.SKIPPED, "coming", "late"}
        return is_today and expected

    @property
    def is_here(self) -> bool:
        return self.visit.here_at is not None

    @property
    def is_of_booking(self) -> bool:
        """Whether it is still a booking, or was one when it was cancelled: no number yet."""
        return self.visit.slot_id is not None and not self.visit.number

    @property
    def is_done(self) -> bool:
        return self.visit.state == State.FINISHED

    @property
    def may_cancel(self) -> bool:
        return may_step(State(self.visit.state), "visit.cancelled")

    @property
    def short(self) -> str:
        return short(self.visit.code)


def ticket_of(code: str, at: datetime) -> Ticket:
    """Return the ticket whose holder knows its code."""
    accompanied = Exists(Assist.objects.open().filter(visit=OuterRef("pk")))
    visit = _shown().annotate(is_accompanied=accompanied).filter(code=code).first()
    if visit is None:
        raise NotFound
    return Ticket(visit, at)


def ticket_at_counter(person: Person, code: str, at: datetime) -> Ticket:
    """Return the ticket of today for who may stand at the counter of its site."""
    units = scope_of(person).units(*CLERKS)
    visit = _shown().filter(code=code, day=localdate(at), site__unit__in=units).first()
    if visit is None:
        raise NotFound
    return Ticket(visit, at)


def _shown() -> QuerySet[Visit]:
    return Visit.objects.annotate(is_shut=SHUT).select_related("site", "line", "slot", "window")


def expected_of(codes: Iterable[str], site: Site, at: datetime) -> QuerySet[Visit]:
    """Return of these visits those that are still expected at this site today."""
    over = Q(state=State.BOOKED, slot__ends_at__lte=at)
    mine = _shown().filter(EXPECTED, code__in=list(codes), site=site, day=localdate(at))
    return mine.exclude(over)


def code_meant(typed: str, sites: Iterable[Site], day: date) -> str:
    """Return the code of today's visit that somebody at the door of one of these sites means:
    scanned as an address, or typed as its eight digits."""
    today = Visit.objects.filter(site__in=list(sites), day=day).values_list("code", flat=True)
    if code := code_in(typed):
        found = list(today.filter(code=code))
    else:
        found = those_meant(typed, today.exclude(state__in=sorted(map(str, ENDED))))
    if len(found) != 1:
        raise NoSuchBooking
    return found[0]


def word_today(site: Site, day: date) -> str:
    """Return the word that hangs in this hall today."""
    return word_of(settings.SECRET_KEY.encode(), site.code, day)


def must_know_word(said: str, site: Site, day: date) -> None:
    """Refuse whoever does not know the word that hangs in this hall today."""
    if not is_word(said, settings.SECRET_KEY.encode(), site.code, day):
        raise NotInTheHall
