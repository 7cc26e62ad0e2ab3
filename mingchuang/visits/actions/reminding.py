"""Reminding: noted before it is tried, and told once it was sent."""

from datetime import datetime

from django.db import transaction

from mingchuang.ledger.actions import record
from mingchuang.visits.models import Reminder, Visit
from mingchuang.visits.rules.life import State
from mingchuang.visits.rules.reminding import next_try


@transaction.atomic
def claim_reminder(visit: Visit, *, at: datetime) -> Reminder | None:
    """Let one process try this reminder now; none where another one does, or it is not wanted.

    A process that is killed before it told what became of it has it tried again after a pause.
    """
    booked = Visit.objects.filter(pk=visit.pk, day=visit.day, state=State.BOOKED)
    if booked.select_for_update().first() is None:
        return None
    reminder, _new = Reminder.objects.get_or_create(
        visit=visit, day=visit.day, defaults={"next_at": at}
    )
    if reminder.next_at is None or reminder.next_at > at:
        return None
    reminder.tries += 1
    reminder.next_at = next_try(reminder.tries, at)
    reminder.save(update_fields=["tries", "next_at"])
    return reminder


@transaction.atomic
def note_sent(reminder: Reminder, *, at: datetime) -> Reminder:
    """Say that somebody was reminded; they are not reminded of that day again."""
    reminder.sent_at, reminder.next_at = at, None
    reminder.save(update_fields=["sent_at", "next_at"])
    record("reminder.sent", reminder.subject, at=at, digest="", visit=reminder.visit.subject)
    return reminder
