"""Does every inspection stand as the ledger tells it, and does every photo of it lie there?"""

from collections.abc import Iterator

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.reviews.models import Act, Inspection, Shot
from mingchuang.reviews.queries.bound import Photo, entry_faults, photo_faults, told_otherwise
from mingchuang.reviews.queries.walked import plan_held, walk_held
from mingchuang.reviews.rules.inspections import STEPS, Deed

# What this file compares that the ledger holds a digest of.
INSPECTED = (Act,)
SLICE = 200


def inspection_faults() -> Iterator[Fault | Untold]:
    """Yield every deed that says otherwise than its entry, every inspection that is not what its
    deeds led to, and every photo that is missing or another."""
    replaced = replaced_digests()
    acts = Act.objects.select_related("entry", "by", "inspection__site", "inspection__unit")
    acts = acts.select_related("inspection__inspector").order_by("pk")
    for act in acts.iterator(chunk_size=SLICE):
        yield from evidence_faults([act], replaced)
        yield from _act_faults(act)
    for inspection in Inspection.objects.order_by("pk").iterator(chunk_size=SLICE):
        yield from _inspection_faults(inspection)
    shots = Shot.objects.select_related("mark__inspection").order_by("pk").iterator()
    yield from photo_faults(shots, of="inspection", code="shot", named=_named)


def _named(photo: Photo) -> dict[str, str]:
    assert isinstance(photo, Shot)
    return {"inspection": photo.mark.inspection.number, "path": photo.path}


def _act_faults(act: Act) -> Iterator[Untold]:
    inspection = act.inspection
    subject, verb = inspection.subject, f"inspection.{act.deed}"
    yield from entry_faults(act, subject, verb, act.at)
    holds = {Deed.PLAN: plan_held, Deed.FINISH: walk_held}.get(Deed(act.deed))
    if holds and not act.is_erased and holds(inspection) != act.holds:
        yield told_otherwise(subject, verb, "holds", act.deed, "")


def _inspection_faults(inspection: Inspection) -> Iterator[Untold]:
    state, told = "", dict[str, object]()
    for entry in Entry.objects.filter(subject=inspection.subject).in_order():
        deed = entry.verb.removeprefix("inspection.")
        if deed in STEPS:
            state = STEPS[Deed(deed)][1]
        told |= facts_in(entry.facts)
    tells = {"state": state or "planned", "points": told.get("points", 0)}
    tells["whole"] = told.get("whole", 0)
    stands = {
        "state": inspection.state,
        "points": inspection.points or 0,
        "whole": inspection.whole or 0,
    }
    for what, value in stands.items():
        if value != tells[what]:
            yield told_otherwise(inspection.subject, "inspection", what, value, tells[what])
    cases = inspection.marks.exclude(rectification=None)
    numbers = cases.order_by("item__number").values_list("rectification__number", flat=True)
    if list(numbers) != (told.get("case") or []):
        stood = " ".join(numbers)
        yield told_otherwise(inspection.subject, "inspection.entrusted", "case", stood, "")
