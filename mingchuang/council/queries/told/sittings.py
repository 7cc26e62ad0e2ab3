"""What the ledger tells of sittings, and of what stands in the minutes."""

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from mingchuang.council.models import (
    Condition,
    Confirmation,
    Joining,
    Letter,
    Minutes,
    Position,
    Shot,
    Sitting,
    Statement,
    Tally,
)
from mingchuang.council.queries.told.line import Facts, Key, Line, by_badge
from mingchuang.council.queries.told.people import stakeholder_subjects
from mingchuang.council.rules import minutes, sitting
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.council.rules.minutes import Reading
from mingchuang.ledger.rules.canonical import moment_text

READ = "minutes__sitting__topic"


def sittings_in(topics: Collection[int]) -> Iterable[Sitting]:
    return Sitting.objects.filter(topic__in=topics).select_related("topic")


def sitting_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in sittings_in(topics))


def minutes_in(topics: Collection[int]) -> Iterable[Minutes]:
    return Minutes.objects.filter(sitting__topic__in=topics).select_related("sitting__topic")


def minutes_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in minutes_in(topics))


def _statements(topics: Collection[int]) -> Iterable[Statement]:
    found = Statement.objects.filter(minutes__sitting__topic__in=topics)
    return found.select_related(READ, "stakeholder")


def _tallies(topics: Collection[int]) -> Iterable[Tally]:
    return Tally.objects.filter(minutes__sitting__topic__in=topics).select_related(READ, "option")


def _shots(topics: Collection[int]) -> Iterable[Shot]:
    return Shot.objects.filter(minutes__sitting__topic__in=topics).select_related(READ, "picture")


def _entered(said: Confirmation) -> Facts:
    """Return who copied it from paper; nobody where it was said by link."""
    return {**by_badge(said.entered_by), "filed": said.filed} if said.entered_by else {}


def _readings(kind: Reading) -> Any:
    def found(topics: Collection[int]) -> Iterable[Confirmation]:
        said = Confirmation.objects.filter(minutes__sitting__topic__in=topics, reading=kind)
        return said.select_related(READ, "stakeholder", "statement", "by", "entered_by")

    return found


class _Delivery(NamedTuple):
    letter: Letter
    channel: str
    at: datetime


def _deliveries(topics: Collection[int]) -> Iterable[_Delivery]:
    found = Letter.objects.filter(minutes__sitting__topic__in=topics)
    for letter in found.select_related(READ, "stakeholder"):
        for channel, at in (("sms", letter.sent_at), ("door", letter.handed_at)):
            if at:
                yield _Delivery(letter, channel, at)


def _positions(topics: Collection[int]) -> Iterable[Position]:
    found = Position.objects.filter(option__topic__in=topics)
    return found.select_related("option", "stakeholder__topic", "condition", "by")


def _standing(topics: Collection[int]) -> Iterable[Position]:
    return (one for one in _positions(topics) if one.replaced_at is None)


def _conditions(topics: Collection[int]) -> Iterable[Condition]:
    found = Condition.objects.filter(option__topic__in=topics)
    return found.select_related("option", "stakeholder__topic")


def _joinings(topics: Collection[int]) -> Iterable[Joining]:
    found = Joining.objects.filter(condition__option__topic__in=topics)
    rows = found.select_related("condition__option", "stakeholder__topic", "by")
    return (one for one in rows if one.stakeholder_id != one.condition.stakeholder_id)


def _subject(row: Any) -> Key:
    return (row.subject,)


def _in_minutes(*names: str) -> Any:
    return lambda row: (row.minutes.subject, *(getattr(row, name) for name in names))


def _read_at(one: Confirmation) -> Key:
    return one.minutes.subject, one.stakeholder.number, moment_text(one.at)


def _answered_at(one: Confirmation) -> Key:
    at = moment_text(one.answered_at) if one.answered_at else ""
    return one.minutes.subject, one.stakeholder.number, at


