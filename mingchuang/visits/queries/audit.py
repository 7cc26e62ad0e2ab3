"""Does every visit stand as the ledger tells it, every slot and window as its visits do, and was
everybody called in turn?

Read in slices, so that memory stays flat; the sums are compared by the database itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import F, Max, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mingchuang.cases.queries.audit import Untold, facts_in
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import moment_text
from mingchuang.visits.models import Desk, Given, Visit
from mingchuang.visits.queries.care_audit import care_faults
from mingchuang.visits.queries.replayed import replayed_days
from mingchuang.visits.queries.standby import slots_miscounted
from mingchuang.visits.rules.life import BEGIN
from mingchuang.visits.rules.told import Happened, columns_told

M = TypeVar("M", bound=Model)
SLICE = 500
# Whose name stands in the entries of the night.
NIGHT = ""


def visit_faults() -> Iterator[Untold]:
    """Yield everything of this room that stands otherwise than it was told."""
    yield from _visits()
    yield from _gone()
    yield from _numbers()
    yield from _slots()
    yield from _desks()
    yield from _turns()
    yield from care_faults()


def _visits() -> Iterator[Untold]:
    """Yield every column of a visit that is not what its entries add up to."""
    for visits in _slices(Visit.objects.select_related("line__site", "slot")):
        told = _happened(visit.subject for visit in visits)
        for visit in visits:
            tells = columns_told(told[visit.subject])
            for name, value in _stands(visit).items():
                if value != tells.get(name, value):
                    facts = {"visit": visit.subject, "stands": value, "tells": tells[name]}
                    yield Untold(f"visit_{name}", facts)


def _stands(visit: Visit) -> dict[str, str]:
    return {
        "state": visit.state,
        "line": visit.line.subject,
        "number": visit.shown,
        "green": visit.green,
        "slot": moment_text(visit.slot.starts_at) if visit.slot else "",
        "ended_at": moment_text(visit.ended_at) if visit.ended_at else "",
    }


def _happened(subjects: Iterable[str]) -> Mapping[str, list[Happened]]:
    told: dict[str, list[Happened]] = defaultdict(list)
    entries = Entry.objects.filter(subject__in=list(subjects)).in_order()
    for subject, verb, at, facts in entries.values_list("subject", "verb", "at", "facts"):
        told[subject].append(Happened(verb, moment_text(at), facts_in(facts)))
    return told


def _gone() -> Iterator[Untold]:
    """Yield every visit that began in the ledger and is not here any more."""
    begun = Entry.objects.filter(verb__in=BEGIN)
    for entries in _slices(begun.only("subject")):
        subjects = {entry.subject for entry in entries}
        rows = Visit.objects.filter(pk__in=[int(one.partition(":")[2]) for one in subjects])
        for subject in sorted(subjects - {visit.subject for visit in rows.only("pk")}):
            yield Untold("visit_gone", {"visit": subject})


def _numbers() -> Iterator[Untold]:
    """Yield where the number given last is not the highest anybody holds (promise P8)."""
    same = {"site": OuterRef("site"), "day": OuterRef("day"), "prefix": OuterRef("prefix")}
    highest = Visit.objects.filter(**same).values("site").annotate(n=Max("number")).values("n")
    given = Given.objects.annotate(most=Coalesce(Subquery(highest), 0)).exclude(last=F("most"))
    for one in given.select_related("site").order_by("pk").iterator():
        facts = {"site": one.site.code, "day": str(one.day), "stands": str(one)}
        most = getattr(one, "most", 0)
        yield Untold("number_given", {**facts, "tells": f"{one.prefix}{most:03d}"})


def _slots() -> Iterator[Untold]:
    """Yield every slot that has not as many places taken as there are who have or hold one."""
    for slot in slots_miscounted().select_related("line__site").order_by("pk").iterator():
        facts = {"line": slot.line.subject, "slot": moment_text(slot.starts_at)}
        tells = str(getattr(slot, "told", 0))
        yield Untold("slot_taken", {**facts, "stands": str(slot.taken), "tells": tells})


def _desks() -> Iterator[Untold]:
    """Yield whoever sat at a window, or left it, without an entry that says so."""
    for desks in _slices(Desk.objects.select_related("window__site", "person")):
        told = _sat({desk.window.subject for desk in desks})
        for desk in desks:
            for verb, at in (("desk.signed_on", desk.since), ("desk.signed_off", desk.until)):
                who = {(desk.window.subject, verb, at, one) for one in (desk.person.badge, NIGHT)}
                if at and not who & told:
                    facts = {"window": desk.window.subject, "badge": desk.person.badge}
                    yield Untold("desk", {**facts, "at": moment_text(at), "verb": verb})


def _sat(windows: Iterable[str]) -> set[tuple[str, str, datetime, str]]:
    entries = Entry.objects.filter(
        subject__in=list(windows), verb__in=["desk.signed_on", "desk.signed_off"]
    )
    told = entries.values_list("subject", "verb", "at", "facts").iterator()
    return {(subject, verb, at, _who_sat(facts_in(f))) for subject, verb, at, f in told}


def _turns() -> Iterator[Untold]:
    """Yield every call for which somebody else was next and no reason was written down (promise
    P9), and, as what is no fault, every day whose line cannot be played again."""
    for site, day, again in replayed_days():
        where = {"site": site.code, "day": str(day)}
        if not again.whole:
            yield Untold("turns_unknown", where)
        for call in again.wrong:
            facts = {"visit": call.visit, "window": call.window, "at": moment_text(call.at)}
            yield Untold("called_out_of_turn", {**facts, **where})


def _who_sat(facts: Mapping[str, object]) -> str:
    """Return whose desk an entry tells of: of who signed, or was signed off by somebody else."""
    return str(facts.get("left", facts.get("by", NIGHT)))


def _slices(rows: "QuerySet[M]") -> Iterator[list[M]]:
    last, many = 0, SLICE
    while many == SLICE:
        found = list(rows.filter(pk__gt=last).order_by("pk")[:SLICE])
        many = len(found)
        if found:
            yield found
            last = found[-1].pk
