"""Somebody objects to a decision; it is answered, or reviewed and leads to a measure."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.models import Case
from mingchuang.cases.queries.desk import case_for
from mingchuang.council.actions._promises import Promised, promise_all
from mingchuang.council.actions._steps import next_number
from mingchuang.council.actions._twice import key_said, made_with
from mingchuang.council.errors.decisions import (
    CommitmentNeedsDates,
    ObjectedAlready,
    WrongObjectionStep,
)
from mingchuang.council.errors.topics import NoSuchObjection
from mingchuang.council.models import Decision, Measure, Objection
from mingchuang.council.queries.decisions import (
    decision_kept_by,
    objection_kept_by,
    published_decision,
)
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.notice import LIFE, Stage, is_late, may_step
from mingchuang.council.words.sittings import OBJECTION_STAGES
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.models import Person, Requester

CODE = 16


class Against(NamedTuple):
    """What somebody has against a decision; a name and a phone only if they wish."""

    text: str
    name: str = ""
    phone: str = ""


class Measured(NamedTuple):
    """What is added to a decision, and who does it by when."""

    text: str
    promised: Sequence[Promised]


@sent_twice_taken_once
@transaction.atomic
def object_to(number: str, said: Against, *, key: str, at: datetime) -> Objection:
    """Object to a decision, during its notice or later; sent twice with one key it is one."""
    decision = published_decision(number, lock=True)
    key = key_said(key, decision.subject, said)
    if earlier := made_with(Objection, key):
        return earlier
    who = said.name or said.phone
    requester = add_requester(name=said.name, phone=said.phone, at=at) if who else None
    return _received(Objection(decision=decision, text=said.text, key=key, at=at), requester)


@sent_twice_taken_once
@transaction.atomic
def object_by_case(number: str, case: str, *, key: str, by: Person, at: datetime) -> Objection:
    """Take a case as an objection to a decision: it is answered like one that was written here,
    and whoever spoke in it is called to the next round. Its words stay in the case."""
    decision = decision_kept_by(by, number)
    key = key_said(key, decision.subject, case)
    if earlier := made_with(Objection, key):
        return earlier
    found = _case_against(decision, case, by=by)
    return _received(Objection(decision=decision, case=found, key=key, at=at))


def _case_against(decision: Decision, case: str, *, by: Person) -> Case:
    try:
        found = case_for(by, case)
    except NotFound:
        raise NoSuchObjection(number=case) from None
    if decision.objections.filter(case=found).exists():
        raise ObjectedAlready(number=found.number)
    return found


def _received(objection: Objection, requester: Requester | None = None) -> Objection:
    """Give it its number and its code, and write down that it came. Needs the decision locked."""
    decision, at = objection.decision, objection.at
    objection.number, objection.stage = next_number(decision.objections), Stage.RECEIVED
    objection.code = secrets.token_hex(CODE)
    objection.requester, objection.is_late = requester, _is_late(decision, at)
    subject, late = objection.subject, objection.is_late
    digest = objection.digest
    objection.entry = record("objection.received", subject, at=at, digest=digest, late=late)
    objection.save()
    return objection


def _is_late(decision: Decision, at: datetime) -> bool:
    return decision.until is not None and is_late(decision.until, localdate(at))


@transaction.atomic
def review_objection(number: str, n: int, review_of: str, *, by: Person, at: datetime) -> Objection:
    """Take an objection up: those it concerns look at the matter again, and everybody reads what
    of it."""
    objection = objection_kept_by(by, number, n)
    objection.reviewed_at, objection.review_of = at, review_of
    return _step(objection, "objection.reviewed", at=at, text=fingerprint(review_of), by=by.badge)


@transaction.atomic
def answer_objection(
    number: str, n: int, gist: str, answer: str, *, by: Person, at: datetime
) -> Objection:
    """Answer an objection; everybody reads its gist and the answer, and nobody who said it."""
    objection = objection_kept_by(by, number, n)
    _write(objection, gist, answer, by, at)
    told = {"text": fingerprint(objection.wording), "by": by.badge}
    return _step(objection, "objection.answered", at=at, **told)


@transaction.atomic
def uphold_objection(
    number: str, n: int, gist: str, measured: Measured, *, by: Person, at: datetime
) -> Measure:
    """Add a measure to the decision, with who does it by when; the two stay linked for ever."""
    objection = objection_kept_by(by, number, n)
    if not measured.promised:
        raise CommitmentNeedsDates
    _write(objection, gist, measured.text, by, at)
    _step(
        objection,
        "objection.upheld",
        at=at,
        text=fingerprint(objection.wording),
        by=by.badge,
    )
    decision = objection.decision
    measure = Measure.objects.create(
        decision=decision,
        objection=objection,
        number=next_number(decision.measures),
        text=measured.text,
        by=by,
        at=at,
    )
    told: dict[str, JSON] = {"objection": objection.number, "text": fingerprint(measured.text)}
    record("measure.added", measure.subject, at=at, digest="", **told, by=by.badge)
    promise_all(decision, measured.promised, measure=measure, by=by, at=at)
    return measure


def _write(objection: Objection, gist: str, answer: str, by: Person, at: datetime) -> None:
    objection.gist, objection.answer = gist, answer
    objection.by, objection.answered_at = by, at


def _step(objection: Objection, verb: str, *, at: datetime, **told: JSON) -> Objection:
    stage = Stage(objection.stage)
    if not may_step(stage, verb):
        raise WrongObjectionStep(stage=dict(OBJECTION_STAGES)[stage])
    objection.stage = LIFE[verb][stage]
    objection.save()
    record(verb, objection.subject, at=at, digest="", **told)
    return objection
