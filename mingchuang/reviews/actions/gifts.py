"""The register of gifts: what was offered and not kept, withdrawn with a reason, restored."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.ledger.actions import record
from mingchuang.people.errors import ReasonNeeded
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.words import REVEAL_REASONS
from mingchuang.reviews.actions._thanks import note, with_badge
from mingchuang.reviews.errors import GiftToNobody, NotBeforeItsDay, NotSuchAThing, NotYours
from mingchuang.reviews.models import Gift
from mingchuang.reviews.queries.thanks import RECORDERS
from mingchuang.reviews.queries.thanks_counted import gift_to_settle
from mingchuang.reviews.rules.gifts import Deed, Outcome, State, after, may_step


@dataclass(frozen=True)
class Offered:
    """What was offered to whom and when, and where it went."""

    what: str
    unit: Unit
    offered_on: date
    outcome: Outcome
    settled_on: date
    sentence: str
    giver: str = ""
    badge: str = ""
    to_whom: str = ""


@transaction.atomic
def record_gift(offered: Offered, *, by: Person, at: datetime) -> Gift:
    """Write down that something was offered and not kept, with the sentence said about it."""
    if not scope_of(by).holds(*RECORDERS):
        raise NotYours
    if not offered.offered_on <= offered.settled_on <= localdate(at):
        raise NotBeforeItsDay
    if offered.outcome != Outcome.REFUSED and not offered.to_whom:
        raise GiftToNobody
    gift = Gift(
        what=offered.what,
        giver=offered.giver,
        unit=offered.unit,
        person=with_badge(offered.badge),
        offered_on=offered.offered_on,
        outcome=offered.outcome,
        to_whom=offered.to_whom,
        settled_on=offered.settled_on,
        sentence=offered.sentence,
        entered_by=by,
        at=at,
    )
    told = {"unit": offered.unit.code, "outcome": offered.outcome.value, "by": by.badge}
    gift.entry = record("gift.recorded", gift.subject, at=at, digest=gift.digest, **told)
    gift.save()
    return gift


@transaction.atomic
def withdraw_gift(pk: int, because: str, *, by: Person, at: datetime) -> Gift:
    """Take a wrong entry out of the count; it stays readable with its reason."""
    gift = _take(pk, Deed.WITHDRAW, by=by)
    note(gift, "gift.revoked", because, by=by, at=at)
    return gift


@transaction.atomic
def restore_gift(pk: int, because: str, *, by: Person, at: datetime) -> Gift:
    """Undo a withdrawal."""
    gift = _take(pk, Deed.RESTORE, by=by)
    note(gift, "gift.restored", because, by=by, at=at)
    return gift


@transaction.atomic
def reveal_gift(pk: int, *, reason: str, by: Person, at: datetime) -> str:
    """Show who offered it to whoever decides on the entry; each look is recorded."""
    gift = gift_to_settle(by, pk)
    if reason not in REVEAL_REASONS:
        raise ReasonNeeded
    record("gift.revealed", gift.subject, at=at, digest="", by=by.badge, reason=reason)
    return gift.giver


def _take(pk: int, deed: Deed, *, by: Person) -> Gift:
    gift = gift_to_settle(by, pk)
    if not may_step(State(gift.state), deed):
        raise NotSuchAThing(state=gift.get_state_display())
    gift.state = after(State(gift.state), deed)
    gift.save(update_fields=["state"])
    return gift
