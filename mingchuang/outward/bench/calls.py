"""A number at the kiosk and a call at a window, by the real forms of the real server on PostgreSQL:
how many such pairs a second eight people reach who take a number and call one, each at a window of
its own, beside what `pgbench` reaches on the same server with the statements that one pair sends.
A window asks as the clerk's page does: it finishes with one, calls the next, and is shown its page
anew. Who asks runs on the same machine."""

import multiprocessing
import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.db import connection
from django.utils.timezone import localtime

from mingchuang.outward.errors import OtherDatabase
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.halls import ALL_DAY, Hall, build_hall
from mingchuang.outward.measuring.pgbench import rate, script_of
from mingchuang.outward.measuring.results import Row, ours_at_least, ratio_at_least
from mingchuang.outward.measuring.serving import cookie_of, free_port, ours, running
from mingchuang.outward.measuring.statements import heard
from mingchuang.outward.measuring.towns import address_of_town, scratch
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.desks import sign_on
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.models import Call, Given, Visit
from mingchuang.visits.rules.life import AT_WINDOW

WINDOWS, PROCESSES, PATIENCE = 8, 2, 30
KIOSK, WINDOW = "/kiosk/synthetic/line/A/ordinary/", "/desk/window/do/"
SEEN = re.compile(rb'name="seen" value="(\d+)"')
# Numbers that stand for nothing else in a statement, so that they can be found in it.
VISITS, AT, NUMBERS, PEOPLE = 910_000_000, 920_000_000, 930_000_000, 940_000_000
KEY = "one-pair-" + "0" * 23


def measure(asked: Asked) -> Found:
    if connection.vendor != "postgresql":
        raise OtherDatabase(wanted="PostgreSQL")
    with scratch("calls"):
        hall = _hall(asked)
        pair = one_pair(hall)
        asked.tell("mingchuang …")
        called = _asked_for(hall, asked)
        asked.tell("pgbench …")
        Visit.objects.filter(state__in=AT_WINDOW).update(state="finished", ended_at=asked.at)
        reached = [
            rate(script, address_of_town(), clients=WINDOWS, seconds=asked.seconds)
            for script in (pair.as_sent(), pair.as_written())
        ]
    return Found(_rows(called / asked.seconds, *reached), notes=[_note(asked, called, pair)])


def _rows(pairs: float, sent: float, written: float) -> list[Row]:
    beside = partial(Row, ours=pairs, unit="/s", peer_name="pgbench")
    return [
        Row("pairs of a number and a call", pairs, "/s", goal=ours_at_least(300)),
        beside(
            "the same, beside the same statements",
            peer=sent,
            ratio=pairs / sent,
            goal=ratio_at_least(0.2),
        ),
        beside("the same, beside what they write alone", peer=written, ratio=pairs / written),
    ]


def _note(asked: Asked, called: int, pair: "Pair") -> str:
    many = sum(map(len, pair.steps))
    return (
        f"In {asked.seconds:.0f} s {called:,} pairs, by {asked.workers} web processes."
        " A pair is two requests; the number tells how long one"
        " waits, the call finishes with the one before and shows the clerk's page. pgbench sends"
        f" the {many} statements of taking a number, calling and finishing in three transactions,"
        " as we do, without what signs a clerk in and shows a page; or, what they write alone, in"
        " one transaction that reads nothing first."
    )


def _hall(asked: Asked) -> Hall:
    numbers = {"visits_visit": VISITS, "hall_window": AT, "people_person": PEOPLE}
    with connection.cursor() as cursor:
        for table, number in numbers.items():
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, number])
    hall = build_hall(windows=WINDOWS, clerks=WINDOWS, at=asked.at, doors=ALL_DAY)
    for window, clerk in zip(hall.windows, hall.clerks, strict=True):
        sign_on(window.pk, by=clerk, at=asked.at)
    return hall


@dataclass(frozen=True)
class Pair:
    """What a number, a call and its end send to the database, each with its values in it, and
    what stands in place of a value so that it can be sent again and again."""

    steps: Sequence[list[str]]
    renewed: Mapping[str, str]
    dice: str

    def as_sent(self) -> str:
        return self.dice + "".join(script_of(said, self.renewed) for said in self.steps)

    def as_written(self) -> str:
        said = [one for step in self.steps for one in step]
        writes = [one for one in said if one.startswith(("INSERT", "UPDATE"))]
        return self.dice + script_of(writes, self.renewed)


def one_pair(hall: Hall) -> Pair:
    """Give a number, call and serve it, in this process, and listen to what that sends: with
    another row, number, clerk and window each time it can be repeated by pgbench. One pair comes
    before, for what a server asks once in a while is not asked for each pair."""
    at, clerk = localtime(), hall.clerks[0]
    issue_visit(hall.line, key="before-" + KEY, origin="kiosk", at=at)
    call_next(by=clerk, at=at)
    finish(by=clerk, at=at)
    given = {"site": hall.line.site, "day": at.date(), "prefix": hall.line.prefix}
    Given.objects.filter(**given).update(last=NUMBERS)
    with heard() as taken:
        visit = issue_visit(hall.line, key=KEY, origin="kiosk", at=at)
    with heard() as called:
        call_next(by=clerk, at=at)
    with heard() as finished:
        finish(by=clerk, at=at)
    Given.objects.filter(**given).update(last=1)
    renewed = {
        f"'{KEY}'": "gen_random_uuid()::text",
        f"'{visit.code}'": "substr(md5(random()::text), 1, 16)",
        f"'A{visit.number}'": "'A001'",
        f'"A{visit.number}"': '"A001"',
        visit.subject: "visit of pgbench",
        str(visit.number): "(SELECT last FROM visits_given LIMIT 1)",
        str(visit.pk): ":visits_visit_id",
        str(hall.windows[0].pk): ":window",
        str(clerk.pk): ":clerk",
    }
    own = {"window": hall.windows[0].pk, "clerk": clerk.pk}
    dice = "".join(f"\\set {name} {first} + :client_id\n" for name, first in own.items())
    return Pair([taken, called, finished], renewed, dice)


def _asked_for(hall: Hall, asked: Asked) -> int:
    """Let kiosks and windows ask the server until the time is over; return how many were called."""
    port, before = free_port(), Call.objects.count()
    people = [partial(_pairs, port, cookie_of(clerk)) for clerk in hall.clerks]
    connection.close()
    server = ours(port, database=address_of_town(), workers=asked.workers)
    with running(server, port), multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        groups = [people[n::PROCESSES] for n in range(PROCESSES)]
        pool.map(partial(_all, asked.seconds), groups, chunksize=1)
    return Call.objects.count() - before


def _all(seconds: float, people: list[Callable[[float], None]]) -> None:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(people)) as together:
        list(together.map(lambda one: one(until), people))


def _pairs(port: int, cookie: str, until: float) -> None:
    """Take a number at a kiosk, then call at a window, one after the other."""
    door, seen = HTTPConnection("127.0.0.1", port, timeout=PATIENCE), ""
    while time.monotonic() < until:
        _sent(door, KIOSK, {"key": secrets.token_urlsafe(24)})
        page = _sent(door, f"{WINDOW}{'on' if seen else 'next'}/", {"seen": seen}, cookie)
        found = SEEN.search(page)
        seen = found[1].decode() if found else ""


def _sent(door: HTTPConnection, path: str, fields: dict[str, str], cookie: str = "") -> bytes:
    token = "c" * 32
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={token}; {cookie}",
        "X-CSRFToken": token,
        "HX-Request": "true",
    }
    door.request("POST", path, urlencode(fields), headers)
    return door.getresponse().read()
