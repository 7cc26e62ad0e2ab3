"""What is done goes back by courier (快递送达): nobody comes a second time."""

from datetime import datetime

from django.db import transaction

from mingchuang.cases.actions._batch_places import SOME, chosen
from mingchuang.cases.batching.errors import NotYetDone, SentAlready
from mingchuang.cases.models.batch_items import Delivery
from mingchuang.cases.queries.batches import batch_held, batch_of, delivery_of
from mingchuang.cases.rules.batches.life import Stage
from mingchuang.cases.rules.batches.places import written
from mingchuang.cases.rules.said import REQUESTER
from mingchuang.ledger.actions import record
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
    delivery = Delivery(batch=batch, carrier=carrier, tracking=tracking, by=by, at=at)
    told = {"listed": written(item.place for item in items), "carrier": carrier, "by": by.badge}
    delivery.entry = record("batch.sent", batch.subject, at=at, digest=delivery.digest, **told)
    delivery.save()
    for start in range(0, len(items), SOME):
        keys = [item.pk for item in items[start : start + SOME]]
        batch.people.filter(pk__in=keys).update(delivery=delivery)
    return delivery


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
