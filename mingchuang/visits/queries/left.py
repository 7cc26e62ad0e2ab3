"""How many places of a slot are left for what somebody comes for: those of the slot, and where
only some windows of the line take it in, those of these windows' portion of its time.

A slot follows a window that changes within a minute; what is remembered here is younger.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time
from fractions import Fraction
from functools import reduce
from itertools import groupby
from operator import or_
from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Least

from mingchuang.hall.models import ServiceItem, SpecialHours
from mingchuang.hall.queries import calendar_shown
from mingchuang.visits.models import Line, Slot, Standby, Visit
from mingchuang.visits.queries.lines import weeks_lately
from mingchuang.visits.queries.skills import bound_to, gathered, skills_lately
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.portions import Stretch, stretches
from mingchuang.visits.rules.skills import Skills
from mingchuang.visits.rules.slots import Rota, Shared

HOLDS = F("capacity")
LEFT = F("capacity") - F("taken")
EVERYBODY = Q()
Windows = frozenset[int]


class Portion(NamedTuple):
    """What some windows have of a slot: how many places, and how many of these are taken."""

    holds: Combinable
    taken: Combinable

    @property
    def left(self) -> Combinable:
        return self.holds - self.taken


def left_for(
    lines: Collection[Line], items: Collection[ServiceItem], *, at: datetime
) -> Combinable:
    """Return how many places a slot has left for all of this; of lines that are not named, or all
    of whose windows do it, as many as are left at all."""
    found = _portions(lines, items, at)
    return _least(LEFT, {line: [one.left for one in every] for line, every in found.items()})


def held_for(
    lines: Collection[Line], items: Collection[ServiceItem], *, at: datetime
) -> Combinable:
    """Return how many it would have for that were it empty."""
    found = _portions(lines, items, at)
    return _least(HOLDS, {line: [one.holds for one in every] for line, every in found.items()})


def left_within(slot: Slot, items: Collection[ServiceItem], *, at: datetime) -> int | None:
    """Return how many places of a slot the windows have left that take this in; None: all of the
    line do. To be asked once the slot's row is ours, which whoever books there has to take."""
    portions = _portions([slot.line], items, at).get(slot.line_id) if items else None
    if portions is None:
        return None
    found = Slot.objects.filter(pk=slot.pk).values_list(*(one.left for one in portions))
    left: Sequence[int] = found.get()
    return min(left)


def bound_of(standbys: Iterable[Standby], *, at: datetime) -> dict[int, list[Windows]]:
    """Return to which windows of their line each is bound who stands by."""
    named = Standby.items.through._default_manager.filter(standby__in=standbys)
    read = ("standby", "standby__line", "standby__line__site", "serviceitem")
    rows = gathered(named.values_list(*read))
    return {
        pk: skills_lately((site,), at)[site].bound(line, items) for pk, line, site, items in rows
    }


def left_of_each(
    slots: Collection[Slot], bound: Collection[Sequence[Windows]], *, at: datetime
) -> dict[int, dict[Windows, int]]:
    """Return how many places of each of these slots of one line such windows have left."""
    every = sorted({windows for one in bound for windows in one}, key=sorted)
    if not every or not slots:
        return {}
    line = next(iter(slots)).line
    sites = (line.site_id,)
    skills, weeks = skills_lately(sites, at)[line.site_id], weeks_lately(sites, at)
    portions = [_portion(skills, line.pk, one, weeks) for one in every]
    ours = Slot.objects.filter(pk__in=[slot.pk for slot in slots])
    rows = ours.values_list("pk", *(one.left for one in portions))
    return {pk: dict(zip(every, left, strict=True)) for pk, *left in rows}


