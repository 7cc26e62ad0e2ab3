"""Days whose places are drawn: which they are, who signed up, and what anybody may check."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Checkpoint
from mingchuang.ledger.queries import entries_of
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import Line, Release, SignUp, Slot
from mingchuang.visits.queries.lines import lines_held_by
from mingchuang.visits.queries.shut import SLOT_SHUT
from mingchuang.visits.rules.draw import Entrant, listed, sha256
from mingchuang.visits.rules.slots import Quota
from mingchuang.visits.rules.standby import Part

# Whose post lets them release the places of a site of their unit.
RELEASERS = (Role.DISPATCHER, Role.SUPERVISOR)


def is_to_be_drawn(line: int, day: date) -> bool:
    """Say whether the places of that day are drawn and not booked, until the draw is over."""
    return Release.objects.undrawn().filter(line=line, day=day).exists()


def quotas_of(line: Line, since: date) -> dict[date, Quota]:
    """Return how many a released day of this line holds, from that day on."""
    found = Release.objects.filter(line=line, day__gte=since)
    return {one.day: Quota(one.quota, _by_clock(one.taken)) for one in found.defer("seed")}


def _by_clock(taken: Mapping[str, int]) -> dict[time, int]:
    return {time.fromisoformat(clock): many for clock, many in taken.items()}


def taken_on(line: Line, day: date) -> dict[str, int]:
    """Return how many have a place of that day already, by the time their slot begins."""
    slots = Slot.objects.filter(line=line, day=day, taken__gt=0).order_by("starts_at")
    return {f"{localtime(slot.starts_at):%H:%M}": slot.taken for slot in slots}


def releases_from(day: date) -> QuerySet[Release]:
    """Return what was released for that day and later, with how many take part."""
    taking_part = Count("sign_ups", filter=Q(sign_ups__withdrawn_at=None))
    found = Release.objects.filter(day__gte=day).annotate(many=taking_part)
    return found.select_related("line__site").order_by("day", "line")


def release_for(pk: int, *, lock: bool = False) -> Release:
    """Return a release, for anybody; locked, and so read alone, if it changes."""
    found = Release.objects.filter(pk=pk)
    near = found.select_related("line__site", "closing")
    release = (found.select_for_update() if lock else near).first()
    if release is None:
        raise NotFound
    return release


def counted(pk: int) -> Release:
    """Return a release with how many take part, for anybody."""
    release = releases_from(date.min).filter(pk=pk).first()
    if release is None:
        raise NotFound
    return release


def lines_released_by(person: Person) -> QuerySet[Line]:
    """Return the lines whose places this person may release."""
    return lines_held_by(person, *RELEASERS)


def line_released_by(person: Person, pk: int) -> Line:
    line = lines_released_by(person).filter(pk=pk).first()
    if line is None:
        raise NotFound
    return line


def releases_near(person: Person) -> QuerySet[Release]:
    """Return what was released of the lines of this person, newest day first."""
    lines = lines_released_by(person).order_by()
    return releases_from(date.min).filter(line__in=lines).order_by("-day", "line")


def release_near(person: Person, pk: int) -> Release:
    release = releases_near(person).select_related("closing").filter(pk=pk).first()
    if release is None:
        raise NotFound
    return release


def free_on(line: Line, day: date, *, at: datetime) -> list[Slot]:
    """Return the slots of that day with a place left, locked: nobody books them now."""
    slots = Slot.objects.filter(~SLOT_SHUT, line=line, day=day, starts_at__gt=at)
    found = slots.select_for_update(of=("self",)).order_by("starts_at")
    return [slot for slot in found if slot.left]


def sign_up_of(code: str, *, lock: bool = False) -> SignUp:
    """Return what somebody signed up for, for the holder of this code; locked, and so read alone,
    if it changes."""
    found = SignUp.objects.filter(code=code)
    near = found.select_related("release__line__site", "visit__slot", "standby__slot")
    sign_up = (found.select_for_update() if lock else near).first()
    if sign_up is None:
        raise NotFound
    return sign_up


def signed_up(phone: str, release: Release) -> bool:
    same = SignUp.objects.filter(release=release, withdrawn_at=None)
    return same.filter(phone_index=phone_index(phone)).exists()


def sign_ups_in(release: Release) -> Sequence[SignUp]:
    """Return who takes part, as the public list sorts them."""
    there = SignUp.objects.filter(release=release, withdrawn_at=None).order_by("mark")
    return list(there.select_related("visit__slot", "standby"))


def entrants(sign_ups: Sequence[SignUp]) -> list[Entrant]:
    return [Entrant(one.mark, one.persons, Part(one.part)) for one in sign_ups]


def beacon_of(release: Release) -> Checkpoint | None:
    """Return the first checkpoint over the ledger in which the list of this release stands; None
    while it is not sealed. Nobody knew it before the list was closed."""
    closing = release.closing
    if closing is None or closing.index is None:
        return None
    return Checkpoint.objects.filter(size__gt=closing.index).order_by("size").first()


def is_sealed(pk: int) -> bool:
    return beacon_of(release_for(pk)) is not None


def checked(pk: int) -> dict[str, Any]:
    """Return everything by which anybody makes a draw again; a list only once it is closed, and
    the seed only once it is drawn."""
    release = release_for(pk)
    is_closed, is_drawn = release.closing_id is not None, release.drawn_at is not None
    people = sign_ups_in(release) if is_closed else []
    text = listed(entrants(people))
    return {
        "release": release,
        "entries": entries_of(release.subject),
        "list": text,
        "digest": sha256(text),
        "many": len(people),
        "order": sorted(people, key=lambda one: one.rank or 0) if is_drawn else [],
        "seed": release.seed if is_drawn else "",
        "free": release.free,
    }


def releases_to_close(at: datetime) -> list[int]:
    """Return the releases whose window is over and whose list is not fixed yet."""
    over = Release.objects.undrawn().filter(until__lte=at, closing=None)
    return list(over.order_by("pk").values_list("pk", flat=True))


def releases_to_draw() -> list[int]:
    """Return the releases whose list is fixed and sealed."""
    fixed = Release.objects.undrawn().filter(closing__index__isnull=False)
    return list(fixed.order_by("pk").values_list("pk", flat=True))
