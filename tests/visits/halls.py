"""A tiny hall for tests: people come, windows call, and a display shows it every five minutes."""

from collections import deque
from collections.abc import Iterator
from random import Random
from typing import Any

from mingchuang.visits.rules.forecast.display import Reading
from mingchuang.visits.rules.forecast.moment import Moment
from mingchuang.visits.rules.forecast.replay import Replay

OPENS, CLOSES, EVERY = 8 * 60, 16 * 60, 5
LINES = ("A", "B", "C", "D")
Minute = list[Reading]
Day = list[Minute]


def a_reading(
    minute: float = 600, number: int | None = 5, waiting: int = 3, **given: Any
) -> Reading:
    told: dict[str, Any] = {"hall": "north", "line": "A", "windows": 2, "norm": 10.0, **given}
    return Reading(minute=minute, number=number, waiting=waiting, **told)


def a_moment(**given: Any) -> Moment:
    told: dict[str, Any] = {"hall": "north", "line": "A", "minute": 600.0, "ahead": 4, "windows": 2}
    told |= {"open_for": 90.0, "since_call": 3.0, "calls": 20, "oldest": 10.0, "delay": 18.0}
    told |= {"usual": 2.9, "pace": 1.2, "norm": 10.0}
    return Moment(**{**told, **given})


def a_line(name: str, random: Random) -> Iterator[Reading]:
    """One line through one day: two windows, about as many come as can be served."""
    waiting: deque[int] = deque()
    free_at = [float(OPENS), float(OPENS)]
    came, shown = 0, None
    for minute in range(OPENS, CLOSES + 1):
        if minute < CLOSES - 60 and random.random() < 0.35:
            came += 1
            waiting.append(came)
        for window, free in enumerate(free_at):
            if waiting and free <= minute:
                shown = waiting.popleft()
                free_at[window] = minute + random.expovariate(1 / 6)
        if minute % EVERY == 0:
            yield Reading("north", name, minute, shown, len(waiting), 2, 6.0)


def a_day(random: Random) -> Day:
    """All lines of the hall, minute by minute as they are shown."""
    return [list(shown) for shown in zip(*(a_line(name, random) for name in LINES), strict=True)]


def some_days(n: int, *, seed: int = 1) -> list[Day]:
    random = Random(seed)
    return [a_day(random) for _ in range(n)]


def replayed(days: list[Day], replay: Replay | None = None) -> Replay:
    """Play whole days, each with its night."""
    replay = replay or Replay()
    for day in days:
        for minute in day:
            replay.minute(minute)
        replay.night(f"2026-03-{len(replay.days) + 1:02}")
    return replay


def as_csv(days: list[Day]) -> list[str]:
    """The rows of a recording of these days, the first one naming the columns."""
    head = "time,office,queue_id,current_number,waiting,open_booths,published_service_time"
    rows = [
        f"2026-03-{n:02} {int(r.minute) // 60:02}:{int(r.minute) % 60:02}:00,{r.hall},{r.line},"
        f"{'' if r.number is None else f'A{r.number:03}'},{r.waiting},{r.windows},{int(r.norm)}"
        for n, day in enumerate(days, 1)
        for minute in day
        for r in minute
    ]
    return [head, *rows]
