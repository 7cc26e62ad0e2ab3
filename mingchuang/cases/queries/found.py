"""What was found, and who may know of it. Fetching is authorising."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.typing import Text
from mingchuang.cases.found_errors import NoSuchColleague
from mingchuang.cases.found_words import FATES, THINGS, how_long
from mingchuang.cases.models.found import FoundItem, FoundItemQuerySet, StorageTime
from mingchuang.cases.models.lost import Claim
from mingchuang.cases.rules.found import (
    Care,
    Fate,
    Kind,
    State,
    Storage,
    care_of,
    is_year_over,
    last_day_to_claim,
    storage_of,
)
from mingchuang.cases.words import label
from mingchuang.hall.models import Site
from mingchuang.hall.queries import work_calendar
from mingchuang.hall.rules.days import WorkCalendar
from mingchuang.ledger.queries import entries_of
from mingchuang.ledger.words.verbs import deed_of
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

# Whose post lets them take in and give out things at the sites of their unit.
CLERKS = (Role.RECEPTION, Role.HANDLER, Role.DISPATCHER, Role.SUPERVISOR)
# Before so many days no year is over.
SHORTEST_YEAR = timedelta(days=365)


def sites_kept_by(person: Person) -> "QuerySet[Site]":
    """Return the sites at which this person takes in and gives out what was found."""
    return Site.objects.filter(unit__in=scope_of(person).units(*CLERKS))


def item_for(person: Person, number: str, *, lock: bool = False) -> FoundItem:
    """Return a thing at a site of this person; lock it if it changes."""
    items = FoundItem.objects.filter(number=number, site__in=sites_kept_by(person))
    if lock:
        # Alone: what is joined to a row we waited for would be read as it was before.
        list(items.select_for_update(of=("self",)).values_list("pk"))
    item = items.select_related("site", "taken_by", "witness", "finder", "handover").first()
    if item is None:
        raise NotFound
    return item


def items_of(person: Person, shelf: str, *, now: datetime, kind: str = "") -> FoundItemQuerySet:
    """Return what lies at this person's sites, by what is looked at."""
    items = FoundItem.objects.filter(site__in=sites_kept_by(person)).select_related("site")
    items = items.filter(kind=kind) if kind else items
    return SHELVES.get(shelf, _kept)(items, now)


def _kept(items: FoundItemQuerySet, _now: datetime) -> FoundItemQuerySet:
    return items.kept()


def _over(items: FoundItemQuerySet, now: datetime) -> FoundItemQuerySet:
    # Days off at the end of the year are looked at one by one, once something is to be done.
    year_ago = localdate(now) - SHORTEST_YEAR
    year = Q(kept_until=None, announced_on__lt=year_ago)
    return items.kept().filter(Q(kept_until__lte=now) | year).order_by("kept_until", "pk")


def _special(items: FoundItemQuerySet, _now: datetime) -> FoundItemQuerySet:
    return items.kept().exclude(care=Care.ORDINARY)


def _ended(items: FoundItemQuerySet, _now: datetime) -> FoundItemQuerySet:
    return items.exclude(state=State.KEPT).order_by("-ended_at", "-pk")


SHELVES: Mapping[str, Callable[[FoundItemQuerySet, datetime], FoundItemQuerySet]] = {
    "kept": _kept,
    "unannounced": lambda items, _now: items.unannounced(),
    "over": _over,
    "special": _special,
    "ended": _ended,
}


def storage_for(kind: str, care: str) -> Storage:
    """Return how long such a thing is kept here: by the table of the town, else by ours."""
    return _storage(StorageTime.objects.filter(kind=kind).first(), kind, care)


def storage_times() -> list[tuple[Text, str, Text]]:
    """Return each kind of thing, how long it is kept here and where it goes then, in words."""
    lines = {line.kind: line for line in StorageTime.objects.all()}
    kept = {kind: _storage(lines.get(kind), kind, care_of(kind)) for kind in Kind}
    return [
        (label(THINGS, kind), how_long(storage.hours), label(FATES, storage.fate))
        for kind, storage in kept.items()
    ]


def _storage(line: StorageTime | None, kind: str, care: str) -> Storage:
    own = storage_of(kind, care)
    if line is None or (line.hours is None and own.fate is Fate.POLICE):
        return own
    return Storage(line.hours, Fate(line.fate))


def colleague_with(badge: str) -> Person:
    """Return the colleague who stands by, by the number on their badge."""
    person = Person.objects.filter(badge=badge.strip(), is_active=True).first()
    if person is None:
        raise NoSuchColleague(badge=badge.strip())
    return person


def last_day_of(item: FoundItem, calendar: WorkCalendar | None = None) -> date | None:
    """Return the last day on which its owner may come; None while no clock runs."""
    if item.kept_until is not None:
        return localdate(item.kept_until)
    if item.announced_on is None:
        return None
    return last_day_to_claim(item.announced_on, calendar or work_calendar())


def is_time_over(item: FoundItem, *, now: datetime) -> bool:
    """Say whether what is kept so long may be given away or thrown away by now."""
    if item.kept_until is not None:
        return item.kept_until <= now
    return is_year_over(item.announced_on, localdate(now), work_calendar())


def notice_of(kind: str = "", site: str = "") -> FoundItemQuerySet:
    """Return what the public notice shows: what is announced and not fetched yet."""
    items = FoundItem.objects.announced().select_related("site")
    items = items.filter(kind=kind) if kind else items
    items = items.filter(site__code=site) if site else items
    return items.order_by("-announced_on", "-pk").defer("features")


def due_at(site: Site, *, now: datetime) -> FoundItemQuerySet:
    """Return what is kept longer than it must be at a site, the oldest first."""
    return _over(FoundItem.objects.filter(site=site), now)


class Returned(NamedTuple):
    """What went back to its owners in a year: how many, what it was worth together, and of how
    many of them nobody could tell."""

    year: int
    items: int
    cents: int
    unvalued: int

    @property
    def yuan(self) -> str:
        return f"{self.cents / 100:,.2f}"


def returned_in(year: int, sites: "QuerySet[Site] | None" = None) -> Returned:
    """Return what was given back in this year (归还总价值)."""
    back = FoundItem.objects.filter(state=State.RETURNED, ended_at__year=year).order_by()
    back = back if sites is None else back.filter(site__in=sites)
    unvalued = Count("pk", filter=Q(cents=0))
    told = back.aggregate(items=Count("pk"), unvalued=unvalued, cents=Sum("cents", default=0))
    return Returned(year, **told)


def granted_claim(item: FoundItem) -> Claim | None:
    """Return the claim by which a thing went back."""
    claims = item.claims.filter(granted=True, undone_at=None)
    return claims.select_related("claimant", "by", "witness").first()


def claims_of(item: FoundItem) -> "QuerySet[Claim]":
    """Return everybody who came for a thing, the first first: also whom it was not given to."""
    return item.claims.select_related("claimant", "by").order_by("pk")


class Happened(NamedTuple):
    """One movement of a thing, as the ledger tells it."""

    at: datetime
    deed: str
    by: str


def story_of(item: FoundItem) -> list[Happened]:
    """Return everything that happened to a thing, in order."""
    told = entries_of(item.subject).values_list("at", "verb", "facts")
    return [Happened(at, deed_of(verb), str(facts.get("by", ""))) for at, verb, facts in told]
