"""How a decision is kept: each promise and objection with the entries that prove its steps."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Prefetch

from mingchuang.council.models import Check, Commitment, Decision, Objection
from mingchuang.council.rules.checking import Kept, Result, kept_of
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of


class Looked(NamedTuple):
    """A day somebody looked or is to look, with the entry that tells what they found."""

    check: Check
    entry: Entry | None


class Promise(NamedTuple):
    """A commitment, each day somebody looked or is to look, and how it was kept so far."""

    commitment: Commitment
    entry: Entry | None
    checks: Sequence[Looked]
    kept: Kept


def promises_of(decision: Decision) -> list[Promise]:
    """Return what was promised, each step with its entry: three statements however much it is."""
    checks = Check.objects.select_related("case", "picture", "by")
    rows = decision.commitments.select_related("condition__option", "measure").prefetch_related(
        Prefetch("checks", queryset=checks)
    )
    promised = list(rows)
    for commitment in promised:
        commitment.decision = decision
    told = _told_of({commitment.subject for commitment in promised})
    return [_promise(commitment, told) for commitment in promised]


def _told_of(subjects: Collection[str]) -> dict[tuple[str, object], Entry]:
    """Return the newest entries about these, by what they are about and which check."""
    entries = Entry.objects.filter(subject__in=subjects).exclude(verb="check.added")
    return {(one.subject, one.facts.get("check")): one for one in entries.in_order()}


def _promise(commitment: Commitment, told: Mapping[tuple[str, object], Entry]) -> Promise:
    checks, subject = list(commitment.checks.all()), commitment.subject
    results = [Result(check.result) for check in checks]
    looked = [Looked(check, told.get((subject, check.number))) for check in checks]
    kept = kept_of({one: results.count(one) for one in Result})
    return Promise(commitment, told.get((subject, None)), looked, kept)


class Answered(NamedTuple):
    """An objection, with the entries of how it came in and what it led to."""

    objection: Objection
    received: Entry
    measure: Entry | None


def objections_to(decision: Decision) -> list[Answered]:
    """Return what was said against it, each with what came of it: two statements."""
    said = list(
        decision.objections.select_related("measure", "by", "entry", "case").order_by("number")
    )
    measures = [one.measure for one in said if hasattr(one, "measure")]
    for measure in measures:
        measure.decision = decision
    told = _told_of({measure.subject for measure in measures})
    return [Answered(one, one.entry, told.get((_measure_of(one), None))) for one in said]


def _measure_of(objection: Objection) -> str:
    return objection.measure.subject if hasattr(objection, "measure") else ""


def last_entry(subject: str, verb: str) -> Entry | None:
    """Return the newest entry of this kind about a subject: the evidence of a step."""
    return entries_of(subject).filter(verb=verb).last()