def _portions(
    lines: Collection[Line], items: Collection[ServiceItem], at: datetime
) -> dict[int, list[Portion]]:
    """Return by line what of a slot the windows have to which all of this is bound; lines all of
    whose windows do it are left out."""
    wanted = frozenset(item.pk for item in items)
    if not wanted or not lines:
        return {}
    sites = tuple(sorted({line.site_id for line in lines}))
    skills = skills_lately(sites, at)
    bound = {line.pk: (line.site_id, skills[line.site_id].bound(line.pk, wanted)) for line in lines}
    weeks = weeks_lately(sites, at) if any(every for _site, every in bound.values()) else {}
    return {
        line: [_portion(skills[site], line, one, weeks) for one in every]
        for line, (site, every) in bound.items()
        if every
    }


def _portion(
    skills: Skills[int], line: int, windows: Windows, weeks: Mapping[int, Rota]
) -> Portion:
    theirs = skills.calling(line)
    shared = {one: Shared(weeks.get(one, ()), len(skills.lines_of(one))) for one in theirs}
    holds = _holds(stretches(shared, windows))
    if any(rota for rota, _lines in shared.values()):
        doors = {one: Shared((), lines) for one, (_rota, lines) in shared.items()}
        own = When(_like_no_weekday(), then=_holds(stretches(doors, windows)))
        holds = Case(own, default=holds)
    booked, held = (bound_to(skills, line, windows, who) for who in (Visit, Standby))
    return Portion(holds, booked_and_held(booked, held))


def _like_no_weekday() -> Q:
    """Match the slots of days on which no rota holds and all are there with the doors: `like` of
    `OpenDay`."""
    special = SpecialHours.objects.filter(site=OuterRef("line__site"), day=OuterRef("day"))
    calendar = calendar_shown()
    made_up = [day for day in calendar.marks if calendar.is_working_day(day)]
    return Q(Exists(special)) | Q(day__in=made_up)


def _holds(found: Sequence[Stretch]) -> Combinable:
    """Return how many places of a slot that is: rounded down, but one where any of the windows is
    on duty in it. In a slot over several stretches it is the least portion of them."""
    alike = [(portion, _in(same)) for portion, same in groupby(found, lambda one: one.portion)]
    helped = [one for one in found if one.portion]
    if not helped or len(alike) == 1:
        return _places(alike[0][0]) if helped else Value(0)
    nobody = ~_in(helped)
    parts = [When(there, then=_places(portion)) for portion, there in alike]
    return Case(When(nobody, then=Value(0)), *parts, default=Value(0))


def _places(portion: Fraction) -> Combinable:
    part = HOLDS * Value(portion.numerator) / Value(portion.denominator)
    return Greatest(Value(1), part)


def _in(found: Iterable[Stretch]) -> Q:
    """Match the slots that touch one of these stretches."""
    days: dict[tuple[time, time], list[int]] = defaultdict(list)
    for _portion, weekday, since, until in found:
        days[since, until].append(weekday + 1)
    every = [
        Q(day__iso_week_day__in=on, starts_at__time__lt=until, ends_at__time__gt=since)
        for (since, until), on in days.items()
    ]
    return reduce(or_, every, Q(pk__in=[]))


def _least(whole: Combinable, narrow: Mapping[int, Sequence[Combinable]]) -> Combinable:
    cases = [When(line=line, then=Least(whole, *every)) for line, every in narrow.items()]
    return Case(*cases, default=whole) if cases else whole


def booked_and_held(booked: Q = EVERYBODY, held: Q = EVERYBODY) -> Combinable:
    """Return how many places of a slot are booked by such visits, and held for such standbys.

    Who checked in keeps their place; only a booking that was cancelled gave it back.
    """
    given_back = Q(state=State.CANCELLED, number=None)
    visits = Visit.objects.filter(booked, slot=OuterRef("pk")).exclude(given_back)
    return _sum(visits) + _sum(Standby.objects.filter(held, slot=OuterRef("pk")))


def _sum(rows: "QuerySet[Visit] | QuerySet[Standby]") -> Coalesce:
    total = rows.order_by().values("slot").annotate(total=Sum("places")).values("total")
    return Coalesce(Subquery(total), 0)
