"""Thanks counted by year and unit, with what was left out; and gifts that were not kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models import Count as CountOf

from mingchuang.base.errors import NotFound
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.errors import NotYours
from mingchuang.reviews.models import Commendation, Gift, Note
from mingchuang.reviews.queries.thanks import READERS, RECORDERS, SETTLERS
from mingchuang.reviews.rules import gifts
from mingchuang.reviews.rules.thanks import Count, Kind, Some, State, counted


def counted_in(year: int) -> Count:
    """Return how many thanks of a year there are, by unit and kind: one statement."""
    joined = ExpressionWrapper(Q(same_as__isnull=False), BooleanField())
    rows = Commendation.objects.filter(given_on__year=year).order_by().annotate(joined=joined)
    told = rows.values_list("unit", "kind", "state", "joined").annotate(n=CountOf("pk"))
    return counted(
        Some(unit, Kind(kind), State(state), joined, n) for unit, kind, state, joined, n in told
    )


def years_counted() -> list[int]:
    """Return the years in which anything is counted, whether it hangs or not, the newest first."""
    thanks = Commendation.objects.filter(state=State.KEPT, same_as=None).dates("given_on", "year")
    gifts_too = Gift.objects.filter(state=gifts.State.KEPT).dates("offered_on", "year")
    days = thanks.order_by().union(gifts_too.order_by())
    return sorted((day.year for day in days), reverse=True)


@dataclass(frozen=True)
class Line:
    """One unit in the table of a year: how many of each kind."""

    unit: Unit
    kinds: Sequence[int]
    all: int


def lines_of(count: Count) -> list[Line]:
    """Return the table by unit, in the order of the tree: nobody is best or worst."""
    units = Unit.objects.filter(pk__in=count.by_unit).order_by("path")
    return [_line(unit, [count.by_unit[unit.pk].get(kind, 0) for kind in Kind]) for unit in units]


def _line(unit: Unit, kinds: Sequence[int]) -> Line:
    return Line(unit, kinds, sum(kinds))


def gifts_counted_in(year: int) -> dict[str, int]:
    """Return how many gifts of a year were refused, given back and handed in."""
    rows = Gift.objects.filter(offered_on__year=year, state=gifts.State.KEPT).order_by()
    return dict(rows.values_list("outcome").annotate(n=CountOf("pk")))


def gifts_of(person: Person) -> "QuerySet[Gift]":
    """Return the register of gifts of this person's offices."""
    rows = Gift.objects.filter(_seen_by(person)).select_related("unit", "person", "entered_by")
    return rows.order_by("-offered_on", "-pk")


def _seen_by(person: Person) -> Q:
    return Q(unit__in=scope_of(person).units(*READERS)) | Q(entered_by=person)


@dataclass(frozen=True)
class OpenedGift:
    """One gift, opened for reading."""

    gift: Gift
    deeds: Sequence[gifts.Deed]
    story: Sequence[Note]
    may_reveal: bool


def gift_for(person: Person, pk: int, *, lock: bool = False) -> Gift:
    rows = Gift.objects.filter(_seen_by(person), pk=pk)
    if lock:
        list(rows.select_for_update().values_list("pk"))
    found = rows.select_related("unit", "person", "entry", "entered_by").first()
    if found is None:
        raise NotFound
    return found


def gift_to_settle(person: Person, pk: int) -> Gift:
    """Return a gift this person decides on, locked; to whom it was offered decides nothing."""
    found = gift_for(person, pk, lock=True)
    if not _may_settle(person, found):
        raise NotYours
    return found


def _may_settle(person: Person, gift: Gift) -> bool:
    return gift.unit_id in scope_of(person).units(*SETTLERS) and gift.person_id != person.pk


def opened_gift(person: Person, pk: int) -> OpenedGift:
    gift = gift_for(person, pk)
    settles = _may_settle(person, gift)
    deeds = [d for d in gifts.Deed if settles and gifts.may_step(gifts.State(gift.state), d)]
    story = list(gift.story.select_related("by"))
    return OpenedGift(gift, deeds, story, may_reveal=settles and bool(gift.giver))


def may_record(person: Person) -> bool:
    return scope_of(person).holds(*RECORDERS)


def may_import(person: Person) -> bool:
    return scope_of(person).holds(Role.SUPERVISOR)
