"""Plans of windows: whose line one may plan, and what waits to be made. Fetching is authorising."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line, Plan
from mingchuang.visits.queries.lines import lines_held_by, open_days, windows_shared
from mingchuang.visits.rules.demand import HALF_HOUR
from mingchuang.visits.rules.making import Making
from mingchuang.visits.rules.plan import day_like
from mingchuang.visits.rules.slots import parts_on_duty

# A large line takes half a minute, and others may stand before it.
PATIENCE = timedelta(minutes=2)


def lines_planned_by(person: Person) -> QuerySet[Line]:
    """Return the lines in use at the sites whose units this person supervises."""
    return lines_held_by(person, Role.SUPERVISOR)


def line_planned_by(person: Person, pk: int) -> Line:
    line = lines_planned_by(person).filter(pk=pk).first()
    if line is None:
        raise NotFound
    return line


def plans_of(person: Person) -> QuerySet[Plan]:
    """Return the plans of the lines this person supervises, the newest first."""
    plans = Plan.objects.filter(line__in=lines_planned_by(person))
    return plans.select_related("line__site", "by").order_by("-pk")


def plan_for(person: Person, pk: int) -> Plan:
    plan = plans_of(person).filter(pk=pk).first()
    if plan is None:
        raise NotFound
    return plan


def next_plan() -> Plan | None:
    """Return the plan that has waited longest to be made."""
    waiting = Plan.objects.filter(state=Making.WAITING).select_related("line__site")
    return waiting.order_by("at", "pk").first()


def on_rota(line: Line, kind: str, now: datetime) -> Mapping[int, Fraction]:
    """Return how many windows of a line are on duty in each half hour of the next such day: by
    their rota, or with the doors. A window that is there for a part of it counts; one that serves
    other lines too counts for its part, as slots count it."""
    day = open_days(line, day_like(kind, localdate(now)), 1)[0]
    found: dict[int, Fraction] = defaultdict(Fraction)
    for shift, lines in parts_on_duty(windows_shared(line), day.like, day.shifts):
        for half in _halves(*shift):
            found[half] += Fraction(1, lines)
    return found


def _halves(since: time, until: time) -> range:
    first, last = (clock.hour * 60 + clock.minute for clock in (since, until))
    return range(first // HALF_HOUR, -(-last // HALF_HOUR))


def is_left_alone(plan: Plan, now: datetime) -> bool:
    """Say whether a plan has waited so long that nobody seems to be making any."""
    if plan.state != Making.WAITING or now - plan.at < PATIENCE:
        return False
    newest = Plan.objects.filter(made_at__isnull=False).order_by("-made_at").first()
    return newest is None or newest.made_at is None or now - newest.made_at > PATIENCE
