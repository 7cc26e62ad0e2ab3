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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mingchuang.hall.rules.days import DayKind, Mark

FRIDAY = 5


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


class _Line(NamedTuple):
    """A line that says something, with its number as an editor shows it."""

    number: int
    text: str


HEADS = ("year", "source", "retrieved")
# No database keeps this one; a file that holds it was not written by hand.
NUL = "\0"


def parse_calendar(text: str) -> CalendarTable | list[Fault]:
    """Return the year the text holds, or everything that is wrong with it, line by line."""
    heads: list[_Line] = []
    days: list[_Line] = []
    for line in _lines(text):
        (heads if _name_of(line) in HEADS else days).append(line)
    # The year may be written below the days, so these are read when it is known.
    told, faults = _read_heads(heads)
    marks, wrong = _read_days(days, told.get("year", ""))
    faults = sorted(faults + wrong, key=lambda fault: fault.line)
    faults += [Fault(0, f"no_{name}") for name in HEADS if name not in map(_name_of, heads)]
    if faults or not marks:
        return faults or [Fault(0, "no_days")]
    retrieved = date.fromisoformat(told["retrieved"])
    return CalendarTable(int(told["year"]), told["source"], retrieved, tuple(sorted(marks.items())))


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield _Line(number, line.strip())


def _name_of(line: _Line) -> str:
    name, colon, _value = line.text.partition(":")
    return name.strip() if colon else ""


def _read_heads(lines: list[_Line]) -> tuple[dict[str, str], list[Fault]]:
    """Return the good heads, each of which may stand once; what is said twice is not known."""
    told: dict[str, str] = {}
    faults: list[Fault] = []
    names = [_name_of(line) for line in lines]
    for place, line in enumerate(lines):
        name, value = names[place], line.text.partition(":")[2].strip()
        if name in names[:place]:
            faults.append(Fault(line.number, "head_twice", line.text))
        elif not _is_good(name, value):
            faults.append(Fault(line.number, f"bad_{name}", value))
        elif names.count(name) == 1:
            told[name] = value
    return told, faults


def _is_good(name: str, value: str) -> bool:
    return {
        "year": bool(re.fullmatch(r"[12][0-9]{3}", value)),
        "source": 0 < len(value) <= 200 and NUL not in value,
        "retrieved": _date(value) is not None,
    }[name]


def _read_days(lines: list[_Line], year: str) -> tuple[dict[date, Mark], list[Fault]]:
    """Return the days that are good; without a year, no day is in the wrong one."""
    marks: dict[date, Mark] = {}
    faults: list[Fault] = []
    for line in lines:
        words = line.text.split(maxsplit=2)
        day = _date(words[0])
        if len(words) < 3 or len(words[2]) > 40 or NUL in line.text:
            faults.append(Fault(line.number, "three_words", line.text))
        elif day is None:
            faults.append(Fault(line.number, "bad_date", words[0]))
        elif wrong := _faults_in_day(line.number, day, words[1], year):
            faults += wrong
        elif day in marks:
            faults.append(Fault(line.number, "twice", words[0]))
        else:
            marks[day] = Mark(DayKind(words[1]), words[2])
    return marks, faults


def _faults_in_day(number: int, day: date, kind: str, year: str) -> list[Fault]:
    in_year = str(day.year) == year or (day.month == 12 and str(day.year + 1) == year)
    tests = {
        "bad_kind": (kind in list(DayKind), kind),
        "other_year": (in_year or not year, str(day)),
        "makeup_in_week": (kind != DayKind.MAKEUP or day.isoweekday() > FRIDAY, str(day)),
    }
    return [Fault(number, code, text) for code, (good, text) in tests.items() if not good]


def _date(text: str) -> date | None:
    """2026-11-10 and nothing else: Python also reads 20261110 and 2026-W46-2."""
    try:
        return (
            date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        )
    except ValueError:
        return None
