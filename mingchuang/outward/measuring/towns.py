"""Databases of made-up towns, beside the one the installation names: one for each size."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from mingchuang.base.database import bring_up_to_date
from mingchuang.outward.measuring.asked import Asked
from mingchuang.outward.measuring.fill.filling import cases_filled, fill
from mingchuang.outward.measuring.keeping import folder


@contextmanager
def town_of(cases: int, asked: Asked) -> Iterator[None]:
    """Work in the town of so many cases; it is made when it is missing, and stays."""
    with database_called(f"town_{cases}"):
        bring_up_to_date()
        if cases_filled() != cases:
            # One that was half made, or that an older version made, is of no use.
            _drop()
            _make()
            bring_up_to_date()
            fill(cases, at=asked.at, tell=lambda done: asked.tell(f"{done:,} / {cases:,}"))
        yield


@contextmanager
def scratch(name: str, *, tables: bool = True) -> Iterator[None]:
    """Work in an empty database that is gone afterwards; without our tables for a peer's."""
    with database_called(name):
        _drop()
        _make()
        if tables:
            bring_up_to_date()
        try:
            yield
        finally:
            _drop()


def address_of_town() -> str:
    """Return the DATABASE_URL of the database that is open now, for another process."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    host, port = kept["HOST"], kept["PORT"]
    who = ":".join(filter(None, [kept["USER"], kept["PASSWORD"]]))
    where = f"{host.replace('/', '%2F')}{f':{port}' if port else ''}"
    return f"postgres://{who}@{where}/{kept['NAME']}"


@contextmanager
def database_called(name: str) -> Iterator[None]:
    """Turn to a database of this name on the same server, or in MINGCHUANG_HOME/bench."""
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = _named(str(kept), name)
    try:
        _make()
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


def _named(kept: str, name: str) -> str:
    if connection.vendor == "sqlite":
        folder().mkdir(parents=True, exist_ok=True)
        return str((folder() / f"{name}.sqlite3").resolve())
    return f"{kept}_{name}"


def _make() -> None:
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")


def _drop() -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")
        return
    for end in ("", "-wal", "-shm"):
        Path(f"{name}{end}").unlink(missing_ok=True)
