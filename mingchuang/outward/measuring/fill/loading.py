"""Bulk loading, in the words of each database: COPY, or many rows in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from mingchuang.base.database import take_statistics
from mingchuang.cases.queries.findable import CASES
from mingchuang.outward.measuring.fill.rows import Block, columns_of

Load = Callable[[CursorWrapper, str, list[tuple[Any, ...]]], None]


@contextmanager
def quick() -> Iterator[None]:
    """Load without waiting for the disk and without looking up what we know to be there.

    Whoever breaks off has half a town; `bench fill` refuses it and says so.
    """
    if connection.in_atomic_block:
        yield
        return
    begin, end = HASTE[connection.vendor]
    for words in begin:
        _try(words)
    try:
        yield
    finally:
        for words in end:
            _try(words)


HASTE = {
    "sqlite": (
        ["PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA cache_size=-400000"],
        ["PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "PRAGMA cache_size=-65536"],
    ),
    # Only a superuser may switch the look-ups off; it is slower with them, and as right.
    "postgresql": (
        ["SET synchronous_commit=off", "SET session_replication_role=replica"],
        ["RESET synchronous_commit", "RESET session_replication_role"],
    ),
}


def load(block: Block) -> None:
    """Put these rows into their tables and their words into the index, all or none."""
    put = LOADS[connection.vendor]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for label, lines in block.rows.items():
            put(cursor, label, lines)
        CASES.put(block.words, tags=block.units)


def settle() -> None:
    """Let the database look at what it has got, and number on from there."""
    with connection.cursor() as cursor:
        for words in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(words)
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute("VACUUM (ANALYZE)")
        else:
            take_statistics()


def _copy(cursor: CursorWrapper, label: str, lines: list[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {_target(label)} FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def _insert(cursor: CursorWrapper, label: str, lines: list[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * len(lines[0]))
    cursor.executemany(f"INSERT INTO {_target(label)} VALUES ({marks})", lines)  # noqa: S608


LOADS: dict[str, Load] = {"sqlite": _insert, "postgresql": _copy}


def _target(label: str) -> str:
    model: type[Model] = apps.get_model(label)
    columns, quote = columns_of(model), connection.ops.quote_name
    return f"{quote(columns.table)} ({', '.join(map(quote, columns.names))})"


def _try(words: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(words)
    except DatabaseError:
        pass
