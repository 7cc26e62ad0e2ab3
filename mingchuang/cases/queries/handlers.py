"""Who may handle the cases of a unit, and who may leave one out of its figures."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

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


def who_may_exclude(case: Case, *, asked_by: Person | None = None) -> list[Person]:
    """Return who may leave this case out of a rate: it does not measure them, and they are not
    who asked for it."""
    people = _holders(SEATS[Duty.EXCLUDE].intake, [case.intake_unit])
    others = people.exclude(pk=asked_by.pk) if asked_by else people
    return list(others.filter(~Exists(_posts_measured(case)))[:NAMED])


def _posts_measured(case: Case) -> "QuerySet[Post]":
    """The posts of a person that are one of the units that handle the case, as `is_measured`
    knows them one by one."""
    lead = [case.responsible_unit] if case.responsible_unit else []
    handling = _posts_over([*lead, *case.assists.all()]).filter(person=OuterRef("pk"))
    at_intake = _posts_over([case.intake_unit]).filter(
        person=OuterRef("person"), role=OuterRef("role")
    )
    return handling.filter(Q(role=Role.HANDLER) | ~Exists(at_intake))


def _holders(roles: Iterable[Role], units: Iterable[Unit]) -> "QuerySet[Person]":
    posts = _posts_over(units).filter(role__in=roles, person=OuterRef("pk"))
    return Person.objects.filter(Exists(posts)).order_by("badge")


def _posts_over(units: Iterable[Unit]) -> "QuerySet[Post]":
    """Posts in force in any of these units, or in a unit above."""
    above = {int(pk) for unit in units for pk in unit.path.strip("/").split("/")}
    return Post.objects.in_force().filter(unit__in=above).order_by()
