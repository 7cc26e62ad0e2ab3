"""From the event loop to the pages: a WSGI application behind ASGI, on a few lasting threads.

A thread is taken once a form has come in whole, or its first part where it is long, and is given
back once the answer is made; only what is streamed keeps it longer. Each thread keeps its
connection to the database.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

Environ = dict[str, Any]
Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]

# A form without photos fits in here; who writes it slowly keeps nobody else waiting.
READ_BEFORE = 64 * 1024
# Somebody who takes no byte for so long has left without saying so.
PATIENCE = 60.0
NAMED = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
# By what a header that came more than once is joined.
JOINED = {"HTTP_COOKIE": "; "}


class Bridge:
    """Answers each request with the WSGI application, in one of so many threads."""

    def __init__(self, application: Wsgi, *, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        body = Body(receive, loop)
        answer = _Answer(body, send, loop)
        try:
            await body.begin()
            told = environ_of(scope, io.BufferedReader(body))
            make = partial(answer.made_by, self._application, told)
            await answer.finish(await loop.run_in_executor(self._threads, make))
        except ConnectionResetError:
            return  # nobody waits for it any more
        finally:
            answer.unwatch()


class Body(io.RawIOBase):
    """What somebody sends, read by a thread as it comes in; a line that breaks is an OSError,
    so that half a form is never taken for a whole one."""

    def __init__(self, receive: Receive, loop: asyncio.AbstractEventLoop) -> None:
        self._receive, self._loop = receive, loop
        self._held, self._more = bytearray(), True

    async def begin(self) -> None:
        while self._more and len(self._held) < READ_BEFORE:
            await self._take()

    async def ended(self) -> None:
        """Return once the other side has gone."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _take(self) -> None:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        self._held += message.get("body", b"")
        self._more = message.get("more_body", False)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._more and not self._held:
            asyncio.run_coroutine_threadsafe(self._take(), self._loop).result()
        part = self._held[: len(buffer)]
        del self._held[: len(part)]
        buffer[: len(part)] = part
        return len(part)


class _Answer:
    """What the application answers: in one piece where it is one, else piece by piece."""

    def __init__(self, body: Body, send: Send, loop: asyncio.AbstractEventLoop) -> None:
        self._body, self._send, self._loop = body, send, loop
        self._start: Message = {}
        # Ends when the other side goes; there is none before something is streamed.
        self._watch: asyncio.Future[None] | None = None

    def made_by(self, application: Wsgi, told: Environ) -> bytes:
        """Let the application answer, in this thread; return what is left to be sent."""
        pieces = application(told, self._begin)
        try:
            return self._last_of(iter(pieces))
        finally:
            getattr(pieces, "close", lambda: None)()

    def _begin(self, status: str, headers: Iterable[tuple[str, str]], *_error: object) -> None:
        told = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
        self._start = {"type": "http.response.start", "status": int(status[:3]), "headers": told}

    def _last_of(self, pieces: Iterator[bytes]) -> bytes:
        """Send every piece but the last one, which needs no thread any more."""
        held = next(pieces, b"")
        for piece in pieces:
            self._wait_for(self._stream(held))
            held = piece
        return held

    def _wait_for(self, sending: Any) -> None:
        asyncio.run_coroutine_threadsafe(sending, self._loop).result(PATIENCE)

    async def _stream(self, piece: bytes) -> None:
        if self._watch is None:
            self._watch = asyncio.ensure_future(self._body.ended())
            await self._send(self._start)
        elif self._watch.done():
            raise ConnectionResetError
        await self._send({"type": "http.response.body", "body": piece, "more_body": True})

    async def finish(self, last: bytes) -> None:
        if self._watch is None:
            await self._send(self._start)
        await self._send({"type": "http.response.body", "body": last})

    def unwatch(self) -> None:
        if self._watch is not None:
            self._watch.cancel()


def environ_of(scope: Scope, body: io.BufferedReader) -> Environ:
    """Return a request as WSGI tells it (PEP 3333)."""
    host, port = scope.get("server") or ("localhost", 80)
    told: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope.get("client") else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for header, value in scope["headers"]:
        name = NAMED.get(header) or "HTTP_" + header.decode("latin1").upper().replace("-", "_")
        text = value.decode("latin1")
        joined = JOINED.get(name, ",")
        told[name] = f"{told[name]}{joined}{text}" if name in told else text
    return told
