"""Forgetting people of the council: what tells of them is emptied; numbers, days and what was
decided stay as they were."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from mingchuang.cases import shelf
from mingchuang.council.actions._register import CODE
from mingchuang.council.models import (
    Attendance,
    Confirmation,
    Flat,
    Objection,
    Owner,
    Picture,
    Share,
    Stakeholder,
    Vote,
)
from mingchuang.council.rules.inviting import Channel
from mingchuang.council.words.reasons import ERASED
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import erase_requester
from mingchuang.people.models import Requester

Why = Mapping[str, JSON]
# Their own wish is reason enough.
WISH: Why = {"wish": "erase"}


def forget_stakeholder(who: Stakeholder, why: Why, *, at: datetime) -> Stakeholder:
    """Forget who stood under this number: how to reach them, where they live, what they wrote and
    what was written of them. Their link opens nothing any more; how they voted stays a number."""
    _forget_requester(who.requester, why, at=at)
    _forget_proxies(who, why, at=at)
    _forget_tries(who, why, at=at)
    forget_pictures(who.papers.select_related("topic"), why, at=at)
    who.letters.filter(sent_at=None, handed_at=None).update(next_at=None)
    Confirmation.objects.filter(stakeholder=who).exclude(text="").update(text=ERASED)
    who.phone_index = who.claim = ""
    who.features, who.salt = {}, b""
    who.taken_out_because = ERASED if who.is_taken_out else ""
    who.alike_because = ERASED if who.alike_because else ""
    reasons = ("taken_out_because", "alike_because")
    who.save(update_fields=["phone_index", "claim", "features", "salt", *reasons])
    if not who.household.members.exclude(salt=b"").exists():
        who.household.label = who.household.label_index = ""
        who.household.save(update_fields=["label", "label_index"])
    record("stakeholder.erased", who.subject, at=at, digest="", **why)
    return who


def new_code() -> str:
    """Return a link that nobody holds."""
    return secrets.token_hex(CODE)


def _forget_requester(requester: Requester | None, why: Why, *, at: datetime) -> None:
    if requester and not requester.is_erased:
        erase_requester(requester, at=at, why=why)


def _forget_proxies(who: Stakeholder, why: Why, *, at: datetime) -> None:
    for seat in who.seats.exclude(proxy=None).select_related("proxy"):
        _forget_requester(seat.proxy, why, at=at)
        seat.mandate = ERASED
        seat.save(update_fields=["mandate"])
    Attendance.objects.filter(stakeholder=who).exclude(mandate="").update(mandate=ERASED)


def _forget_tries(who: Stakeholder, why: Why, *, at: datetime) -> None:
    """A notice hung for everybody; a photo at somebody's door is of them."""
    tries = who.invitations.exclude(channel=Channel.NOTICE)
    forget_pictures(Picture.objects.filter(pk__in=tries.values("picture")), why, at=at)
    tries.exclude(note="").update(note="")


def forget_pictures(pictures: Iterable[Picture], why: Why, *, at: datetime) -> None:
    """Forget photos; their files go once the database has let go of them."""
    for picture in pictures:
        if picture.erased_at is not None:
            continue
        picture.erased_at = at
        picture.save(update_fields=["erased_at"])
        subject, photo = picture.topic.subject, picture.fingerprint
        record("photo.erased", subject, at=at, digest="", photo=photo, **why)
        shelf.doom(picture.path)
        transaction.on_commit(partial(shelf.drop, picture.path), robust=True)


def forget_objection(objection: Objection, why: Why, *, at: datetime) -> Objection:
    """Forget what somebody wrote and who they were; what everybody read of it stays."""
    _forget_requester(objection.requester, why, at=at)
    of = objection.entry.digest
    objection.text, objection.salt, objection.code = "", b"", new_code()
    objection.save(update_fields=["text", "salt", "code"])
    record("objection.erased", objection.subject, at=at, digest="", of=of, **why)
    return objection


def forget_owner(owner: Owner, why: Why, *, at: datetime) -> Owner:
    """Forget whose flats these are, where they are and how their owner voted; areas, floors,
    amounts and what was counted stay."""
    _forget_requester(owner.requester, why, at=at)
    for flat in Flat.objects.filter(owner=owner):
        flat.label, flat.label_index = "", f"erased-{flat.pk}"
        flat.save(update_fields=["label", "label_index"])
    shares = Share.objects.filter(flat__owner=owner).exclude(exempt_because="")
    shares.update(exempt_because=ERASED)
    for vote in Vote.objects.filter(paper__owner=owner).exclude(salt=b""):
        _forget_vote(vote, why, at=at)
    owner.same_index, owner.code = "", new_code()
    owner.save(update_fields=["same_index", "code"])
    record("owner.erased", owner.subject, at=at, digest="", **why)
    return owner


def _forget_vote(vote: Vote, why: Why, *, at: datetime) -> None:
    """An area may tell whose vote it is: the count stays, and not who said what."""
    if vote.picture:
        forget_pictures([vote.picture], why, at=at)
    of, ballot = vote.entry.digest, vote.paper.ballot
    vote.choice, vote.salt = "", b""
    vote.save(update_fields=["choice", "salt"])
    record("vote.erased", ballot.subject, at=at, digest="", of=of, **why)
