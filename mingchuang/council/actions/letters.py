"""Minutes that are out are told to each who was there: noted before it is tried, told once sent."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.council.actions._sittings import must_be_at
from mingchuang.council.models import Letter
from mingchuang.council.queries.letters import letters_to_send
from mingchuang.council.queries.minutes import minutes_written_by
from mingchuang.council.rules.inviting import Channel
from mingchuang.council.rules.minutes import Stage
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person


@transaction.atomic
def claim_letter(letter: Letter, *, again_at: datetime | None, at: datetime) -> Letter | None:
    """Let one process try this letter now; none where another one does, or it is not wanted.

    A process that is killed before it told what became of it has it tried again at `again_at`.
    """
    due = letters_to_send(at).filter(pk=letter.pk).select_for_update(of=("self",)).first()
    if due is None:
        return None
    letter.tries, letter.next_at = due.tries + 1, again_at
    letter.save(update_fields=["tries", "next_at"])
    return letter


@transaction.atomic
def note_letter_sent(letter: Letter, *, at: datetime) -> Letter:
    """Say that somebody was told; they are not told again."""
    letter.sent_at, letter.next_at = at, None
    letter.save(update_fields=["sent_at", "next_at"])
    _tell(letter, Channel.SMS, at=at)
    return letter


@transaction.atomic
def hand_minutes(number: str, n: int, who: int, *, by: Person, at: datetime) -> Letter:
    """Write down that somebody was brought the minutes on paper; twice is once."""
    written = minutes_written_by(by, number, n)
    must_be_at(written, Stage.OUT)
    letter = written.letters.select_related("stakeholder").filter(stakeholder__number=who).first()
    if letter is None:
        raise NotFound
    if letter.handed_at is None:
        letter.minutes = written
        letter.handed_at, letter.by, letter.next_at = at, by, None
        letter.save(update_fields=["handed_at", "by", "next_at"])
        _tell(letter, Channel.DOOR, at=at, by=by.badge)
    return letter


def _tell(letter: Letter, channel: Channel, *, at: datetime, **told: str) -> None:
    facts = {"who": letter.stakeholder.number, "channel": channel.value, **told}
    record("minutes.delivered", letter.minutes.subject, at=at, digest="", **facts)
