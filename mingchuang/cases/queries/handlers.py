"""Who may handle the cases of a unit."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.rules.roles import Role


def handlers_of(units: Iterable[Unit]) -> "QuerySet[Person]":
    """Return who handles cases in any of these units: a post there, or in a unit above."""
    above = {int(pk) for unit in units for pk in unit.path.strip("/").split("/")}
    posts = Post.objects.in_force().filter(role=Role.HANDLER, unit__in=above)
    return Person.objects.filter(Exists(posts.filter(person=OuterRef("pk")))).order_by("badge")
