"""What was written down wrong is put right; what left by mistake lies here again."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.cases.actions._things import (
    keep,
    search_step,
    second_person,
    seen_by,
    take_step,
    told_of,
)
from mingchuang.cases.found_errors import ForgottenAlready, FoundInTheFuture
from mingchuang.cases.models.found import FoundItem
from mingchuang.cases.models.lost import Claim, LostItem
from mingchuang.cases.queries.found import granted_claim, item_for, storage_for
from mingchuang.cases.rules.found import Care, Found, care_of, kept_until
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import new_salt
from mingchuang.people.models import Person

SAID = ("kind", "care", "place", "found_at", "features", "cents", "salt", "witness")
STORED = ("kept_until", "fate")


@transaction.atomic
def correct_item(
    number: str, said: Found, *, by: Person, at: datetime, witness: str = ""
) -> FoundItem:
    """Put right what was written down of a thing. Where the public notice told it otherwise, it is
    announced anew: who could not know it has the whole year."""
    item = item_for(by, number, lock=True)
    take_step(item, "found.corrected")
    if said.found_at > item.at:
        raise FoundInTheFuture
    care = care_of(said.kind, said.care)
    # What was counted by two is not made ordinary by one.
    second = second_person(care if item.care == Care.ORDINARY else item.care, witness, by=by)
    shown = item.on_notice
    _write(item, said, care, seen=second, by=by)
    told = {"of": item.entry.digest, **told_of(item, by=by), **seen_by(second)}
    item.save(update_fields=[*SAID, *STORED])
    record("found.corrected", item.subject, at=at, digest=item.digest, **told)
    if item.announced_on is not None and item.on_notice != shown:
        item.announced_on = localdate(at)
        again = {"day": item.announced_on.isoformat(), "by": by.badge}
        keep(item, "found.announced", "announced_on", at=at, **again)
    return item


def _write(item: FoundItem, said: Found, care: Care, *, seen: Person | None, by: Person) -> None:
    item.kind, item.care, item.place = said.kind, care, said.place
    item.found_at, item.features, item.cents = said.found_at, said.features, said.cents
    # Nothing can be guessed about what stood there before.
    item.salt = new_salt()
    storage = storage_for(said.kind, care)
    item.kept_until, item.fate = kept_until(said.found_at, storage), storage.fate
    if item.witness is None and seen is not None:
        item.witness = by if seen == item.taken_by else seen


@transaction.atomic
def take_back(
    number: str, reason: str, *, by: Person, at: datetime, witness: str = ""
) -> FoundItem:
    """Keep a thing again that left by mistake: what was done stays written down, and whoever lost
    it is looked for once more."""
    item = item_for(by, number, lock=True)
    take_step(item, "found.taken_back")
    if item.is_erased:
        raise ForgottenAlready(number=item.number)
    second = second_person(item.care, witness, by=by)
    keep(item, "found.taken_back", at=at, reason=reason, by=by.badge, **seen_by(second))
    claim = granted_claim(item)
    if claim is not None:
        claim.undone_at = at
        claim.save(update_fields=["undone_at"])
        _look_again(claim, by=by, at=at)
    return item


def _look_again(claim: Claim, *, by: Person, at: datetime) -> None:
    """Look for it again with whoever reported it; who was forgotten meanwhile stays forgotten."""
    reports = LostItem.objects.filter(claims=claim).exclude(salt=b"")
    for lost in reports.select_for_update(of=("self",)):
        lost.match = None
        search_step(lost, "lost.sought_again", at=at, found=claim.item.number, by=by.badge)
