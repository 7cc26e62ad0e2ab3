"""The standards of the demo town, and inspections of its halls: all invented."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from mingchuang.hall.models import Site
from mingchuang.outward.drawn import drawn
from mingchuang.people.models import Person
from mingchuang.reviews.actions import inspected, inspecting
from mingchuang.reviews.actions.inspecting import Found
from mingchuang.reviews.actions.standards import Looked, make_checklist, write_clause
from mingchuang.reviews.models import Checklist, Inspection

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
# What is found: an answer for each clause, how often, what was seen, and photos of it.
Marks = Sequence[Sequence[Any]]


def inspect_halls(plan: Mapping[str, Any], staff: Mapping[str, Person], *, at: datetime) -> None:
    """Hang the standards, make a list of them, and let the halls be inspected: some are over, one
    waits for whoever signs in as the inspector."""
    boss, began = staff[plan["by"]], at - 80 * A_DAY
    clauses = [
        write_clause(chapter, code, text, by=boss, at=began)
        for chapter, code, text in plan["clauses"]
    ]
    lines = [Looked(one.pk, *how) for one, how in zip(clauses, plan["looked"], strict=True)]
    lists = make_checklist(plan["checklist"], lines, by=boss, at=began)
    for site, manner, who, days, marks in plan["past"]:
        planned = _planned(site, manner, staff[who], lists, boss, at=at - days * A_DAY)
        _walked(planned, marks, at=at - days * A_DAY + AN_HOUR)
    _followed(boss, staff[plan["answers"]], at=at - A_DAY)
    for site, manner, who in plan["waiting"]:
        _planned(site, manner, staff[who], lists, boss, at=at)


def _planned(
    site: str, manner: str, who: Person, lists: Checklist, boss: Person, *, at: datetime
) -> Inspection:
    place = Site.objects.get(code=site)
    given: dict[str, Any] = {"manner": manner, "day": localdate(at), "inspector": who.badge}
    return inspecting.plan_inspection(place, lists.pk, **given, by=boss, at=at)


def _walked(planned: Inspection, marks: Marks, *, at: datetime) -> None:
    for number, (answer, times, note, *photos) in enumerate(marks, 1):
        seen: dict[str, Any] = {"note": note, "photos": tuple(drawn(name) for name in photos)}
        found = Found(answer=answer, times=times, key=f"demo-{planned.pk}-{number}", **seen)
        inspecting.mark_clause(planned.pk, number, found, by=planned.inspector, at=at)
    inspecting.finish_inspection(planned.pk, by=planned.inspector, at=at)


def _followed(boss: Person, hall: Person, *, at: datetime) -> None:
    """The newest one with findings is put right; the hall says its word."""
    newest = Inspection.objects.filter(marks__answer="broken").order_by("-pk").first()
    if newest:
        text = "一周内改好，改完请拍照。"
        inspected.hand_over_findings(newest.pk, text, by=boss, at=at)
        said = "当天两个人请假，已经安排顶岗。"
        inspected.answer_inspection(newest.pk, said, by=hall, at=at + AN_HOUR)
