"""Who found a day full and stands by for a place of it."""

from typing import Self

from django.db import models
from django.db.models import Q

from mingchuang.hall.models import ServiceItem
from mingchuang.people.models import Requester
from mingchuang.visits.models.lines import Line, Slot
from mingchuang.visits.models.visits import Visit
from mingchuang.visits.rules.booking import MOST_PERSONS
from mingchuang.visits.rules.standby import STILL, Part, StandbyState
from mingchuang.visits.words.places import PARTS, STANDINGS
from mingchuang.visits.words.tables import GREEN

STANDS = sorted(map(str, STILL))


class StandbyQuerySet(models.QuerySet["Standby"]):
    def waiting(self) -> Self:
        """Whoever is offered the next place, in the order of asking."""
        return self.filter(state=StandbyState.WAITING).order_by("pk")

    def offered(self) -> Self:
        return self.filter(state=StandbyState.OFFERED).order_by("pk")

    def still(self) -> Self:
        return self.filter(state__in=STANDS)


StandbyManager = models.Manager.from_queryset(StandbyQuerySet)


class Standby(models.Model):
    """Somebody who waits for a place of a full day; one that came free is held for them, and
    counts as taken, until they take it, let it go, or their time to answer is over."""

    code = models.CharField(max_length=16, unique=True)
    key = models.CharField(max_length=64, unique=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="standbys")
    day = models.DateField()
    part = models.CharField(max_length=3, choices=PARTS, default=Part.ANY.value)
    persons = models.PositiveSmallIntegerField(default=1)
    # What they would come for, where they said so, and what that takes of a slot.
    items = models.ManyToManyField(ServiceItem, related_name="standbys")
    places = models.PositiveSmallIntegerField(default=1)
    # By their own word (绿色通道): the visit this becomes keeps it; it changes nobody's order here.
    green = models.CharField(max_length=10, choices=GREEN, blank=True)
    requester = models.ForeignKey(Requester, models.PROTECT, related_name="standbys")
    # The requester's, so that the database itself sees who asks twice; empty once forgotten.
    phone_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    state = models.CharField(max_length=8, choices=STANDINGS, default=StandbyState.WAITING.value)
    at = models.DateTimeField()
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="held")
    held_until = models.DateTimeField(null=True)
    visit = models.OneToOneField(Visit, models.PROTECT, null=True, related_name="standby")

    objects = StandbyManager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="visits_standby_of_day",
                fields=["line", "day", "id"],
                condition=Q(state__in=STANDS),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="visits_standby_one_per_phone_line_and_day",
                fields=["line", "day", "phone_index"],
                condition=Q(state__in=STANDS) & ~Q(phone_index=""),
            ),
            models.CheckConstraint(
                name="visits_standby_state_is_known", condition=Q(state__in=list(StandbyState))
            ),
            models.CheckConstraint(
                name="visits_standby_part_is_known", condition=Q(part__in=list(Part))
            ),
            models.CheckConstraint(
                name="visits_standby_is_of_some_people",
                condition=Q(persons__range=(1, MOST_PERSONS)),
            ),
            models.CheckConstraint(
                name="visits_standby_green_is_a_kind", condition=Q(green__in=["", *dict(GREEN)])
            ),
            models.CheckConstraint(
                name="visits_standby_asks_a_place_for_each",
                condition=Q(places__gte=models.F("persons")),
            ),
            models.CheckConstraint(
                name="visits_standby_offered_holds_a_place",
                condition=Q(
                    state=StandbyState.OFFERED.value, slot__isnull=False, held_until__isnull=False
                )
                | ~Q(state=StandbyState.OFFERED.value) & Q(slot=None, held_until=None),
            ),
            models.CheckConstraint(
                name="visits_standby_taken_became_a_visit",
                condition=Q(state=StandbyState.TAKEN.value, visit__isnull=False)
                | ~Q(state=StandbyState.TAKEN.value) & Q(visit=None),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls somebody who stands by."""
        return f"standby:{self.pk:08d}"
