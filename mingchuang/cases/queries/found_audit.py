"""Do found and lost things stand as the ledger tells it? Read in slices, so memory stays flat."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from mingchuang.cases.models.found import FoundItem
from mingchuang.cases.models.lost import Claim, ClaimPaper, LostItem
from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.cases.rules import found, lost
from mingchuang.ledger.models import Entry, Evidence
from mingchuang.ledger.queries import evidence_faults
from mingchuang.ledger.reading import replaced_digests
from mingchuang.ledger.rules.audit import Fault

# What this part of the room keeps that the ledger holds a digest of.
KEPT: tuple[type[Evidence], ...] = (FoundItem, LostItem, Claim, ClaimPaper)
EMPTIED: Mapping[type[Evidence], tuple[str, ...]] = {
    FoundItem: ("features",),
    LostItem: ("description", "place"),
    Claim: ("said", "principal"),
    ClaimPaper: ("photo",),
}
SLICE = 500
Told = list[tuple[str, Mapping[str, object]]]


def thing_faults() -> Iterator[Fault | Untold]:
    """Yield whatever of lost and found says otherwise than its entries."""
    replaced = replaced_digests()
    for model in KEPT:
        for rows in _slices(model._default_manager.select_related("entry")):
            for row in rows:
                yield from evidence_faults([row], replaced)
                if row.is_erased and any(getattr(row, name) for name in EMPTIED[model]):
                    here = {"subject": row.entry.subject, "verb": row.entry.verb}
                    yield Untold("refilled", here)
    yield from _standing(FoundItem.objects.select_related("site", "handover"), _item)
    yield from _standing(LostItem.objects.select_related("site", "match"), _report)
    yield from _unclaimed()


def _standing(
    rows: "QuerySet[Any]", compare: Callable[[Any, Told], Iterator[tuple[str, str, str]]]
) -> Iterator[Untold]:
    for some in _slices(rows):
        told = _told(row.subject for row in some)
        for row in some:
            for what, stands, tells in compare(row, told[row.subject]):
                if stands != tells:
                    facts = {"thing": row.subject, "what": what, "stands": stands, "tells": tells}
                    yield Untold("thing", facts)


def _told(subjects: Iterable[str]) -> Mapping[str, Told]:
    told: dict[str, Told] = defaultdict(list)
    entries = Entry.objects.filter(subject__in=list(subjects)).in_order()
    for subject, verb, facts in entries.values_list("subject", "verb", "facts"):
        told[subject].append((verb, facts_in(facts)))
    return told


def _item(item: FoundItem, told: Told) -> Iterator[tuple[str, str, str]]:
    yield "state", item.state, found.state_told(verb for verb, _ in told) or ""
    said = _last(told, "found.registered", "found.corrected")
    for name, stands in (("kind", item.kind), ("care", item.care), ("site", item.site.code)):
        yield name, stands, str(said.get(name, ""))
    yield "day", localdate(item.found_at).isoformat(), str(said.get("day", ""))
    announced = item.announced_on.isoformat() if item.announced_on else ""
    yield "announced_on", announced, str(_last(told, "found.announced").get("day", ""))
    listed = item.handover.number if item.handover else ""
    yield "handover", listed, str(_last(told, "found.handed_over").get("handover", ""))
    if item.state == found.State.RETURNED:
        yield "cents", str(item.cents), str(_last(told, "found.given_back").get("cents", ""))


def _report(report: LostItem, told: Told) -> Iterator[tuple[str, str, str]]:
    yield "state", report.state, lost.state_told(verb for verb, _ in told) or ""
    first = _last(told, "lost.reported")
    site = report.site.code if report.site else ""
    for name, stands in (("kind", report.kind), ("site", site), ("day", str(report.lost_on))):
        yield name, stands, str(first.get(name, ""))


def _last(told: Told, *verbs: str) -> Mapping[str, object]:
    """Return the facts of the last entry of these verbs; none where there is none."""
    return next((facts for verb, facts in reversed(told) if verb in verbs), {})


def _unclaimed() -> Iterator[Untold]:
    """Yield what went back to nobody."""
    claims = Claim.objects.filter(item=OuterRef("pk"), granted=True, undone_at=None)
    gone = FoundItem.objects.filter(~Exists(claims), state=found.State.RETURNED)
    for item in gone.order_by("pk").iterator():
        yield Untold("thing_unclaimed", {"thing": item.subject})


def _slices(rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:SLICE]):
        yield some
        last = some[-1].pk
