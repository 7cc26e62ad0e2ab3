"""What changes the hall's own tables: the statutory calendar and the time-limit profiles."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from mingchuang.hall.models import CalendarDay, CalendarYear, Guide, TimeLimit
from mingchuang.hall.models.limits import SPANS
from mingchuang.hall.queries import (
    GUIDES,
    guides_of,
    guides_under_old_names,
    names_of_unit,
    words_of,
)
from mingchuang.hall.rules.table import CalendarTable, parse_calendar
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person

ROOM = Path(__file__).parent
CALENDARS = ROOM / "calendars"
PROFILES = ROOM / "profiles.json"
# So many guides are found anew at one look.
SOME = 100


@transaction.atomic(savepoint=False)
def load_calendar(table: CalendarTable, *, at: datetime, by: Person | None = None) -> bool:
    """Put one year of the statutory calendar in force, in place of what was loaded for it.

    Returns whether anything changed: the same table again changes and records nothing. Loaded
    from the shell, nobody signs (`by` is None).
    """
    if CalendarYear.objects.filter(year=table.year, version=table.version).exists():
        return False
    head = {
        "source": table.source,
        "retrieved_on": table.retrieved,
        "version": table.version,
        "loaded_at": at,
    }
    year, _made = CalendarYear.objects.update_or_create(year=table.year, defaults=head)
    year.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar=year, day=day, kind=mark.kind, name=mark.name)
        for day, mark in table.marks
    )
    record(
        "calendar.loaded",
        f"calendar:{table.year}",
        at=at,
        version=table.version,
        source=table.source,
        days=len(table.marks),
        **({"by": by.badge} if by else {}),
    )
    return True


@transaction.atomic(savepoint=False)
def load_shipped_calendars(*, at: datetime) -> int:
    """Load every year that comes with the software and is missing; return how many were.

    A year the deployment loaded itself is never replaced.
    """
    present = set(CalendarYear.objects.values_list("year", flat=True))
    missing = [p for p in sorted(CALENDARS.glob("*.txt")) if int(p.stem) not in present]
    tables = (parse_calendar(path.read_text(encoding="utf-8")) for path in missing)
    return sum(load_calendar(t, at=at) for t in tables if isinstance(t, CalendarTable))


@transaction.atomic(savepoint=False)
def load_profiles(*, at: datetime) -> int:
    """Load every time-limit profile that comes with the software and is missing, and of those that
    are there the kinds they do not know yet.

    What is there stays as the deployment changed it. Returns of how many something was loaded.
    """
    shipped = json.loads(PROFILES.read_text(encoding="utf-8"))
    present = set(TimeLimit.objects.values_list("profile", "kind"))
    loaded = 0
    for name, profile in shipped.items():
        limits = [
            _limit(name, profile["source"], kind, row)
            for row in profile["rows"]
            for kind in row["kinds"]
            if (name, kind) not in present
        ]
        if limits:
            TimeLimit.objects.bulk_create(limits)
            facts = {"source": profile["source"], "limits": len(limits)}
            record("profile.loaded", f"profile:{name}", at=at, **facts)
            loaded += 1
    return loaded


@transaction.atomic(savepoint=False)
def let_guides_be_found(items: Iterable[int], *, at: datetime) -> None:  # noqa: ARG001
    """Let the guides of these service items be found by the words that stand in them now."""
    guides = list(guides_of(items))
    GUIDES.put({guide.item_id: words_of(guide) for guide in guides})
    for guide in guides:
        guide.found_under = names_of_unit(guide)
    Guide.objects.bulk_update(guides, ["found_under"])


@transaction.atomic
def let_renamed_units_be_found(*, at: datetime) -> int:
    """Let guides be found by what their unit is called now, and by its old name no more.

    Returns how many there were; called by whoever follows, because a unit knows of no guides.
    """
    items = list(guides_under_old_names().values_list("item", flat=True)[:SOME])
    let_guides_be_found(items, at=at)
    return len(items)


def _limit(profile: str, source: str, kind: str, row: dict[str, Any]) -> TimeLimit:
    parts = {}
    for part in SPANS:
        parts[f"{part}_amount"], parts[f"{part}_measure"] = row[part]
    return TimeLimit(
        profile=profile,
        source=source,
        kind=kind,
        urgency=row["urgency"],
        start_rule=row["start_rule"],
        extension_times=row["extension_times"],
        assumed=row["assumed"],
        **parts,
    )
