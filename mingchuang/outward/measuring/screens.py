"""A thousand screens in one process: they listen as a browser does, and note when they heard."""

import asyncio
import multiprocessing
import random
import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import NamedTuple

# As the script of the pages does: what the server asks for, doubled each time.
LONGEST_PAUSE = 20.0
# So long at most a board that hears of a change waits before it asks for its page.
JITTER = 0.05
# When one heard something: which screen, and the moment on the clock all processes share.
Heard = tuple[int, float]


class Renewed(NamedTuple):
    """A page that is asked for again: the head of the request, and what has to be heard before."""

    head: str
    told: bytes = b"data: "


@dataclass
class Log:
    """What all screens heard, when who asks for its page had it, and when each was let in."""

    heard: list[Heard] = field(default_factory=list)
    shown: list[Heard] = field(default_factory=list)
    let_in: list[Heard] = field(default_factory=list)


class Screens:
    """Screens on these paths, in a process of their own, until they are asked what they heard;
    some ask for their page again when they hear what `pages` says of them."""

    def __init__(
        self, port: int, paths: Sequence[str], *, pages: Mapping[int, Renewed] | None = None
    ) -> None:
        self._ours, theirs = multiprocessing.Pipe()
        fork = multiprocessing.get_context("fork")
        self._process = fork.Process(
            target=_listen, args=(port, paths, pages or {}, theirs), daemon=True
        )
        self._process.start()
        theirs.close()

    def log(self) -> Log:
        self._ours.send("log")
        log: Log = self._ours.recv()
        return log

    def wait_for(self, many: int, *, since: float, seconds: float = 120.0) -> float:
        """Wait until so many were let in after a moment; return when the last one was."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            last = {screen: at for screen, at in self.log().let_in if at >= since}
            if len(last) >= many:
                return max(last.values())
            time.sleep(0.2)
        raise TimeoutError(f"only {len(last)} of {many} screens were let in")

    def close(self) -> None:
        self._process.terminate()
        self._process.join()


def _listen(
    port: int, paths: Sequence[str], pages: Mapping[int, Renewed], asked: Connection
) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(_all(port, paths, pages, asked))


async def _all(
    port: int, paths: Sequence[str], pages: Mapping[int, Renewed], asked: Connection
) -> None:
    log = Log()

    def answer() -> None:
        asked.recv()
        asked.send(log)

    asyncio.get_running_loop().add_reader(asked.fileno(), answer)
    for number, path in enumerate(paths):
        _Screen(number, port, path, log, pages.get(number)).come_in(random.random())
    await asyncio.Event().wait()


class _Screen(asyncio.Protocol):
    """One screen: it notes what it hears, and comes again when the line breaks."""

    def __init__(
        self, number: int, port: int, path: str, log: Log, page: Renewed | None = None
    ) -> None:
        self._number, self._port, self._log, self._page = number, port, log, page
        self._asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        self._retry, self._failures, self._is_in = 1.0, 0, False
        self._trying: asyncio.Task[None] | None = None
        self._showing: asyncio.Task[None] | None = None

    def come_in(self, pause: float) -> None:
        self._is_in = False
        self._trying = asyncio.ensure_future(self._try(pause))

    async def _try(self, pause: float) -> None:
        await asyncio.sleep(pause)
        loop = asyncio.get_running_loop()
        try:
            await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        except OSError:
            self._come_again()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(self._asked)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        if not self._is_in and b" 200 " in data[:20]:
            self._is_in, self._failures = True, 0
            self._log.let_in.append((self._number, now))
        if b"retry: " in data:
            self._retry = int(data.partition(b"retry: ")[2].split(b"\n")[0]) / 1000
        if b"data: " in data:
            self._log.heard.append((self._number, now))
            if self._page is not None and self._page.told in data:
                self._showing = asyncio.ensure_future(self._show(self._page.head))

    async def _show(self, head: str) -> None:
        await asyncio.sleep(JITTER * random.random())
        coming, asking = await asyncio.open_connection("127.0.0.1", self._port)
        asking.write(head.encode())
        answer = await coming.read()
        asking.close()
        if b" 200 " in answer[:20]:
            self._log.shown.append((self._number, time.perf_counter()))

    def connection_lost(self, _exc: Exception | None) -> None:
        self._come_again()

    def _come_again(self) -> None:
        pause = min(LONGEST_PAUSE, self._retry * 2**self._failures) * (0.5 + random.random())
        self._failures += 1
        self.come_in(pause)
