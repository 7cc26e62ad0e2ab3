"""Does every inspection stand as the ledger tells it, and does every photo of it lie there?"""

from collections.abc import Iterator
from hashlib import sha256

from mingchuang.cases import shelf
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.reviews.models import Act, Inspection, Shot
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
    yield from _shot_faults()


def _act_faults(act: Act) -> Iterator[Untold]:
    entry, inspection = act.entry, act.inspection
    if (entry.subject, entry.verb) != (inspection.subject, f"inspection.{act.deed}"):
        facts = {"subject": entry.subject, "verb": entry.verb, "stands": inspection.subject}
        yield Untold("moved", facts)
    holds = {Deed.PLAN: plan_held, Deed.FINISH: walk_held}.get(Deed(act.deed))
    if holds and not act.is_erased and holds(inspection) != act.holds:
        yield _contradicted(inspection, entry.verb, "holds", act.deed, "")
    if moment_text(entry.at) != moment_text(act.at):
        told = moment_text(entry.at)
        yield _contradicted(inspection, entry.verb, "at", moment_text(act.at), told)


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
            yield _contradicted(inspection, "inspection", what, str(value), str(tells[what]))
    cases = inspection.marks.exclude(rectification=None)
    numbers = cases.order_by("item__number").values_list("rectification__number", flat=True)
    if list(numbers) != (told.get("case") or []):
        yield _contradicted(inspection, "inspection.entrusted", "case", " ".join(numbers), "")


def _contradicted(inspection: Inspection, verb: str, what: str, stands: str, tells: str) -> Untold:
    facts = {"subject": inspection.subject, "verb": verb, "what": what}
    return Untold("contradicted", {**facts, "stands": stands, "tells": tells})


def _shot_faults() -> Iterator[Untold]:
    erased = Entry.objects.filter(verb="photo.erased", subject__startswith="inspection:")
    gone = {facts_in(facts).get("photo") for facts in erased.values_list("facts", flat=True)}
    for shot in Shot.objects.select_related("mark__inspection").order_by("pk").iterator():
        if shot.erased_at is not None and shot.fingerprint in gone:
            continue
        facts = {"inspection": shot.mark.inspection.number, "path": shot.path}
        try:
            jpeg = shelf.read(shot.path)
        except FileNotFoundError:
            yield Untold("shot_missing", facts)
        else:
            if sha256(jpeg).hexdigest() != shot.sha256:
                yield Untold("shot_changed", facts)
