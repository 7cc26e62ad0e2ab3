"""A thousand open screens on one web process: hall displays, window displays, boards, and the pages
of people who wait. Numbers are called by the real action in another process; the time runs from the
commit of a call until each screen has received what it changes for it. Then the server is killed
under a thousand screens and started again, and the screens come back by themselves."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.urls import reverse

from mingchuang.hall.models import Window
from mingchuang.outward.actions.demo import build_town
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.results import Row, ours_at_most
from mingchuang.outward.measuring.screens import Heard, Log, Renewed, Screens
from mingchuang.outward.measuring.serving import cookie_of, free_port, ours, running
from mingchuang.outward.measuring.statements import counted
from mingchuang.outward.measuring.times import percentile
from mingchuang.outward.measuring.towns import address_of_town, scratch
from mingchuang.people.models import Person
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.desks import sign_on
from mingchuang.visits.actions.numbers import issue_visit
from mingchuang.visits.live.hub import Hub
from mingchuang.visits.live.reader import PAUSE, Reader
from mingchuang.visits.models import Line
from mingchuang.visits.rules.channels import CHINESE, Channel, Kind

SCREENS, CALLS = 1_000, 100
# Of each hundred screens; the others are pages of people who wait, told of every call.
SHARES = {Kind.HALL: 10, Kind.WINDOW: 10, Kind.BOARD: 5}
# So long after a call everything it changes has been heard, or never will be.
SETTLED = 0.8
IDLE = 5.0


class Scene(NamedTuple):
    """A hall where many wait, its clerk, what the screens listen to that hear of every call, and
    the pages of those who are called, one after the other."""

    at: datetime
    clerk: Person
    supervisor: Person
    channels: Sequence[Channel]
    called: Sequence[Channel]


def measure(asked: Asked) -> Found:
    many, calls = min(SCREENS, asked.many), min(CALLS, asked.rounds)
    with scratch("live"):
        scene = a_hall(many, calls, at=asked.at)
        asked.tell("idle …")
        statements = idle_statements(scene)
        port = free_port()
        command = ours(port, database=address_of_town(), workers=1)
        paths = [one.path for one in (*scene.channels, *scene.called)]
        board, pages = a_board(scene), called_pages(scene)
        with closing(Screens(port, paths, pages=board | pages)) as screens:
            with running(command, port) as server:
                screens.wait_for(len(paths), since=0.0)
                asked.tell(f"{calls} calls …")
                committed = _called(scene, calls)
                told = _rows(committed, screens.log(), many, board=board, called=pages)
                asked.tell("the server is killed …")
                killed = time.perf_counter()
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()
            with running(command, port):
                back = came_back(screens, len(paths), since=killed)
    return Found(
        [
            *told,
            Row(f"statements while nothing happens, {many:,} screens", statements, "/s"),
            *back,
        ],
        notes=[
            f"{calls} calls, {many:,} screens: of each hundred {SHARES[Kind.HALL]} hall displays,"
            f" {SHARES[Kind.WINDOW]} window displays, {SHARES[Kind.BOARD]} boards, the others pages"
            " of people who wait; beside them the pages of those who are called."
            " Screens, server and the clerk who calls share this machine."
        ],
    )


def a_hall(many: int, calls: int, *, at: datetime) -> Scene:
    """Put up a hall where more wait than will be called, so that each page hears of each call."""
    build_town(at=at - timedelta(days=1))
    window = Window.objects.filter(items__isnull=False).select_related("site").order_by("pk")[0]
    line = Line.objects.create(site=window.site, prefix="Z", name="综合")
    line.items.set(window.items.all())
    waiting = [
        issue_visit(line, key=f"bench-{n}", origin="kiosk", at=at) for n in range(calls + many)
    ]
    clerk = Person.objects.get(username="jieda")
    sign_on(window.pk, by=clerk, at=at)
    code = window.site.code
    screens = {
        Kind.HALL: Channel(Kind.HALL, code, language=CHINESE),
        Kind.WINDOW: Channel(Kind.WINDOW, code, window.number, CHINESE),
        Kind.BOARD: Channel(Kind.BOARD, code),
    }
    channels = [screens[kind] for kind, share in SHARES.items() for _ in range(many * share // 100)]
    pages = [Channel(Kind.VISIT, visit.code) for visit in waiting]
    others = pages[calls : calls + many - len(channels)]
    supervisor = Person.objects.get(username="duban")
    return Scene(at, clerk, supervisor, [*channels, *others], pages[:calls])


def idle_statements(scene: Scene) -> float:
    """Return the statements a second that the reader asks while nothing happens."""

    async def idle() -> float:
        hub = Hub(each=len(scene.channels))
        for channel in scene.channels:
            hub.join(channel, "here")
        return await asyncio.to_thread(_looked, Reader(hub, clock=lambda: scene.at))

    return asyncio.run(idle())


def _looked(reader: Reader) -> float:
    try:
        reader.look()
        time.sleep(PAUSE)
        with counted() as said:
            until = time.perf_counter() + IDLE
            while time.perf_counter() < until:
                reader.look()
                time.sleep(PAUSE)
        return len(said) / IDLE
    finally:
        connection.close()


def _called(scene: Scene, calls: int) -> list[float]:
    """Call one after the other; return the moment at which each call was committed."""
    committed = []
    for _ in range(calls):
        call_next(by=scene.clerk, at=scene.at)
        committed.append(time.perf_counter())
        time.sleep(SETTLED)
        finish(by=scene.clerk, at=scene.at)
        time.sleep(SETTLED)
    return committed


def a_board(scene: Scene) -> dict[int, Renewed]:
    """Return the first of the boards as a browser that asks for its page whenever it is told."""
    number = next(n for n, one in enumerate(scene.channels) if one.kind == Kind.BOARD)
    path = f"{reverse('visits:board_now')}?site={scene.channels[number].name}"
    return {number: Renewed(_head(path, f"Cookie: {cookie_of(scene.supervisor)}\r\n"))}


def called_pages(scene: Scene) -> dict[int, Renewed]:
    """Return the phones of those who are called: each asks for its page when it hears so."""
    paths = [reverse("visits:visit", args=[one.name]) for one in scene.called]
    heads = [Renewed(_head(path), told=b'"part":"called"') for path in paths]
    return dict(enumerate(heads, len(scene.channels)))


def _head(path: str, more: str = "") -> str:
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}"
    return f"{head}Connection: close\r\nHX-Request: true\r\n\r\n"


def told_after(
    committed: Sequence[float], heard: Sequence[Heard], screens: Collection[int], each: int = 0
) -> tuple[list[float], int]:
    """Return the seconds from each commit until each of these screens heard of it, and how many
    never did; every one of them, or so many of them after `each` call."""
    seconds: list[float] = []
    for moment in committed:
        first: dict[int, float] = {}
        for screen, at in heard:
            # A call may be heard of before the action that made it has returned.
            if screen in screens and moment - 0.1 < at < moment + SETTLED:
                first.setdefault(screen, max(0.0, at - moment))
        seconds += first.values()
    return seconds, len(committed) * (each or len(screens)) - len(seconds)


def came_back(screens: Screens, many: int, *, since: float) -> list[Row]:
    """Return how the screens come back to a server that has just begun again."""
    began = time.perf_counter()
    last = screens.wait_for(many, since=since)
    first = {screen: at for screen, at in reversed(screens.log().let_in) if at >= since}
    each = Counter(int(at) for at in first.values())
    return [
        Row(
            "killed and started again: most screens let in within a second",
            max(each.values()),
            "",
            goal=ours_at_most(many / 2),
        ),
        Row(
            "killed and started again: all screens are back after",
            last - began,
            "s",
            goal=ours_at_most(60),
        ),
    ]


def _rows(
    committed: Sequence[float],
    log: Log,
    many: int,
    *,
    board: Collection[int],
    called: Collection[int],
) -> list[Row]:
    seconds, missed = told_after(committed, log.heard, range(many))
    shown, unseen = told_after(committed, log.shown, board)
    turn, unturned = told_after(committed, log.shown, called, each=1)
    what = f"from the commit of a call to each of {many:,} screens"
    return [
        Row(f"{what}, p50", percentile(seconds, 50), "ms"),
        Row(f"{what}, p95", percentile(seconds, 95), "ms"),
        Row(f"{what}, p99", percentile(seconds, 99), "ms", goal=ours_at_most(300)),
        Row(f"{what}, the slowest", 1000 * max(seconds), "ms"),
        _row_of_page("a board has its page", shown),
        _row_of_page("who is called has theirs", turn),
        Row("updates that never came", missed + unseen + unturned, "", goal=ours_at_most(0)),
    ]


def _row_of_page(what: str, shown: Sequence[float]) -> Row:
    what = f"until {what}, asked for once more, p99"
    return Row(what, percentile(shown, 99), "ms", goal=ours_at_most(300))
