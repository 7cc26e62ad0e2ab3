"""The doors of the live pages, `/live/…`: event streams without a thread and without a database
connection of their own. Whatever else is asked for goes to the pages."""

import asyncio
import random
import signal
import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from mingchuang.base.bridge import Bridge, Message, Receive, Scope, Send, Wsgi
from mingchuang.base.http import address_told
from mingchuang.visits.live.hub import NO_NEWS, Full, Hub, Listener
from mingchuang.visits.live.payloads import id_of
from mingchuang.visits.live.reader import Reader
from mingchuang.visits.rules.channels import channel_at

# So long the first word may take; afterwards the screen is asked to come again.
FIRST_WORD = 10.0
# When who is cut off comes again, in milliseconds: each at another moment, so that a thousand
# screens do not stand before a server just started all at once.
COME_AGAIN = (1_000, 4_000)
LATER = 30
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'",
    "referrer-policy": "same-origin",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
}


def with_live_pages(pages: Wsgi, *, threads: int, clock: Callable[[], datetime]) -> "House":
    """Return the house as a server runs it: its pages in so many threads, and the live ones."""
    hub = Hub(each=settings.LIMITS["screens"])
    reader = Reader(hub, clock=clock)
    return House(Bridge(pages, threads=threads), hub, reader, proxies=settings.PROXIES)


class House:
    """An ASGI application."""

    def __init__(self, pages: Bridge, hub: Hub, reader: Reader, *, proxies: int) -> None:
        self._pages, self._hub, self._reader = pages, hub, reader
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["path"].startswith("/live/"):
            await self._listen(scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin with the server and end with it."""
        await receive()
        self._reader.start()
        keeper = asyncio.ensure_future(self._hub.keep())
        self._end_when_asked()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        keeper.cancel()
        self._hub.close()
        self._reader.stop()
        await send({"type": "lifespan.shutdown.complete"})

    def _end_when_asked(self) -> None:
        """Close the streams as soon as the process is asked to end: they would never end by
        themselves, and the server waits for them. What the loop does with the signal stays."""
        if threading.current_thread() is threading.main_thread():
            for one in (signal.SIGINT, signal.SIGTERM):
                signal.signal(one, lambda *_: self._hub.close())
                signal.siginterrupt(one, False)

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = {name.decode("latin1"): value.decode("latin1") for name, value in scope["headers"]}
        channel = channel_at(scope["path"], scope["query_string"].decode("latin1"))
        if channel is None or scope["method"] != "GET":
            await _refuse(send, 404 if channel is None else 405)
            return
        remote = scope["client"][0] if scope.get("client") else ""
        address = address_told(told.get("x-forwarded-for", ""), remote, proxies=self._proxies)
        try:
            listener = self._hub.join(channel, address)
        except Full:
            await _refuse(send, 503)
            return
        gone = asyncio.ensure_future(_gone(receive))
        gone.add_done_callback(lambda _: listener.end())
        try:
            await self._tell(listener, send, known=told.get("last-event-id", "").encode())
        except asyncio.CancelledError:
            return  # it took nothing any more
        finally:
            gone.cancel()
            self._hub.leave(listener)

    async def _tell(self, listener: Listener, send: Send, *, known: bytes) -> None:
        news = listener.news()
        try:
            first = await asyncio.wait_for(anext(news, None), FIRST_WORD)
        except TimeoutError:
            first = None
        if first is None:
            await _refuse(send, 404 if listener.unknown else 503)
            return
        await send(_start(200, "text/event-stream; charset=utf-8"))
        again = random.randint(*COME_AGAIN)  # noqa: S311  no secret
        await send(_body(b"retry: %d\n" % again + (NO_NEWS if id_of(first) == known else first)))
        async for newest in news:
            await send(_body(newest))
        await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int) -> None:
    """Say no in a sentence; a screen that is one too many is told when to come again."""
    later = {"retry-after": str(LATER)} if status == 503 else {}
    await send(_start(status, "text/plain; charset=utf-8", **later))
    words = _("现在打开的屏幕太多，稍后会自动再连。") if status == 503 else _("这里没有实时页面。")
    await send({"type": "http.response.body", "body": words.encode()})


def _start(status: int, kind: str, **more: str) -> Message:
    told = {**HEADERS, "content-type": kind, **{k.replace("_", "-"): v for k, v in more.items()}}
    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    return {"type": "http.response.start", "status": status, "headers": headers}


def _body(part: bytes) -> Message:
    return {"type": "http.response.body", "body": part, "more_body": True}
