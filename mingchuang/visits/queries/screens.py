"""What hangs over the windows: one look at a site, whatever the number of screens."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.utils.timezone import localtime

from mingchuang.hall.models import Site
from mingchuang.hall.queries import NoSuchSite
from mingchuang.ledger.models import Entry
from mingchuang.visits.models import Call, Desk, Line, Visit
from mingchuang.visits.queries.forecasts import how_long_in
from mingchuang.visits.queries.serving import HallWindow, windows_in
from mingchuang.visits.queries.waiting import favoured_from
from mingchuang.visits.rules.life import AT_WINDOW, PRESENT, State
from mingchuang.visits.rules.screens import SHOWN, Called, Hall, OnDuty, Place, Ticket, Waits
from mingchuang.visits.rules.windows import places_of, stood_at

# So many calls are told back: who hears of several at once speaks all of them.
RING = 12
SAID = ("visit.called", "visit.recalled")


def hall_now(code: str, *, at: datetime, changed: Collection[int] = ()) -> Hall:
    """Return a site as its screens show it, with the tickets of who is there, and of the visits
    that `changed` whether they are or not."""
    site = Site.objects.filter(code=code).first()
    if site is None:
        raise NoSuchSite(code=code)
    return _Look(site, localtime(at), changed).hall


class Here(NamedTuple):
    """What is read of a visit: a thousand of them are looked at for each call."""

    pk: int
    code: str
    prefix: str
    number: int | None
    state: str
    line_id: int
    green: str
    stands_since: datetime | None
    here_at: datetime | None
    window_id: int | None
    for_window_id: int | None

    @property
    def shown(self) -> str:
        return f"{self.prefix}{self.number:03d}" if self.number else ""

    @property
    def subject(self) -> str:
        return f"visit:{self.pk:08d}"


@dataclass(frozen=True)
class _Look:
    """The statements behind one look; each is asked once."""

    site: Site
    at: datetime
    changed: Collection[int] = field(default_factory=tuple)

    @property
    def hall(self) -> Hall:
        return Hall(
            code=self.site.code,
            name=self.site.name,
            calls=[self._called(call.pk, call) for call in self._last_calls()[:SHOWN]],
            spoken=self.spoken,
            lines=self._lines(),
            windows=self._places(),
            tickets=self._tickets(),
        )

    @cached_property
    def windows(self) -> Sequence[HallWindow]:
        return windows_in(self.site, self.open_lines)

    @cached_property
    def desks(self) -> Mapping[int, Desk]:
        open_now = Desk.objects.filter(window__site=self.site, until__isnull=True)
        return {desk.window_id: desk for desk in open_now.select_related("person")}

    @cached_property
    def visits(self) -> Sequence[Here]:
        here = Q(site=self.site, day=self.at.date(), state__in=sorted(map(str, PRESENT)))
        told = here | Q(pk__in=self.changed, site=self.site) if self.changed else here
        rows = Visit.objects.filter(told).order_by("pk").values_list(*Here._fields)
        return [Here(*row) for row in rows]

    @cached_property
    def open_lines(self) -> Sequence[Line]:
        lines = Line.objects.filter(site=self.site, active=True).select_related("site")
        return list(lines.order_by("prefix"))

    @cached_property
    def calls(self) -> Sequence[Call]:
        """The newest calls of the day at these windows, the newest first."""
        midnight = datetime.combine(self.at.date(), time(), self.at.tzinfo)
        calls = Call.objects.filter(window__in=[one.pk for one in self.windows], at__gte=midnight)
        return list(calls.select_related("visit", "window").order_by("-pk")[:RING])

    @cached_property
    def spoken(self) -> Sequence[Called]:
        """The newest calls, repeated ones too, the newest first: by their entries, which tell."""
        visits = {call.visit.subject: call for call in reversed(self.calls)}
        at_windows = {one.subject for one in self.visits if one.state in AT_WINDOW}
        said = Entry.objects.filter(subject__in={*visits, *at_windows}, verb__in=SAID)
        known = {one.subject: one.shown for one in self.visits if one.state in AT_WINDOW}
        known.update({subject: call.visit.shown for subject, call in visits.items()})
        return [
            Called(entry.pk, known[entry.subject], _number_of(entry.facts.get("window", "")))
            for entry in said.order_by("-pk")[:RING]
        ]

    def _last_calls(self) -> list[Call]:
        """Where each stands who was called: who was passed on is wanted at one window only."""
        last: dict[int, Call] = {}
        for call in self.calls:
            last.setdefault(call.visit_id, call)
        return list(last.values())

    def _called(self, key: int, call: Call) -> Called:
        visit = call.visit
        booked = visit.origin == "booked"
        return Called(key, visit.shown, call.window.number, bool(visit.green), booked)

    def _waiting(self) -> list[Here]:
        return [one for one in self.visits if one.state == State.WAITING and one.here_at]

    def _lines(self) -> list[Waits]:
        many: dict[int, int] = {}
        for one in self._waiting():
            many[one.line_id] = many.get(one.line_id, 0) + 1
        waits = how_long_in(self.open_lines, self.at)
        return [
            Waits(line.pk, line.prefix, line.name, many.get(line.pk, 0), waits.get(line.pk))
            for line in self.open_lines
        ]

    def _places(self) -> dict[int, Place]:
        held = {one.window_id: one for one in self.visits if one.state in AT_WINDOW}
        return {
            window.number: _place(window, self.desks.get(window.pk), held.get(window.pk))
            for window in self.windows
        }

    def _tickets(self) -> dict[str, Ticket]:
        standing = [
            stood_at(one.line_id, one.green, one.stands_since or self.at, one.pk, one.for_window_id)
            for one in self._waiting()
        ]
        serves = {window.pk: window.lines for window in self.windows if window.pk in self.desks}
        rows = favoured_from(serves, self.at.date())
        places = places_of(standing, self.at, serves=serves, rows=rows)
        number_of = {window.pk: window.number for window in self.windows}
        return {
            one.code: Ticket(
                state=one.state,
                number=one.shown,
                place=places.get(one.pk, 0),
                window=number_of.get(one.window_id or 0, 0) if one.state in AT_WINDOW else 0,
            )
            for one in self.visits
        }


def _place(window: HallWindow, desk: Desk | None, visit: Here | None) -> Place:
    card = None if desk is None else _card(desk)
    number = visit.shown if visit else ""
    serving = visit is not None and visit.state == State.SERVING
    return Place(window.number, window.name, card, number, serving)


def _card(desk: Desk) -> OnDuty:
    return OnDuty(
        badge=desk.person.badge,
        name=desk.person.name if desk.shows_name else "",
        languages=desk.languages,
        away=desk.away_since is not None,
    )


def _number_of(subject: object) -> int:
    """Return the number of the window the ledger names: 3 of `window:north-3`."""
    number = str(subject).rpartition("-")[2]
    return int(number) if number.isdecimal() else 0
