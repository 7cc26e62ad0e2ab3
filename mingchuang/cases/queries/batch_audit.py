"""Does every list stand as the ledger tells it: who, at which stage, with whom, until when?"""

from collections.abc import Iterator
from typing import Any

from mingchuang.cases.models.batch_items import BatchItem, Delivery
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.rules.batches.life import Stage, stages_told
from mingchuang.cases.rules.batches.places import places_in
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault

BATCHED = (BatchItem, Delivery)
SLICE = 500
# Where each entry leads those it names; a step names it itself.
LEADS = {"batch.told_once": Stage.NEEDS_MORE, "batch.supplied": Stage.ACCEPTED}
MOVES = (*LEADS, "batch.stepped")


def batch_faults() -> Iterator[Fault | Untold]:
    """Yield everything of a batch that stands otherwise than its entries say."""
    replaced = replaced_digests()
    for model in BATCHED:
        rows = model._default_manager.select_related("entry").order_by("pk")
        for row in rows.iterator(chunk_size=SLICE):
            yield from evidence_faults([row], replaced)
    for batch in Batch.objects.select_related("case", "contact").order_by("pk"):
        yield from _faults_of(batch)


def _faults_of(batch: Batch) -> Iterator[Untold]:
    entries = Entry.objects.filter(subject=batch.subject).in_order()
    added = entries.filter(verb="batch.added").count()
    told = stages_told(_moves(batch, entries), batch.size)
    rows = batch.people.order_by("place").values_list("place", "stage")
    for place, stage in rows.iterator(chunk_size=SLICE):
        expected = told[place - 1] if place <= len(told) else ""
        if stage != expected:
            yield _untold(batch, f"{place}: {stage}", f"{place}: {expected}")
    people = batch.people.count()
    if not batch.size == added == people:
        yield _untold(batch, f"{batch.size}, {people}", str(added))
    yield from _named(batch, entries)


def _named(batch: Batch, entries: Any) -> Iterator[Untold]:
    stands = {
        "contact": batch.contact.badge if batch.contact else "",
        "promised": batch.promised_on.isoformat() if batch.promised_on else "",
    }
    verbs = {"contact": "batch.contact_named", "promised": "batch.scheduled"}
    for fact, verb in verbs.items():
        last = entries.filter(verb=verb).values_list("facts", flat=True).last()
        tells = str(facts_in(last).get(fact, ""))
        if stands[fact] != tells:
            yield _untold(batch, stands[fact], tells)


def _moves(batch: Batch, entries: Any) -> Iterator[tuple[str, list[int]]]:
    for verb, kept in entries.filter(verb__in=MOVES).values_list("verb", "facts"):
        facts = facts_in(kept)
        places = places_in(str(facts.get("listed", "")), most=max(batch.size, 1)) or []
        yield str(LEADS.get(verb) or facts.get("to", "")), places


def _untold(batch: Batch, stands: str, tells: str) -> Untold:
    return Untold("batch", {"case": batch.number, "stands": stands, "tells": tells})
