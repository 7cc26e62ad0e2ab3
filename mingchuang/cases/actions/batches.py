"""How a batch begins: what a service item asks, a company that comes with many, a named contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.batching.errors import NoSuchContact, NotChecked
from mingchuang.cases.errors import CodeRenewed
from mingchuang.cases.models.batches import Batch, BatchSheet
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.queries.batches import batch_held, batch_led, batch_of, must_be_columns
from mingchuang.cases.queries.handlers import handlers_of
from mingchuang.cases.rules.said import REQUESTER, Said
from mingchuang.hall.models import ServiceItem
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import correct_requester
from mingchuang.people.models import Person, Unit


@dataclass(frozen=True)
class Company:
    """Who comes with many: the organisation by name and code, what for, and who speaks for it."""

    organisation: str
    credit_code: str
    said: Said


@transaction.atomic
def offer_batches(
    item: ServiceItem, columns: str, *, minutes: int, at: datetime, by: Person | None = None
) -> BatchSheet:
    """Let companies send many at once for this item, with these columns; batches that are open
    keep the columns they began with."""
    read = must_be_columns(columns)
    sheet = BatchSheet.objects.filter(item=item).first() or BatchSheet(item=item)
    sheet.columns, sheet.minutes, sheet.active = columns, minutes, True
    sheet.save()
    told: dict[str, JSON] = {"minutes": minutes, "by": by.badge if by else "system"}
    record("batch.sheet_set", sheet.subject, at=at, digest="", columns=len(read), **told)
    return sheet


@transaction.atomic
def stop_batches(sheet: BatchSheet, *, by: Person, at: datetime) -> BatchSheet:
    """Take no new batches for this item; those that are open go on."""
    sheet.active = False
    sheet.save(update_fields=["active"])
    record("batch.sheet_stopped", sheet.subject, at=at, digest="", by=by.badge)
    return sheet


@sent_twice_taken_once
@transaction.atomic
def open_batch(sheet: BatchSheet, company: Company, *, unit: Unit, at: datetime) -> Submission:
    """Take in a company's wish as a case of its own and open its list; the receipt opens both.
    Sent twice, it is one."""
    said = receive_submission(company.said, unit=unit, at=at)
    batch = Batch(
        case=said.case,
        item=sheet.item,
        organisation=company.organisation,
        credit_code=company.credit_code,
        columns=sheet.columns,
        minutes=sheet.minutes,
        opened_at=at,
    )
    if not Batch.objects.filter(case=said.case).exists():
        batch.save()
        record("batch.received", batch.subject, at=at, item=sheet.item.code, by=REQUESTER)
    return said


@transaction.atomic
def name_contact(
    number: str, contact: Person, phone: str = "", *, by: Person, at: datetime
) -> Batch:
    """Name who of the staff the company talks to, and their direct line if the unit gives one;
    from now on only they and the handler see the names. The company reads who went before."""
    batch = batch_led(by, number)
    unit = batch.case.responsible_unit
    if unit is None or not handlers_of([unit]).filter(pk=contact.pk).exists():
        raise NoSuchContact
    if batch.contact_id != contact.pk:
        batch.contact_before, batch.contact, batch.contact_since = batch.contact, contact, at
    batch.contact_phone = phone
    batch.save(update_fields=["contact", "contact_phone", "contact_since", "contact_before"])
    record("batch.contact_named", batch.subject, at=at, contact=contact.badge, by=by.badge)
    return batch


@transaction.atomic
def change_clerk(number: str, code: str, name: str, phone: str, *, at: datetime) -> Batch:
    """Let the company name another clerk of hers, whose link is a new one: the staff read from
    when, and whom to call; the one before opens the list no more, and what was known of them is
    gone."""
    batch, said = batch_of(number, code, lock=True)
    return _pass_on(batch, said, name, phone, {"by": REQUESTER}, at=at)


@transaction.atomic
def change_clerk_for(
    number: str, name: str, phone: str, proof: str, *, by: Person, at: datetime
) -> Batch:
    """Name the company's new clerk for her, where nobody hands the link on: the contact or the
    handler made sure who that is, and gives them the new one."""
    batch = batch_held(by, number, lock=True)
    said = Submission.objects.select_related("requester").get(number=batch.number)
    return _pass_on(batch, said, name, phone, {"proof": proof, "by": by.badge}, at=at)


@transaction.atomic
def check_company(number: str, proof: str, *, by: Person, at: datetime) -> Batch:
    """Let the contact or the handler say how they made sure which company a batch comes from: from
    now on it is the same one as in her other batches, whoever speaks for her."""
    batch = batch_held(by, number, lock=True)
    batch.proof = proof
    batch.save(update_fields=["proof"])
    record("batch.company_checked", batch.subject, at=at, digest="", proof=proof, by=by.badge)
    return batch


@transaction.atomic
def uncheck_company(number: str, *, by: Person, at: datetime) -> Batch:
    """Let the contact or the handler take back that they made sure of a company: from now on only
    the same code with the same phone counts as the same one, and papers are asked for again."""
    batch = batch_held(by, number, lock=True)
    if not batch.proof:
        raise NotChecked
    batch.proof = ""
    batch.save(update_fields=["proof"])
    record("batch.company_unchecked", batch.subject, at=at, digest="", by=by.badge)
    return batch


def _pass_on(
    batch: Batch,
    said: Submission,
    name: str,
    phone: str,
    told: Mapping[str, JSON],
    *,
    at: datetime,
) -> Batch:
    """Make who speaks for the company another person, with another code."""
    if said.requester is None or said.requester.is_erased:
        raise NotFound
    # Of two who hold the same link, the second holds the old one.
    still = Submission.objects.filter(pk=said.pk, renewed=said.renewed)
    if not still.update(renewed=said.renewed + 1):
        raise CodeRenewed
    correct_requester(said.requester, at=at, name=name, phone=phone, why={"by": told["by"]})
    batch.clerk_since = at
    batch.save(update_fields=["clerk_since"])
    facts = {"renewed": said.renewed + 1, **told}
    record("batch.clerk_changed", batch.subject, at=at, digest="", **facts)
    return batch
