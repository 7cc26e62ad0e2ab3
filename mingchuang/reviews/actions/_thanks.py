"""What the verbs on the register of thanks share."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from mingchuang.cases.rules.photo import Photo
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.reviews.actions._photos import shelved
from mingchuang.reviews.errors import ForgottenThanks, NoSuchBadge, NotSuchAThing
from mingchuang.reviews.models import Commendation, Gift, Note, ThanksPhoto
from mingchuang.reviews.queries.thanks import is_open
from mingchuang.reviews.rules.thanks import TELLS_ANEW, Deed


def with_badge(badge: str) -> Person | None:
    """Return whose badge this is; nobody where none was given."""
    if not badge:
        return None
    found = Person.objects.filter(badge=badge).first()
    if found is None:
        raise NoSuchBadge(badge=badge)
    return found


def lock_thanks(*some: int) -> None:
    """Wait until these entries are ours alone, always in the same order."""
    rows = Commendation.objects.filter(pk__in=some).select_for_update()
    list(rows.order_by("pk").values_list("pk"))


def must_be_open(item: Commendation, deed: Deed) -> None:
    """Refuse in words what cannot be done about an entry as it stands."""
    if item.is_erased and deed in TELLS_ANEW:
        raise ForgottenThanks
    if not is_open(item, deed):
        raise NotSuchAThing(state=item.get_state_display())


def keep_photos(item: Commendation, photos: Iterable[Photo]) -> None:
    """Keep photos with their entry; its own entry in the book names them by their hashes."""
    for photo in photos:
        ThanksPhoto.objects.create(commendation=item, **shelved(photo))


def prints_of(photos: Iterable[Photo]) -> Mapping[str, JSON]:
    """Return what the ledger says of photos: their hashes, where there are any."""
    prints: list[JSON] = [f"sha256:{sha256(photo.jpeg).hexdigest()}" for photo in photos]
    return {"photo": prints} if prints else {}


def note(
    of: Commendation | Gift, verb: str, text: str, *, by: Person, at: datetime, **facts: JSON
) -> None:
    """Write down one deed and why it was done."""
    deed = verb.partition(".")[2]
    row = Note(deed=deed, text=text, by=by, at=at)
    row.commendation, row.gift = (of, None) if isinstance(of, Commendation) else (None, of)
    row.entry = record(verb, of.subject, at=at, digest=row.digest, by=by.badge, **facts)
    row.save()


def empty(row: Evidence, verb: str, subject: str, why: Mapping[str, JSON], *, at: datetime) -> None:
    """Write the tombstone of a row whose private part is being emptied, and save it."""
    of, row.salt = row.entry.digest, b""
    row.save()
    record(verb, subject, at=at, digest="", of=of, **why)
