"""The one reader of this process: it looks into the ledger twenty times a second, while anybody
listens, and makes for each site that changed what all its screens are told."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import DatabaseError, connection

from mingchuang.base.errors import NotFound
from mingchuang.ledger.reading import newest_row, rows_after
from mingchuang.ledger.rules.arrivals import Arrivals
from mingchuang.visits.live.hub import Hub
from mingchuang.visits.live.payloads import Told, event, told_to
from mingchuang.visits.queries.homes import homes_of, sites_of_visits
from mingchuang.visits.queries.screens import hall_now
from mingchuang.visits.rules.channels import Channel, Kind

log = logging.getLogger(__name__)

PAUSE = 0.05
# Also what nobody writes down changes: a new day begins, a wait is told anew.
AT_LEAST_EVERY = 30.0
# What the ledger calls whatever stands on a site's screens; behind the colon is the site's code.
OF_A_SITE = ("window:", "line:")


class Reader:
    """Looks, and publishes what is new. One thread, one connection to the database."""

    def __init__(self, hub: Hub, *, clock: Callable[[], datetime]) -> None:
        self._hub, self._clock = hub, clock
        self._arrivals: Arrivals | None = None
        self._told: dict[Channel, Told] = {}
        self._homes: dict[str, tuple[str, int]] = {}
        self._looked: dict[str, float] = {}
        self._stop = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="live-reader", daemon=True).start()

    def stop(self) -> None:
        self._stop.set()
        self._hub.listened.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._hub.listened.wait()
            try:
                self.look()
                self._hub.looked = time.monotonic()
            except DatabaseError as error:
                log.warning("the screens cannot be told anything new: %s", error)
                connection.close()
            self._stop.wait(PAUSE)
        connection.close()

    def look(self) -> None:
        """Look once: one statement, and a few more for each site that changed."""
        wanted = self._hub.wanted()
        if not wanted:
            self._forget()
            return
        sites, visits = self._news()
        known = self._with_homes(wanted)
        fresh = self._hub.untold() & known.keys()
        sites |= {known[channel] for channel in fresh}
        visits |= {self._homes[one.name][1] for one in fresh if one.kind == Kind.VISIT}
        late = time.monotonic() - AT_LEAST_EVERY
        sites |= {site for site in known.values() if self._looked.get(site, 0.0) < late}
        for site in sites & set(known.values()):
            channels = [one for one in known if known[one] == site]
            self._tell(site, channels, visits=visits, fresh=fresh)
        self._told = {channel: told for channel, told in self._told.items() if channel in known}

    def _forget(self) -> None:
        """Rest until somebody listens, and begin anew then."""
        self._hub.listened.clear()
        if self._hub.wanted():
            self._hub.listened.set()
        self._arrivals, self._told, self._homes, self._looked = None, {}, {}, {}

    def _news(self) -> tuple[set[str], set[int]]:
        """Return the sites, and the visits, of which something was written since the last look."""
        if self._arrivals is None:
            self._arrivals = Arrivals(newest_row())
        seen = self._arrivals
        rows = rows_after(seen.last, missing=seen.missing)
        subjects = {rows[number] for number in seen.take(rows, now=time.monotonic())}
        visits = {int(one[6:]) for one in subjects if one.startswith("visit:")}
        sites = {_site_in(one) for one in subjects if one.startswith(OF_A_SITE)}
        return sites | sites_of_visits(visits), visits

    def _with_homes(self, wanted: Iterable[Channel]) -> dict[Channel, str]:
        """Return the code of the site of each channel; what opens no visit is sent away."""
        codes = {one.name for one in wanted if one.kind == Kind.VISIT}
        new = codes - self._homes.keys()
        self._homes = {c: home for c, home in self._homes.items() if c in codes} | homes_of(new)
        for code in new - self._homes.keys():
            self._hub.refuse(Channel(Kind.VISIT, code))
        return {
            one: self._homes[one.name][0] if one.kind == Kind.VISIT else one.name
            for one in wanted
            if one.kind != Kind.VISIT or one.name in self._homes
        }

    def _tell(
        self, site: str, channels: Collection[Channel], *, visits: set[int], fresh: set[Channel]
    ) -> None:
        try:
            hall = hall_now(site, at=self._clock(), changed=visits)
        except NotFound:
            for channel in channels:
                self._hub.refuse(channel)
            return
        self._looked[site] = time.monotonic()
        payloads = {}
        for channel in sorted(channels, key=_first_what_many_look_at):
            told = told_to(channel, hall)
            if told is None and channel in fresh:
                self._hub.refuse(channel)
            elif told is not None and (channel in fresh or told != self._told.get(channel)):
                self._told[channel] = told
                payloads[channel] = event(told)
        self._hub.publish(payloads)


def _first_what_many_look_at(channel: Channel) -> int:
    """Tell the hall before its windows, these before the boards, and a thousand phones last."""
    return list(Kind).index(channel.kind)


def _site_in(subject: str) -> str:
    """Return the code of the site in `window:north-3` and `line:north-A`."""
    return subject.partition(":")[2].rpartition("-")[0]
