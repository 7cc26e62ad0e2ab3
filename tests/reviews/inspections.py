"""Plain builders of standards, lists and inspections; they call the real actions."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from mingchuang.cases.rules.photo import Photo
from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions import inspected, inspecting
from mingchuang.reviews.actions.inspecting import Found
from mingchuang.reviews.actions.standards import Looked, make_checklist, write_clause
from mingchuang.reviews.models import Checklist, Clause, Inspection, Mark
from tests.build import MONDAY, a_person, a_supervisor, a_unit
from tests.hall.build import a_site

LATER = MONDAY + timedelta(hours=1)
WORDING = ("工牌戴在胸前，看得清姓名和工号。", "来人时起身相迎。", "大厅里没有人吸烟。")
_serial = count(1)


def a_clause(text: str = WORDING[0], *, chapter: str = "badge", at: datetime = MONDAY) -> Clause:
    return write_clause(chapter, f"T{next(_serial)}", text, by=a_supervisor(), at=at)


def a_checklist(*, at: datetime = MONDAY) -> Checklist:
    """Three clauses of ten points each; a finding costs two and a half."""
    clauses = [a_clause(text, at=at) for text in WORDING]
    lines = [Looked(one.pk, "look", 100, 25) for one in clauses]
    return make_checklist("大厅日常检查", lines, by=a_supervisor(), at=at)


def a_hall() -> Site:
    return a_site(f"walked-{next(_serial)}", unit=a_unit())


def an_inspector() -> Person:
    return a_person(Role.RECEPTION, unit=a_unit())


def planned(
    manner: str = "open", *, at: datetime = MONDAY, site: Site | None = None, **given: Any
) -> Inspection:
    """Somebody of another office is to go to a hall."""
    who: Person = given.pop("inspector", None) or an_inspector()
    return inspecting.plan_inspection(
        site or a_hall(),
        (given.pop("checklist", None) or a_checklist(at=at)).pk,
        manner=manner,
        day=at.date(),
        inspector=who.badge,
        by=a_supervisor(),
        at=at,
        **given,
    )


def noted(
    inspection: Inspection,
    number: int,
    answer: str = "kept",
    *,
    key: str = "",
    at: datetime = LATER,
    **found: Any,
) -> Mark:
    key = key or f"key-{next(_serial)}"
    what = Found(answer=answer, key=key, **found)
    return inspecting.mark_clause(inspection.pk, number, what, by=inspection.inspector, at=at)


def finished(
    inspection: Inspection | None = None,
    *,
    at: datetime = LATER,
    photos: tuple[Photo, ...] = (),
    manner: str = "open",
) -> Inspection:
    """The first clause was kept, the second one was broken twice, the third does not apply."""
    walk = inspection or planned(manner, at=at)
    noted(walk, 1, at=at)
    noted(walk, 2, "broken", times=2, note="二号窗口没有起身。", photos=photos, at=at)
    noted(walk, 3, "none", at=at)
    return inspecting.finish_inspection(walk.pk, by=walk.inspector, at=at)


def handed_over(inspection: Inspection | None = None, *, at: datetime = LATER) -> Inspection:
    walk = inspection or finished(at=at)
    return inspected.hand_over_findings(walk.pk, "一周内改好。", by=a_supervisor(), at=at)


def of_the_hall(inspection: Inspection) -> Person:
    """Somebody who answers for the inspected hall."""
    return a_person(Role.SUPERVISOR, unit=inspection.unit)