def _frozen(written: Minutes) -> Facts | None:
    if not written.is_frozen:
        return None
    text = sha256(written.body.encode()).hexdigest()
    return {"text": f"sha256:{text}", "at": moment_text(written.frozen_at)}  # type: ignore[arg-type]


def _position(one: Position) -> Facts:
    return {"witness": one.witness, **by_badge(one.by)}


def _option_at(one: Position) -> Key:
    return one.stakeholder.subject, one.option.number, moment_text(one.at)


def _tally(vote: Tally) -> Facts:
    names = ("method", "present", "in_favour", "against", "abstained")
    return {**{name: getattr(vote, name) for name in names}, "voted_at": moment_text(vote.at)}


LINES = (
    Line(sitting.LIFE, sitting_subjects, sittings_in, _subject, lambda one: {"state": one.stage}),
    Line(("sitting.convened",), sitting_subjects, sittings_in, _subject,
        lambda one: one.bar._asdict()),
    Line(("sitting.convened", "sitting.moved"), sitting_subjects, sittings_in, _subject,
        lambda one: {"begins_at": moment_text(one.begins_at), "at": moment_text(one.told_at)}),
    Line(minutes.LIFE, minutes_subjects, minutes_in, _subject, lambda one: {"state": one.stage}),
    Line(("minutes.written",), minutes_subjects, minutes_in, _subject,
        lambda one: {"text": fingerprint(one.wording)}
        if one.seen or one.outcome or one.dissent else None),
    Line(("minutes.frozen",), minutes_subjects, minutes_in, _subject, _frozen),
    Line(("minutes.noted", "minutes.changed", "minutes.answered"), minutes_subjects, _statements,
        _in_minutes("number"), lambda one: {"witness": one.witness}, ("statement",)),
    Line(("minutes.noted",), minutes_subjects, _statements, _in_minutes("number"),
        lambda one: {"who": one.stakeholder.number if one.stakeholder else 0,
                     "at": moment_text(one.at)}, ("statement",)),
    Line(("minutes.counted",), minutes_subjects, _tallies,
        lambda vote: (vote.minutes.subject, vote.option.number), _tally, ("option",)),
    Line(("minutes.pictured",), minutes_subjects, _shots,
        lambda shot: (shot.minutes.subject, shot.picture.fingerprint),
        lambda shot: {"text": fingerprint(shot.caption)}, ("photo",)),
    Line(("minutes.confirmed",), minutes_subjects, _readings(Reading.CONFIRMED), _read_at,
        lambda one: {"who": one.stakeholder.number, **_entered(one)}, ("who", "at")),
    Line(("minutes.corrected",), minutes_subjects, _readings(Reading.CORRECTED), _read_at,
        lambda one: {"statement": one.statement.number if one.statement else 0, **_entered(one)},
        ("who", "at")),
    Line(("minutes.answered",), minutes_subjects, _readings(Reading.CORRECTED), _answered_at,
        lambda one: {"granted": one.is_taken_in, **by_badge(one.by)} if one.answered_at else None,
        ("who", "at")),
    Line(("minutes.delivered",), minutes_subjects, _deliveries,
        lambda one: (one.letter.minutes.subject, one.letter.stakeholder.number, one.channel),
        lambda one: {"at": moment_text(one.at)}, ("who", "channel")),
    Line(("position.stated",), stakeholder_subjects, _positions, _option_at, _position,
        ("option", "at")),
    Line(("position.stated",), stakeholder_subjects, _standing,
        lambda one: (one.stakeholder.subject, one.option.number),
        lambda one: {"at": moment_text(one.at)}, ("option",)),
    Line(("condition.added",), stakeholder_subjects, _conditions,
        lambda one: (one.stakeholder.subject, one.option.number, one.number),
        lambda one: {"text": fingerprint(one.text), "at": moment_text(one.at)},
        ("option", "condition")),
    Line(("condition.seconded",), stakeholder_subjects, _joinings,
        lambda one: (one.stakeholder.subject, one.condition.option.number, one.condition.number),
        lambda one: {"at": moment_text(one.at), **by_badge(one.by)}, ("option", "condition")),
)  # fmt: skip
