"""The parcels of a batch: who is in which, and which of them a company still waits for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from mingchuang.cases.models.batch_items import BatchItem, Delivery
from mingchuang.cases.models.batches import Batch
from mingchuang.cases.queries.batch_pages import Listed, Standing
from mingchuang.cases.queries.batches import batches_seen, may_take_back
from mingchuang.cases.rules.batches.life import TO_DO, Stage
from mingchuang.cases.rules.batches.places import places_in
from mingchuang.cases.rules.life import WAITING
from mingchuang.people.models import Person

# So many of a parcel are named, masked; the places tell of all of them.
NAMED = 20


@dataclass(frozen=True)
class Parcel:
    """One parcel and who is in it."""

    delivery: Delivery
    people: Sequence[Listed]

    @property
    def places(self) -> str:
        return str(self.delivery.entry.facts.get("listed", ""))

    @property
    def has_more(self) -> bool:
        return len(_first(self.delivery, most=NAMED + 1)) > NAMED

    @property
    def may_take_back(self) -> bool:
        return may_take_back(self.delivery.batch, self.delivery)

    @property
    def waits(self) -> bool:
        """Whether the company says that it did not come, and nobody answered her."""
        one = self.delivery
        return bool(one.missed_at and not one.answered_at and not one.received_at)


def parcels_in(standing: Standing) -> list[Parcel]:
    """Return the parcels, each with the first of those whose results are in it: one statement."""
    wanted = {place for one in standing.deliveries for place in _first(one, most=NAMED)}
    people: dict[int, list[Listed]] = defaultdict(list)
    rows = standing.batch.people.filter(place__in=wanted) if wanted else ()
    for item in rows:
        if item.delivery_id:
            people[item.delivery_id].append(Listed(item))
    return [Parcel(one, people[one.pk]) for one in standing.deliveries]


def parcels_unnamed(standing: Standing) -> list[Parcel]:
    """Return the parcels for who may not see the people."""
    return [Parcel(one, ()) for one in standing.deliveries]


def batches_listed(person: Person) -> "QuerySet[Batch]":
    """Return the batches this person may read, each with how many stand on its list, whether its
    company waits for a parcel, and whether its promised day went by."""
    missed = Delivery.objects.filter(
        batch=OuterRef("pk"),
        missed_at__isnull=False,
        answered_at__isnull=True,
        received_at__isnull=True,
    )
    out = BatchItem.objects.filter(batch=OuterRef("pk"), stage=Stage.TAKEN_OUT).order_by()
    many = out.values("batch").annotate(many=Count("pk")).values("many")
    listed = F("size") - Coalesce(Subquery(many), 0)
    waiting = BatchItem.objects.filter(batch=OuterRef("pk"), stage__in=sorted(map(str, TO_DO)))
    going_on = Q(case__state__in=sorted(map(str, WAITING)), promised_on__lt=localdate())
    late = Exists(waiting.order_by()) & going_on
    parcel, is_late = Exists(missed), ExpressionWrapper(late, BooleanField())
    return batches_seen(person).annotate(waits_for_parcel=parcel, listed=listed, is_late=is_late)


def _first(parcel: Delivery, *, most: int) -> list[int]:
    found = places_in(str(parcel.entry.facts.get("listed", "")), most=9_999_999) or []
    return found[:most]
