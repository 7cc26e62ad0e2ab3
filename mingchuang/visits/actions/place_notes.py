"""Telling of places: noted before it is tried, and told once it was sent."""

from datetime import datetime

from django.db import transaction

from mingchuang.ledger.actions import record
from mingchuang.visits.models import PlaceNote
from mingchuang.visits.queries.place_notes import booked_behind_shut_doors, place_note_still_to_send
from mingchuang.visits.rules.place_notes import Kind
from mingchuang.visits.rules.reminding import next_try


@transaction.atomic
def note_shut_days(*, at: datetime) -> int:
    """Note a message for everybody who booked a day the hall has shut since; say for how many."""
    notes = [
        PlaceNote(kind=Kind.SHUT, visit=visit, day=visit.day, next_at=at)
        for visit in booked_behind_shut_doors(at)
    ]
    return len(PlaceNote.objects.bulk_create(notes, ignore_conflicts=True))


@transaction.atomic
def claim_place_note(note: PlaceNote, *, at: datetime) -> PlaceNote | None:
    """Let one process try this message now; none where another one does, or it is true no more."""
    mine = PlaceNote.objects.select_for_update().get(pk=note.pk)
    if not place_note_still_to_send(note.pk, at):
        return None
    mine.tries += 1
    mine.next_at = next_try(mine.tries, at)
    mine.save(update_fields=["tries", "next_at"])
    return mine


@transaction.atomic
def place_note_sent(note: PlaceNote, *, at: datetime) -> PlaceNote:
    """Say that somebody was told; they are not told the same again."""
    note.sent_at, note.next_at = at, None
    note.save(update_fields=["sent_at", "next_at"])
    record("placenote.sent", note.subject, at=at, digest="", kind=note.kind, **_of(note))
    return note


def _of(note: PlaceNote) -> dict[str, str]:
    if note.standby is not None:
        return {"standby": note.standby.subject}
    return {"visit": note.visit.subject} if note.visit else {}
