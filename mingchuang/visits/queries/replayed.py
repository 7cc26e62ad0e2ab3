"""What the ledger tells of a day at a site, played again in the order it was written.

Whether a day can be played again is asked first: every number given has its visit, every call
names a window, and it is told what the lines and windows were for. Where that fails nobody is
accused: the day is not judged, and whoever asks is told so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Max

from mingchuang.cases.queries.audit import facts_in
from mingchuang.hall.models import Site
from mingchuang.ledger.models import Entry
from mingchuang.visits.models import Given, Visit
from mingchuang.visits.queries.taken import Codes, Hall, hall_before, tellings_by_site
from mingchuang.visits.rules.life import LIFE
from mingchuang.visits.rules.replayed import (
    Called,
    Changed,
    Joined,
    Left,
    Played,
    Told,
    Unknown,
    played,
)
from mingchuang.visits.rules.skills import Skills
from mingchuang.visits.rules.taken import Telling

# Who took a number on the phone stands in the line once they are there.
JOINED = {
    "visit.issued",
    "visit.checked_in",
    "visit.arrived",
    "visit.came_back",
    "visit.passed_on",
    "visit.freed",
}
LEFT = {"visit.missed", "visit.cancelled"}
CALLED = "visit.called"
CHANGED = "visit.channel_changed"
PASSED_ON = "visit.passed_on"
VERBS = {*LIFE, *JOINED}


class Replayed(NamedTuple):
    """One day at one site, played again."""

    site: Site
    day: date
    played: Played


def replayed_days() -> Iterator[Replayed]:
    """Play again every day at every site on which anybody was called: one pass for each."""
    called = Visit.objects.filter(called_at__isnull=False).order_by("site_id", "day")
    days = called.values_list("site_id", "day").distinct().iterator()
    book: _Book | None = None
    for key, rows in groupby(days, key=lambda row: row[0]):
        book = book or _Book()
        site = Site.objects.get(pk=key)
        hall = book.hall(site)
        for _site, day in rows:
            yield Replayed(site, day, _played(site, day, hall, book))


def called_out_of_turn(site: Site, day: date) -> list[str]:
    """Return the visits that were called at this site on this day though somebody else was next,
    and no reason was written down: none, if the hall kept its rule (promise P9). The day must be
    one that can be played again."""
    book = _Book()
    again = _played(site, day, book.hall(site), book)
    assert again.whole, f"{site.code} {day} cannot be played again"
    return [call.visit for call in again.wrong]


def _newest() -> int:
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0


@dataclass
class _Book:
    """The ledger up to where it was when the playing began: a hall goes on meanwhile."""

    newest: int = field(default_factory=_newest)
    codes: Codes = field(default_factory=Codes)
    tellings: Mapping[str, Sequence[Telling]] = field(init=False)

    def __post_init__(self) -> None:
        self.tellings = tellings_by_site(self.codes)

    def hall(self, site: Site) -> Hall:
        return hall_before(site, self.tellings.get(site.code, []), self.codes)


@dataclass
class _Somebody:
    """How a visit stands, from entry to entry; at first as it stands now, where none tells it."""

    visit: str
    number: int
    line: str
    green: bool
    items: frozenset[int]
    since: datetime | None = None
    # Passed on to this very window.
    window: str = ""

    def hear(self, verb: str, at: datetime, facts: Mapping[str, object], codes: Codes) -> None:
        self.line = str(facts.get("line", self.line))
        self.green = bool(facts.get("new", facts.get("green", self.green)))
        self.items = codes.told_in(facts) or self.items
        if "since" in facts:
            self.since = datetime.fromisoformat(str(facts["since"]))
        self.since = self.since or at
        if verb in JOINED:
            self.window = str(facts.get("window", "")) if verb == PASSED_ON else ""

    def joined(self, skills: Skills[str]) -> Joined:
        only = frozenset({self.window}) if self.window else skills.only(self.line, self.items)
        assert self.since is not None
        return Joined(self.visit, self.line, self.green, self.since, self.number, only)


def _played(site: Site, day: date, hall: Hall, book: _Book) -> Played:
    given = dict(Given.objects.filter(site=site, day=day).values_list("prefix", "last"))
    visits = Visit.objects.filter(site=site, day=day).select_related("line__site")
    there = list(visits.prefetch_related("items"))
    held = Counter(visit.prefix for visit in there if visit.number)
    if any(held[prefix] < last for prefix, last in given.items()):
        return Played([], whole=False)
    people = {visit.subject: _stands(visit, book.codes) for visit in there}
    return played(_told(people, hall, book))


def _stands(visit: Visit, codes: Codes) -> _Somebody:
    items = frozenset(codes[item.code] for item in visit.items.all())
    return _Somebody(visit.subject, visit.pk, visit.line.subject, bool(visit.green), items)


def _told(people: Mapping[str, _Somebody], hall: Hall, book: _Book) -> Iterator[Told]:
    waiting: dict[str, _Somebody] = {}
    entries = Entry.objects.filter(subject__in=list(people), verb__in=VERBS, pk__lte=book.newest)
    rows = entries.order_by("pk").values_list("pk", "subject", "verb", "at", "facts").iterator()
    for pk, subject, verb, at, kept in rows:
        who, facts = people[subject], facts_in(kept)
        # What is told of the night may be written days later, and says nothing of the windows.
        if verb in JOINED | {CALLED} and hall.until(pk):
            yield from (one.joined(hall.skills) for one in waiting.values())
        who.hear(verb, at, facts, book.codes)
        if verb in JOINED and "back_by" not in facts:
            waiting[subject] = who
            yield who.joined(hall.skills) if who.line in hall.skills.lines else Unknown()
        elif verb == CHANGED:
            yield Changed(subject, who.green)
        elif verb == CALLED:
            waiting.pop(subject, None)
            yield _call(subject, at, facts, hall)
        elif verb in LEFT:
            waiting.pop(subject, None)
            yield Left(subject)


def _call(visit: str, at: datetime, facts: Mapping[str, object], hall: Hall) -> Told:
    window = str(facts.get("window", ""))
    if hall.unknown or window not in hall.skills.windows:
        return Unknown()
    return Called(visit, window, hall.skills.lines_of(window), at, "reason" in facts)
