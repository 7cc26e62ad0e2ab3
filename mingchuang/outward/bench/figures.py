"""The figures page over whatever the database holds: its first view, and the next ones."""

from collections.abc import Iterable
from statistics import median
from time import perf_counter

from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

from mingchuang.cases.models import Case

PATH = "/figures/"
NEXT = 20


def bench_figures(*, rounds: int = 3) -> dict[str, object]:
    """Time the public page as anybody opens it, in milliseconds: counted anew, and kept.

    `first_ms` are views that find nothing kept, `next_ms` the median and the worst of those
    within a minute after.
    """
    with override_settings(ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "testserver"]):
        client = Client()
        _view(client)  # the templates are read once
        first = [_anew(client) for _ in range(rounds)]
        later = [_view(client) for _ in range(NEXT)]
    return {
        "cases": Case.objects.count(),
        "first_ms": _rounded(first),
        "next_ms": _rounded([median(later), max(later)]),
    }


def _anew(client: Client) -> float:
    cache.clear()
    return _view(client)


def _view(client: Client) -> float:
    began = perf_counter()
    answer = client.get(PATH)
    seconds = perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{PATH} was answered with {answer.status_code}")
    return seconds


def _rounded(seconds: Iterable[float]) -> list[float]:
    return [round(1000 * one, 1) for one in seconds]
