"""The database as this version of the software wants it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Kibibytes, as SQLite counts them where they are below zero.
FEW = -4096


def bring_up_to_date() -> None:
    """Make the tables, or change them to what this version needs; nothing is done twice.

    Raises DatabaseError where the database cannot be opened.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
        take_statistics()
    call_command("createcachetable", verbosity=0)


def take_statistics() -> None:
    """Let the database look at what it holds, so that it knows which index helps: changing a table
    makes SQLite forget it. A sample does, which is a matter of a second at a million cases."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")


def leave_no_traces() -> None:
    """Take what was erased out of SQLite's log too; pages themselves are wiped (secure_delete).

    Where somebody reads at this moment, it is done the next time. On PostgreSQL the house of
    the database cleans up by itself (docs/rooms/cases.md says when).
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def few_pages() -> Iterator[None]:
    """Let SQLite hold few pages of the file in memory meanwhile: whoever writes row after row for
    minutes reads none of them again."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size={FEW}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size={usual}")
