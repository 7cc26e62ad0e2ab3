"""What is done goes back by courier (快递送达): nobody comes a second time."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions._batch_notes import tell_list
from mingchuang.cases.actions._batch_places import SOME, chosen
from mingchuang.cases.batching.errors import (
    NothingMissed,
    NothingToTakeBack,
    NotYetDone,
    ParcelNamedTwice,
    ParcelThere,
    SentAlready,
)
from mingchuang.cases.models.batch_items import Delivery
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.batches import batch_held, batch_of, delivery_of, may_take_back
from mingchuang.cases.rules.batches.life import Stage
from mingchuang.cases.rules.batches.numbers import plain
from mingchuang.cases.rules.batches.places import written
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.ledger.actions import record
from mingchuang.ledger.models import new_salt
from mingchuang.people.models import Person


@transaction.atomic
def send_delivery(
    number: str, places: str, carrier: str, tracking: str, *, by: Person, at: datetime
) -> Delivery:
    """Write down which people's results are in a parcel, with its carrier and its number."""
    batch = batch_held(by, number, lock=True)
    items = chosen(batch, places)
    if wrong := [item.place for item in items if item.stage != Stage.DONE]:
        raise NotYetDone(places=written(wrong))
    if gone := [item.place for item in items if item.delivery_id]:
        raise SentAlready(places=written(gone))
    _must_be_new(batch, carrier, tracking)
    delivery = Delivery(batch=batch, carrier=carrier, tracking=tracking, by=by, at=at)
    told = {"listed": written(item.place for item in items), "carrier": carrier, "by": by.badge}
    delivery.entry = record("batch.sent", batch.subject, at=at, digest=delivery.digest, **told)
    delivery.save()
    for start in range(0, len(items), SOME):
        keys = [item.pk for item in items[start : start + SOME]]
        batch.people.filter(pk__in=keys).update(delivery=delivery)
    return delivery


@transaction.atomic
def correct_parcel(
    number: str, pk: int, carrier: str, tracking: str, *, by: Person, at: datetime
) -> Delivery:
    """Put right a carrier or a number that was written down wrong, while the parcel is on its
    way; the company reads the right one."""
    batch = batch_held(by, number, lock=True)
    parcel = _on_its_way(delivery_of(batch, pk))
    if parcel.is_erased:
        raise NotFound
    _must_be_new(batch, carrier, tracking, but=parcel.pk)
    parcel.carrier, parcel.tracking, parcel.salt = carrier, tracking, new_salt()
    parcel.save(update_fields=["carrier", "tracking", "salt"])
    told = {"of": parcel.entry.digest, "carrier": carrier, "by": by.badge}
    record("parcel.corrected", batch.subject, at=at, digest=parcel.digest, **told)
    return parcel


def _must_be_new(batch: Batch, carrier: str, tracking: str, *, but: int = 0) -> None:
    """Refuse the number of another parcel of this batch, however it is typed."""
    others = batch.deliveries.filter(carrier=carrier).exclude(pk=but)
    if plain(tracking) in {plain(one.tracking) for one in others}:
        raise ParcelNamedTwice


@transaction.atomic
def miss_parcel(number: str, code: str, pk: int, said: str, *, at: datetime) -> Delivery:
    """Let the company say that a parcel did not come; the contact and the handler answer her."""
    batch, _said = batch_of(number, code, lock=True)
    parcel = _on_its_way(delivery_of(batch, pk))
    parcel.missed_at, parcel.missed = at, said
    parcel.answered_at, parcel.answer = None, ""
    parcel.save(update_fields=["missed_at", "missed", "answered_at", "answer"])
    told = {"of": parcel.entry.digest, "by": REQUESTER}
    tell_list(batch, said, "batch.parcel_missed", at=at, **told)
    return parcel


@transaction.atomic
def answer_missed(number: str, pk: int, answer: str, *, by: Person, at: datetime) -> Delivery:
    """Answer a company that waits for a parcel; she reads it beside the parcel."""
    batch = batch_held(by, number, lock=True)
    parcel = _on_its_way(delivery_of(batch, pk))
    if parcel.missed_at is None:
        raise NothingMissed
    parcel.answered_at, parcel.answer = at, answer
    parcel.save(update_fields=["answered_at", "answer"])
    told = {"of": parcel.entry.digest, "by": by.badge}
    tell_list(batch, answer, "batch.parcel_answered", at=at, **told)
    return parcel


def _on_its_way(parcel: Delivery) -> Delivery:
    if parcel.received_at:
        raise ParcelThere
    return parcel


@transaction.atomic
def confirm_delivery(number: str, code: str, pk: int, *, at: datetime) -> Delivery:
    """Let the company say that a parcel is there; said twice, the first day counts."""
    batch, _said = batch_of(number, code, lock=True)
    delivery = delivery_of(batch, pk)
    if delivery.received_at is None:
        delivery.received_at = at
        delivery.save(update_fields=["received_at"])
        told = {"of": delivery.entry.digest, "by": REQUESTER}
        record("batch.delivered", batch.subject, at=at, digest="", **told)
    return delivery


@transaction.atomic
def unconfirm_delivery(number: str, code: str, pk: int, *, at: datetime) -> Delivery:
    """Let the company take back that a parcel is there, said by mistake, until the case ends: it
    is on its way again."""
    batch, _said = batch_of(number, code, lock=True)
    delivery = delivery_of(batch, pk)
    if not may_take_back(batch, delivery):
        raise NothingToTakeBack
    delivery.received_at = None
    delivery.save(update_fields=["received_at"])
    told = {"of": delivery.entry.digest, "by": REQUESTER}
    record("batch.undelivered", batch.subject, at=at, digest="", **told)
    return delivery
