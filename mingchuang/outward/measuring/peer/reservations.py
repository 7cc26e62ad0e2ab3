"""Runs with the Python of the peers: many who reserve places of a few slots at once, by libres.

Reads {"database", "processes", "slots", "capacity", "seconds"} from its one argument; answers with
how many reservations were kept a second, how many were refused, and how many tries were lost to
others. libres works in serializable transactions: what was lost is tried again, as its users must.
"""

import json
import multiprocessing
import random
import sys
import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

import libres
from libres.modules.errors import LibresError
from sqlalchemy import URL
from sqlalchemy.exc import OperationalError

FIRST = datetime(2030, 1, 7, 9, 0)  # noqa: DTZ001  libres reads it in the time zone of its scheduler
STEP = timedelta(minutes=30)


def answer(asked: dict[str, Any]) -> dict[str, float]:
    _prepare(asked)
    with multiprocessing.get_context("spawn").Pool(asked["processes"]) as pool:
        told = pool.map(partial(_person, asked), range(asked["processes"]), chunksize=1)
    kept, refused, lost = (sum(one[i] for one in told) for i in range(3))
    return {"rate": kept / asked["seconds"], "refused": refused, "lost": lost}


def _scheduler(asked: dict[str, Any]) -> Any:
    context = libres.registry.register_context("bench", replace=True)
    context.set_setting("dsn", _address(asked["database"]))
    return libres.new_scheduler(context, "hall", timezone="Asia/Shanghai")


def _address(database: str) -> str:
    """Return the address as SQLAlchemy reads it, where the server may be a folder's socket."""
    told = urlsplit(database)
    host, _, port = told.netloc.rpartition("@")[2].partition(":")
    query = {"host": unquote(host), **({"port": port} if port else {})}
    user, password = (unquote(word) if word else None for word in (told.username, told.password))
    name = told.path.removeprefix("/")
    address = URL.create("postgresql+psycopg", user, password, database=name, query=query)
    return str(address.render_as_string(hide_password=False))


def _prepare(asked: dict[str, Any]) -> None:
    scheduler = _scheduler(asked)
    scheduler.setup_database()
    for n in range(asked["slots"]):
        scheduler.allocate(_between(n), quota=asked["capacity"])
    scheduler.commit()
    scheduler.close()


def _between(n: int) -> tuple[datetime, datetime]:
    return FIRST + n * STEP, FIRST + (n + 1) * STEP


def _person(asked: dict[str, Any], who: int) -> tuple[int, int, int]:
    scheduler, dice = _scheduler(asked), random.Random(who)
    kept = refused = lost = 0
    until = time.perf_counter() + asked["seconds"]
    while time.perf_counter() < until:
        try:
            between = _between(dice.randrange(asked["slots"]))
            token = scheduler.reserve(f"{who}-{kept}@example.org", between)
            scheduler.approve_reservations(token)
            scheduler.commit()
            kept += 1
        except LibresError:
            scheduler.rollback()
            refused += 1
        except OperationalError:
            scheduler.rollback()
            lost += 1
    scheduler.close()
    return kept, refused, lost


if __name__ == "__main__":
    print(json.dumps(answer(json.loads(sys.argv[1]))))  # noqa: T201
