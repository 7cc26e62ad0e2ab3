"""What the ledger tells of who was in the room of a sitting, and from when until when."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from mingchuang.council.models import Attendance
from mingchuang.council.queries.told.line import Key, Line, by_badge
from mingchuang.council.queries.told.sittings import sitting_subjects
from mingchuang.ledger.rules.canonical import moment_text


def _there(topics: Collection[int]) -> Iterable[Attendance]:
    found = Attendance.objects.filter(sitting__topic__in=topics)
    return found.select_related("sitting__topic", "stakeholder", "by").prefetch_related("aways")


class _Passage(NamedTuple):
    """Somebody came into the room, or went out of it."""

    there: Attendance
    at: datetime


def _came(topics: Collection[int]) -> Iterable[_Passage]:
    for there in _there(topics):
        yield _Passage(there, there.at)
        yield from (_Passage(there, away.until) for away in there.aways.all())


def _went(topics: Collection[int]) -> Iterable[_Passage]:
    for there in _there(topics):
        yield from (_Passage(there, away.since) for away in there.aways.all())
        if there.left_at:
            yield _Passage(there, there.left_at)


def _who_there(one: Attendance) -> Key:
    return one.sitting.subject, one.stakeholder.number


def _who_when(one: _Passage) -> Key:
    return *_who_there(one.there), moment_text(one.at)


LINES = (
    Line(("sitting.attended",), sitting_subjects, _there, _who_there,
        lambda one: {"way": one.way, "seat": one.seat_id is not None,
                     "proxy": bool(one.mandate), **by_badge(one.by)}, ("who",)),
    Line(("sitting.attended", "sitting.left"), sitting_subjects, _there, _who_there,
        lambda one: {"verb": "sitting.left" if one.left_at else "sitting.attended"}, ("who",)),
    Line(("sitting.attended",), sitting_subjects, _came, _who_when, lambda _one: {}, ("who", "at")),
    Line(("sitting.left",), sitting_subjects, _went, _who_when, lambda _one: {}, ("who", "at")),
)  # fmt: skip
