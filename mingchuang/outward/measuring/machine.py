"""What a figure depends on: the machine, how busy it was, and the versions of what ran."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import django
from django.db import connection

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def machine() -> dict[str, str]:
    """Return the processor, its cores, the memory, the system, and what else it was doing."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    return {
        "processor": _processor(),
        "cores": f"{os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": platform.platform(aliased=True, terse=True),
        "busy": f"load {busy:.1f} at the start",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def versions() -> dict[str, str]:
    return {
        "mingchuang": version("mingchuang"),
        "Python": sys.version.partition(" ")[0],
        "Django": django.get_version(),
    }


def database() -> str:
    """Return the name and the version of the database, and what it waits for at a commit."""
    if connection.vendor == "sqlite":
        found = _answer("SELECT sqlite_version()")
        waits = f"synchronous={_answer('PRAGMA synchronous')}"
    else:
        found = _answer("SHOW server_version").partition(" ")[0]
        names = ("fsync", "synchronous_commit")
        waits = ", ".join(f"{name} {_answer(f'SHOW {name}')}" for name in names)
    return f"{NAMES[connection.vendor]} {found} ({waits})"


def _answer(question: str) -> str:
    """Ask the server, which may not have the database yet that the installation names."""
    ask = connection.cursor if connection.vendor == "sqlite" else connection._nodb_cursor
    with ask() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])
