"""Those who were there confirm the minutes or correct them; then nothing changes any more."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localtime

from mingchuang.base.errors import NotFound
from mingchuang.council.actions._sittings import must_be_at, put_down, take_minutes_step
from mingchuang.council.actions._steps import named
from mingchuang.council.errors.sittings import (
    AnsweredAlready,
    CorrectionNeedsWords,
    CorrectionsWait,
    NotTheirStatement,
    WindowOver,
    WindowStillOpen,
)
from mingchuang.council.models import Confirmation, Minutes, Stakeholder
from mingchuang.council.queries.minutes import (
    freezable,
    minutes_of,
    minutes_written_by,
    unanswered,
)
from mingchuang.council.queries.recorded import as_read
from mingchuang.council.queries.register import stakeholder_of
from mingchuang.council.queries.sittings import attendance_of, one_on_the_register, sitting_of
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.minutes import Reading, Stage, is_window_open, may_freeze
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

SYSTEM = "system"


class OnPaper(NamedTuple):
    """A paper on which somebody says something of the minutes: whose number, where it is filed."""

    who: int
    filed: str


@transaction.atomic
def confirm_minutes(code: str, n: int, *, at: datetime) -> Confirmation:
    """Say that the minutes are right; twice is once."""
    return _confirmed(_by_link(code, n, at=at))


@transaction.atomic
def note_confirmation(
    number: str, n: int, paper: OnPaper, *, by: Person, at: datetime
) -> Confirmation:
    """Write down that somebody signed on paper that the minutes are right; twice is once."""
    return _confirmed(_on_paper(number, n, paper, by=by, at=at))


def _confirmed(said: Confirmation) -> Confirmation:
    said.reading = Reading.CONFIRMED
    written = said.minutes
    earlier = written.confirmations.filter(stakeholder=said.stakeholder, reading=said.reading)
    if found := earlier.first():
        return found
    said.save()
    _tell("minutes.confirmed", said, text=f"sha256:{written.sha256}")
    return said


@transaction.atomic
def correct_minutes(
    code: str, n: int, text: str, *, at: datetime, statement: int = 0
) -> Confirmation:
    """Say what is not right in the minutes; where it is one's own statement, how it was said."""
    return _corrected(_by_link(code, n, at=at), text, statement)


@transaction.atomic
def note_correction(
    number: str, n: int, paper: OnPaper, text: str, *, by: Person, at: datetime, statement: int = 0
) -> Confirmation:
    """Write down what somebody wants otherwise in the minutes, as they wrote it on paper."""
    return _corrected(_on_paper(number, n, paper, by=by, at=at), text, statement)


def _corrected(said: Confirmation, text: str, statement: int) -> Confirmation:
    theirs = said.minutes.statements.filter(stakeholder=said.stakeholder)
    found = theirs.filter(number=statement).first()
    if statement and found is None:
        raise NotTheirStatement(number=statement, who=said.stakeholder.number)
    said.reading, said.statement, said.text = Reading.CORRECTED, found, text
    said.save()
    _tell("minutes.corrected", said, statement=statement)
    return said


def _tell(verb: str, said: Confirmation, **more: JSON) -> None:
    told: dict[str, JSON] = {"who": said.stakeholder.number, **more, **named(said.entered_by)}
    told |= {"filed": said.filed} if said.filed else {}
    record(verb, said.minutes.subject, at=said.at, digest="", **told)


def _by_link(code: str, n: int, *, at: datetime) -> Confirmation:
    who = stakeholder_of(code, lock=True)
    return _in_the_window(minutes_of(sitting_of(who.topic, n)), who, at=at)


def _on_paper(number: str, n: int, paper: OnPaper, *, by: Person, at: datetime) -> Confirmation:
    written = minutes_written_by(by, number, n)
    who = one_on_the_register(written.sitting.topic, paper.who)
    said = _in_the_window(written, stakeholder_of(who.code, lock=True), at=at)
    said.filed, said.entered_by = paper.filed, by
    return said


def _in_the_window(written: Minutes, who: Stakeholder, *, at: datetime) -> Confirmation:
    attendance_of(written.sitting, who)
    if not is_window_open(Stage(written.stage), until=written.until, now=at):
        raise WindowOver
    return Confirmation(minutes=written, stakeholder=who, at=at)


@transaction.atomic
def take_in_correction(
    number: str, n: int, correction: int, answer: str, words: str = "", *, by: Person, at: datetime
) -> Confirmation:
    """Accept a correction: a statement stands from now on as its speaker says it was made; what
    is wrong elsewhere is put right in `words` that are added. What was written stays to be read."""
    said = _waiting(number, n, correction, by)
    if said.statement is not None:
        said.before, said.after = said.statement.text, said.text
        said.statement.text = said.text
        said.statement.save(update_fields=["text"])
    elif words:
        said.after = words
    else:
        raise CorrectionNeedsWords
    return _answered(said, answer, is_taken_in=True, by=by, at=at)


@transaction.atomic
def leave_correction(
    number: str, n: int, correction: int, answer: str, *, by: Person, at: datetime
) -> Confirmation:
    """Leave the minutes as they are and say why; that somebody saw it otherwise stays in them."""
    said = _waiting(number, n, correction, by)
    return _answered(said, answer, is_taken_in=False, by=by, at=at)


def _waiting(number: str, n: int, correction: int, by: Person) -> Confirmation:
    written = minutes_written_by(by, number, n)
    must_be_at(written, Stage.OUT)
    corrections = written.confirmations.filter(pk=correction, reading=Reading.CORRECTED)
    corrections = corrections.exclude(stakeholder__salt=b"")
    said = corrections.select_related("statement", "minutes__sitting__topic", "stakeholder").first()
    if said is None:
        raise NotFound
    if said.is_taken_in is not None:
        raise AnsweredAlready
    return said


def _answered(
    said: Confirmation, answer: str, *, is_taken_in: bool, by: Person, at: datetime
) -> Confirmation:
    said.is_taken_in, said.answer, said.by, said.answered_at = is_taken_in, answer, by, at
    said.save()
    told: dict[str, JSON] = {"who": said.stakeholder.number, "granted": is_taken_in}
    if is_taken_in:
        told |= {"before": fingerprint(said.before), "after": fingerprint(said.after)}
    if said.statement is not None:
        told |= {"statement": said.statement.number, "witness": said.statement.witness}
    record("minutes.answered", said.minutes.subject, at=at, digest="", **told, by=by.badge)
    return said


@transaction.atomic
def freeze_minutes(number: str, n: int, *, by: Person, at: datetime) -> Minutes:
    """Freeze the minutes: from now on the database itself lets nobody change them."""
    return _frozen(minutes_written_by(by, number, n), by=by.badge, at=at)


@transaction.atomic
def freeze_next(*, at: datetime) -> int:
    """Freeze minutes whose window is over and whose corrections are answered; call until 0."""
    written = freezable(at)
    if written is None:
        return 0
    _frozen(written, by=SYSTEM, at=at)
    return 1


def _frozen(written: Minutes, *, by: str, at: datetime) -> Minutes:
    must_be_at(written, Stage.OUT)
    waiting = unanswered(written)
    if not may_freeze(Stage.OUT, until=written.until, unanswered=waiting, now=at):
        until = localtime(written.until)
        raise CorrectionsWait(many=waiting) if waiting else WindowStillOpen(until=f"{until:%F %R}")
    written.frozen_at = at
    told = {"text": put_down(written, as_read(written)), "by": by}
    return take_minutes_step(written, "minutes.frozen", at=at, **told)
