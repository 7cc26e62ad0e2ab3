"""Who came is forgotten after a while; that somebody came, when and how long, stays."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingchuang.base.database import leave_no_traces
from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.models.keeping import Retention
from mingchuang.ledger.actions import record
from mingchuang.people.actions.requesters import erase_requester
from mingchuang.visits.models import Visit
from mingchuang.visits.queries.keeping import visitors_due


@transaction.atomic
def forget_visitors(
    term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM
) -> int:
    """Forget the names and phones of a handful that `some_visitors_due` found; return how many
    there were. Who booked again meanwhile is kept. Killed at any moment, all or none are erased."""
    list(Visit.objects.filter(requester__in=some).select_for_update().order_by("pk"))
    due = list(visitors_due(term, at, among=some).order_by("pk"))
    why = {"category": term.category, "source": term.source, "by": by}
    for requester in due:
        erase_requester(requester, why=why, at=at)
        for visit in requester.visits.order_by("pk"):
            record("visit.erased", visit.subject, at=at, digest="", part="who", **why)
        requester.visits.update(requester=None)
        for held in (requester.standbys, requester.sign_ups):
            held.update(phone_index="")
    transaction.on_commit(leave_no_traces, robust=True)
    return len(due)
