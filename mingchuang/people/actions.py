"""The only code that writes units, staff, requesters and attempts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.db import connection, transaction

from mingchuang.base.errors import NotFound, TooOften
from mingchuang.ledger.actions import Past, record, record_past
from mingchuang.people.errors import AlreadyHeld, KeysInUse, ReasonNeeded, Taken
from mingchuang.people.fields import attempt_key, phone_index
from mingchuang.people.keyring import keep_ring, seal_ring
from mingchuang.people.models import Attempt, Person, Post, Requester, Unit
from mingchuang.people.queries import Sealed, rows_under_old_keys, scope_of, sealed_rows
from mingchuang.people.rules.roles import May, Role
from mingchuang.people.rules.sealing import resealed
from mingchuang.people.words import REVEAL_REASONS

BATCH = 500


@transaction.atomic
def add_unit(
    code: str,
    name: str,
    *,
    kind: str,
    at: datetime,
    parent: Unit | None = None,
    name_en: str = "",
    by: Person | None = None,
) -> Unit:
    """Put a unit into the tree, below its parent; cases can be dispatched to it from now on."""
    if Unit.objects.filter(code=code).exists():
        raise Taken(given=code)
    named = {"code": code, "name": name, "name_en": name_en, "kind": kind}
    unit = Unit.objects.create(**named, parent=parent, path=f"/~{code}/")
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    record("unit.added", unit.subject, at=at, kind=kind, path=unit.path, **_by(by))
    return unit


@transaction.atomic
def add_person(
    username: str,
    name: str,
    *,
    badge: str,
    at: datetime,
    email: str = "",
    password: str | None = None,
    is_superuser: bool = False,
    by: Person | None = None,
) -> Person:
    """Open an account for a member of staff; without a password they set one by e-mail."""
    named = {"username": username, "badge": badge, "email": email.lower()}
    for field, given in named.items():
        if given and Person.objects.filter(**{f"{field}__iexact": given}).exists():
            raise Taken(given=given)
    person = Person(**named, name=name, is_superuser=is_superuser)
    person.set_password(password)
    person.save()
    _trust_email(person)
    record("person.added", person.subject, at=at, **_by(by))
    return person


@transaction.atomic
def set_email(person: Person, email: str, *, at: datetime, by: Person | None = None) -> None:
    """Let the person sign in and reset their password with the address an administrator gave."""
    if email and Person.objects.exclude(pk=person.pk).filter(email__iexact=email).exists():
        raise Taken(given=email)
    person.email = email.lower()
    person.save(update_fields=["email"])
    _trust_email(person)
    record("person.email_set", person.subject, at=at, **_by(by))


def _trust_email(person: Person) -> None:
    EmailAddress.objects.filter(user=person).delete()
    if person.email:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


@transaction.atomic
def give_post(
    person: Person,
    unit: Unit,
    role: Role,
    *,
    at: datetime,
    until: datetime | None = None,
    by: Person | None = None,
) -> Post:
    """Let a person act in this role for the unit and everything below it, from `at` on."""
    if Post.objects.filter(person=person, unit=unit, role=role, until__isnull=True).exists():
        raise AlreadyHeld
    post = Post.objects.create(person=person, unit=unit, role=role, since=at, until=until)
    record("post.given", person.subject, at=at, unit=unit.code, role=role.value, **_by(by))
    return post


@transaction.atomic
def end_post(post: Post, *, at: datetime, by: Person | None = None) -> Post:
    """Take the role away; what it opened does not exist for the person any more."""
    post.until = max(at, post.since)
    post.save(update_fields=["until"])
    record("post.ended", post.person.subject, at=at, unit=post.unit.code, role=post.role, **_by(by))
    return post


@transaction.atomic
def forget_second_factors(person: Person, *, by: Person, at: datetime) -> None:
    """Let a colleague who lost their phone or key sign in by password and set up anew."""
    Authenticator.objects.filter(user=person).delete()
    record("person.second_factors_forgotten", person.subject, at=at, by=by.badge)


@transaction.atomic
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
) -> Requester:
    """Keep who asks, sealed; the ledger gets a digest that says nothing about them."""
    requester = Requester(
        kind=kind,
        name=name,
        phone=phone,
        address=address,
        phone_index=phone_index(phone),
        representative_of=representative_of,
        vulnerability=vulnerability,
        language=language,
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
    requester: Requester, *, subject: str, reason: str, by: Person, at: datetime
) -> Requester:
    """Show who asks to somebody whose task needs it; that they looked is in the ledger.

    `subject` is the case they look for, `reason` a code of REVEAL_REASONS.
    """
    if not scope_of(by).may(May.REVEAL):
        raise NotFound
    if reason not in REVEAL_REASONS:
        raise ReasonNeeded
    who = str(requester.handle)
    record("requester.revealed", subject, at=at, requester=who, reason=reason, by=by.badge)
    return requester


@transaction.atomic
def erase_requester(requester: Requester, *, at: datetime, by: Person | None = None) -> Requester:
    """Forget who asked, for good; every entry and every proof stays as it was."""
    for field in ("name", "phone", "address", "phone_index", "vulnerability"):
        setattr(requester, field, "")
    requester.salt = b""
    requester.save()
    record("requester.erased", requester.subject, at=at, **_by(by))
    return requester


# One statement, so that of many at once exactly `limit` come through.
COUNT = """
INSERT INTO people_attempt AS kept (key, window_start, count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN kept.window_start <= %s THEN 1 ELSE kept.count + 1 END,
  window_start = CASE WHEN kept.window_start <= %s THEN %s ELSE kept.window_start END
RETURNING count
"""


@transaction.atomic
def count_attempt(key: str, *, limit: int, minutes: int, at: datetime) -> int:
    """Count one attempt and return how many there were; the one too many is asked to wait.

    `key` names what is tried by whom ("track:203.0.113.7"); only its blind index is kept.
    """
    moment = Attempt._meta.get_field("window_start")
    began = moment.get_db_prep_value(at, connection)
    over = moment.get_db_prep_value(at - timedelta(minutes=minutes), connection)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [attempt_key(key), began, over, over, began])
        (count,) = cursor.fetchone()
    if count > limit:
        since = Attempt.objects.get(key=attempt_key(key)).window_start
        raise TooOften(minutes=ceil((since - at).total_seconds() / 60) + minutes)
    return int(count)


@transaction.atomic
def forget_attempts(*, older_than: timedelta, at: datetime) -> int:
    """Remove the counters nobody needs any more; nobody notices."""
    return Attempt.objects.filter(window_start__lt=at - older_than).delete()[0]


@transaction.atomic
def add_seal_key(*, at: datetime) -> None:
    """Seal with a new key from now on; what older keys sealed can still be read."""
    record("keys.rotated", "keys:seal", at=at)
    keep_ring((Fernet.generate_key(), *seal_ring()))


@transaction.atomic
def reseal(table: Sealed, *, after: object, at: datetime) -> tuple[int, object]:  # noqa: ARG001
    """Seal the next few hundred rows with the newest key; nobody notices.

    Return how many rows were looked at, and the last of them, to go on after.
    """
    ring, rows = seal_ring(), list(sealed_rows(table, after=after).select_for_update()[:BATCH])
    for row, *stored in rows:
        fresh = [resealed(text, ring) for text in stored]
        if fresh != stored:
            table.model._base_manager.filter(pk=row).update(**table.as_stored(fresh))
    return len(rows), rows[-1][0] if rows else after


@transaction.atomic
def retire_seal_keys(*, at: datetime) -> None:
    """Throw the old keys away: copies of the database they sealed can no longer be read."""
    if rows := rows_under_old_keys():
        raise KeysInUse(rows=rows)
    record("keys.retired", "keys:seal", at=at)
    keep_ring(seal_ring()[:1])


def _by(person: Person | None) -> dict[str, str]:
    return {"by": person.badge} if person else {}
