"""When whose turn is: a batch beside the people in the hall, and overtime only by consent."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.timezone import localdate

from mingchuang.cases.actions._batch_notes import plan_anew
from mingchuang.cases.batching.errors import (
    AgreedAlready,
    DayOver,
    DayTooFar,
    NothingAgreed,
    NothingToPlan,
)
from mingchuang.cases.models.batch_items import BatchItem
from mingchuang.cases.models.batches import Batch, Overtime
from mingchuang.cases.models.case import Case
from mingchuang.cases.queries.batches import batch_in_hand, batch_led, must_wait
from mingchuang.cases.rules.batches.life import Stage
from mingchuang.cases.rules.batches.spread import AHEAD, promise_by, spread, with_overtime
from mingchuang.cases.rules.duties import Duty
from mingchuang.cases.rules.life import WAITING
from mingchuang.hall.models import ServiceItem, Window
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

SOME = 500


@transaction.atomic
def ask_plan(number: str, *, by: Person, at: datetime) -> Batch:
    """Ask for days for everybody who still waits; they stand on the page a moment later."""
    batch = batch_in_hand(by, number)
    if not batch.people.to_do().exists():
        raise NothingToPlan
    batch.plan_asked_at = at
    batch.save(update_fields=["plan_asked_at"])
    record("batch.plan_asked", batch.subject, at=at, digest="", by=by.badge)
    return batch


@transaction.atomic
def agree_to_overtime(
    number: str, day: date, minutes: int, *, by: Person, at: datetime
) -> Overtime:
    """Offer to stay longer on one day for this batch: only who will stay can say so. What was
    planned is planned anew with it."""
    batch = batch_led(by, number, Duty.HANDLE)
    must_wait(batch)
    if day <= localdate(at):
        raise DayOver
    if day > localdate(at) + timedelta(AHEAD):
        raise DayTooFar(days=AHEAD)
    if batch.overtime.in_force().filter(person=by, day=day).exists():
        raise AgreedAlready
    agreed = Overtime.objects.create(batch=batch, person=by, day=day, minutes=minutes, at=at)
    plan_anew(batch, at=at)
    told: dict[str, JSON] = {"day": day.isoformat(), "minutes": minutes, "by": by.badge}
    record("batch.overtime_agreed", batch.subject, at=at, digest="", **told)
    return agreed


@transaction.atomic
def withdraw_overtime(number: str, day: date, *, by: Person, at: datetime) -> Overtime:
    """Take one's own offer back, up to the day itself and without a reason. What was planned is
    planned anew without it."""
    batch = batch_led(by, number, Duty.READ)
    offered = batch.overtime.in_force().filter(person=by, day=day, day__gte=localdate(at)).first()
    if offered is None:
        raise NothingAgreed
    offered.withdrawn_at = at
    offered.save(update_fields=["withdrawn_at"])
    plan_anew(batch, at=at)
    told: dict[str, JSON] = {"day": day.isoformat(), "by": by.badge}
    record("batch.overtime_withdrawn", batch.subject, at=at, digest="", **told)
    return offered


@transaction.atomic
def keep_plan(batch: Batch, idle: Mapping[date, int], *, at: datetime) -> Batch:
    """Spread who still waits over the idle minutes of these days, and promise the last of them.

    Where not all fit nothing is promised, the page says how many minutes are missing; nor where
    the last day is after the case is due: an answer is owed before it.
    """
    Case.objects.select_for_update().filter(pk=batch.case_id).values_list("pk").first()
    batch = Batch.objects.select_related("case").get(pk=batch.pk)
    if batch.case.state not in WAITING:
        # It ended while its days were counted: nothing is promised any more.
        return batch
    people = _in_turn(batch)
    agreed = batch.overtime.in_force().filter(day__gt=localdate(at))
    left = with_overtime(
        idle, list(agreed.values_list("day", "minutes")), _minutes_of_others(batch)
    )
    made = spread(len(people), batch.minutes, left)
    batch.people.filter(planned_on__isnull=False).update(planned_on=None)
    _put(people, made.days)
    batch.plan_asked_at, batch.planned_at = None, at
    due = batch.case.due_at
    batch.promised_on = promise_by(made.promised_on, localdate(due) if due else None)
    batch.short = made.short
    batch.save(update_fields=["plan_asked_at", "planned_at", "promised_on", "short"])
    promised = batch.promised_on.isoformat() if batch.promised_on else ""
    told: dict[str, JSON] = {"people": len(people), "short": made.short, "promised": promised}
    record("batch.scheduled", batch.subject, at=at, digest="", **told)
    return batch


def _in_turn(batch: Batch) -> list[int]:
    """Return whose turn it is, in the order of the list: who still owes papers comes last."""
    rows = list(batch.people.to_do().values_list("pk", "stage"))
    return [pk for pk, _stage in sorted(rows, key=lambda row: row[1] == Stage.NEEDS_MORE)]


def _minutes_of_others(batch: Batch) -> Mapping[date, int]:
    """Return how many minutes of which day other batches have that go on and are done at a window
    that does this one, too, of whatever unit."""
    windows = Window.objects.filter(items=batch.item_id)
    beside = ServiceItem.objects.filter(Q(pk=batch.item_id) | Q(windows__in=windows))
    rows = BatchItem.objects.to_do().filter(
        planned_on__isnull=False,
        batch__item__in=beside.order_by().values("pk"),
        batch__case__state__in=sorted(map(str, WAITING)),
    )
    counted = rows.exclude(batch=batch).order_by().values("planned_on", minutes=F("batch__minutes"))
    taken: dict[date, int] = defaultdict(int)
    for row in counted.annotate(many=Count("pk")):
        taken[row["planned_on"]] += row["minutes"] * row["many"]
    return taken


def _put(people: list[int], days: tuple[date, ...]) -> None:
    by_day: dict[date, list[int]] = defaultdict(list)
    for pk, day in zip(people, days, strict=False):
        by_day[day].append(pk)
    for day, keys in by_day.items():
        for start in range(0, len(keys), SOME):
            some = BatchItem.objects.filter(pk__in=keys[start : start + SOME])
            some.update(planned_on=day)
