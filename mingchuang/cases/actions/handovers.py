"""What goes to the police, or to the State: on one list, seen by two."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.base.once import sent_twice_taken_once
from mingchuang.cases.actions._things import (
    keep,
    must_be_over,
    next_number,
    seen_by,
    take_step,
    the_other,
)
from mingchuang.cases.found_errors import NothingChosen
from mingchuang.cases.models.found import FoundItem, Handover
from mingchuang.cases.queries.found import item_for, sites_kept_by
from mingchuang.cases.rules.found import Fate
from mingchuang.hall.models import Site
from mingchuang.people.actions.requesters import add_requester
from mingchuang.people.models import Person

LETTERS = "QD"


@sent_twice_taken_once
@transaction.atomic
def hand_over_items(
    site: Site,
    numbers: Collection[str],
    *,
    to: str,
    office: str,
    officer: str,
    badge: str,
    witness: str,
    key: str,
    by: Person,
    at: datetime,
) -> Handover:
    """Give things to the police at any time, or to the State once the year of each is over: all on
    the list or none. Sent twice with one key, it is one list."""
    if earlier := Handover.objects.filter(key=key).first():
        return earlier
    if not sites_kept_by(by).filter(pk=site.pk).exists():
        raise NotFound
    if not numbers:
        raise NothingChosen
    listed = Handover.objects.create(
        number=next_number(Handover, LETTERS, at=at),
        key=key,
        site=site,
        to=to,
        office=office,
        taker=add_requester(name=officer, at=at),
        taker_badge=badge,
        by=by,
        witness=the_other(witness, by=by),
        at=at,
    )
    for number in sorted(set(numbers)):
        _hand_over(number, listed, by=by, at=at)
    return listed


def _hand_over(number: str, listed: Handover, *, by: Person, at: datetime) -> None:
    item: FoundItem = item_for(by, number, lock=True)
    if item.site_id != listed.site_id:
        raise NotFound
    take_step(item, "found.handed_over")
    if listed.to == Fate.STATE:
        must_be_over(item, Fate.STATE, at=at)
    item.handover = listed
    told = {"handover": listed.number, "taker": listed.to, "by": by.badge}
    keep(item, "found.handed_over", "handover", at=at, **told, **seen_by(listed.witness))
