"""Finding cases by words in the large town: the inbox's search with its permissions, a page of
25, beside the bare question to the index and beside reading every text (`icontains`); frequent
words and rare ones of two characters, several words, numbers. And how much room the index takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from random import Random

from django.db import connection
from django.db.models import Q

from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.findable import CASES
from mingchuang.cases.queries.inbox import InboxFilter, inbox
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.fill.texts import WORDS
from mingchuang.outward.measuring.reading import Reader
from mingchuang.outward.measuring.results import (
    Row,
    ours_at_most,
    ratio_at_least,
    ratio_at_most,
)
from mingchuang.outward.measuring.times import p95, timed
from mingchuang.outward.measuring.towns import town_of
from mingchuang.people.models import Person

WHO = {"dispatcher of the town": "B-0", "handler of one unit": "B-SYN-0-1"}
PAGE = 26
# Reading every text takes seconds, so it is not done for each word, and not often.
SCANS = 3
SIZES = {
    "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE %s",
    "postgresql": "SELECT SUM(pg_table_size(c.oid) + pg_indexes_size(c.oid)) FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE nspname = 'public' AND relkind = 'r' AND relname LIKE %s",
}


@dataclass
class Times:
    """Seconds of our search by who asked, of the bare index, and of reading every text."""

    ours: dict[str, list[float]] = field(default_factory=lambda: {who: [] for who in WHO})
    index: list[float] = field(default_factory=list)
    scan: list[float] = field(default_factory=list)


def measure(asked: Asked) -> Found:
    with town_of(asked.many, asked):
        rows = measured_here(asked)
    return Found(
        rows, notes=[f"{kind}: {' · '.join(some)}" for kind, some in _words(asked).items()]
    )


def measured_here(asked: Asked) -> list[Row]:
    """Measure in the database that is open now."""
    words, times = _words(asked), dict[str, Times]()
    for kind, some in words.items():
        asked.tell(f"{kind} …")
        times[kind] = _timed(asked, some, scanned=kind != "numbers")
    return [*_rows(times), _whole_page(asked, words), *_room(asked)]


def _words(asked: Asked) -> Mapping[str, Sequence[str]]:
    dice, letters = Random(2), WORDS["shop_chars"]
    homes = [a + b for b in WORDS["home_ends"] for a in WORDS["homes"]]
    return {
        "frequent words": ["路灯", "噪声", "垃圾", "漏水", "停水", "物业"],
        "rare words": [a + b for a, b in zip(letters[-8:], letters[-9:-1], strict=True)],
        "several words": [f"电梯 {homes[-1]}", "路灯 不亮 紫薇", "停运 老人 兰园", "面馆 油烟"],
        "numbers": [f"{dice.randrange(1, asked.many):06d}" for _ in range(3)] + ["138号", "39幢"],
    }


def _timed(asked: Asked, words: Sequence[str], *, scanned: bool) -> Times:
    """Ask in turn, so that what else the machine does meets all of them alike."""
    times = Times()
    people = {who: Person.objects.get(badge=badge) for who, badge in WHO.items()}
    for n in range(asked.rounds):
        word = words[n % len(words)]
        times.index.append(timed(lambda: CASES.newest(word, most=PAGE)))  # noqa: B023
        for who, person in people.items():
            times.ours[who].append(timed(lambda: found(person, word, now=asked.at)))  # noqa: B023
    if scanned:
        times.scan = [timed(lambda: scan(word)) for word in words for _ in range(SCANS)]  # noqa: B023
    return times


def found(person: Person, words: str, *, now: datetime) -> list[Case]:
    """Return the first page of what the inbox finds for this person."""
    return list(inbox(person, view="all", wanted=InboxFilter(q=words), now=now)[0:PAGE])


def scan(words: str) -> list[int]:
    """Return the newest submissions in which all these words stand, by reading every text."""
    held = Q()
    for word in words.split():
        held &= Q(text__icontains=word)
    texts = Submission.objects.filter(held).order_by("-case")
    return list(texts.values_list("case", flat=True)[:PAGE])


def _rows(times: Mapping[str, Times]) -> list[Row]:
    def over(part: Callable[[Times], list[float]]) -> float:
        return p95(list(chain.from_iterable(map(part, times.values()))))

    rows, bare = [], over(lambda t: t.index)
    for who in WHO:
        ours = over(lambda t: t.ours[who])  # noqa: B023  called at once
        rows += [
            Row(f"{who}: p95", ours, "ms", goal=ours_at_most(100)),
            _beside(f"{who}: p95, beside the index alone", ours, bare, "the bare index", most=3),
        ]
    rows += [
        Row(
            f"{kind}: p95 of both",
            p95(both(t)),
            "ms",
            p95(t.index),
            "the bare index",
        )
        for kind, t in times.items()
    ]
    words_only = [t for t in times.values() if t.scan]
    scans = p95([one for t in words_only for one in t.scan])
    ours = p95([one for t in words_only for one in both(t)])
    told = "words, p95 of both"
    return [*rows, Row(told, ours, "ms", scans, "icontains", scans / ours, ratio_at_least(50))]


def both(times: Times) -> list[float]:
    return list(chain.from_iterable(times.ours.values()))


def _beside(what: str, ours: float, peer: float, name: str, *, most: float) -> Row:
    return Row(what, ours, "ms", peer, name, ours / peer, ratio_at_most(most))


def _whole_page(asked: Asked, words: Mapping[str, Sequence[str]]) -> Row:
    reader, in_view = Reader(WHO["dispatcher of the town"]), list[float]()
    some = list(chain.from_iterable(words.values()))
    for word in some:
        path = f"/desk/?view=all&q={word}"
        in_view += reader.looks(path, max(1, asked.rounds // len(some))).in_view
    return Row("the page in its view, p95, of all these words", p95(in_view), "ms")


def _room(asked: Asked) -> list[Row]:
    index, whole = _size(f"{CASES.table}%"), _size("%")
    return [
        Row("room the index takes, for each case", index / asked.many, "bytes"),
        Row("room the index takes, of what the rest takes", 100 * index / (whole - index), "%"),
    ]


def _size(tables: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(SIZES[connection.vendor], [tables])
        return float(cursor.fetchone()[0])
