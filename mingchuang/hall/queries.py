"""Questions about the hall. All of it is public; what does not exist is NotFound."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import F, Prefetch, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import NotFound, Refused
from mingchuang.base.memory import remembered
from mingchuang.base.search.index import Index
from mingchuang.hall.models import (
    CalendarDay,
    CalendarYear,
    Guide,
    Notice,
    OpeningHours,
    ServiceItem,
    Site,
    SpecialHours,
    TimeLimit,
    Window,
)
from mingchuang.hall.rules.days import ONE_DAY, DayKind, Loaded, Mark, WorkCalendar
from mingchuang.hall.rules.hours import Hours, HoursKind, OpenDay, Shift, specials
from mingchuang.hall.rules.kinds import CALMER
from mingchuang.hall.rules.spans import Closing
from mingchuang.people.models import Unit

GUIDES = Index("hall_guide_found")


class NoSuchGuide(NotFound):
    code = "no_such_guide"
    reason = _("没有代码为“%(code)s”的办事指南。请从办事指南列表中查找。")


class NoSuchSite(NotFound):
    code = "no_such_site"
    reason = _("没有代码为“%(code)s”的服务场所。请从服务场所列表中查找。")


class NoTimeLimit(Refused):
    code = "no_time_limit"
    reason = _("时限方案“%(profile)s”里没有这类诉求的办理时限，请系统管理员先导入时限方案。")


def work_calendar() -> WorkCalendar:
    """Return the statutory calendar as loaded now: one small statement, built once per version."""
    return _calendar(tuple(CalendarYear.objects.values_list("year", "version")))


@remembered(60)
def calendar_shown() -> WorkCalendar:
    """Return the calendar by which a page tells the time left; what is promised asks anew."""
    return work_calendar()


@lru_cache(maxsize=2)
def _calendar(versions: tuple[tuple[int, str], ...]) -> WorkCalendar:
    """A version is the digest of a year's content, so equal versions are the same calendar."""
    loaded = CalendarYear.objects.filter(version__in=[version for _year, version in versions])
    days = CalendarDay.objects.filter(calendar__in=loaded)
    return WorkCalendar(
        marks={day.day: Mark(DayKind(day.kind), day.name) for day in days},
        years={year.year: Loaded(year.version, year.source) for year in loaded},
    )


def time_limit_for(profile: str, kind: str, urgency: str) -> TimeLimit:
    """Return the limits of a case; an urgency without its own has those of the next calmer one."""
    calmer = CALMER.get(urgency, ())
    rows = TimeLimit.objects.filter(profile=profile, kind=kind, urgency__in=calmer)
    limits = {row.urgency: row for row in rows}
    for step in calmer:
        if step in limits:
            return limits[step]
    raise NoTimeLimit(profile=profile)


def profiles() -> list[str]:
    """Return the names of the time-limit profiles loaded."""
    return list(TimeLimit.objects.order_by("profile").values_list("profile", flat=True).distinct())


def closing_for(unit: Unit) -> Closing | None:
    """Return when the unit's first site closes on ordinary days; None: it receives nobody."""
    first = Site.objects.filter(unit=unit).order_by("code").values("pk")[:1]
    return Hours(_week(OpeningHours.objects.filter(site__in=first))).closing


def sites() -> QuerySet[Site]:
    return Site.objects.select_related("unit")


def site_for(code: str) -> Site:
    """Return the site with its windows, their items and the guides to these."""
    items = Prefetch("items", ServiceItem.objects.select_related("guide"))
    windows = Prefetch("windows", Window.objects.prefetch_related(items))
    try:
        return sites().prefetch_related(windows).get(code=code)
    except Site.DoesNotExist:
        raise NoSuchSite(code=code) from None


def week_of(site: Site, since: date) -> list[OpenDay]:
    """Return when the doors are open on the seven days from `since`."""
    return days_of(site, since, 7)


def days_of(site: Site, since: date, many: int) -> list[OpenDay]:
    """Return when the doors are open on so many days from `since`."""
    days = [since + n * ONE_DAY for n in range(many)]
    prefetch_related_objects([site], *_hours_between(days[0], days[-1]))
    hours, calendar = _hours(site), work_calendar()
    return [hours.on(day, calendar) for day in days]


def places_of(item: ServiceItem, day: date) -> list[tuple[Site, OpenDay]]:
    """Return the sites whose windows take the item in, and when they are open on that day."""
    taking = Prefetch("windows", Window.objects.filter(items=item))
    places = Site.objects.filter(windows__items=item).distinct().order_by("code")
    return open_on(places.prefetch_related(taking), day)


def open_on(places: QuerySet[Site], day: date) -> list[tuple[Site, OpenDay]]:
    """Return these sites, each with when its doors are open on that day."""
    calendar = work_calendar()
    found = places.prefetch_related(*_hours_between(day, day))
    return [(site, _hours(site).on(day, calendar)) for site in found]


def _hours_between(since: date, until: date) -> list["str | Prefetch[str]"]:
    special = SpecialHours.objects.filter(day__range=(since, until)).order_by("day", "opens")
    return ["hours", Prefetch("special_hours", special)]


def _hours(site: Site) -> Hours:
    """Return the hours of a site prefetched with `_hours_between`."""
    special = site.special_hours.all()
    rows = [(r.day, HoursKind(r.kind), r.opens, r.closes, r.note) for r in special]
    return Hours(_week(site.hours.all()), specials(rows))


def _week(rows: Iterable[OpeningHours]) -> dict[int, tuple[Shift, ...]]:
    week: dict[int, tuple[Shift, ...]] = {}
    for row in rows:
        week[row.weekday] = (*week.get(row.weekday, ()), (row.opens, row.closes))
    return week


def service_items(words: str = "") -> QuerySet[ServiceItem]:
    """Return the items that have a guide and hold every one of the words, by unit."""
    items = ServiceItem.objects.filter(guide__isnull=False).select_related("unit", "guide")
    if not words:
        return items
    return items.filter(pk__in=GUIDES.holding(words))


def guides_of(items: Iterable[int]) -> QuerySet[Guide]:
    return Guide.objects.filter(item__in=items).select_related("item__unit")


def guides_under_old_names() -> QuerySet[Guide]:
    """Return the guides that are still found by what their unit was called before."""
    unit = F("item__unit__name"), Value("\n"), F("item__unit__name_en")
    return Guide.objects.exclude(found_under=Concat(*unit))


def names_of_unit(guide: Guide) -> str:
    unit = guide.item.unit
    return f"{unit.name}\n{unit.name_en}"


def words_of(guide: Guide) -> list[str]:
    """Return what a guide is found by."""
    item = guide.item
    names = [item.name, item.code, names_of_unit(guide)]
    return [*names, guide.materials, guide.conditions, guide.procedure]


def guide_for(code: str) -> Guide:
    """Return the guide of a service item, with its unit."""
    try:
        return Guide.objects.select_related("item__unit").get(item__code=code)
    except Guide.DoesNotExist:
        raise NoSuchGuide(code=code) from None


def notices_on(day: date) -> QuerySet[Notice]:
    """Return what hangs on the wall on that day, newest first."""
    hanging = Q(until=None) | Q(until__gte=day)
    return Notice.objects.filter(hanging, since__lte=day).select_related("site")


def notices_at(site: Site, day: date) -> QuerySet[Notice]:
    """Return what hangs on the wall of this site on that day, newest first."""
    return notices_on(day).filter(Q(site=None) | Q(site=site))
