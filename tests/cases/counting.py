"""The figures counted by hand: from the entries of the ledger alone, one after the other."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mingchuang.cases.queries.basis import FiguresFilter, bounds
from mingchuang.cases.queries.figures import Figures, FiguresLine
from mingchuang.cases.rules.figures import Counts, Name, Period
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Unit

Said = tuple[str, datetime, dict[str, Any]]


@dataclass
class Matter:
    """What the entries of one case say of it."""

    kind: str = ""
    area: str = ""
    unit: str = ""
    due: datetime | None = None
    contact_due: datetime | None = None
    contacted: datetime | None = None
    stopped: datetime | None = None
    is_answered: bool = False
    replies: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    dispatches: list[dict[str, Any]] = field(default_factory=list)
    excluded: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Book:
    """Everything the entries say, read in their order."""

    cases: dict[str, Matter] = field(default_factory=lambda: defaultdict(Matter))
    said: dict[str, datetime] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    merges: dict[str, list[str]] = field(default_factory=dict)
    chased: set[str] = field(default_factory=set)

    def read(self, subject: str, verb: str, at: datetime, facts: dict[str, Any]) -> None:
        number = subject.removeprefix("case:")
        case = self.cases[number]
        case.kind = facts.get("new", case.kind) if verb == "case.retyped" else case.kind
        if "due_at" in facts:
            case.due = datetime.fromisoformat(facts["due_at"])
        if "contact_due_at" in facts:
            case.contact_due = datetime.fromisoformat(facts["contact_due_at"])
        reads: dict[str, Callable[[str, Matter, datetime, dict[str, Any]], None]] = READS
        if verb in reads:
            reads[verb](self, number, case, at, facts)  # type: ignore[call-arg,arg-type]

    def received(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.kind, case.area = facts["kind"], facts["area"]
        self.said[number], self.home[number] = at, number

    def retitled(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.area = facts["area"]

    def started(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.is_answered = False

    def given(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        if facts["unit"] != case.unit:
            case.unit = facts["unit"]
            case.dispatches.append({"at": at, "unit": case.unit, "returned": False})

    def returned(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.dispatches[-1]["returned"] = True

    def contacted(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.contacted = case.contacted or at

    def answered(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.is_answered, case.contacted = True, case.contacted or at
        case.unit = facts["unit"]
        case.replies.append({"at": at, "due": case.due, "unit": case.unit, "reopened": False})

    def again(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.replies[-1]["reopened"], case.is_answered = True, False

    def from_nobody(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        self.again(number, case, at, facts)
        case.unit = ""

    def paused(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.stopped = case.stopped or at

    def resumed(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.stopped = None

    def merged(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.stopped = case.stopped or at
        self.merges[number] = facts["submissions"]
        self.home |= dict.fromkeys(facts["submissions"], facts["master"])

    def unmerged(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.stopped = case.stopped if facts["state"] == "paused" else None
        self.home |= dict.fromkeys(self.merges.pop(number), number)

    def reminded(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        self.chased |= {facts["submission"]} if "submission" in facts else set()

    def called(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.calls.append((at, facts))

    def excluded(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        case.excluded[facts["rate"]] = facts["why"], facts["by"]

    def included(self, number: str, case: Matter, at: datetime, facts: dict[str, Any]) -> None:
        del case.excluded[facts["rate"]]


READS: dict[str, Any] = {
    "submission.received": Book.received,
    "case.retitled": Book.retitled,
    "case.accepted": Book.started,
    "case.dispatched": Book.given,
    "case.redispatched": Book.given,
    "case.returned": Book.returned,
    "case.contacted": Book.contacted,
    "case.replied": Book.answered,
    "case.answered_at_once": Book.answered,
    "case.reopened": Book.again,
    "case.reaccepted": Book.from_nobody,
    "case.paused": Book.paused,
    "case.resumed": Book.resumed,
    "case.merged": Book.merged,
    "case.unmerged": Book.unmerged,
    "case.withdrawn": Book.paused,
    "case.reminded": Book.reminded,
    "callback.recorded": Book.called,
    "case.excluded": Book.excluded,
    "case.included": Book.included,
}


@dataclass(frozen=True)
class Counted:
    """One thing that counts: for which rate, in the numerator or not, when, and about what."""

    rate: str
    kept: bool
    at: datetime
    case: Matter
    unit: str

    def is_in(self, period: Period) -> bool:
        first, after = bounds(period)
        return first <= self.at < after


def the_book() -> Book:
    book = Book()
    entries = Entry.objects.filter(subject__startswith="case:").order_by("pk")
    for told in entries.values_list("subject", "verb", "at", "facts"):
        book.read(*told)
    return book


def all_counted(book: Book, now: datetime) -> Iterator[Counted]:
    joined = {number for moved in book.merges.values() for number in moved}
    for number, at in book.said.items():
        case = book.cases[book.home[number]]
        yield Counted(Name.REPEATED, number in joined | book.chased, at, case, case.unit)
    for case in book.cases.values():
        yield from _of_case(case, now)


def _of_case(case: Matter, now: datetime) -> Iterator[Counted]:
    over = case.stopped or now
    for reply in case.replies:
        in_time = reply["at"] < reply["due"]
        yield Counted(Name.ON_TIME, in_time, reply["due"], case, reply["unit"])
        yield Counted(Name.REOPENED, reply["reopened"], reply["at"], case, reply["unit"])
    if case.due and not case.is_answered and case.due <= over:
        yield Counted(Name.ON_TIME, False, case.due, case, case.unit)
    if case.contact_due and (case.contacted or case.contact_due <= over):
        made = case.contacted is not None and case.contacted < case.contact_due
        yield Counted(Name.CONTACT, made, case.contact_due, case, case.unit)
    for sent in case.dispatches:
        yield Counted(Name.RETURNED, sent["returned"], sent["at"], case, sent["unit"])
    for at, call in case.calls:
        if call["solved"] is not None:
            yield Counted(Name.SOLVED, call["solved"], at, case, case.unit)
        if call["satisfied"]:
            content = call["satisfied"] in {"yes", "mostly"}
            yield Counted(Name.SATISFIED, content, at, case, case.unit)


def shares(counted: list[Counted], period: Period) -> dict[str, tuple[int, int, int]]:
    """Each rate as (numerator, denominator, left out by approval)."""
    sums: dict[str, Counter[str]] = {name: Counter() for name in Name}
    for one in counted:
        if one.is_in(period):
            part = "out" if one.rate in one.case.excluded else "in"
            sums[one.rate][part] += 1
            sums[one.rate]["kept"] += part == "in" and one.kept
    return {name: (s["kept"], s["in"], s["out"]) for name, s in sums.items()}


def shares_of(line: FiguresLine) -> dict[str, tuple[int, int, int]]:
    """The same of what was counted by statements."""
    return {
        rate.name: (
            rate.numerator,
            rate.denominator,
            sum(left.count for left in rate.left if left.badge),
        )
        for rate in line.rates
    }


def differences(found: Figures, wanted: FiguresFilter, now: datetime) -> Iterator[object]:
    """Yield wherever the statements and the ledger disagree: in sum, by month and by heading."""
    counted = list(all_counted(the_book(), now))
    codes = dict(Unit.objects.values_list("pk", "code"))
    tables: list[tuple[str, FiguresLine, list[Counted], Period]] = [
        ("all", FiguresLine(found.total), counted, wanted.period)
    ]
    tables += [(str(month), FiguresLine(line), counted, month) for month, line in found.months]
    headings: list[tuple[str, Mapping[str, Counts], Callable[[Counted], str]]] = [
        ("kind", found.kinds, lambda one: one.case.kind),
        ("area", found.areas, lambda one: one.case.area),
        ("unit", {codes.get(pk or 0, ""): at for pk, at in found.units.items()}, lambda o: o.unit),
    ]
    for name, lines, of in headings:
        for key in {of(one) for one in counted if one.is_in(wanted.period)} | set(lines):
            some = [one for one in counted if of(one) == key]
            tables.append(
                (f"{name} {key}", FiguresLine(lines.get(key, Counter())), some, wanted.period)
            )
    for name, line, some, period in tables:
        if (ours := shares_of(line)) != (theirs := shares(some, period)):
            yield name, {k: (ours[k], theirs[k]) for k in ours if ours[k] != theirs[k]}
