"""Where and when there is a free place, for so many people and things at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.timezone import localdate

from mingchuang.hall.models import Site
from mingchuang.hall.queries import days_of
from mingchuang.hall.rules.hours import OpenDay
from mingchuang.visits.models import Line, Release, Slot
from mingchuang.visits.queries.left import held_for, left_for
from mingchuang.visits.queries.shut import SLOT_SHUT, SLOT_UNRELEASED
from mingchuang.visits.queries.wanted import Wanted, lines_for, needs_of

SOON = timedelta(days=7)


class Place(NamedTuple):
    """One place: the first day with a free place, none if all is full, and how many soon."""

    site: Site
    first: date | None
    left: int


@dataclass(frozen=True)
class Day:
    """One day at one place: when the doors are open, how many times of it are still to come, how
    many places are free where all of it fits and how many at all, and how many times would hold
    all of it were they empty; or that they are signed up for and drawn, or not released yet."""

    open: OpenDay
    times: int = 0
    left: int = 0
    spare: int = 0
    holding: int = 0
    is_drawn: bool = False
    is_unreleased: bool = False

    @property
    def day(self) -> date:
        return self.open.day

    @property
    def is_full(self) -> bool:
        """Whether the doors are open and nothing is free that could be: one may stand by."""
        return bool(self.holding and self.open.shifts and not self.left)


def free_places(wanted: Wanted, *, now: datetime) -> list[Place]:
    """Return the places that do all of this, each with what is free there."""
    lines = lines_for(wanted)
    left, today = _left(lines, wanted, now), localdate(now)
    fits, soon = _fits(lines, wanted, today, left), Q(day__lt=today + SOON)
    found = _ahead(lines, now).filter(fits).values("line__site").order_by("line__site")
    free = found.annotate(first=Min("day"), free=Sum(left, filter=soon, default=0))
    by_site = {row["line__site"]: row for row in free}
    sites = {line.site_id: line.site for line in lines}
    return [_place(site, by_site.get(pk, {})) for pk, site in sites.items()]


def free_days(lines: Sequence[Line], wanted: Wanted, *, now: datetime) -> list[Day]:
    """Return every day one may book ahead at this place, with what is free or why nothing is."""
    today = localdate(now)
    one = _alone(wanted)
    left, spare = _left(lines, wanted, now), _left(lines, one, now)
    fits, alone = _fits(lines, wanted, today, left), _fits(lines, one, today, spare)
    holds = _fits(lines, wanted, today, held_for(_mixed(lines), wanted.items, at=now))
    found = _to_come(lines, now).values("day").order_by("day")
    told = found.annotate(
        times=Count("pk", filter=~_drawn()),
        free=Sum(left, filter=fits & ~_drawn(), default=0),
        spare=Sum(spare, filter=alone & ~_drawn(), default=0),
        holding=Count("pk", filter=holds & ~_drawn()),
        unreleased=Count("pk", filter=SLOT_UNRELEASED),
    )
    by_day = {row["day"]: row for row in told}
    many = max(line.days_ahead for line in lines) + 1
    opened = days_of(lines[0].site, today, many)
    return [_day(each, by_day.get(each.day)) for each in opened]


def most_together(lines: Sequence[Line], wanted: Wanted, *, now: datetime) -> int:
    """Return how many people at most still find one time at which all of this is done for each."""
    each, left = needs_of(lines, Wanted(wanted.items, 1)), _left(lines, wanted, now)
    free = _ahead(lines, now).filter(_fits(lines, _alone(wanted), localdate(now), left))
    most = free.order_by().values_list("line").annotate(most=Max(left))
    return max((left // each[line] for line, left in most if each[line]), default=0)


def _alone(wanted: Wanted) -> Wanted:
    """The least that can be wanted: one thing, for one."""
    return Wanted(wanted.items[:1], 1)


def times_on(
    lines: Sequence[Line], wanted: Wanted, day: date, *, now: datetime
) -> list[tuple[Slot, int, bool]]:
    """Return the times of a day still to come, how many places each has left for what is wanted,
    and whether they are enough.

    Where several lines begin at one time, the freest of them speaks.
    """
    needs, best = needs_of(lines, wanted), dict[datetime, tuple[int, Slot]]()
    there = _ahead(lines, now).filter(day=day).annotate(free=_left(lines, wanted, now))
    for slot in there.order_by("starts_at", "pk"):
        known = best.get(slot.starts_at)
        if known is None or slot.free > known[0]:
            best[slot.starts_at] = slot.free, slot
    today = localdate(now)
    ahead = {line.pk: today + timedelta(days=line.days_ahead) for line in lines}
    return [
        (slot, left, 0 < needs[slot.line_id] <= left and slot.day <= ahead[slot.line_id])
        for left, slot in best.values()
    ]


def times_near(
    lines: Sequence[Line], wanted: Wanted, slot: Slot, *, many: int, now: datetime
) -> list[Slot]:
    """Return some times nearest to this one that have a place for all of this."""
    left = _left(lines, wanted, now)
    fits = _ahead(lines, now).filter(_fits(lines, wanted, localdate(now), left)).exclude(pk=slot.pk)
    after = fits.filter(starts_at__gte=slot.starts_at).order_by("starts_at")[:many]
    before = fits.filter(starts_at__lt=slot.starts_at).order_by("-starts_at")[:many]
    near = sorted([*after, *before], key=lambda one: abs(one.starts_at - slot.starts_at))
    return sorted(near[:many], key=lambda one: one.starts_at)


def _day(opened: OpenDay, told: Mapping[str, Any] | None) -> Day:
    if told is None:
        return Day(opened)
    times, unreleased = told["times"], bool(told["unreleased"])
    return Day(
        opened,
        times,
        told["free"],
        told["spare"],
        told["holding"],
        is_drawn=not times and not unreleased,
        is_unreleased=not times and unreleased,
    )


def _place(site: Site, free: Mapping[str, Any]) -> Place:
    return Place(site, free.get("first"), free.get("free", 0))


def _left(lines: Sequence[Line], wanted: Wanted, now: datetime) -> Any:
    """Return how many places a slot of these lines has left for what is wanted."""
    return left_for(_mixed(lines), wanted.items, at=now)


def _mixed(lines: Sequence[Line]) -> list[Line]:
    """Return the lines for more than one thing: of the others all windows take it in."""
    return [line for line in lines if len(line.items.all()) > 1]


def _drawn() -> Q:
    """Match the slots of a day that is signed up for and not drawn yet, or not even released."""
    undrawn = Release.objects.undrawn().filter(line=OuterRef("line"), day=OuterRef("day"))
    return Q(Exists(undrawn)) | SLOT_UNRELEASED


def _ahead(lines: Iterable[Line], now: datetime) -> QuerySet[Slot]:
    return _to_come(lines, now).exclude(_drawn())


def _to_come(lines: Iterable[Line], now: datetime) -> QuerySet[Slot]:
    there = Slot.objects.filter(line__in=[line.pk for line in lines], capacity__gt=0)
    return there.filter(~SLOT_SHUT, starts_at__gt=now)


def _fits(lines: Sequence[Line], wanted: Wanted, today: date, left: Combinable) -> Q:
    """Match the slots that have a place for all of this and may be booked by now; where so many
    places of them are `left`."""
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, need in needs_of(lines, wanted).items():
        ahead = next(line.days_ahead for line in lines if line.pk == pk)
        alike[need, ahead].append(pk)
    fits = [
        Q(
            GreaterThanOrEqual(left, Value(need)),
            line__in=same,
            day__lte=today + timedelta(days=ahead),
        )
        for (need, ahead), same in alike.items()
        if need
    ]
    return reduce(or_, fits, Q(pk__in=[]))
