"""What the lines and windows of a hall were for, as the ledger tells it from entry to entry.

A call is free for what its window takes in at that moment, and its line is for, not for what is
so today. Signing on tells it of a window, and so does each change of a window in the
administration and of a line on its page. Written into `visit.called` it would be one statement
more in every call, and not tell of the other windows, on which depends who may call. Where no
entry tells it, it is as a later one says that was no change, or as now.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from mingchuang.cases.queries.audit import facts_in
from mingchuang.hall.models import Site, Window
from mingchuang.ledger.models import Entry
from mingchuang.visits.models import Line
from mingchuang.visits.rules.skills import Skills
from mingchuang.visits.rules.taken import Kind, Taken, Telling, taken

KINDS: Mapping[str, Kind] = {
    "desk.signed_on": Kind.STATES,
    "hall.added": Kind.BEGINS,
    "hall.changed": Kind.CHANGES,
    "hall.removed": Kind.ENDS,
    "line.added": Kind.BEGINS,
    "line.changed": Kind.CHANGES,
    "line.retired": Kind.ENDS,
    "line.applied": Kind.STATES,
}


class Codes(dict[str, int]):
    """A key for each service item ever told of, also of those that are gone."""

    def __missing__(self, code: str) -> int:
        self[code] = len(self)
        return self[code]

    def told_in(self, facts: Mapping[str, object]) -> frozenset[int] | None:
        """Return the items an entry tells; None: it tells none."""
        items = facts.get("items")
        return frozenset(self[str(code)] for code in items) if isinstance(items, list) else None


@dataclass
class Hall:
    """What the lines and windows of a site are for at a moment, and what is told after it."""

    skills: Skills[str]
    unknown: set[str]
    coming: deque[Taken]

    def until(self, entry: int) -> bool:
        """Let hold what was told before this entry, and say whether that changed anything."""
        before = self.skills
        while self.coming and self.coming[0].pk < entry:
            self._hear(self.coming.popleft())
        return self.skills is not before

    def _hear(self, told: Taken) -> None:
        if told.items is None:
            self.unknown.add(told.of)
        else:
            self.unknown.discard(told.of)
            takes = self.skills.taking if _is_window(told.of) else self.skills.being_for
            self.skills = takes(told.of, told.items)


def tellings_by_site(codes: Codes) -> Mapping[str, Sequence[Telling]]:
    """Return what was ever told of the lines and windows of each site, by its code: one pass, and
    nothing twice that only says what was said before."""
    found: dict[str, list[Telling]] = defaultdict(list)
    said: dict[str, frozenset[int] | None] = {}
    theirs = Q(subject__startswith="window:") | Q(subject__startswith="line:")
    entries = Entry.objects.filter(theirs, verb__in=KINDS).order_by("pk")
    for pk, subject, verb, kept in entries.values_list("pk", "subject", "verb", "facts").iterator():
        facts = facts_in(kept)
        kind, items = _kind(verb, facts), codes.told_in(facts)
        if kind is not Kind.STATES or items is None or said.get(subject) != items:
            found[_site_of(subject)].append(Telling(pk, subject, kind, items))
            said[subject] = None if kind is Kind.ENDS else items
    return found


def hall_before(site: Site, tellings: Sequence[Telling], codes: Codes) -> Hall:
    """Return a site as it was before anything was told of it."""
    lines = Line.objects.filter(site=site).select_related("site").prefetch_related("items")
    windows = site.windows.select_related("site").prefetch_related("items")
    there: list[Line | Window] = [*lines, *windows]
    now = {one.subject: frozenset(codes[code] for code in one.codes) for one in there}
    known, coming = taken(tellings, now)
    told = {subject: items or frozenset() for subject, items in known.items()}
    skills = Skills(
        {subject: items for subject, items in told.items() if not _is_window(subject)},
        {subject: items for subject, items in told.items() if _is_window(subject)},
    )
    unknown = {subject for subject, items in known.items() if items is None}
    return Hall(skills, unknown, deque(coming))


def _kind(verb: str, facts: Mapping[str, object]) -> Kind:
    """Return what an entry says; a line that was changed names what, and may be for the same."""
    fields = facts.get("fields")
    if verb == "line.changed" and isinstance(fields, list) and "items" not in fields:
        return Kind.STATES
    return KINDS[verb]


def _is_window(subject: str) -> bool:
    return subject.startswith("window:")


def _site_of(subject: str) -> str:
    """Return the code of the site: north of `window:north-3`."""
    return subject.partition(":")[2].rpartition("-")[0]
