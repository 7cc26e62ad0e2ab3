"""Home visits of the demo town: one done, one agreed on, one just asked for; all invented."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import localdate

from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.visits.actions.homes import Pair, arrange, ask_for_home_visit, finish_home_visit
from mingchuang.visits.rules.homes import Wanted, Window

Plan = Mapping[str, Any]
SITE, ITEM = "civic-centre", "pension-transfer"
# The two who go, and between when they ring the bell.
PAIR, MORNING = ("chuang3", "chuang4"), (time(9), time(11))
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


def go_to_homes(plans: Iterable[Plan], staff: Mapping[str, Person], *, at: datetime) -> None:
    """Let some ask that somebody comes to them; the plan says how far it has come."""
    site = Site.objects.get(code=SITE)
    first, second = (staff[name] for name in PAIR)
    for plan in plans:
        then = at - plan["days"] * A_DAY
        who = Wanted(plan["category"], plan["name"], plan["phone"], plan["address"])
        key = f"demo-town-home-{plan['days']}"
        visit = ask_for_home_visit(site, ITEM, who, key=key, at=then)
        if plan["then"] == "asked":
            continue
        day = localdate(then + 2 * A_DAY)
        pair = Pair(first.pk, second.pk)
        arrange(visit.pk, pair, Window(day, *MORNING), by=first, at=min(then + AN_HOUR, at))
        if plan["then"] == "done":
            finish_home_visit(visit.pk, by=first, at=then + 3 * A_DAY)
