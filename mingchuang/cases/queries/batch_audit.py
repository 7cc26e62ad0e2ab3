"""Does every list stand as the ledger tells it: who, at which stage, with whom, until when?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mingchuang.cases.models.batch_items import BatchItem, Delivery, ListNote, Paper
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.rules.batches.life import Stage, stages_told
from mingchuang.cases.rules.batches.places import places_in
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Code, Fault

BATCHED = (BatchItem, Delivery, ListNote)
SLICE = 500
# Where each entry leads those it names; a step names it itself.
LEADS = {
    "batch.told_once": Stage.NEEDS_MORE,
    "batch.not_received": Stage.NEEDS_MORE,
    "batch.told_more": Stage.NEEDS_MORE,
    "batch.turned_back": Stage.NEEDS_MORE,
    "batch.papers_struck": Stage.ACCEPTED,
    "batch.supplied": Stage.ACCEPTED,
    "batch.taken_out": Stage.TAKEN_OUT,
}
# What is said there stands beside papers; all else is the reason beside a person.
OF_PAPERS = ("batch.told_once", "batch.told_more", "batch.turned_back", "batch.not_received")
MOVES = (*LEADS, "batch.stepped", "batch.put_back")


class Move(NamedTuple):
    """One entry that led some of a list somewhere."""

    entry: int
    verb: str
    to: str
    places: list[int]


def batch_faults() -> Iterator[Fault | Untold]:
    """Yield everything of a batch that stands otherwise than its entries say."""
    replaced = replaced_digests()
    for model in BATCHED:
        rows = model._default_manager.select_related("entry").order_by("pk")
        for row in rows.iterator(chunk_size=SLICE):
            yield from evidence_faults([row], replaced)
    for batch in Batch.objects.select_related("case", "contact").order_by("pk"):
        yield from _faults_of(batch)


def _faults_of(batch: Batch) -> Iterator[Fault | Untold]:
    entries = Entry.objects.filter(subject=batch.subject).in_order()
    added = entries.filter(verb="batch.added").count()
    moves = list(_moves(batch, entries))
    told = stages_told([(move.to, move.places) for move in moves], batch.size)
    rows = batch.people.order_by("place").values_list("place", "stage")
    for place, stage in rows.iterator(chunk_size=SLICE):
        expected = told[place - 1] if place <= len(told) else ""
        if stage != expected:
            yield _untold(batch, f"{place}: {stage}", f"{place}: {expected}")
    people = batch.people.count()
    if not batch.size == added == people:
        yield _untold(batch, f"{batch.size}, {people}", str(added))
    yield from _named(batch, entries)
    for _place in _unsaid(batch, moves):
        yield Fault(Code.PRIVATE_CHANGED, {"subject": batch.subject})


def _unsaid(batch: Batch, moves: Iterable[Move]) -> Iterator[int]:
    """Yield the place of whoever has beside them what was never said of them: another reason, or
    another paper."""
    notes = {note.entry_id: note.text for note in batch.notes.exclude(salt=b"")}
    reasons, papers = dict[int, str](), defaultdict[int, list[str]](list)
    for move in (move for move in moves if move.entry in notes):
        said = notes[move.entry]
        for place in move.places:
            if move.verb in OF_PAPERS:
                papers[place] += said.split("\n")
            else:
                reasons[place] = said
    told_why = batch.people.filter(stage__in=[Stage.DECLINED, Stage.TAKEN_OUT]).exclude(salt=b"")
    for item in told_why.order_by("place").iterator(chunk_size=SLICE):
        if item.because != reasons.get(item.place, item.because):
            yield item.place
    asked = Paper.objects.filter(item__batch=batch).exclude(name_index="").select_related("item")
    for paper in asked.order_by("pk").iterator(chunk_size=SLICE):
        told = papers.get(paper.item.place)
        if told and not {paper.name, paper.because or paper.name} <= {*told}:
            yield paper.item.place


def _named(batch: Batch, entries: Any) -> Iterator[Untold]:
    renewed = batch.case.submissions.values_list("renewed", flat=True).first()
    stands = {
        "contact": batch.contact.badge if batch.contact else "",
        "promised": batch.promised_on.isoformat() if batch.promised_on else "",
        "renewed": str(renewed or ""),
        "proof": batch.proof,
    }
    verbs = {
        "contact": ["batch.contact_named"],
        "promised": ["batch.scheduled"],
        "renewed": ["batch.clerk_changed"],
        "proof": ["batch.company_checked", "batch.company_unchecked"],
    }
    for fact, told in verbs.items():
        last = entries.filter(verb__in=told).values_list("facts", flat=True).last()
        tells = str(facts_in(last).get(fact, ""))
        if stands[fact] != tells:
            yield _untold(batch, stands[fact], tells)


def _moves(batch: Batch, entries: Any) -> Iterator[Move]:
    told = entries.filter(verb__in=MOVES).values_list("pk", "verb", "facts")
    for pk, verb, kept in told:
        facts = facts_in(kept)
        # Of whom a paper was crossed out, some may owe others still.
        named = facts.get("onward", facts.get("listed", ""))
        places = places_in(str(named), most=max(batch.size, 1)) or []
        yield Move(pk, verb, str(LEADS.get(verb) or facts.get("to", "")), places)


def _untold(batch: Batch, stands: str, tells: str) -> Untold:
    return Untold("batch", {"case": batch.number, "stands": stands, "tells": tells})
