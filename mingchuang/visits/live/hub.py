"""Who listens to what in this process: the same bytes for all, and never more than the newest.

Everything here belongs to the event loop, but for what is handed over by `publish` and `refuse`.
"""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial

from mingchuang.visits.rules.channels import Channel

# Beyond so many a process would run out of open files, or of breath.
MOST = 20_000
# So long a screen may believe what it shows while nobody looks into the ledger for it.
TRUSTED = 10.0
# A line on which nothing was said for so long is told that it is still there.
HEARTBEAT = 15.0
NO_NEWS = b":\n\n"
# Who takes nothing for so long has gone without a word.
PATIENCE = 60.0
# So many are told before whoever asked for a page meanwhile is let in.
AT_ONCE = 50


class Full(Exception):
    """So many listen already, from this address or in all, that one more must come later."""


class Listener:
    """One screen. What it has not taken yet is replaced by what is newer, so that a slow one
    costs no memory and falls behind by nothing."""

    def __init__(self, channel: Channel, address: str) -> None:
        self.channel, self.address = channel, address
        self.ended = self.unknown = False
        # Since when it waits for news, or takes what it was sent last.
        self.since = time.monotonic()
        self._newest: bytes | None = None
        self._waits: asyncio.Future[None] | None = None
        # Who answers this screen, and stops when it takes nothing any more.
        self._task = asyncio.current_task()

    def tell(self, payload: bytes) -> None:
        self._newest = payload
        self._wake()

    def end(self, *, unknown: bool = False) -> None:
        self.ended, self.unknown = True, unknown
        self._wake()

    def keep(self, now: float) -> None:
        """Say that the line still stands; give up one that takes nothing any more."""
        silent = now - self.since
        if self._waits is not None and silent > HEARTBEAT:
            self.tell(NO_NEWS)
        elif self._waits is None and self._task is not None and silent > PATIENCE:
            self._task.cancel()

    async def news(self) -> AsyncIterator[bytes]:
        """Yield what is new, until this screen goes or is sent away."""
        while not self.ended:
            if self._newest is None:
                await self._next()
            newest = self.take()
            if newest is not None and not self.ended:
                yield newest

    def take(self) -> bytes | None:
        """Return what this screen has not been told yet."""
        newest, self._newest = self._newest, None
        self.since = time.monotonic()
        return newest

    async def _next(self) -> None:
        self.since = time.monotonic()
        self._waits = asyncio.get_running_loop().create_future()
        try:
            await self._waits
        finally:
            self._waits = None

    def _wake(self) -> None:
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(None)


class Hub:
    """All listeners of this process."""

    def __init__(self, *, each: int, most: int = MOST) -> None:
        self.each, self.most = each, most
        self.closed = False
        # Set while anybody listens; the reader rests until then, and says when it last looked.
        self.listened, self.looked = threading.Event(), time.monotonic()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: dict[Channel, set[Listener]] = {}
        self._latest: dict[Channel, bytes] = {}
        self._by_address: Counter[str] = Counter()

    @property
    def many(self) -> int:
        return self._by_address.total()

    @property
    def is_trusted(self) -> bool:
        """Whether what was told last still is how it stands."""
        return time.monotonic() - self.looked < TRUSTED

    def wanted(self) -> list[Channel]:
        """Return what anybody listens to, for the reader in its thread."""
        return list(self._listeners)

    def untold(self) -> set[Channel]:
        """Return what somebody listens to of which nothing was told yet."""
        return {channel for channel in list(self._listeners) if channel not in self._latest}

    def join(self, channel: Channel, address: str) -> Listener:
        """Let somebody listen; who comes later is told at once what the others were told last."""
        if self.closed or self.many >= self.most or self._by_address[address] >= self.each:
            raise Full
        self._loop = asyncio.get_running_loop()
        if not self._listeners:
            self.looked = time.monotonic()
        listener = Listener(channel, address)
        self._listeners.setdefault(channel, set()).add(listener)
        self._by_address[address] += 1
        self.listened.set()
        if latest := self._latest.get(channel):
            listener.tell(latest)
        return listener

    def leave(self, listener: Listener) -> None:
        self._by_address[listener.address] -= 1
        if not self._by_address[listener.address]:
            del self._by_address[listener.address]
        others = self._listeners.get(listener.channel, set())
        others.discard(listener)
        if not others:
            self._listeners.pop(listener.channel, None)
            self._latest.pop(listener.channel, None)

    async def keep(self) -> None:
        """Keep all lines alive, for as long as what they were told is to be believed."""
        while True:
            await asyncio.sleep(1)
            if not self.is_trusted:
                self._end(None)
            now = time.monotonic()
            for listeners in list(self._listeners.values()):
                for listener in list(listeners):
                    listener.keep(now)

    def publish(self, payloads: Mapping[Channel, bytes]) -> None:
        """Hand the newest to all who listen; from any thread."""
        self._call(partial(self._publish, payloads))

    def refuse(self, channel: Channel) -> None:
        """Send away who listens to what does not exist; from any thread."""
        self._call(partial(self._end, [channel], unknown=True))

    def close(self) -> None:
        """Send everybody away and let nobody in: this process ends; from any thread."""
        self.closed = True
        self._call(partial(self._end, None))

    def _call(self, deed: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(deed)

    def _publish(self, payloads: Mapping[Channel, bytes]) -> None:
        waiting: list[Listener] = []
        for channel, payload in payloads.items():
            if listeners := self._listeners.get(channel):
                self._latest[channel] = payload
                waiting += listeners
        self._tell(waiting)

    def _tell(self, waiting: list[Listener]) -> None:
        """Tell some of them, and the others once these have it."""
        for listener in waiting[:AT_ONCE]:
            if latest := self._latest.get(listener.channel):
                listener.tell(latest)
        if (others := waiting[AT_ONCE:]) and self._loop is not None:
            self._loop.call_soon(self._tell, others)

    def _end(self, channels: list[Channel] | None, *, unknown: bool = False) -> None:
        for channel in list(self._listeners) if channels is None else channels:
            for listener in self._listeners.get(channel, ()):
                listener.end(unknown=unknown)
