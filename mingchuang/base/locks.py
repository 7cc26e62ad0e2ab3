"""Who leads, and who waits: one leader among many processes, whatever the database.

PostgreSQL knows advisory locks. SQLite lives on one machine, where its write transaction and a
file lock do the same.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


def wait_for_turn(name: str) -> None:
    """Wait until nobody else does `name`, and keep it to the end of this transaction.

    On SQLite the transaction itself is the turn: it begins as a write transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


def share_turn(name: str) -> None:
    """Wait until nobody has `name` alone, and keep them out to the end of this transaction; others
    share it meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_number(name)])


@contextmanager
def leading(name: str) -> Iterator[bool]:
    """Yield whether this process leads `name` until the end of the block; never waits.

    A leader that dies leads no more: its connection, or its file, is closed for it.
    """
    with (_advised if connection.vendor == "postgresql" else _filed)(name) as leads:
        yield leads


@contextmanager
def _advised(name: str) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
        leads = bool(cursor.fetchone()[0])
    try:
        yield leads
    finally:
        if leads:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_number(name)])


@contextmanager
def _filed(name: str) -> Iterator[bool]:
    folder = settings.HOME / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _number(name: str) -> int:
    """Return the 64 bits by which PostgreSQL knows the lock."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
