"""Signing up for a draw, and taking it back."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from mingchuang.base.locks import wait_for_turn
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.fields import phone_index
from mingchuang.visits.actions.booking import MOST_A_DAY
from mingchuang.visits.errors import (
    BookedEnough,
    NothingThatHalf,
    NotSignedUp,
    SignedUpAlready,
    SignUpShut,
    StandsByAlready,
)
from mingchuang.visits.models import Release, SignUp
from mingchuang.visits.queries.releases import release_for, sign_up_of, signed_up
from mingchuang.visits.queries.standby import halves_on, kept_by, stands_by
from mingchuang.visits.rules.draw import mark_of
from mingchuang.visits.rules.standby import Part

# Its hash is public, so nobody may find a code by trying: 128 bits.
LONG_CODE = 16


@sent_twice_taken_once
@transaction.atomic
def sign_up(
    release: int,
    *,
    key: str,
    name: str,
    phone: str,
    at: datetime,
    persons: int = 1,
    part: str = Part.ANY,
    green: str = "",
) -> SignUp:
    """Take part in the draw; whether sooner or later plays no part. Once per phone.

    Asked twice with one key, it is the same sign-up.
    """
    if earlier := SignUp.objects.filter(key=key).first():
        return earlier
    wait_for_turn(f"booking:{phone_index(phone)}")
    wait_for_turn(f"release:{release}")
    found = release_for(release)
    _refuse_while_shut(found, at=at)
    _refuse_too_many(found, phone)
    if part not in halves_on(found.line_id, found.day, at=at):
        raise NothingThatHalf
    code = secrets.token_hex(LONG_CODE)
    made = SignUp.objects.create(
        release=found,
        code=code,
        key=key,
        mark=mark_of(code),
        requester=add_requester(name=name, phone=phone, at=at),
        phone_index=phone_index(phone),
        part=part,
        persons=persons,
        green=green,
        at=at,
    )
    told = {"release": found.subject, "mark": made.mark, "persons": str(persons), "half": part}
    record("signup.made", made.subject, at=at, digest="", green=green, **told)
    return made


@transaction.atomic
def withdraw_sign_up(code: str, *, at: datetime) -> SignUp:
    """Take part no longer, as long as the list is open."""
    wait_for_turn(f"release:{sign_up_of(code).release_id}")
    made = sign_up_of(code, lock=True)
    if made.withdrawn_at is not None or made.release.closing_id is not None:
        raise NotSignedUp
    made.withdrawn_at = at
    made.save(update_fields=["withdrawn_at"])
    record("signup.withdrawn", made.subject, at=at, mark=made.mark)
    return made


def _refuse_while_shut(release: Release, *, at: datetime) -> None:
    if not release.since <= at < release.until or release.closing_id is not None:
        since, until = localtime(release.since), localtime(release.until)
        raise SignUpShut(since=f"{since:%Y-%m-%d %H:%M}", until=f"{until:%Y-%m-%d %H:%M}")


def _refuse_too_many(release: Release, phone: str) -> None:
    if signed_up(phone, release):
        raise SignedUpAlready
    if stands_by(phone, release.line_id, release.day):
        raise StandsByAlready
    if kept_by(phone, release.day) >= MOST_A_DAY:
        raise BookedEnough(most=MOST_A_DAY)
