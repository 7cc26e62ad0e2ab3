"""A promised day that went by with somebody still waiting is called to mind, once."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.cases.actions._steps import count_reminder
from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.batch_ends import promises_broken
from mingchuang.cases.rules.watch import SYSTEM
from mingchuang.ledger.queries import entries_of


@transaction.atomic
def remind_of_promises(*, at: datetime) -> int:
    """Chase whoever has a case whose list was promised for a day that went by, once for each
    promise; return how many were chased."""
    broken = promises_broken(localdate(at))
    chased = 0
    for case in Case.objects.filter(pk__in=[*broken]).select_for_update(skip_locked=True):
        promised = broken[case.pk].isoformat()
        told = entries_of(case.subject).filter(verb="case.reminded", facts__promised_on=promised)
        if not told.exists():
            count_reminder(case, SYSTEM, at=at, promised_on=promised)
            chased += 1
    return chased
