"""Entries of the register are approved, hung, joined, withdrawn and restored, each with a reason;
and the wall forgets who gave them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from mingchuang.base.database import leave_no_traces
from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.models.keeping import Retention
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.errors import ReasonNeeded
from mingchuang.people.models import Person
from mingchuang.people.words import REVEAL_REASONS
from mingchuang.reviews import errors
from mingchuang.reviews.actions._photos import forget_photo
from mingchuang.reviews.actions._thanks import empty, lock_thanks, must_be_open, note
from mingchuang.reviews.models import Commendation, Gift
from mingchuang.reviews.queries.thanks import (
    may_settle,
    photo_for,
    thanks_for,
    thanks_to_settle,
    thanks_with,
)
from mingchuang.reviews.queries.thanks_keeping import gifts_due, thanks_due
from mingchuang.reviews.rules.thanks import Deed, State, after

# Their own wish is reason enough.
WISH: Mapping[str, JSON] = {"wish": "erase"}


@transaction.atomic
def hang_thanks(
    pk: int, shown: str, *, photos_shown: bool, by: Person, at: datetime, hangs: str = ""
) -> Commendation:
    """Let everybody read an entry on the wall of thanks, in the words that were settled."""
    item = _take(pk, Deed.HANG, by=by)
    item.shown, item.photos_shown, item.on_wall = shown.strip(), photos_shown, True
    return _done(item, "thanks.hung", hangs, by=by, at=at)


@transaction.atomic
def keep_thanks(pk: int, *, by: Person, at: datetime) -> Commendation:
    """Keep and count what somebody wrote, without hanging it."""
    return _done(_take(pk, Deed.KEEP, by=by), "thanks.kept", "", by=by, at=at)


@transaction.atomic
def decline_thanks(pk: int, because: str, *, by: Person, at: datetime) -> Commendation:
    """Leave out of the register what is no thanks; it may be taken up again."""
    return _done(_take(pk, Deed.DECLINE, by=by), "thanks.turned_down", because, by=by, at=at)


@transaction.atomic
def take_down(pk: int, because: str, *, by: Person, at: datetime) -> Commendation:
    """Take an entry off the wall; it stays in the register and is counted."""
    item = _take(pk, Deed.TAKE_DOWN, by=by)
    item.on_wall = False
    return _done(item, "thanks.taken_down", because, by=by, at=at)


@transaction.atomic
def join_thanks(pk: int, to: int, because: str, *, by: Person, at: datetime) -> Commendation:
    """Say that an entry is a second thing for the same deed: both are kept, one is counted."""
    lock_thanks(pk, to)
    main = thanks_for(by, to)
    item = _take(pk, Deed.JOIN, by=by)
    is_end = main.same_as_id is None and not item.others.exists()
    if main.pk == item.pk or main.unit_id != item.unit_id or main.state != State.KEPT or not is_end:
        raise errors.NotTheSame
    item.same_as, item.on_wall = main, False
    return _done(item, "thanks.joined", because, by=by, at=at, to=main.handle)


@transaction.atomic
def part_thanks(pk: int, because: str, *, by: Person, at: datetime) -> Commendation:
    """Undo that: the entry is counted by itself again."""
    item = _take(pk, Deed.PART, by=by)
    item.same_as = None
    return _done(item, "thanks.parted", because, by=by, at=at)


@transaction.atomic
def withdraw_thanks(pk: int, because: str, *, by: Person, at: datetime) -> Commendation:
    """Take an entry out of the count and off the wall; it stays readable with its reason."""
    item = _take(pk, Deed.WITHDRAW, by=by)
    if item.others.exists():
        raise errors.OthersHangOnIt
    item.on_wall = False
    return _done(item, "thanks.revoked", because, by=by, at=at)


@transaction.atomic
def restore_thanks(pk: int, because: str, *, by: Person, at: datetime) -> Commendation:
    """Undo a withdrawal, or look again at what was left out."""
    return _done(_take(pk, Deed.RESTORE, by=by), "thanks.restored", because, by=by, at=at)


@transaction.atomic
def reveal_giver(pk: int, *, reason: str, by: Person, at: datetime) -> str:
    """Show who gave it to whoever decides on the entry; each look is recorded."""
    item = thanks_for(by, pk)
    if not may_settle(by, item):
        raise errors.NotYours
    if reason not in REVEAL_REASONS:
        raise ReasonNeeded
    record("thanks.revealed", item.subject, at=at, digest="", by=by.badge, reason=reason)
    return item.giver


def _take(pk: int, deed: Deed, *, by: Person) -> Commendation:
    """Lock the entry and take the step, or refuse in words."""
    item = thanks_to_settle(by, pk)
    must_be_open(item, deed)
    item.state = after(State(item.state), deed)
    return item


def _done(
    item: Commendation, verb: str, text: str, *, by: Person, at: datetime, **facts: JSON
) -> Commendation:
    item.save()
    note(item, verb, text, by=by, at=at, **facts)
    return item


@transaction.atomic
def forget_my_thanks(code: str, *, at: datetime) -> Commendation:
    """Forget, as who wrote it wishes, who they are and what they wrote; it comes off the wall."""
    mine = thanks_with(code)
    lock_thanks(mine.pk)
    mine = thanks_with(code)
    if not mine.is_erased or mine.on_wall:
        _forget_as_wished(mine, WISH, at=at)
    return mine


@transaction.atomic
def forget_giver(pk: int, *, by: Person, at: datetime) -> Commendation:
    """Do the same for who gave what staff registered, when they ask for it."""
    item = thanks_to_settle(by, pk)
    if item.is_erased and not item.on_wall:
        raise errors.ForgottenThanks
    _forget_as_wished(item, {**WISH, "by": by.badge}, at=at)
    return item


@transaction.atomic
def forget_thanks_photo(pk: int, *, by: Person, at: datetime) -> Commendation:
    """Forget one photo of an entry for good; the others stay."""
    item = thanks_to_settle(by, photo_for(by, pk).commendation_id)
    why: Mapping[str, JSON] = {"why": "one_photo", "by": by.badge}
    forget_photo(photo_for(by, pk), item.subject, why, at=at)
    return item


@transaction.atomic
def forget_thanks(term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM) -> int:
    """Forget a handful that `some_thanks_due` found, gifts below zero; return how many there
    were. Killed at any moment, all or none are erased."""
    why: Mapping[str, JSON] = {"category": term.category, "source": term.source, "by": by}
    thanks, gifts = [pk for pk in some if pk > 0], [-pk for pk in some if pk < 0]
    lock_thanks(*thanks)
    list(Gift.objects.filter(pk__in=gifts).select_for_update().order_by("pk"))
    due = list(thanks_due(term, at, among=thanks).select_related("entry"))
    given = list(gifts_due(term, at, among=gifts).select_related("entry"))
    for item in due:
        _forget(item, why, at=at)
    for gift in given:
        _forget_gift(gift, why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)
    return len(due) + len(given)


def _forget_as_wished(item: Commendation, why: Mapping[str, JSON], *, at: datetime) -> None:
    """What everybody read of it goes too."""
    item.on_wall, item.shown = False, ""
    _forget(item, why, at=at)


def _forget(item: Commendation, why: Mapping[str, JSON], *, at: datetime) -> None:
    """What everybody read of it stays, and that it was given; who gave it, and photos, go."""
    item.giver = item.whom = item.words = item.corrected_because = item.row_index = ""
    item.photos_shown = False
    empty(item, "thanks.erased", item.subject, why, at=at)
    _forget_notes(item, "thanks.erased", why, at=at)
    for photo in item.photos.filter(erased_at=None):
        forget_photo(photo, item.subject, why, at=at)


def _forget_gift(gift: Gift, why: Mapping[str, JSON], *, at: datetime) -> None:
    gift.what = gift.giver = gift.to_whom = gift.sentence = ""
    empty(gift, "gift.erased", gift.subject, why, at=at)
    _forget_notes(gift, "gift.erased", why, at=at)


def _forget_notes(
    of: Commendation | Gift, verb: str, why: Mapping[str, JSON], *, at: datetime
) -> None:
    for row in of.story.select_related("entry").exclude(salt=b""):
        row.text = ""
        empty(row, verb, of.subject, why, at=at)
