"""Inspections as each side may see them. Fetching is authorising; the row you lock is your own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Site
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.errors import NotYours
from mingchuang.reviews.models import Act, CheckItem, Inspection, Mark, Shot
from mingchuang.reviews.queries.reviewing import offices
from mingchuang.reviews.queries.standards import items_of
from mingchuang.reviews.rules.inspections import (
    DUTIES,
    TOLD,
    WALKERS,
    Answer,
    Deed,
    Duty,
    Manner,
    Rights,
    State,
    may_step,
    rights_of,
)
from mingchuang.reviews.rules.offices import Duty as Rating


def rights(person: Person) -> Rights:
    """Return what this person may do about inspections, and of which units."""
    return rights_of(offices(person), scope_of(person))


def inspections_of(person: Person, mine: Rights) -> "QuerySet[Inspection]":
    """Return what this person may know of, the newest first: who is inspected knows of an
    announced one since it was planned, of a mystery when it is over."""
    all_of = Q(unit__in=mine.plans | mine.audits) | Q(inspector=person)
    told = Q(unit__in=mine.reads) & (Q(state__in=sorted(TOLD)) | Q(manner=Manner.OPEN))
    rows = Inspection.objects.filter(all_of | told)
    return rows.select_related("site", "unit", "checklist")


def inspection_for(
    person: Person, pk: int, *, duty: Duty | None = None, lock: bool = False
) -> Inspection:
    """Return an inspection this person may see; lock it if it will be changed."""
    mine, seen = rights(person), Inspection.objects.filter(pk=pk)
    if lock:
        list(seen.select_for_update().values_list("pk"))
    found = inspections_of(person, mine).filter(pk__in=seen.values("pk")).first()
    if found is None:
        raise NotFound
    if duty is not None and duty not in duties_of(person, mine, found):
        raise NotYours
    return found


def walk_for(person: Person, pk: int) -> Inspection:
    """Return an inspection for whoever was sent; for others its pages do not exist."""
    found = inspection_for(person, pk)
    if found.inspector_id != person.pk:
        raise NotFound
    return found


def duties_of(person: Person, mine: Rights, inspection: Inspection) -> set[Duty]:
    unit = inspection.unit_id
    held = {
        Duty.PLAN: unit in mine.plans,
        Duty.WALK: inspection.inspector_id == person.pk,
        Duty.ANSWER: unit in mine.answers,
    }
    return {duty for duty, holds in held.items() if holds}


def reads_marks(person: Person, mine: Rights, inspection: Inspection) -> bool:
    """Say whether somebody reads what was found: who is inspected only when it is over."""
    office = inspection.unit_id in mine.plans | mine.audits
    return office or inspection.inspector_id == person.pk or inspection.state in TOLD


def inspector_with(badge: str) -> Person | None:
    """Return somebody on the staff whose work it may be to walk through a hall."""
    posts = Post.objects.in_force().filter(role__in=WALKERS, person__is_active=True)
    post = posts.filter(person__badge=badge).select_related("person").first()
    return post.person if post else None


def sits_in(person: Person, unit: int) -> bool:
    """Say whether this person's own office answers for that unit."""
    mine = offices(person)
    calls = scope_of(person).units(Role.CALLBACK) - mine.of[Rating.VERIFY]
    return unit in mine.answered | calls


def sites_planned_by(person: Person) -> "QuerySet[Site]":
    """Return the halls this person may send somebody to."""
    return Site.objects.filter(unit__in=rights(person).plans).select_related("unit")


def intake_for(person: Person, unit: Unit) -> Unit:
    """Return the unit in whose name this person has something put right: their highest."""
    return Unit.objects.filter(pk__in=rights(person).plans).order_by("path").first() or unit


@dataclass(frozen=True)
class Looked:
    """One clause of a walk, with what was found about it so far."""

    item: CheckItem
    mark: Mark | None

    @property
    def shots(self) -> Sequence[Shot]:
        return list(self.mark.shots.all()) if self.mark else []


def walk_of(inspection: Inspection) -> list[Looked]:
    """Return every clause with what was found: three statements, however many there are."""
    items = inspection.checklist.items.select_related("clause").order_by("number")
    found = {mark.item_id: mark for mark in _marks(inspection)}
    return [Looked(item, found.get(item.pk)) for item in items]


def _marks(inspection: Inspection) -> "QuerySet[Mark]":
    shots = Prefetch("shots", queryset=Shot.objects.filter(erased_at=None))
    rows = inspection.marks.select_related("rectification__case")
    return rows.prefetch_related(shots)


def findings_left(inspection: Inspection) -> list[Mark]:
    """Return what was found and nobody was given to put right yet."""
    rows = inspection.marks.filter(answer=Answer.BROKEN, rectification=None)
    return list(rows.select_related("item__clause").order_by("item__number"))


@dataclass(frozen=True)
class Opened:
    """One inspection, as one side may see it: who came is known to who planned it alone, unless
    it was announced."""

    inspection: Inspection
    walk: Sequence[Looked]
    deeds: Sequence[Deed]
    acts: Mapping[str, Act]
    names_inspector: bool
    walks: bool
    others: Sequence[Inspection]
    may_look_again: bool
    may_drop: bool


def opened(person: Person, pk: int) -> Opened:
    """Open an inspection for reading."""
    found, mine = inspection_for(person, pk), rights(person)
    duties = duties_of(person, mine, found)
    is_office = found.unit_id in mine.plans | mine.audits or Duty.WALK in duties
    reads = reads_marks(person, mine, found)
    acts = {act.deed: act for act in found.acts.select_related("by")} if reads else {}
    walk = walk_of(found) if reads else [Looked(one, None) for one in items_of(found.checklist)]
    seen = inspections_of(person, mine)
    around = Q(again=found.pk) | Q(pk=found.again_id or 0)
    return Opened(
        inspection=found,
        walk=walk,
        deeds=[deed for deed in Deed if _is_open(deed, found, duties, walk)],
        acts=acts,
        names_inspector=is_office or not found.is_mystery,
        walks=Duty.WALK in duties and found.state == State.PLANNED,
        others=list(seen.filter(around)),
        may_look_again=Duty.PLAN in duties and found.is_counted,
        may_drop=bool(duties & {Duty.PLAN, Duty.WALK}),
    )


def _is_open(deed: Deed, inspection: Inspection, duties: set[Duty], walk: Sequence[Looked]) -> bool:
    """Say whether a button is shown; what it does is decided again when it is pressed."""
    if not may_step(State(inspection.state), deed) or DUTIES[deed] not in duties:
        return False
    if deed == Deed.HAND_OVER:
        return any(one.mark and _is_left(one.mark) for one in walk)
    # The walk has a page of its own.
    return deed != Deed.FINISH and not (deed == Deed.ANSWER and inspection.answered_at)


def _is_left(mark: Mark) -> bool:
    return mark.answer == Answer.BROKEN and mark.rectification_id is None


def inspection_behind(person: Person, number: str) -> Inspection:
    """Return the inspection from which this rectification comes, for whoever may see it."""
    mark = Mark.objects.filter(rectification__number=number).first()
    if mark is None:
        raise NotFound
    return inspection_for(person, mark.inspection_id)
