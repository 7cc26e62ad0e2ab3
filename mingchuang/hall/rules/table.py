"""The plain text table of one statutory year, as we keep it under `hall/calendars/`.

    # 2026 年法定日历
    year: 2026
    source: 国务院 2025 年 11 月 4 日发布的 2026 年节假日安排
    retrieved: 2026-11-22
    2026-01-01 holiday 元旦
    2026-01-04 makeup 元旦

One line for each day that differs from the plain week; the notice of a year may also name days
of the December before it. Empty lines and lines that begin with # say nothing.
"""

import hashlib
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from mingchuang.hall.rules.days import DayKind, Mark


@dataclass(frozen=True)
class CalendarTable:
    """One year, ready to load."""

    year: int
    source: str
    retrieved: date
    marks: tuple[tuple[date, Mark], ...]

    @property
    def version(self) -> str:
        """Twelve hex digits of the SHA-256 of all that counts in the file."""
        lines = [f"{self.year} {self.source} {self.retrieved}"]
        lines += [f"{day} {mark.kind} {mark.name}" for day, mark in self.marks]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line (0: with the file as a whole); worded in `hall.words`."""

    line: int
    code: str
    text: str = ""


HEADS = ("year", "source", "retrieved")


def parse_calendar(text: str) -> CalendarTable | list[Fault]:
    """Return the year the text holds, or everything that is wrong with it, line by line."""
    faults: list[Fault] = []
    heads: dict[str, str] = {}
    marks: dict[date, Mark] = {}
    for number, line in _lines(text):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if colon and name in HEADS:
            heads[name] = value
            faults += _faults_in_head(number, name, value)
        elif wrong := _faults_in_day(number, line, heads.get("year", ""), marks):
            faults += wrong
        else:
            day, kind, holiday = line.split(maxsplit=2)
            marks[date.fromisoformat(day)] = Mark(DayKind(kind), holiday)
    faults += [Fault(0, f"no_{name}") for name in HEADS if name not in heads]
    if faults or not marks:
        return faults or [Fault(0, "no_days")]
    retrieved = date.fromisoformat(heads["retrieved"])
    return CalendarTable(
        int(heads["year"]), heads["source"], retrieved, tuple(sorted(marks.items()))
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers as an editor shows them."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def _faults_in_head(number: int, name: str, value: str) -> list[Fault]:
    good = {
        "year": bool(re.fullmatch(r"[12]\d{3}", value)),
        "source": 0 < len(value) <= 200,
        "retrieved": _date(value) is not None,
    }
    return [] if good[name] else [Fault(number, f"bad_{name}", value)]


def _faults_in_day(number: int, line: str, year: str, marks: Container[date]) -> list[Fault]:
    words = line.split(maxsplit=2)
    if len(words) < 3 or len(words[2]) > 40:
        return [Fault(number, "three_words", line)]
    day = _date(words[0])
    if day is None:
        return [Fault(number, "bad_date", words[0])]
    in_year = str(day.year) == year or (day.month == 12 and str(day.year + 1) == year)
    tests = {
        "bad_kind": (words[1] in list(DayKind), words[1]),
        "other_year": (in_year or not year, words[0]),
        "twice": (day not in marks, words[0]),
    }
    return [Fault(number, code, text) for code, (good, text) in tests.items() if not good]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
