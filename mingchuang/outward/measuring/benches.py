"""The benches there are: each module of `outward.bench` is one, and says what it measures."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from time import perf_counter

from django.utils.timezone import localtime

from mingchuang.outward import bench
from mingchuang.outward.errors import NoSuchBench
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.machine import database, machine, versions
from mingchuang.outward.measuring.results import Result

# Works without a database; the others name the one they ran on.
NO_DATABASE = {"limits", "dispatch", "lottery", "simulate"}


def bench_names() -> list[str]:
    return sorted(module.name for module in iter_modules(bench.__path__))


def about(name: str) -> str:
    """Return what the bench measures, in the words of its module."""
    return " ".join((import_module(f"{bench.__name__}.{name}").__doc__ or "").split())


def refuse_unknown(names: Sequence[str]) -> None:
    known = bench_names()
    for name in names:
        if name not in known:
            raise NoSuchBench(name=name, known="、".join([*known, "fill", "peers"]))


def run(name: str, asked: Asked) -> Result:
    """Run one bench and return what it found, with all that the figures depend on."""
    measure: Callable[[Asked], Found] = import_module(f"{bench.__name__}.{name}").measure
    where, here = "" if name in NO_DATABASE else database(), machine()
    began = perf_counter()
    found = measure(asked)
    return Result(
        name=name,
        rows=found.rows,
        date=localtime(asked.at).isoformat(timespec="minutes"),
        seconds=perf_counter() - began,
        database=where,
        machine=here,
        versions={**versions(), **found.versions},
        notes=found.notes,
    )
