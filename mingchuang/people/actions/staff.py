"""Accounts of staff."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from mingchuang.ledger.actions import record
from mingchuang.people.actions._named import named
from mingchuang.people.keyring import make_keys
from mingchuang.people.models import Person
from mingchuang.people.refusals import refuse_stranger, refuse_wrong_account

# What an entry says in full: nothing personal, but who may act.
SWITCHES = ("is_active", "is_superuser")


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
    person = Person(username=username, name=name, badge=badge, email=email.lower())
    person.is_superuser = is_superuser
    refuse_wrong_account(person, by=by)
    make_keys()
    person.set_password(password)
    person.save()
    _trust_email(person)
    record("person.added", person.subject, at=at, **named(by))
    return person


@transaction.atomic
def change_person(
    person: Person, changes: Mapping[str, object], *, at: datetime, by: Person
) -> None:
    """Correct a name or a username, or say that somebody left or came back; the badge stays."""
    refuse_stranger(person, by=by)
    for field, value in changes.items():
        setattr(person, field, value)
    refuse_wrong_account(person, by=by)
    person.save(update_fields=list(changes))
    facts: dict[str, Any] = {field: changes[field] for field in SWITCHES if field in changes}
    facts["fields"] = sorted(changes)
    record("person.changed", person.subject, at=at, **facts, **named(by))


@transaction.atomic
def set_email(person: Person, email: str, *, at: datetime, by: Person | None = None) -> None:
    """Let the person sign in and reset their password with the address an administrator gave."""
    refuse_stranger(person, by=by)
    person.email = email.lower()
    refuse_wrong_account(person, by=by)
    person.save(update_fields=["email"])
    _trust_email(person)
    record("person.email_set", person.subject, at=at, **named(by))


def _trust_email(person: Person) -> None:
    EmailAddress.objects.filter(user=person).delete()
    if person.email:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


@transaction.atomic
def set_password(person: Person, password: str | None, *, at: datetime, by: Person) -> None:
    """Let a colleague sign in with this password; with None, only by other ways."""
    refuse_stranger(person, by=by)
    person.set_password(password)
    person.save(update_fields=["password"])
    change = "password_set" if password else "password_taken"
    record("person.security_changed", person.subject, at=at, change=change, **named(by))


@transaction.atomic
def forget_second_factors(person: Person, *, by: Person, at: datetime) -> None:
    """Let a colleague who lost their phone or key sign in by password and set up anew."""
    refuse_stranger(person, by=by)
    Authenticator.objects.filter(user=person).delete()
    record("person.second_factors_forgotten", person.subject, at=at, by=by.badge)
