"""Who may handle the cases of a unit, and who may leave one out of its figures."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.desk import sits_with_handlers
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

# So many are named; one of them will be there.
NAMED = 5


def handlers_of(units: Iterable[Unit]) -> "QuerySet[Person]":
    """Return who handles cases in any of these units: a post there, or in a unit above."""
    return _holders([Role.HANDLER], units)


def is_measured(person: Person, case: Case) -> bool:
    """Whether the figures of this case are the person's own: then somebody else decides of them."""
    return sits_with_handlers(scope_of(person), case)


def who_may_exclude(case: Case) -> list[Person]:
    """Return who may leave this case out of a rate, because it does not measure them."""
    people = _holders(SEATS[Duty.EXCLUDE].intake, [case.intake_unit])
    return [one for one in people[: 4 * NAMED] if not is_measured(one, case)][:NAMED]


def _holders(roles: Iterable[Role], units: Iterable[Unit]) -> "QuerySet[Person]":
    above = {int(pk) for unit in units for pk in unit.path.strip("/").split("/")}
    posts = Post.objects.in_force().filter(role__in=roles, unit__in=above)
    return Person.objects.filter(Exists(posts.filter(person=OuterRef("pk")))).order_by("badge")
