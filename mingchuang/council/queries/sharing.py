"""Who took part across topics, counted without knowing who they are."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from mingchuang.council.models import Attendance, Sitting
from mingchuang.council.rules.sharing import Sat, Sharing, Step, sharing_of


class Shared(NamedTuple):
    """The figures, and each step with its sitting."""

    figures: Sharing
    steps: Sequence[tuple[Step, Sitting]]


def sharing_in() -> Shared:
    """Count everybody who sat, in the order of the sittings: one statement for all of them.

    Somebody is found again by their phone, of which only a blind index is kept; who left none
    counts as somebody new in each topic.
    """
    rows = _who_sat()
    figures = sharing_of(Sat(_name(one), one.sitting_id) for one in rows)
    by_id = {one.sitting_id: one.sitting for one in rows}
    return Shared(figures, [(step, by_id[step.sitting]) for step in figures.steps])


def _who_sat() -> "QuerySet[Attendance]":
    sat = Attendance.objects.filter(seat__isnull=False)
    people = sat.select_related("stakeholder__requester", "sitting__topic")
    return people.order_by("sitting__opened_at", "sitting_id", "pk")


def _name(attendance: Attendance) -> str:
    who = attendance.stakeholder
    return who.phone_index or f"stakeholder {who.pk}"
