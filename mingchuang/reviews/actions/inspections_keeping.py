"""No note and no photo of an inspection is kept longer than the table of retention says."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from mingchuang.base.database import leave_no_traces
from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.models.keeping import Retention
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.reviews.actions._photos import forget_photo
from mingchuang.reviews.errors import NotYours
from mingchuang.reviews.models import Act, Inspection, Shot
from mingchuang.reviews.queries.inspections import duties_of, inspection_for, rights
from mingchuang.reviews.queries.inspections_keeping import inspections_due
from mingchuang.reviews.rules.inspections import Duty


@transaction.atomic
def forget_inspections(
    term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM
) -> int:
    """Forget what was written and seen in a handful that `some_inspections_due` found; points and
    days stay. Killed at any moment, all or none are erased."""
    rows = Inspection.objects.filter(pk__in=some)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    due = list(inspections_due(term, at, among=some))
    why: dict[str, JSON] = {"category": term.category, "source": term.source, "by": by}
    for inspection in due:
        _forget(inspection, why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)
    return len(due)


def _forget(inspection: Inspection, why: Mapping[str, JSON], *, at: datetime) -> None:
    for shot in Shot.objects.filter(mark__inspection=inspection, erased_at=None):
        forget_photo(shot, inspection.subject, why, at=at)
    inspection.marks.exclude(note="").update(note="")
    acts = Act.objects.filter(inspection=inspection)
    erased = list(acts.exclude(salt=b"").values_list("entry__digest", flat=True))
    acts.update(text="", holds="", salt=b"")
    for of in erased:
        record("act.erased", inspection.subject, at=at, digest="", of=of, **why)
    inspection.erased_at = at
    inspection.save(update_fields=["erased_at"])
    record("inspection.erased", inspection.subject, at=at, digest="", **why)


@transaction.atomic
def forget_shot(pk: int, *, by: Person, at: datetime) -> Shot:
    """Forget a photo on which somebody can be known; that there was one, and its hash, stays."""
    shot = Shot.objects.filter(pk=pk).select_related("mark").first()
    if shot is None:
        raise NotFound
    inspection = inspection_for(by, shot.mark.inspection_id, lock=True)
    if not duties_of(by, rights(by), inspection) & {Duty.PLAN, Duty.WALK}:
        raise NotYours
    shot = Shot.objects.select_related("mark").get(pk=pk)
    if shot.erased_at is not None:
        raise NotFound
    who: dict[str, JSON] = {} if inspection.is_mystery else {"by": by.badge}
    forget_photo(shot, inspection.subject, {"why": "somebody_on_it", **who}, at=at)
    return shot
