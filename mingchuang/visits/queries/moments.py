"""What is known of lines right now: their day so far, in four statements however many they are,
and now and then one more where somebody said what they come for."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Max, Min, Q, QuerySet
from django.utils.timezone import localtime, make_aware

from mingchuang.visits.models import Line, Visit
from mingchuang.visits.queries.serving import Sits, serves_of, sitting_at
from mingchuang.visits.queries.skills import gathered, only_windows, skills_lately
from mingchuang.visits.queries.waiting import favoured_from
from mingchuang.visits.rules.forecast.log import Day, Stood, Told
from mingchuang.visits.rules.life import AT_WINDOW, State
from mingchuang.visits.rules.past import GREEN, ORDINARY
from mingchuang.visits.rules.turn import Desks
from mingchuang.visits.rules.windows import serving

BOOKED, PHONE = "booked", "phone"
# What was called longer ago tells nothing of how a line goes now.
LATELY = timedelta(hours=2)
HELD = sorted(map(str, AT_WINDOW))


class Read(NamedTuple):
    """What is read of a visit."""

    pk: int
    line_id: int
    window_id: int | None
    for_window_id: int | None
    origin: str
    green: str
    state: str
    at: datetime
    here_at: datetime | None
    stands_since: datetime
    called_at: datetime | None
    forecast__at: datetime | None
    forecast__ahead: int
    site_id: int
    items: frozenset[int]


def minute_of(at: datetime) -> float:
    """Return the minute of the day at which this was, by the clock on the wall."""
    return _minutes(at, _midnight(at))


def kind_of(green: str) -> int:
    """Return the class in which somebody stands who goes by this channel, or by none."""
    return GREEN if green else ORDINARY


def days_so_far(lines: Collection[Line], at: datetime) -> dict[int, Day]:
    """Return the day of each line until now, by its key. The lines come with their sites."""
    today, sites = localtime(at).date(), {line.site_id for line in lines}
    visits, sitting = _of(sites, today), sitting_at(sites)
    served = {site: serves_of(one for one in sitting if one.site == site) for site in sites}
    rows = favoured_from(serves_of(sitting), today)
    read, calls = _read(visits, at), _calls(visits, at)
    stood, desks = _stood(read, at), _desks(read, sitting)
    there = Counter(one.line for one in sitting if not one.away)
    return {
        line.pk: Day(
            hall=line.site.code,
            line=line.prefix,
            stood=stood[line.site_id],
            calls=_ends(calls, line.pk, serving(line.pk, served[line.site_id])),
            windows=there[line.pk],
            norm=float(line.minutes),
            key=line.pk,
            serves=served[line.site_id],
            rows=rows,
            desks=desks[line.site_id],
        )
        for line in lines
    }


def _of(sites: Collection[int], day: date) -> QuerySet[Visit]:
    """Return who has a number at these sites that day; a booked visit that is not here has none."""
    return Visit.objects.filter(site__in=sites, day=day, number__isnull=False)


def _read(visits: QuerySet[Visit], at: datetime) -> list[Read]:
    """Return who stands at each site, who is at a window, and who was called lately."""
    near = Q(state__in=[State.WAITING, *HELD]) | Q(called_at__gte=at - LATELY)
    return [Read(*row) for row in gathered(visits.filter(near).values_list(*Read._fields))]


def _desks(rows: Collection[Read], sitting: Collection[Sits]) -> Mapping[int, Desks]:
    """Return of each site which windows call what, who of them has somebody, and in which lines
    anybody waits who is here."""
    found: dict[int, Desks] = defaultdict(Desks)
    for site in {one.site for one in sitting}:
        here = [read for read in rows if read.site_id == site]
        found[site] = Desks(
            serves_of(one for one in sitting if one.site == site and not one.away),
            {read.window_id for read in here if read.state in HELD},
            {read.line_id for read in here if read.state == State.WAITING and read.here_at},
        )
    return found


def _stood(rows: Collection[Read], at: datetime) -> Mapping[int, list[Stood]]:
    """Return who stands at each site, and who was called lately."""
    midnight = _midnight(at)
    found: dict[int, list[Stood]] = defaultdict(list)
    sites = {read.site_id for read in rows if read.items}
    skills = skills_lately(tuple(sorted(sites)), at) if sites else {}
    lately = at - LATELY
    for read in rows:
        # A visit that goes on since long ago holds its window, and tells nothing else.
        if read.state != State.WAITING and (read.called_at is None or read.called_at < lately):
            continue
        here = skills.get(read.site_id)
        only = only_windows(here, read.line_id, read.items, read.for_window_id)
        found[read.site_id].append(_one(read, midnight, only=only))
    return found


def _one(read: Read, midnight: datetime, *, only: frozenset[int]) -> Stood:
    waits = read.state == State.WAITING
    told, called = read.forecast__at, read.called_at
    # When a number taken on the phone is called depends on when its holder comes: no outcome.
    counts = told is not None and read.origin != PHONE
    return Stood(
        row=read.pk,
        came=_minutes((read.origin == BOOKED and read.here_at) or read.at, midnight),
        since=_minutes(read.stands_since, midnight),
        kind=kind_of(read.green),
        waits=waits,
        # Who waits again was called in another line, or did not come.
        called=None if waits or called is None else _minutes(called, midnight),
        told=Told(_minutes(told, midnight), read.forecast__ahead) if counts and told else None,
        line=read.line_id,
        window=read.window_id or 0,
        only=only,
    )


def _calls(visits: QuerySet[Visit], at: datetime) -> list[tuple[int, int, float, float]]:
    """Return of each line and each window that called it when the first and the last call was."""
    midnight = _midnight(at)
    called = visits.filter(called_at__isnull=False).order_by().values_list("line_id", "window_id")
    rows = called.annotate(first=Min("called_at"), last=Max("called_at"))
    return [
        (line, window or 0, _minutes(first, midnight), _minutes(last, midnight))
        for line, window, first, last in rows
    ]


def _ends(
    calls: Collection[tuple[int, int, float, float]], line: int, windows: Collection[int]
) -> Sequence[float]:
    """Return the first and the last call of a line and of its windows."""
    theirs = [ends for of, window, *ends in calls if of == line or window in windows]
    return [min(first for first, _ in theirs), max(last for _, last in theirs)] if theirs else ()


def _minutes(at: datetime, midnight: datetime) -> float:
    return (at - midnight).total_seconds() / 60


def _midnight(at: datetime) -> datetime:
    return make_aware(datetime.combine(localtime(at).date(), time()))
