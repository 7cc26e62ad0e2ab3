"""Who found, lost and fetched things: shown to few, each look recorded, and forgotten in time."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from mingchuang.base.database import leave_no_traces
from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.actions.lost import erase_report
from mingchuang.cases.models.found import FoundItem, Handover
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.models.lost import Claim, LostItem
from mingchuang.cases.queries.found import claims_of, item_for
from mingchuang.cases.queries.found_keeping import things_due
from mingchuang.cases.queries.handovers import handover_for
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import erase_requester
from mingchuang.people.models import Person, Requester


@transaction.atomic
def reveal_finder(number: str, *, by: Person, at: datetime) -> Requester:
    """Show who handed it in, to thank them or to ask; that somebody looked is in the ledger."""
    item = item_for(by, number, lock=True)
    return _reveal(item.finder, item, reason="call_requester", by=by, at=at)


@transaction.atomic
def reveal_claimant(number: str, claim: int, *, by: Person, at: datetime) -> Claim:
    """Show who came for it and what they told, whether it was given to them or not: where somebody
    else comes for it later."""
    item = item_for(by, number, lock=True)
    came = claims_of(item).filter(pk=claim).first()
    _reveal(came.claimant if came else None, item, reason="check_identity", by=by, at=at)
    assert came is not None
    return came


@transaction.atomic
def reveal_taker(number: str, *, by: Person, at: datetime) -> Handover:
    """Show who took the things of a list, whole, for the list that is printed and signed."""
    listed = handover_for(by, number)
    _reveal(listed.taker, listed, reason="check_identity", by=by, at=at)
    return listed


def _reveal(
    who: Requester | None, item: FoundItem | Handover, *, reason: str, by: Person, at: datetime
) -> Requester:
    if who is None or who.is_erased:
        raise NotFound
    told = {"requester": str(who.handle), "reason": reason, "by": by.badge}
    record("requester.revealed", item.subject, at=at, digest="", **told)
    return who


@transaction.atomic
def forget_things(term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM) -> int:
    """Forget a handful that `some_things_due` found; return how many there were. Killed at any
    moment, it has erased all or none."""
    rows = list(things_due(term, at, among=some).select_for_update(of=("self",)).order_by("pk"))
    why = {"category": term.category, "source": term.source, "by": by}
    for row in rows:
        if isinstance(row, LostItem):
            erase_report(row, why=why, at=at)
        else:
            _erase_item(row, why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)
    return len(rows)


def _erase_item(item: FoundItem, why: Mapping[str, JSON], *, at: datetime) -> None:
    """Empty what proved whose it was, who found it and who came for it; that it went back stays."""
    for claim in item.claims.exclude(salt=b"").select_related("claimant", "entry").order_by("pk"):
        _erase_claim(claim, why, at=at)
    if item.finder is not None and not item.finder.is_erased:
        erase_requester(item.finder, why=why, at=at)
    if item.handover is not None and not item.handover.taker.is_erased:
        # The things of a list left together: with the first of them its taker is forgotten.
        erase_requester(item.handover.taker, why=why, at=at)
    item.features, item.salt = "", b""
    item.save(update_fields=["features", "salt"])
    told = {"of": item.entry.digest, "part": "words", **why}
    record("found.erased", item.subject, at=at, digest="", **told)


def _erase_claim(claim: Claim, why: Mapping[str, JSON], *, at: datetime) -> None:
    if not claim.claimant.is_erased:
        erase_requester(claim.claimant, why=why, at=at)
    claim.said, claim.principal, claim.salt = "", "", b""
    claim.save(update_fields=["said", "principal", "salt"])
    told = {"of": claim.entry.digest, "part": "who", **why}
    record("claim.erased", claim.item.subject, at=at, digest="", **told)
    for paper in claim.papers.exclude(salt=b"").select_related("entry").order_by("pk"):
        paper.photo, paper.salt = "", b""
        paper.save(update_fields=["photo", "salt"])
        told = {"of": paper.entry.digest, "part": "photos", **why}
        record("claim.erased", claim.item.subject, at=at, digest="", **told)
