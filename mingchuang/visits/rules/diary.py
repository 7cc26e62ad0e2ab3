"""A booking as a file for the calendar of a phone (RFC 5545, RFC 5546). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress

from mingchuang.visits.rules.reminding import SOON

OURS = "-//Mingchuang//Visits//ZH"


@dataclass(frozen=True)
class Diary:
    """What a phone keeps of a booking.

    `uid` stays the same for ever and `changes` grows with each change, by which the phone knows
    the entry again; `reminders` are moments, told beside the two hours before.
    """

    uid: str
    starts: datetime
    ends: datetime
    changed: datetime
    changes: int
    title: str
    place: str
    text: str
    link: str
    organizer: str
    sender: str
    cancelled: bool = False
    reminders: Sequence[datetime] = field(default_factory=tuple)


def diary_file(diary: Diary) -> bytes:
    """Return the file: a new entry, the same one changed, or the same one taken back."""
    calendar = Calendar()
    calendar.add("prodid", OURS)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if diary.cancelled else "PUBLISH")
    calendar.add_component(_event(diary))
    return bytes(calendar.to_ical())


def _event(diary: Diary) -> Event:
    event = Event()
    event.add("uid", diary.uid)
    event.add("sequence", diary.changes)
    event.add("dtstamp", diary.changed.astimezone(UTC))
    event.add("dtstart", diary.starts.astimezone(UTC))
    event.add("dtend", diary.ends.astimezone(UTC))
    event.add("summary", diary.title)
    event.add("location", diary.place)
    event.add("description", diary.text)
    event.add("url", diary.link)
    event.add("status", "CANCELLED" if diary.cancelled else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{diary.sender}")
    organizer.params["CN"] = diary.organizer
    event.add("organizer", organizer)
    if not diary.cancelled:
        triggers: list[datetime | timedelta] = [*diary.reminders, -SOON]
        for trigger in triggers:
            event.add_component(_alarm(trigger, diary.title))
    return event


def _alarm(trigger: datetime | timedelta, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    if isinstance(trigger, datetime):
        alarm.add("trigger", trigger.astimezone(UTC), parameters={"value": "DATE-TIME"})
    else:
        alarm.add("trigger", trigger)
    alarm.add("description", title)
    return alarm
