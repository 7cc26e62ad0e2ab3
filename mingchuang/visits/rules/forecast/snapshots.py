"""One row of a recording of displays (CSV), read or refused in a word per column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mingchuang.visits.rules.forecast.display import Reading

TIME, OFFICE, LINE, NUMBER = "time", "office", "queue_id", "current_number"
WAITING, WINDOWS, NORM = "waiting", "open_booths", "published_service_time"
NEEDED: Final = (TIME, OFFICE, LINE, NUMBER, WAITING, WINDOWS, NORM)
NUMBERED = re.compile(r"[^\W\d_]*[ -]?(\d{1,9})")
COUNTED = re.compile(r"\d{1,6}(\.0*)?")
MEASURED = re.compile(r"\d{1,6}(\.\d*)?")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A reading and its day, `2026-01-31`."""

    day: str
    reading: Reading


def read_row(row: Mapping[str, str | None]) -> Snapshot | str:
    """Return the snapshot of a row, or the name of the first column that cannot be read.

    `current_number` may be empty, or letters before a number (`A012`); the time is local and
    written as `2026-01-31 09:05:00`; how many wait and windows are whole numbers, and minutes any.
    """
    cells = {name: (row.get(name) or "").strip() for name in NEEDED}
    at = _moment(cells[TIME])
    fits = {
        TIME: at,
        OFFICE: cells[OFFICE],
        LINE: cells[LINE],
        NUMBER: not cells[NUMBER] or NUMBERED.fullmatch(cells[NUMBER]),
        WAITING: COUNTED.fullmatch(cells[WAITING]),
        WINDOWS: COUNTED.fullmatch(cells[WINDOWS]),
        NORM: MEASURED.fullmatch(cells[NORM]),
    }
    if at is None or not all(fits.values()):
        return next(name for name in NEEDED if not fits[name])
    number = NUMBERED.fullmatch(cells[NUMBER])
    return Snapshot(
        day=at.date().isoformat(),
        reading=Reading(
            hall=cells[OFFICE],
            line=cells[LINE],
            minute=at.hour * 60 + at.minute + at.second / 60,
            number=int(number[1]) if number else None,
            waiting=int(float(cells[WAITING])),
            windows=int(float(cells[WINDOWS])),
            norm=float(cells[NORM]),
        ),
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
