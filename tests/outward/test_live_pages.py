"""The live pages at the real server: event streams, who is refused them, and how they end."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils.timezone import now

from mingchuang.visits.actions.calling import call_next
from tests.tools import serving
from tests.tools.serving import Served
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def a_server(**more: str) -> Iterator[Served]:
    told = serving.environment(settings.HOME, serving.database_of_tests())
    with serving.served({**told, **more}, "--workers", "1") as server:
        yield server


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: Any) -> Iterator[Served]:
    with django_db_blocker.unblock(), a_server(MINGCHUANG_LIMIT_SCREENS="3") as server:
        yield server


class Screen:
    """Somebody who listens."""

    def __init__(self, server: Served, path: str, method: str = "GET", **told: str) -> None:
        where = urlsplit(server.address)
        self.line = socket.create_connection((where.hostname, where.port), timeout=20)
        self.file = self.line.makefile("rb")
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
        self.line.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n".encode())
        head = iter(self.file.readline, b"\r\n")
        self.status = int(next(head).split()[1])
        pairs = [one.decode().strip().partition(": ") for one in head]
        self.told = {name.lower(): value for name, _, value in pairs}

    def until(self, begin: bytes) -> bytes:
        """Return the next line of the stream that begins so."""
        for line in self.file:
            if line.startswith(begin):
                return line[len(begin) :].strip()
        raise EOFError

    def event(self) -> Any:
        return json.loads(self.until(b"data: "))

    def close(self) -> None:
        self.file.close()
        self.line.close()


def test_a_stream_is_kept_by_nobody_on_the_way(server: Served) -> None:
    with closing(Screen(server, f"/live/hall/{a_line().site.code}/")) as screen:
        told = screen.told

    assert screen.status == 200
    assert told["content-type"] == "text/event-stream; charset=utf-8"
    assert (told["cache-control"], told["x-accel-buffering"]) == ("no-store", "no")
    assert told["content-security-policy"] == "default-src 'none'"


def test_a_call_is_on_the_screen_without_being_asked_for(server: Served) -> None:
    line = a_line()
    clerk, visit = a_clerk(line, at=now()), a_visit(line, at=now())
    with closing(Screen(server, f"/live/v/{visit.code}/")) as screen:
        before = screen.event()
        call_next(by=clerk, at=now())
        after = screen.event()

    assert (before, after) == ({"part": "free"}, {"part": "called"})


def test_whoever_knows_the_newest_is_not_told_it_again(server: Served) -> None:
    path = f"/live/hall/{a_line().site.code}/"
    with closing(Screen(server, path)) as screen:
        known = screen.until(b"id: ").decode()

    with closing(Screen(server, path, Last_Event_ID=known)) as again:
        again.until(b"retry: ")
        assert again.until(b":") == b""


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/live/v/0123456789abcdef/", "GET", 404),
        ("/live/hall/nowhere/", "GET", 404),
        ("/live/nothing/of/this/", "GET", 404),
        ("/live/hall/nowhere/", "POST", 405),
    ],
)
def test_what_is_not_there_is_no_stream(
    server: Served, path: str, method: str, status: int
) -> None:
    with closing(Screen(server, path, method)) as screen:
        assert screen.status == status


def test_one_screen_too_many_is_told_when_to_come_again(server: Served) -> None:
    path = f"/live/hall/{a_line().site.code}/"
    screens = [Screen(server, path) for _ in range(3)]
    for screen in screens:
        screen.until(b"retry: ")

    refused = Screen(server, path)
    for screen in [*screens, refused]:
        screen.close()

    assert refused.status == 503
    assert refused.told["retry-after"] == "30"


def test_open_screens_do_not_hold_up_the_end() -> None:
    path = f"/live/hall/{a_line().site.code}/"
    with a_server() as server:
        screens = [Screen(server, path) for _ in range(20)]
        for screen in screens:
            screen.until(b"retry: ")
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        status = server.process.wait(30)
        took = time.monotonic() - began

    for screen in screens:
        with pytest.raises(EOFError):
            screen.until(b"never: ")
        screen.close()
    assert status == 0
    assert took < 10
