"""The standards on the wall, how each was worded before, and the lists made of them."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, QuerySet, Sum

from mingchuang.base.errors import NotFound
from mingchuang.base.typing import Text
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.models import CheckItem, Checklist, Clause
from mingchuang.reviews.words.inspections import CHAPTERS


def in_force() -> list[Clause]:
    return list(Clause.objects.in_force().order_by("code"))


def by_chapter(clauses: Sequence[Clause]) -> list[tuple[Text, list[Clause]]]:
    """Return the chapters in which there is something, in the order of the wall."""
    found = [(name, [one for one in clauses if one.chapter == key]) for key, name in CHAPTERS]
    return [(name, some) for name, some in found if some]


def keeps_standards(person: Person) -> bool:
    """Say whether this person writes what hangs on every wall: a supervisor at the very top."""
    supervised = scope_of(person).units(Role.SUPERVISOR)
    return Unit.objects.filter(pk__in=supervised, parent=None).exists()


def clause_for(person: Person, pk: int, *, lock: bool = False) -> Clause:
    """Return a clause this person may write anew; lock it if it will be followed by another."""
    rows = Clause.objects.filter(pk=pk)
    if lock:
        rows = rows.select_for_update()
    found = rows.first()
    if found is None or not keeps_standards(person):
        raise NotFound
    return found


def versions_of(code: str) -> "QuerySet[Clause]":
    """Return each wording of a clause, the newest first."""
    return Clause.objects.filter(code=code).order_by("-version")


def checklists() -> "QuerySet[Checklist]":
    """Return the lists in use, each with how many clauses it has and what they are worth."""
    rows = Checklist.objects.filter(retired_at=None)
    return rows.annotate(clauses=Count("items"), whole=Sum("items__maximum"))


def checklist_with(pk: int, *, lock: bool = False) -> Checklist:
    rows = Checklist.objects.filter(pk=pk)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def items_of(checklist: Checklist) -> list[CheckItem]:
    return list(checklist.items.select_related("clause").order_by("number"))


def clauses_with(pks: Sequence[int]) -> Mapping[int, Clause]:
    """Return those of them that are in force, by key."""
    return Clause.objects.in_force().in_bulk(pks)
