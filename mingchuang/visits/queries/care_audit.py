"""Do home visits and one-time notices stand as the ledger tells? Read in slices."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from mingchuang.cases.queries.audit import Untold
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.visits.models import HomeVisit, Supplement
from mingchuang.visits.rules.homes import State

SLICE = 500
ENDS = {State.DONE: "home.finished", State.OFF: "home.cancelled"}


class Told(NamedTuple):
    """Which verb tells that a row of this kind began, and which moments of it stand where."""

    model: type[Model]
    begins: str
    moments: Any


def _of_home(visit: HomeVisit) -> Mapping[str, datetime | None]:
    end = ENDS.get(State(visit.state), "")
    told = {"home.asked_for": visit.at, "home.arranged": visit.arranged_at}
    return {**told, **({end: visit.ended_at} if end else {})}


def _of_supplement(one: Supplement) -> Mapping[str, datetime | None]:
    return {
        "supplement.told_once": one.at,
        "supplement.reminded": one.reminded_at,
        "supplement.supplied": one.brought_at,
        "supplement.ended": one.ended_at,
    }


KINDS = (
    Told(HomeVisit, "home.asked_for", _of_home),
    Told(Supplement, "supplement.told_once", _of_supplement),
)


def care_faults() -> Iterator[Untold]:
    """Yield each moment no entry tells of, each entry of an end that is not here, and each row
    that began in the ledger and is gone."""
    for kind in KINDS:
        yield from _faults_of(kind)


def _faults_of(kind: Told) -> Iterator[Untold]:
    seen: set[str] = set()
    rows: QuerySet[Any] = kind.model._default_manager.order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:SLICE]):
        last = found[-1].pk
        told = _told({row.subject for row in found})
        for row in found:
            seen.add(row.subject)
            yield from _compared(row.subject, kind.moments(row), told)
    begun = Entry.objects.filter(verb=kind.begins).values_list("subject", flat=True)
    for subject in sorted(set(begun) - seen):
        yield Untold("care_gone", {"subject": subject})


def _told(subjects: set[str]) -> set[tuple[str, str, datetime]]:
    """Return the newest moment of each verb under each subject."""
    newest: dict[tuple[str, str], datetime] = {}
    entries = Entry.objects.filter(subject__in=subjects).in_order()
    for subject, verb, at in entries.values_list("subject", "verb", "at"):
        newest[subject, verb] = at
    return {(subject, verb, at) for (subject, verb), at in newest.items()}


def _compared(
    subject: str, stands: Mapping[str, datetime | None], told: set[tuple[str, str, datetime]]
) -> Iterator[Untold]:
    moments = {(subject, verb, at) for verb, at in stands.items() if at}
    tells = {one for one in told if one[0] == subject and one[1] in LOOKED_AT}
    for _subject, verb, at in sorted(moments ^ tells):
        yield Untold("care", {"subject": subject, "verb": verb, "at": moment_text(at)})


LOOKED_AT = frozenset(
    {
        "home.asked_for", "home.arranged", "home.finished", "home.cancelled",
        "supplement.told_once", "supplement.reminded", "supplement.supplied", "supplement.ended",
    }
)  # fmt: skip
