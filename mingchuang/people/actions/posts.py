"""Power: who may act where, and until when."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.base.locks import wait_for_turn
from mingchuang.ledger.actions import record
from mingchuang.people.actions._named import named
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import administered_units
from mingchuang.people.refusals import refuse_stranger, refuse_wrong_end, refuse_wrong_post
from mingchuang.people.rules.roles import Role


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
    wait_for_turn(f"posts:{person.badge}")
    post = Post(person=person, unit=unit, role=role, since=at, until=until)
    refuse_wrong_post(post, by=by)
    refuse_stranger(person, by=by)
    post.save()
    _tell("post.given", post, at=at, by=by)
    return post


@transaction.atomic
def extend_post(
    post: Post, until: datetime | None, *, at: datetime, by: Person | None = None
) -> Post:
    """Let the person keep the role until then; with None, until somebody ends it."""
    wait_for_turn(f"posts:{post.person.badge}")
    post.until = until
    refuse_wrong_post(post, by=by)
    post.save(update_fields=["until"])
    _tell("post.extended", post, at=at, by=by)
    return post


@transaction.atomic
def end_post(
    post: Post, *, at: datetime, until: datetime | None = None, by: Person | None = None
) -> Post:
    """Take the role away, now or at `until`; what it opened does not exist for them from then."""
    if by and not administered_units(by).filter(pk=post.unit_id).exists():
        raise NotFound
    post.until = until or max(at, post.since)
    refuse_wrong_end(post)
    post.save(update_fields=["until"])
    _tell("post.ended" if post.until <= at else "post.shortened", post, at=at, by=by)
    return post


def _tell(verb: str, post: Post, *, at: datetime, by: Person | None) -> None:
    until = {"until": post.until.isoformat()} if post.until else {}
    facts = {"unit": post.unit.code, "role": str(post.role), **until, **named(by)}
    record(verb, post.person.subject, at=at, **facts)
