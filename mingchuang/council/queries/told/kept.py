"""What the ledger tells of decisions, of how they are kept, and of what was said against them."""

from collections.abc import Collection, Iterable
from typing import Any

from mingchuang.council.models import Check, Commitment, Decision, Measure, Objection
from mingchuang.council.queries.told.line import Facts, Key, Line, by_badge
from mingchuang.council.queries.told.sittings import sitting_subjects
from mingchuang.council.rules import notice
from mingchuang.council.rules.checking import Result, Rhythm, schedule
from mingchuang.council.rules.fingerprint import fingerprint
from mingchuang.ledger.rules.canonical import moment_text

ENDS = {
    Result.PASSED: "check.passed",
    Result.FAILED: "check.failed",
    Result.MISSED: "check.lapsed",
}
QUORUM = ("seats_needed", "seats_present", "opponents_needed", "opponents_present")


def decisions_in(topics: Collection[int]) -> Iterable[Decision]:
    found = Decision.objects.filter(topic__in=topics)
    return found.select_related("sitting__topic", "by").prefetch_related("options")


def decision_subjects(topics: Collection[int]) -> Iterable[str]:
    """Each sitting may have come to one."""
    return (f"decision:{one.partition(':')[2]}" for one in sitting_subjects(topics))


def commitments_in(topics: Collection[int]) -> Iterable[Commitment]:
    found = Commitment.objects.filter(decision__topic__in=topics)
    return found.select_related("decision__sitting__topic").prefetch_related("checks")


def commitment_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in commitments_in(topics))


def _checks(topics: Collection[int]) -> Iterable[Check]:
    found = Check.objects.filter(commitment__decision__topic__in=topics)
    return found.select_related("commitment__decision__sitting__topic", "case", "picture", "by")


def _added(topics: Collection[int]) -> Iterable[Check]:
    """Days that were set later, beyond those that were promised."""
    return (one for one in _checks(topics) if one.due_on not in _days(one.commitment))


def _days(one: Commitment) -> list[Any]:
    return schedule(one.first_on, Rhythm(one.rhythm), one.last_on)


def _measures(topics: Collection[int]) -> Iterable[Measure]:
    found = Measure.objects.filter(decision__topic__in=topics)
    return found.select_related("decision__sitting__topic", "objection", "by")


def measure_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in _measures(topics))


def _objection_subjects(topics: Collection[int]) -> Iterable[str]:
    return (one.subject for one in _objections(topics))


def _objections(topics: Collection[int]) -> Iterable[Objection]:
    found = Objection.objects.filter(decision__topic__in=topics)
    return found.select_related("decision__sitting__topic", "by").defer("text")


def _subject(row: Any) -> Key:
    return (row.subject,)


def _number(check: Check) -> Key:
    return check.commitment.subject, check.number


def _recorded(decision: Decision) -> Facts:
    options: list[int] = sorted(option.number for option in decision.options.all())
    quorum = {name: getattr(decision, name) for name in QUORUM}
    told = {"force": decision.force, "options": options, "text": fingerprint(decision.text)}
    return {**told, **quorum, "uninvited": decision.uninvited, "at": moment_text(decision.at)}


def _posted(decision: Decision) -> Facts | None:
    if decision.published_at is None or decision.until is None:
        return None
    return {"until": decision.until.isoformat(), "at": moment_text(decision.published_at)}


def _promised(one: Commitment) -> Facts:
    days = _days(one)
    looked = sum(check.due_on in days for check in one.checks.all())
    dates = {"first_on": one.first_on.isoformat(), "rhythm": one.rhythm}
    return {"text": fingerprint(one.wording), **dates, "checks": looked}


def _found(check: Check) -> Facts | None:
    if check.is_due:
        return None
    case = check.case.number if check.case else ""
    told = {"verb": ENDS[Result(check.result)], "day": check.due_on.isoformat(), "case": case}
    photo = {"photo": check.picture.fingerprint} if check.picture else {}
    note = {"text": fingerprint(check.note)} if check.note else {}
    return {**told, **photo, **note, **by_badge(check.by), "at": moment_text(check.ended_at)}  # type: ignore[arg-type]


def _received(objection: Objection) -> Facts:
    return {"late": objection.is_late, "at": moment_text(objection.at)}


def _reviewed(objection: Objection) -> Facts | None:
    """What is looked at again; reviews of old were taken up without a word."""
    if objection.reviewed_at is None:
        return None
    told = {"text": fingerprint(objection.review_of)}
    return {**told, "at": moment_text(objection.reviewed_at)}


def _answered(objection: Objection) -> Facts | None:
    if objection.is_waiting or objection.answered_at is None:
        return None
    at = moment_text(objection.answered_at)
    return {"text": fingerprint(objection.wording), "at": at, **by_badge(objection.by)}


LINES = (
    Line(("decision.recorded",), decision_subjects, decisions_in, _subject, _recorded),
    Line(("decision.published",), decision_subjects, decisions_in, _subject, _posted),
    Line(("commitment.promised",), commitment_subjects, commitments_in, _subject, _promised),
    Line(tuple(ENDS.values()), commitment_subjects, _checks, _number, _found, ("check",)),
    Line(("check.added",), commitment_subjects, _added, _number,
        lambda check: {"day": check.due_on.isoformat()}, ("check",)),
    Line(("measure.added",), measure_subjects, _measures,
        _subject, lambda one: {"objection": one.objection.number, "text": fingerprint(one.text),
                               "at": moment_text(one.at), **by_badge(one.by)}),
    Line(notice.LIFE, _objection_subjects, _objections,
        _subject, lambda one: {"state": one.stage}),
    Line(("objection.received",), _objection_subjects,
        _objections, _subject, _received),
    Line(("objection.reviewed",), _objection_subjects, _objections, _subject, _reviewed),
    Line(("objection.answered", "objection.upheld"),
        _objection_subjects, _objections, _subject,
        _answered),
)  # fmt: skip
