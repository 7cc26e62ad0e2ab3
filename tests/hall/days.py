"""The statutory calendar of 2026 as it ships, without a database."""

from datetime import date, datetime
from pathlib import Path

from mingchuang.hall.rules.days import BEIJING, Loaded, WorkCalendar
from mingchuang.hall.rules.table import CalendarTable, parse_calendar

CALENDARS = Path(__file__).parents[2] / "mingchuang" / "hall" / "calendars"


def shipped(year: int) -> CalendarTable:
    table = parse_calendar((CALENDARS / f"{year}.txt").read_text(encoding="utf-8"))
    assert isinstance(table, CalendarTable)
    return table


def calendar_of(*years: int) -> WorkCalendar:
    tables = [shipped(year) for year in years]
    return WorkCalendar(
        marks={day: mark for table in tables for day, mark in table.marks},
        years={table.year: Loaded(table.version, table.source) for table in tables},
    )


CALENDAR = calendar_of(2026)


def at(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def on(month: int, day: int, *, year: int = 2026) -> date:
    return date(year, month, day)
