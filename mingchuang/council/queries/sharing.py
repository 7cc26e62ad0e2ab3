"""Who took part across topics, counted without knowing who they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.timezone import localdate

from mingchuang.council.models import Attendance, Sitting
from mingchuang.council.rules.lottery.terms import MONTHS, months_before
from mingchuang.council.rules.sharing import (
    Sat,
    Sharing,
    Span,
    Step,
    sharing_of,
    span_since,
    years_of,
)


class Shared(NamedTuple):
    """The figures, each step with its sitting, and each year with the months up to now."""

    figures: Sharing
    steps: Sequence[tuple[Step, Sitting]]
    years: Mapping[int, Span]
    lately: Span | None


def sharing_in(at: datetime) -> Shared:
    """Count everybody who sat, in the order of the sittings: one statement for all of them.

    Somebody is found again by their phone, of which only a blind index is kept; who left none
    counts as somebody new in each topic.
    """
    rows = _who_sat()
    sat = [Sat(_name(one), one.sitting_id) for one in rows]
    figures, by_id = sharing_of(sat), {one.sitting_id: one.sitting for one in rows}
    days = {pk: localdate(one.opened_at) for pk, one in by_id.items()}
    first = localdate(months_before(at, MONTHS))
    steps = [(step, by_id[step.sitting]) for step in figures.steps]
    return Shared(figures, steps, years_of(sat, days), span_since(sat, days, first))


def _who_sat() -> "QuerySet[Attendance]":
    sat = Attendance.objects.filter(seat__isnull=False)
    people = sat.select_related("stakeholder__requester", "sitting__topic")
    return people.order_by("sitting__opened_at", "sitting_id", "pk")


def _name(attendance: Attendance) -> str:
    who = attendance.stakeholder
    return who.phone_index or f"stakeholder {who.pk}"
