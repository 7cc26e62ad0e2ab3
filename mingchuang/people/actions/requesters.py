"""Who asks: kept, shown, and forgotten."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.ledger.actions import Past, record, record_past
from mingchuang.ledger.models import new_salt
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions._named import named
from mingchuang.people.errors import ReasonNeeded
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person, Requester
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import May
from mingchuang.people.words import REVEAL_REASONS


@transaction.atomic(savepoint=False)
def add_requester(
    *,
    at: datetime,
    name: str = "",
    phone: str = "",
    address: str = "",
    kind: str = "individual",
    representative_of: int = 0,
    vulnerability: str = "",
    language: str = "zh-hans",
    contact: str = "",
) -> Requester:
    """Keep who asks, encrypted; the ledger gets a digest that says nothing about them."""
    requester = Requester(
        kind=kind,
        name=name,
        phone=phone,
        address=address,
        phone_index=phone_index(phone),
        representative_of=representative_of,
        vulnerability=vulnerability,
        language=language,
        contact=contact,
    )
    requester.entry = record(
        "requester.added", requester.subject, at=at, kind=kind, digest=requester.digest
    )
    requester.save()
    return requester


@transaction.atomic
def add_past_requesters(asked: Iterable[tuple[Requester, datetime]], *, at: datetime) -> None:
    """Keep those who asked a while ago, each at their own time: two statements for hundreds."""
    asked = list(asked)
    told = (Past("requester.added", r.subject, t, r.digest, {"kind": r.kind}) for r, t in asked)
    for (requester, _then), entry in zip(asked, record_past(told, at=at), strict=True):
        requester.entry = entry
    Requester.objects.bulk_create(requester for requester, _then in asked)


@transaction.atomic
def reveal_requester(
    requester: Requester,
    *,
    subject: str,
    reason: str,
    by: Person,
    at: datetime,
    right: May = May.REVEAL,
) -> Requester:
    """Show who asks to somebody whose task needs it; that they looked is in the ledger.

    `subject` is the case they look for, `reason` a code of REVEAL_REASONS, `right` what of their
    post they look by: a convenor asks whom they convene, and nobody else.
    """
    if not scope_of(by).may(right):
        raise NotFound
    if reason not in REVEAL_REASONS:
        raise ReasonNeeded
    who = str(requester.handle)
    record("requester.revealed", subject, at=at, requester=who, reason=reason, by=by.badge)
    return requester


@transaction.atomic
def correct_requester(
    requester: Requester,
    *,
    at: datetime,
    by: Person | None = None,
    name: str = "",
    phone: str = "",
    address: str = "",
    why: Mapping[str, JSON] | None = None,
) -> Requester:
    """Put right what is wrong about who asks: what is left empty stays, what was wrong is gone.

    The entry carries the digest that counts from now on; `of` names the one it takes the place of.
    """
    given = {"name": name, "phone": phone, "address": address}
    fields = [field for field, value in given.items() if value]
    for field in fields:
        setattr(requester, field, given[field])
    requester.phone_index = phone_index(requester.phone)
    told = {"fields": fields, **named(by), **(why or {})}
    return _anew(requester, "requester.corrected", told, at=at)


@transaction.atomic
def forget_phone(requester: Requester, *, why: Mapping[str, JSON], at: datetime) -> Requester:
    """Forget the number of who asked and keep the rest: nobody is called any more."""
    requester.phone = requester.phone_index = ""
    return _anew(requester, "requester.reduced", {"fields": ["phone"], **why}, at=at)


def _anew(requester: Requester, verb: str, told: Mapping[str, JSON], *, at: datetime) -> Requester:
    """Keep who asks as they stand now under a new salt: nothing can be guessed about before."""
    requester.salt = new_salt()
    requester.save()
    facts = {"of": requester.entry.digest, **told}
    record(verb, requester.subject, at=at, digest=requester.digest, **facts)
    return requester


@transaction.atomic
def erase_requester(
    requester: Requester,
    *,
    at: datetime,
    by: Person | None = None,
    why: Mapping[str, JSON] | None = None,
) -> Requester:
    """Forget who asked, for good; every entry and every proof stays as it was."""
    for field in ("name", "phone", "address", "phone_index", "vulnerability", "contact"):
        setattr(requester, field, "")
    requester.salt = b""
    requester.save()
    told = {"of": requester.entry.digest, **named(by), **(why or {})}
    record("requester.erased", requester.subject, at=at, digest="", **told)
    return requester
