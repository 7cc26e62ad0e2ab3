"""Why something cannot be entered, in words: asked by forms, and again by the actions."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.timezone import localtime

from mingchuang.base.errors import NotFound
from mingchuang.people.errors import (
    AlreadyHeld,
    EndsBeforeItBegan,
    OwnPost,
    ParentNeeded,
    Taken,
    WronglyEntered,
)
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import administered_people, administered_units


def refuse_wrong_unit(unit: Unit, *, by: Person | None) -> None:
    """Raise what is wrong with a new unit, or that `by` does not keep its place in the tree."""
    if by and not by.is_superuser:
        if unit.parent is None:
            raise ParentNeeded
        if not administered_units(by).filter(pk=unit.parent.pk).exists():
            raise NotFound
    _check_fields(unit, but=("path", "parent"))
    if Unit.objects.exclude(pk=unit.pk).filter(code=unit.code).exists():
        raise Taken(given=unit.code)


def refuse_stranger(person: Person, *, by: Person | None) -> None:
    """Raise NotFound where `by` does not keep this account."""
    if by and not administered_people(by).filter(pk=person.pk).exists():
        raise NotFound


def refuse_wrong_account(person: Person, *, by: Person | None) -> None:
    """Raise what is wrong with an account as it was entered, or that somebody has its name."""
    if by and not (by.is_superuser or (by.is_administrator and not person.is_superuser)):
        raise NotFound
    _check_fields(person, but=("password",))
    for field in ("username", "badge", "email"):
        given = getattr(person, field)
        others = Person.objects.exclude(pk=person.pk)
        if given and others.filter(**{f"{field}__iexact": given}).exists():
            raise Taken(given=given)


def _check_fields(row: Model, *, but: Sequence[str]) -> None:
    try:
        row.clean_fields(exclude=but)
    except ValidationError as wrong:
        told = wrong.message_dict
        labels = {field.name: field.verbose_name for field in row._meta.concrete_fields}
        why = " ".join(f"{labels[name]}：{lines[0]}" for name, lines in told.items())
        raise WronglyEntered(why=why) from None


def refuse_wrong_post(post: Post, *, by: Person | None) -> None:
    """Raise why a post cannot be given or prolonged like this."""
    if by and not administered_units(by).filter(pk=post.unit_id).exists():
        raise NotFound
    # In a small house nobody else could begin; the entry shows it.
    if by and by.pk == post.person_id and not by.is_superuser:
        raise OwnPost
    refuse_wrong_end(post)
    same = {"person": post.person_id, "unit": post.unit_id, "role": post.role}
    if Post.objects.exclude(pk=post.pk).filter(**same, until__isnull=True).exists():
        raise AlreadyHeld


def refuse_wrong_end(post: Post) -> None:
    """Raise that a post would end before it began."""
    if post.until and post.until < post.since:
        raise EndsBeforeItBegan(since=localtime(post.since).strftime("%Y-%m-%d %H:%M"))
