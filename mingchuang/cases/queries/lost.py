"""What is looked for, who may know of it, and what it may be. Fetching is authorising."""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.base.numbers import as_typed
from mingchuang.cases.errors import WrongReceipt
from mingchuang.cases.models.found import FoundItem
from mingchuang.cases.models.lost import Claim, LostItem
from mingchuang.cases.queries.audit import facts_in
from mingchuang.cases.queries.found import sites_kept_by
from mingchuang.cases.rules.found import State
from mingchuang.cases.rules.lost import (
    EARLIEST,
    LATEST,
    SEARCHED_FOR,
    Likeness,
    Search,
    Traits,
    is_likely,
    kin_of,
    likeness,
    without_days,
)
from mingchuang.cases.rules.said import number_typed, receipt_code
from mingchuang.ledger.models import Entry
from mingchuang.people.fields import phone_index
from mingchuang.people.keyring import index_key
from mingchuang.people.models import Person

# So many are compared at most, and so many shown.
COMPARED, SHOWN = 300, 8


def code_of(lost: LostItem) -> str:
    """Return the secret half of the report, for who made it; it is stored nowhere."""
    return receipt_code(index_key(), lost.key)


def lost_of(number: str, code: str, *, lock: bool = False) -> LostItem:
    """Return the report if number and code fit; lock it if it changes.

    A wrong number and a wrong code get the same sentence and the same work.
    """
    numbered = LostItem.objects.filter(number=number_typed(number))
    pk, key = numbered.values_list("pk", "key").first() or (None, "")
    fits = hmac.compare_digest(as_typed(receipt_code(index_key(), key)), as_typed(code))
    if pk is None or not fits:
        raise WrongReceipt
    return _whole(LostItem.objects.filter(pk=pk), lock=lock)


def reports_of(person: Person, *, open_ones: bool = True) -> "QuerySet[LostItem]":
    """Return what was lost at this person's sites, or nobody knows where."""
    here = Q(site__in=sites_kept_by(person)) | Q(site=None)
    reports = LostItem.objects.filter(here).select_related("site", "match", "requester")
    return reports.open() if open_ones else reports


def report_for(person: Person, number: str, *, lock: bool = False) -> LostItem:
    """Return a report this person may work on; lock it if it changes."""
    return _whole(reports_of(person, open_ones=False).filter(number=number), lock=lock)


def _whole(reports: "QuerySet[LostItem]", *, lock: bool) -> LostItem:
    if lock:
        # Alone: what is joined to a row we waited for would be read as it was before.
        list(reports.select_for_update(of=("self",)).values_list("pk"))
    lost = reports.select_related(
        "site", "match__site", "match__handover", "requester", "entry"
    ).first()
    if lost is None:
        raise NotFound
    return lost


def searched_under(phone: str) -> int:
    """Return how many things are looked for under this phone."""
    index = phone_index(phone)
    return LostItem.objects.open().filter(requester__phone_index=index).count() if index else 0


def went_to_another(lost: LostItem) -> bool:
    """Say whether what this loser was told of last was given to somebody else: both are written
    down at one moment. Of a thing that came back it is not said."""
    if lost.state != Search.SEARCHING:
        return False
    parted = Entry.objects.filter(subject=lost.subject, verb="lost.told_apart").order_by("-pk")
    last = parted.values_list("at", "facts").first()
    if last is None:
        return False
    back = Claim.objects.filter(item__number=str(facts_in(last[1]).get("found")), at=last[0])
    return back.filter(granted=True, undone_at=None).exists()


def may_know_loser(person: Person, lost: LostItem) -> bool:
    """Say whether this person may call who lost it: once something at a site of theirs may be it,
    and until it is over."""
    who = lost.requester
    if who is None or who.is_erased or lost.state != Search.MATCHED or lost.match is None:
        return False
    return sites_kept_by(person).filter(pk=lost.match.site_id).exists()


def old_reports(now: datetime, some: int) -> list[LostItem]:
    """Return some reports that were looked after long enough, locked."""
    old = LostItem.objects.open().filter(lost_on__lt=localdate(now) - SEARCHED_FOR)
    return list(old.select_for_update(of=("self",)).order_by("pk")[:some])


class Maybe(NamedTuple):
    """Something it may be, and why."""

    thing: FoundItem | LostItem
    likeness: Likeness


def likely_reports(person: Person, item: FoundItem) -> list[Maybe]:
    """Return who may have lost this thing, the likeliest first."""
    day = localdate(item.found_at)
    since, until = day - timedelta(days=LATEST), day - timedelta(days=EARLIEST)
    near = reports_of(person).filter(lost_on__range=(since, until), kind__in=kin_of(item.kind))
    found = traits_found(item)
    return _likeliest((one, likeness(found, traits_lost(one))) for one in near[:COMPARED])


def reports_about(person: Person, item: FoundItem) -> list[LostItem]:
    """Return the reports a claim of this thing may end: who was told of it, and whom it is like."""
    told = list(reports_of(person).filter(match=item))
    likely = [one.thing for one in likely_reports(person, item)]
    return [*told, *(one for one in likely if isinstance(one, LostItem) and one not in told)]


def likely_items(person: Person, lost: LostItem) -> list[Maybe]:
    """Return what this report may be about, the likeliest first, each with the other reports whose
    losers were told of it."""
    theirs = reports_of(person, open_ones=False).select_related(None)
    told = theirs.filter(state=Search.MATCHED).exclude(pk=lost.pk)
    others = Prefetch("reports", told.only("number", "match"), to_attr="told")
    items = _near(lost).filter(site__in=sites_kept_by(person)).prefetch_related(others)
    mine = traits_lost(lost)
    return _likeliest((one, likeness(traits_found(one), mine)) for one in items[:COMPARED])


def likely_by_notice(lost: LostItem) -> list[Maybe]:
    """Return what on the public notice, or handed over, it may be, by what the notice shows and
    nothing else: who guesses at features learns nothing."""
    shown = Q(announced_on__isnull=False) | Q(state=State.HANDED_OVER)
    items = _near(lost).filter(shown).defer("features")
    mine = traits_lost(lost).public
    seen = ((one, likeness(traits_announced(one), mine)) for one in items[:COMPARED])
    return _likeliest(seen)


def _near(lost: LostItem) -> "QuerySet[FoundItem]":
    since = lost.lost_on + timedelta(days=EARLIEST)
    until = lost.lost_on + timedelta(days=LATEST)
    # What was handed over is asked for there. Nothing older comes up: no report is looked after
    # for longer than SEARCHED_FOR.
    asked_for = (State.KEPT, State.HANDED_OVER)
    items = FoundItem.objects.filter(state__in=asked_for, kind__in=kin_of(lost.kind))
    return items.filter(found_at__date__range=(since, until)).select_related("site", "handover")


def _likeliest(seen: "Iterable[tuple[FoundItem | LostItem, Likeness | None]]") -> list[Maybe]:
    likely = [Maybe(one, how) for one, how in seen if how is not None and is_likely(how)]
    return sorted(likely, key=lambda maybe: -maybe.likeness.score)[:SHOWN]


def traits_found(item: FoundItem) -> Traits:
    day = localdate(item.found_at)
    return Traits(item.kind, day, item.site.code, item.place, item.features)


def traits_announced(item: FoundItem) -> Traits:
    """Return what everybody may see of it."""
    return Traits(item.kind, localdate(item.found_at), item.site.code)


def traits_lost(lost: LostItem) -> Traits:
    site = lost.site.code if lost.site else ""
    return Traits(lost.kind, lost.lost_on, site, lost.place, without_days(lost.description))
