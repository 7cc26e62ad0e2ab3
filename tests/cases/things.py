"""Plain builders of found and lost things; they call the real actions."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from mingchuang.cases.actions.found import announce_item, give_back, register_item
from mingchuang.cases.actions.handovers import hand_over_items
from mingchuang.cases.actions.lost import match_report, report_lost
from mingchuang.cases.models import Claim, FoundItem, Handover, LostItem
from mingchuang.cases.rules.found import Claimed, Found
from mingchuang.cases.rules.lost import Lost
from mingchuang.hall.models import Site
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_person, the_holder, the_town
from tests.hall.build import a_site

_serial = count(1)
AN_HOUR = timedelta(hours=1)
FEATURES = "黑色长柄伞，木头弯把，伞套上绣了一朵梅花"


def a_hall(**given: Any) -> Site:
    """A site of the town itself."""
    return a_site(f"found-{next(_serial)}", **{"unit": the_town(), **given})


def a_keeper(site: Site) -> Person:
    """Who takes in and gives out what was found at this site."""
    return the_holder(Role.RECEPTION, site.unit)


def another_keeper(site: Site) -> Person:
    return a_person(Role.RECEPTION, unit=site.unit)


def what_was_found(**given: Any) -> Found:
    plain = {"kind": "umbrella", "place": "一楼取号机旁", "found_at": MONDAY - AN_HOUR}
    return Found(**{**plain, "features": FEATURES, "shelf": "B 柜第 3 格", **given})


def an_item(
    site: Site | None = None, *, at: datetime = MONDAY, announced: bool = False, **given: Any
) -> FoundItem:
    """A thing that was handed in an hour after it was found, with a colleague standing by."""
    site = site or a_hall()
    said = what_was_found(**{"found_at": at - AN_HOUR, **given})
    by, witness = a_keeper(site), another_keeper(site).badge
    key = f"found-{next(_serial):026d}"
    item = register_item(site, said, key=key, by=by, at=at, witness=witness)
    return announce_item(item.number, by=by, at=at) if announced else item


def what_was_lost(**given: Any) -> Lost:
    plain = {"kind": "umbrella", "lost_on": MONDAY.date(), "place": "取号机旁边"}
    return Lost(**{**plain, "description": "黑色长柄伞，弯把是木头的", **given})


def a_report(site: Site | None = None, *, at: datetime = MONDAY, **given: Any) -> LostItem:
    key = f"lost-{next(_serial):027d}"
    lost_on: date = given.pop("lost_on", at.date())
    return report_lost(what_was_lost(lost_on=lost_on, **given), site=site, key=key, at=at)


def a_matched_report(item: FoundItem, *, at: datetime = MONDAY, **given: Any) -> LostItem:
    """A report whose loser was told that it may be this thing."""
    report = a_report(item.site, at=at, **given)
    return match_report(report.number, item.number, by=a_keeper(item.site), at=at)


def what_is_claimed(**given: Any) -> Claimed:
    plain: dict[str, Any] = {"name": "王秀英", "phone": "13812345678", "proof": "id_card"}
    plain["signed"] = True
    plain["mandated"] = bool(given.get("principal"))
    return Claimed(**{**plain, "said": "黑伞，弯把，套上有梅花", **given})


def returned(item: FoundItem, *, at: datetime = MONDAY, **given: Any) -> Claim:
    """The thing went back to its owner."""
    by, witness = a_keeper(item.site), another_keeper(item.site).badge
    report = given.pop("report", "")
    claimed = what_is_claimed(**given)
    return give_back(item.number, claimed, by=by, at=at, witness=witness, report=report)


def handed_over(
    *items: FoundItem, at: datetime = MONDAY, to: str = "police", officer: str = "李建国"
) -> Handover:
    """These things went to the police on one list."""
    site = items[0].site
    return hand_over_items(
        site,
        [item.number for item in items],
        to=to,
        office="江滨派出所",
        officer=officer,
        badge="012345",
        witness=another_keeper(site).badge,
        key=f"list-{next(_serial):027d}",
        by=a_keeper(site),
        at=at,
    )
