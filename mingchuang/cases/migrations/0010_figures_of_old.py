from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import migrations, transaction

SLICE = 500
ANSWERS = ("case.replied", "case.answered_at_once")
GIVEN = ("case.dispatched", "case.redispatched")
AGAIN = ("case.reopened", "case.reaccepted")
STOPS = ("case.paused", "case.merged", "case.withdrawn")


def count_what_was(apps: Any, _schema_editor: object) -> None:
    """Tell from the ledger what the columns of figures would hold, had they always been there.

    Each slice of cases is kept at once; killed at any moment and begun again, it ends the same.
    """
    units = dict(apps.get_model("people", "Unit").objects.values_list("code", "pk"))
    cases = apps.get_model("cases", "Case").objects.only("series", "stopped_at").order_by("pk")
    last = 0
    while some := list(cases.filter(pk__gt=last)[:SLICE]):
        last = some[-1].pk
        with transaction.atomic():
            _count(apps, some, units)


def _count(apps: Any, cases: list[Any], units: Mapping[str, int]) -> None:
    lives = _lives(apps, cases)
    _keep(apps, "Case", _stopped(cases, lives), "stopped_at")
    _keep(apps, "Reply", _answered(apps, lives), "due_at", "reopened_at")
    _keep(apps, "Plea", _retyped(apps, lives), "was")
    Dispatch = apps.get_model("cases", "Dispatch")
    known = set(Dispatch.objects.filter(case__in=list(lives)).values_list("case", flat=True))
    Dispatch.objects.bulk_create(
        Dispatch(case_id=pk, unit_id=units[code], at=at, returned_at=returned_at)
        for pk, life in lives.items()
        for code, at, returned_at in life.dispatches
        if pk not in known and code in units
    )
    Submission = apps.get_model("cases", "Submission")
    chased = [number for life in lives.values() for number in life.chased]
    Submission.objects.filter(number__in=chased, repeats=False).update(repeats=True)
    merges = apps.get_model("cases", "Merge").objects.filter(case__in=list(lives), undone_at=None)
    joined = Submission.objects.filter(pk__in=merges.values("moved"), repeats=False)
    joined.update(repeats=True)


def _keep(apps: Any, model: str, rows: Iterator[tuple[Any, tuple[Any, ...]]], *to: str) -> None:
    """Write down those rows that hold something else."""
    changed = []
    for row, values in rows:
        if values != tuple(getattr(row, column) for column in to):
            for column, value in zip(to, values, strict=True):
                setattr(row, column, value)
            changed.append(row)
    apps.get_model("cases", model).objects.bulk_update(changed, to)


def _stopped(cases: list[Any], lives: Mapping[int, "_Life"]) -> Iterator[tuple[Any, Any]]:
    for case in cases:
        yield case, (lives[case.pk].stopped,)


def _answered(apps: Any, lives: Mapping[int, "_Life"]) -> Iterator[tuple[Any, Any]]:
    replies = apps.get_model("cases", "Reply").objects.filter(case__in=list(lives))
    for reply in replies.only("case", "round", "due_at", "reopened_at"):
        told = lives[reply.case_id].replies
        if reply.round <= len(told):
            yield reply, tuple(told[reply.round - 1])


def _retyped(apps: Any, lives: Mapping[int, "_Life"]) -> Iterator[tuple[Any, Any]]:
    pleas = apps.get_model("cases", "Plea").objects.filter(case__in=list(lives), what="retype")
    for plea in pleas.filter(granted=True).only("case", "decided_at", "was"):
        yield plea, (lives[plea.case_id].was.get(plea.decided_at, ""),)


def _lives(apps: Any, cases: list[Any]) -> dict[int, "_Life"]:
    lives = {f"case:{case.series}-{case.pk:06d}": _Life(case.pk) for case in cases}
    entries = apps.get_model("ledger", "Entry").objects.filter(subject__in=list(lives))
    told = entries.order_by("pk").values_list("subject", "verb", "at", "facts")
    for subject, verb, at, facts in told:
        lives[subject].tell(verb, at, facts)
    return {life.case: life for life in lives.values()}


@dataclass
class _Life:
    """What the entries of one case add up to."""

    case: int
    due: datetime | None = None
    stopped: datetime | None = None
    unit: str = ""
    replies: list[list[datetime | None]] = field(default_factory=list)
    dispatches: list[list[Any]] = field(default_factory=list)
    was: dict[datetime, str] = field(default_factory=dict)
    chased: set[str] = field(default_factory=set)

    def tell(self, verb: str, at: datetime, facts: dict[str, Any]) -> None:
        if "due_at" in facts:
            self.due = datetime.fromisoformat(facts["due_at"]) if facts["due_at"] else None
        if verb in ANSWERS:
            self.replies.append([self.due, None])
        if verb in AGAIN and self.replies:
            self.replies[-1][1] = at
        if verb == "case.retyped":
            self.was[at] = facts["old"]
        # What was joined as a reminder repeats as long as it is joined.
        if verb == "case.reminded" and "submission" in facts and "confirmed_by" not in facts:
            self.chased.add(facts["submission"])
        self._give(verb, at, facts)
        self._stop(verb, at, facts)

    def _give(self, verb: str, at: datetime, facts: dict[str, Any]) -> None:
        if verb in GIVEN and facts["unit"] != self.unit:
            self.unit = facts["unit"]
            self.dispatches.append([self.unit, at, None])
        if verb == "case.reaccepted":
            self.unit = ""
        if verb == "case.returned" and self.dispatches:
            self.dispatches[-1][2] = self.dispatches[-1][2] or at

    def _stop(self, verb: str, at: datetime, facts: dict[str, Any]) -> None:
        if verb in STOPS:
            self.stopped = self.stopped or at
        if verb == "case.resumed" or (verb == "case.unmerged" and facts["state"] != "paused"):
            self.stopped = None


class Migration(migrations.Migration):
    # Each slice is a transaction of its own, so that nobody waits long and little is done twice.
    atomic = False
    dependencies = [("cases", "0009_alike")]

    operations = [migrations.RunPython(count_what_was, migrations.RunPython.noop)]
