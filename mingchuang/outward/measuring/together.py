"""Many real processes that do something at the same moment, each with a connection of its own."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connections

T = TypeVar("T")
SOON = 0.5


def in_processes(deeds: Sequence[Callable[[], T]]) -> list[T]:
    """Start all the deeds together, each in a process; return what they say, in their order."""
    connections.close_all()
    start = time.monotonic() + SOON + len(deeds) / 50
    with multiprocessing.get_context("fork").Pool(len(deeds)) as pool:
        going = [pool.apply_async(_at, (start, deed)) for deed in deeds]
        return [one.get() for one in going]


def _at(start: float, deed: Callable[[], T]) -> T:
    time.sleep(max(0.0, start - time.monotonic()))
    try:
        return deed()
    finally:
        connections.close_all()
