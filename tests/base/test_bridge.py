"""The bridge from the event loop to the pages: threads come back, and nobody is served half."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mingchuang.base.bridge import READ_BEFORE, Bridge, Environ, Message, Wsgi

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/你/",
    "query_string": b"q=1",
    "http_version": "1.1",
    "headers": [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"content-type", b"text/plain")],
    "client": ("10.0.0.1", 4000),
    "server": ("127.0.0.1", 8000),
}
GONE: Message = {"type": "http.disconnect"}


def a_part(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def answered(application: Wsgi, *parts: Message, stays: bool = True) -> list[Message]:
    """Let somebody send these parts, and then stay or go; return what they are answered."""
    sent: list[Message] = []

    async def all_of_it() -> None:
        coming = asyncio.Queue[Message]()
        for part in parts:
            coming.put_nowait(part)

        async def send(message: Message) -> None:
            sent.append(message)
            if not stays:
                coming.put_nowait(GONE)
            await asyncio.sleep(0)

        await asyncio.wait_for(Bridge(application, threads=1)(SCOPE, coming.get, send), 20)

    asyncio.run(all_of_it())
    return sent


def body_of(sent: Iterable[Message]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent)


def _begin(start: Callable[..., object]) -> None:
    start("200 OK", [("Content-Type", "text/plain")])


def test_the_pages_are_told_who_asks_for_what() -> None:
    seen: Environ = {}

    def page(environ: Environ, start: Callable[..., object]) -> list[bytes]:
        seen.update(environ)
        _begin(start)
        return [b"fine"]

    sent = answered(page, a_part(b""))

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert seen["PATH_INFO"].encode("latin1").decode() == "/你/"
    assert (seen["REMOTE_ADDR"], seen["HTTP_COOKIE"]) == ("10.0.0.1", "a=1; b=2")
    assert (seen["CONTENT_TYPE"], seen["QUERY_STRING"]) == ("text/plain", "q=1")


def test_a_long_form_is_read_as_it_comes() -> None:
    def echo(environ: Environ, start: Callable[..., object]) -> list[bytes]:
        _begin(start)
        return [environ["wsgi.input"].read()]

    parts = [a_part(b"x" * READ_BEFORE, more=True), a_part(b"y" * 10, more=True), a_part(b"z")]

    assert body_of(answered(echo, *parts)) == b"x" * READ_BEFORE + b"y" * 10 + b"z"


def test_a_line_that_breaks_is_not_the_end_of_a_form() -> None:
    broken: list[OSError] = []

    def reads(environ: Environ, start: Callable[..., object]) -> list[bytes]:
        try:
            environ["wsgi.input"].read()
        except OSError as error:
            broken.append(error)
        _begin(start)
        return []

    answered(reads, a_part(b"x" * READ_BEFORE, more=True), GONE)

    assert len(broken) == 1


def test_who_goes_before_the_form_is_whole_asks_nothing() -> None:
    def never(environ: Environ, start: Callable[..., object]) -> list[bytes]:
        raise AssertionError

    assert answered(never, a_part(b"x", more=True), GONE) == []


def test_a_download_ends_when_nobody_takes_it_any_more() -> None:
    ended = threading.Event()

    def pieces() -> Iterator[bytes]:
        try:
            while True:
                yield b"piece"
        finally:
            ended.set()

    def endless(environ: Environ, start: Callable[..., object]) -> Iterator[bytes]:
        _begin(start)
        return pieces()

    sent = answered(endless, a_part(b""), stays=False)

    assert ended.is_set()
    assert len(sent) < 20


def test_a_download_comes_whole_and_in_order() -> None:
    def pieces(environ: Environ, start: Callable[..., object]) -> Iterator[bytes]:
        _begin(start)
        return (b"%d," % n for n in range(50))

    sent = answered(pieces, a_part(b""))

    assert body_of(sent) == b"".join(b"%d," % n for n in range(50))
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * 49 + [False]
