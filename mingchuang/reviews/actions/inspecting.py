"""An inspection is planned, walked clause by clause, and finished; or called off before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingchuang.base.errors import NotFound
from mingchuang.cases.rules.photo import MOST, Photo
from mingchuang.hall.models import Site
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.reviews import errors
from mingchuang.reviews.actions._inspections import done, keep_shot, take
from mingchuang.reviews.models import Act, CheckItem, Inspection, Mark
from mingchuang.reviews.queries.inspections import (
    inspection_for,
    inspector_with,
    sites_planned_by,
    sits_in,
)
from mingchuang.reviews.queries.standards import checklist_with
from mingchuang.reviews.queries.walked import marked, plan_held, walk_held
from mingchuang.reviews.rules.inspections import (
    TOLD,
    Answer,
    Deed,
    Duty,
    Manner,
    State,
    is_known,
    score,
)


@dataclass(frozen=True)
class Found:
    """What somebody saw about one clause. `key` makes sending it twice harmless, `seen` are the
    keys of what their page knew."""

    answer: str
    key: str
    times: int = 0
    note: str = ""
    photos: Sequence[Photo] = ()
    seen: Collection[str] = ()


@transaction.atomic
def plan_inspection(
    site: Site,
    checklist: int,
    *,
    manner: str,
    day: date,
    inspector: str,
    by: Person,
    at: datetime,
    again: int | None = None,
) -> Inspection:
    """Send somebody to a hall, which learns of it now, or, where nobody is to know, afterwards."""
    used = checklist_with(checklist)
    if not sites_planned_by(by).filter(pk=site.pk).exists() or used.retired_at:
        raise NotFound
    planned = Inspection(
        site=site,
        unit=site.unit,
        checklist=used,
        manner=manner,
        day=day,
        inspector=_sent(inspector, site, manner, by=by),
        planned_by=by,
        planned_at=at,
        again=_finished_before(again, site, by=by),
    )
    planned.save()
    act = Act(inspection=planned, deed=Deed.PLAN, holds=plan_held(planned))
    return done(act, by=by, at=at)


def _sent(badge: str, site: Site, manner: str, *, by: Person) -> Person:
    who = inspector_with(badge)
    if who is None:
        raise errors.NoSuchInspector(badge=badge)
    if sits_in(who, site.unit_id):
        raise errors.OwnOffice(badge=badge)
    if manner == Manner.MYSTERY and who == by:
        raise errors.SeenByThePlanner
    return who


def _finished_before(pk: int | None, site: Site, *, by: Person) -> Inspection | None:
    if pk is None:
        return None
    before = inspection_for(by, pk, duty=Duty.PLAN)
    if before.state not in TOLD or before.site_id != site.pk:
        raise NotFound
    return before


@transaction.atomic
def call_off_inspection(pk: int, text: str, *, by: Person, at: datetime) -> Inspection:
    """Send nobody after all, and say why."""
    found = take(pk, Deed.CALL_OFF, by=by)
    return done(Act(inspection=found, deed=Deed.CALL_OFF, text=text), by=by, at=at)


@transaction.atomic
def mark_clause(pk: int, number: int, found: Found, *, by: Person, at: datetime) -> Mark:
    """Note what was seen about one clause, until it is noted otherwise.

    Sent again it changes nothing. Whoever did not see what stands is told so: two phones never
    write over one another unseen.
    """
    walk = inspection_for(by, pk, duty=Duty.WALK, lock=True)
    if walk.state != State.PLANNED:
        raise errors.NotSuchAWalk(state=walk.get_state_display())
    item = CheckItem.objects.filter(checklist=walk.checklist_id, number=number).first()
    if item is None:
        raise NotFound
    mark = Mark.objects.filter(inspection=walk, item=item).first()
    if mark and mark.key == found.key:
        return mark
    if mark and not is_known(mark.key, found.seen, found.key):
        raise errors.FoundOtherwise(number=number, found=_in_words(mark))
    return _noted(mark or Mark(inspection=walk, item=item), found, at=at)


def _noted(mark: Mark, found: Found, *, at: datetime) -> Mark:
    broken = found.answer == Answer.BROKEN
    mark.answer, mark.times = found.answer, max(found.times, 1) if broken else 0
    mark.note, mark.key, mark.at = found.note, found.key, at
    mark.save()
    _photographed(mark, found.photos, at=at)
    return mark


def _photographed(mark: Mark, photos: Sequence[Photo], *, at: datetime) -> None:
    """Keep the photos that are not kept yet: a phone may send one again with other words."""
    if not photos:
        return
    kept = set(mark.shots.filter(erased_at=None).values_list("sha256", flat=True))
    new = [one for one in photos if sha256(one.jpeg).hexdigest() not in kept]
    if len(kept) + len(new) > MOST:
        raise errors.TooManyShots(most=MOST, kept=len(kept))
    for photo in new:
        keep_shot(mark, photo, at=at)


def _in_words(mark: Mark) -> str:
    said, n = mark.get_answer_display(), mark.times
    told = ngettext("%(said)s，%(n)s 处", "%(said)s，%(n)s 处", n) % {"said": said, "n": n}
    return told if n else str(said)


@transaction.atomic
def finish_inspection(pk: int, *, by: Person, at: datetime) -> Inspection:
    """Hand in what was found: the points are counted, the hall reads it, nothing is changed any
    more."""
    found = take(pk, Deed.FINISH, by=by)
    known = set(found.marks.values_list("item__number", flat=True))
    numbers = found.checklist.items.order_by("number").values_list("number", flat=True)
    if left := [number for number in numbers if number not in known]:
        raise errors.ClausesLeft(numbers=_("、").join(map(str, left)))
    marks = marked(found)
    found.points, found.whole = score(marks)
    found.finished_at = at
    told: dict[str, JSON] = {
        "site": found.site.code,
        "manner": found.manner,
        "points": found.points,
        "whole": found.whole,
        "findings": sum(one.answer == Answer.BROKEN for one in marks),
    }
    act = Act(inspection=found, deed=Deed.FINISH, holds=walk_held(found))
    return done(act, by=by, at=at, named=not found.is_mystery, **told)
