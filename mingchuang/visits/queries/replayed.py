"""What the ledger tells of a day at a site, in the order it was written."""

from collections.abc import Iterator
from datetime import date

from mingchuang.hall.models import Site
from mingchuang.ledger.models import Entry
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.rules.replayed import Called, Joined, Left, Told, out_of_turn

JOINED = {"visit.issued", "visit.checked_in", "visit.came_back", "visit.passed_on"}
LEFT = {"visit.called", "visit.missed", "visit.cancelled"}
# A window's lines as they are now.
Lines = dict[str, frozenset[str]]


def called_out_of_turn(site: Site, day: date) -> list[str]:
    """Return the visits that were called at this site on this day though somebody else was next,
    and no reason was written down: none, if the hall kept its rule (promise P9)."""
    return out_of_turn(_told(site, day))


def _told(site: Site, day: date) -> Iterator[Told]:
    visits = Visit.objects.filter(site=site, day=day).select_related("line__site")
    known = {visit.subject: visit for visit in visits}
    lines = _lines_of_windows(site)
    entries = Entry.objects.filter(subject__startswith="visit:", at__date=day).order_by("pk")
    for entry in entries.iterator():
        if visit := known.get(entry.subject):
            yield from _happened(entry, visit, lines)


def _happened(entry: Entry, visit: Visit, lines: Lines) -> Iterator[Told]:
    facts, who = entry.facts, visit.subject
    if entry.verb in JOINED and visit.stands_since is not None:
        line = facts.get("line", visit.line.subject)
        only = facts.get("window", "") if entry.verb == "visit.passed_on" else ""
        yield Joined(who, line, bool(visit.green), visit.stands_since, visit.pk, only)
    elif entry.verb == "visit.called" and "reason" not in facts:
        yield Called(who, facts["window"], lines[facts["window"]], entry.at)
    elif entry.verb in LEFT:
        yield Left(who)


def _lines_of_windows(site: Site) -> Lines:
    found: dict[str, set[str]] = {}
    for line in (
        Line.objects.filter(site=site)
        .select_related("site")
        .prefetch_related("items__windows__site")
    ):
        for item in line.items.all():
            for window in item.windows.all():
                found.setdefault(window.subject, set()).add(line.subject)
    return {window: frozenset(lines) for window, lines in found.items()}
