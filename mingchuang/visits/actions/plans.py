"""Plans of windows: asked for by a supervisor, made beside the pages, kept to be looked at."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mingchuang.ledger.actions import record
from mingchuang.people.models import Person
from mingchuang.visits.models import Plan
from mingchuang.visits.queries.plans import line_planned_by
from mingchuang.visits.rules.making import Making


@transaction.atomic
def ask_plan(line: int, *, kind: str, share: int, minutes: int, by: Person, at: datetime) -> Plan:
    """Ask how many windows a line needs on such a day. The same asked again while it waits is the
    same plan."""
    wanted: dict[str, Any] = {"kind": kind, "share": share, "minutes": minutes}
    place = line_planned_by(by, line)
    if waiting := Plan.objects.filter(line=place, state=Making.WAITING, **wanted).first():
        return waiting
    plan = Plan.objects.create(line=place, by=by, at=at, state=Making.WAITING, **wanted)
    record("plan.begun", plan.subject, at=at, line=place.subject, by=by.badge, **wanted)
    return plan


@transaction.atomic
def keep_plan(plan: Plan, facts: Mapping[str, Any], *, at: datetime) -> Plan:
    """Keep what was found; without anything to plan from, say so."""
    plan.state = Making.MADE if facts else Making.NOT_MADE
    plan.facts, plan.made_at = dict(facts), at
    plan.save(update_fields=["state", "facts", "made_at"])
    days = facts.get("days", 0)
    record("plan.planned", plan.subject, at=at, digest="", days=days, made=bool(facts))
    return plan
