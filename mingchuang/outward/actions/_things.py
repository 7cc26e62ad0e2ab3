"""A lost property office for the demo town; every thing and everybody in it is invented."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.timezone import localdate

from mingchuang.cases.actions.found import (
    announce_item,
    dispose_item,
    give_back,
    refuse_claim,
    register_item,
)
from mingchuang.cases.actions.found_mending import take_back
from mingchuang.cases.actions.found_papers import keep_claim_papers
from mingchuang.cases.actions.handovers import hand_over_items
from mingchuang.cases.actions.lost import match_report, report_lost, withdraw_report
from mingchuang.cases.models import FoundItem, LostItem
from mingchuang.cases.queries.lost import code_of
from mingchuang.cases.rules.found import Claimed, Found
from mingchuang.cases.rules.lost import Lost
from mingchuang.hall.models import Site
from mingchuang.outward.drawn import drawn
from mingchuang.people.models import Person

Plan = Mapping[str, Any]
THINGS: Plan = json.loads((Path(__file__).parent / "things.json").read_text(encoding="utf-8"))
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


class Office(NamedTuple):
    """Who keeps what was found, what is looked for, and when it is now."""

    by: Person
    witness: Person
    site: Site
    reports: Mapping[str, LostItem]
    at: datetime


def let_things_be_lost(staff: Mapping[str, Person], *, at: datetime) -> None:
    """Let people lose things and find them; some go back, some to the police."""
    site = Site.objects.get(code=THINGS["site"])
    reports = {plan["key"]: _report(plan, site, at=at) for plan in THINGS["lost"]}
    office = Office(staff[THINGS["by"]], staff[THINGS["witness"]], site, reports, at)
    found = {plan["key"]: _found(plan, office) for plan in THINGS["found"]}
    for plan in THINGS["found"]:
        for deed in plan.get("then", ()):
            THEN[deed](found[plan["key"]], plan, office)
    listed = THINGS["list"]
    hand_over_items(
        site,
        [found[key].number for key in listed["things"]],
        to="police",
        office=listed["office"],
        officer=listed["officer"],
        badge=listed["badge"],
        witness=office.witness.badge,
        key="demo-town-list",
        by=office.by,
        at=at - A_DAY,
    )


def _report(plan: Plan, site: Site, *, at: datetime) -> LostItem:
    then = at - plan["days"] * A_DAY
    what = (plan["kind"], localdate(then), plan["place"], plan["description"])
    key = f"demo-town-{plan['key']}"
    said = Lost(*what, *plan["who"])
    report = report_lost(said, site=site if plan["here"] else None, key=key, at=then)
    if plan.get("withdrawn"):
        withdraw_report(report.number, code_of(report), at=then + A_DAY)
    return report


def _found(plan: Plan, office: Office) -> FoundItem:
    then = office.at - plan["days"] * A_DAY
    what = (plan["kind"], plan["place"], then - AN_HOUR, plan["features"], plan["shelf"])
    said = Found(*what, cents=plan.get("cents", 0), name=plan.get("finder", ""))
    who = {"key": f"demo-town-{plan['key']}", "witness": office.witness.badge}
    item = register_item(office.site, said, by=office.by, at=then, **who)
    if plan["announced"]:
        announce_item(item.number, by=office.by, at=min(then + AN_HOUR, office.at))
    return item


def _match(item: FoundItem, plan: Plan, office: Office) -> None:
    report = office.reports[plan["report"]].number
    match_report(report, item.number, by=office.by, at=office.at - 2 * AN_HOUR)


def _refuse(item: FoundItem, plan: Plan, office: Office) -> None:
    claimed = Claimed(plan["refused"][0], "", "", plan["refused"][1])
    at = office.at - 2 * AN_HOUR
    refuse_claim(item.number, claimed, "features", by=office.by, at=at)


def _give_back(item: FoundItem, plan: Plan, office: Office) -> None:
    name, said, principal = plan["claim"]
    claimed = Claimed(name, "", "id_card", said, principal, mandated=bool(principal), signed=True)
    who = {"witness": office.witness.badge}
    who |= {"report": office.reports[plan["report"]].number} if "report" in plan else {}
    give_back(item.number, claimed, by=office.by, at=office.at - AN_HOUR, **who)


def _keep_paper(item: FoundItem, plan: Plan, office: Office) -> None:
    keep_claim_papers(item.number, (drawn(plan["paper"]),), by=office.by, at=office.at - AN_HOUR)


def _take_back(item: FoundItem, _plan: Plan, office: Office) -> None:
    witness = office.witness.badge
    take_back(item.number, "wrong_person", by=office.by, at=office.at, witness=witness)


def _dispose(item: FoundItem, _plan: Plan, office: Office) -> None:
    dispose_item(item.number, by=office.by, at=office.at - AN_HOUR)


THEN: Mapping[str, Callable[[FoundItem, Plan, Office], None]] = {
    "match": _match,
    "refuse": _refuse,
    "give back": _give_back,
    "keep paper": _keep_paper,
    "take back": _take_back,
    "dispose": _dispose,
}
