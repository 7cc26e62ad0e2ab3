"""A town to try things in. Everything in it is invented, and goes through the real doors."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, localtime

from mingchuang.cases.actions import callbacks, dispatch, handling, merging, privacy, reception
from mingchuang.cases.actions.intake import receive_submission
from mingchuang.cases.actions.knowledge import write_article
from mingchuang.cases.models import Case, DispatchRule, ReplyTemplate, Submission
from mingchuang.cases.rules.said import Said
from mingchuang.hall.actions import let_guides_be_found, load_profiles, load_shipped_calendars
from mingchuang.hall.models import Guide, Notice, OpeningHours, ServiceItem, Site, Window
from mingchuang.ledger.actions import record
from mingchuang.outward.actions._batches import bring_a_company
from mingchuang.outward.actions._council import let_residents_decide
from mingchuang.outward.actions._homes import go_to_homes
from mingchuang.outward.actions._inspections import inspect_halls
from mingchuang.outward.actions._owners import let_owners_decide
from mingchuang.outward.actions._things import let_things_be_lost
from mingchuang.outward.drawn import drawn
from mingchuang.people.actions.posts import give_post
from mingchuang.people.actions.staff import add_person
from mingchuang.people.actions.units import add_unit
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.slots import renew_slots
from mingchuang.visits.models import Line

Plan = Mapping[str, Any]
TOWN: Plan = json.loads((Path(__file__).parent / "town.json").read_text(encoding="utf-8"))
PASSWORD = "mingchuang-demo"  # noqa: S105  a demo town hides nothing
SAID = ("text", "kind", "place", "name", "phone", "confidential", "urgency")
AN_HOUR = timedelta(hours=1)
# A slot of an hour holds a family with several things to do.
STEP = 60


@transaction.atomic
def build_town(*, at: datetime) -> bool:
    """Put up the demo town; a town that already stands is left as it is."""
    if Unit.objects.exists():
        return False
    load_shipped_calendars(at=at)
    load_profiles(at=at)
    founded = at - timedelta(days=90)
    units = _units(at=founded)
    staff = _staff(units, at=founded)
    _hall(units, on=founded)
    _tables(units, on=founded)
    _lines(at=at)
    _articles(units, staff, at=founded)
    for plan in TOWN["cases"]:
        _play(plan, units, staff, now=at)
    let_residents_decide(units, staff, at=at)
    let_owners_decide(units, staff, at=at)
    let_things_be_lost(staff, at=at)
    bring_a_company(units, staff, at=at)
    go_to_homes(TOWN["homes"], staff, at=at)
    inspect_halls(TOWN["inspections"], staff, at=at)
    record("town.built", "town:demo", at=at)
    return True


def _units(*, at: datetime) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for code, name, kind, parent, name_en in TOWN["units"]:
        above = units[parent] if parent else None
        units[code] = add_unit(code, name, kind=kind, parent=above, name_en=name_en, at=at)
    return units


def _staff(units: Mapping[str, Unit], *, at: datetime) -> dict[str, Person]:
    staff: dict[str, Person] = {}
    for username, name, badge, posts in TOWN["staff"]:
        staff[username] = add_person(username, name, badge=badge, password=PASSWORD, at=at)
        for role, unit in posts:
            give_post(staff[username], units[unit], Role(role), at=at)
    return staff


def _hall(units: Mapping[str, Unit], *, on: datetime) -> None:
    for code, name, unit, address, phone, weekdays, saturdays in TOWN["sites"]:
        told = {"code": code, "name": name, "address": address, "phone": phone}
        site = Site.objects.create(**told, unit=units[unit], names_on_cards=True)
        OpeningHours.objects.bulk_create(
            OpeningHours(
                site=site,
                weekday=day,
                opens=time.fromisoformat(opens),
                closes=time.fromisoformat(closes),
            )
            for day in range(6)
            for opens, closes in (weekdays if day < 5 else saturdays)
        )
    _items(units, on=on)
    for title, text in TOWN["notices"]:
        Notice.objects.create(title=title, text=text, since=on.date())


def _items(units: Mapping[str, Unit], *, on: datetime) -> None:
    for given in TOWN["items"]:
        plan = dict(given)
        item = ServiceItem.objects.create(
            code=plan.pop("code"),
            name=plan.pop("name"),
            unit=units[plan.pop("unit")],
            item_kind=plan.pop("kind"),
            audience=plan.pop("audience"),
        )
        Guide.objects.create(item=item, updated_on=on.date(), **plan)
        let_guides_be_found([item.pk], at=on)
    for site, number, name, items in TOWN["windows"]:
        window = Window.objects.create(site=Site.objects.get(code=site), number=number, name=name)
        window.items.set(ServiceItem.objects.filter(code__in=items))


def _lines(*, at: datetime) -> None:
    """What people come for in person, and the slots they can book from today on."""
    for site, prefix, name, items, minutes in TOWN["lines"]:
        line = Line.objects.create(
            site=Site.objects.get(code=site), prefix=prefix, name=name, minutes=minutes, step=STEP
        )
        line.items.set(ServiceItem.objects.filter(code__in=items))
    # Lines share windows: each has its part of their time once all are there.
    for line in Line.objects.order_by("pk"):
        renew_slots(line, localdate(at), many=line.days_ahead, at=at)


def _tables(units: Mapping[str, Unit], *, on: datetime) -> None:
    for matter, area, unit, basis in TOWN["catalogue"]:
        DispatchRule.objects.create(
            matter=matter, area=area, unit=units[unit], basis=basis, since=on.date()
        )
    for unit, title, text in TOWN["templates"]:
        ReplyTemplate.objects.create(unit=units[unit], title=title, text=text)


def _articles(units: Mapping[str, Unit], staff: Mapping[str, Person], *, at: datetime) -> None:
    """What the offices know; one article is to be looked over already."""
    for unit, who, title, text, public, days in TOWN["articles"]:
        given = {"title": title, "text": text, "unit": units[unit], "owner": staff[who]}
        given |= {"public": public, "review_on": (at + timedelta(days=days)).date()}
        write_article(given, by=staff[who], at=at)


class _Day:
    """The hours of one invented case: each step an hour after the last, never in the future."""

    def __init__(self, now: datetime, days: int) -> None:
        morning = localtime(now).replace(hour=8, minute=40, second=0, microsecond=0)
        self._now, self._next = now, morning - timedelta(days=days)

    def step(self, *, days: int = 0) -> datetime:
        self._next = min(self._next + AN_HOUR + timedelta(days=days), self._now)
        return self._next


def _play(
    plan: Plan, units: Mapping[str, Unit], staff: Mapping[str, Person], *, now: datetime
) -> None:
    day = _Day(now, plan["days"])
    said = {name: plan[name] for name in SAID if name in plan}
    said["photos"] = tuple(drawn(name) for name in plan.get("photos", ()))
    submission = receive_submission(
        Said(key=f"demo-town-{plan['key']}", **said), unit=units["YJ"], at=day.step()
    )
    clerk = staff["paidan"]
    if master := plan.get("merge"):
        into = Submission.objects.get(key=f"demo-town-{master}").case
        merging.merge_case(submission.number, into.number, by=clerk, at=day.step())
        return
    END.get(plan["to"], _handle)(submission.case, plan, units, staff, day)


def _wait(case: Case, *_: object) -> None:
    """Nothing happened to it yet."""


def _ask(case: Case, plan: Plan, units: Plan, staff: Plan, day: _Day) -> None:  # noqa: ARG001
    reception.ask_for_more(case.number, plan["ask"], by=staff["paidan"], at=day.step())


def _decline(case: Case, plan: Plan, units: Plan, staff: Plan, day: _Day) -> None:  # noqa: ARG001
    reception.decline_case(
        case.number, code=plan["code"], route=plan["route"], by=staff["paidan"], at=day.step()
    )


def _at_once(case: Case, plan: Plan, units: Plan, staff: Plan, day: _Day) -> None:  # noqa: ARG001
    reception.answer_at_once(
        case.number, plan["reply"], disposition="explained", by=staff["jieda"], at=day.step()
    )


def _accept(case: Case, plan: Plan, units: Plan, staff: Plan, day: _Day) -> None:  # noqa: ARG001
    reception.accept_case(case.number, by=staff["paidan"], at=day.step())


def _handle(case: Case, plan: Plan, units: Plan, staff: Plan, day: _Day) -> None:
    """Dispatch it, and go on as far as the plan says."""
    _accept(case, plan, units, staff, day)
    if case.confidential:
        words = {"title": case.title, "place": case.place, "text": plan["redacted"]}
        privacy.redact_submission(case.number, **words, by=staff["paidan"], at=day.step())
    dispatch.dispatch_case(case.number, units[plan["unit"]], by=staff["paidan"], at=day.step())
    if plan["to"] == "dispatched":
        return
    handler = next(
        person
        for username, _name, _badge, posts in TOWN["staff"]
        if ["handler", plan["unit"]] in posts
        for person in [staff[username]]
    )
    dispatch.acknowledge_case(case.number, by=handler, at=day.step())
    if "note" in plan:
        handling.contact_requester(case.number, plan["note"], by=handler, at=day.step())
    if plan["to"] in {"published", "archived"}:
        _answer(case, plan, staff, handler, day)


def _answer(case: Case, plan: Plan, staff: Plan, handler: Person, day: _Day) -> None:
    handling.reply_to_case(
        case.number, plan["reply"], disposition="done", by=handler, at=day.step(days=1)
    )
    handling.publish_reply(case.number, plan["headline"], by=handler, at=day.step())
    if plan["to"] == "archived":
        callbacks.record_callback(
            case.number,
            outcome="reached",
            solved=True,
            satisfied="yes",
            by=staff["huifang"],
            at=day.step(days=1),
        )


END: Mapping[str, Callable[..., None]] = {
    "received": _wait,
    "needs_info": _ask,
    "declined": _decline,
    "accepted": _accept,
    "at_once": _at_once,
}
