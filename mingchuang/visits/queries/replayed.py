"""What the ledger tells of a day at a site, in the order it was written.

A call is free for what its window takes in at that moment, not for what it took in when somebody
sat down, so both entries tell it: `desk.signed_on`, and the one on every change of a window in the
administration. The newest of them holds. Written into `visit.called` it would be one statement
more in every call, and not tell of the other windows, on which depends who may call. Where no
entry tells it, as before there were any, it is as now; so are the items of lines.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from mingchuang.hall.models import ServiceItem, Site, Window
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
CALLED = "visit.called"
TAKES = ("desk.signed_on", "hall.added", "hall.changed")
CHANGED = "visit.channel_changed"


def called_out_of_turn(site: Site, day: date) -> list[str]:
    """Return the visits that were called at this site on this day though somebody else was next,
    and no reason was written down: none, if the hall kept its rule (promise P9)."""
    return out_of_turn(_told(site, day))


def _told(site: Site, day: date) -> Iterator[Told]:
    visits = Visit.objects.filter(site=site, day=day).select_related("line__site")
    visits = visits.prefetch_related("items")
    known = {visit.subject: visit for visit in visits}
    skills, since = _skills_before(site, day), dict[str, datetime]()
    takes = Q(subject__in=list(skills.windows), verb__in=TAKES, facts__has_key="items")
    of_the_day = Entry.objects.filter(at__date=day).order_by("pk")
    entries = of_the_day.filter(Q(subject__startswith="visit:") | takes)
    green = {who: visit.green for who, visit in known.items()} | _green_before(entries)
    waiting: dict[str, Entry] = {}
    for entry in entries.iterator():
        again = []
        if entry.subject in known:
            since[entry.subject] = _since(entry, since.get(entry.subject, entry.at))
            green[entry.subject] = entry.facts.get("new", green[entry.subject])
            again = [entry]
            if entry.verb in JOINED:
                waiting[entry.subject] = entry
            elif entry.verb in LEFT | {CALLED}:
                waiting.pop(entry.subject, None)
        elif entry.subject in skills.windows and (now := _taking(skills, entry)) is not skills:
            skills, again = now, list(waiting.values())
        for one in again:
            stands = since[one.subject], bool(green[one.subject])
            yield from _happened(one, known[one.subject], stands, skills)


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
    elif entry.verb == CALLED:
        called = skills.lines_of(facts["window"])
        yield Called(who, facts["window"], called, entry.at, "reason" in facts)
    elif entry.verb in LEFT:
        yield Left(who)


def _skills_before(site: Site, day: date) -> Skills[str]:
    """Return what the lines and windows of a site are for, as it was told before this day."""
    lines = Line.objects.filter(site=site).select_related("site").prefetch_related("items")
    windows = site.windows.select_related("site").prefetch_related("items")
    skills = Skills(
        {line.subject: _items_of(line) for line in lines},
        {window.subject: _items_of(window) for window in windows},
    )
    told = Entry.objects.filter(subject__in=list(skills.windows), verb__in=TAKES)
    told = told.filter(at__date__lt=day, facts__has_key="items").order_by()
    newest = told.values("subject").annotate(newest=Max("pk")).values("newest")
    for entry in Entry.objects.filter(pk__in=newest):
        skills = _taking(skills, entry)
    return skills


def _taking(skills: Skills[str], entry: Entry) -> Skills[str]:
    """Return what the windows are for once this was told of one of them."""
    items = ServiceItem.objects.filter(code__in=entry.facts["items"])
    return skills.taking(entry.subject, frozenset(items.values_list("pk", flat=True)))


def _items_of(one: Line | Window) -> frozenset[int]:
    return frozenset(item.pk for item in one.items.all())
