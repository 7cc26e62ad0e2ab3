"""Runs with the Python of the peers: the same working-day limits, by businesstimedelta.

Reads {"off": [days], "limits": [[first day counted, working days]]} from the file named, and
answers with the end of each limit and the seconds all of them took.
"""

import json
import sys
from datetime import date, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any

import businesstimedelta
import pytz

OPENS, CLOSES = time(9), time(18)
HOURS = CLOSES.hour - OPENS.hour
BEIJING = pytz.timezone("Asia/Shanghai")


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    off = {date.fromisoformat(day): "off" for day in asked["off"]}
    week = businesstimedelta.WorkDayRule(
        start_time=OPENS, end_time=CLOSES, working_days=[0, 1, 2, 3, 4], tz=BEIJING
    )
    rules = businesstimedelta.Rules([week, businesstimedelta.HolidayRule(off, tz=BEIJING)])
    limits = [(datetime.fromisoformat(day), n) for day, n in asked["limits"]]
    began = perf_counter()
    ends = [
        BEIJING.localize(start) + businesstimedelta.BusinessTimeDelta(rules, hours=HOURS * n)
        for start, n in limits
    ]
    seconds = perf_counter() - began
    return {
        "seconds": seconds,
        "ends": [f"{end.astimezone(BEIJING):%Y-%m-%dT%H:%M}" for end in ends],
    }


if __name__ == "__main__":
    print(json.dumps(answer(json.loads(Path(sys.argv[1]).read_text("utf-8")))))  # noqa: T201
