"""The cases that have to do with one case, as far as this person may see them."""

from collections.abc import Collection, Mapping, Sequence
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
    """What a case was joined to and what was joined to it, what made staff raise it, what staff
    raised because of it, and what its requesters wish to join, by submission."""

    master: Case | None
    merged: Sequence[Case]
    cause: Case | None
    prompted: Sequence[Case]
    wishes: Mapping[int, Wish]


def kin_of(person: Person, case: Case, said: Sequence[Submission]) -> Kin:
    """Return the kin of a case and of what was said in it; what one may not see is not there."""
    scope = scope_of(person)
    wished = {one.pk: one.wishes_to_join_id for one in said if one.wishes_to_join_id}
    named = {*wished.values(), case.prompted_by_id, case.master_id} - {None, case.pk}
    rows = Case.objects.visible_to(scope).filter(pk__in=named) if named else ()
    seen = {row.pk: row for row in rows}
    return Kin(
        master=seen.get(case.master_id or 0),
        merged=list(case.merged_cases.visible_to(scope).order_by("pk")),
        cause=seen.get(case.prompted_by_id or 0),
        prompted=list(case.prompted.visible_to(scope).order_by("pk")),
        wishes={
            pk: Wish(seen[into], may_join(seen[into], case))
            for pk, into in wished.items()
            if into in seen and seen[into].is_open
        },
    )


def seen_numbers(person: Person, numbers: Collection[str]) -> set[str]:
    """Return which of these numbers, as the ledger wrote them, are of cases this person may see."""
    if not numbers:
        return set()
    serials = [int(number.rpartition("-")[2]) for number in numbers]
    rows = Case.objects.visible_to(scope_of(person)).filter(pk__in=serials).only("series")
    return {case.number for case in rows}
