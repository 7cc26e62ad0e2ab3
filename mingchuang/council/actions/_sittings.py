"""The moves that a sitting and its minutes are made of: a step of their tables, and the book."""

from datetime import datetime
from hashlib import sha256

from mingchuang.base.templatetags.words import moment
from mingchuang.council.errors.sittings import BeforeItsHour, WrongMinutesStep, WrongSittingStep
from mingchuang.council.models import Minutes, Sitting
from mingchuang.council.queries.recorded import Record
from mingchuang.council.rules import minutes, sitting
from mingchuang.council.words.sittings import MINUTES_STAGES, SITTING_STAGES
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON, canonical


def take_sitting_step(sat: Sitting, verb: str, *, at: datetime, **told: JSON) -> Sitting:
    """Move a sitting along its life and write it down, or refuse; needs its topic locked."""
    stage = sitting.Stage(sat.stage)
    if not sitting.may_step(stage, verb):
        raise WrongSittingStep(stage=dict(SITTING_STAGES)[stage])
    sat.stage = sitting.LIFE[verb][stage]
    sat.save()
    record(verb, sat.subject, at=at, digest="", **told)
    return sat


def must_be_its_hour(sat: Sitting, at: datetime) -> None:
    """Refuse what passes over people who were called for an hour that has not come yet."""
    if at < sat.begins_at:
        raise BeforeItsHour(hour=moment(sat.begins_at))


def put_down(written: Minutes, record: Record) -> str:
    """Make the minutes this text; return how the ledger names it."""
    text = canonical(record)
    written.body, written.sha256 = text.decode(), sha256(text).hexdigest()
    return f"sha256:{written.sha256}"


def take_minutes_step(written: Minutes, verb: str, *, at: datetime, **told: JSON) -> Minutes:
    """Move minutes along their life and write it down, or refuse in words."""
    must_be_at(written, *minutes.LIFE[verb])
    written.stage = minutes.LIFE[verb][minutes.Stage(written.stage)]
    written.save()
    record(verb, written.subject, at=at, digest="", **told)
    return written


def must_be_at(written: Minutes, *stages: minutes.Stage | None) -> None:
    """Refuse what minutes at this stage do not take any more."""
    if written.stage not in stages:
        raise WrongMinutesStep(stage=dict(MINUTES_STAGES)[written.stage])
