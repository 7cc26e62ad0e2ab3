"""Many cases at once: who may ask for it, which cases are meant, and how far it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.cases.errors import Stopped
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.many import Bulk, BulkItem
from mingchuang.cases.queries.desk import RELATED
from mingchuang.cases.queries.inbox import InboxFilter, inbox
from mingchuang.cases.rules.duties import SEATS, Duty
from mingchuang.cases.rules.many import DUTIES, MOST, SEEN_AT_ONCE, Outcome, is_left_alone
from mingchuang.cases.rules.said import number_parts
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

# What is longer is no number; it is told only so far.
LONGEST_NUMBER = 40


@dataclass(frozen=True)
class BulkLine:
    """One case of a bulk as this person may read it; a title only where they see the case."""

    item: BulkItem
    title: str
    is_visible: bool


@dataclass(frozen=True)
class Progress:
    """How far a bulk is: each refused one with its sentence."""

    bulk: Bulk
    done: int
    refused: int
    waiting: int
    lines: Sequence[BulkLine]
    is_left_alone: bool

    @property
    def all(self) -> int:
        return self.done + self.refused + self.waiting

    @property
    def is_stopped(self) -> bool:
        return any(line.item.code == Stopped.code for line in self.lines)

    @property
    def settled(self) -> int:
        return self.done + self.refused

    @property
    def refused_lines(self) -> list[BulkLine]:
        return [line for line in self.lines if line.item.outcome == Outcome.REFUSED]

    @property
    def other_lines(self) -> list[BulkLine]:
        """The done and the waiting; of a long list only once it has ended, as it is asked for
        every two seconds until then."""
        if self.bulk.ended_at is None and self.all > SEEN_AT_ONCE:
            return []
        return [line for line in self.lines if line.item.outcome != Outcome.REFUSED]


def deeds_for(person: Person) -> list[str]:
    """Return which deeds this person may ask for on many cases."""
    scope = scope_of(person)
    return [deed for deed, duty in DUTIES.items() if scope.holds(*_roles(duty))]


def bulk_unit(person: Person, deed: str) -> Unit:
    """Return in whose name this person asks: the highest of their posts for the deed.

    Raises NotFound where none of their posts carries it, and where there is no such deed.
    """
    if deed not in deeds_for(person):
        raise NotFound
    units = scope_of(person).units(*_roles(DUTIES[deed]))
    return Unit.objects.filter(pk__in=units).order_by("path")[0]


def _roles(duty: Duty) -> frozenset[Role]:
    seats = SEATS[duty]
    return seats.intake | seats.lead | seats.assist


def cases_called(person: Person, numbers: Iterable[str]) -> list[Case]:
    """Return the cases of these numbers that this person may see, in this order, each once, and
    no more than show that they are too many."""
    keys = list(dict.fromkeys(filter(None, map(number_parts, numbers))))
    cases = Case.objects.visible_to(scope_of(person)).select_related(*RELATED)
    found: dict[tuple[str, int], Case] = {}
    for start in range(0, len(keys), MOST):
        some = cases.filter(pk__in=[serial for _, serial in keys[start : start + MOST]])
        found |= {(case.series, case.pk): case for case in some}
    return [found[key] for key in keys if key in found][: MOST + 1]


def not_called(numbers: Iterable[str], cases: Sequence[Case]) -> list[str]:
    """Return which of these numbers, as they were typed, none of these cases bears, each once;
    nothing where the cases are too many to be all of them."""
    if len(cases) > MOST:
        return []
    there = {(case.series, case.pk) for case in cases}
    typed = dict.fromkeys(number.strip()[:LONGEST_NUMBER] for number in numbers)
    return [number for number in typed if number and number_parts(number) not in there]


def cases_found(
    person: Person, *, view: str, wanted: InboxFilter, now: datetime
) -> tuple[list[Case], bool]:
    """Return the cases a filter of the inbox finds, at most `MOST`, and whether it finds more."""
    cases = list(inbox(person, view=view, wanted=wanted, now=now)[: MOST + 1])
    return cases[:MOST], len(cases) > MOST


def bulks_of(person: Person) -> "QuerySet[Bulk]":
    """Return the bulks this person asked for or supervises, newest first, with their counts."""
    counts = {
        outcome.value: Count("items", filter=Q(items__outcome=outcome)) for outcome in Outcome
    }
    seen = Bulk.objects.visible_to(person, scope_of(person)).select_related("by")
    return seen.annotate(all=Count("items"), **counts).order_by("-pk")


def bulk_asked(person: Person, at: datetime) -> Bulk:
    """Return the bulk that this person asked for at that moment."""
    return Bulk.objects.filter(by=person, at=at).latest("pk")


def bulk_for(person: Person, pk: int, *, lock: bool = False) -> Bulk:
    """Return a bulk this person asked for or supervises; lock it if it will be changed."""
    bulks = Bulk.objects.visible_to(person, scope_of(person))
    if lock:
        bulks = bulks.select_for_update(of=("self",))
    bulk = bulks.select_related("by", "unit").filter(pk=pk).first()
    if bulk is None:
        raise NotFound
    return bulk


def progress_of(person: Person, pk: int, *, now: datetime) -> Progress:
    """Return how far a bulk is, each case as this person may see it."""
    bulk = bulk_for(person, pk)
    items = list(bulk.items.select_related("case").order_by("pk"))
    seen = Case.objects.visible_to(scope_of(person)).filter(pk__in=[item.case_id for item in items])
    visible = set(seen.values_list("pk", flat=True))
    lines = [_line(item, is_visible=item.case_id in visible) for item in items]
    counts = Counter(item.outcome for item in items)
    return Progress(
        bulk=bulk,
        done=counts[Outcome.DONE],
        refused=counts[Outcome.REFUSED],
        waiting=counts[Outcome.WAITING],
        lines=lines,
        is_left_alone=bulk.ended_at is None and is_left_alone(_last_tended() or bulk.at, now),
    )


def _line(item: BulkItem, *, is_visible: bool) -> BulkLine:
    return BulkLine(item, item.case.title if is_visible else "", is_visible)


def _last_tended() -> datetime | None:
    """Return when anything moved in any bulk that is not ended: others may stand before ours."""
    newest: datetime | None = Bulk.objects.waiting().aggregate(at=Max("tended_at"))["at"]
    return newest


def asker_of(bulk: Bulk) -> Person:
    """Return who asked, with the posts they hold now."""
    return Person.objects.get(pk=bulk.by_id)


def next_bulk() -> Bulk | None:
    """Return the bulk that has waited longest for a step, locked; others pass it by."""
    waiting = Bulk.objects.waiting().order_by(F("tended_at").asc(), "pk")
    return waiting.select_for_update(skip_locked=True).first()


def next_item(bulk: Bulk) -> BulkItem | None:
    """Return the case of a bulk whose turn it is; one that was put off waits behind the others,
    and none of those behind always the same."""
    waiting = bulk.items.filter(outcome=Outcome.WAITING).select_related("case")
    return waiting.filter(sentences={}).order_by("pk").first() or waiting.order_by("?").first()
