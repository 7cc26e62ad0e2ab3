"""Who may do what where, and who is found again."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from django.db.models import Exists, F, JSONField, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from mingchuang.base.errors import NotFound
from mingchuang.base.memory import remembered
from mingchuang.ledger.models import Entry
from mingchuang.people.errors import NotOpenYet
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.keyring import Unreadable, key_ring
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.rules.encryption import reencrypted
from mingchuang.people.rules.roles import Role, Scope


def scope_of(person: Person) -> Scope:
    """Return the person's roles and the units they cover; asked once per person object."""
    known = vars(person).get("scope")
    return known if isinstance(known, Scope) else vars(person).setdefault("scope", _scope(person))


def _scope(person: Person) -> Scope:
    """Join the posts in force with the units below them: one statement on either database.

    A post at the only root of the tree is a post everywhere.
    """
    posts = Post.objects.in_force().filter(person=person).order_by()
    held, given = posts.values(held=F("role"), top=F("unit__path")).query.sql_with_params()
    table = Unit._meta.db_table
    places: dict[Role, set[int]] = defaultdict(set)
    everywhere: set[Role] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT post.held, unit.id, unit.parent_id IS NULL,"  # noqa: S608
            f" (SELECT COUNT(*) FROM {table} WHERE parent_id IS NULL) FROM ({held}) AS post"
            f" JOIN {table} AS unit ON unit.path LIKE post.top || '%%'",
            given,
        )
        for role, unit, is_root, roots in cursor.fetchall():
            places[Role(role)].add(unit)
            if is_root and roots == 1:
                everywhere.add(Role(role))
    where = {role: frozenset(units) for role, units in places.items()}
    return Scope(where, frozenset(everywhere))


def unit_with_code(code: str) -> Unit:
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist:
        raise NotFound from None


def root_unit() -> Unit:
    """Return the top of the tree: what a command means when no unit is named."""
    unit = Unit.objects.active().filter(parent__isnull=True).order_by("pk").first()
    if unit is None:
        raise NotOpenYet
    return unit


def unit_tree() -> "QuerySet[Unit]":
    """Every unit in use, each before its parts."""
    return Unit.objects.active().select_related("parent").order_by("path")


def every_unit() -> "QuerySet[Unit]":
    """Every unit there ever was, each before its parts."""
    return Unit.objects.select_related("parent").order_by("path")


@remembered(60)
def units_shown() -> list[Unit]:
    """Return every unit in use for a choice in a list of filters, each before its parts."""
    return list(unit_tree())


def posts_of(person: Person) -> "QuerySet[Post]":
    """The posts a person holds now, for their own page."""
    return Post.objects.in_force().filter(person=person).select_related("unit").order_by("since")


def person_with_badge(badge: str) -> Person:
    try:
        return Person.objects.get(badge=badge)
    except Person.DoesNotExist:
        raise NotFound from None


def nobody() -> "QuerySet[Person]":
    """Return no staff at all: what a form offers before it knows whose."""
    return Person.objects.none()


def no_units() -> "QuerySet[Unit]":
    """Return no unit at all: what a form offers before it knows which."""
    return Unit.objects.none()


def units_held(by: Person, *roles: Role) -> "QuerySet[Unit]":
    """Return the units in use in which this person holds one of these roles now."""
    return unit_tree().filter(pk__in=scope_of(by).units(*roles))


def person_called(name: str) -> Person | None:
    """Return whose username or e-mail this is, as somebody typed it to sign in."""
    return Person.objects.filter(Q(username__iexact=name) | Q(email__iexact=name or None)).first()


def administered_units(by: Person) -> "QuerySet[Unit]":
    """Units this administrator keeps: where they hold the post and everything below."""
    if by.is_superuser:
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=scope_of(by).units(Role.ADMINISTRATOR))


def administered_people(by: Person) -> "QuerySet[Person]":
    """Staff whose account this administrator keeps: no post of theirs lies outside.

    Whoever sets a password can act as its owner. Those without any post belong to the top of
    the tree and to who opened their account; the highest administrators to themselves.
    """
    if by.is_superuser:
        return Person.objects.all()
    posts, ours = Post.objects.not_over().filter(person=OuterRef("pk")), administered_units(by)
    people = Person.objects.filter(~Exists(posts.exclude(unit__in=ours)), is_superuser=False)
    if ours.filter(parent__isnull=True).exists():
        return people
    opened = Entry.objects.filter(verb="person.added", facts__by=by.badge)
    opened = opened.filter(subject=Concat(Value("person:"), OuterRef("badge")))
    return people.filter(Exists(posts) | Exists(opened))


class Encrypted(NamedTuple):
    """A table with encrypted text in these columns."""

    model: type[Model]
    columns: list[str]

    def as_stored(self, texts: Sequence[str | None]) -> dict[str, object]:
        """Return what an update writes into the columns, so that nothing is encrypted twice."""
        return {
            column: self._plain(column, text)
            for column, text in zip(self.columns, texts, strict=True)
        }

    def _plain(self, column: str, text: str | None) -> object:
        if text is None:
            raise Unreadable
        is_json = isinstance(self.model._meta.get_field(column), JSONField)
        return json.loads(text) if is_json else Value(text, TextField())


def encrypted_tables() -> Iterator[Encrypted]:
    """Yield every table of the house that holds encrypted text, whichever room it belongs to."""
    for model in apps.get_models():
        fields = model._meta.concrete_fields
        if columns := [field.name for field in fields if isinstance(field, EncryptedTextField)]:
            yield Encrypted(model, columns)
    yield Encrypted(Authenticator, ["data"])


def encrypted_rows(table: Encrypted, *, after: object = None) -> "QuerySet[Model, tuple[Any, ...]]":
    """Return primary keys with the text as it is stored, from the row after `after` on."""
    stored = [Cast(column, TextField()) for column in table.columns]
    rows = table.model._base_manager.order_by("pk")
    return (rows if after is None else rows.filter(pk__gt=after)).values_list("pk", *stored)


def rows_under_old_keys() -> int:
    """Count the rows that the newest key alone does not decrypt."""
    newest = key_ring()[:1]
    rows = chain.from_iterable(encrypted_rows(table).iterator() for table in encrypted_tables())
    return sum([reencrypted(text, newest) for text in stored] != stored for _, *stored in rows)
