"""The one reader of a process, and all who listen to it."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from mingchuang.ledger.models import Entry
from mingchuang.visits.actions.calling import call_next, finish
from mingchuang.visits.actions.desks import step_away
from mingchuang.visits.live.hub import Full, Hub, Listener
from mingchuang.visits.live.reader import Reader
from mingchuang.visits.models import Line
from mingchuang.visits.rules.channels import CHINESE, ENGLISH, Channel, Kind, channel_at
from tests.build import MONDAY
from tests.visits.hall import a_clerk, a_line, a_visit

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + timedelta(minutes=20)
T = TypeVar("T")


class Room:
    """A hub in an event loop of its own, and a reader that looks when it is told to."""

    def __init__(self, *, each: int = 1000, most: int = 1000) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.hub = Hub(each=each, most=most)
        self.reader = Reader(self.hub, clock=lambda: LATER)

    def within(self, deed: Callable[[], T]) -> T:
        async def run() -> T:
            return deed()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(20)

    def join(self, channel: Channel, address: str = "10.0.0.1") -> Listener:
        return self.within(lambda: self.hub.join(channel, address))

    def leave(self, listener: Listener) -> None:
        self.within(lambda: self.hub.leave(listener))

    def newest(self, listener: Listener) -> bytes | None:
        """Return what the screen has to take, if anything, without waiting for more."""
        return self.within(listener.take)

    def look(self) -> None:
        self.reader.look()
        self.within(lambda: None)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.close()


def hall_of(line: Line, language: str = CHINESE) -> Channel:
    return Channel(Kind.HALL, line.site.code, language=language)


def told(event: bytes | None) -> Any:
    assert event is not None
    return json.loads(event.partition(b"data: ")[2])


def test_every_screen_gets_the_same_bytes_for_as_many_statements_as_one(room: Room) -> None:
    line = a_line()
    clerk = a_clerk(line)
    a_visit(line), a_visit(line)
    screens = [room.join(hall_of(line)) for _ in range(1)]
    room.look()
    call_next(by=clerk, at=LATER)
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        room.look()
    finish(by=clerk, at=LATER)
    screens += [room.join(hall_of(line)) for _ in range(49)]
    call_next(by=clerk, at=LATER)

    with CaptureQueriesContext(connection) as for_fifty:
        room.look()

    got = [room.newest(screen) for screen in screens]
    assert len({id(one) for one in got}) == 1
    assert "A002" in told(got[0])["html"]
    assert len(for_fifty) == len(for_one) <= 10


def test_while_nothing_happens_a_look_is_one_statement(room: Room) -> None:
    screens = [room.join(hall_of(a_line())) for _ in range(5)]
    room.look()

    with CaptureQueriesContext(connection) as asked:
        room.look()

    assert len(asked) == 1
    assert room.hub.many == len(screens)


def test_while_nobody_listens_nothing_is_asked(room: Room) -> None:
    screen = room.join(hall_of(a_line()))
    room.look()
    room.leave(screen)
    room.look()

    with CaptureQueriesContext(connection) as asked:
        room.look()

    assert len(asked) == 0
    assert not room.hub.listened.is_set()


def test_who_comes_later_is_told_what_the_others_know(room: Room) -> None:
    line = a_line()
    first = room.join(hall_of(line))
    room.look()

    later = room.join(hall_of(line))

    assert room.newest(later) == room.newest(first)


def test_who_comes_when_the_last_one_has_just_gone_is_told_too(room: Room) -> None:
    line = a_line()
    first = room.join(hall_of(line))
    room.look()
    room.leave(first)
    second = room.join(hall_of(line))

    room.look()

    assert room.newest(second) is not None


def test_each_language_has_its_own_words(room: Room) -> None:
    line = a_line()
    english, chinese = room.join(hall_of(line, ENGLISH)), room.join(hall_of(line))

    room.look()

    assert told(room.newest(english))["html"] != told(room.newest(chinese))["html"]


def test_a_ticket_hears_of_its_place_and_of_its_call_and_of_nobody_else(room: Room) -> None:
    line = a_line()
    first, second = a_visit(line), a_visit(line)
    ticket = room.join(Channel(Kind.VISIT, second.code))
    room.look()
    before = room.newest(ticket)
    call_next(by=a_clerk(line), at=LATER)
    room.look()

    after = room.newest(ticket)

    assert told(before) == {"part": "waiting-2", "ahead": 1}
    assert told(after) == {"part": "next"}
    assert first.code not in f"{before!r}{after!r}"


def test_what_is_not_there_is_refused(room: Room) -> None:
    line = a_line()
    strangers = [
        room.join(Channel(Kind.VISIT, "0" * 16)),
        room.join(Channel(Kind.HALL, "nowhere", language=CHINESE)),
        room.join(Channel(Kind.WINDOW, line.site.code, 9, CHINESE)),
    ]

    room.look()

    assert [one.unknown for one in strangers] == [True] * 3


def test_a_board_hears_of_a_break(room: Room) -> None:
    line = a_line()
    clerk = a_clerk(line)
    board = room.join(Channel(Kind.BOARD, line.site.code))
    room.look()
    before = told(room.newest(board))
    step_away(by=clerk, at=LATER)

    room.look()

    assert told(room.newest(board)) != before


def test_a_slow_screen_holds_no_more_than_the_newest(room: Room) -> None:
    line = a_line()
    screen = room.join(hall_of(line))
    room.look()

    for n in range(1000):
        room.hub.publish({hall_of(line): b"%d" % n * 1000})
    room.within(lambda: None)

    assert room.newest(screen) == b"999" * 1000
    assert room.newest(screen) is None


def test_one_address_cannot_take_every_place() -> None:
    room = Room(each=2, most=3)
    line = a_line()
    held = [room.join(hall_of(line), "10.0.0.1") for _ in range(2)]

    with pytest.raises(Full):
        room.join(hall_of(line), "10.0.0.1")
    room.join(hall_of(line), "10.0.0.2")
    with pytest.raises(Full):
        room.join(hall_of(line), "10.0.0.3")
    room.leave(held[0])
    room.join(hall_of(line), "10.0.0.1")

    assert room.hub.many == 3
    room.close()


def test_calls_made_at_once_are_all_told_in_the_order_they_are_seen(room: Room) -> None:
    line = a_line(windows=4)
    for _ in range(12):
        a_visit(line)
    clerks = [a_clerk(line, number) for number in range(1, 5)]
    screen = room.join(hall_of(line))
    room.look()
    for clerk in clerks * 3:
        call_next(by=clerk, at=LATER)
        finish(by=clerk, at=LATER)

    room.look()

    spoken = told(room.newest(screen))["spoken"]
    assert [number for _key, number, _window in spoken] == [f"A{n:03d}" for n in range(1, 13)]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one writer at a time on SQLite")
def test_a_call_committed_after_a_later_one_is_told_too(room: Room) -> None:
    early, late = a_line(), a_line()
    for line in (early, late):
        a_visit(line)
    clerks = [a_clerk(early), a_clerk(late)]
    screens = [room.join(hall_of(line)) for line in (early, late)]
    room.look()
    [room.newest(screen) for screen in screens]
    written, may_commit = threading.Event(), threading.Event()

    def call_slowly() -> None:
        with transaction.atomic():
            call_next(by=clerks[0], at=LATER)
            written.set()
            may_commit.wait(20)
        connections.close_all()

    slow = threading.Thread(target=call_slowly)
    slow.start()
    assert written.wait(20)
    call_next(by=clerks[1], at=LATER)
    room.look()
    seen_before = [room.newest(screen) for screen in screens]
    may_commit.set()
    slow.join()
    room.look()

    assert seen_before[0] is None
    assert "A001" in told(seen_before[1])["html"]
    assert "A001" in told(room.newest(screens[0]))["html"]
    called = Entry.objects.filter(verb="visit.called").order_by("pk")
    assert called.count() == 2


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_listened_to_has_one_address(kind: Kind) -> None:
    name, window = ("0" * 16 if kind == Kind.VISIT else "north-1"), 3 * (kind == Kind.WINDOW)
    spoken = kind in {Kind.HALL, Kind.WINDOW}
    channel = Channel(kind, name, window, ENGLISH if spoken else "")

    path, _, query = channel.path.partition("?")

    assert channel_at(path, query) == channel


@pytest.mark.parametrize(
    "path", ["/live/", "/live/hall//", "/live/hall/a/b/", "/live/v/xyz/", "/live/hall/a/0/"]
)
def test_other_addresses_have_nothing_to_tell(path: str) -> None:
    assert channel_at(path, "") is None
