"""What hangs over the windows: one look at a site, whatever the number of screens."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property

from django.utils.timezone import localtime

from mingchuang.hall.models import Site, Window
from mingchuang.hall.queries import NoSuchSite
from mingchuang.ledger.models import Entry
from mingchuang.visits.models import Call, Desk, Line
from mingchuang.visits.queries.forecasts import how_long_behind_doors
from mingchuang.visits.queries.skills import only_windows, skills_lately
from mingchuang.visits.queries.standing import Here, here_at
from mingchuang.visits.queries.turns import lines_by_window
from mingchuang.visits.queries.waiting import favoured_from
from mingchuang.visits.rules.forecast.shown import Wait
from mingchuang.visits.rules.life import AT_WINDOW, State
from mingchuang.visits.rules.screens import (
    SHOWN,
    Called,
    Hall,
    OnDuty,
    Place,
    Ticket,
    Waits,
    state_told,
)
from mingchuang.visits.rules.turn import Turn, turn_of
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
    def windows(self) -> Sequence[Window]:
        return list(self.site.windows.order_by("number"))

    @cached_property
    def desks(self) -> Mapping[int, Desk]:
        open_now = Desk.objects.filter(window__in=self.windows, until__isnull=True)
        return {desk.window_id: desk for desk in open_now.select_related("person")}

    @cached_property
    def visits(self) -> Sequence[Here]:
        return here_at(self.site, self.at.date(), changed=self.changed)

    @cached_property
    def open_lines(self) -> Sequence[Line]:
        lines = Line.objects.filter(site=self.site, active=True).select_related("site")
        return list(lines.order_by("prefix"))

    @cached_property
    def calls(self) -> Sequence[Call]:
        """The newest calls of the day at these windows, the newest first."""
        midnight = datetime.combine(self.at.date(), time(), self.at.tzinfo)
        calls = Call.objects.filter(window__in=self.windows, at__gte=midnight)
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
        many = Counter(one.line_id for one in self.visits if one.state == State.WAITING)
        waits = how_long_behind_doors(self.open_lines, self.at)
        return [_waits(line, many[line.pk], waits.get(line.pk)) for line in self.open_lines]

    def _places(self) -> dict[int, Place]:
        held = {one.window_id: one for one in self.visits if one.state in AT_WINDOW}
        return {
            window.number: self._place(window, self.desks.get(window.pk), held.get(window.pk))
            for window in self.windows
        }

    def _place(self, window: Window, desk: Desk | None, visit: Here | None) -> Place:
        card = None if desk is None else self._card(desk)
        number = visit.shown if visit else ""
        serving = visit is not None and visit.state == State.SERVING
        return Place(window.number, window.name, card, number, serving)

    def _card(self, desk: Desk) -> OnDuty:
        return OnDuty(
            badge=desk.person.badge,
            name=desk.person.name if self.site.names_on_cards else "",
            languages=desk.languages,
            away=desk.away_since is not None,
        )

    def _tickets(self) -> dict[str, Ticket]:
        standing = [
            stood_at(one.line_id, one.green, one.stands_since or self.at, one.pk, self._only(one))
            for one in self._waiting()
        ]
        rows = favoured_from(self.serves, self.at.date())
        places = places_of(standing, self.at, serves=self.serves, rows=rows)
        number_of = {window.pk: window.number for window in self.windows}
        return {
            one.code: Ticket(
                state=state_told(one.state, one.window_id, self.desks),
                number=one.shown,
                place=places.get(one.pk, 0),
                window=number_of.get(one.window_id or 0, 0) if one.state in AT_WINDOW else 0,
                turn=self._turn(one) if places.get(one.pk) == 1 else Turn.NEXT,
                green=one.green,
            )
            for one in self.visits
        }

    @cached_property
    def serves(self) -> Mapping[int, Collection[int]]:
        """The windows at which somebody sits, with the lines of each."""
        served = lines_by_window((self.site.pk,), self.at)
        return {window: served.get(window, ()) for window in self.desks}

    @cached_property
    def calling(self) -> Mapping[int, Collection[int]]:
        """Those of them that call: nobody is away."""
        away = {pk for pk, desk in self.desks.items() if desk.away_since is not None}
        return {window: lines for window, lines in self.serves.items() if window not in away}

    def _turn(self, one: Here) -> Turn:
        held = {each.window_id for each in self.visits if each.state in AT_WINDOW}
        waited = {each.line_id for each in self._waiting()}
        only = self._only(one)
        return turn_of(one.line_id, calls=self.calling, held=held, waited=waited, only=only)

    def _only(self, one: Here) -> frozenset[int]:
        skills = skills_lately((self.site.pk,), self.at) if one.items else {}
        return only_windows(skills.get(self.site.pk), one.line_id, one.items, one.for_window_id)


def _waits(line: Line, many: int, wait: Wait | None) -> Waits:
    return Waits(line.pk, line.prefix, line.name, many, wait and wait.behind(many))


def _number_of(subject: object) -> int:
    """Return the number of the window the ledger names: 3 of `window:north-3`."""
    number = str(subject).rpartition("-")[2]
    return int(number) if number.isdecimal() else 0
