"""The public page of figures over the large town: a first view, when nothing of it is kept, and
the next ones, as everybody within the minute after gets them."""

from time import perf_counter

from django.core.cache import cache
from django.test import Client

from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.results import Row, ours_at_most
from mingchuang.outward.measuring.times import p95
from mingchuang.outward.measuring.towns import town_of

PATH = "/figures/"
FIRST = 3


def measure(asked: Asked) -> Found:
    with town_of(asked.many, asked):
        return Found(measured_here(asked))


def measured_here(asked: Asked) -> list[Row]:
    """Measure in the database that is open now."""
    client = Client(SERVER_NAME="localhost")
    _view(client)  # the templates are read once
    first = [_anew(client) for _ in range(FIRST)]
    later = [_view(client) for _ in range(asked.rounds)]
    return [
        Row("first view, the slowest", 1000 * max(first), "ms", goal=ours_at_most(2000)),
        Row("next views, p95", p95(later), "ms", goal=ours_at_most(50)),
    ]


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
