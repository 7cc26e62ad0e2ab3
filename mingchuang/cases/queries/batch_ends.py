"""Who of a batch still waits: its case is answered when each of them has an end of their own."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from mingchuang.cases.batching.errors import ListUnread, PeopleWait, StandsAlone
from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.models.case import Case
from mingchuang.cases.rules.batches.life import TO_DO
from mingchuang.cases.rules.life import RUNNING


def is_batch(case: Case) -> bool:
    """Whether a list of people hangs on this case."""
    return Batch.objects.filter(case=case).exists()


def must_stand_together(*cases: Case) -> None:
    """Refuse to join cases of which one is a batch: its list, its contact and its company's page
    are its own."""
    if Batch.objects.filter(case__in=cases).exists():
        raise StandsAlone


def must_leave_nobody_waiting(case: Case) -> None:
    """Refuse to end the case of a batch while somebody on its list, or a workbook that was not
    read yet, still waits."""
    to_do = Q(people__stage__in=sorted(map(str, TO_DO)))
    found = Batch.objects.filter(case=case).annotate(waiting=Count("people", filter=to_do))
    for batch in found:
        if batch.waiting:
            raise PeopleWait(many=batch.waiting, number=case.number)
        if batch.uploads.filter(read_at__isnull=True).exists():
            raise ListUnread


def promises_broken(on: date) -> Mapping[int, date]:
    """Return the cases that go on whose promised day is before this one with somebody on the list
    still waiting, each with that day."""
    waiting = BatchItem.objects.filter(batch=OuterRef("pk")).to_do().order_by()
    going_on = Batch.objects.filter(case__state__in=sorted(map(str, RUNNING)))
    broken = going_on.filter(Exists(waiting), promised_on__lt=on).order_by()
    return {case: day for case, day in broken.values_list("case", "promised_on") if day}
