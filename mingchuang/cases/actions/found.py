"""Found things: written down, announced, moved, given back to whom they belong."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.actions._things import (
    keep,
    let_others_look_again,
    must_be_over,
    next_number,
    search_step,
    second_person,
    seen_by,
    take_step,
    told_of,
)
from mingchuang.cases.found_errors import (
    AnnouncedAlready,
    ClaimedByAnother,
    FoundInTheFuture,
    NoMandate,
    NotSigned,
)
from mingchuang.cases.models.found import FoundItem
from mingchuang.cases.models.lost import Claim, LostItem
from mingchuang.cases.queries.found import item_for, sites_kept_by, storage_for
from mingchuang.cases.queries.lost import report_for
from mingchuang.cases.rules.found import Claimed, Fate, Found, State, care_of, kept_until
from mingchuang.hall.models import Site
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import new_salt
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.models import Person, Requester

LETTERS = "ZL"


@sent_twice_taken_once
@transaction.atomic
def register_item(
    site: Site, said: Found, *, key: str, by: Person, at: datetime, witness: str = ""
) -> FoundItem:
    """Write down a thing that was handed in. Sent twice with one key, it is one thing."""
    if earlier := FoundItem.objects.filter(key=key).first():
        return earlier
    if not sites_kept_by(by).filter(pk=site.pk).exists():
        raise NotFound
    if said.found_at > at:
        raise FoundInTheFuture
    care = care_of(said.kind, said.care)
    storage = storage_for(said.kind, care)
    second = second_person(care, witness, by=by)
    item = FoundItem(
        number=next_number(FoundItem, LETTERS, at=at),
        key=key,
        site=site,
        kind=said.kind,
        care=care,
        place=said.place,
        found_at=said.found_at,
        features=said.features,
        shelf=said.shelf,
        cents=said.cents,
        finder=_left(said.name, said.phone, at=at),
        taken_by=by,
        witness=second,
        state=State.KEPT,
        kept_until=kept_until(said.found_at, storage),
        fate=storage.fate,
        at=at,
    )
    told = {**told_of(item, by=by), **seen_by(second)}
    item.entry = record("found.registered", item.subject, at=at, digest=item.digest, **told)
    item.save()
    return item


def _left(name: str, phone: str, *, at: datetime) -> Requester | None:
    return add_requester(name=name, phone=phone, at=at) if name or phone else None


@transaction.atomic
def announce_item(number: str, *, by: Person, at: datetime) -> FoundItem:
    """Put a thing on the public notice: from this day on its owner has a year (Civil Code 318)."""
    item = item_for(by, number, lock=True)
    if item.announced_on is not None:
        raise AnnouncedAlready(on=item.announced_on)
    take_step(item, "found.announced")
    item.announced_on = localdate(at)
    told = {"day": item.announced_on.isoformat(), "by": by.badge}
    return keep(item, "found.announced", "announced_on", at=at, **told)


@transaction.atomic
def shelve_item(number: str, shelf: str, *, by: Person, at: datetime) -> FoundItem:
    """Put a thing somewhere else. Where, only the house knows."""
    item = item_for(by, number, lock=True)
    take_step(item, "found.shelved")
    # Nothing can be guessed about where it lay before.
    item.shelf, item.salt = shelf, new_salt()
    item.save(update_fields=["shelf", "salt"])
    told = {"of": item.entry.digest, "by": by.badge}
    record("found.shelved", item.subject, at=at, digest=item.digest, **told)
    return item


@transaction.atomic
def give_back(
    number: str, claimed: Claimed, *, by: Person, at: datetime, witness: str = "", report: str = ""
) -> Claim:
    """Give a thing to whom it belongs, on their papers, what they told of it, and a signature."""
    item = item_for(by, number, lock=True)
    take_step(item, "found.given_back")
    if not claimed.signed:
        raise NotSigned
    if claimed.principal and not claimed.mandated:
        raise NoMandate
    second = second_person(item.care, witness, by=by)
    looked_for = report_for(by, report, lock=True) if report else None
    item.cents = claimed.cents or item.cents
    claim = _claim(item, claimed, by=by, second=second, report=looked_for, at=at)
    told: dict[str, JSON] = {"proof": claim.proof, "mandate": claim.by_mandate}
    told |= {"cents": item.cents, "by": by.badge, **seen_by(second)}
    claim.entry = record("found.given_back", item.subject, at=at, digest=claim.digest, **told)
    item.ended_at = at
    item.save(update_fields=["state", "ended_at", "cents"])
    _save_once(claim)
    if looked_for is not None:
        looked_for.match = item
        search_step(looked_for, "lost.given_back", at=at, found=item.number, by=by.badge)
    let_others_look_again(item, by=by.badge, at=at)
    return claim


def _claim(
    item: FoundItem,
    claimed: Claimed,
    *,
    by: Person,
    at: datetime,
    second: Person | None = None,
    report: LostItem | None = None,
    refused: str = "",
) -> Claim:
    return Claim(
        item=item,
        lost=report,
        claimant=add_requester(name=claimed.name, phone=claimed.phone, at=at),
        proof=claimed.proof,
        said=claimed.said,
        by_mandate=bool(claimed.principal),
        principal=claimed.principal,
        granted=not refused,
        reason=refused,
        signed=claimed.signed,
        by=by,
        witness=second,
        at=at,
    )


def _save_once(claim: Claim) -> None:
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError:
        raise ClaimedByAnother from None


@transaction.atomic
def refuse_claim(number: str, claimed: Claimed, reason: str, *, by: Person, at: datetime) -> Claim:
    """Give a thing to nobody yet: papers, features or mandate did not hold; it is kept, and so is
    who came."""
    item = item_for(by, number, lock=True)
    take_step(item, "found.claim_refused")
    claim = _claim(item, claimed, by=by, at=at, refused=reason)
    told = {"reason": reason, "by": by.badge}
    claim.entry = record("found.claim_refused", item.subject, at=at, digest=claim.digest, **told)
    claim.save()
    return claim


@transaction.atomic
def dispose_item(number: str, *, by: Person, at: datetime, witness: str = "") -> FoundItem:
    """Throw away what is kept no longer: food, flowers, and what the table names; never before."""
    item = item_for(by, number, lock=True)
    take_step(item, "found.disposed")
    must_be_over(item, Fate.DISPOSE, at=at)
    second = second_person(item.care, witness, by=by)
    keep(item, "found.disposed", at=at, by=by.badge, **seen_by(second))
    let_others_look_again(item, by=by.badge, at=at)
    return item
