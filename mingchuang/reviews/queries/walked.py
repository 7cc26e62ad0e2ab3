"""What an inspection held when it was planned, and what was found when it was finished."""

from collections.abc import Mapping

from mingchuang.ledger.rules.canonical import canonical
from mingchuang.reviews.models import Inspection, Mark
from mingchuang.reviews.rules.inspections import Answer, Deed, Marked


def plan_held(inspection: Inspection) -> str:
    """Return what was planned, as one text: the ledger keeps its digest until it is over."""
    return canonical(
        {
            "site": inspection.site.code,
            "unit": inspection.unit.code,
            "checklist": inspection.checklist_id,
            "manner": inspection.manner,
            "day": inspection.day.isoformat(),
            "inspector": inspection.inspector.badge,
            "again": inspection.again_id or 0,
        }
    ).decode()


def walk_held(inspection: Inspection) -> str:
    """Return everything that was found, as one text, with the hash of each photo."""
    marks = inspection.marks.select_related("item").prefetch_related("shots")
    return canonical([_held(mark) for mark in marks.order_by("item__number")]).decode()


def _held(mark: Mark) -> list[object]:
    shots = [shot.sha256 for shot in mark.shots.all()]
    return [mark.item.number, mark.answer, mark.times, mark.note, shots]


HELD: Mapping[str, object] = {Deed.PLAN: plan_held, Deed.FINISH: walk_held}


def marked(inspection: Inspection) -> list[Marked]:
    """Return what was found, as the points are counted by it."""
    marks = inspection.marks.select_related("item").order_by("item__number")
    return [
        Marked(one.item.maximum, one.item.deduction, Answer(one.answer), one.times) for one in marks
    ]
