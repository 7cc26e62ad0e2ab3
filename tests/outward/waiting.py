"""Waiting for what another process does."""

import time
from collections.abc import Callable

PATIENCE = 300


def wait_until(happened: Callable[[], bool]) -> None:
    """Return as soon as it happened; fail if it does not."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.02)
