"""Nobody is known to the council longer than the table of retention says, or against their wish."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mingchuang.base.database import leave_no_traces
from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.models.keeping import Retention
from mingchuang.cases.rules.keeping import COUNCIL, OBJECTORS, OWNERS
from mingchuang.council.actions._forgetting import (
    WISH,
    forget_objection,
    forget_owner,
    forget_stakeholder,
    new_code,
)
from mingchuang.council.errors.keeping import StillNeeded
from mingchuang.council.models import Objection, Owner, Stakeholder
from mingchuang.council.queries.decisions import objection_with
from mingchuang.council.queries.flats import owner_of
from mingchuang.council.queries.keeping import KEPT, council_due
from mingchuang.ledger.rules.canonical import JSON


@transaction.atomic
def forget_people(term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM) -> int:
    """Forget a handful that `some_council_due` found; return how many there were. Killed at any
    moment, all or none are erased."""
    rows = KEPT[term.category].model._default_manager.filter(pk__in=some)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    due = list(council_due(term, at, among=some))
    why = {"category": term.category, "source": term.source, "by": by}
    for row in due:
        FORGETS[term.category](row, why, at=at)
    transaction.on_commit(leave_no_traces, robust=True)
    return len(due)


def _for_good(who: Stakeholder, why: Mapping[str, JSON], *, at: datetime) -> None:
    """The topic is over: nobody needs their link any more, nor their name in a lottery."""
    who.code = new_code()
    who.save(update_fields=["code"])
    forget_stakeholder(who, why, at=at)


FORGETS: Mapping[str, Callable[..., Any]] = {
    COUNCIL: _for_good,
    OBJECTORS: forget_objection,
    OWNERS: forget_owner,
}


@transaction.atomic
def forget_my_objection(code: str, *, at: datetime) -> Objection:
    """Forget, as who objected wishes, what they wrote and who they are; not before it was
    answered, since it would then be lost."""
    mine = objection_with(code)
    list(Objection.objects.select_for_update().filter(pk=mine.pk).values_list("pk"))
    if mine.is_waiting:
        raise StillNeeded
    return forget_objection(mine, WISH, at=at)


@transaction.atomic
def forget_my_flats(code: str, *, at: datetime) -> Owner:
    """Forget an owner, as they wish, once nothing is voted on or paid any more."""
    mine = owner_of(code)
    list(Owner.objects.select_for_update().filter(pk=mine.pk).values_list("pk"))
    if mine.topic.is_open:
        raise StillNeeded
    return forget_owner(mine, WISH, at=at)
