"""What a process need not ask again for a little while: to show, never to decide by."""

import functools
import time
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

T = TypeVar("T")
V = TypeVar("V")
K = TypeVar("K", bound=Hashable)
P = ParamSpec("P")
Asked = Callable[Concatenate[K, datetime, P], T]
_forgetting: list[Callable[[], None]] = []
_passed = [0.0]


def let_pass(seconds: float) -> None:
    """Let so much time have passed for what is remembered: a play has days in seconds."""
    _passed[0] += seconds


def _moment() -> float:
    return time.monotonic() + _passed[0]


def remembered(seconds: float) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Ask at most every so many seconds in this process; others may know of a change before."""

    def remember(ask: Callable[[], T]) -> Callable[[], T]:
        known: list[tuple[float, T]] = []

        @functools.wraps(ask)
        def answer() -> T:
            if not known or _moment() - known[0][0] > seconds:
                known[:] = [(_moment(), ask())]
            return known[0][1]

        _forgetting.append(known.clear)
        return answer

    return remember


def remembered_of_each(
    seconds: float,
) -> Callable[[Asked[K, P, T]], Asked[K, P, T]]:
    """The same of many things at a time that is handed down: the first argument says of which, the
    second when, so that it is forgotten as soon where a day goes by faster than ours; the others
    only help to ask."""

    def remember(ask: Asked[K, P, T]) -> Asked[K, P, T]:
        known: dict[K, tuple[datetime, T]] = {}

        @functools.wraps(ask)
        def answer(key: K, at: datetime, /, *args: P.args, **given: P.kwargs) -> T:
            before = known.get(key)
            if before is None or abs((at - before[0]).total_seconds()) > seconds:
                before = known[key] = (at, ask(key, at, *args, **given))
            return before[1]

        _forgetting.append(known.clear)
        return answer

    return remember


def remembered_while_same(
    version: Callable[[], V],
) -> Callable[[Callable[[V], T]], Callable[[], T]]:
    """Make something large once, by one of the threads, and again only for another version."""

    def remember(make: Callable[[V], T]) -> Callable[[], T]:
        known: list[tuple[V, T]] = []
        turn = Lock()

        @functools.wraps(make)
        def answer() -> T:
            newest = version()
            with turn:
                if not known or known[0][0] != newest:
                    known[:] = [(newest, make(newest))]
                return known[0][1]

        _forgetting.append(known.clear)
        return answer

    return remember


def forget() -> None:
    """Ask everything anew: a test begins with nothing."""
    for clear in _forgetting:
        clear()
