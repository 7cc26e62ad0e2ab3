"""The register of thanks as each may see it. Fetching is authorising; the row you lock is yours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.cases.rules.publishing import public_draft
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of, units_held
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.errors import NotYours
from mingchuang.reviews.models import Commendation, Note, ThanksPhoto, WallNaming
from mingchuang.reviews.rules.thanks import (
    Deed,
    Naming,
    Shown,
    State,
    giver_on_wall,
    may_step,
    person_on_wall,
)

RECORDERS = (Role.RECEPTION, Role.DISPATCHER, Role.HANDLER, Role.CALLBACK, Role.SUPERVISOR)
SETTLERS = (Role.CALLBACK, Role.SUPERVISOR)
READERS = (*RECORDERS, Role.AUDITOR)


def register_of(
    person: Person, *, year: int = 0, waiting: bool = False
) -> "QuerySet[Commendation]":
    """Return the register of this person's offices, and what they entered for others; of one
    year, or only what waits to be looked at."""
    rows = Commendation.objects.filter(_seen_by(person)).select_related("unit", "person")
    narrowed = Q(given_on__year=year) if year else Q()
    narrowed &= Q(state=State.WAITING) if waiting else ~Q(state=State.WAITING)
    return rows.filter(narrowed).order_by("-given_on", "-pk")


def _seen_by(person: Person) -> Q:
    return Q(unit__in=scope_of(person).units(*READERS)) | Q(entered_by=person)


def years_of(person: Person) -> list[int]:
    """Return the years in which there is anything, the newest first."""
    days = Commendation.objects.filter(_seen_by(person)).order_by().dates("given_on", "year")
    return [day.year for day in days][::-1]


def thanks_for(person: Person, pk: int, *, lock: bool = False) -> Commendation:
    """Return an entry this person may read; lock it if it will be changed."""
    rows = Commendation.objects.filter(_seen_by(person), pk=pk)
    if lock:
        list(rows.select_for_update().values_list("pk"))
    found = rows.select_related("unit", "person", "same_as", "entry", "entered_by").first()
    if found is None:
        raise NotFound
    return found


def thanks_to_settle(person: Person, pk: int) -> Commendation:
    """Return an entry this person decides on, locked; who is thanked decides nothing."""
    found = thanks_for(person, pk, lock=True)
    if not may_settle(person, found):
        raise NotYours
    return found


def may_settle(person: Person, found: Commendation) -> bool:
    return found.unit_id in scope_of(person).units(*SETTLERS) and found.person_id != person.pk


@dataclass(frozen=True)
class Opened:
    """One entry, opened for reading: what may be done about it, and what was."""

    item: Commendation
    deeds: Sequence[Deed]
    story: Sequence[Note]
    photos: Sequence[ThanksPhoto]
    others: Sequence[Commendation]
    settles: bool
    may_reveal: bool
    may_forget: bool


def opened(person: Person, pk: int) -> Opened:
    item = thanks_for(person, pk)
    settles = may_settle(person, item)
    return Opened(
        item=item,
        deeds=[deed for deed in Deed if settles and is_open(item, deed)],
        story=list(item.story.select_related("by")),
        photos=list(item.photos.filter(erased_at=None)),
        others=list(item.others.filter(state=State.KEPT)),
        settles=settles,
        may_reveal=settles and bool(item.giver),
        may_forget=settles and not (item.is_erased and not item.on_wall),
    )


def is_open(item: Commendation, deed: Deed) -> bool:
    joined = item.same_as_id is not None
    forgotten = item.is_erased
    return may_step(State(item.state), deed, hangs=item.on_wall, joined=joined, forgotten=forgotten)


def draft_of(item: Commendation) -> str:
    """Return the words without what tells who is in them, for the clerk to read again."""
    names = [name for name in (item.giver, item.person.name if item.person else "") if name]
    return item.shown or public_draft(item.words, names)


@dataclass(frozen=True)
class Hung:
    """What everybody reads of one entry."""

    item: Commendation
    giver: str
    person: str
    photos: Sequence[ThanksPhoto]


def wall(*, year: int = 0) -> "QuerySet[Commendation]":
    """Return what hangs on the wall, the newest first, with all that a page of it shows."""
    kept = ThanksPhoto.objects.filter(erased_at=None)
    rows = Commendation.objects.on_wall().select_related("unit__wall_naming", "person")
    rows = rows.filter(given_on__year=year) if year else rows
    return rows.prefetch_related(Prefetch("photos", kept, "kept_photos")).order_by(
        "-given_on", "-pk"
    )


def hung(item: Commendation) -> Hung:
    """Return an entry as it hangs: who gave it as they wished, nobody else without consent."""
    naming, person = _naming(item.unit), item.person
    photos: Sequence[ThanksPhoto] = getattr(item, "kept_photos", ())
    return Hung(
        item=item,
        giver=giver_on_wall(item.giver, Shown(item.shown_as)),
        person=person_on_wall(person.name, person.badge, naming) if person else "",
        photos=photos if item.photos_shown else (),
    )


def _naming(unit: Unit) -> Naming:
    settled: WallNaming | None = getattr(unit, "wall_naming", None)
    return Naming(settled.naming) if settled else Naming.NOBODY


def units_settled(person: Person) -> "QuerySet[Unit]":
    """Return the units for which this person settles how the wall names staff."""
    return units_held(person, Role.SUPERVISOR)


def namings_of(person: Person) -> list[WallNaming]:
    """Return what was settled for these units."""
    settled = WallNaming.objects.filter(unit__in=units_settled(person))
    return list(settled.select_related("unit").order_by("unit__path"))


def wall_photo(pk: int) -> ThanksPhoto:
    """Return a photo that hangs for everybody."""
    hangs = Commendation.objects.on_wall().filter(photos_shown=True)
    return _the(ThanksPhoto.objects.filter(pk=pk, erased_at=None, commendation__in=hangs))


def photo_for(person: Person, pk: int) -> ThanksPhoto:
    """Return a photo of an entry this person may read."""
    seen = Commendation.objects.filter(_seen_by(person))
    return _the(ThanksPhoto.objects.filter(pk=pk, erased_at=None, commendation__in=seen))


def _the(photos: "QuerySet[ThanksPhoto]") -> ThanksPhoto:
    found = photos.first()
    if found is None:
        raise NotFound
    return found


def is_thanked_with(path: str) -> bool:
    """Say whether a photo on the shelf belongs to the register of thanks."""
    return ThanksPhoto.objects.filter(path=path, erased_at=None).exists()


def thanks_with(code: str) -> Commendation:
    """Return what the holder of this address wrote."""
    found = Commendation.objects.filter(code=code).select_related("unit", "entry").first()
    if found is None:
        raise NotFound
    return found
