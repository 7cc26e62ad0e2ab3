"""What went to the police or the State on which list, and what may go. Fetching is authorising."""

from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.templatetags.words import day
from mingchuang.cases.models.found import FoundItem, Handover
from mingchuang.cases.queries.found import due_at, last_day_of, sites_kept_by
from mingchuang.cases.rules.found import Fate, is_year_over
from mingchuang.hall.models import Site
from mingchuang.hall.queries import work_calendar
from mingchuang.hall.rules.days import WorkCalendar
from mingchuang.people.models import Person

# So many are offered for one list; what does not fit goes on the next.
MOST_ON_A_LIST = 200


def handover_for(person: Person, number: str) -> Handover:
    """Return a list of things that were handed over at a site of this person."""
    lists = Handover.objects.filter(number=number, site__in=sites_kept_by(person))
    found = lists.select_related("site", "by", "witness", "taker").prefetch_related("items").first()
    if found is None:
        raise NotFound
    return found


def handovers_of(person: Person) -> "QuerySet[Handover]":
    lists = Handover.objects.filter(site__in=sites_kept_by(person))
    return lists.select_related("site").annotate(many=Count("items"))


def may_be_handed_over(site: Site, *, now: datetime) -> tuple[list[str], list[tuple[str, str]]]:
    """Return what lies at a site: which of it is due to go now, and what may go, in words; first
    what is due, so that nothing of it is left out where much lies there."""
    due = list(due_at(site, now=now).defer("features")[:MOST_ON_A_LIST])
    others = FoundItem.objects.kept().filter(site=site).exclude(pk__in=[item.pk for item in due])
    lying = [*due, *others.defer("features").order_by("pk")[: MOST_ON_A_LIST - len(due)]]
    calendar = work_calendar()
    lines = [(item.number, _line(item, calendar)) for item in lying]
    return [item.number for item in lying if _is_due(item, now, calendar)], lines


def _is_due(item: FoundItem, now: datetime, calendar: WorkCalendar) -> bool:
    if item.fate == Fate.DISPOSE:
        return False
    if item.kept_until is not None:
        return item.kept_until <= now
    return is_year_over(item.announced_on, localdate(now), calendar)


def _line(item: FoundItem, calendar: WorkCalendar) -> str:
    until = last_day_of(item, calendar)
    told = [
        item.number,
        item.get_kind_display(),
        item.get_care_display(),
        day(until),
    ]
    return " · ".join(str(one) for one in told if one)
