"""Who is there signs in, by their own link or on the sheet, for themselves or for a household."""

from datetime import datetime
from hmac import compare_digest

from django.db import transaction

from mingchuang.council.actions._steps import named
from mingchuang.council.actions.register import print_link
from mingchuang.council.errors.sittings import (
    LeftBefore,
    MandateNeeded,
    MandateNotOnRecord,
    NobodyToSignIn,
    WrongWord,
)
from mingchuang.council.models import Attendance, Away, Sitting, Stakeholder
from mingchuang.council.queries.register import stakeholder_of
from mingchuang.council.queries.sittings import (
    attendance_of,
    one_on_the_register,
    seat_in,
    sitting_convened_by,
    sitting_of,
)
from mingchuang.council.rules.sitting import SIGNING, Way
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person


@transaction.atomic
def sign_in(code: str, n: int, word: str, *, at: datetime) -> Attendance:
    """Sign in by one's own link, with the word that is shown in the room; twice is once."""
    who = stakeholder_of(code, lock=True)
    sitting = sitting_of(who.topic, n)
    _must_be_in_the_room(sitting, word)
    return _signed_in(sitting, who, mandate="", by=None, at=at)


@transaction.atomic
def sign_in_as_proxy(code: str, n: int, word: str, *, at: datetime) -> Attendance:
    """Sign in by the link of a household for who gave one a mandate, where it is on record."""
    who = stakeholder_of(code, lock=True)
    sitting = sitting_of(who.topic, n)
    _must_be_in_the_room(sitting, word)
    seat = seat_in(sitting, who)
    if seat is None or not seat.mandate:
        raise MandateNeeded
    return _signed_in(sitting, who, mandate=seat.mandate, by=None, at=at)


@transaction.atomic
def sign_in_on_paper(number: str, n: int, who: int, *, by: Person, at: datetime) -> Attendance:
    """Write down somebody who is there, as it stands on the sheet; also when it is just over."""
    sitting = _with_a_sheet(number, n, by)
    found = one_on_the_register(sitting.topic, who)
    return _signed_in(sitting, found, mandate="", by=by, at=at)


@transaction.atomic
def sign_in_proxy_on_paper(
    number: str, n: int, who: int, *, by: Person, at: datetime
) -> Attendance:
    """Write down who signed the sheet for a household, where their mandate is on record."""
    sitting = _with_a_sheet(number, n, by)
    found = one_on_the_register(sitting.topic, who)
    seat = seat_in(sitting, found)
    if seat is None or not seat.mandate:
        raise MandateNotOnRecord(number=who)
    return _signed_in(sitting, found, mandate=seat.mandate, by=by, at=at)


def _with_a_sheet(number: str, n: int, by: Person) -> Sitting:
    sitting = sitting_convened_by(by, number, n, lock=True)
    # What it was worth was computed from who was there.
    if sitting.stage not in SIGNING or hasattr(sitting, "decision") or _is_written(sitting):
        raise NobodyToSignIn
    return sitting


def _is_written(sitting: Sitting) -> bool:
    """Say whether the minutes that people read already say who was there."""
    return not sitting.minutes.is_draft


def _must_be_in_the_room(sitting: Sitting, word: str) -> None:
    if not sitting.is_open:
        raise NobodyToSignIn
    if not compare_digest(word.strip().upper().encode(), sitting.word.encode()):
        raise WrongWord


def _signed_in(
    sitting: Sitting, who: Stakeholder, *, mandate: str, by: Person | None, at: datetime
) -> Attendance:
    """Somebody who had left and comes back is there again, and was away in between. Needs the
    topic locked."""
    there = sitting.attendances.filter(stakeholder=who).first()
    if there is None:
        there = Attendance(sitting=sitting, stakeholder=who, at=at)
    elif there.left_at is None:
        return there
    elif not sitting.is_open:
        raise LeftBefore(number=who.number)
    else:
        Away.objects.create(attendance=there, since=there.left_at, until=at)
    there.seat, there.mandate = seat_in(sitting, who), mandate
    there.way, there.by, there.left_at = (Way.PAPER if by else Way.LINK), by, None
    there.save()
    told: dict[str, JSON] = {"who": who.number, "way": str(there.way), **named(by)}
    told |= {"seat": there.seat is not None, "proxy": bool(mandate)}
    record("sitting.attended", sitting.subject, at=at, digest="", **told)
    return there


@transaction.atomic
def show_code(number: str, n: int, who: int, *, by: Person, at: datetime) -> Stakeholder:
    """Show somebody in the room their own link to sign in with: whoever saw it can use it, so
    that it was shown, and by whom, is in the ledger."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    if not sitting.is_open:
        raise NobodyToSignIn
    return print_link(number, who, by=by, at=at)


@transaction.atomic
def leave_sitting(number: str, n: int, who: int, *, by: Person, at: datetime) -> Attendance:
    """Write down that somebody left before the end: they count no more."""
    sitting = sitting_convened_by(by, number, n, lock=True)
    if not sitting.is_open:
        raise NobodyToSignIn
    there = attendance_of(sitting, one_on_the_register(sitting.topic, who))
    if there.left_at is None:
        there.left_at = at
        there.save(update_fields=["left_at"])
        record("sitting.left", sitting.subject, at=at, digest="", who=who, by=by.badge)
    return there
