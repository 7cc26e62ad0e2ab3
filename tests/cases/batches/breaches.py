"""What the database refuses of a batch, whoever writes it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import models

from mingchuang.cases.actions.batch_items import ask_for_papers, move_people
from mingchuang.cases.actions.batch_plans import agree_to_overtime
from mingchuang.cases.actions.batch_post import send_delivery
from mingchuang.cases.models import (
    Batch,
    BatchItem,
    BatchPiece,
    BatchSheet,
    BatchUpload,
    Delivery,
    ListNote,
    Overtime,
    Paper,
)
from mingchuang.ledger.queries import entries_of
from tests.build import LONG_AGO, MONDAY
from tests.cases.batches.build import a_batch, a_list, a_row, a_sheet, a_workbook, sent, the_contact

Breach = Callable[[], object]


def again(found: models.Model, **fields: Any) -> None:
    """Insert a copy of the row."""
    found.pk = None
    found._state.adding = True
    vars(found).update(fields)
    found.save()


def _list() -> Batch:
    return a_list(1)


def _papers() -> Batch:
    batch = a_list(1)
    ask_for_papers(batch.number, "1", ["劳动合同"], by=the_contact(batch), at=MONDAY)
    return batch


def _delivery() -> Delivery:
    batch, at = a_list(1), MONDAY
    for to in ("accepted", "done"):
        move_people(batch.number, "1", to, by=the_contact(batch), at=at)
    return send_delivery(batch.number, "1", "ems", "EA1", by=the_contact(batch), at=at)


def _overtime() -> Overtime:
    batch = a_list(1)
    day = date(2026, 3, 7)
    return agree_to_overtime(batch.number, day, 60, by=the_contact(batch), at=MONDAY)


def _another_entry(batch: Batch) -> int:
    return entries_of(batch.subject).earliest("pk").pk


def _upload() -> BatchUpload:
    return sent(a_batch(), a_workbook())


def row(model: type[models.Model], make: Callable[[], object], **fields: Any) -> Breach:
    """Write these columns of what was made."""

    def breach() -> object:
        make()
        return model._default_manager.update(**fields)

    return breach


def one_place_twice() -> None:
    item = _list().people.get()
    again(item, entry_id=_another_entry(item.batch), person_index="other")


def one_person_twice() -> None:
    item = _list().people.get()
    again(item, entry_id=_another_entry(item.batch), place=2)


def one_paper_twice() -> None:
    again(_papers().people.get().papers.get())


def handed_on_to_nobody() -> None:
    batch = _list()
    Batch.objects.filter(pk=batch.pk).update(contact=None, contact_before=batch.contact)


def overtime_twice() -> None:
    again(_overtime())


def one_piece_twice() -> None:
    sent(a_batch(), a_workbook(a_row(1, 手机号码="错")))
    again(BatchPiece.objects.get())


def two_uploads_wait() -> None:
    upload = _upload()
    again(upload, key="x", read_at=None)
    again(upload, key="y", read_at=None)


BATCH_BREACHES: Mapping[str, Breach] = {
    "cases_batch_sheet_takes_some_time": row(BatchSheet, a_sheet, minutes=0),
    "cases_batch_names_its_organisation": row(Batch, a_batch, credit_code="1"),
    "cases_batch_takes_some_time": row(Batch, a_batch, minutes=0),
    "cases_batch_proof_is_known": row(Batch, a_batch, proof="said"),
    "cases_batch_promises_only_what_was_planned": row(Batch, a_batch, promised_on=date(2026, 3, 9)),
    "cases_upload_one_waits": two_uploads_wait,
    "cases_piece_stands_once": one_piece_twice,
    "cases_upload_counts_every_row": row(BatchUpload, _upload, rows=7),
    "cases_delivery_salt_whole_or_erased": row(Delivery, _delivery, salt=b"short"),
    "cases_delivery_has_a_number": row(Delivery, _delivery, tracking=""),
    "cases_delivery_is_there_after_it_left": row(Delivery, _delivery, received_at=LONG_AGO),
    "cases_listnote_salt_whole_or_erased": row(ListNote, _papers, salt=b"short"),
    "cases_batchitem_salt_whole_or_erased": row(BatchItem, _list, salt=b"short"),
    "cases_batch_item_one_a_place": one_place_twice,
    "cases_batch_item_person_once": one_person_twice,
    "cases_batch_item_stage_is_known": row(BatchItem, _list, stage="lost"),
    "cases_batch_item_declined_says_why": row(BatchItem, _list, stage="declined"),
    "cases_batch_item_taken_out_says_why": row(BatchItem, _list, stage="taken_out"),
    "cases_batch_item_crossed_is_taken_out": row(BatchItem, _list, crossed_index="x"),
    "cases_batch_item_sent_when_done": row(BatchItem, _delivery, stage="accepted"),
    "cases_batch_item_waits_for_what_was_asked": row(BatchItem, _list, stage="needs_more"),
    "cases_batch_item_more_after_the_one_list": row(BatchItem, _papers, more_asked_at=LONG_AGO),
    "cases_batch_is_handed_on_to_somebody": handed_on_to_nobody,
    "cases_delivery_answers_who_waits_for_it": row(
        Delivery, _delivery, missed_at=MONDAY, answered_at=LONG_AGO
    ),
    "cases_paper_asked_once": one_paper_twice,
    "cases_paper_turned_back_says_why": row(Paper, _papers, turned_back_at=MONDAY),
    "cases_paper_struck_is_waited_for_no_more": row(Paper, _papers, struck_at=MONDAY),
    "cases_overtime_agreed_once": overtime_twice,
    "cases_overtime_within_reason": row(Overtime, _overtime, minutes=0),
}
