"""What minutes must contain, gathered as one record: by number, never by name."""

import json
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.timezone import localtime

from mingchuang.council.models import Confirmation, Decision, Minutes, Sitting, Statement, Topic
from mingchuang.council.queries.inviting import TRIED, invitees, tried_for
from mingchuang.council.queries.positions import unanswered, wants_of
from mingchuang.council.queries.room import room_of
from mingchuang.council.rules.minutes import Reading
from mingchuang.ledger.rules.canonical import JSON, moment_text

Record = dict[str, JSON]


def body_of(written: Minutes) -> Record:
    """Gather what minutes must contain: who was asked and came, what was said and decided; by
    number, never by name."""
    sitting = written.sitting
    return {
        "topic": _topic(sitting.topic),
        "sitting": _sitting(sitting),
        "invited": _invited(sitting),
        **_room(sitting),
        "seen": written.seen,
        "statements": [_said(one) for one in written.statements.select_related("stakeholder")],
        "photos": [
            {"number": shot.number, "caption": shot.caption, "sha256": shot.picture.sha256}
            for shot in written.shots.select_related("picture")
        ],
        "positions": wants_of(sitting.topic),
        "votes": [
            {
                "option": vote.option.number,
                "method": vote.method,
                "present": vote.present,
                "in_favour": vote.in_favour,
                "against": vote.against,
                "abstained": vote.abstained,
            }
            for vote in written.votes.select_related("option")
        ],
        "outcome": written.outcome,
        "dissent": written.dissent,
        "decision": _decision(sitting),
        "unanswered": [
            {"option": one.option.number, "number": one.number, "text": one.text}
            for one in unanswered(sitting)
        ],
        **_read(written),
    }


def as_read(written: Minutes) -> Record:
    """What was sent out, with what those who were there put right in it, and who confirmed it."""
    sent: dict[str, Any] = json.loads(written.body)
    right = {one.statement.number: one.after for one in _put_right(written) if one.statement}
    said = [{**one, "text": right.get(one["number"], one["text"])} for one in sent["statements"]]
    return {**sent, "statements": said, **_read(written)}


def _put_right(written: Minutes) -> QuerySet[Confirmation]:
    taken_in = written.confirmations.filter(is_taken_in=True)
    return taken_in.select_related("statement").order_by("answered_at", "pk")


def _topic(topic: Topic) -> Record:
    return {
        "number": topic.number,
        "title": topic.title,
        "background": topic.background,
        "place": topic.place,
        "legal": topic.legal,
        "invented": topic.invented,
        "options": [{"number": one.number, "text": one.text} for one in topic.options.all()],
    }


def _sitting(sitting: Sitting) -> Record:
    return {
        "number": sitting.number,
        "begins_at": _moment(sitting.begins_at),
        "opened_at": _moment(sitting.opened_at),
        "closed_at": _moment(sitting.closed_at),
        "place": sitting.place,
        "agenda": sitting.agenda,
        "visit": sitting.visit,
        "convenor": sitting.convenor.badge,
        "moderator": sitting.moderator.badge,
        "recorder": sitting.recorder.badge,
    }


def _moment(at: datetime | None) -> str:
    return moment_text(at) if at else ""


def _invited(sitting: Sitting) -> Record:
    """How people were asked for it, since when; how many of those who object duly were, or came."""
    tries = tried_for(sitting).order_by(TRIED)
    first = tries.first()
    came = set(sitting.attendances.values_list("stakeholder", flat=True))
    asked = invitees(sitting.roster, sitting=sitting)
    against = [one.is_duly_invited or one.who.pk in came for one in asked if one.who.is_opponent]
    return {
        "since": localtime(first.when).date().isoformat() if first else "",
        "ways": list(
            tries.order_by()
            .values("channel")
            .annotate(tries=Count("pk"), people=Count("stakeholder", distinct=True))
            .order_by("channel")
        ),
        "people": list(
            tries.order_by("stakeholder__number")
            .values_list("stakeholder__number", flat=True)
            .distinct()
        ),
        "objectors": len(against),
        "objectors_invited": sum(against),
    }


def _room(sitting: Sitting) -> Record:
    room = room_of(sitting)
    there: list[JSON] = [
        {
            "number": line.stakeholder.number,
            "seat": line.seat is not None,
            "affected": line.stakeholder.affected,
            "opposes": line.stakeholder.is_opponent,
            "proxy": bool(line.attendance.mandate),
            "left": line.attendance.left_at is not None,
        }
        for line in room.lines
        if line.attendance
    ]
    return {"there": there, "quorum": room.quorum._asdict(), "seats": room.counted.seats}


def _said(statement: Statement) -> Record:
    who = statement.stakeholder
    return {
        "number": statement.number,
        "speaker": who.number if who else 0,
        "guest": statement.guest,
        "text": statement.text,
    }


def _decision(sitting: Sitting) -> Record | None:
    decision = Decision.objects.filter(sitting=sitting).first()
    if decision is None:
        return None
    promised: list[JSON] = [
        {
            "number": one.number,
            "text": one.text,
            "obligor": one.obligor,
            "how": one.how,
            "first_on": one.first_on.isoformat(),
            "last_on": one.last_on.isoformat(),
            "rhythm": one.rhythm,
        }
        for one in decision.commitments.filter(measure=None)
    ]
    return {
        "force": decision.force,
        "text": decision.text,
        "options": list(decision.options.order_by("number").values_list("number", flat=True)),
        "missing": decision.missing,
        "commitments": promised,
    }


def _read(written: Minutes) -> Record:
    """Who confirmed, and what came of each correction."""
    said = written.confirmations.select_related("stakeholder", "statement")
    corrections: list[JSON] = [
        {
            "speaker": one.stakeholder.number,
            "statement": one.statement.number if one.statement else 0,
            "taken_in": bool(one.is_taken_in),
            "before": one.before,
            "after": one.after,
            "answer": one.answer,
            **({} if one.answered_at else {"waits" if one.stakeholder.salt else "withdrawn": True}),
        }
        for one in said
        if one.reading == Reading.CORRECTED
    ]
    confirmed: list[JSON] = [
        one.stakeholder.number for one in said if one.reading == Reading.CONFIRMED
    ]
    on_paper: list[JSON] = [*sorted({one.stakeholder.number for one in said if one.filed})]
    read: Record = {"confirmed": confirmed, "corrections": corrections}
    return {**read, "on_paper": on_paper} if on_paper else read
