"""The nouns of the hall: where, what, when it is open, and how soon we promise an answer."""

from mingchuang.hall.models.items import Guide, ServiceItem
from mingchuang.hall.models.limits import CalendarDay, CalendarYear, TimeLimit
from mingchuang.hall.models.places import (
    Notice,
    OpeningHours,
    Site,
    SpecialHours,
    Window,
)

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Guide",
    "Notice",
    "OpeningHours",
    "ServiceItem",
    "Site",
    "SpecialHours",
    "TimeLimit",
    "Window",
]
