"""What the ledger tells of a day at a site, in the order it was written."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet

from mingchuang.hall.models import Site, Window
from mingchuang.ledger.models import Entry
from mingchuang.visits.models import Line, Visit
from mingchuang.visits.rules.replayed import Called, Changed, Joined, Left, Told, out_of_turn
from mingchuang.visits.rules.skills import Skills

# Who took a number on the phone stands in the line once they are there.
JOINED = {
    "visit.issued",
    "visit.checked_in",
    "visit.arrived",
    "visit.came_back",
    "visit.passed_on",
    "visit.freed",
}
LEFT = {"visit.missed", "visit.cancelled"}
CHANGED = "visit.channel_changed"


def called_out_of_turn(site: Site, day: date) -> list[str]:
    """Return the visits that were called at this site on this day though somebody else was next,
    and no reason was written down: none, if the hall kept its rule (promise P9)."""
    return out_of_turn(_told(site, day))


def _told(site: Site, day: date) -> Iterator[Told]:
    visits = Visit.objects.filter(site=site, day=day).select_related("line__site")
    visits = visits.prefetch_related("items")
    known = {visit.subject: visit for visit in visits}
    skills, since = _skills_of(site), dict[str, datetime]()
    entries = Entry.objects.filter(subject__startswith="visit:", at__date=day).order_by("pk")
    green = {who: visit.green for who, visit in known.items()} | _green_before(entries)
    for entry in entries.iterator():
        if visit := known.get(entry.subject):
            since[entry.subject] = _since(entry, since.get(entry.subject, entry.at))
            green[entry.subject] = entry.facts.get("new", green[entry.subject])
            stands = since[entry.subject], bool(green[entry.subject])
            yield from _happened(entry, visit, stands, skills)


def _green_before(entries: QuerySet[Entry]) -> dict[str, str]:
    """Return by which channel those went, until it was changed, whose channel was."""
    changed = entries.filter(verb=CHANGED).reverse()
    return {entry.subject: entry.facts["old"] for entry in changed}


def _since(entry: Entry, before: datetime) -> datetime:
    """Return since when somebody stands: as it was written, else as before."""
    written = entry.facts.get("since")
    return datetime.fromisoformat(written) if written else before


def _happened(
    entry: Entry, visit: Visit, stands: tuple[datetime, bool], skills: Skills[str]
) -> Iterator[Told]:
    facts, who, (since, green) = entry.facts, visit.subject, stands
    if entry.verb in JOINED and "back_by" not in facts:
        line = facts.get("line", visit.line.subject)
        only = skills.only(line, frozenset(item.pk for item in visit.items.all()))
        if entry.verb == "visit.passed_on" and "window" in facts:
            only = frozenset({facts["window"]})
        yield Joined(who, line, green, since, visit.pk, only)
    elif entry.verb == CHANGED:
        yield Changed(who, green)
    elif entry.verb == "visit.called":
        called = skills.lines_of(facts["window"])
        yield Called(who, facts["window"], called, entry.at, "reason" in facts)
    elif entry.verb in LEFT:
        yield Left(who)


def _skills_of(site: Site) -> Skills[str]:
    """Return what the lines and windows of a site are for, as it is now."""
    lines = Line.objects.filter(site=site).select_related("site").prefetch_related("items")
    windows = site.windows.select_related("site").prefetch_related("items")
    return Skills(
        {line.subject: _items_of(line) for line in lines},
        {window.subject: _items_of(window) for window in windows},
    )


def _items_of(one: Line | Window) -> frozenset[int]:
    return frozenset(item.pk for item in one.items.all())
