"""What of a batch somebody may have. Fetching is authorising; its case is the lock.

Anybody who reads the case reads how far a batch is. Who the people are is for three: the named
contact, who handles the case, and the company's clerk, who holds the receipt.
"""

from django.db.models import QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.cases.batching.errors import (
    BadColumns,
    BatchAnswered,
    BatchOver,
    NobodyNamed,
    NoSheet,
    NotInHand,
)
from mingchuang.cases.models.batch_items import BatchItem, Delivery
from mingchuang.cases.models.batches import Batch, BatchSheet, BatchUpload
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.desk import case_for
from mingchuang.cases.queries.receipts import code_of, submission_for
from mingchuang.cases.rules.batches.columns import Column, columns_in
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.life import WAITING, State
from mingchuang.people.models import Person, Requester
from mingchuang.people.queries import scope_of

RELATED = (
    *("case__responsible_unit", "case__handler", "case__intake_unit", "item__unit"),
    *("contact", "contact_before"),
)


def sheets() -> "QuerySet[BatchSheet]":
    """Return the service items that take batches, by unit."""
    rows = BatchSheet.objects.filter(active=True).select_related("item__unit")
    return rows.order_by("item__unit__path", "item__code")


def must_be_columns(text: str) -> tuple[Column, ...]:
    """Return the columns somebody wrote down; refused at the first line that says nothing."""
    read = columns_in(text)
    if isinstance(read, list):
        raise BadColumns(line=read[0].line, text=read[0].text)
    return read


def sheet_for(code: str) -> BatchSheet:
    """Return how a service item takes batches."""
    sheet = sheets().filter(item__code=code).first()
    if sheet is None:
        raise NoSheet
    return sheet


def batch_of(number: str, code: str, *, lock: bool = False) -> tuple[Batch, Submission]:
    """Return the batch that its receipt opens, for the company's clerk; a wrong code and a case
    that is no batch look alike to who guesses."""
    said = submission_for(number, code, lock=lock)
    batch = _found(said.number, lock=lock)
    return batch, said


def batch_called(number: str) -> tuple[Batch, str]:
    """Return the batch of a case and the code of its receipt, for who sits at the machine."""
    batch = _found(number)
    return batch, code_of(Submission.objects.get(number=batch.number))


def batch_for(person: Person, number: str) -> Batch:
    """Return a batch whose case this person may read."""
    return _found(case_for(person, number).number)


def batch_held(person: Person, number: str, *, lock: bool = False) -> Batch:
    """Return a batch to one of the two of the staff who may see its people."""
    case = case_for(person, number)
    batch = _found(case.number, lock=lock)
    if not is_close(person, batch):
        raise NotFound
    return batch


def batch_in_hand(person: Person, number: str) -> Batch:
    """Return, locked, a batch whose list may be worked on now: its case is being handled, and the
    company knows by whom (专人对接)."""
    batch = batch_held(person, number, lock=True)
    must_wait(batch)
    if batch.case.state != State.HANDLING:
        raise NotInHand
    if batch.contact is None:
        raise NobodyNamed
    return batch


def batch_led(person: Person, number: str, duty: Duty = Duty.ASSIGN) -> Batch:
    """Return, locked, a batch to whoever carries this duty where it is handled."""
    return _found(case_for(person, number, duty=duty).number, lock=True)


def clerk_of(batch: Batch) -> Requester | None:
    """Return who speaks for the company, for the two of the staff who talk to them."""
    said = Submission.objects.filter(number=batch.number).select_related("requester").first()
    return said.requester if said else None


def is_close(person: Person, batch: Batch) -> bool:
    """Whether this is the named contact, or who handles the case, and still at that unit."""
    return person.pk in {batch.contact_id, batch.case.handler_id}


def item_held(person: Person, number: str, place: int) -> BatchItem:
    """Return one person's matter of a batch this person may see into."""
    batch = batch_held(person, number)
    item = batch.people.filter(place=place).exclude(salt=b"").first()
    if item is None:
        raise NotFound
    return item


def batches_seen(person: Person) -> "QuerySet[Batch]":
    """Return the batches whose cases this person may read, newest first."""
    cases = Case.objects.seated(scope_of(person), SEATS[Duty.READ])
    return Batch.objects.filter(case__in=cases).select_related(*RELATED)


def batch_under(upload: BatchUpload) -> Batch:
    """Return, locked, the batch of a workbook that is being read; refused once it is over."""
    Case.objects.select_for_update().filter(batch=upload.batch_id).values_list("pk").first()
    batch = Batch.objects.select_related(*RELATED).get(pk=upload.batch_id)
    must_go_on(batch)
    return batch


def must_go_on(batch: Batch) -> None:
    """Refuse what comes after the case was answered, declined or withdrawn."""
    if batch.case.state not in WAITING:
        raise BatchOver


def must_wait(batch: Batch) -> None:
    """Refuse what the staff would change after the case was answered: it is opened again first."""
    if batch.case.state == State.REPLIED:
        raise BatchAnswered
    must_go_on(batch)


def next_upload(*, after: int = 0) -> BatchUpload | None:
    """Return the workbook that waits longest to be read, of those behind one."""
    return BatchUpload.objects.filter(read_at__isnull=True, pk__gt=after).order_by("pk").first()


def is_any_upload_waiting() -> bool:
    return BatchUpload.objects.filter(read_at__isnull=True).exists()


def batches_to_plan() -> list[Batch]:
    """Return the batches that go on and for which a plan was asked for, the first asked first."""
    return list(_asked().order_by("plan_asked_at", "pk").select_related(*RELATED))


def is_any_plan_asked() -> bool:
    return _asked().exists()


def _asked() -> "QuerySet[Batch]":
    going_on = sorted(map(str, WAITING))
    return Batch.objects.filter(plan_asked_at__isnull=False, case__state__in=going_on)


def delivery_of(batch: Batch, pk: int) -> Delivery:
    found = batch.deliveries.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def may_take_back(batch: Batch, parcel: Delivery) -> bool:
    """Whether the company may still say that a parcel is not there after all: nothing followed."""
    return bool(parcel.received_at) and not parcel.is_erased and batch.case.ended_at is None


def _found(number: str, *, lock: bool = False) -> Batch:
    cases = Case.objects.numbered(number)
    if lock:
        # The case is the lock of its batch: nobody answers it while its list is being changed.
        list(cases.select_for_update().values_list("pk"))
    batch = Batch.objects.filter(case__in=cases).select_related(*RELATED).first()
    if batch is None:
        raise NotFound
    return batch
