"""Thanks come in: said in public, registered by staff, imported from an old register; corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import Refused
from mingchuang.base.locks import wait_for_turn
from mingchuang.base.once import key_of, sent_twice_taken_once
from mingchuang.cases.rules.photo import Photo
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import new_salt
from mingchuang.people.fields import text_index
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.actions._thanks import keep_photos, must_be_open, prints_of, with_badge
from mingchuang.reviews.errors import (
    NoSuchBadge,
    NoSuchUnit,
    NotBeforeItsDay,
    NotYours,
)
from mingchuang.reviews.models import Commendation, WallNaming
from mingchuang.reviews.queries.thanks import RECORDERS, thanks_to_settle
from mingchuang.reviews.rules.thanks import Deed, Kind, Naming, Shown, Source, State
from mingchuang.reviews.rules.thanks_sheet import ThanksRow


@dataclass(frozen=True)
class Thanked:
    """One thing that was given or said: who gave it, for whom, when, and where it hangs."""

    kind: Kind
    unit: Unit
    given_on: date
    giver: str = ""
    shown_as: Shown = Shown.MASKED
    badge: str = ""
    whom: str = ""
    words: str = ""
    hangs: str = ""


@sent_twice_taken_once
@transaction.atomic
def say_thanks(
    said: Thanked, *, key: str, at: datetime, photos: Sequence[Photo] = ()
) -> Commendation:
    """Take in thanks that somebody wrote on the public page; staff look at it before it hangs."""
    code = text_index("thanks said", key_of(key, said.unit.code, said.words))[:32]
    if known := Commendation.objects.filter(code=code).first():
        return known
    item = _of(said, at=at)
    item.code = code
    item.source, item.state = Source.PUBLIC, State.WAITING
    return _keep(item, "thanks.received", photos, at=at)


@transaction.atomic
def register_thanks(
    said: Thanked, *, by: Person, at: datetime, photos: Sequence[Photo] = ()
) -> Commendation:
    """Write a banner, a letter or words of thanks into the register; it is counted at once."""
    if not scope_of(by).holds(*RECORDERS):
        raise NotYours
    item = _of(said, at=at)
    item.source, item.state, item.entered_by = Source.STAFF, State.KEPT, by
    return _keep(item, "thanks.registered", photos, at=at)


@transaction.atomic
def correct_thanks(
    pk: int,
    said: Thanked,
    *,
    because: str,
    by: Person,
    at: datetime,
    photos: Sequence[Photo] = (),
) -> Commendation:
    """Put right what is wrong in the register. What hung comes down until it is read again."""
    item = thanks_to_settle(by, pk)
    must_be_open(item, Deed.CORRECT)
    item.on_wall, item.shown, item.photos_shown = False, "", False
    _fill(item, said, at=at)
    item.corrected_because, item.salt = because, new_salt()
    of = item.entry.digest
    told = {"of": of, "by": by.badge, **prints_of(photos)}
    record("thanks.corrected", item.subject, at=at, digest=item.digest, **told)
    item.save()
    keep_photos(item, photos)
    return item


@transaction.atomic
def import_thanks(rows: Sequence[ThanksRow], *, by: Person, at: datetime) -> list[str | Refused]:
    """Take in an old register; a row that is known stays as it is.

    Returns for each row "added" or "same", or why it was refused; what is good goes in.
    """
    # The same register sent twice at once is taken in once: the second finds what the first kept.
    wait_for_turn("thanks.imported")
    mine = scope_of(by).units(Role.SUPERVISOR)
    units = {unit.name: unit for unit in Unit.objects.filter(pk__in=mine)}
    indexes = [_index(row) for row in rows]
    people = {p.badge: p for p in Person.objects.filter(badge__in={row.badge for row in rows})}
    known = set(_known(indexes))
    done: list[str | Refused] = []
    for row, index in zip(rows, indexes, strict=True):
        done.append(_take(row, index, units, people, known=known, by=by, at=at))
        known.add(index)
    return done


def _known(indexes: Sequence[str]) -> "Sequence[str]":
    rows = Commendation.objects.filter(row_index__in=indexes)
    return list(rows.values_list("row_index", flat=True))


def _take(
    row: ThanksRow,
    index: str,
    units: dict[str, Unit],
    people: dict[str, Person],
    *,
    known: set[str],
    by: Person,
    at: datetime,
) -> str | Refused:
    if row.unit not in units:
        return NoSuchUnit(unit=row.unit)
    if row.badge and row.badge not in people:
        return NoSuchBadge(badge=row.badge)
    if index in known:
        return "same"
    said = Thanked(
        kind=row.kind,
        unit=units[row.unit],
        given_on=row.given_on,
        giver=row.giver,
        words=row.words,
        hangs=row.hangs,
        whom=row.whom,
    )
    item = _of(said, at=at)
    item.person = people.get(row.badge)
    item.source, item.state, item.entered_by = Source.BOOK, State.KEPT, by
    item.row_index = index
    _keep(item, "thanks.imported", (), at=at)
    return "added"


def _index(row: ThanksRow) -> str:
    """By what a row is known again; one without a name as it was before there were names."""
    *written, whom = row
    said = [row.given_on.isoformat(), *map(str, written[1:]), *([whom] if whom else [])]
    return text_index("thanks", "\n".join(said))


@transaction.atomic
def settle_naming(unit: Unit, naming: Naming, *, by: Person, at: datetime) -> WallNaming:
    """Settle how the wall calls who works in a unit; it counts for what hangs already."""
    if unit.pk not in scope_of(by).units(Role.SUPERVISOR):
        raise NotYours
    settled, _new = WallNaming.objects.update_or_create(unit=unit, defaults={"naming": naming})
    told = {"naming": naming.value, "by": by.badge}
    record("wall.changed", unit.subject, at=at, digest="", **told)
    return settled


def _of(said: Thanked, *, at: datetime) -> Commendation:
    item = Commendation(at=at)
    _fill(item, said, at=at)
    return item


def _fill(item: Commendation, said: Thanked, *, at: datetime) -> None:
    if said.given_on > localdate(at):
        raise NotBeforeItsDay
    item.kind, item.unit, item.given_on = said.kind, said.unit, said.given_on
    # A correction that names nobody leaves who gave it as it stands.
    item.giver, item.shown_as = said.giver.strip() or item.giver, said.shown_as
    item.person, item.whom = with_badge(said.badge), said.whom.strip()
    item.words, item.hangs = said.words.strip(), said.hangs.strip()


def _keep(item: Commendation, verb: str, photos: Sequence[Photo], *, at: datetime) -> Commendation:
    told = {"kind": str(item.kind), "unit": item.unit.code, **prints_of(photos)}
    if item.entered_by:
        told["by"] = item.entered_by.badge
    item.entry = record(verb, item.subject, at=at, digest=item.digest, **told)
    item.save()
    keep_photos(item, photos)
    return item
