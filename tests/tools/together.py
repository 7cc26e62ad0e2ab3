"""Many people who press at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections

from mingchuang.base.errors import Refused


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Start all the deeds together; return, sorted, what became of each."""
    together = Barrier(len(deeds))
    with ThreadPoolExecutor(len(deeds)) as people:
        return sorted(people.map(lambda deed: outcome_of(deed, together), deeds))


def outcome_of(deed: Callable[[], object], together: Barrier) -> str:
    try:
        connection.ensure_connection()
        together.wait()
        deed()
    except Refused as refused:
        return refused.code
    finally:
        connections.close_all()
    return "done"
