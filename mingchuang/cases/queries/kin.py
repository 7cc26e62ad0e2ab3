"""The cases that have to do with one case, as far as this person may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingchuang.cases.models.case import Case
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.leading import may_join
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of


@dataclass(frozen=True)
class Wish:
    """The case a requester believes theirs to be part of, and whether they can still be joined."""

    case: Case
    may_join: bool


@dataclass(frozen=True)
class Kin:
    """What was joined to a case, what made staff raise it, what staff raised because of it, and
    what its requesters wish to join, by submission."""

    merged: Sequence[Case]
    cause: Case | None
    prompted: Sequence[Case]
    wishes: Mapping[int, Wish]


def kin_of(person: Person, case: Case, said: Sequence[Submission]) -> Kin:
    """Return the kin of a case and of what was said in it; what one may not see is not there."""
    scope = scope_of(person)
    wished = {one.pk: one.wishes_to_join_id for one in said if one.wishes_to_join_id}
    named = {*wished.values(), case.prompted_by_id} - {None, case.pk}
    rows = Case.objects.visible_to(scope).filter(pk__in=named) if named else ()
    seen = {row.pk: row for row in rows}
    return Kin(
        merged=list(case.merged_cases.visible_to(scope).order_by("pk")),
        cause=seen.get(case.prompted_by_id or 0),
        prompted=list(case.prompted.visible_to(scope).order_by("pk")),
        wishes={
            pk: Wish(seen[into], may_join(seen[into], case))
            for pk, into in wished.items()
            if into in seen and seen[into].is_open
        },
    )
