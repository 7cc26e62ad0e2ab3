"""Who came is forgotten after a while; that somebody came, when and how long, stays."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mingchuang.base.database import leave_no_traces
from mingchuang.cases.actions.keeping import SYSTEM
from mingchuang.cases.models.keeping import Retention
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import erase_requester
from mingchuang.people.models import Requester
from mingchuang.visits.actions._assists import forget_places
from mingchuang.visits.models import Assist
from mingchuang.visits.queries.keeping import traces_of, visitors_due


@transaction.atomic
def forget_visitors(
    term: Retention, some: Collection[int], *, at: datetime, by: str = SYSTEM
) -> int:
    """Forget the names and phones of a handful that `some_visitors_due` found; return how many
    there were. Who came again meanwhile is kept. Killed at any moment, all or none are erased."""
    for rows in traces_of(some):
        list(rows.select_for_update(of=("self",)).order_by("pk"))
    due = list(visitors_due(term, at, among=some).order_by("pk"))
    why = {"category": term.category, "source": term.source, "by": by}
    for requester in due:
        erase_requester(requester, why=why, at=at)
        _forget_places(requester, why, at=at)
        for visit in requester.visits.order_by("pk"):
            record("visit.erased", visit.subject, at=at, digest="", part="who", **why)
        requester.visits.update(requester=None)
        for held in (requester.standbys, requester.sign_ups):
            held.update(phone_index="")
    transaction.on_commit(leave_no_traces, robust=True)
    return len(due)


def _forget_places(requester: Requester, why: Mapping[str, JSON], *, at: datetime) -> None:
    """Forget where they were met: it may have been their own door."""
    theirs = Assist.objects.filter(Q(requester=requester) | Q(visit__requester=requester))
    for assist in theirs.exclude(from_place="", to_place="").order_by("pk"):
        forget_places(assist, at=at, **why)
